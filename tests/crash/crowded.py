"""So many officers, a notice to all of them that waits, and a muster of some."""

from tests.briefing.told import OFFICERS, WORDS
from titian.briefing.commands import notices
from titian.kernel import clock
from titian.kernel.models import Event
from titian.loop.commands import roll
from titian.people.models import Assignment, Delegation, Officer, Party, Person, Seat
from titian.people.queries import on_file


def make_crowd(people: int, mustered: int) -> None:
    """Officers with an address each, the first of them with a delegation each."""
    event = Event.objects.create(code="many", name_en="Many", kind="games", zone="UTC")
    office = Party.objects.create(code="LOC", name_en="Office", kind="team")
    wati = Person.objects.create(party=office, display="Wati", code="WATI")
    Seat.objects.create(event=event, person=wati, team=office, role="coordinator")
    rows = [
        Person(party=office, display=f"LO {n}", email=f"lo{n}@example.org")
        for n in range(people)
    ]
    for row in rows:
        row.work_out()
    Person.objects.bulk_create(rows)
    officers = Officer.objects.bulk_create(
        Officer(person=row, event=event, code=f"LO-{n}") for n, row in enumerate(rows)
    )
    for number, officer in enumerate(officers[:mustered]):
        side = Party.objects.create(code=f"D{number}", name_en="Side", kind="state")
        delegation = Delegation.objects.create(party=side, event=event)
        Assignment.objects.create(
            officer=officer, delegation=delegation, consent="agreed"
        )
    actor, at = on_file(wati), clock.real_time()
    composed = notices.Composed(WORDS, OFFICERS, silence_minutes=0)
    draft = notices.compose(event.pk, composed, actor=actor, at=at)
    notices.send(draft.pk, actor=actor, at=at)


def call_the_roll() -> None:
    """Wati asks the officers of every delegation whether their guests are safe."""
    event, wati = Event.objects.get(), Person.objects.get(code="WATI")
    asked = event.delegations.values_list("pk", flat=True)
    roll.call_roll(event.pk, asked, actor=on_file(wati), at=clock.real_time())
