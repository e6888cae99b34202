"""The words of bilaterals, for the phone."""

from django.utils.translation import gettext as _


def phrases() -> dict[str, str]:
    """Name to words, as all the phone's phrases."""
    return {
        "b_title": _("Bilaterals"),
        "b_none": _("No bilateral is asked for."),
        "b_ask": _("Ask for a bilateral"),
        "b_minutes": _("Length"),
        "b_people": _("How many sit in the room"),
        "b_words": _("Topics, one a line"),
        "b_send": _("Send this wish"),
        "b_agree": _("Agree to this"),
        "b_counter": _("Answer with another wish"),
        "b_decline": _("Decline"),
        "b_decline_it": _("Decline it"),
        "b_no_reason": _("No reason is asked for, and none is told."),
        "b_comes": _("Our side comes"),
    }
