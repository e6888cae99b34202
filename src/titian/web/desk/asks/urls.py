"""Addresses of requests, rules and promises: nouns only; the method is the verb."""

from django.urls import path

from titian.web.desk.asks import promises, rules, views
from titian.web.desk.incoming import papers

urlpatterns = [
    path("asks/", views.index, name="asks"),
    path("asks/new/", views.new, name="ask-new"),
    path("asks/rules/", rules.index, name="routes"),
    path("asks/rules/<int:pk>/", rules.show, name="route"),
    path("asks/rules/<int:pk>/force/", rules.force, name="route-force"),
    path("asks/rules/<int:pk>/retirement/", rules.retire, name="route-retirement"),
    path("asks/<int:pk>/", views.show, name="ask"),
    path("asks/<int:pk>/papers/<int:paper_id>/", papers.of_ask, name="ask-paper"),
    path("asks/<int:pk>/moves/<slug:name>/", views.move, name="ask-move"),
    path("asks/<int:pk>/promises/", views.promise, name="ask-promise"),
    path("promises/", promises.index, name="promises"),
    path("promises/<int:pk>/settlement/", promises.settle, name="promise-settlement"),
    path("promises/<int:pk>/word/", promises.word, name="promise-word"),
]
