"""What the acts on a bilateral need."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from titian.foresight.sentences import language_name
from titian.kernel.models import Event
from titian.people.models import Delegation, Party
from titian.places.models import Place
from titian.talks.commands.bilaterals import Wanted
from titian.talks.models import Wish
from titian.talks.models.bilateral import LONGEST_MINUTES, SLOT_MINUTES
from titian.web.desk.acts import OLD_PAGE, ActForm
from titian.web.desk.asks.forms import LANGUAGES
from titian.web.desk.meetings.forms import MomentField

LENGTHS = range(SLOT_MINUTES, LONGEST_MINUTES + 1, SLOT_MINUTES)
BESIDE = {"key", "word_of", "means"}


class DrawnForm(ActForm):
    """A form whose fields the page draws by itself."""

    def drawn(self) -> list[forms.BoundField]:
        """The fields a person fills in."""
        for field in self.fields.values():
            field.widget.attrs["class"] = "box"
        return [one for one in self.visible_fields() if one.name not in BESIDE]


def tongues() -> list[tuple[str, str]]:
    """The languages of the parties and of our own forms, by name, in the reader's."""
    parties = Party.objects.values_list("languages", flat=True)
    codes = {code for spoken in parties for code in spoken}
    codes |= {code for code, _name in LANGUAGES if code}
    named = sorted((language_name(code), code) for code in codes)
    return [("", str(_("not noted"))), *((code, name) for name, code in named)]


class WishForm(DrawnForm):
    """Who meets, how long, how many, in which tongues, about what, and when."""

    level = forms.ChoiceField(label=_("Level"), choices=Delegation.Level)
    minutes = forms.TypedChoiceField(
        label=_("Length in minutes"),
        coerce=int,
        choices=[(one, str(one)) for one in LENGTHS],
        initial=30,
    )
    people = forms.IntegerField(
        label=_("How many sit in the room"), min_value=2, max_value=60, initial=8
    )
    asking_language = forms.ChoiceField(
        label=_("Language of the side that asked"), required=False, choices=tongues
    )
    asked_language = forms.ChoiceField(
        label=_("Language of the side that was asked"), required=False, choices=tongues
    )
    press = forms.ChoiceField(label=_("What the press sees"), choices=Wish.Press)
    words = forms.CharField(
        label=_("Topics, one a line"),
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )

    def __init__(self, data: Any, event: Event, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["earliest_at"] = MomentField(
            event, label=_("Not before"), required=False
        )
        self.fields["latest_at"] = MomentField(
            event, label=_("Over by"), required=False
        )

    def wanted(self) -> Wanted:
        """The wish as the command takes it."""
        given = self.cleaned_data
        names = Wanted.__dataclass_fields__
        return Wanted(**{name: given[name] for name in names})


class AskForm(WishForm):
    """Whom one's own delegation wishes to meet."""

    def __init__(self, data: Any, own: list[Delegation], event: Event) -> None:
        languages = own[0].party.languages
        initial = {"level": own[0].level, "asking_language": "".join(languages[:1])}
        super().__init__(data, event, initial=initial)
        comes = Delegation.objects.filter(event=event).exclude(category="house")
        there = comes.exclude(status=Delegation.Status.WITHDRAWN)
        mine = Delegation.objects.filter(pk__in=[one.pk for one in own])
        self.fields["asking"] = forms.ModelChoiceField(
            mine.select_related("party"), label=_("For"), empty_label=None
        )
        self.fields["asked"] = forms.ModelChoiceField(
            there.select_related("party").order_by("party__name_en"),
            label=_("Wishes to meet"),
            empty_label=_("Choose a delegation"),
        )
        self.order_fields(["asking", "asked"])


class SpanForm(DrawnForm):
    """Hours in which a delegation can be met, or cannot."""

    is_free = forms.TypedChoiceField(
        label=_("In these hours it"),
        coerce=lambda value: value == "free",
        choices=[("busy", _("cannot be met")), ("free", _("can be met"))],
    )

    def __init__(self, data: Any, event: Event) -> None:
        super().__init__(data)
        self.fields["starts_at"] = MomentField(event, label=_("From"))
        self.fields["ends_at"] = MomentField(event, label=_("Until"))
        self.order_fields(["is_free", "starts_at", "ends_at"])


def ranks() -> list[tuple[int, str]]:
    """The lowest rank a room is kept for, in the reader's words; 7 is everybody."""
    levels = list(enumerate(Delegation.Level.labels, start=1))[:-1]
    named = [(n, str(_("%(level)s and above")) % {"level": one}) for n, one in levels]
    return [*named, (7, str(_("everybody")))]


class RoomForm(DrawnForm):
    """A room kept for bilaterals."""

    place = forms.ModelChoiceField(
        Place.objects.order_by("name"),
        label=_("Room"),
        empty_label=_("Choose a room"),
    )
    seats = forms.IntegerField(label=_("Seats"), min_value=2, max_value=60)
    lowest_rank = forms.TypedChoiceField(
        label=_("Kept for"), coerce=int, choices=ranks, initial=7
    )


class InterpretersForm(DrawnForm):
    """How many teams interpret between two languages."""

    one = forms.ChoiceField(label=_("One language"), choices=tongues)
    other = forms.ChoiceField(label=_("The other language"), choices=tongues)
    teams = forms.IntegerField(label=_("Teams"), min_value=0, max_value=99)


class PlanForm(ActForm):
    """A whole timetable, or one with the fewest moves."""

    way = forms.ChoiceField(
        choices=[("solve", ""), ("mend", "")],
        error_messages={"required": OLD_PAGE, "invalid_choice": OLD_PAGE},
    )
