"""Addresses of the desk."""

from django.urls import include, path

from titian.web.desk.cover import asking, proposals, searching
from titian.web.desk.cover import views as cover
from titian.web.desk.people import (
    absence,
    kinds,
    leaving,
    links,
    officers,
    participation,
    serving,
)
from titian.web.desk.people import views as people
from titian.web.desk.programme import elsewhere, seats
from titian.web.desk.programme import views as programme
from titian.web.desk.room import moving, taps
from titian.web.desk.room import views as room

urlpatterns = [
    path("room/", room.show, name="room"),
    path("room/lines/<int:delegation_id>/", room.line, name="room-line"),
    path("room/rail/", room.rail, name="room-rail"),
    path("room/strips/", room.strips, name="room-strips"),
    path("delegations/<int:pk>/", people.delegation, name="delegation"),
    path("delegations/<int:pk>/aside/", room.aside, name="room-aside"),
    path("delegations/<int:pk>/people/", people.members, name="members"),
    path("delegations/<int:pk>/links/", links.give, name="links"),
    path(
        "delegations/<int:pk>/early-departure/", leaving.early, name="early-departure"
    ),
    path(
        "delegations/<int:pk>/participation/", participation.step, name="participation"
    ),
    path("delegations/<int:pk>/kind/", kinds.kind, name="kind"),
    path(
        "delegations/<int:pk>/links/<int:link_id>/revocation/",
        links.take_back,
        name="link-revocation",
    ),
    path("people/", people.index, name="people"),
    path("people/served/", serving.index, name="serving"),
    path("officers/", officers.index, name="officers"),
    path("officers/<int:pk>/absence/", absence.absence, name="officer-absence"),
    path("search/", people.search, name="search"),
    path("journeys/<int:pk>/expectation/", moving.expectation, name="expectation"),
    path("journeys/<int:pk>/milestones/", taps.milestone, name="milestone"),
    path("journeys/<int:pk>/undoing/", taps.undoing, name="milestone-undoing"),
    path("confirmations/<int:pk>/", room.confirmation, name="confirmation"),
    path("cover/", cover.show, name="cover"),
    path("cover/asking/<int:pk>/", asking.again, name="cover-asking"),
    path("cover/proposals/", proposals.propose, name="cover-proposals"),
    path("cover/searches/", searching.search, name="cover-searches"),
    path(
        "cover/proposals/<int:pk>/progress/",
        searching.progress,
        name="cover-progress",
    ),
    path("cover/proposals/<int:pk>/stop/", searching.stop, name="cover-stop"),
    path("cover/proposals/<int:pk>/", proposals.show, name="cover-proposal"),
    path(
        "cover/proposals/<int:pk>/of/<int:delegation_id>/",
        proposals.part,
        name="cover-part",
    ),
    path(
        "cover/proposals/<int:pk>/acceptance/",
        proposals.accept,
        name="cover-acceptance",
    ),
    path(
        "cover/proposals/<int:pk>/changes/<int:index>/",
        proposals.change,
        name="cover-change",
    ),
    path("", include("titian.web.desk.guide.urls")),
    path("", include("titian.web.desk.asks.urls")),
    path("programme/", programme.show, name="programme"),
    path("activities/<int:pk>/", programme.activity, name="activity"),
    path("activities/<int:pk>/seats/", seats.seats, name="seats"),
    path("activities/<int:pk>/place/", elsewhere.place, name="activity-place"),
    path("activities/<int:pk>/delay/", programme.delay, name="activity-delay"),
    path(
        "activities/<int:pk>/moves/<slug:name>/", programme.move, name="activity-move"
    ),
    path("", include("titian.web.desk.notices.urls")),
    path("", include("titian.web.desk.press.urls")),
    path("", include("titian.web.desk.relations.urls")),
    path("rules/", include("titian.web.desk.rules.urls")),
    path("permits/", include("titian.web.desk.permits.urls")),
    path("agreements/", include("titian.web.desk.agreements.urls")),
    path("documents/", include("titian.web.desk.documents.urls")),
    path("reports/", include("titian.web.desk.reports.urls")),
    path("talks/", include("titian.web.desk.talks.urls")),
    path("bilaterals/", include("titian.web.desk.bilaterals.urls")),
    path("meetings/", include("titian.web.desk.meetings.urls")),
    path("files/", include("titian.web.desk.files.urls")),
    path("incoming/", include("titian.web.desk.incoming.urls")),
    path("timeline/", include("titian.web.desk.timeline.urls")),
    path("hotels/", include("titian.web.desk.hotels.urls")),
    path("cars/", include("titian.web.desk.cars.urls")),
    path("hand-overs/", include("titian.web.desk.handovers.urls")),
    path("incidents/", include("titian.web.desk.incidents.urls")),
    path("journal/", include("titian.web.desk.journal.urls")),
]
