"""The journal of one ask, in sentences, for those who may see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from titian.kernel.actor import Actor
from titian.kernel.models import Entry
from titian.kernel.sealing import unseal_all
from titian.loop.models import Ask
from titian.people.models import Party, Person


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the ask's history: when it was said, when heard, what it was.

    ``words`` are those that were sealed; empty once the guest is forgotten.
    """

    said_at: datetime
    heard_at: datetime
    sentence: str
    verb: str
    words: Mapping[str, object]


def history_of(ask: Ask, actor: Actor) -> list[Told]:
    """The journal's lines about the ask, newest first, for who may see the ask."""
    if not Ask.objects.visible_to(actor).filter(pk=ask.pk).exists():
        return []
    entries = list(
        Entry.objects.filter(
            subject_kind=ask._meta.label_lower, subject_id=ask.pk
        ).order_by("-pk")
    )
    names, teams, words = _names(entries), _teams(entries), unseal_all(entries)
    return [
        Told(
            entry.said_at,
            entry.heard_at,
            _sentence(entry, names, teams, words[entry.pk]),
            entry.verb,
            words[entry.pk],
        )
        for entry in entries
    ]


def _names(entries: Sequence[Entry]) -> dict[int, str]:
    pairs = ((entry.actor_person_id, entry.word_of_id) for entry in entries)
    ids = {pk for pair in pairs for pk in pair if pk is not None}
    ids |= {pk for entry in entries for pk in _named_in(entry)}
    people = Person.objects.filter(pk__in=ids)
    return dict(people.values_list("pk", "display"))


def _teams(entries: Sequence[Entry]) -> dict[int, str]:
    ids = {entry.facts.get("owner") for entry in entries} - {None}
    return {team.pk: team.name for team in Party.objects.filter(pk__in=ids)}


def _sentence(
    entry: Entry,
    names: Mapping[int, str],
    teams: Mapping[int, str],
    words: Mapping[str, object],
) -> str:
    line = _sayings().get(entry.verb, entry.verb) % {
        "who": names.get(entry.actor_person_id or 0) or _("Titian"),
        "team": teams.get(entry.facts.get("owner") or 0, ""),
        "reason": words.get("reason", ""),
        "words": words.get("words", ""),
        "called": _called(entry, names) or _("nobody yet"),
    }
    if not entry.word_of_id:
        return line
    guest = names.get(entry.word_of_id, "")
    return _("%(line)s, on the word of %(guest)s") % {"line": line, "guest": guest}


def _called(entry: Entry, names: Mapping[int, str]) -> str:
    """Those whom the entry called, by name; of a change of LO who left and who came."""
    called = filter(None, (names.get(pk) for pk in _named_in(entry)))
    return (" → " if "officers" in entry.facts else ", ").join(called)


def _named_in(entry: Entry) -> list[int]:
    found: list[int] = entry.facts.get("called") or entry.facts.get("officers") or []
    return found


def _sayings() -> dict[str, str]:
    return {
        "ask.said": _("%(who)s wrote the request down"),
        "ask.added": _("%(who)s added: “%(words)s”"),
        "ask.passed_on": _("%(who)s passed it on to %(team)s"),
        "ask.heard": _("%(who)s opened it"),
        "ask.accepted": _("%(who)s took it in hand"),
        "ask.restated": _("%(who)s said it back"),
        "ask.confirmed": _("%(who)s confirmed what was said back"),
        "ask.corrected": _("%(who)s corrected what was said back"),
        "ask.bounced": _("%(who)s handed it to %(team)s: %(reason)s"),
        "ask.diverted": _("%(who)s gave it to %(team)s, whose matter it is"),
        "ask.given_back": _("%(who)s gave it back to the LO: %(reason)s"),
        "ask.told": _("%(who)s let the guest know how it stands: %(words)s"),
        "ask.answered": _("%(who)s answered"),
        "ask.reopened": _("%(who)s asked again: %(reason)s"),
        "ask.closed": _("%(who)s said that it is kept"),
        "ask.officer_replaced": _("%(who)s replaced the LO: %(called)s"),
        "ask.looked_after": _("%(who)s looked after it: %(words)s"),
        "ask.withdrawn": _("%(who)s withdrew it"),
        "ask.left_waiting": _("Nobody had taken the next step; told: %(called)s"),
        "ask.climbed": _("Still nothing; told: %(called)s"),
        "ask.made_exact": _("%(who)s wants every field of it said back"),
        "ask.draft_wanted": _("%(who)s asked the machine for a proposal"),
        "ask.draft_made": _("The machine proposed, unverified: %(words)s"),
        "ask.draft_failed": _("The machine proposed nothing"),
        "ask.draft_taken": _("%(who)s took a machine's proposal over: %(words)s"),
        "ask.draft_dismissed": _("%(who)s put a machine's proposal away"),
        "ask.hurried": _("%(who)s said that it is urgent"),
        "ask.paused": _("%(who)s let the clock stand: %(words)s"),
        "ask.resumed": _("%(who)s let the clock go on"),
        "ask.pause_over": _("The pause is over, the clock goes on"),
        "ask.still_in_hand": _("The guest heard where it stands"),
        "ask.merged": _("%(who)s merged it into another request: %(reason)s"),
        "ask.took_in": _("%(who)s merged another request into this one"),
        "ask.went_along": _("It went along with the request it was merged into"),
        "ask.unmerged": _("%(who)s took it out again: %(reason)s"),
        "ask.split": _("%(who)s made a request of its own of a part of the words"),
        "ask.not_said_back": _("It was not said back in time"),
        "ask.overdue": _("The promised hour passed without an answer"),
        "ask.gloss_verified": _("%(who)s checked the translation"),
        "ask.words_forgotten": _("The words were forgotten, as the guest wished"),
        "incident.raised": _("%(who)s raised the alarm, to %(team)s"),
    }
