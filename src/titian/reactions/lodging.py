"""What follows when somebody is housed, or housed elsewhere: their officers hear it."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from titian.kernel.models import Consequence
from titian.logistics.models import Stay
from titian.logistics.policy import LODGING
from titian.people.models import Party
from titian.reactions.people import officers, seated
from titian.reactions.telling import tell
from titian.reactions.wording import Said, noted


def tell_of_the_hotel(owed: Consequence) -> None:
    """The delegation's officers and the accommodation team hear which hotel it is."""
    rows = Stay.objects.select_related("event", "delegation__party", "place")
    stay = rows.filter(pk=owed.entry.subject_id).first()
    if stay is None or stay.place_id != owed.entry.facts.get("place"):
        return  # moved again since: that entry tells of it
    people = officers(stay.delegation)
    team = Party.objects.filter(code=LODGING).first()
    if team is not None:
        people = people | seated(stay.event, team)
    tell(people, lambda: _of_hotel(stay), owed)


def _of_hotel(stay: Stay) -> Said:
    named = {"delegation": stay.delegation.name, "place": stay.place}
    words = ngettext(
        "%(delegation)s sleeps at %(place)s, %(count)d room.",
        "%(delegation)s sleeps at %(place)s, %(count)d rooms.",
        stay.rooms,
    ) % {**named, "count": stay.rooms}
    return noted(_("Hotel of %(delegation)s: %(place)s") % named, words)
