"""What a phone shows of being told: the browsers that are, and what they rang for."""

from typing import Any

from titian.briefing.commands import tidings
from titian.briefing.models import Device
from titian.briefing.reaching import push_key
from titian.people.models import Person


def push_of(person: Person) -> dict[str, Any]:
    """The house's key for browsers, empty while push is off; and her phones."""
    key = push_key()
    rows = Device.objects.in_use().filter(person=person, made_with=key) if key else []
    return {"key": key, "devices": [_device(one) for one in rows]}


def told_to(person: Person) -> list[dict[str, Any]]:
    """What she was told on a phone and has not seen yet, the newest first."""
    return [
        {
            "id": tiding.pk,
            "kind": tiding.kind,
            "about": tiding.about,
            "subject": subject,
            "words": words,
            "told_at": tiding.told_at.isoformat(),
        }
        for tiding, subject, words in tidings.unseen(person)
    ]


def _device(device: Device) -> dict[str, Any]:
    return {
        "id": device.pk,
        "name": device.name,
        "mark": device.mark,
        "made_at": device.made_at.isoformat(),
    }
