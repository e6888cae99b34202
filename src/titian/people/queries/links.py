"""Which doors stand open for the guests of a delegation, and for whom one may."""

from titian.kernel import clock
from titian.people.models import Delegation, GuestLink, Member, Person

MOST = 300
FIRST = (Member.Group.FOCAL_POINT, Member.Group.HEAD, Member.Group.ADVANCE)


def links_in_force(delegation: Delegation) -> list[GuestLink]:
    """Those that open the page now, the last one made first."""
    good = delegation.links.filter(
        revoked_at=None, expires_at__gt=clock.real_time()
    ).select_related("person", "made_by")
    return list(good.order_by("-made_at", "-pk"))


def may_have_links(delegation: Delegation) -> list[Person]:
    """The delegation's people for whom a link can be made: focal points first."""
    points = delegation.focal_points.select_related("person").order_by("kind", "pk")
    members = list(delegation.members.select_related("person").order_by("pk")[:MOST])
    members.sort(key=lambda member: member.group not in FIRST)
    people = [row.person for row in points] + [row.person for row in members]
    return list({person.pk: person for person in people}.values())
