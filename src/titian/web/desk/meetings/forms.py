"""What the acts on a meeting need."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from titian.kernel.models import Event
from titian.people.models import Delegation
from titian.places.models import Place
from titian.programme.commands.activities import Plan
from titian.talks.commands.meetings import POINTS_AT_MOST
from titian.talks.models import Meeting
from titian.talks.models.meeting import MINUTES_AT_MOST
from titian.web.desk.acts import OLD_PAGE, ActForm
from titian.web.desk.moments import moment_from

POINT_AT_MOST = 300


class MomentField(forms.CharField):
    """A day and an hour on the clocks of the event."""

    def __init__(self, event: Event, **options: Any) -> None:
        super().__init__(
            widget=forms.DateTimeInput({"type": "datetime-local"}), **options
        )
        self.event = event

    def clean(self, value: Any) -> Any:
        """The moment; what cannot be read as one is said in a sentence."""
        text = super().clean(value)
        if not text and not self.required:
            return None
        moment, problem = moment_from(text, self.event)
        if moment is None:
            raise forms.ValidationError(problem)
        return moment


def points_of(text: str) -> list[str]:
    """One point a line; blank lines are none. A sentence if it is too much."""
    points = [line.strip() for line in text.splitlines() if line.strip()]
    if len(points) > POINTS_AT_MOST or any(len(p) > POINT_AT_MOST for p in points):
        raise forms.ValidationError(
            _("Write at most 40 points of at most 300 characters each.")
        )
    return points


class AgendaForm(ActForm):
    """The agenda, one point a line."""

    points = forms.CharField(required=False)

    def clean_points(self) -> list[str]:
        """The points themselves."""
        return points_of(self.cleaned_data["points"])


class MinutesForm(ActForm):
    """The text of the minutes."""

    words = forms.CharField(
        max_length=MINUTES_AT_MOST,
        error_messages={
            "required": _("Write what was said and decided."),
            "max_length": _("Write at most 20,000 characters."),
        },
    )


class ActionPointForm(ActForm):
    """What somebody will do: for which side, on whose word, by when."""

    words = forms.CharField(
        max_length=1000,
        error_messages={
            "required": _("Say what is to be done."),
            "max_length": _("Say it in at most 1,000 characters."),
        },
    )
    delegation = forms.IntegerField(error_messages={"required": OLD_PAGE})
    topic = forms.IntegerField(required=False, error_messages={"invalid": OLD_PAGE})

    def __init__(self, data: Any, meeting: Meeting) -> None:
        super().__init__(data)
        self.meeting = meeting
        self.fields["due_at"] = MomentField(meeting.event, required=False)

    def clean_delegation(self) -> int:
        """One of the two that sat there."""
        given: int = self.cleaned_data["delegation"]
        if given not in {side.pk for side in self.meeting.sides}:
            raise forms.ValidationError(_("Choose one of the two delegations."))
        return given

    def clean_topic(self) -> int | None:
        """A topic of the event, by which the team is found."""
        given: int | None = self.cleaned_data["topic"]
        if given and not self.meeting.event.ask_topics.filter(pk=given).exists():
            raise forms.ValidationError(_("Choose what it is about."))
        return given

    def arguments(self) -> dict[str, Any]:
        """What the command takes, by its own names."""
        given = super().arguments()
        given["delegation_id"] = given.pop("delegation")
        given["topic_id"] = given.pop("topic")
        return given


class CallForm(ActForm):
    """Two delegations, an hour, a place, and what it is about."""

    title = forms.CharField(label=_("What it is about"), max_length=200)
    agenda = forms.CharField(
        label=_("Agenda, one point a line"), required=False, widget=forms.Textarea
    )

    def __init__(self, data: Any, event: Event) -> None:
        super().__init__(data)
        comes = Delegation.objects.filter(event=event).select_related("party")
        self.fields["party_a"] = forms.ModelChoiceField(
            comes, label=_("One delegation"), empty_label=None
        )
        self.fields["party_b"] = forms.ModelChoiceField(
            comes, label=_("The other delegation"), empty_label=None
        )
        self.fields["place"] = forms.ModelChoiceField(
            Place.objects.order_by("name"), label=_("Place"), required=False
        )
        self.fields["starts_at"] = MomentField(event, label=_("From"))
        self.fields["ends_at"] = MomentField(event, label=_("Until"))
        self.order_fields(
            ["title", "party_a", "party_b", "place", "starts_at", "ends_at", "agenda"]
        )
        for field in self.fields.values():
            field.widget.attrs["class"] = "box"

    def clean_agenda(self) -> list[str]:
        """The points themselves."""
        return points_of(self.cleaned_data["agenda"])

    def clean(self) -> dict[str, Any]:
        """Two different sides, and an end after the start."""
        given = super().clean() or {}
        starts, ends = given.get("starts_at"), given.get("ends_at")
        if given.get("party_a") and given.get("party_a") == given.get("party_b"):
            self.add_error("party_b", _("Choose two different delegations."))
        if (
            isinstance(starts, datetime)
            and isinstance(ends, datetime)
            and ends < starts
        ):
            self.add_error("ends_at", _("It cannot end before it starts."))
        return given

    def plan(self) -> Plan:
        """The hour for the rundown."""
        given = self.cleaned_data
        return Plan(
            title_en=given["title"],
            starts_at=given["starts_at"],
            ends_at=given["ends_at"],
            place_id=given["place"].pk if given["place"] else None,
        )
