"""What the tests of briefing set up: a notice to write, a rule, the hour it goes."""

from datetime import datetime

from tests.world import NOON, World, make_person, with_account
from titian.briefing.audience import Rule
from titian.briefing.commands import notices
from titian.briefing.models import Copy, Notice
from titian.briefing.wording import Wording
from titian.kernel.actor import Actor
from titian.kernel.consequences import carry_out, claim
from titian.people.models import Assignment, Delegation, Officer

OFFICERS: Rule = {"is": "role", "of": ["officer"]}
WORDS = Wording(
    title_en="Pier closed",
    title_id="Dermaga ditutup",
    old_en="boats leave from the pier",
    new_en="boats leave from the beach",
    reason_en="high waves",
    instead_en="meet at the beach gate",
)


def written(world: World, rule: Rule = OFFICERS, **traits: object) -> Notice:
    """Wati writes that the pier is closed."""
    composed = notices.Composed(WORDS, rule, **traits)  # type: ignore[arg-type]
    return notices.compose(world.event.pk, composed, actor=world.wati, at=NOON)


def sent(world: World, rule: Rule = OFFICERS, **traits: object) -> Notice:
    """The same, sent."""
    draft = written(world, rule, **traits)
    return notices.send(draft.pk, actor=world.wati, at=NOON)


def next_version(world: World, notice: Notice, rule: Rule = OFFICERS) -> Notice:
    """Wati writes and sends the next version."""
    draft = notices.revise(
        notice.pk, notices.Composed(WORDS, rule), actor=world.wati, at=NOON
    )
    return notices.send(draft.pk, actor=world.wati, at=NOON)


def copy_of(notice: Notice, actor: Actor) -> Copy:
    """What this person got."""
    return notice.copies.get(person=actor.person_id)


def names(notice: Notice) -> list[str]:
    """Who got it, by name."""
    return sorted(copy.person.display for copy in notice.copies.all())


def do_all(world: World, at: datetime = NOON) -> None:
    """Carry out all that is due by ``at``."""
    while owed := claim(world.event, at=at):
        carry_out(owed)


def add_officer(
    world: World, name: str, delegation: Delegation, leader: Officer | None = None
) -> tuple[Officer, Actor]:
    """Another officer, who has agreed to accompany the delegation."""
    person = make_person(name, world.officer.person.party)
    officer = Officer.objects.create(
        person=person, event=world.event, code=f"LO-{name}", leader=leader
    )
    Assignment.objects.create(
        officer=officer, delegation=delegation, consent=Assignment.Consent.AGREED
    )
    return officer, with_account(person)
