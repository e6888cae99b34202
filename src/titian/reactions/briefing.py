"""What follows in briefing: copies go, leaders are called, the desk gets its own."""

from dataclasses import replace
from uuid import NAMESPACE_OID, UUID, uuid5

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from titian.briefing import gate
from titian.briefing.commands import copies, devices, press
from titian.briefing.diverting import holding_line, is_diverted
from titian.briefing.models import Copy, Diversion, Notice, Statement
from titian.channels import Choice, Words
from titian.kernel import clock
from titian.kernel.models import Consequence
from titian.kernel.telling import is_indonesian
from titian.loop.courtesy import language_for
from titian.loop.models import Ask
from titian.people.models import FocalPoint, Party, Person, Seat
from titian.people.policy import present_assignments
from titian.reactions.telling import tell
from titian.reactions.wording import Said, noted, said

COPY = "briefing.copy"


def deliver_copy(owed: Consequence) -> None:
    """One copy goes to one person, unless it does not hold any more by now."""
    rows = Copy.objects.select_related("notice__event", "person__party")
    copy = rows.get(pk=owed.row_id or 0)
    ends = owed.entry.verb == "notice.withdrawn"
    if not ends and (not copy.notice.is_in_force or copy.sent_at is not None):
        return
    carried = gate.let_out(
        _text_of(copy, withdrawn=ends), copy.person, key=key_of(copy, withdrawn=ends)
    )
    if not ends:
        _note(copy, carried, owed)


def deliver_again(owed: Consequence) -> None:
    """A copy came back: it goes by the person's next way, by each of them once.

    Who has read it has it. Only with no way left it failed.
    """
    facts = owed.entry.facts
    rows = Copy.objects.select_related("notice__event", "person__party")
    copy = rows.get(pk=int(str(facts["thread"]).partition(":")[2]))
    words = UUID(str(facts["words"]))
    ends = words == key_of(copy, withdrawn=True)
    if not ends and (copy.read_at is not None or not copy.notice.is_in_force):
        return
    text = _text_of(copy, withdrawn=ends)
    carried = gate.let_out(text, copy.person, key=words, anew=False)
    if not ends:
        _note(copy, carried, owed)
    elif carried.problem is not None and not carried.problem.permanent:
        raise carried.problem


def _note(copy: Copy, carried: gate.Carried, owed: Consequence) -> None:
    """Write down what became of it; what may pass is tried again."""
    at = clock.time_at(copy.notice.event)
    if carried.receipt is not None:
        if copy.sent_at is None or copy.sent_by != carried.by:
            copies.note_sent(copy.pk, carried.by, at=at, key=owed.key)
    elif carried.problem is None:
        copies.note_failed(copy.pk, "no_address", at=at, key=owed.key)
    elif carried.problem.permanent:
        copies.note_failed(copy.pk, carried.problem.trouble, at=at, key=owed.key)
    else:
        raise carried.problem


def key_of(copy: Copy, *, withdrawn: bool = False) -> UUID:
    """Of person and version; the channel is added by whoever carries."""
    what = "withdrawn" if withdrawn else "notice"
    return uuid5(NAMESPACE_OID, f"titian:{what}:{copy.notice_id}:{copy.person_id}")


def forget_phones(owed: Consequence) -> None:
    """A person is erased: her phones are not known any more."""
    devices.forget(owed.entry.subject_id)


def call_leaders(owed: Consequence) -> None:
    """Each leader hears once, with the names of all hers who are silent."""
    step = int(owed.entry.facts["step"])
    notice = Notice.objects.select_related("event").get(pk=owed.entry.subject_id)
    silent = notice.copies.silent().filter(called_step=step).select_related("person")
    calls: dict[int | None, list[str]] = {}
    for copy in silent.order_by("person__display", "pk"):
        calls.setdefault(copy.called_id, []).append(copy.person.display)
    for leader, names in calls.items():
        _call(owed, notice, leader, names)


def note_arrival(owed: Consequence) -> None:
    """A carrier says that a message arrived or was read: if it was a copy, it did."""
    facts = owed.entry.facts
    kind, _colon, number = str(facts.get("thread", "")).partition(":")
    if kind != COPY or not number.isdecimal():
        return
    copy = Copy.objects.select_related("notice__event").get(pk=int(number))
    step = owed.entry.verb.partition(".")[2]
    at = clock.time_at(copy.notice.event, owed.entry.said_at)
    copies.note_arrived(copy.pk, step, at=at, key=owed.key)


def consider_ask(owed: Consequence) -> None:
    """What a newsroom asks, whoever was asked, is the press desk's."""
    ask = Ask.objects.get(pk=owed.entry.subject_id)
    press.consider(ask.pk, at=owed.entry.heard_at, key=owed.key)


