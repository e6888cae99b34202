"""Addresses of notices: nouns only; the HTTP method is the verb."""

from django.urls import path

from titian.web.desk.notices import closures, composing, views

urlpatterns = [
    path("notices/", views.index, name="notices"),
    path("notices/new/", composing.new, name="notice-new"),
    path("notices/audience/", composing.audience, name="notice-audience"),
    path("notices/cards/", views.card, name="notice-card"),
    path("notices/preference/", views.prefer, name="notice-preference"),
    path("notices/<int:pk>/", views.show, name="notice"),
    path("notices/<int:pk>/revision/", composing.revise, name="notice-revision"),
    path("notices/<int:pk>/sending/", views.send, name="notice-sending"),
    path("notices/<int:pk>/withdrawal/", views.withdraw, name="notice-withdrawal"),
    path("copies/<int:pk>/acknowledgement/", views.acknowledge, name="copy-known"),
    path("closures/", closures.index, name="closures"),
    path("closures/<int:pk>/", closures.show, name="closure"),
    path("closures/<int:pk>/lifting/", closures.lift, name="closure-lifting"),
]
