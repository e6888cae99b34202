"""What a notice and a closure need, and the rule that the form's fields make."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from titian.briefing.audience import Rule, everyone
from titian.briefing.commands.notices import Composed
from titian.briefing.models import Notice
from titian.briefing.queries import roles
from titian.briefing.wording import Wording
from titian.kernel.models import Event
from titian.people.models import Delegation, Party
from titian.places.commands import Closing
from titian.places.models import Place
from titian.web.desk.acts import ActForm
from titian.web.desk.meetings.forms import MomentField

SHORT, LONG = 300, 4000
PAIRS = (
    ("title", _("Title"), 120),
    ("old", _("How it was"), SHORT),
    ("new", _("How it is now"), SHORT),
    ("reason", _("Why"), SHORT),
    ("instead", _("What to do instead"), SHORT),
)
WHOLE = (("formal", _("Formal text"), LONG), ("brief", _("Brief text"), 480))
LANGUAGES = (("id", "Bahasa Indonesia"), ("en", "English"))


class AudienceForm(forms.Form):
    """Who is meant: what people are here, and what must hold of them."""

    def __init__(self, event: Event, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.event = event
        rows = event.delegations.select_related("party").order_by("party__name_en")
        rows = rows.exclude(status=Delegation.Status.WITHDRAWN)
        places = Place.objects.order_by("name")
        areas = sorted(set(places.exclude(area="").values_list("area", flat=True)))
        teams = Party.objects.filter(kind=Party.Kind.TEAM).order_by("name_en")
        activities = event.activities.select_related("event").order_by("starts_at")
        self.fields |= {
            "role": _some(_("As what they are here"), roles().items()),
            "join": forms.ChoiceField(
                label=_("Of what is filled in below"),
                choices=[("all", _("everything holds")), ("any", _("one is enough"))],
                required=False,
            ),
            "level": _some(_("Level of the delegation"), Delegation.Level.choices),
            "delegation": _some(
                _("Delegations by name"), [(row.pk, row.name) for row in rows]
            ),
            "team": _some(_("Sits at a team"), [(row.pk, row.name) for row in teams]),
            "hotel": _one(
                _("Sleeps at a hotel"),
                [(p.pk, p.name) for p in places if p.kind == Place.Kind.HOTEL],
            ),
            "night": forms.DateField(
                label=_("In the night of"),
                required=False,
                widget=forms.DateInput({"type": "date"}),
            ),
            "place": _one(
                _("Is at or passes a place"), [(p.pk, p.name) for p in places]
            ),
            "area": _one(_("Or an area"), [(area, area) for area in areas]),
            "on_duty": forms.BooleanField(
                label=_("Is on duty in those hours"), required=False
            ),
            "from": MomentField(event, label=_("From"), required=False),
            "to": MomentField(event, label=_("To"), required=False),
            "flight": forms.CharField(
                label=_("Passengers of a flight"), required=False, max_length=20
            ),
            "activity": _one(
                _("Takes part in an item"), [(a.pk, a.title) for a in activities]
            ),
        }

    def clean(self) -> dict[str, Any]:
        """What needs hours or a night has them."""
        said = super().clean() or {}
        needs_hours = said.get("place") or said.get("area") or said.get("on_duty")
        start, end = said.get("from"), said.get("to")
        if needs_hours and not (start and end and start < end):
            raise forms.ValidationError(_("Say from which hour to which."))
        if said.get("hotel") and not said.get("night"):
            raise forms.ValidationError(_("Say in which night they sleep there."))
        return said

    def rule(self) -> Rule:
        """The rule of the fields; nobody if none is filled in."""
        said = self.cleaned_data
        conditions = list(_conditions(said))
        joined = (
            {"any": conditions}
            if said["join"] == "any" and len(conditions) > 1
            else everyone(conditions)
            if conditions
            else None
        )
        as_what = {"is": "role", "of": said["role"]} if said["role"] else None
        parts = [part for part in (as_what, joined) if part is not None]
        return everyone(parts) if parts else {}


def _conditions(said: Mapping[str, Any]) -> "list[Rule]":
    found: list[Rule] = []
    for name in ("level", "delegation", "team"):
        if said[name]:
            of = [int(one) if one.isdecimal() else one for one in said[name]]
            found.append({"is": name, "of": of})
    if said["hotel"]:
        night = said["night"].isoformat()
        found.append({"is": "sleeps_at", "place": int(said["hotel"]), "on": night})
    hours = {n: said[n].isoformat() for n in ("from", "to") if said[n]}
    if said["place"]:
        found.append({"is": "passes", "place": int(said["place"]), **hours})
    elif said["area"]:
        found.append({"is": "passes", "area": said["area"], **hours})
    if said["on_duty"]:
        found.append({"is": "on_duty", **hours})
    if said["flight"]:
        found.append({"is": "flight", "flight": said["flight"]})
    if said["activity"]:
        found.append({"is": "activity", "activity": int(said["activity"])})
    return found


def fields_of(rule: Rule) -> dict[str, Any]:
    """What the fields hold that made the rule; of another shape, what they can."""
    found: dict[str, Any] = {}
    for part in _parts(rule):
        if "any" in part:
            found["join"] = "any"
        for leaf in _parts(part):
            _fill(found, leaf)
    return found


def _parts(rule: Rule) -> list[Rule]:
    inner = rule.get("all") or rule.get("any")
    return list(inner) if inner else [rule]


def _fill(found: dict[str, Any], leaf: Rule) -> None:
    kind = leaf.get("is")
    if kind in {"role", "level", "delegation", "team"}:
        found[str(kind)] = [str(one) for one in leaf["of"]]
    elif kind == "sleeps_at":
        found |= {"hotel": leaf["place"], "night": leaf["on"]}
    elif kind in {"passes", "on_duty"}:
        hours = {name: datetime.fromisoformat(leaf[name]) for name in ("from", "to")}
        where = {name: leaf[name] for name in ("place", "area") if leaf.get(name)}
        found |= {**hours, **where, **({"on_duty": True} if kind == "on_duty" else {})}
    elif kind in {"flight", "activity"}:
        found[str(kind)] = leaf[kind]


class NoticeForm(ActForm, AudienceForm):
    """All of a notice: its words in both languages, its rule, how long it waits."""

    def __init__(self, event: Event, *args: Any, **options: Any) -> None:
        super().__init__(event, *args, **options)
        words = {
            f"{name}_{language}": _words(name, f"{label} ({spoken})", most, language)
            for name, label, most in (*PAIRS, *WHOLE)
            for language, spoken in LANGUAGES
        }
        closures = event.closures.select_related("place")
        self.fields = {
            **self.fields,
            **words,
            "silence_minutes": forms.IntegerField(
                label=_("Call the leader after so many minutes of silence"),
                min_value=0,
                max_value=600,
                initial=10,
                help_text=_("0: nobody is called."),
            ),
            "closure": _one(_("Of a closure"), [(c.pk, str(c)) for c in closures]),
            "is_exercise": forms.BooleanField(
                label=_("Marked as an exercise"), required=False
            ),
        }
        boxed(self)

    def composed(self) -> Composed:
        """What the command takes."""
        said = self.cleaned_data
        names = Wording.__dataclass_fields__
        closure = int(said["closure"]) if said["closure"] else None
        return Composed(
            Wording(**{name: said[name].strip() for name in names}),
            self.rule(),
            silence_minutes=said["silence_minutes"],
            kind=Notice.Kind.CLOSURE if closure else Notice.Kind.CHANGE,
            closure_id=closure,
            is_exercise=said["is_exercise"],
        )


class CardForm(ActForm):
    """Which card, and to whose guests."""

    card = forms.IntegerField()
    delegation = forms.IntegerField()
    again = forms.BooleanField(required=False)


class ClosureForm(ActForm):
    """What is closed, where, from when to when, and what people do instead."""

    def __init__(self, event: Event, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        places = Place.objects.order_by("name")
        areas = sorted(set(places.exclude(area="").values_list("area", flat=True)))
        pairs = (
            ("what", _("What is closed"), 200),
            ("instead", _("What to do instead"), SHORT),
            ("reason", _("Why"), SHORT),
        )
        self.fields |= {
            "place": _one(_("Place"), [(p.pk, p.name) for p in places]),
            "area": _one(_("Or a whole area"), [(area, area) for area in areas]),
            "starts_at": MomentField(event, label=_("From")),
            "ends_at": MomentField(event, label=_("To")),
            **{
                f"{name}_{language}": _words(
                    name, f"{label} ({spoken})", most, language
                )
                for name, label, most in pairs
                for language, spoken in LANGUAGES
            },
            "is_exercise": forms.BooleanField(
                label=_("Marked as an exercise"), required=False
            ),
        }
        boxed(self)

    def closing(self) -> Closing:
        """What the command takes."""
        said = dict(self.cleaned_data)
        for name in ("key", "word_of", "means"):
            said.pop(name)
        place = said.pop("place")
        return Closing(place_id=int(place) if place else None, **said)


def boxed(form: forms.Form) -> None:
    """Give every field that is typed or chosen the look of one; labels end bare."""
    form.label_suffix = ""
    ticks = (forms.CheckboxInput, forms.CheckboxSelectMultiple)
    for field in form.fields.values():
        if not isinstance(field.widget, ticks):
            field.widget.attrs.setdefault("class", "box")


def _words(name: str, label: str, most: int, language: str) -> forms.CharField:
    rows = {"formal": 6, "brief": 3}.get(name)
    spoken = {"lang": language}
    widget = (
        forms.Textarea({"rows": rows, **spoken}) if rows else forms.TextInput(spoken)
    )
    return forms.CharField(label=label, max_length=most, required=False, widget=widget)


def _some(label: Any, choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=list(choices),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


def _one(label: Any, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", "–"), *choices], required=False)
