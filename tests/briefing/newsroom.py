"""A media house with its own officer, the desk's line, and an alarm that burns."""

from dataclasses import dataclass

from tests.world import NOON, World, make_party, make_person, seated
from titian.briefing.commands import press, statements
from titian.briefing.models import KeyMessage, Statement
from titian.kernel.actor import Actor
from titian.loop.commands import asks, incidents
from titian.loop.models import Ask
from titian.people.models import Assignment, Delegation, FocalPoint, Party
from titian.people.queries import by_link

HOLDING = ("We look into it and will tell you more.", "Kami sedang memeriksanya.")
MESSAGE = ("Guests are safe.", "Para tamu aman.")
WORDS = statements.Draft(
    title_en="About the pier",
    title_id="Tentang dermaga",
    words_en="Everybody is well.",
    words_id="Semua baik-baik saja.",
)


@dataclass(frozen=True)
class Newsroom:
    """Nils writes for the Lagoon Gazette; Marco accompanies the house as well."""

    house: Delegation
    nils: Actor


def make_newsroom(world: World) -> Newsroom:
    party = make_party("GAZ", "Lagoon Gazette", "media")
    house = Delegation.objects.create(party=party, event=world.event)
    person = make_person("Nils", party, house)
    FocalPoint.objects.create(delegation=house, person=person, kind="MLO")
    Assignment.objects.create(
        officer=world.officer, delegation=house, consent=Assignment.Consent.AGREED
    )
    return Newsroom(house, by_link("nils"))


def approve_line(world: World) -> KeyMessage:
    """The spokesperson approves what officers may say."""
    kind = KeyMessage.Kind.HOLDING
    return press.approve_message(
        world.event.pk, *HOLDING, kind=kind, actor=world.petra, at=NOON
    )


def approve_message(world: World) -> KeyMessage:
    """The event stands by something."""
    return press.approve_message(world.event.pk, *MESSAGE, actor=world.petra, at=NOON)


def drafted(world: World) -> Statement:
    return statements.draft(world.event.pk, WORDS, actor=world.petra, at=NOON)


def cleared(world: World) -> Statement:
    """Petra stands for it, held against every key message."""
    found = {one.pk: "" for one in statements.key_messages(world.event)}
    draft = drafted(world)
    return statements.clear(draft.pk, found, actor=world.petra, at=NOON)


def released(world: World) -> Statement:
    return statements.release(cleared(world).pk, actor=world.petra, at=NOON)


def burning(world: World) -> Ask:
    """Marco raises an alarm that nobody has ended yet."""
    if not Party.objects.filter(code="MED").exists():
        make_party("MED", "Medical team", "team")
    return incidents.raise_alarm(
        world.arunika.pk, "medical", actor=world.marco, at=NOON
    )


def desk_hand(world: World) -> Actor:
    """Dora works at the press desk and speaks for nobody."""
    return seated(world.event, "Dora", world.press)


def said(world: World, words: str) -> Ask:
    """Ingrid asks something, by her link."""
    return asks.ask(
        world.arunika.pk, words, channel="link", actor=world.ingrid, at=NOON
    )
