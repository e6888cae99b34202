"""What was said at the table before the evening began: talks, meetings, their records.

Topics and options are named by their places, from 1: "T1/2" is the second topic of the
talk called T1, and {"2": 3} its third option.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from titian.exchange.scenario import Told
from titian.exchange.stage import Lost, Stage, instant
from titian.planning.bargain import Wishes
from titian.talks import secrecy
from titian.talks.commands import (
    decisions,
    issues,
    meetings,
    offers,
    reports,
    setting_up,
    talking,
    talking_cards,
    texts,
)
from titian.talks.models import Issue, Option, Talk
from titian.talks.models.report import Report

type Doing = dict[str, Any]
type Act = Callable[[Stage, Told, Doing], None]


def _open(stage: Stage, line: Told, doing: Doing) -> None:
    args = dict(line.args)
    opening = talking.Opening(
        stage.delegation(args.pop("side_a")),
        stage.delegation(args.pop("side_b")),
        is_synthetic=True,
        **args,
    )
    stage.made[line.ref] = talking.open_talk(opening, **doing).pk


def _name(stage: Stage, line: Told, doing: Doing) -> None:
    people = [stage.person(code) for code in line.args["people"]]
    talking.name_envoys(_talk(stage, line), line.args["side"], people, **doing)


def _raise(stage: Stage, line: Told, doing: Doing) -> None:
    issues.raise_issues(_talk(stage, line), line.args["topics"], **doing)


def _invent(stage: Stage, line: Told, doing: Doing) -> None:
    """Each idea is an act of its own; one line may have several."""
    doing = {name: value for name, value in doing.items() if name != "key"}
    for words in line.args["options"]:
        issues.invent(_issue(stage, line.ref), words, **doing)


def _judge(stage: Stage, line: Told, doing: Doing) -> None:
    issues.judge(_issue(stage, line.ref), **doing)


def _ground(stage: Stage, line: Told, doing: Doing) -> None:
    issues.state_ground(_issue(stage, line.ref), line.args["words"], **doing)


def _speak_for(stage: Stage, line: Told, doing: Doing) -> None:
    args = line.args
    issues.speak_for(
        _issue(stage, line.ref),
        args["words"],
        option=_option(stage, line),
        serves=args.get("serves", "both"),
        **doing,
    )


def _confide(stage: Stage, line: Told, doing: Doing) -> None:
    args = line.args
    telling = secrecy.Telling(
        args["kind"],
        args["words"],
        stage.person(args.get("told_by") or args.get("said_by") or line.by),
        instant(args.get("told_at")) or line.at,
        args.get("sure", "said"),
        bool(args.get("shown")),
        _option(stage, line) if "option" in args else None,
    )
    secrecy.note(_issue(stage, line.ref), telling, **doing)


def _prefer(stage: Stage, line: Told, doing: Doing) -> None:
    args = line.args
    known = _places(_talk(stage, line))
    wishes = Wishes(
        bars={str(known[place][0]): bar for place, bar in args["bars"].items()},
        sorted={
            str(known[place][0]): [
                [str(known[place][1][one - 1]) for one in group] for group in groups
            ]
            for place, groups in args["sorted"].items()
        },
        unacceptable=frozenset(
            (str(known[place][0]), str(known[place][1][one - 1]))
            for place, ones in args.get("never", {}).items()
            for one in ones
        ),
        reserve=float(args.get("reserve", 0)),
    )
    secrecy.say_preferences(_talk(stage, line), wishes, **doing)


def _lend(stage: Stage, line: Told, doing: Doing) -> None:
    secrecy.lend(_talk(stage, line), bool(line.args.get("lent", True)), **doing)


def _offer(stage: Stage, line: Told, doing: Doing) -> None:
    args = line.args
    known = _places(stage.made[args["talk"]])
    chosen = [known[place][1][one - 1] for place, one in args["topics"].items()]
    terms = offers.Terms(
        chosen,
        args.get("conditions", ""),
        instant(args.get("expires_at")),
        stage.made[args["answers"]] if args.get("answers") else None,
    )
    made = offers.offer(stage.made[args["talk"]], terms, **doing)
    stage.made[line.ref] = made.pk


def _accept(stage: Stage, line: Told, doing: Doing) -> None:
    offers.accept(stage.made[line.ref], **doing)


def _withdraw(stage: Stage, line: Told, doing: Doing) -> None:
    offers.withdraw(stage.made[line.ref], **doing)


def _walk_away(stage: Stage, line: Told, doing: Doing) -> None:
    talking.walk_away(_talk(stage, line), line.args["words"], **doing)


def _come_back(stage: Stage, line: Told, doing: Doing) -> None:
    talking.come_back(_talk(stage, line), **doing)


def _lay_text(stage: Stage, line: Told, doing: Doing) -> None:
    args, talk = line.args, _talk(stage, line)
    last = Talk.objects.get(pk=talk).texts.count()
    texts.lay_text(talk, args["text"], answers=last, note=args.get("note", ""), **doing)


def _agenda(stage: Stage, line: Told, doing: Doing) -> None:
    meetings.set_agenda(stage.meeting(line.ref), line.args["points"], **doing)


def _hold(stage: Stage, line: Told, doing: Doing) -> None:
    meetings.hold(stage.meeting(line.ref), **doing)


def _approve_text(stage: Stage, line: Told, doing: Doing) -> None:
    meetings.approve(stage.meeting(line.ref), **doing)


def _differ(stage: Stage, line: Told, doing: Doing) -> None:
    reports.differ(stage.meeting(line.ref), line.args["words"], **doing)


def _report(stage: Stage, line: Told, doing: Doing) -> None:
    asked = Report.objects.filter(
        meeting=stage.meeting(line.ref),
        side=stage.delegation(line.party),
        kind=Report.Kind.CONTACT,
    ).first()
    if asked is None:
        raise Lost(f"a report on {line.ref}")
    reports.write(asked.pk, line.args["words"], **doing)


def _decide(stage: Stage, line: Told, doing: Doing) -> None:
    owner = stage.delegation(line.party) if line.party else None
    words = line.args["words"]
    decisions.decide(stage.meeting(line.ref), words, owner_id=owner, **doing)


def _ask_paper(stage: Stage, line: Told, doing: Doing) -> None:
    decisions.ask_for_paper(
        stage.meeting(line.ref),
        line.args["title"],
        datetime.fromisoformat(line.args["due_at"]),
        owed_by_id=stage.delegation(line.party) if line.party else None,
        secrecy=line.args.get("secrecy", "open"),
        **doing,
    )


def _set_up(stage: Stage, line: Told, doing: Doing) -> None:
    setting_up.set_up(stage.meeting(line.ref), setting_up.Layout(**line.args), **doing)


def _draft_card(stage: Stage, line: Told, doing: Doing) -> None:
    args = line.args
    script = talking_cards.Script(
        title=args["title"],
        approver_id=stage.person(args["approver"]),
        points=[(step, words) for step, words in args["points"]],
        never=args.get("never", ()),
        meeting_id=stage.meeting(args["meeting"]) if args.get("meeting") else None,
        basis="synthetic",
    )
    card = talking_cards.draft(stage.delegation(line.party), script, **doing)
    stage.made[line.ref] = card.pk


def _approve_card(stage: Stage, line: Told, doing: Doing) -> None:
    talking_cards.approve(stage.made[line.ref], **doing)


def _talk(stage: Stage, line: Told) -> int:
    if line.ref not in stage.made:
        raise Lost(f"talk {line.ref}")
    return stage.made[line.ref]


def _issue(stage: Stage, ref: str) -> int:
    """The id of the topic named "T1/2"."""
    talk, _, order = ref.partition("/")
    rows = Issue.objects.filter(talk=stage.made.get(talk, 0), order=order)
    found = rows.values_list("pk", flat=True).first()
    if found is None:
        raise Lost(f"topic {ref}")
    return found


def _option(stage: Stage, line: Told) -> int:
    """The id of the option named by its place in the topic, from 1."""
    rows = Option.objects.filter(issue=_issue(stage, line.ref))
    found = rows.filter(order=line.args["option"]).values_list("pk", flat=True).first()
    if found is None:
        raise Lost(f"option {line.args['option']} of {line.ref}")
    return found


def _places(talk_id: int) -> dict[str, tuple[int, list[int]]]:
    """Each topic's place, its id and its options' ids, in their order."""
    rows = Issue.objects.filter(talk=talk_id).prefetch_related("options")
    return {
        str(one.order): (one.pk, [option.pk for option in one.options.all()])
        for one in rows
    }


TALKED: dict[str, Act] = {
    "talk.open": _open,
    "talk.name": _name,
    "talk.raise": _raise,
    "talk.prefer": _prefer,
    "talk.lend": _lend,
    "talk.walk_away": _walk_away,
    "talk.come_back": _come_back,
    "issue.invent": _invent,
    "issue.judge": _judge,
    "issue.ground": _ground,
    "issue.speak_for": _speak_for,
    "issue.confide": _confide,
    "offer.make": _offer,
    "offer.accept": _accept,
    "offer.withdraw": _withdraw,
    "text.lay": _lay_text,
    "meeting.agenda": _agenda,
    "meeting.hold": _hold,
    "meeting.approve": _approve_text,
    "meeting.differ": _differ,
    "meeting.report": _report,
    "meeting.decide": _decide,
    "meeting.ask_paper": _ask_paper,
    "meeting.set_up": _set_up,
    "talking_card.draft": _draft_card,
    "talking_card.approve": _approve_card,
}
"""Every act of a talk, a meeting or a card that a history may tell."""
