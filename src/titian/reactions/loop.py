"""What follows when the loop moves: those whose turn it is hear of it."""

from collections.abc import Iterable
from functools import partial

from django.utils.translation import gettext as _

from titian.kernel.actor import Kind
from titian.kernel.models import Consequence
from titian.kernel.sealing import unseal
from titian.loop.commands import asks, confirmations, promises
from titian.loop.models import Ask, Confirmation, Promise
from titian.loop.queries import who_has_it, words_meanwhile
from titian.people.models import Assignment, Person
from titian.reactions.choices import choices_of, said_back
from titian.reactions.people import (
    coordinators,
    leaders,
    officers,
    owners,
    seated,
)
from titian.reactions.telling import tell
from titian.reactions.wording import Said, noted, said


def say_it_is_received(owed: Consequence) -> None:
    """Who wrote from afar sees no page: her own channel says that it came, and its
    number.
    """
    if owed.entry.actor_kind != Kind.ADDRESS:
        return
    ask = _ask(owed)
    guest = Person.objects.filter(pk=ask.said_by_id)
    about, first = _about(ask), ask.channel
    tell(guest, lambda: _received(ask), owed, about=about, first=first, doer_too=True)


def tell_the_team(owed: Consequence) -> None:
    """A matter has come: the owning team's people hear of it, or the officer first."""
    ask = _ask(owed)
    people = seated(ask.event, ask.owner) if ask.owner else officers(ask.asked_by)
    people = people.exclude(pk=ask.complains_of_id or 0)
    tell(people, lambda: _to_the_team(ask), owed, about=_about(ask))


def tell_that_it_is_urgent(owed: Consequence) -> None:
    """The guest cannot wait: whoever has it hears so, and the officer."""
    ask = _ask(owed)
    people = officers(ask.asked_by)
    if ask.owner:
        people = people | seated(ask.event, ask.owner)
    tell(people, lambda: _urgent(ask), owed, about=_about(ask))


def tell_of_more_words(owed: Consequence) -> None:
    """The guest said more: whoever has the matter reads it, and the officer."""
    ask = _ask(owed)
    people = officers(ask.asked_by)
    if ask.owner:
        people = people | seated(ask.event, ask.owner)
    people = people.exclude(pk=ask.complains_of_id or 0)
    words = str((unseal(owed.entry) or {}).get("words", ""))
    tell(people, lambda: _of_more(ask, words), owed, about=_about(ask))


def tell_the_asking_side(owed: Consequence) -> None:
    """No answer stops at the officer: the guest hears of it too."""
    ask = _ask(owed)
    guest = Person.objects.filter(pk=ask.said_by_id)
    people = guest | officers(ask.asked_by)
    tell(
        people,
        lambda: _to_the_asker(ask),
        owed,
        about=_about(ask),
        first=ask.channel,
        choices=partial(choices_of, ask),
    )


def tell_it_is_looked_after(owed: Consequence) -> None:
    """Something was not good and is looked after: the guest hears what was done."""
    ask = _ask(owed)
    guest = Person.objects.filter(pk=ask.said_by_id)
    tell(guest, lambda: _looked_after(ask), owed, about=_about(ask))


def tell_of_the_new_officer(owed: Consequence) -> None:
    """Who complained hears in private that somebody else comes."""
    ask = _ask(owed)
    given = asks.complaint_of(ask)
    if given is None:
        return
    came = Assignment.objects.select_related("officer__person")
    officer = came.get(pk=owed.entry.facts["came"]).officer
    guest = Person.objects.filter(pk=given.said_by_id)
    tell(
        guest,
        lambda: _another_officer(str(officer)),
        owed,
        of_the_coordination=True,  # never by the LO, be it the new one
    )


def tell_the_coordinator(owed: Consequence) -> None:
    """What nobody took, what is late, what is an emergency."""
    ask = _ask(owed)
    people = coordinators(ask.event)
    tell(people, lambda: _to_the_team(ask), owed, about=_about(ask))


def tell_the_leader(owed: Consequence) -> None:
    """An alarm: whoever leads the delegation's officers hears of it with the team."""
    ask = _ask(owed)
    people = leaders(ask.asked_by)
    tell(people, lambda: _to_the_team(ask), owed, about=_about(ask))


def tell_the_called(owed: Consequence) -> None:
    """What lies: those whom the roster named when it was found lying."""
    ask = _ask(owed)
    people = Person.objects.filter(pk__in=owed.entry.facts.get("called", []))
    tell(people, lambda: _to_the_team(ask), owed, about=_about(ask))


def tell_where_it_stands(owed: Consequence) -> None:
    """No word has gone out for a while: the guest hears who has the matter."""
    ask = _ask(owed)
    guest = Person.objects.filter(pk=ask.said_by_id)
    about, first = _about(ask), ask.channel
    tell(guest, lambda: _standing(ask), owed, about=about, first=first)


def tell_the_owner(owed: Consequence) -> None:
    """A promise is somebody's, or its hour has passed: the one who gave it hears."""
    promise = _promise(owed)
    people = owners(promise.event, promise.owner_team, promise.owner_person_id)
    tell(people, lambda: _of_promise(promise), owed)


def tell_of_the_promise(owed: Consequence) -> None:
    """Nobody has said what became of it: whom the roster named hears of it."""
    promise = _promise(owed)
    people = Person.objects.filter(pk__in=owed.entry.facts.get("called", []))
    tell(people, lambda: _of_late_promise(promise), owed)


