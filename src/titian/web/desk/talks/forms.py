"""What the acts at a talk need."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from titian.kernel.models import Event
from titian.planning.bargain import Wishes
from titian.talks.commands.offers import Terms
from titian.talks.commands.talking import Opening
from titian.talks.ledger import Topic
from titian.talks.models import Interest, Pro
from titian.talks.secrecy import Telling
from titian.web.desk.acts import OLD_PAGE, ActForm
from titian.web.desk.meetings.forms import MomentField

SAY = gettext_lazy("Say it in a few words.")
NEVER = "never"


class WordsForm(ActForm):
    """A few words."""

    words = forms.CharField(max_length=400, error_messages={"required": SAY})


class ProForm(ActForm):
    """What speaks for an option, and whom it serves."""

    words = forms.CharField(max_length=300, error_messages={"required": SAY})
    option = forms.IntegerField(error_messages={"required": OLD_PAGE})
    serves = forms.ChoiceField(choices=Pro.Serves.choices)


class TopicsForm(ActForm):
    """Topics, one a line."""

    topics = forms.CharField(error_messages={"required": SAY})

    def clean_topics(self) -> list[str]:
        """The topics themselves."""
        lines: list[str] = self.cleaned_data["topics"].splitlines()
        return lines


class EnvoyForm(ActForm):
    """Who is named for which side."""

    side = forms.ChoiceField(choices=[("a", "a"), ("b", "b")])
    person = forms.IntegerField(error_messages={"required": OLD_PAGE})

    def arguments(self) -> dict[str, Any]:
        """What the command takes, by its own names."""
        given = super().arguments()
        return {**given, "person_ids": [given.pop("person")]} | {"key": given["key"]}


class OpenForm(ActForm):
    """Two parties and what it is about."""

    title = forms.CharField(max_length=200, error_messages={"required": SAY})
    side_a = forms.IntegerField(error_messages={"required": OLD_PAGE})
    side_b = forms.IntegerField(error_messages={"required": OLD_PAGE})

    def opening(self) -> Opening:
        """What the command takes."""
        given = self.cleaned_data
        return Opening(given["side_a"], given["side_b"], given["title"])


class OfferForm(ActForm):
    """An option of some topics, conditions, a last hour, what it answers."""

    conditions = forms.CharField(max_length=600, required=False)
    answers = forms.IntegerField(required=False)

    def __init__(self, data: Any, event: Event) -> None:
        super().__init__(data)
        self.fields["expires_at"] = MomentField(event, required=False)

    def terms(self) -> Terms:
        """What the command takes; what cannot be read as an option is none."""
        given = self.cleaned_data
        chosen = [
            int(value)
            for name, value in self.data.items()
            if name.startswith("topic-") and value.isdigit()
        ]
        return Terms(chosen, given["conditions"], given["expires_at"], given["answers"])


class TellingForm(ActForm):
    """What was told about a topic: by whom, when, how sure."""

    issue = forms.IntegerField(required=False)
    option = forms.IntegerField(required=False)
    kind = forms.ChoiceField(choices=Interest.Kind.choices)
    words = forms.CharField(max_length=600, error_messages={"required": SAY})
    told_by = forms.IntegerField(error_messages={"required": OLD_PAGE})
    sure = forms.ChoiceField(choices=Interest.Sure.choices)
    is_shown = forms.BooleanField(required=False)

    def __init__(self, data: Any, event: Event) -> None:
        super().__init__(data)
        self.fields["told_at"] = MomentField(event, required=False)

    def telling(self, now: Any) -> Telling:
        """What the door takes."""
        given = self.cleaned_data
        return Telling(
            given["kind"],
            given["words"],
            given["told_by"],
            given["told_at"] or now,
            given["sure"],
            given["is_shown"],
            given["option"],
        )


class ShowingForm(ActForm):
    """Shown to who mediates, or no longer; lent, or no longer."""

    on = forms.BooleanField(required=False)


class PreferencesForm(ActForm):
    """Places, bars and what is never accepted: all of it may be left open."""

    reserve = forms.IntegerField(min_value=0, max_value=100, required=False)

    def __init__(self, data: Any, topics: list[Topic]) -> None:
        super().__init__(data)
        self._topics = topics

    def clean(self) -> dict[str, Any]:
        """Bars lie between 0 and 10."""
        given = super().clean() or {}
        for topic in self._topics:
            bar = self.data.get(f"bar-{topic.issue.pk}", "")
            if bar and not (bar.isdigit() and int(bar) <= 10):
                self.add_error(None, _("A bar lies between 0 and 10."))
        return given

    def wishes(self) -> Wishes:
        """What was said, as far as it was said."""
        bars, ranked, never = {}, {}, set()
        for topic in self._topics:
            key = str(topic.issue.pk)
            if not self.data.get(f"open-{key}") and self.data.get(f"bar-{key}"):
                bars[key] = float(self.data[f"bar-{key}"])
            places: dict[int, list[str]] = {}
            for option in topic.options:
                place = self.data.get(f"place-{option.pk}", "")
                if place == NEVER:
                    never.add((key, str(option.pk)))
                elif place.isdigit():
                    places.setdefault(int(place), []).append(str(option.pk))
            ranked[key] = [places[number] for number in sorted(places)]
        reserve = (self.cleaned_data["reserve"] or 0) / 100
        return Wishes(bars, ranked, frozenset(never), reserve)
