"""A small talk between two invented delegations, and talks nobody would have."""

from hypothesis import strategies as st

from titian.planning.bargain import Domain, Issue, Profile

HALL = Issue("hall hours", ("two", "four", "six"))
CABLES = Issue("cable delivery", ("now", "in two weeks"))
PRESS = Issue("press", ("together", "apart", "none"))
TALK = Domain((HALL, CABLES, PRESS))
ARUNIKA = Profile((5, 2, 1), ((0, 6, 10), (10, 0), (3, 10, 0)))
HOSTS = Profile((2, 5, 1), ((10, 6, 0), (0, 10), (10, 3, 0)))


@st.composite
def talks(draw: st.DrawFn) -> tuple[Domain, Profile, Profile]:
    """Up to five issues of up to four options; thirds and tenths, so that sums tie."""
    widths = draw(st.lists(st.integers(1, 4), min_size=1, max_size=5))
    issues = tuple(
        Issue(f"i{place}", tuple(f"o{n}" for n in range(width)))
        for place, width in enumerate(widths)
    )
    domain = Domain(issues)
    return domain, draw(_profiles(domain)), draw(_profiles(domain))


@st.composite
def _profiles(draw: st.DrawFn, domain: Domain) -> Profile:
    part = draw(st.sampled_from((1, 3, 7, 10)))
    number = st.integers(0, 10).map(lambda whole: whole / part)
    values = tuple(
        tuple(draw(number) for _o in issue.options) for issue in domain.issues
    )
    weights = tuple(draw(number) for _issue in domain.issues)
    every = [(issue.key, option) for issue in domain.issues for option in issue.options]
    red = draw(st.sets(st.sampled_from(every), max_size=2))
    return Profile(weights, values, draw(number) * 2, frozenset(red))
