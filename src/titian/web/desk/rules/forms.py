"""The forms of whoever keeps the rules: amend, replace, retire, review."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from titian.people.models import Party
from titian.rules.commands.keeping import Successor, Wording
from titian.rules.models import Article
from titian.web.desk.acts import ActForm
from titian.web.desk.notices.forms import boxed

DATE = {"type": "date"}
YEAR = timedelta(days=365)


def _area(label: Any, language: str, *, required: bool = False) -> forms.CharField:
    widget = forms.Textarea({"rows": 3, "lang": language})
    return forms.CharField(
        label=label, max_length=2000, required=required, widget=widget
    )


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(DATE, format="%Y-%m-%d"))


class WordingForm(ActForm):
    """How the article is written; what it rules stays."""

    prefix = "wording"
    text_en = _area(_("In English"), "en", required=True)
    text_id = _area(_("In Indonesian"), "id")
    authority = forms.CharField(
        label=_("Who issued it"), max_length=200, required=False
    )
    source = forms.CharField(label=_("Where it was read"), max_length=300)
    audience = forms.CharField(label=_("For whom"), max_length=120, required=False)
    words = forms.CharField(
        label=_("How people ask for it"), max_length=400, required=False
    )
    owner = forms.ModelChoiceField(
        Party.objects.none(), label=_("Who keeps it"), required=False, empty_label="–"
    )
    review_on = forms.DateField(
        label=_("To be read again on"),
        required=False,
        widget=forms.DateInput(DATE, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        teams = Party.objects.filter(kind=Party.Kind.TEAM).order_by("code")
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ModelChoiceField)
        owner.queryset = teams
        boxed(self)

    def wording(self) -> Wording:
        """What the command takes."""
        said = dict(self.cleaned_data)
        owner = said.pop("owner")
        for name in ("key", "word_of", "means"):
            said.pop(name)
        return Wording(**said, owner_id=owner.pk if owner else None)


class SuccessorForm(ActForm):
    """What the rule says from a day on."""

    prefix = "successor"
    valid_from = _day(_("In force from"))
    text_en = _area(_("In English"), "en", required=True)
    text_id = _area(_("In Indonesian"), "id")
    limit = forms.DecimalField(
        label=_("Limit"), required=False, min_value=0, max_digits=14, decimal_places=2
    )
    unit = forms.CharField(label=_("Measure"), max_length=20, required=False)
    authority = forms.CharField(
        label=_("Who issued it"), max_length=200, required=False
    )
    source = forms.CharField(label=_("Where it was read"), max_length=300)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        boxed(self)

    def successor(self) -> Successor:
        """What the command takes."""
        names = Successor.__dataclass_fields__
        return Successor(**{name: self.cleaned_data[name] for name in names})


class DayForm(ActForm):
    """A day: the last one, or the one of the next review."""

    day = _day(_("Day"))

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        boxed(self)


@dataclass(frozen=True, slots=True)
class Forms:
    """What a keeper may do with an article, each with what stands there now."""

    wording: WordingForm
    successor: SuccessorForm | None
    last_day: DayForm | None
    review: DayForm


def forms_for(article: Article, on: date) -> Forms:
    """The forms that fit its state: what has ended is only amended and reviewed."""
    names = ("text_en", "text_id", "authority", "source", "audience", "words")
    now: dict[str, Any] = {name: getattr(article, name) for name in names}
    written = WordingForm(
        initial={**now, "owner": article.owner_id, "review_on": article.review_on}
    )
    has_ended = article.valid_to is not None and article.valid_to < on
    is_over = has_ended or article.replaced_by_id is not None
    successor = SuccessorForm(
        initial={**now, "limit": article.limit, "unit": article.unit, "valid_from": on}
    )
    return Forms(
        written,
        None if is_over else successor,
        None if is_over else DayForm(initial={"day": on}, prefix="last"),
        DayForm(initial={"day": on + YEAR}, prefix="review"),
    )
