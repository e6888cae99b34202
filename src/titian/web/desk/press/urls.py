"""Addresses of the press desk: nouns only; the HTTP method is the verb."""

from django.urls import path

from titian.web.desk.press import lists, statements, views

ONE = "press/statements/<int:pk>/"

urlpatterns = [
    path("press/", views.index, name="press"),
    path("press/diversions/<int:pk>/undoing/", views.undo, name="diversion-undoing"),
    path("asks/<int:pk>/diversion/", views.divert, name="ask-diversion"),
    path("press/phrases/", lists.phrases, name="press-phrases"),
    path("press/phrases/<int:pk>/dropping/", lists.drop, name="phrase-dropping"),
    path("press/messages/", lists.messages, name="key-messages"),
    path("press/messages/<int:pk>/retirement/", lists.retire, name="key-retirement"),
    path("press/statements/new/", statements.new, name="statement-new"),
    path(ONE, statements.show, name="statement"),
    path(f"{ONE}revision/", statements.revise, name="statement-revision"),
    path(f"{ONE}clearance/", statements.clear, name="statement-clearance"),
    path(f"{ONE}embargo/", statements.embargo, name="statement-embargo"),
    path(f"{ONE}release/", statements.release, name="statement-release"),
    path(f"{ONE}recall/", statements.recall, name="statement-recall"),
]
