"""What no keyboard types and not every database keeps: refused before any page."""

from collections.abc import Callable

from django.core.exceptions import BadRequest

from titian.web.http import HttpRequest, HttpResponse

NOTHING = "\0"


class NoNothing:
    """Middleware: a word with a NUL in it, in the address or in a form, answers 400."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing to do before the form's token is checked, nor after the answer."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, given: object
    ) -> None:
        """Raises ``BadRequest`` for such a word."""
        for sent in (request.GET, request.POST):
            if any(NOTHING in word for _name, words in sent.lists() for word in words):
                raise BadRequest("a NUL among the words")
