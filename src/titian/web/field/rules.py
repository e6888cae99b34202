"""The words of the rules, for the phone."""

from django.utils.translation import gettext as _


def phrases() -> dict[str, str]:
    """Name to words, as all the phone's phrases."""
    return {
        "rules": _("Rules of both sides"),
        "rule_question": _("Ask the rules"),
        "rule_help": _("The answer cites articles. Where none fits, a team is asked."),
        "rule_ask": _("Ask"),
        "rule_waits": _("sends itself"),
        "rule_from": _("from {0}"),
        "rule_to": _("until {0}"),
        "rule_replaced": _("Replaced by: {0}"),
        "rule_unknown": _("I do not know. {0} has been asked, as request {1}."),
        "rule_unknown_all": _("I do not know. Ask the coordinators."),
        "rule_unread": _("{0} have not read them"),
        "rule_who_unread": _("Who has not read them"),
        "rule_read_of": _("{0} of {1} read"),
        "rule_permit": _("Permit: {0}"),
        "rule_permit_red": _("overdue"),
        "rule_permit_late": _("pressing"),
        "rule_all": _("All rules that apply to them"),
    }
