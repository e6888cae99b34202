"""Addresses of the guest's page; the link's token stands in each."""

from django.urls import path

from titian.web.guest import bringing, feedback, leaves, views

urlpatterns = [
    path("g/<str:token>/", views.show, name="guest"),
    path("g/<str:token>/asks/", views.ask, name="guest-ask"),
    path("g/<str:token>/asks/<int:pk>/<slug:name>/", views.move, name="guest-move"),
    path("g/<str:token>/feedback/", feedback.say, name="guest-feedback"),
    path("g/<str:token>/leave/", leaves.say, name="guest-leave"),
    path("g/<str:token>/zone/", views.zone, name="guest-zone"),
    path("g/<str:token>/lines/<int:pk>/word/", views.word, name="guest-word"),
    path("g/<str:token>/notices/reading/", views.have_read, name="guest-have-read"),
    path("g/<str:token>/notices/<int:pk>/", views.known, name="guest-notice"),
    path("g/<str:token>/permits/", bringing.say, name="guest-declare"),
    path(
        "g/<str:token>/permits/<int:pk>/leaving/",
        bringing.leave_at_home,
        name="guest-leave-home",
    ),
    path("g/<str:token>/rules/<int:pk>/reading/", views.read, name="guest-read"),
]
