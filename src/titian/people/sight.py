"""What a person may see, each as one nested SELECT written out by hand.

Every door asks these questions several times a page. Composed from querysets they cost
a millisecond each before the database is even asked; written out, a fraction of it.
The tests hold each of them against the same question asked in querysets.
"""

from django.db import connection
from django.db.models.expressions import RawSQL

OWN_PARTY = "SELECT party_id FROM people_person WHERE id = %s"
OWN_DELEGATIONS = (  # the house's own side is nobody's: coordinators ask from there
    "SELECT id FROM people_delegation"
    f" WHERE party_id IN ({OWN_PARTY}) AND category <> 'house'"
)
ACCOMPANIED = (
    "SELECT a.delegation_id FROM people_assignment a"
    " JOIN people_officer o ON o.id = a.officer_id"
    " WHERE o.person_id = %s AND a.relieved_at IS NULL AND a.consent <> 'declined'"
)
TEAMS = "SELECT team_id FROM people_seat WHERE person_id = %s"
EVENTS_SEATED_AT = "SELECT event_id FROM people_seat WHERE person_id = %s"
EVENTS_OVERSEEN = f"{EVENTS_SEATED_AT} AND role IN ('coordinator', 'auditor')"
SEEN = (
    "SELECT id FROM people_delegation"
    f" WHERE party_id IN ({OWN_PARTY})"
    f" OR event_id IN ({EVENTS_SEATED_AT})"
    f" OR id IN ({ACCOMPANIED})"
)


def own_party(person_id: int) -> RawSQL:
    """The party the person belongs to."""
    return RawSQL(OWN_PARTY, [person_id])


def own_delegations(person_id: int) -> RawSQL:
    """Her party's delegations, at whichever event."""
    return RawSQL(OWN_DELEGATIONS, [person_id])


def accompanied(person_id: int) -> RawSQL:
    """The delegations whose officer she is now: asked and not declined."""
    return RawSQL(ACCOMPANIED, [person_id])


def delegations(person_id: int) -> RawSQL:
    """Her own, those she accompanies, and all of the events she has a seat at."""
    return RawSQL(SEEN, [person_id] * 3)


def is_accompanied(delegation_id: int, *, by: int) -> bool:
    """Whether the person is the delegation's officer now; asked within every act."""
    with connection.cursor() as cursor:
        one_of_hers = f"{ACCOMPANIED} AND a.delegation_id = %s LIMIT 1"
        cursor.execute(one_of_hers, [by, delegation_id])
        return cursor.fetchone() is not None


def teams(person_id: int) -> RawSQL:
    """The inner teams she sits at."""
    return RawSQL(TEAMS, [person_id])


def events_seated_at(person_id: int) -> RawSQL:
    """The events at which she has a seat."""
    return RawSQL(EVENTS_SEATED_AT, [person_id])


def events_overseen(person_id: int) -> RawSQL:
    """The events she coordinates or audits."""
    return RawSQL(EVENTS_OVERSEEN, [person_id])
