"""Addresses of documents: by a reference that counts nothing."""

from django.urls import path

from titian.web.desk.documents import merging, views

PAPER = "<uuid:ref>/"

urlpatterns = [
    path("", views.index, name="documents"),
    path("merger/<int:pk>/", merging.merger, name="merger"),
    path(PAPER, views.show, name="document"),
    path(f"{PAPER}versions/", views.supersede, name="document-versions"),
    path(f"{PAPER}versions/<int:number>/", views.read, name="document-version"),
    path(f"{PAPER}secrecy/", views.reclassify, name="document-secrecy"),
    path(f"{PAPER}issue/", views.issue, name="document-issue"),
    path(f"{PAPER}withdrawal/", views.withdraw, name="document-withdrawal"),
]
