"""What a notice says, formal and brief, in both languages, made of its parts."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import override

from titian.kernel.bilingual import in_language


class Unsaid(ValueError):
    """Something a notice must say is missing; its argument is a sentence."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Every word of a notice; what is empty in one language is read in the other."""

    title_en: str = ""
    title_id: str = ""
    old_en: str = ""
    old_id: str = ""
    new_en: str = ""
    new_id: str = ""
    reason_en: str = ""
    reason_id: str = ""
    instead_en: str = ""
    instead_id: str = ""
    formal_en: str = ""
    formal_id: str = ""
    brief_en: str = ""
    brief_id: str = ""


def whole(wording: Wording) -> Wording:
    """The same with formal and brief texts where the author left them empty.

    Raises ``Unsaid`` without a title or without what is new, in either language.
    """
    if not (wording.title_en or wording.title_id):
        raise Unsaid(_("Give the notice a title."))
    if not (wording.new_en or wording.new_id):
        raise Unsaid(_("Say how it is now."))
    if not (wording.reason_en or wording.reason_id):
        raise Unsaid(_("Say why: people follow what they understand."))
    made = {
        f"{kind}_{language}": _in(language, wording, kind)
        for language in ("en", "id")
        for kind in ("formal", "brief")
        if not getattr(wording, f"{kind}_{language}")
    }
    return replace(wording, **made)


def _in(language: str, wording: Wording, kind: str) -> str:
    parts = {
        name: in_language(wording, name, language).rstrip(". ")
        for name in ("title", "old", "new", "reason", "instead")
    }
    with override(language):
        words = _formal(parts) if kind == "formal" else _brief(parts)
    return words


def _formal(parts: dict[str, str]) -> str:
    lines = [_("With respect, we inform you of a change: %(title)s.") % parts]
    if parts["old"]:
        lines.append(_("Until now: %(old)s.") % parts)
    lines.append(_("From now on: %(new)s.") % parts)
    lines.append(_("The reason: %(reason)s.") % parts)
    if parts["instead"]:
        lines.append(_("We kindly ask you: %(instead)s.") % parts)
    lines.append(_("Please acknowledge this notice. Thank you."))
    return "\n".join(lines)


def _brief(parts: dict[str, str]) -> str:
    if parts["old"]:
        change = _("%(title)s: %(old)s → %(new)s.") % parts
    else:
        change = _("%(title)s: %(new)s.") % parts
    if not parts["instead"]:
        return change[:480]
    return f"{change} {parts['instead']}."[:480]
