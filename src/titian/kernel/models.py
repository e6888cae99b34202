"""Events, the journal (what happened) and its consequences (what must follow)."""

from datetime import datetime
from uuid import NAMESPACE_OID, UUID, uuid5

from django.db import models
from django.utils.translation import gettext_lazy as _

from titian.kernel.actor import Actor, Kind, Proof, Word
from titian.kernel.bilingual import Bilingual


class Basis(models.TextChoices):
    """How we know a thing: reported, computed by us, or invented."""

    FACT = "fact", _("as reported")
    ESTIMATE = "estimate", _("estimate")
    SYNTHETIC = "synthetic", _("invented data")


class Event(models.Model):
    """What the office accompanies, with a clock of its own."""

    class Kind(models.TextChoices):
        SUMMIT = "summit", _("summit")
        GAMES = "games", _("games")
        CONFERENCE = "conference", _("conference")
        STANDING = "standing", _("standing relationship")  # has no last day

    code = models.SlugField(max_length=60, unique=True)
    name_en = models.CharField(max_length=200)
    name_id = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=10, choices=Kind)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    zone = models.CharField(max_length=40, default="Asia/Makassar")
    cities = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    clock_set_at = models.DateTimeField(null=True, help_text="In the world's time.")
    clock_reads = models.DateTimeField(null=True, help_text="What it read then.")
    clock_speed = models.FloatField(default=1.0, help_text="0 is paused.")

    name = Bilingual()

    def __str__(self) -> str:
        return self.name_en

    @property
    def event(self) -> "Event":
        """Itself, for the journal."""
        return self

    @property
    def topics(self) -> list[str]:
        """A new clock is news on every page of the event."""
        return [f"clock:{self.pk}"]

    @property
    def is_rehearsal(self) -> bool:
        """Whether the event runs on a rehearsal clock: every page says so."""
        return self.clock_set_at is not None

    def set_clock(self, *, reads: datetime, speed: float, real: datetime) -> None:
        """Let the event's time read ``reads`` now and run on at ``speed``."""
        self.clock_set_at, self.clock_reads, self.clock_speed = real, reads, speed


class Source(models.Model):
    """Where a reported fact comes from; cited by ``key``."""

    key = models.CharField(max_length=80, unique=True)
    address = models.CharField(max_length=500, blank=True)
    title = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.title or self.key


class Entry(models.Model):
    """One thing that happened. Written once, never changed, never deleted.

    Open ``facts`` hold ids, states, instants, numbers. Words, names and reasons are
    ``sealed`` under the key of the person they are ``about``. Ids follow the order of
    commits, so a reader who has seen ``n`` has seen all before it.
    """

    event = models.ForeignKey(Event, models.PROTECT, null=True)
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    concerns_id = models.BigIntegerField(null=True, help_text="The delegation.")
    topics = models.JSONField(default=list, help_text="Whose open pages it reaches.")
    actor_kind = models.CharField(max_length=10, choices=[(k, k) for k in Kind])
    actor_proof = models.CharField(max_length=20, choices=[(p, p) for p in Proof])
    actor_person_id = models.BigIntegerField(null=True)
    word_of_id = models.BigIntegerField(null=True)
    word_means = models.CharField(max_length=40, blank=True)
    said_at = models.DateTimeField(help_text="When it was done, by the doer.")
    heard_at = models.DateTimeField(help_text="When the house learned it.")
    key = models.UUIDField(null=True, unique=True, help_text="Makes a retry harmless.")
    facts = models.JSONField(default=dict)
    about_id = models.BigIntegerField(null=True, help_text="The data subject.")
    sealed = models.BinaryField(default=bytes)

    class Meta:
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "id"]),
            models.Index(fields=["concerns_id", "said_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_kind}/{self.subject_id}"

    @property
    def actor(self) -> Actor:
        """Who did it, as it was shown at the time."""
        word = Word(self.word_of_id, self.word_means) if self.word_of_id else None
        kind, proof = Kind(self.actor_kind), Proof(self.actor_proof)
        return Actor(kind, proof, self.actor_person_id, word)


class ChainLink(models.Model):
    """An entry's place in the chain of digests, given after the commit."""

    position = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="link")
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.position}: {self.digest[:8]}"


class SubjectKey(models.Model):
    """The key that opens what is sealed about one person; empty once destroyed.

    The key itself lies under the house's key, which is not in the database.
    """

    person_id = models.BigIntegerField(unique=True)
    secret = models.BinaryField(default=bytes)

    def __str__(self) -> str:
        return f"key of person {self.person_id}"


class Priority(models.IntegerChoices):
    """What is done first of all that is due: what many are told never holds up a call.

    >>> Priority.FIRST < Priority.USUAL < Priority.LAST
    True
    """

    FIRST = 1, _("first of all")
    USUAL = 5, _("in turn")
    LAST = 9, _("when nothing else waits")


class Consequence(models.Model):
    """What an entry obliges the house to do: at least once, after the commit.

    ``due_at`` is in the event's time; leases and ends are in the database's. Where one
    entry obliges the house to many like things, ``row_id`` says which row each is of.
    """

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="consequences")
    handler = models.CharField(max_length=120)
    due_at = models.DateTimeField()
    priority = models.PositiveSmallIntegerField(
        choices=Priority, default=Priority.USUAL
    )
    row_id = models.BigIntegerField(null=True, help_text="One of many.")
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["priority", "due_at", "id"],
                name="consequence_waiting",
                condition=models.Q(done_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.handler} for {self.entry_id}"

    @property
    def key(self) -> UUID:
        """The retry key for any act the handler does: a second run changes nothing."""
        return uuid5(NAMESPACE_OID, f"titian:consequence:{self.pk}")


class Document(models.Model):
    """One file, known by its content: evidence, originals of imports, papers."""

    class Secrecy(models.TextChoices):
        OPEN = "open", _("open to both sides")
        HOUSE = "house", _("inside the house")

    sha256 = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=40)
    number = models.CharField(max_length=80, blank=True)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size_bytes = models.PositiveBigIntegerField()
    secrecy = models.CharField(max_length=10, choices=Secrecy, default=Secrecy.HOUSE)
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Compartment(models.TextChoices):
    """A locked drawer: opened only by named roles, and every opening is an act."""

    MEDICAL = "medical", _("medical")
    SECURITY = "security", _("security")
    POLITICAL = "political", _("political")
    PAY = "pay", _("pay")


class SealedNote(models.Model):
    """A note in a compartment, about one person, readable only by opening it."""

    event = models.ForeignKey(Event, models.PROTECT)
    compartment = models.CharField(max_length=10, choices=Compartment)
    about_id = models.BigIntegerField(help_text="The person it is about.")
    concerns_id = models.BigIntegerField(null=True, help_text="The delegation.")
    words = models.BinaryField()
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.compartment} note {self.pk}"
