"""Addresses of the guides."""

from django.urls import path

from titian.web.desk.guide import views

urlpatterns = [
    path("help/", views.show, name="help"),
    path("help/<slug:name>/", views.show, name="guide"),
]
