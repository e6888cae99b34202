"""Addresses of the phone."""

from django.urls import path

from titian.web.field import views

urlpatterns = [path("field/", views.shell, name="field")]
