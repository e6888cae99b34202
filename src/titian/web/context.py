"""What every page knows."""

from django.conf import settings


def house(request: object) -> dict[str, object]:
    """The version and whether this is a demo."""
    return {"VERSION": settings.VERSION, "DEMO": settings.DEMO}
