"""Who is to sign, approve or observe, and the signatures as they were entered."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from titian.people.models import Delegation, Person
from titian.talks.models.agreement import Agreement
from titian.talks.models.register import PaperVersion


class Signatory(models.Model):
    """Somebody named on an agreement: for which side, as what, and in which turn."""

    class Role(models.TextChoices):
        APPROVER = "approver", _("approves")
        SIGNER = "signer", _("signs")
        OBSERVER = "observer", _("observes")

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="signatories")
    role = models.CharField(max_length=8, choices=Role)
    turn = models.PositiveSmallIntegerField(default=1, help_text="Who signs first.")
    delegation = models.ForeignKey(
        Delegation, models.PROTECT, null=True, related_name="+", help_text="Or us."
    )
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["agreement", "role", "turn", "pk"]

    def __str__(self) -> str:
        return self.name


class Signature(models.Model):
    """That somebody signed or approved, as it was entered: by whom, on which bytes.

    It is a person's word about a pen, no cryptography: nothing more is claimed.
    """

    signatory = models.ForeignKey(Signatory, models.CASCADE, related_name="signatures")
    version = models.ForeignKey(PaperVersion, models.PROTECT, related_name="signatures")
    sha256 = models.CharField(max_length=64, help_text="Of what was signed.")
    signed_at = models.DateTimeField()
    place = models.CharField(max_length=120, blank=True)
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["signed_at", "pk"]

    def __str__(self) -> str:
        return f"{self.signatory_id} on {self.sha256[:8]}"
