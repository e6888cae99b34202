"""To which inner team a matter goes: the rules a coordinator can read."""

import re

from django.utils.translation import gettext as _

from titian.kernel.models import Event
from titian.loop.models import Ask, Topic
from titian.people.models import Party
from titian.people.models.person import folded

PRESS = "PRS"
PRESS_WORDS = (
    "press",
    "media",
    "journalist",
    "reporter",
    "interview",
    "camera crew",
    "pers",
    "wartawan",
    "jurnalis",
    "wawancara",
    "peliputan",
)
"""What is said to the world goes through the press desk, rule or no rule."""


class NoTeam(ValueError):
    """No rule names a team, and nobody chose one; its argument is a sentence."""


def suggest(event: Event, words: str) -> list[Topic]:
    """The topics whose keywords stand in ``words``, most hits first, then by order.

    A keyword is met at the start of a word, so that "mobil" finds "mobilnya" and
    "car" does not find "scarf"; in scripts without spaces it is met anywhere.
    """
    heard = folded(words)
    ranked = [
        (-sum(_stands_in(folded(word), heard) for word in topic.keywords), topic)
        for topic in event.ask_topics.select_related("team")
    ]
    hits = [found for found in ranked if found[0] < 0]
    hits.sort(key=lambda found: (found[0], found[1].order, found[1].pk))
    return [topic for _hits, topic in hits]


def rule_for(
    ask: Ask, gloss: str, *, topic_id: int | None, team_id: int | None
) -> tuple[Topic | None, Party]:
    """The topic and its team; else the team chosen, else what the words suggest.

    Raises ``Topic.DoesNotExist`` for another event's topic, ``NoTeam`` if the team is
    none of ours or nothing names one.
    """
    if topic_id is not None:
        topic = ask.event.ask_topics.select_related("team").get(pk=topic_id)
        return topic, topic.team
    if team_id is not None:
        return None, inner_team(team_id)
    return _by_words(ask, gloss)


def team_for(ask: Ask) -> Party:
    """The team that the words alone would give ``ask`` to; ``NoTeam`` if none."""
    return _by_words(ask, ask.gloss)[1]


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


def _by_words(ask: Ask, gloss: str) -> tuple[Topic | None, Party]:
    words = f"{ask.words} {gloss}"
    if found := suggest(ask.event, words):
        return found[0], found[0].team
    heard = folded(words)
    is_press = ask.asked_by.party.kind == Party.Kind.MEDIA or any(
        _stands_in(word, heard) for word in PRESS_WORDS
    )
    if is_press and (desk := called(PRESS)) is not None:
        return None, desk
    raise NoTeam(_("No rule says which team this is for. Choose what it is about."))


def _stands_in(keyword: str, heard: str) -> bool:
    if not keyword.isascii():
        return keyword in heard
    return re.search(rf"(?<!\w){re.escape(keyword)}", heard) is not None
