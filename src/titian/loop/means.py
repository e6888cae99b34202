"""By what means a guest's words came, as people say it."""

from django.utils.translation import gettext_lazy as _

CARRIED_BY = {
    "face": _("face to face"),
    "telephone": _("telephone"),
    "phone": _("telephone"),
    "message": _("message"),
    "mail": _("mail"),
    "email": _("mail"),
    "link": _("the guest's page"),
    "whatsapp": "WhatsApp",
    "sms": "SMS",
    "push": _("my phone"),
    "step": _("a late step of the timeline"),
    "meeting": _("the morning meeting"),
    "feedback": _("feedback"),
}


def means_name(code: str) -> str:
    """The means in words; a code that nobody knows as it is."""
    return str(CARRIED_BY.get(code, code))
