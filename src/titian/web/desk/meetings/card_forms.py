"""What a talking card asks for: a box for each step, one point a line."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from titian.kernel.actor import Actor
from titian.kernel.models import Event
from titian.people.models import Delegation, Person, Seat
from titian.talks.commands.talking_cards import Script
from titian.talks.models.card import TalkingCard
from titian.web.desk.acts import ActForm
from titian.web.templatetags.kept import language_of


def lines_of(text: str) -> list[str]:
    """One point a line; blank lines are none."""
    return [line.strip() for line in text.splitlines() if line.strip()]


class CardForm(ActForm):
    """For whom, about what, the points step by step, and who approves."""

    def __init__(
        self, data: Any, event: Event, actor: Actor, card: TalkingCard | None = None
    ) -> None:
        super().__init__(data)
        self.card = card
        self.fields["title"] = forms.CharField(label=_("About"), max_length=160)
        if card is None:
            seen = Delegation.objects.visible_to(actor).filter(event=event)
            self.fields["delegation"] = forms.ModelChoiceField(
                seen.select_related("party"), label=_("With whom"), empty_label=None
            )
        for step in TalkingCard.Step:
            self.fields[step.value] = _box(step.label)
        self.fields["never"] = _box(_("What is not said"))
        seats = Seat.objects.filter(event=event).exclude(person=actor.person_id or 0)
        self.fields["approver"] = forms.ModelChoiceField(
            Person.objects.filter(pk__in=seats.values("person")).order_by("display"),
            label=_("Who approves it"),
            empty_label=None,
        )
        self.initial = _initial(card) if card else {}
        for name, field in self.fields.items():
            tongue = language_of(str(self.initial.get(name, "")))
            field.widget.attrs |= {"class": "box", "id": f"card-{name}"}
            field.widget.attrs |= {"lang": tongue} if tongue else {}

    def script(self) -> Script:
        """What the card says."""
        given = self.cleaned_data
        return Script(
            title=given["title"],
            approver_id=given["approver"].pk,
            points=[
                (step.value, words)
                for step in TalkingCard.Step
                for words in lines_of(given[step.value])
            ],
            never=lines_of(given["never"]),
            meeting_id=self.card.meeting_id if self.card else None,
            basis=self.card.basis if self.card else "fact",
        )


def _box(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
    )


def _initial(card: TalkingCard) -> dict[str, Any]:
    boxes = {
        step.value: "\n".join(words for name, words in card.points if name == step)
        for step in TalkingCard.Step
    }
    never = "\n".join(card.never)
    rest = {"title": card.title, "never": never, "approver": card.approver_id}
    return boxes | rest
