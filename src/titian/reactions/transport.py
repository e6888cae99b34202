"""What follows when a car changes: whoever waits for it hears which one comes."""

from django.utils.translation import gettext as _

from titian.kernel.models import Consequence
from titian.logistics.models import Trip, Vehicle
from titian.logistics.policy import TRANSPORT
from titian.people.models import Party, Person
from titian.reactions.people import officers, seated
from titian.reactions.telling import tell
from titian.reactions.wording import Said, noted


def tell_of_the_car(owed: Consequence) -> None:
    """Another car comes: the delegation's officers, the desk and both drivers hear."""
    rows = Trip.objects.select_related("event", "delegation__party", "vehicle__driver")
    trip = rows.get(pk=owed.entry.subject_id)
    if trip.vehicle_id != owed.entry.facts.get("vehicle"):
        return  # changed again since: that entry tells of it
    cars = [trip.vehicle_id, owed.entry.facts.get("before") or 0]
    driven = Vehicle.objects.filter(pk__in=cars).exclude(driver=None)
    people = officers(trip.delegation) | Person.objects.filter(
        pk__in=driven.values("driver")
    )
    desk = Party.objects.filter(code=TRANSPORT).first()
    if desk is not None:
        people = people | seated(trip.event, desk)
    tell(people, lambda: _of_car(trip), owed)


def _of_car(trip: Trip) -> Said:
    named = {"delegation": trip.delegation.name, "car": trip.vehicle}
    subject = _("Another car for %(delegation)s: %(car)s") % named
    driver = trip.vehicle.driver
    if driver is None:
        return noted(subject, _("%(car)s drives %(delegation)s.") % named)
    words = _("%(car)s drives %(delegation)s, with %(driver)s at the wheel.")
    return noted(subject, words % {**named, "driver": driver.display})
