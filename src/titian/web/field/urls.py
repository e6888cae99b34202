"""Addresses of the phone."""

from django.urls import path

from titian.web.field import views

urlpatterns = [
    path("field/", views.shell, name="field"),
    path("field/worker.js", views.worker, name="field-worker"),
    path("field/manifest.webmanifest", views.manifest, name="field-manifest"),
]
