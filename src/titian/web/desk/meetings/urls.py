"""Addresses of meetings: nouns only; the HTTP method is the verb."""

from django.urls import path

from titian.web.desk.meetings import cards, record, set_ups, views

urlpatterns = [
    path("", views.index, name="meetings"),
    path("new/", views.new, name="meeting-new"),
    path("cards/", cards.index, name="talking-cards"),
    path("cards/new/", cards.new, name="talking-card-new"),
    path("cards/<int:pk>/", cards.show, name="talking-card"),
    path("cards/<int:pk>/approval/", cards.approval, name="talking-card-approval"),
    path(
        "cards/<int:pk>/withdrawal/", cards.withdrawal, name="talking-card-withdrawal"
    ),
    path("set-up-sheets/", set_ups.index, name="set-ups"),
    path("<int:pk>/set-up/", set_ups.show, name="meeting-set-up"),
    path("<int:pk>/", views.show, name="meeting"),
    path("<int:pk>/agenda/", views.agenda, name="meeting-agenda"),
    path("<int:pk>/holding/", views.holding, name="meeting-holding"),
    path("<int:pk>/minutes/", views.minutes, name="meeting-minutes"),
    path("<int:pk>/approval/", views.approval, name="meeting-approval"),
    path("<int:pk>/cancellation/", views.cancellation, name="meeting-cancellation"),
    path("<int:pk>/decisions/", record.decide, name="meeting-decisions"),
    path("<int:pk>/papers/", record.papers, name="meeting-papers"),
    path("<int:pk>/papers/<int:handout_id>/", record.read, name="meeting-paper"),
    path(
        "<int:pk>/papers/<int:handout_id>/file/",
        record.bring,
        name="meeting-paper-file",
    ),
    path("<int:pk>/reports/<int:report_id>/", record.report, name="meeting-report"),
    path("<int:pk>/differing-view/", record.differ, name="meeting-view"),
    path("<int:pk>/action-points/", views.action_points, name="meeting-actions"),
]
