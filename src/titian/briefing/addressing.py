"""How somebody is spoken to: formal or brief, by who they are and what carries it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from titian.briefing.reach import Reach, reach_of
from titian.channels import Address, Words
from titian.kernel.models import Event
from titian.loop.courtesy import EXCELLENCIES, Tone, address_of, language_for
from titian.people.models import Delegation, Person
from titian.people.queries import shown_officers

LETTER, PAGE, CARD = "email", "page", "card"
NARROW = frozenset({"sms", "push"})
"""No room for ceremony."""
BURNING = frozenset({"roll", "incident"})
"""What is so urgent that ceremony would cost time."""
COPY = "briefing.copy:"


@dataclass(frozen=True)
class Addressee:
    """One person at one event, as words to them must know them."""

    person: Person
    event: Event
    hears_the_coordination: bool = False  # of what her LO has no part in

    @cached_property
    def reach(self) -> Reach:
        """Whom words to this person reach."""
        return reach_of(self.person, self.event)

    @cached_property
    def delegation(self) -> Delegation | None:
        """The guest's own: the one she leads before one whose member she is."""
        if self.reach == Reach.OURS:
            return None
        rows = Delegation.objects.filter(event=self.event).filter(
            Q(head=self.person)
            | Q(members__person=self.person)
            | Q(focal_points__person=self.person)
        )
        found = list(rows.select_related("party").distinct().order_by("pk"))
        leads = [one for one in found if one.head_id == self.person.pk]
        return next(iter([*leads, *found]), None)

    @property
    def has_rank(self) -> bool:
        """Whether she leads a delegation of rank: then she is an Excellency."""
        delegation = self.delegation
        if delegation is None or delegation.head_id != self.person.pk:
            return False
        return Delegation.Level(delegation.level) in EXCELLENCIES

    def tone_on(self, kind: str, what: str = "") -> Tone:
        """Formal or brief, for what is said by that carrier, or on the guest's page.

        A notice's copy is formal in every letter: only so it says why.
        """
        if what in BURNING or kind in NARROW:
            return Tone.BRIEF
        if kind == LETTER:
            is_brief = self.reach == Reach.OURS and what != COPY
            return Tone.BRIEF if is_brief else Tone.FORMAL
        return Tone.FORMAL if self.has_rank else Tone.BRIEF

    def greeting(self, language: str) -> str:
        """By rank, name and honorific."""
        return address_of(self.person, self.delegation, language)

    def framed(self, words: str) -> str:
        """The words as a letter: to whom, and who speaks as the guest knows them."""
        language = language_for(self.person)
        with override(language):
            begins = _("%(address)s,") % {"address": self.greeting(language)}
            ends = _("With respect,\n%(who)s") % {"who": self._speaker()}
        return f"{begins}\n\n{words}\n\n{ends}"

    def _speaker(self) -> str:
        """Her LO, on the word of the coordination; this alone while she has none, and
        of what her LO has no part in.
        """
        named = {"event": self.event.name}
        shown = shown_officers(self.delegation) if self.delegation else []
        if not shown or self.hears_the_coordination:
            return _("the LO coordination of %(event)s") % named
        name = shown[0].officer.person.display
        line = _("%(name)s, your LO, for the LO coordination of %(event)s")
        return line % {**named, "name": name}


def fitting(
    formal: Words, brief: Words | None, to: Addressee | None
) -> Callable[[Address], Words]:
    """What each carrier is given; words of one form alone go as they are.

    What is said at no event is said to our own people, and brief.
    """

    what = COPY if formal.about.startswith(COPY) else formal.kind

    def words_by(way: Address) -> Words:
        if brief is None:
            return formal
        if to is None or to.tone_on(way.kind, what) == Tone.BRIEF:
            return brief
        if formal.kind == CARD:  # approved, and said letter by letter
            return formal
        return replace(formal, text=to.framed(formal.text))

    return words_by
