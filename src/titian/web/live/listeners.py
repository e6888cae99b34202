"""Who listens: a signed-in person or a guest's link, and what each may hear of."""

from importlib import import_module

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.utils.crypto import constant_time_compare

from titian.kernel.models import Entry
from titian.people.models import Assignment, GuestLink, Member, Person, Seat
from titian.people.queries import link_of
from titian.web.live.hub import Subscriber, message

REPLAY = 500


def by_session(session_key: str) -> Subscriber | None:
    """The person signed in with this session; ``None`` if nobody is, or no more."""
    store = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    user = get_user_model().objects.filter(pk=store.get(SESSION_KEY)).first()
    if user is None or not user.is_active:
        return None
    if not constant_time_compare(
        store.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash()
    ):
        return None
    person = Person.objects.filter(user=user).first()
    return of_person(person) if person else None


def by_link(token: str) -> Subscriber | None:
    """The guest with this link: only news of its own delegation."""
    try:
        link = link_of(token)
    except GuestLink.DoesNotExist:
        return None
    event_id = link.delegation.event_id
    return Subscriber(
        frozenset(
            {
                f"delegation:{link.delegation_id}",
                f"person:{link.person_id}",
                f"programme:{event_id}",
                f"clock:{event_id}",
            }
        )
    )


def of_person(person: Person) -> Subscriber:
    """What a person hears of: as seat holder, officer, member of a delegation."""
    topics = {f"person:{person.pk}"}
    kept: set[str] = set()
    over_all = {Seat.Role.COORDINATOR, Seat.Role.AUDITOR}
    events: set[int] = set()
    for seat in Seat.objects.filter(person=person):
        events.add(seat.event_id)
        topics.add(f"team:{seat.team_id}")
        (topics if seat.role in over_all else kept).add(f"event:{seat.event_id}")
    held = Assignment.objects.filter(officer__person=person, relieved_at=None)
    for pk, event_id in held.exclude(consent=Assignment.Consent.DECLINED).values_list(
        "delegation", "delegation__event"
    ):
        topics.add(f"delegation:{pk}")
        events.add(event_id)
    for pk, event_id in Member.objects.filter(
        person=person, delegation__party=person.party_id
    ).values_list("delegation", "delegation__event"):
        topics.add(f"delegation:{pk}")
        events.add(event_id)
    for event_id in events:
        topics |= {f"programme:{event_id}", f"clock:{event_id}"}
    return Subscriber(frozenset(topics), frozenset(kept))


def missed(subscriber: Subscriber, since: int) -> list[bytes]:
    """What was committed after ``since`` and the subscriber may hear, oldest first."""
    rows = Entry.objects.filter(pk__gt=since).order_by("pk")
    columns = ("pk", "verb", "subject_kind", "subject_id", "concerns_id", "topics")
    return [
        message(row)
        for row in rows.values_list(*columns)[:REPLAY]
        if subscriber.may_hear(row[1], row[5])
    ]
