"""What each kind of party calls its own things: words, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from titian.people.models import Delegation, Party

K = Party.Kind


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Who leads those who come, and how their places are called.

    ``page`` says whose the guest's page is, with ``%(name)s`` and ``%(at)s``.
    """

    head: Promise
    seats: Promise
    page: Promise


_SEATS = _("Seats")
_STATE = Vocabulary(
    head=_("head of delegation"),
    seats=_SEATS,
    page=_("This page is for the delegation %(name)s, until %(at)s."),
)
_TEAM = Vocabulary(
    head=_("head of the team"),
    seats=_SEATS,
    page=_("This page is for the team of %(name)s, until %(at)s."),
)
WORDS: Mapping[str, Vocabulary] = {
    K.STATE: _STATE,
    K.ORGANISATION: _STATE,
    K.NOC: Vocabulary(head=_("chef de mission"), seats=_SEATS, page=_TEAM.page),
    K.MEDIA: Vocabulary(
        head=_("head of the newsroom team"),
        seats=_("Pool slots and press seats"),
        page=_("This page is for the newsroom team of %(name)s, until %(at)s."),
    ),
    K.SPONSOR: Vocabulary(
        head=_("head of the partner’s team"),
        seats=_("Hospitality places"),
        page=_("This page is for our partner %(name)s, until %(at)s."),
    ),
    K.SPEAKER: Vocabulary(
        head=_("speaker"),
        seats=_("Places on stage and seats"),
        page=_("This page is for %(name)s, until %(at)s."),
    ),
    K.ARTIST: Vocabulary(
        head=_("artistic leader"),
        seats=_("Places on stage and seats"),
        page=_("This page is for %(name)s, until %(at)s."),
    ),
    K.AGENCY: _TEAM,
    K.COMPANY: _TEAM,
    K.TEAM: _TEAM,
}


def words_of(delegation: Delegation) -> Vocabulary:
    """What the delegation's own kind of party calls its things."""
    return WORDS[delegation.party.kind]
