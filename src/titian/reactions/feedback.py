"""What follows a guest's word about how it was."""

from titian.foresight.just_ended import item_of, named
from titian.kernel.bilingual import in_both
from titian.kernel.models import Consequence
from titian.loop.commands import feedback, forgetting
from titian.loop.commands.feedback import Matter
from titian.loop.models import Feedback


def look_after_it(owed: Consequence) -> None:
    """An unhappy guest is an ask at once; a happy one is good to know."""
    rows = Feedback.objects.select_related("delegation", "said_by")
    given = rows.get(pk=owed.entry.subject_id)
    matter = Matter()
    if given.word == Feedback.Word.UNHAPPY:
        matter = _matter_of(given)
    feedback.recover(given.pk, matter, at=owed.entry.heard_at, key=owed.key)


def forget_words(owed: Consequence) -> None:
    """A person was erased: her words in steps, incidents and lessons go as well."""
    forgetting.forget_words_of(owed.entry.subject_id, at=owed.entry.said_at)


def _matter_of(given: Feedback) -> Matter:
    """What it was, by name; what is private is not named to those who read of it."""
    item = item_of(given)
    if item is not None and item.is_private:
        return Matter(is_private=True)
    return Matter(*in_both(lambda: named(given)))
