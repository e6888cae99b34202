"""120 names in one list: one delegation, its sub-groups, and lists that agree."""

from collections import Counter

import pytest

from tests.exchange.files import accepted, csv_file
from tests.web.pressing import seen_by
from tests.world import HOUR, NOON, World, make_person
from titian.exchange.lists import PER_MEMBER, listing, totals
from titian.people.commands.assignments import agree, assign
from titian.people.models import Assignment, Member, Officer, Party
from titian.people.queries import channel

SIZES = {
    "head": 1,
    "spouse": 1,
    "delegate": 64,
    "advance": 8,
    "media": 20,
    "security": 18,
    "crew": 8,
}


@pytest.fixture
def party(world: World) -> World:
    """A hundred and twenty people of Arunika, and nobody else of it."""
    world.arunika.members.all().delete()
    rows = [
        [f"{group}-{number}", "ARN", group, f"{group} {number}"]
        for group, size in SIZES.items()
        for number in range(size)
    ]
    accepted(world, "people", csv_file(["code", "party", "role", "display"], *rows))
    return world


def cars(world: World, *rows: list[str]) -> None:
    header = ["plate", "class", "seats", "party", "group"]
    accepted(world, "vehicles", csv_file(header, *rows))


def carried(world: World) -> dict[str, Counter[str]]:
    """Who sits in which car, by sub-group."""
    found: dict[str, Counter[str]] = {}
    for row in listing("cars", world.event, actor=world.wati).rows:
        if row[0] == "ARN":
            found.setdefault(row[4], Counter())[row[2]] += 1
    return found


def test_a_hundred_and_twenty_names_make_one_delegation_with_its_sub_groups(
    party: World,
) -> None:
    members = party.arunika.members.values_list("group", flat=True)

    assert Counter(members) == SIZES
    assert sum(SIZES.values()) == 120


def test_every_list_is_made_from_the_record_and_all_totals_agree(party: World) -> None:
    counted = totals(party.event, actor=party.wati)

    assert {name: one["ARN"] for name, one in counted.items()} == dict.fromkeys(
        PER_MEMBER, 120
    )


@pytest.mark.parametrize("name", ["rooming", "cars", "seating", "badges"])
def test_a_list_made_again_after_somebody_left_agrees_too(
    party: World, name: str
) -> None:
    party.arunika.members.filter(group="crew").first().delete()  # type: ignore[union-attr]

    rows = listing(name, party.event, actor=party.wati).rows

    assert sum(row[0] == "ARN" for row in rows) == 119
    assert {row[1] for row in rows if row[0] == "ARN"} == {
        str(code)
        for code in party.arunika.members.values_list("person__code", flat=True)
    }


def test_a_sub_groups_car_carries_that_sub_group_alone(party: World) -> None:
    cars(
        party,
        ["DK 1", "Sedan", "3", "ARN", "spouse"],
        ["DK 2", "Bus", "40", "ARN", "media"],
        ["DK 3", "Bus", "70", "ARN", ""],
    )

    found = carried(party)

    assert found["DK 1"] == {"spouse": 1}
    assert found["DK 2"] == {"media": 20}
    assert found["DK 3"].total() == 70
    assert "media" not in found["DK 3"]


def test_a_full_car_of_ones_own_leaves_the_others_seats(party: World) -> None:
    cars(
        party,
        ["DK 1", "Van", "5", "ARN", "advance"],
        ["DK 3", "Bus", "120", "ARN", ""],
    )

    found = carried(party)

    assert (found["DK 1"]["advance"], found["DK 3"]["advance"]) == (5, 3)


def test_seats_are_numbered_by_bench_in_the_order_of_protocol(party: World) -> None:
    party.selaya.protocol_group = 1
    party.selaya.save()

    rows = listing("seating", party.event, actor=party.wati).rows

    assert rows[0][0] == "SLY"
    hers = [row for row in rows if row[0] == "ARN"]
    assert [row[5] for row in hers] == [str(seat) for seat in range(1, 121)]
    assert (hers[0][2], hers[-1][2]) == ("head", "crew")


def test_each_sub_group_has_its_own_officer_car_and_track_on_the_page(
    party: World,
) -> None:
    lena = make_person("Lena", Party.objects.get(code="LOC"))
    officer = Officer.objects.create(person=lena, event=party.event, code="LO-9")
    header = ["officer", "party", "role", "group", "consent"]
    accepted(
        party,
        "assignments",
        csv_file(header, ["LO-9", "ARN", "relief", "spouse", "agreed"]),
    )
    cars(party, ["DK 1", "Sedan", "3", "ARN", "spouse"])
    programme = ["code", "title", "start", "end", "participants", "group"]
    starts = f"{NOON + HOUR:%Y-%m-%dT%H:%M}"
    ends = f"{NOON + 2 * HOUR:%Y-%m-%dT%H:%M}"
    row = ["S1", "Weaving", starts, ends, "ARN", "spouse"]
    accepted(party, "programme", csv_file(programme, row))

    text = seen_by("wati").get(f"/delegations/{party.arunika.pk}/").text

    spouse = text.split('id="group-spouse"')[1].split("</li>")[0]
    for own in ("LO Lena", "car DK 1", "Weaving, 13:00"):
        assert own in spouse
    media = text.split('id="group-media"')[1].split("</li>")[0]
    assert [own for own in ("LO", "car", "Weaving") if own in media] == []
    assert officer.assignments.get().get_group_display() == "spouse or partner"


def test_who_is_with_the_spouse_does_not_answer_for_the_delegation(
    world: World,
) -> None:
    Assignment.objects.all().delete()

    made = assign(
        world.officer.pk,
        world.arunika.pk,
        "relief",
        group=Member.Group.SPOUSE,
        actor=world.wati,
        at=NOON,
    )
    agree(made.pk, actor=world.marco, at=NOON)

    assert made.group == "spouse"
    assert (
        "Nobody answers for this delegation: no LO has agreed."
        in channel(world.arunika, NOON).reasons
    )


def test_a_sub_group_that_there_is_not_is_refused(world: World) -> None:
    with pytest.raises(ValueError, match="rowers"):
        assign(
            world.officer.pk,
            world.selaya.pk,
            group="rowers",
            actor=world.wati,
            at=NOON,
        )
