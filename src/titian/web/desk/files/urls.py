"""Addresses of files."""

from django.urls import path

from titian.web.desk.files import views

urlpatterns = [
    path("", views.index, name="imports"),
    path("<int:pk>/", views.show, name="import"),
    path("<int:pk>/acceptance/", views.accept, name="import-acceptance"),
    path("<int:pk>/undoing/", views.undo, name="import-undoing"),
    path("lists/<slug:name>.<slug:ending>", views.list_out, name="list"),
]
