"""What the rows of each list are, in words for people; files keep the code."""

from django.utils.translation import gettext_lazy as _

NAMES = {
    "sources": _("Sources"),
    "places": _("Places"),
    "travel_times": _("Travel times"),
    "parties": _("Parties"),
    "delegations": _("Delegations"),
    "participation": _("Invitations and replies"),
    "reported": _("What is reported differently"),
    "people": _("People"),
    "focal_points": _("Focal points"),
    "teams": _("Inner teams"),
    "officers": _("Liaison officers"),
    "assignments": _("Who accompanies whom"),
    "vehicles": _("Vehicles"),
    "stays": _("Hotels of the delegations"),
    "blocks": _("Rooms that hotels hold"),
    "journeys": _("Arrivals and departures"),
    "trips": _("Which car drives whom"),
    "programme": _("Programme"),
    "placings": _("Seats at the items of the programme"),
    "routing": _("Which team a request goes to"),
    "meetings": _("Meetings"),
    "agreements": _("Agreements"),
    "deliverables": _("Lines of the agreements"),
    "promises": _("Promises"),
    "rules": _("Local rules"),
    "entitlements": _("Entitlements"),
    "playbooks": _("Timelines, checklists and playbooks"),
    "playbook_lines": _("Steps of timelines and playbooks"),
    "contacts": _("Whom to call in an emergency"),
    "rooming": _("Rooming list"),
    "cars": _("Seats in the cars"),
    "seating": _("Seats by protocol"),
    "badges": _("Badges"),
}


def name_of(code: str) -> str:
    """The list's name in the reader's language; its code if it has none."""
    return str(NAMES.get(code, code))
