"""What the house remembers of its carriers and of each thing it gave them."""

from django.db import models
from django.utils.translation import pgettext_lazy

from titian.channels import Trouble
from titian.kernel.machine import IllegalMove, Machine, Move


class Carrier(models.Model):
    """How one kind of carrier has been lately; all workers share the row."""

    kind = models.CharField(max_length=20, unique=True)
    free_at = models.DateTimeField(null=True, help_text="When the books are even.")
    failures = models.PositiveIntegerField(default=0, help_text="In a row.")
    last_success_at = models.DateTimeField(null=True)
    last_failure_at = models.DateTimeField(null=True)
    paused_until = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=20, choices=Trouble, blank=True)
    detail = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.kind


class Delivery(models.Model):
    """Certain words, by one way to one address: given, arrived, read, or failed.

    The address itself is not kept, only a digest under the house's secret. Times are
    the world's: carriers know no other.
    """

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("delivery", "waiting")
        SENT = "sent", pgettext_lazy("delivery", "sent")
        DELIVERED = "delivered", pgettext_lazy("delivery", "delivered")
        READ = "read", pgettext_lazy("delivery", "read")
        FAILED = "failed", pgettext_lazy("delivery", "failed")

    S = State
    machine = Machine(
        Move("send", {S.WAITING}, S.SENT, by="house"),
        Move("deliver", {S.WAITING, S.SENT, S.FAILED}, S.DELIVERED, by="carrier"),
        Move(
            "read",
            {S.WAITING, S.SENT, S.DELIVERED, S.FAILED},
            S.READ,
            by="carrier",
        ),
        Move("fail", {S.WAITING, S.SENT}, S.FAILED, by="carrier"),
        Move("try_again", {S.FAILED}, S.WAITING, by="house"),
    )

    ref = models.UUIDField(unique=True, help_text="The retry key the carrier gets.")
    key = models.UUIDField(db_index=True, help_text="Whose words: the sender's key.")
    kind = models.CharField(max_length=20)
    digest = models.CharField(max_length=64, help_text="Of the address.")
    about = models.CharField(max_length=60, blank=True, help_text="loop.ask:12")
    number = models.CharField(max_length=300, blank=True, db_index=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    tries = models.PositiveIntegerField(default=0)
    first_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    trouble = models.CharField(max_length=20, choices=Trouble, blank=True)
    detail = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name_plural = "deliveries"
        indexes = [models.Index(fields=["digest", "changed_at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}: {self.state}"

    @property
    def has_gone(self) -> bool:
        """Whether the carrier took it."""
        return self.state in {self.S.SENT, self.S.DELIVERED, self.S.READ}

    def move(self, name: str) -> bool:
        """Take the step; whether it led anywhere. What is older changes nothing."""
        try:
            self.state = self.machine.after(self.state, name)
        except IllegalMove:
            return False
        return True


class Heard(models.Model):
    """When an address last wrote to us by one kind of carrier: its window is open."""

    kind = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "heard"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "digest"], name="one_window_an_address"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.digest[:8]}"
