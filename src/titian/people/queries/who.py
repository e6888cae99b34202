"""Who is it: the doors get their actor here."""

from hashlib import sha256

from django.contrib.auth.models import AnonymousUser, User
from django.utils.translation import gettext as _

from titian.kernel import clock
from titian.kernel.actor import Actor, Kind, Proof
from titian.kernel.policy import Forbidden
from titian.kernel.sealing import marks
from titian.people.models import Delegation, GuestLink, Member, Person

NOBODY = Actor(Kind.PERSON, Proof.SIGNED_IN, None)


def signed_in(user: User | AnonymousUser) -> Actor:
    """The person with this account, or an actor who stands for nobody."""
    if not user.is_authenticated:
        return NOBODY
    person: Person | None = getattr(user, "person", None)  # asked once a request
    return Actor(Kind.PERSON, Proof.SIGNED_IN, person.pk if person else None)


def account_at(address: str) -> User | None:
    """The account of the one person with this mail address; ``None`` if not just one.

    The address itself is sealed; it is found by what stands for it.
    """
    people = Person.objects.filter(email_mark__in=marks(address), user__isnull=False)
    found = list(people.select_related("user")[:2])
    return found[0].user if len(found) == 1 else None


def link_of(token: str) -> GuestLink:
    """The link behind a token that is still good; ``GuestLink.DoesNotExist`` if none.

    A revoked, an expired and a guessed token are told apart by nobody outside.
    """
    digest = sha256(token.encode()).hexdigest()
    links = GuestLink.objects.select_related(
        "delegation__party", "delegation__event", "person"
    )
    return links.get(digest=digest, revoked_at=None, expires_at__gt=clock.real_time())


def by_link(token: str) -> Actor:
    """The guest whose link this is; ``GuestLink.DoesNotExist`` if it is nobody's."""
    return Actor(Kind.LINK, Proof.LINK_TOKEN, link_of(token).person_id)


def on_file(person: Person) -> Actor:
    """The person, known by an address or a paper that is on file."""
    return Actor(Kind.ADDRESS, Proof.ON_FILE, person.pk)


def guests(delegation: Delegation, at_most: int = 40) -> list[Person]:
    """Whose word an officer may bring: focal points, then the head, then the others."""
    points = [one.person for one in delegation.focal_points.select_related("person")]
    rows = delegation.members.select_related("person").order_by("pk")[:at_most]
    heads_first = sorted(rows, key=lambda one: one.group != Member.Group.HEAD)
    members = [one.person for one in heads_first]
    return list({one.pk: one for one in [*points, *members]}.values())


def speaker(actor: Actor) -> Person:
    """The person whose word this is; ``Forbidden`` if it is nobody's."""
    person_id = actor.on_word_of.person_id if actor.on_word_of else actor.person_id
    if person_id is None:
        raise Forbidden(_("This needs a person's word."))
    return Person.objects.get(pk=person_id)
