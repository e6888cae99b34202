"""The words of contact reports and talking cards, for the phone."""

from django.utils.translation import gettext as _


def phrases() -> dict[str, str]:
    """Name to words, as all the phone's phrases."""
    return {
        "m_reports": _("Contact reports"),
        "m_with": _("with {0}"),
        "m_by": _("by {0}"),
        "m_words": _("What was said and decided"),
        "m_help": _("Only our own people read it."),
        "m_send": _("Send the report"),
        "t_cards": _("Talking cards"),
        "t_gone": _("This card was taken back. Ask who approved it."),
        "t_approved": _("approved by {0}, {1}"),
        "t_address": _("How to address them"),
        "t_ask": _("ask protocol for the form"),
        "t_never": _("What is not said"),
    }