def tell_the_promised(owed: Consequence) -> None:
    """A promise is broken: the officer hears it before the guest asks, again until
    the guest has heard it.
    """
    promise = _promise(owed)
    tell(officers(promise.delegation), lambda: _of_promise(promise), owed)


def ask_the_owner(owed: Consequence) -> None:
    """A change waits to be seen; at its loudest the coordinator hears it as well."""
    asked = Confirmation.objects.select_related("event", "owner_team").get(
        pk=owed.entry.subject_id
    )
    if asked.confirmed_at is not None or asked.superseded_at is not None:
        return
    people = owners(asked.event, asked.owner_team, asked.owner_person_id)
    if asked.loudness >= confirmations.LOUDEST:
        people = people | coordinators(asked.event)
    tell(people, lambda: _of_change(asked), owed)


def forget_words(owed: Consequence) -> None:
    """A person was erased: what she said is emptied here too."""
    at = owed.entry.said_at
    asks.forget_words_of(owed.entry.subject_id, at=at)
    promises.forget_words_of(owed.entry.subject_id, at=at)


def _ask(owed: Consequence) -> Ask:
    rows = Ask.objects.select_related(
        "event", "owner", "holder", "asked_by__party", "merged_into"
    )
    return rows.get(pk=owed.entry.subject_id)


def _promise(owed: Consequence) -> Promise:
    rows = Promise.objects.select_related("event", "owner_team", "delegation__party")
    return rows.get(pk=owed.entry.subject_id)


def _to_the_team(ask: Ask) -> Said:
    named = _named(ask)
    subject = _("Request %(code)s of %(delegation)s: %(state)s") % named
    return noted(subject, _shown(ask, [ask.gloss or ask.words]))


def _urgent(ask: Ask) -> Said:
    subject = _("Request %(code)s of %(delegation)s is urgent") % _named(ask)
    return noted(subject, _shown(ask, [ask.gloss or ask.words]))


def _received(ask: Ask) -> Said:
    named = _named(ask)
    return said(
        _("We have your request %(code)s") % named,
        formal=[
            _("Thank you for turning to us. Your request has the number %(code)s.")
            % named,
            _("We shall tell you as soon as somebody has taken it in hand."),
        ],
        brief=[_("You will hear here as soon as somebody has it in hand.")],
    )


def _standing(ask: Ask) -> Said:
    subject = _("Your request %(code)s: %(state)s") % _named(ask)
    who = {"who": who_has_it(ask)}
    return said(
        subject,
        formal=[
            _("We thank you for your patience: your request is not forgotten."),
            _("It is in the hands of %(who)s; you will hear from us again.") % who,
        ],
        brief=[_("It is not forgotten. Who has it: %(who)s.") % who],
    )


def _of_more(ask: Ask, words: str) -> Said:
    subject = _("More words on request %(code)s of %(delegation)s") % _named(ask)
    return noted(subject, _shown(ask, [words]))


def _to_the_asker(ask: Ask) -> Said:
    subject = _("Your request %(code)s: %(state)s") % _named(ask)
    meanwhile = words_meanwhile([ask]).get(ask.pk)
    so_far = meanwhile.words if meanwhile else ""
    lines = _shown(ask, [ask.words, said_back(ask), so_far, ask.answer_words])
    opening = _("We have the honour to tell you how your request %(code)s stands:")
    return said(subject, formal=[opening % _named(ask), lines], brief=[lines])


def _looked_after(ask: Ask) -> Said:
    subject = _("What was not good has been looked after (%(code)s)") % _named(ask)
    regret = _("We regret that something was not good, and thank you for saying so.")
    done = _shown(ask, [ask.answer_words])
    formal = [regret, done, _("Should that not be enough, kindly let us know.")]
    brief = [done, _("If that is not enough, please say so.")]
    return said(subject, formal=formal, brief=brief)


def _another_officer(name: str) -> Said:
    words = _("%(name)s takes over and will introduce herself or himself to you.")
    heard = _("We have heard what you told us in confidence, and have acted on it.")
    takes_over = words % {"name": name}
    return said(
        _("You have another LO"), formal=[heard, takes_over], brief=[takes_over]
    )


def _about(ask: Ask) -> str:
    return f"{ask._meta.label_lower}:{ask.pk}"


def _named(ask: Ask) -> dict[str, object]:
    state, delegation = ask.get_state_display(), ask.asked_by.name
    return {"code": ask.code, "delegation": delegation, "state": state}


def _shown(ask: Ask, words: Iterable[str]) -> str:
    """Mail is no drawer: what is private is read inside."""
    if ask.is_private:
        return _("This request is not official. Open it in Titian to read it.")
    return "\n\n".join(filter(None, words))


def _of_promise(promise: Promise) -> Said:
    subject = _("Promise to %(delegation)s: %(state)s") % {
        "delegation": promise.delegation.name,
        "state": promise.get_state_display(),
    }
    return noted(subject, promise.words, promise.settled_words)


def _of_late_promise(promise: Promise) -> Said:
    named = {"delegation": promise.delegation.name}
    subject = _("A promise to %(delegation)s is past its hour") % named
    if promise.direction == Promise.Direction.THEIRS:
        subject = _("A promise of %(delegation)s is past its hour") % named
    return noted(subject, promise.words)


def _of_change(asked: Confirmation) -> Said:
    return noted(_("A change waits for your word"), asked.sentence)
