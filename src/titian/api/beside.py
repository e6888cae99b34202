"""What else an officer may do with a request, beside its next step."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from titian import connector
from titian.connector import Wish
from titian.intake.transcripts import with_sound
from titian.kernel.actor import Actor
from titian.loop.clocks import RUNNING
from titian.loop.commands.merging import can_merge
from titian.loop.drafting import wishes_of
from titian.loop.models import Ask, Draft
from titian.loop.policy import can_be_hurried, is_officer, is_team, may_pause

S = Ask.State
TO_WITHDRAW = RUNNING | {S.SAID}


def beside(asks: Iterable[Ask], actor: Actor, at: datetime) -> dict[int, list[str]]:
    """The names of what may be done, by the request's id; the sides are asked once.

    All of them are of one delegation: whoever is the officer of one is it of all.
    """
    rows = list(asks)
    is_hers = bool(rows) and is_officer(actor, rows[0])
    teams = {ask.owner_id for ask in rows if ask.state == S.IN_HAND}
    seated = {pk for pk in teams if is_team(actor, _of(rows, pk))}
    found: dict[int, list[str]] = {}
    for ask in rows:
        of_the_team = ask.state == S.IN_HAND and ask.owner_id in seated
        found[ask.pk] = [
            *(_of_the_officer(ask, rows, actor) if is_hers else []),
            *(_of_the_clock(ask, actor, at) if of_the_team else []),
            *(["answer"] if of_the_team and ask.merged_into_id is None else []),
        ]
    return found


def _of(rows: list[Ask], team_id: int | None) -> Ask:
    return next(ask for ask in rows if ask.owner_id == team_id)


def _of_the_officer(ask: Ask, rows: list[Ask], actor: Actor) -> list[str]:
    if ask.merged_into_id is not None:
        return ["unmerge"] if ask.state in RUNNING | {S.ANSWERED} else []
    to_end, is_alarm = ask.state in TO_WITHDRAW, ask.urgency == Ask.Urgency.EMERGENCY
    open_to = {
        "hurry": can_be_hurried(ask),
        "make_exact": any(move.name == "make_exact" for move in ask.moves),
        "merge": ask.state in TO_WITHDRAW and bool(others(ask, rows)),
        "split": ask.state in RUNNING,
        "withdraw": to_end and not is_alarm,
        "call_off": to_end and is_alarm and ask.said_by_id == actor.person_id,
    }
    return [name for name, is_open in open_to.items() if is_open]


def _of_the_clock(ask: Ask, actor: Actor, at: datetime) -> list[str]:
    if ask.paused_until is not None:
        return ["resume"]
    return ["pause"] if may_pause(actor, ask, at) else []


def others(ask: Ask, rows: Iterable[Ask]) -> list[int]:
    """Into which of the others it may go: those that a team has, and their own."""
    if any(other.merged_into_id == ask.pk for other in rows):
        return []
    return [other.pk for other in rows if can_merge(ask, other)]


def shown(ask: Ask, rows: list[Ask], may: list[str]) -> dict[str, Any]:
    """What the phone needs to draw them."""
    stands_until = ask.paused_until.isoformat() if ask.paused_until else None
    return {
        "may": may,
        "others": others(ask, rows) if "merge" in may else [],
        "merged_into": next(
            (one.code for one in rows if one.pk == ask.merged_into_id), ""
        ),
        "urgency": ask.urgency,
        "paused_until": stands_until,
        "paused_why": ask.pause_words,
    }


def proposals(rows: list[Ask], actor: Actor) -> dict[int, dict[str, Any]]:
    """What a machine proposed for each, and what it may be asked for.

    One query; another while the machine listens, and only where there is a voice note.
    """
    hears = Wish.TRANSCRIPT in connector.wishes()
    sounding = with_sound(ask.pk for ask in rows) if hears else set()
    found: dict[int, dict[str, Any]] = {
        ask.pk: {
            "wishes": [
                one
                for one in wishes_of(actor, ask)
                if one != Wish.TRANSCRIPT or ask.pk in sounding
            ],
            "drafts": [],
        }
        for ask in rows
    }
    for one in Draft.objects.visible_to(actor).filter(ask__in=rows).standing():
        found[one.ask_id]["drafts"].append(
            {
                "id": one.pk,
                "wish": one.wish,
                "words": one.words,
                "target": one.target,
                "problem": one.get_problem_display() if one.problem else "",
            }
        )
    return found
