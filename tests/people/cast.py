"""What the tests of cover set up: a protocol desk, more officers, guarded hours."""

from datetime import datetime, time

from tests.world import World, make_person
from titian.people.models import Assignment, Delegation, Duty, Entitlement, Officer
from titian.people.queries import on_file


def make_officer(
    world: World,
    name: str,
    code: str,
    *,
    speaks: dict[str, str] | None = None,
    clearance: int = 1,
) -> Officer:
    """One more officer of the liaison office, cleared for everybody unless told."""
    party = world.officer.person.party
    person = make_person(name, party)
    person.languages = speaks or {}
    person.save()
    return Officer.objects.create(
        person=person, event=world.event, code=code, clearance=clearance
    )


def asked(
    officer: Officer, delegation: Delegation, consent: str = Assignment.Consent.ASKED
) -> Assignment:
    """The officer is asked to accompany the delegation."""
    return Assignment.objects.create(
        officer=officer,
        delegation=delegation,
        role=Assignment.Role.RELIEF,
        consent=consent,
    )


def make_duty(
    officer: Officer,
    delegation: Delegation,
    starts_at: datetime,
    ends_at: datetime,
    *,
    role: str = Assignment.Role.PRIMARY,
    mode: str = Duty.Mode.ATTACHED,
) -> Duty:
    """Published hours."""
    return Duty.objects.create(
        officer=officer,
        delegation=delegation,
        starts_at=starts_at,
        ends_at=ends_at,
        role=role,
        mode=mode,
    )


def guard(
    world: World, guarded_from: int = 8, guarded_to: int = 20, level: str = "minister"
) -> Entitlement:
    """Ministers are guarded from eight to eight; the same hour twice is all day."""
    return Entitlement.objects.create(
        event=world.event,
        level=level,
        guarded_from=time(guarded_from),
        guarded_to=time(guarded_to),
    )


__all__ = ["asked", "guard", "make_duty", "make_officer", "on_file"]
