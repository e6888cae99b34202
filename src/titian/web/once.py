"""A page is for the reader who asked for it, and for this once."""

from collections.abc import Callable

from titian.web.http import HttpRequest, HttpResponse


class NotKept:
    """Middleware: what was drawn for somebody signed in, her browser does not keep.

    At a desk that several share, going back would show the page after she left.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer; where nothing else was said, it is for this once."""
        answer = self.get_response(request)
        if request.session.accessed and "Cache-Control" not in answer:
            answer["Cache-Control"] = "private, no-store"
        return answer
