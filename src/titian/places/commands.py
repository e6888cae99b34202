"""What can be done about places: bring them in, and the minutes between them."""

from collections.abc import Sequence

from titian.kernel.models import Event
from titian.kernel.registering import Batch, Row, merge, registers
from titian.places.models import Place, TravelTime


@registers("places.registered")
def register_places(event: Event, rows: Sequence[Row]) -> Batch:
    """Places of the office, one for each code; the next event finds them again."""
    return merge(Place.objects.all(), rows, key=("code",))[1]


@registers("ways.registered")
def register_travel_times(event: Event, rows: Sequence[Row]) -> Batch:
    """How long the ways take: one row for each way and condition."""
    key = ("origin_id", "destination_id", "condition")
    return merge(TravelTime.objects.all(), rows, key=key)[1]
