"""Every address of the house."""

from django.urls import include, path

from titian.api.doors import api

urlpatterns = [
    path("", include("titian.web.urls")),
    path("api/", api.urls),
    path("sign-in/", include("allauth.urls")),
]
