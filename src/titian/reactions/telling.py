"""Words to people by the ways they have, in the language of each."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import NoReturn

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import override

from titian.briefing import gate
from titian.channels import Attachment, Choice, Undelivered, Words
from titian.kernel.models import Consequence
from titian.kernel.postponed import Postponed
from titian.loop.courtesy import language_for
from titian.people.models import Person
from titian.reactions.wording import Said

type Message = Callable[[], Said]
"""What is said, in the language that is active when it is called."""


def tell(
    people: QuerySet[Person],
    message: Message,
    owed: Consequence,
    *,
    about: str = "",
    first: str = "",
    doer_too: bool = False,
    of_the_coordination: bool = False,
    choices: Callable[[Person], Sequence[Choice]] = lambda _person: (),
    enclosed: Callable[[Person], tuple[Attachment, ...]] = lambda _person: (),
) -> None:
    """Tell each but the doer, once, by the first of her ways that takes the words.

    ``about`` is what an answer would be about; ``first`` the way by which the matter
    came; ``doer_too`` where the doer sees no page; ``of_the_coordination`` what an LO
    has no part in and does not sign; ``choices`` what each may answer by one tap.
    ``enclosed`` is a file for a letter. Raises ``Undelivered`` or the gate's ``Held``
    at the end if somebody could not be told: those who were are not told again.
    """
    failed: list[Postponed] = []
    doer = None if doer_too else owed.entry.actor_person_id
    noun = owed.entry.verb.partition(".")[0]
    to_tell = people.exclude(pk=doer or 0)
    for person in to_tell.select_related("party").order_by("pk"):
        with override(language_for(person)):
            said = message()
            taps = tuple(choices(person))
        brief = Words(
            said.brief,
            said.subject,
            about=about,
            choices=taps,
            kind=noun,
            is_urgent=noun in settings.FIRST,
            attachments=enclosed(person),
        )
        formal = replace(brief, text=said.formal)
        text = gate.Text(
            owed.entry.event,
            formal,
            brief=brief,
            is_of_the_coordination=of_the_coordination,
        )
        try:
            told = gate.let_out(text, person, key=owed.key, first=first)
        except gate.Held as held:
            failed.append(held)
            continue
        if told.problem is not None:
            failed.append(told.problem)
    if failed:
        _give_up_or_wait(failed)


def _give_up_or_wait(failed: list[Postponed]) -> NoReturn:
    """While somebody may still be reached, wait; else it counts as a failure."""
    waiting = [one for one in failed if one.after and not _is_permanent(one)]
    raise min(waiting, key=lambda one: one.after or timedelta(0), default=failed[0])


def _is_permanent(problem: Postponed) -> bool:
    return isinstance(problem, Undelivered) and problem.permanent
