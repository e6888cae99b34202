"""The one file of the pages that knows Django's HTTP; views import it from here."""

from django.contrib.auth.models import User
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, redirect, render

from titian.kernel.actor import Actor
from titian.people.queries import signed_in

__all__ = [
    "FileResponse",
    "Http404",
    "HttpRequest",
    "HttpResponse",
    "HttpResponseRedirect",
    "JsonResponse",
    "SignedInRequest",
    "StreamingHttpResponse",
    "actor_of",
    "get_object_or_404",
    "redirect",
    "render",
]


class SignedInRequest(HttpRequest):
    """A request behind ``login_required``: its user is a real one."""

    user: User


def actor_of(request: SignedInRequest) -> Actor:
    """Who acts, for the commands and the scoped querysets."""
    return signed_in(request.user)
