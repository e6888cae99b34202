"""Every address of the house."""

from django.urls import include, path

urlpatterns = [
    path("", include("titian.web.urls")),
    path("sign-in/", include("allauth.urls")),
]
