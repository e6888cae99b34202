"""Addresses of incidents and musters: nouns only; the HTTP method is the verb."""

from django.urls import path

from titian.web.desk.incidents import coordination, musters, views

urlpatterns = [
    path("", views.index, name="incidents"),
    path("<int:pk>/", views.show, name="incident"),
    path("<int:pk>/command/", views.command, name="incident-command"),
    path("<int:pk>/updates/", views.update, name="incident-updates"),
    path("<int:pk>/moves/<slug:name>/", views.move, name="incident-move"),
    path("<int:pk>/roles/", views.give_role, name="incident-roles"),
    path("<int:pk>/words/", views.clear_words, name="incident-words"),
    path("<int:pk>/particulars/", views.particulars, name="incident-particulars"),
    path("<int:pk>/notes/", views.put_note, name="incident-notes"),
    path("<int:pk>/notes/<int:note>/opening/", views.open_one, name="incident-note"),
    path("meeting/", coordination.show, name="coordination"),
    path("meeting/matters/", coordination.put, name="matters"),
    path("lessons/", coordination.note, name="lessons"),
    path("lessons/<int:pk>/taking-up/", coordination.take_up, name="lesson-taking-up"),
    path("lessons/<int:pk>/moves/<slug:name>/", coordination.move, name="lesson-move"),
    path("affected/", musters.find, name="affected"),
    path("musters/", musters.call, name="musters"),
    path("musters/<int:pk>/", musters.show, name="muster"),
    path("musters/<int:pk>/answers/", musters.answer, name="muster-answers"),
    path("musters/<int:pk>/moves/<slug:name>/", musters.move, name="muster-move"),
]
