"""Addresses of reports."""

from django.urls import path

from titian.web.desk.reports import views

ONE = "<slug:kind>/<int:subject_id>/"

urlpatterns = [
    path("", views.index, name="reports"),
    path(ONE, views.show, name="report"),
    path(f"{ONE}<slug:language>.pdf", views.paper, name="report-paper"),
]
