"""Addresses of talks: nouns only; the HTTP method is the verb."""

from django.urls import path

from titian.web.desk.talks import acts, private, texts, views

ISSUE, OFFER = "<int:pk>/topics/<int:issue_id>/", "<int:pk>/offers/<int:offer_id>/"

urlpatterns = [
    path("", views.index, name="talks"),
    path("<int:pk>/", views.show, name="talk"),
    path("<int:pk>/text/", texts.show, name="talk-text"),
    path("<int:pk>/packages/", views.show_packages, name="talk-packages"),
    path("<int:pk>/map/", private.interests, name="talk-map"),
    path("<int:pk>/map/<int:row>/showing/", private.showing, name="talk-showing"),
    path("<int:pk>/preferences/", private.preferences, name="talk-preferences"),
    path("<int:pk>/lending/", private.lending, name="talk-lending"),
    path("<int:pk>/envoys/", acts.envoys, name="talk-envoys"),
    path("<int:pk>/topics/", acts.topics, name="talk-topics"),
    path(f"{ISSUE}options/", acts.options, name="issue-options"),
    path(f"{ISSUE}judging/", acts.judging, name="issue-judging"),
    path(f"{ISSUE}inventing/", acts.inventing, name="issue-inventing"),
    path(f"{ISSUE}ground/", acts.ground, name="issue-ground"),
    path(f"{ISSUE}pros/", acts.pros, name="issue-pros"),
    path("<int:pk>/offers/", acts.offering, name="talk-offers"),
    path(f"{OFFER}acceptance/", acts.acceptance, name="offer-acceptance"),
    path(f"{OFFER}withdrawal/", acts.withdrawal, name="offer-withdrawal"),
    path("<int:pk>/break/", acts.leaving, name="talk-break"),
    path("<int:pk>/return/", acts.returning, name="talk-return"),
]
