"""A report becomes a document: set on paper, filed, and superseded by the next."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid5

from django.utils.translation import gettext as _
from django.utils.translation import override

from titian.exchange.print import pdf
from titian.exchange.reports.kinds import KINDS, Report, report
from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.kernel.models import Event
from titian.talks.commands import filing
from titian.talks.commands.filing import File, Filing
from titian.talks.models import Paper, PaperVersion

WORDS_AT_MOST = 4000
LANGUAGES = ("id", "en")


class NoReport(LookupError):
    """There is nothing of it that the actor may write."""


def keep_report(
    about: Report,
    words: Mapping[str, str],
    language: str,
    event: Event,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Paper:
    """File the report with its numbers as they stand now and these words round them.

    The numbers are counted here, in the report's language; nothing that came with the
    words can change one. A report on the same matter becomes the newest version of the
    document there is. Raises ``NoReport``, else as ``filing.file``.
    """
    if entry := journal.replayed(key, "paper.filed", None, actor=actor):
        return Paper.objects.get(pk=entry.subject_id)
    with override(language):
        counted = report(about.kind, about.subject_id, event, actor=actor)
        if counted is None:
            raise NoReport(about.kind)
        kept = {part.key: words.get(part.key, "").strip() for part in counted.parts}
        kept = {name: said[:WORDS_AT_MOST] for name, said in kept.items() if said}
        brought = File(
            printed(counted, kept, language),
            f"{counted.kind}-{language}.pdf",
            "application/pdf",
            text=_text(counted, kept),
            composed={"about": name_of(counted, language), "words": kept},
        )
    before = last_kept(counted, language, event, actor=actor)
    if before is not None:
        newer = uuid5(key, "newer report") if key else None  # first ones use the key
        paper_id = before.paper_id
        return filing.supersede(paper_id, brought, actor=actor, at=at, key=newer)
    sides = tuple(side.pk for side in counted.parties)
    filed = Filing(Paper.Kind.REPORT, counted.title[:200], sides)
    return filing.file(event.pk, filed, brought, actor=actor, at=at, key=key)


def last_kept(
    about: Report, language: str, event: Event, *, actor: Actor
) -> PaperVersion | None:
    """The newest version of the same report in the same language, if there is one."""
    papers = Paper.objects.visible_to(actor).filter(event=event, kind=Paper.Kind.REPORT)
    rows = PaperVersion.objects.filter(
        paper__in=papers.exclude(state=Paper.State.WITHDRAWN),
        composed__about=name_of(about, language),
    )
    return rows.order_by("pk").last()


def words_before(kept: PaperVersion | None) -> dict[str, str]:
    """What was written round the numbers the last time."""
    words = kept.composed.get("words", {}) if kept else {}
    return {str(name): str(said) for name, said in words.items()}


def printed(about: Report, words: Mapping[str, str], language: str) -> bytes:
    """The report on paper, as PDF."""
    return pdf(
        "report",
        {
            "title": about.title,
            "subtitle": about.subtitle,
            "language": language,
            "footer": f"{KINDS[about.kind]} · {about.subtitle}",
            "mark": _("Rehearsal: invented data") if about.is_invented else "",
            "parts": [
                {
                    "heading": part.heading,
                    "words": words.get(part.key, ""),
                    "figures": [[one.name, one.value] for one in part.figures],
                    "columns": list(part.grid.columns),
                    "widths": list(part.grid.widths),
                    "rows": [list(row) for row in part.grid.rows],
                }
                for part in about.parts
            ],
        },
    )


def name_of(about: Report, language: str) -> str:
    """By what the same report is known again."""
    return f"{about.kind}:{about.subject_id}:{language}"


def _text(about: Report, words: Mapping[str, str]) -> str:
    rows = [row for part in about.parts for row in part.grid.rows]
    return "\n".join(
        [
            *(part.heading for part in about.parts),
            *words.values(),
            *(" ".join(row) for row in rows),
        ]
    )
