"""Whoever comes too late reads how things stand: one place for every page."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.utils.translation import gettext as _

from titian.kernel.journal import KeyReused
from titian.kernel.machine import IllegalMove
from titian.web.http import HttpRequest, HttpResponse, SignedInRequest, render

type Page = Callable[[SignedInRequest, int], HttpResponse]


def late_shows[V: Callable[..., HttpResponse]](page: Page) -> Callable[[V], V]:
    """Name the page of a view's row: who comes too late gets it, as it stands now."""

    def name_it(view: V) -> V:
        view.shown_when_late = page  # type: ignore[attr-defined]
        return view

    return name_it


class TooLate:
    """Middleware: an act that came too late, or twice with one key, answers 409."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing to do before a view, nor after one that answered by itself."""
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, problem: Exception
    ) -> HttpResponse | None:
        """The view's own page with a sentence above it; without one, the sentence."""
        if not isinstance(problem, IllegalMove | KeyReused):
            return None
        match: Any = request.resolver_match
        page: Page | None = getattr(match.func, "shown_when_late", None)
        if page is None:
            return render(request, "409.html", status=409)
        messages.warning(request, _sentence_of(problem))
        shown = page(cast("SignedInRequest", request), match.kwargs["pk"])
        shown.status_code = 409
        return shown


def _sentence_of(problem: IllegalMove | KeyReused) -> str:
    """A room's own kind of lateness brings its sentence; the bare kinds name states."""
    if type(problem) in (IllegalMove, KeyReused):
        return _("Somebody was faster: this is how it stands now.")
    return str(problem)
