"""The phone's shell; all that it shows comes through the feed."""

from django.contrib.auth.decorators import login_required
from django.views.decorators.csrf import ensure_csrf_cookie

from titian.web.field.phrases import phrases
from titian.web.http import HttpResponse, SignedInRequest, render


@login_required
@ensure_csrf_cookie
def shell(request: SignedInRequest) -> HttpResponse:
    """The empty page with its words in the reader's language."""
    return render(request, "field/shell.html", {"phrases": phrases()})
