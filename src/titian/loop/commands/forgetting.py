"""A person was erased: what she said in steps, incidents, lessons and feedback goes."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from titian.kernel import journal
from titian.kernel.actor import HOUSE
from titian.loop.models import Ask, Feedback, Incident, Lesson, RollAnswer, Step


@transaction.atomic
def forget_words_of(person_id: int, *, at: datetime) -> None:
    """Empty her words, row by row; who did what and when stays.

    What is known of an incident goes with the one who raised it or commands it: it
    may name either. Notes in compartments are closed with the keys of those they are
    about. A second time nothing is left to empty.
    """
    for given in Feedback.objects.filter(said_by=person_id).exclude(words=""):
        given.words = ""
        given.save(update_fields=["words"])
        journal.write("feedback.words_forgotten", given, actor=HOUSE, at=at)
    _of_complaints(person_id, at)
    for step in Step.objects.filter(done_by=person_id).exclude(words=""):
        step.words = ""
        step.save(update_fields=["words"])
        journal.write("step.words_forgotten", step, actor=HOUSE, at=at)
    for lesson in Lesson.objects.filter(noted_by=person_id).exclude(what=""):
        lesson.what = lesson.instead = lesson.settled_words = ""
        lesson.save(update_fields=["what", "instead", "settled_words"])
        journal.write("lesson.words_forgotten", lesson, actor=HOUSE, at=at)
    RollAnswer.objects.filter(said_by=person_id).update(place="")
    _of_incidents(person_id, at)


def _of_complaints(person_id: int, at: datetime) -> None:
    """What the coordinators' own ask says of who complained, and of which LO."""
    hers = Q(said_by=person_id) | Q(subject_id=person_id)
    given = Feedback.objects.filter(hers, about=Feedback.About.OFFICER)
    theirs = Ask.objects.filter(pk__in=given.values("ask")).select_related("event")
    for ask in theirs.exclude(words="").order_by("pk"):
        ask.forget_words()
        ask.save()
        journal.write("ask.words_forgotten", ask, actor=HOUSE, at=at, state=ask.state)


def _of_incidents(person_id: int, at: datetime) -> None:
    theirs = Incident.objects.filter(
        Q(ask__said_by=person_id) | Q(commander=person_id)
    ).exclude(known="", place="", particulars={})
    for incident in theirs.select_related("event", "ask"):
        incident.known = incident.place = ""
        incident.particulars = {}
        incident.save(update_fields=["known", "place", "particulars"])
        journal.write("incident.words_forgotten", incident, actor=HOUSE, at=at)
