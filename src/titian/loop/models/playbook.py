"""What is done and by when, written before it is needed: a template of steps."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from titian.kernel.actor import Actor, Kind
from titian.kernel.bilingual import Bilingual
from titian.kernel.models import Basis, Event
from titian.people.models import Officer, Party, Seat


class Alarm(models.TextChoices):
    """What has happened."""

    MEDICAL = "medical", pgettext_lazy("alarm", "Somebody is ill or hurt")
    LOST_PERSON = "lost_person", pgettext_lazy("alarm", "Somebody is missing")
    LOST_PASSPORT = "lost_passport", pgettext_lazy("alarm", "A passport is lost")
    SECURITY = "security", pgettext_lazy("alarm", "Security")
    QUAKE = "quake", pgettext_lazy("alarm", "Earthquake")
    TSUNAMI = "tsunami", pgettext_lazy("alarm", "Tsunami warning")
    FIRE = "fire", pgettext_lazy("alarm", "Fire")
    FOOD = "food", pgettext_lazy("alarm", "Food made people ill")
    PROTEST = "protest", pgettext_lazy("alarm", "Protest in the way")
    CROWD = "crowd", pgettext_lazy("alarm", "A crowd breaks in")
    INFECTIOUS = "infectious", pgettext_lazy("alarm", "Infectious illness")
    FLIGHT_STOP = "flight_stop", pgettext_lazy("alarm", "Flights are stopped")
    STRANDED = "stranded", pgettext_lazy("alarm", "Guests are left without transport")
    OTHER = "other", pgettext_lazy("alarm", "Emergency")


class Anchor(models.TextChoices):
    """The moment from which a step is counted."""

    START = "start", pgettext_lazy("anchor", "first day of the event")
    END = "end", pgettext_lazy("anchor", "last day of the event")
    ARRIVAL = "arrival", pgettext_lazy("anchor", "arrival")
    DEPARTURE = "departure", pgettext_lazy("anchor", "departure")
    ACTIVITY = "activity", pgettext_lazy("anchor", "beginning of the item")
    ALARM = "alarm", pgettext_lazy("anchor", "alarm")


class Showing(models.TextChoices):
    """What must be shown before a step counts as done."""

    NONE = "none", pgettext_lazy("showing", "nothing but the word")
    WORD = "word", pgettext_lazy("showing", "a few words")
    PHOTO = "photo", pgettext_lazy("showing", "a photo")
    DOCUMENT = "document", pgettext_lazy("showing", "a document")


class Planned(models.Model):
    """What a line of a template and a step being done have in common."""

    code = models.CharField(max_length=20)
    what_en = models.CharField(max_length=200)
    what_id = models.CharField(max_length=200, blank=True)
    anchor = models.CharField(max_length=10, choices=Anchor)
    offset = models.DurationField(help_text="Due so long after the anchor.")
    takes = models.DurationField(help_text="How long the work itself lasts.")
    owner = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    evidence = models.CharField(max_length=10, choices=Showing, default=Showing.NONE)
    depends_on = models.JSONField(default=list, help_text="Codes of the same list.")
    source = models.CharField(max_length=300, blank=True)

    what = Bilingual()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.what


class PlaybookQuerySet(models.QuerySet["Playbook"]):
    def visible_to(self, actor: Actor) -> Self:
        """The event's, for whoever works at it; for guests none."""
        if actor.person_id is None or actor.kind == Kind.LINK:
            return self.none()
        seats = Seat.objects.filter(person=actor.person_id).values("event")
        officers = Officer.objects.filter(person=actor.person_id).values("event")
        return self.filter(Q(event__in=seats) | Q(event__in=officers))


class Playbook(models.Model):
    """A template: the master timeline, a checklist, or what to do in an emergency."""

    class Kind(models.TextChoices):
        TIMELINE = "timeline", _("master timeline")
        CHECKLIST = "checklist", _("checklist")
        EMERGENCY = "emergency", _("emergency")

    event = models.ForeignKey(Event, models.CASCADE, related_name="playbooks")
    code = models.SlugField(max_length=40)
    kind = models.CharField(max_length=10, choices=Kind)
    alarm = models.CharField(max_length=14, choices=Alarm, blank=True)
    name_en = models.CharField(max_length=120)
    name_id = models.CharField(max_length=120, blank=True)
    card_en = models.TextField(blank=True, help_text="Said to our guests at once.")
    card_id = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.SYNTHETIC)
    source = models.CharField(max_length=300, blank=True)

    name = Bilingual()
    card = Bilingual()

    objects = PlaybookQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "code"]
        constraints = [
            models.UniqueConstraint(fields=["event", "code"], name="one_playbook_code"),
            models.UniqueConstraint(
                fields=["event", "alarm"],
                condition=~Q(alarm=""),
                name="one_playbook_an_alarm",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PlaybookLine(Planned):
    """One line of a template; running the template makes a step of it."""

    class Role(models.TextChoices):
        """Who does it where the template cannot know the team."""

        LO = "lo", pgettext_lazy("role", "the LO")
        COMMANDER = "commander", pgettext_lazy("role", "the commander")

    playbook = models.ForeignKey(Playbook, models.CASCADE, related_name="lines")
    role = models.CharField(max_length=10, choices=Role, blank=True)
    withdrawn_at = models.DateTimeField(null=True, help_text="No longer done.")

    class Meta:
        ordering = ["offset", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["playbook", "code"], name="one_code_a_playbook"
            )
        ]


class Contact(models.Model):
    """Whom to call in an emergency: a number with the source that says so."""

    class Kind(models.TextChoices):
        EMERGENCY = "emergency", pgettext_lazy("contact", "emergency number")
        AMBULANCE = "ambulance", pgettext_lazy("contact", "ambulance")
        CLINIC = "clinic", pgettext_lazy("contact", "clinic")
        HOSPITAL = "hospital", pgettext_lazy("contact", "hospital")
        POLICE = "police", pgettext_lazy("contact", "police")
        FIRE = "fire", pgettext_lazy("contact", "fire brigade")
        RESCUE = "rescue", pgettext_lazy("contact", "search and rescue")
        EMBASSY = "embassy", pgettext_lazy("contact", "embassy")
        INSURANCE = "insurance", pgettext_lazy("contact", "insurance")
        TEAM = "team", pgettext_lazy("contact", "our own desk")

    event = models.ForeignKey(Event, models.CASCADE, related_name="contacts")
    code = models.SlugField(max_length=40)
    kind = models.CharField(max_length=10, choices=Kind)
    alarms = models.JSONField(default=list, help_text="Of which alarms; empty: all.")
    name_en = models.CharField(max_length=120)
    name_id = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    note_en = models.CharField(max_length=200, blank=True)
    note_id = models.CharField(max_length=200, blank=True)
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.FACT)
    source = models.CharField(max_length=300, blank=True)

    name = Bilingual()
    note = Bilingual()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "code"], name="one_contact_code")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.phone}".strip()
