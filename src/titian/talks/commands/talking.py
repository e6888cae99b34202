"""A talk from the first seat to the last topic, or to the door."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import journal, sealing
from titian.kernel.actor import Actor
from titian.kernel.models import Basis
from titian.kernel.policy import require
from titian.people.models import Delegation, Person
from titian.people.queries import speaker
from titian.talks.models import Envoy, Talk, said
from titian.talks.policy import SIDES, may_name, may_open_talk, seat_of

STUCK = "titian.talks.timers.issues_stuck"


class NotOfThisSide(ValueError):
    """The person does not belong to the party; says so in a sentence."""


class Unsuited(ValueError):
    """The two sides are one, or who mediates belongs to one of them."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What a talk begins with: its two sides and its name."""

    side_a_id: int
    side_b_id: int
    title_en: str
    title_id: str = ""
    stuck_hours: int = 48
    is_synthetic: bool = False


@transaction.atomic
def open_talk(
    opening: Opening, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Talk:
    """Bring two parties of one event to a talk; who opens it takes a seat.

    Of neither party she mediates, else she sits for her own. Raises ``Forbidden`` but
    for protocol and a coordinator, ``Unsuited`` if the sides are the same,
    ``Wordless`` without a title, ``Delegation.DoesNotExist`` for a side elsewhere.
    """
    if entry := journal.replayed(key, "talk.opened", None, actor=actor):
        return Talk.objects.get(pk=entry.subject_id)

    if opening.side_a_id == opening.side_b_id:
        raise Unsuited(_("Choose two different parties."))
    one = Delegation.objects.select_related("event", "party").get(pk=opening.side_a_id)
    other = Delegation.objects.select_related("party").get(
        pk=opening.side_b_id, event=one.event
    )
    require(
        may_open_talk(actor, one.event),
        _("Only protocol or a coordinator opens a talk."),
    )
    talk = Talk.objects.create(
        event=one.event,
        code=f"T-{Talk.objects.filter(event=one.event).count() + 1:02d}",
        side_a=one,
        side_b=other,
        title_en=said(opening.title_en, at_most=200),
        title_id=said(opening.title_id, at_most=200, may_be_empty=True),
        stuck_hours=opening.stuck_hours,
        opened_at=at,
        basis=Basis.SYNTHETIC if opening.is_synthetic else Basis.FACT,
    )
    opener = speaker(actor)
    own = [s for s in sorted(SIDES) if talk.delegation(s).party_id == opener.party_id]
    side = own[0] if own else Envoy.Side.BRIDGE
    Envoy.objects.create(talk=talk, person=opener, side=side, named_at=at)
    journal.write("talk.opened", talk, actor=actor, at=at, key=key)
    return talk


@transaction.atomic
def name_envoys(
    talk_id: int,
    side: str,
    person_ids: Sequence[int],
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Talk:
    """Name people of a side: they read what is private to it, nobody else does.

    Raises ``Forbidden`` but for the side itself, and for who mediates once the side
    has somebody; ``NotOfThisSide`` for a person of another party.
    """
    if journal.replayed(key, "talk.envoys_named", talk_id, actor=actor):
        return Talk.objects.get(pk=talk_id)

    talk = locked(talk_id)
    require(may_name(actor, talk, side), _("A side names its own people."))
    party = talk.delegation(side).party_id
    people = Person.objects.filter(pk__in=person_ids, party=party)
    if people.count() != len(set(person_ids)):
        raise NotOfThisSide(_("Name somebody of this party."))
    named = set(talk.envoys.values_list("person", flat=True))
    for person in people.exclude(pk__in=named):
        Envoy.objects.create(talk=talk, person=person, side=side, named_at=at)
    journal.write("talk.envoys_named", talk, actor=actor, at=at, key=key, side=side)
    return talk


@transaction.atomic
def walk_away(
    talk_id: int, words: str, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Talk:
    """Break the talk off for one's side, and say why: both sides read it.

    What was agreed stays agreed; offers lie as they are. Raises ``Forbidden`` but for
    a side, ``IllegalMove`` unless it is open, ``Wordless`` without a reason.
    """
    if journal.replayed(key, "talk.broken_off", talk_id, actor=actor):
        return Talk.objects.get(pk=talk_id)

    talk, side = for_side(talk_id, actor=actor)
    talk.move("walk_away")
    talk.broken_words, talk.broken_by = said(words, at_most=300), side
    return _moved(talk, "talk.broken_off", side, actor, at, key, words=words)


@transaction.atomic
def come_back(
    talk_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Talk:
    """Take a talk up again: either side may, and the other may walk away again."""
    if journal.replayed(key, "talk.taken_up", talk_id, actor=actor):
        return Talk.objects.get(pk=talk_id)

    talk, side = for_side(talk_id, actor=actor)
    talk.move("come_back")
    talk.broken_words = talk.broken_by = ""
    return _moved(talk, "talk.taken_up", side, actor, at, key)


def locked(talk_id: int) -> Talk:
    """The talk, locked, with its sides: all that is done at it is done one by one."""
    Talk.objects.select_for_update().get(pk=talk_id)
    rows = Talk.objects.select_related("event", "side_a__party", "side_b__party")
    return rows.get(pk=talk_id)


def for_side(talk_id: int, *, actor: Actor) -> tuple[Talk, str]:
    """The talk, locked, and the actor's side; ``Forbidden`` for everybody else."""
    talk = locked(talk_id)
    side = seat_of(actor, talk)
    require(side in SIDES, _("Only the named people of a side do this."))
    return talk, side


def _moved(
    talk: Talk,
    verb: str,
    side: str,
    actor: Actor,
    at: datetime,
    key: UUID | None,
    **words: str,
) -> Talk:
    about = speaker(actor).pk
    if sealing.is_destroyed(about):
        talk.broken_words = ""
    talk.save()
    journal.write(
        verb,
        talk,
        actor=actor,
        at=at,
        key=key,
        about=about,
        sealed=words,
        side=side,
        state=talk.state,
    )
    return talk
