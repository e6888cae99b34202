"""Addresses of the rules: nouns only; the HTTP method is the verb."""

from django.urls import path

from titian.web.desk.rules import asking, keeping, views

ONE = "<int:pk>/"

urlpatterns = [
    path("", views.index, name="rules"),
    path("questions/", asking.ask, name="rule-questions"),
    path("questions/<int:pk>/", asking.show, name="rule-answer"),
    path(ONE, views.show, name="rule"),
    path(f"{ONE}wording/", keeping.amend_it, name="rule-wording"),
    path(f"{ONE}successor/", keeping.replace_it, name="rule-successor"),
    path(f"{ONE}last-day/", keeping.retire_it, name="rule-last-day"),
    path(f"{ONE}review/", keeping.review_it, name="rule-review"),
]
