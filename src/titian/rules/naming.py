"""What rules are called in the reader's language: subjects, reasons, contradictions."""

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from titian.people.models import Delegation, Member, Party
from titian.rules.matching import Clash, Why
from titian.rules.models import Article, Item

SUBJECTS: dict[str, Promise] = {
    "access": pgettext_lazy("subject of a rule", "Access"),
    "aircraft": pgettext_lazy("subject of a rule", "Aircraft"),
    "alcohol": pgettext_lazy("subject of a rule", "Alcohol"),
    "alcohol-sale": pgettext_lazy("subject of a rule", "Buying alcohol"),
    "arms": pgettext_lazy("subject of a rule", "Firearms"),
    "customs": pgettext_lazy("subject of a rule", "Customs"),
    "data": pgettext_lazy("subject of a rule", "Data"),
    "dress": pgettext_lazy("subject of a rule", "Dress"),
    "driving": pgettext_lazy("subject of a rule", "Driving"),
    "driving-side": pgettext_lazy("subject of a rule", "Traffic"),
    "drone": pgettext_lazy("subject of a rule", "Drones"),
    "emergency": pgettext_lazy("subject of a rule", "Numbers in an emergency"),
    "equipment": pgettext_lazy("subject of a rule", "Equipment"),
    "gifts": pgettext_lazy("subject of a rule", "Gifts"),
    "give-aways": pgettext_lazy("subject of a rule", "Give-aways"),
    "health": pgettext_lazy("subject of a rule", "Health"),
    "hospitality": pgettext_lazy("subject of a rule", "Hospitality"),
    "insurance": pgettext_lazy("subject of a rule", "Insurance"),
    "luggage": pgettext_lazy("subject of a rule", "Luggage"),
    "manners": pgettext_lazy("subject of a rule", "Manners"),
    "money": pgettext_lazy("subject of a rule", "Cash"),
    "nyepi": pgettext_lazy("subject of a rule", "Nyepi"),
    "payment": pgettext_lazy("subject of a rule", "Paying"),
    "plugs": pgettext_lazy("subject of a rule", "Electricity"),
    "press": pgettext_lazy("subject of a rule", "Press"),
    "procurement": pgettext_lazy("subject of a rule", "Procurement"),
    "protocol": pgettext_lazy("subject of a rule", "Protocol"),
    "radio": pgettext_lazy("subject of a rule", "Radio"),
    "sacred-places": pgettext_lazy("subject of a rule", "Sacred places"),
    "smoking": pgettext_lazy("subject of a rule", "Smoking"),
    "sport-arms": pgettext_lazy("subject of a rule", "Sport firearms"),
    "temples": pgettext_lazy("subject of a rule", "Temples"),
    "time": pgettext_lazy("subject of a rule", "Time"),
    "tipping": pgettext_lazy("subject of a rule", "Tipping"),
    "tobacco": pgettext_lazy("subject of a rule", "Tobacco"),
    "traffic": pgettext_lazy("subject of a rule", "Traffic"),
    "travel": pgettext_lazy("subject of a rule", "Travel"),
    "visa": pgettext_lazy("subject of a rule", "Visa"),
    "visa-fee": pgettext_lazy("subject of a rule", "Visa"),
}
UNITS: dict[str, Promise] = {
    "IDR million": pgettext_lazy("measure", "million rupiah"),
    "cigarettes": pgettext_lazy("measure", "cigarettes"),
    "days": pgettext_lazy("measure", "days"),
    "hours": pgettext_lazy("measure", "hours"),
    "litre": pgettext_lazy("measure", "litre"),
    "working days": pgettext_lazy("measure", "working days"),
    "years": pgettext_lazy("measure", "years"),
}
"""Measures that are words; any other stands as it was written."""
OTHER = pgettext_lazy("subject of a rule", "Other")
CLASHES: dict[Clash, Promise] = {
    Clash.CONTRADICTION: gettext_lazy("One forbids what the other does not."),
    Clash.LIMIT: gettext_lazy("One sets a limit where the other sets none."),
    Clash.LIMITS: gettext_lazy("Both set a limit, and not the same."),
    Clash.UNITS: gettext_lazy(
        "Both set a limit in different measures: compare them by hand."
    ),
    Clash.REPORT: gettext_lazy("One has it reported, the other does not."),
}


def subject_name(slug: str) -> str:
    """What a subject is called; one of somebody's own stands as it was written."""
    return str(SUBJECTS.get(slug) or slug.replace("-", " ").capitalize() or OTHER)


def clash_name(clash: Clash) -> str:
    """How the two rules fail to agree, in a sentence."""
    return str(CLASHES[clash])


def why_words(why: Why) -> str:
    """Why a rule applies, in a few words."""
    value = why.value
    said: dict[str, str] = {
        "everywhere": _("holds everywhere"),
        "country": _("holds in %(value)s"),
        "place": _("holds in %(value)s"),
        "unknown_places": _("holds in %(value)s; the event names no places"),
        "home": _("their own rule: %(value)s"),
        "iso2": _("for nationals of %(value)s"),
        "group": _("for their group: %(value)s"),
        "party": _("for this party: %(value)s"),
        "kind": _("for a party of this kind: %(value)s"),
        "level": _("for this level: %(value)s"),
        "item": _("because they bring: %(value)s"),
        "doing": _("because of what is planned: %(value)s"),
        "not": _("for all but %(value)s"),
    }
    return said.get(why.by, "%(value)s") % {"value": _value(why.by, value)}


def _value(by: str, value: str) -> str:
    names: dict[str, dict[str, object]] = {
        "kind": dict(Party.Kind.choices),
        "level": dict(Delegation.Level.choices),
        "group": dict(Member.Group.choices),
        "item": dict(Item.choices),
    }
    parts = [part.strip() for part in value.split(",")]
    known = names.get(by, {})
    said = [str(known.get(part, part)) for part in parts]
    return ", ".join("ASEAN" if part == "asean" else part for part in said)


def measure_of(article: Article) -> str:
    """The limit as it is read: USD 480, 15 km; empty without one."""
    if article.limit is None:
        return ""
    whole = article.limit.normalize()
    number = number_format(f"{whole:f}", force_grouping=True)
    is_money = len(article.unit) == 3 and article.unit.isupper()
    unit = str(UNITS.get(article.unit, article.unit))
    return f"{unit} {number}" if is_money else f"{number} {unit}"
