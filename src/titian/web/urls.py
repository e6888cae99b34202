"""Every page: the way in, the desk, the guest's link, the phone."""

from django.urls import include, path

urlpatterns = [
    path("", include("titian.web.door.urls")),
    path("", include("titian.web.field.urls")),
    path("", include("titian.web.guest.urls")),
    path("", include("titian.web.desk.urls")),
]
