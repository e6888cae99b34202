"""The phone's shell, and the worker that rings; what it shows comes by the feed."""

from django.contrib.auth.decorators import login_required
from django.templatetags.static import static
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET

from titian.web.field.phrases import phrases
from titian.web.http import (
    HttpRequest,
    HttpResponse,
    JsonResponse,
    SignedInRequest,
    render,
)


@login_required
@ensure_csrf_cookie
def shell(request: SignedInRequest) -> HttpResponse:
    """The empty page with its words in the reader's language."""
    return render(request, "field/shell.html", {"phrases": phrases()})


@require_GET
@cache_control(no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    """The worker that shows a notification; the same for everybody, and no secret."""
    return render(request, "field/worker.js", content_type="text/javascript")


@require_GET
@cache_control(max_age=3600)
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to put Titian on its home screen."""
    icon = {"src": static("titian/mark.svg"), "type": "image/svg+xml", "sizes": "any"}
    said = {
        "name": "Titian",
        "description": _("My delegation"),
        "lang": get_language(),
        "start_url": "/field/",
        "scope": "/",
        "display": "standalone",
        "icons": [icon],
    }
    return JsonResponse(said, content_type="application/manifest+json")
