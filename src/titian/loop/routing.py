"""To which inner team a matter goes: the rules a coordinator can read."""

from django.utils.translation import gettext as _

from titian.kernel.models import Event
from titian.loop.models import Ask, Topic
from titian.people.models import Party
from titian.people.models.person import folded


class NoTeam(ValueError):
    """No rule names a team, and nobody chose one."""


def suggest(event: Event, words: str) -> list[Topic]:
    """The topics whose keywords stand in ``words``, most hits first, then by order."""
    heard = folded(words)
    ranked = [
        (-sum(folded(word) in heard for word in topic.keywords), topic.order, topic)
        for topic in event.ask_topics.select_related("team")
    ]
    hits = [found for found in ranked if found[0] < 0]
    return [topic for _hits, _order, topic in sorted(hits, key=lambda f: f[:2])]


def owner_of(ask: Ask, topic: Topic | None, team_id: int | None) -> Party:
    """One owner: the topic's team, else the chosen one, else what the words say."""
    if topic is not None:
        return topic.team
    if team_id is not None:
        team = Party.objects.filter(pk=team_id, kind=Party.Kind.TEAM).first()
        if team is not None:
            return team
    if found := suggest(ask.event, f"{ask.words} {ask.gloss}"):
        return found[0].team
    raise NoTeam(_("No rule says which team this is for. Choose what it is about."))
