"""The README of a bundle, in both languages: what is in it and what it claims."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from titian.kernel import clock, seal
from titian.kernel.bilingual import in_both
from titian.talks.models import Agreement, Paper, PaperVersion


def readme(
    agreement: Agreement,
    paper: Paper,
    texts: Sequence[PaperVersion],
    signatures: Sequence[dict[str, Any]],
    entries: int,
    at: datetime,
) -> str:
    """English first, Indonesian below it; the same facts in the same order."""

    def words() -> str:
        said = [
            _("Evidence bundle: %(code)s, %(title)s")
            % {"code": agreement.code, "title": agreement.title},
            _("Document %(number)s. Parties: %(host)s and %(guest)s. State: %(state)s.")
            % {
                "number": paper.number,
                "host": agreement.event.name,
                "guest": agreement.delegation.name,
                "state": agreement.get_state_display(),
            },
            _("Made at %(at)s.") % {"at": _hour(agreement, at)},
            _claims(),
            _("Texts, by their SHA-256:"),
            *(f"  v{one.number} {one.name}\n     {one.sha256}" for one in texts),
            _("Signatures as entered:"),
            *(_signed(one) for one in signatures),
            _("Entries of the journal in journal.json: %(n)s.") % {"n": entries},
            _("To prove it, without any database:  titian verify bundle.zip"),
            _("The seal of this house is known by:  %(seal)s")
            % {"seal": seal.prints()[0]},
        ]
        return "\n\n".join(said)

    return "\n\n----\n\n".join(in_both(words)) + "\n"


def _claims() -> str:
    return _(
        "A signature here is what somebody entered: who says that whom signed, when, "
        "on which file. It is no cryptography of the person who signed. The seal says "
        "that this house made this bundle and that not a byte of it has changed since."
    )


def _signed(one: dict[str, Any]) -> str:
    given = {**one, "file": one["file"] or one["sha256"]}
    if one["taken_back_at"]:
        return _("  %(name)s: entered by %(entered_by)s, taken back since.") % given
    return (
        _(
            "  %(name)s (%(side)s), %(signed_at)s, on %(file)s; entered by "
            "%(entered_by)s, %(entered_at)s."
        )
        % given
    )


def _hour(agreement: Agreement, at: datetime) -> str:
    local = clock.local(agreement.event, at)
    return f"{local:%Y-%m-%d %H:%M} {clock.zone_name(agreement.event.zone)}"
