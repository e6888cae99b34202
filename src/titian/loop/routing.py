"""To which inner team a matter goes: the rules a coordinator can read."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from titian.kernel import clock
from titian.kernel.models import Event
from titian.loop.models import Ask, Matter, Route, Topic
from titian.loop.models.topic import Weight
from titian.people.models import Delegation, Party
from titian.people.models.person import folded

COORDINATION, PRESS = "LOC", "PRS"
PRESS_WORDS = (
    "press",
    "media",
    "journalist",
    "reporter",
    "interview",
    "journalists",
    "reporters",
    "interviews",
    "camera crew",
    "pers",
    "wartawan",
    "jurnalis",
    "wawancara",
    "mewawancarai",
    "diwawancarai",
    "meliput",
    "peliputan",
)
"""What is said to the world goes through the press desk, rule or no rule."""


class NoTeam(ValueError):
    """No rule names a team, and nobody chose one; its argument is a sentence."""


@dataclass(frozen=True, slots=True)
class Way:
    """Where an ask goes, who is informed, how heavy it is, and by which rule."""

    team: Party
    topic: Topic | None = None
    informed: tuple[Party, ...] = ()
    weight: str = Weight.ROUTINE
    rule: Route | None = None


SHORT = 4
ENDINGS = r"(?:nya|ku|mu|kan|an|i|lah|kah|pun|e?s|e?d|ing|ness)?(?!\w)"
"""What a short keyword may go on with: "pin" is in "pins", and not in "pintu"."""


def topics_for(event: Event, kind: str = "") -> list[Topic]:
    """What a party of this kind is offered: what is usual for it first, by order.

    What serves parties of other kinds alone is left out.
    """
    found = event.ask_topics.select_related("team").order_by("order", "pk")
    offered = [topic for topic in found if topic.is_open_to(kind)]
    return sorted(offered, key=lambda topic: not topic.is_usual_for(kind))


def suggest(event: Event, words: str, kind: str = "") -> list[Topic]:
    """The topics whose keywords stand in ``words``, most hits first, then by order.

    ``kind`` leaves out what serves parties of other kinds alone.

    A keyword is met at the start of a word, so that "mobil" finds "mobilnya" and
    "car" does not find "scarf"; one of four letters or fewer takes endings only, so
    that "menu" does not find "menunggu". In scripts without spaces it is met anywhere.
    Accents are left aside, but for such a short one: "thé" is not in "the minister".
    """
    heard, written = folded(words), _as_written(words)
    ranked = [
        (-sum(_is_named(word, heard, written) for word in topic.keywords), topic)
        for topic in topics_for(event, kind)
    ]
    hits = [found for found in ranked if found[0] < 0]
    hits.sort(key=lambda found: (found[0], found[1].order, found[1].pk))
    return [topic for _hits, topic in hits]


def named(ask: Ask, gloss: str = "") -> list[Topic]:
    """What the words of the ask name, of all that its kind of party is offered."""
    return suggest(ask.event, f"{ask.words} {gloss}", ask.asked_by.party.kind)


def ways_from(delegation: Delegation, at: datetime) -> list[Way]:
    """Where each topic that is offered to the delegation goes now, rules first.

    The place is not known yet: a rule about one is left out.
    """
    event, kind = delegation.event, delegation.party.kind
    rules, hour = _rules(event), clock.local(event, at).time()
    found = []
    for topic in topics_for(event, kind):
        matter = Matter(topic.pk, kind, delegation.level, "", hour)
        rule = next((one for one in rules if one.fits(matter)), None)
        weights = {topic.weight, rule.weight if rule else topic.weight}
        weight = Weight.EXACT if Weight.EXACT in weights else Weight.ROUTINE
        team = rule.team if rule else topic.team
        found.append(Way(team, topic, weight=weight, rule=rule))
    return found


def way_for(
    ask: Ask,
    gloss: str,
    *,
    topic_id: int | None,
    team_id: int | None,
    where: str = "",
    at: datetime,
) -> Way:
    """Where the ask goes: by the topic and the rules, else to the team chosen.

    The rules are asked first, in their order; the first that fits wins. Where none
    does, the topic's own team has it. A team that the officer chose without a topic
    stands. Raises ``Topic.DoesNotExist`` for another event's topic, ``NoTeam`` if the
    team is none of ours or nothing names one.
    """
    if topic_id is None and team_id is not None:
        return Way(inner_team(team_id))
    topic = _topic(ask, gloss, topic_id)
    return _way(ask, gloss, topic, _rules(ask.event), where=where, at=at)


def way_by(ask: Ask, rules: Iterable[Route]) -> Way:
    """Where an ask that was passed on before would go by these rules."""
    at = ask.passed_at or ask.said_at
    where = ask.details.get("where", "")
    return _way(ask, ask.gloss, ask.topic, rules, where=where, at=at)


def _topic(ask: Ask, gloss: str, topic_id: int | None) -> Topic | None:
    if topic_id is not None:
        return ask.event.ask_topics.select_related("team").get(pk=topic_id)
    return next(iter(named(ask, gloss)), None)


def _rules(event: Event) -> list[Route]:
    rules = event.routes.live().select_related("team", "topic")
    return list(rules.prefetch_related("informed"))


def _way(
    ask: Ask,
    gloss: str,
    topic: Topic | None,
    rules: Iterable[Route],
    *,
    where: str,
    at: datetime,
) -> Way:
    matter = Matter(
        topic_id=topic.pk if topic else None,
        party_kind=ask.asked_by.party.kind,
        level=ask.asked_by.level,
        where=where,
        hour=clock.local(ask.event, at).time(),
    )
    for rule in rules:
        if rule.fits(matter):
            told = tuple(team for team in rule.informed.all() if team != rule.team)
            return Way(rule.team, topic, told, rule.weight, rule)
    if topic is None:
        return Way(_press_desk(ask, gloss))
    told = tuple(team for team in topic.informed.all() if team != topic.team)
    return Way(topic.team, topic, told, Weight.ROUTINE)


def team_for(ask: Ask) -> Party:
    """The team that the words alone would give ``ask`` to; ``NoTeam`` if none."""
    return _by_words(ask, ask.gloss)


def inner_team(team_id: int) -> Party:
    """The inner team with this id, or ``NoTeam``."""
    team = Party.objects.filter(pk=team_id, kind=Party.Kind.TEAM).first()
    if team is None:
        raise NoTeam(_("Choose the team that should have it."))
    return team


def called(*codes: str) -> Party | None:
    """The first of our teams with one of these codes, in the order given."""
    teams = Party.objects.filter(kind=Party.Kind.TEAM, code__in=codes)
    found = {team.code: team for team in teams}
    return next((found[code] for code in codes if code in found), None)


def _by_words(ask: Ask, gloss: str) -> Party:
    if found := named(ask, gloss):
        return found[0].team
    return _press_desk(ask, gloss)


def _press_desk(ask: Ask, gloss: str) -> Party:
    heard = folded(f"{ask.words} {gloss}")
    is_press = ask.asked_by.party.kind == Party.Kind.MEDIA or any(
        _stands_in(word, heard) for word in PRESS_WORDS
    )
    if is_press and (desk := called(PRESS)) is not None:
        return desk
    raise NoTeam(_("No rule says which team this is for. Choose what it is about."))


def _as_written(words: str) -> str:
    """Without case, but with the accents."""
    return unicodedata.normalize("NFC", words).casefold()


def _is_named(keyword: str, heard: str, written: str) -> bool:
    """Whether it stands in what was heard; short and accented, in what was written."""
    plain, exact = folded(keyword), _as_written(keyword)
    if plain == exact or len(plain) > SHORT or not plain.isascii():
        return _stands_in(plain, heard)
    return re.search(rf"(?<!\w){re.escape(exact)}{ENDINGS}", written) is not None


def _stands_in(keyword: str, heard: str) -> bool:
    if not keyword.isascii():
        return keyword in heard
    rest = ENDINGS if len(keyword) <= SHORT else ""
    return re.search(rf"(?<!\w){re.escape(keyword)}{rest}", heard) is not None