def tell_of_diversion(owed: Consequence) -> None:
    """The press desk has a matter; the officer gets the line that may be said."""
    rows = Diversion.objects.select_related("event", "ask__asked_by__party")
    diversion = rows.get(pk=owed.entry.subject_id)
    if diversion.undone_at is not None:
        return
    ask = diversion.ask
    officers = present_assignments(ask.asked_by).values("officer__person")
    about = f"{ask._meta.label_lower}:{ask.pk}"
    tell(
        Person.objects.filter(pk__in=officers),
        lambda: _to_the_officer(ask),
        owed,
        about=about,
    )
    desk = Seat.objects.filter(event=diversion.event, team=ask.owner)
    people = Person.objects.filter(pk__in=desk.values("person"))
    tell(people, lambda: _to_the_desk(diversion), owed, about=about)


def tell_the_media(owed: Consequence) -> None:
    """A statement is released or recalled: the media houses' focal points hear it."""
    statement = Statement.objects.select_related("event").get(pk=owed.entry.subject_id)
    is_recall = owed.entry.verb == "statement.recalled"
    if not is_recall and statement.state != Statement.State.RELEASED:
        return
    points = FocalPoint.objects.filter(
        delegation__event=statement.event, delegation__party__kind=Party.Kind.MEDIA
    )
    people = Person.objects.filter(pk__in=points.values("person"))
    for person in people.select_related("party").order_by("pk"):
        with override(language_for(person)):
            words = _of_statement(statement, is_recall)
        text = gate.Text(
            statement.event, words, source=gate.Source.STATEMENT, statement=statement
        )
        carried = gate.let_out(text, person, key=uuid5(owed.key, str(person.pk)))
        if carried.problem is not None and not carried.problem.permanent:
            raise carried.problem


def _call(
    owed: Consequence, notice: Notice, leader: int | None, names: list[str]
) -> None:
    """The leader, or every coordinator where the tree has ended."""
    people = Person.objects.filter(pk=leader or 0)
    if leader is None:
        seats = Seat.objects.filter(event=notice.event, role=Seat.Role.COORDINATOR)
        people = Person.objects.filter(pk__in=seats.values("person"))
    tell(people, lambda: _to_the_leader(notice, names), owed)


def _text_of(copy: Copy, *, withdrawn: bool) -> gate.Text:
    notice = copy.notice
    with override(language_for(copy.person)):
        told = _withdrawn(notice) if withdrawn else _asking_for_a_word(notice)
        known = Choice(f"copy:{copy.pk}:known", _("I know it"))
    is_card = notice.kind == Notice.Kind.CARD
    words = Words(
        told.formal,
        told.subject,
        about=f"{COPY}:{copy.pk}",
        is_urgent=is_card,
        kind="card" if is_card else "notice",
        choices=() if withdrawn else (known,),
    )
    return gate.Text(
        notice.event,
        words,
        source=gate.Source.CARD if is_card else gate.Source.HOUSE,
        brief=replace(words, text=told.brief),
    )


def _asking_for_a_word(notice: Notice) -> Said:
    """The words, and how to say that they are known where a reply comes back to us."""
    formal, brief = notice.formal, notice.brief
    if settings.IMAP_URL:
        formal = "\n\n".join(
            [formal, _("Answer this letter with OK once you know it.")]
        )
    if settings.WHATSAPP["secret"] or settings.SMS["secret"]:
        asked = _("Answer OK %(code)s once you know it.") % {"code": notice.code}
        brief = f"{brief}\n{asked}"
    return Said(_subject(notice), formal, brief)


def _subject(notice: Notice) -> str:
    return _("EXERCISE: %s") % notice if notice.is_exercise else str(notice)


def _withdrawn(notice: Notice) -> Said:
    named = {"title": notice.title, "words": notice.ended_words}
    words = _("This notice does not hold any more: %(title)s. The reason: %(words)s")
    sorry = _("We regret the trouble that it may have caused.")
    brief = (words % named)[:480]
    return said(_subject(notice), formal=[words % named, sorry], brief=[brief])


def _to_the_leader(notice: Notice, names: list[str]) -> Said:
    subject = _("Not acknowledged yet: %s") % notice
    words = _("Please reach them now: %(names)s") % {"names": ", ".join(names)}
    return noted(subject, notice.brief, words)


def _to_the_officer(ask: Ask) -> Said:
    subject = _("Request %s is with the press desk") % ask.code
    line = holding_line(ask.event, "id" if is_indonesian() else "en")
    if not is_diverted(ask) or not line:
        nothing = _("Please say nothing about it yourself; the desk answers.")
        return noted(subject, nothing)
    return noted(subject, _("Until there is an answer you may say: %s") % line)


def _to_the_desk(diversion: Diversion) -> Said:
    ask = diversion.ask
    subject = _("For the press desk: request %(code)s of %(delegation)s") % {
        "code": ask.code,
        "delegation": ask.asked_by.name,
    }
    return noted(subject, ask.gloss or ask.words)


def _of_statement(statement: Statement, is_recall: bool) -> Words:
    subject = statement.title
    if is_recall:
        subject = _("Recalled: %s") % statement.title
    if statement.is_exercise:
        subject = _("EXERCISE: %s") % subject
    text = statement.recalled_words if is_recall else statement.words
    return Words(text, subject, kind="statement")
