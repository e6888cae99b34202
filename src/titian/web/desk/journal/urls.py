"""Addresses of the journal: it is read, and nothing else."""

from django.urls import path

from titian.web.desk.journal import views

urlpatterns = [path("", views.index, name="journal")]
