"""The rules on an officer's phone: who has not read them, and what answered lately."""

from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format

from titian.kernel import clock
from titian.kernel.actor import Actor
from titian.kernel.telling import is_indonesian
from titian.people.models import Delegation
from titian.rules.models import Advice, Article, Permit
from titian.rules.naming import measure_of
from titian.rules.permits import Standing, standing
from titian.rules.queries import how_many_have_not_read, who_has_not_read

NAMED, LATELY = 5, 3


def rules_of(delegation: Delegation, actor: Actor, at: datetime) -> dict[str, Any]:
    """The unread by name, the last questions with what they cite, and late permits."""
    on = clock.local(delegation.event, at).date()
    permits = Permit.objects.visible_to(actor).filter(delegation=delegation)
    asked = Advice.objects.visible_to(actor).filter(delegation=delegation)
    rows = asked.select_related("ask__owner").prefetch_related("cited__replaced_by")
    return {
        "rules": {
            "unread": how_many_have_not_read(delegation, on),
            "names": [
                {"name": one.person.display, "read": one.read, "of": one.of}
                for one in who_has_not_read(delegation, on, at_most=NAMED)
            ],
            "answers": [_answer(one) for one in rows[:LATELY]],
            "permits": [
                {"id": one.pk, "what": str(one.get_kind_display()), "tone": tone.value}
                for one in permits
                if (tone := _tone(one, on)) in {Standing.RED, Standing.LATE}
            ],
        }
    }


def _tone(permit: Permit, on: date) -> Standing:
    return standing(permit.state, permit.needed_on, permit.lead_days, on)


def _answer(advice: Advice) -> dict[str, Any]:
    """Nothing but articles, or the request the question became."""
    ask = advice.ask
    return {
        "id": advice.pk,
        "question": advice.words,
        "cited": [_cited(article) for article in advice.cited.all()],
        "asked": {
            "code": ask.code,
            "team": ask.owner.name if ask.owner else "",
            "answer": ask.answer_words,
        }
        if ask
        else None,
    }


def _cited(article: Article) -> dict[str, str | int]:
    first, last = article.valid_from, article.valid_to
    return {
        "id": article.pk,
        "text": article.text,
        "lang": "id" if is_indonesian() and article.text_id else "en",
        "authority": article.authority or article.jurisdiction,
        "from": date_format(first, "j M Y") if first else "",
        "to": date_format(last, "j M Y") if last else "",
        "measure": measure_of(article),
        "replaced_by": article.replaced_by.text if article.replaced_by else "",
    }
