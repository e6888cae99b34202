"""Addresses of agreements: nouns only; the HTTP method is the verb."""

from django.urls import path

from titian.web.desk.agreements import life, views

LIFE = "<int:pk>/life/"
LINE = "<int:pk>/lines/<int:number>/"

urlpatterns = [
    path("", views.index, name="agreements"),
    path("<int:pk>/", views.show, name="agreement"),
    path(LIFE, life.show, name="agreement-life"),
    path(f"{LIFE}text/", life.file_text, name="agreement-text"),
    path(f"{LIFE}signatories/", life.name, name="agreement-signatories"),
    path(f"{LIFE}signatures/", life.sign, name="agreement-signatures"),
    path(
        f"{LIFE}signatures/<int:signature_id>/undoing/",
        life.take_back,
        name="agreement-signature-undoing",
    ),
    path(f"{LIFE}lines/", life.owe, name="agreement-lines"),
    path(f"{LIFE}review/", life.review, name="agreement-review"),
    path(f"{LIFE}draft/", life.send_back, name="agreement-draft"),
    path(f"{LIFE}force/", life.bring_into_force, name="agreement-force"),
    path(f"{LIFE}followers/", life.follow, name="agreement-followers"),
    path(f"{LIFE}end/", life.end, name="agreement-end"),
    path(f"{LIFE}bundle/", life.bundle, name="agreement-bundle"),
    path(LINE, views.show, name="agreement-line"),
    path(f"{LINE}evidence/", views.bring_evidence, name="line-evidence"),
    path(f"{LINE}evidence/<int:evidence_id>/", views.read_evidence, name="line-file"),
    path(f"{LINE}acceptance/", views.accept_line, name="line-acceptance"),
    path(f"{LINE}dispute/", views.dispute_line, name="line-dispute"),
    path(f"{LINE}waiver/", views.waive_line, name="line-waiver"),
]
