"""An import: a file read, previewed, accepted, undone; refused rows are kept."""

from django.db import models
from django.utils.translation import pgettext_lazy

from titian.kernel.fields import SealedJSONField
from titian.kernel.machine import Machine, Move
from titian.kernel.models import Document, Event
from titian.people.models import Person


class Import(models.Model):
    """One file on its way in, from preview to accepted or undone."""

    class State(models.TextChoices):
        PREVIEWED = "previewed", pgettext_lazy("import", "previewed")
        ACCEPTED = "accepted", pgettext_lazy("import", "accepted")
        UNDONE = "undone", pgettext_lazy("import", "undone")

    S = State
    machine = Machine(
        Move("accept", {S.PREVIEWED}, S.ACCEPTED, by="coordinator"),
        Move("undo", {S.ACCEPTED}, S.UNDONE, by="coordinator"),
    )

    event = models.ForeignKey(Event, models.PROTECT, related_name="imports", null=True)
    sheet = models.CharField(max_length=40, help_text="What the rows are.")
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State, default=State.PREVIEWED)
    rows = SealedJSONField(default=list, help_text="Good rows, as read.")
    refused = SealedJSONField(default=list, help_text="Row, code, sentence, values.")
    made = models.JSONField(default=dict, help_text="What accepting made, to undo it.")
    read_at = models.DateTimeField()
    read_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.name} ({self.sheet})"

    @property
    def topics(self) -> list[str]:
        """What hangs on phones and guests' pages, and is read again when it is undone.

        Seats alone: other lists come in before anybody reads what they bring.
        """
        is_seating = self.sheet == "placings" and self.event_id
        return [f"programme:{self.event_id}"] if is_seating else []
