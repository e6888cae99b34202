"""Topics and their options: invented together first, judged afterwards."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.kernel.machine import IllegalMove
from titian.kernel.policy import require
from titian.people.queries import speaker
from titian.talks.commands.talking import STUCK, locked
from titian.talks.models import Issue, Option, Pro, Talk, Wordless, said
from titian.talks.policy import seat_of

ISSUES_AT_MOST, OPTIONS_AT_MOST, PROS_AT_MOST = 1000, 12, 12


@transaction.atomic
def raise_issues(
    talk_id: int,
    topics: Sequence[str],
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> list[Issue]:
    """Put topics on the table, each with no option yet; who sits there may.

    Raises ``Forbidden``, ``IllegalMove`` unless the talk is open, ``Wordless`` for no
    topic, one that is too long, or more than a thousand.
    """
    if entry := journal.replayed(key, "talk.issues_raised", talk_id, actor=actor):
        return list(Issue.objects.filter(pk__in=entry.facts["issues"]))

    talk = _seated(talk_id, actor)
    kept = [said(words, at_most=200) for words in topics if words.strip()]
    there = talk.issues.count()
    if not kept:
        raise Wordless("missing")
    if there + len(kept) > ISSUES_AT_MOST:
        raise Wordless("too long")
    made = Issue.objects.bulk_create(
        Issue(talk=talk, order=order, words_en=words, moved_at=at)
        for order, words in enumerate(kept, start=there + 1)
    )
    journal.write(
        "talk.issues_raised",
        talk,
        actor=actor,
        at=at,
        key=key,
        about=speaker(actor).pk,
        sealed={"words": kept},
        owe=[(STUCK, at + talk.patience)],
        issues=[issue.pk for issue in made],
    )
    return made


@transaction.atomic
def invent(
    issue_id: int,
    words: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Issue:
    """Add an option while options are being invented: it commits nobody.

    Raises ``IllegalMove`` once they are judged, ``Wordless``, ``Forbidden``.
    """
    if journal.replayed(key, "issue.option_invented", issue_id, actor=actor):
        return _issue(issue_id)

    issue = _for(issue_id, actor)
    issue.machine.after(issue.state, "judge")
    there = issue.options.count()
    if there >= OPTIONS_AT_MOST:
        raise Wordless("too long")
    option = Option.objects.create(
        issue=issue, order=there + 1, words_en=said(words, at_most=200)
    )
    journal.write(
        "issue.option_invented",
        issue,
        actor=actor,
        at=at,
        key=key,
        about=speaker(actor).pk,
        sealed={"words": option.words_en},
        option=option.pk,
    )
    return issue


@transaction.atomic
def judge(
    issue_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Issue:
    """End inventing: from now on each side sorts the options for itself.

    Raises ``IllegalMove`` with fewer than two options, or if it is not inventing.
    """
    if journal.replayed(key, "issue.judged", issue_id, actor=actor):
        return _issue(issue_id)

    issue = _for(issue_id, actor)
    if issue.options.count() < 2:
        raise IllegalMove("cannot judge one option")
    return _moved(issue, "judge", "issue.judged", actor, at, key)


@transaction.atomic
def invent_again(
    issue_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Issue:
    """Go back to inventing; what was sorted stays, what is new is unsorted."""
    if journal.replayed(key, "issue.reopened", issue_id, actor=actor):
        return _issue(issue_id)

    issue = _for(issue_id, actor)
    return _moved(issue, "invent_again", "issue.reopened", actor, at, key)


@transaction.atomic
def state_ground(
    issue_id: int,
    words: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Issue:
    """Write down what both sides want: all who sit there read it."""
    if journal.replayed(key, "issue.ground_stated", issue_id, actor=actor):
        return _issue(issue_id)

    issue = _for(issue_id, actor)
    issue.ground = said(words, at_most=400)
    issue.save(update_fields=["ground"])
    journal.write(
        "issue.ground_stated",
        issue,
        actor=actor,
        at=at,
        key=key,
        about=speaker(actor).pk,
        sealed={"words": issue.ground},
    )
    return issue


@transaction.atomic
def speak_for(
    issue_id: int,
    words: str,
    *,
    option: int,
    serves: str,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Issue:
    """Say whose need or interest an option serves: all who sit there read it.

    Raises ``Forbidden`` but for who sits there, ``IllegalMove`` once the topic is
    agreed, ``Wordless``, also for more than twelve; ``Option.DoesNotExist``.
    """
    if journal.replayed(key, "issue.pro_said", issue_id, actor=actor):
        return _issue(issue_id)

    issue = _for(issue_id, actor)
    issue.machine.after(issue.state, "agree")
    spoken_for = issue.options.get(pk=option)
    if spoken_for.pros.count() >= PROS_AT_MOST:
        raise Wordless("too long")
    pro = spoken_for.pros.create(
        serves=Pro.Serves(serves), words=said(words, at_most=300)
    )
    journal.write(
        "issue.pro_said",
        issue,
        actor=actor,
        at=at,
        key=key,
        about=speaker(actor).pk,
        sealed={"words": pro.words},
        option=option,
        serves=pro.serves,
    )
    return issue


def _issue(issue_id: int) -> Issue:
    return Issue.objects.select_related("talk__event").get(pk=issue_id)


def _seated(talk_id: int, actor: Actor) -> Talk:
    talk = locked(talk_id)
    require(seat_of(actor, talk) != "", _("Only who sits at this talk does this."))
    talk.machine.after(talk.state, "walk_away")  # nothing moves unless it is open
    return talk


def _for(issue_id: int, actor: Actor) -> Issue:
    _seated(_issue(issue_id).talk_id, actor)
    return _issue(issue_id)


def _moved(
    issue: Issue, move: str, verb: str, actor: Actor, at: datetime, key: UUID | None
) -> Issue:
    issue.move(move)
    issue.save(update_fields=["state"])
    journal.write(verb, issue, actor=actor, at=at, key=key, state=issue.state)
    return issue
