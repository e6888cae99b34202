"""Every address of the house."""

from django.urls import include, path

from titian.api.doors import api
from titian.intake.doors import doors

urlpatterns = [
    path("", include("titian.web.urls")),
    path("api/", api.urls),
    path("intake/", doors.urls),
    path("sign-in/", include("allauth.urls")),
]
