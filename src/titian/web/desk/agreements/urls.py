"""Addresses of agreements: nouns only; the HTTP method is the verb."""

from django.urls import path

from titian.web.desk.agreements import views

LINE = "<int:pk>/lines/<int:number>/"

urlpatterns = [
    path("", views.index, name="agreements"),
    path("<int:pk>/", views.show, name="agreement"),
    path(LINE, views.show, name="agreement-line"),
    path(f"{LINE}evidence/", views.bring_evidence, name="line-evidence"),
    path(f"{LINE}evidence/<int:evidence_id>/", views.read_evidence, name="line-file"),
    path(f"{LINE}acceptance/", views.accept_line, name="line-acceptance"),
    path(f"{LINE}dispute/", views.dispute_line, name="line-dispute"),
    path(f"{LINE}waiver/", views.waive_line, name="line-waiver"),
]
