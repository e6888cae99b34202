"""How much may be sent to us at once: looked at before a byte of it is read."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from titian.web.http import HttpRequest, HttpResponse, render

MEGABYTE = 1024 * 1024
WITH_FILES = 64
"""A form with files: a chat's export is the largest that is taken."""
WITHOUT = 8
"""All else: a phone's whole outbox, a provider's webhook."""
BY_MACHINES = ("/api/", "/intake/")


class NotTooLarge:
    """Middleware: more than we take answers 413 with a sentence, and is not read.

    What comes in pieces without its size is read by nobody.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, or that it was too much."""
        said = request.META.get("CONTENT_LENGTH") or "0"
        has_files = request.content_type == "multipart/form-data"
        most = WITH_FILES if has_files else WITHOUT
        if said.isdecimal() and int(said) <= most * MEGABYTE:
            return self.get_response(request)
        sentence = _("Too much at once: at most %(most)d MB are taken.") % {
            "most": most
        }
        if request.path.startswith(BY_MACHINES):
            answer = HttpResponse(sentence, status=413, content_type="text/plain")
        else:
            answer = render(request, "413.html", {"sentence": sentence}, status=413)
        answer["Connection"] = "close"
        return answer
