"""The guides: one page each, in the reader's language."""

from pathlib import Path

from django.contrib.auth.decorators import login_required
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from titian.web.desk.guide.markdown import as_html
from titian.web.http import Http404, HttpResponse, SignedInRequest, render

WRITTEN = Path(__file__).parents[2] / "templates" / "guide"
GUIDES = {
    "host-team": _("For the host team"),
    "officer": _("For the liaison officer"),
    "operator": _("For the operator"),
}


@login_required
@require_GET
def show(request: SignedInRequest, name: str = "host-team") -> HttpResponse:
    """One guide; 404 for a name that none has."""
    if name not in GUIDES:
        raise Http404
    ending = "" if (get_language() or "id").startswith("en") else ".id"
    text = (WRITTEN / f"{name}{ending}.md").read_text("utf-8")
    context = {"guides": GUIDES, "name": name, "page": as_html(text)}
    return render(request, "desk/guide.html", context)
