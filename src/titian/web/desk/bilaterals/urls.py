"""Addresses of bilaterals: nouns only; the HTTP method is the verb."""

from django.urls import path

from titian.web.desk.bilaterals import hours, timetable, views

urlpatterns = [
    path("", views.index, name="bilaterals"),
    path("new/", views.new, name="bilateral-new"),
    path("<int:pk>/", views.show, name="bilateral"),
    path("<int:pk>/wishes/", views.wishes, name="bilateral-wishes"),
    path("<int:pk>/agreement/", views.agreement, name="bilateral-agreement"),
    path("<int:pk>/refusal/", views.refusal, name="bilateral-refusal"),
    path("<int:pk>/withdrawal/", views.withdrawal, name="bilateral-withdrawal"),
    path("<int:pk>/confirmation/", views.confirmation, name="bilateral-confirmation"),
    path("hours/<int:delegation_id>/", hours.show, name="free-hours"),
    path("hours/spans/<int:pk>/", hours.take_back, name="free-hours-span"),
    path("timetable/", timetable.show, name="timetable"),
    path("timetable/rooms/", timetable.rooms, name="timetable-rooms"),
    path("timetable/rooms/<int:pk>/", timetable.room, name="timetable-room"),
    path("timetable/interpreters/", timetable.interpreters, name="interpreters"),
    path("timetable/proposals/", timetable.proposals, name="timetable-proposals"),
    path(
        "timetable/proposals/<int:pk>/", timetable.proposal, name="timetable-proposal"
    ),
    path(
        "timetable/proposals/<int:pk>/acceptance/",
        timetable.acceptance,
        name="timetable-acceptance",
    ),
]
