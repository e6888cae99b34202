"""Who sits where: the plan of an item, pressed; read on every page that asks."""

import pytest
from django.test import Client

from tests.api.test_feed import feed
from tests.scene import make_activity, make_arrival, make_duty, make_way, seat_at
from tests.web.pressing import buttons_of, form_with, seen_by
from tests.world import HOUR, MINUTE, NOON, World, make_person
from titian.people.models import Member
from titian.programme.commands.seating import change_seat, give_seat
from titian.programme.models import Activity, Placing

GUEST = "/g/ingrid/"


@pytest.fixture
def gala(world: World) -> Activity:
    return make_activity(
        world,
        "Gala",
        NOON + HOUR,
        is_for_all=True,
        place=world.pier,
        dress_en="Black tie",
        dress_id="Jas hitam",
        contact=world.boats,
    )


def plan(client: Client, gala: Activity, of: str = "") -> str:
    answer = client.get(f"/activities/{gala.pk}/seats/{of}")
    assert answer.status_code == 200
    return answer.text


def save(client: Client, gala: Activity, button: str, **words: str) -> int:
    form = form_with(plan(client, gala), button)
    return client.post(form.action, form.values | words).status_code


def test_a_seat_is_given_changed_and_taken_back(world: World, gala: Activity) -> None:
    _team, _desk = seat_at(world, "PRO", "Pia")
    pia, row = seen_by("pia"), f"{world.arunika.pk}-0"

    assert save(pia, gala, f"save-{row}", seat="Table 1", side="North") == 302
    assert str(Placing.objects.get()) == "Arunika: Table 1 · North"
    assert save(pia, gala, f"save-{row}", seat="Table 2") == 302
    assert str(Placing.objects.get()) == "Arunika: Table 2 · North"
    assert save(pia, gala, f"take-back-{row}", take_back="1") == 302
    assert not Placing.objects.given()
    assert save(pia, gala, f"save-{row}", seat="Table 3") == 302
    assert str(Placing.objects.get()) == "Arunika: Table 3"


def test_who_has_no_seat_is_counted_and_marked(world: World, gala: Activity) -> None:
    give_seat(gala.pk, world.arunika.pk, "Table 1", actor=world.wati, at=NOON)

    text = plan(seen_by("wati"), gala)

    assert "2 delegations take part" in text
    assert "1 has no seat yet" in text
    assert text.count("no seat yet</span>") == 1


def test_the_same_form_pressed_twice_is_one_act(world: World, gala: Activity) -> None:
    wati = seen_by("wati")
    form = form_with(plan(wati, gala), f"save-{world.arunika.pk}-0")

    for _turn in "ab":
        assert wati.post(form.action, form.values | {"seat": "A"}).status_code == 302


def test_a_seat_that_somebody_has_is_409_and_keeps_what_was_typed(
    world: World, gala: Activity
) -> None:
    give_seat(gala.pk, world.arunika.pk, "Table 1", actor=world.wati, at=NOON)
    wati = seen_by("wati")
    form = form_with(plan(wati, gala), f"save-{world.selaya.pk}-0")

    answer = wati.post(form.action, form.values | {"seat": "table 1"})

    assert answer.status_code == 409
    assert "already the seat of Arunika" in answer.text
    again = form_with(answer.text, f"save-{world.selaya.pk}-0")
    assert again.values["seat"] == "table 1"


def test_the_slower_one_is_told_so(world: World, gala: Activity) -> None:
    wati, row = seen_by("wati"), f"save-{world.arunika.pk}-0"
    form = form_with(plan(wati, gala), row)
    give_seat(gala.pk, world.arunika.pk, "Table 1", actor=world.wati, at=NOON)

    first = wati.post(form.action, form.values | {"seat": "Table 2"})
    assert first.status_code == 409
    drawn = form_with(first.text, row)
    change_seat(Placing.objects.get().pk, "Table 3", actor=world.wati, at=NOON)
    second = wati.post(drawn.action, drawn.values | {"seat": "Table 2"})

    assert second.status_code == 409
    assert "Somebody was faster" in second.text
    assert Placing.objects.get().seat == "Table 3"


@pytest.mark.parametrize("seat", ["", "x" * 81])
def test_no_words_are_422(world: World, gala: Activity, seat: str) -> None:
    row = f"save-{world.arunika.pk}-0"

    assert save(seen_by("wati"), gala, row, seat=seat) == 422


@pytest.mark.parametrize("given", ["delegation", "member", "placing"])
def test_nobodys_row_is_404(world: World, gala: Activity, given: str) -> None:
    row = f"save-{world.arunika.pk}-0"

    assert save(seen_by("wati"), gala, row, seat="A1", **{given: "987654"}) == 404


def test_a_delegations_people_are_seated_one_by_one(
    world: World, gala: Activity
) -> None:
    make_person("Odd", world.arunika.party, world.arunika)
    wati, member = seen_by("wati"), Member.objects.get(person__display="Odd")
    text = plan(wati, gala, f"?of={world.arunika.pk}")
    form = form_with(text, f"save-{world.arunika.pk}-{member.pk}")

    answer = wati.post(form.action, form.values | {"seat": "Table 4"})

    assert answer["Location"].endswith(f"?of={world.arunika.pk}")
    assert str(Placing.objects.get()) == "Odd: Table 4"
    assert "Odd" in plan(wati, gala)


def test_the_officer_reads_his_guests_seat_and_no_other(
    world: World, gala: Activity
) -> None:
    give_seat(gala.pk, world.arunika.pk, "Table 1", actor=world.wati, at=NOON)
    give_seat(gala.pk, world.selaya.pk, "Table 2", actor=world.wati, at=NOON)
    marco = seen_by("marco")

    text = plan(marco, gala)

    assert "Table 1" in text
    assert "Table 2" not in text
    assert "Selaya" not in text
    assert not buttons_of(text)
    page = marco.get(f"/delegations/{world.arunika.pk}/")
    assert "Table 1" in page.text


def test_who_may_not_seat_anybody_is_403(world: World, gala: Activity) -> None:
    wati, marco = seen_by("wati"), seen_by("marco")
    form = form_with(plan(wati, gala), f"save-{world.arunika.pk}-0")

    assert marco.post(form.action, form.values | {"seat": "A"}).status_code == 403


def test_a_private_items_plan_is_404_for_another_side(world: World) -> None:
    tea = make_activity(world, "Tea", NOON, who=(world.arunika,), is_private=True)

    assert seen_by("eve").get(f"/activities/{tea.pk}/seats/").status_code == 404


def test_the_phones_next_three_say_all_six_things(world: World, gala: Activity) -> None:
    make_way(world)
    make_duty(world, NOON, NOON + 8 * HOUR)
    member = Member.objects.get(person=world.ingrid.person_id)
    give_seat(
        gala.pk, world.arunika.pk, "Table 9", side="North", actor=world.wati, at=NOON
    )
    give_seat(
        gala.pk,
        world.arunika.pk,
        "Table 1",
        member_id=member.pk,
        actor=world.wati,
        at=NOON,
    )

    (item,) = feed(seen_by("marco"))["next"]

    assert item["seats"] == [
        {"who": "", "where": "Table 9 · North"},
        {"who": "Ingrid", "where": "Table 1"},
    ]
    assert (item["place"], item["dress"], item["contact"]) == (
        "The pier",
        "Black tie",
        "Boat desk",
    )
    assert item["leave_at"] == (NOON + HOUR - 30 * MINUTE).isoformat()


def test_another_seat_is_news_to_the_phone_of_its_officer_only(
    world: World, gala: Activity
) -> None:
    make_duty(world, NOON, NOON + 8 * HOUR)
    marco = seen_by("marco")
    cursor = feed(marco)["cursor"]

    give_seat(gala.pk, world.selaya.pk, "Table 2", actor=world.wati, at=NOON)
    assert feed(marco, cursor)["unchanged"]
    give_seat(gala.pk, world.arunika.pk, "Table 1", actor=world.wati, at=NOON)
    assert "unchanged" not in feed(marco, cursor)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Seat: Table 1", "Dress: Black tie", "Leave at 12:30", "Boat desk"]),
        ("id", ["Kursi: Table 1", "Jas hitam", "12.30", "Boat desk"]),
    ],
)
def test_the_guest_reads_her_own_seat_and_all_six_things(
    world: World, gala: Activity, language: str, words: list[str]
) -> None:
    make_way(world)
    member = Member.objects.get(person=world.ingrid.person_id)
    give_seat(gala.pk, world.arunika.pk, "Table 9", actor=world.wati, at=NOON)
    give_seat(gala.pk, world.selaya.pk, "Table 2", actor=world.wati, at=NOON)
    give_seat(
        gala.pk,
        world.arunika.pk,
        "Table 1",
        member_id=member.pk,
        actor=world.wati,
        at=NOON,
    )

    text = Client(headers={"accept-language": language}).get(GUEST).text

    assert not [one for one in [*words, "The pier"] if one not in text]
    assert "Table 9" not in text
    assert "Table 2" not in text


def test_a_guest_without_a_seat_of_her_own_reads_where_her_side_sits(
    world: World, gala: Activity
) -> None:
    make_person("Odd", world.arunika.party, world.arunika)
    odd = Member.objects.get(person__display="Odd")
    guest = Client(headers={"accept-language": "en"})
    assert "Seat" not in guest.get(GUEST).text

    give_seat(
        gala.pk,
        world.arunika.pk,
        "Table 4",
        member_id=odd.pk,
        actor=world.wati,
        at=NOON,
    )

    assert "Seat of Odd: Table 4" in guest.get(GUEST).text


def test_the_next_three_of_the_guests_programme_say_when_to_leave(
    world: World,
) -> None:
    make_way(world)
    make_arrival(world)
    for number in range(4):
        make_activity(
            world,
            f"Heat {number}",
            NOON + (5 + 4 * number) * HOUR,
            who=(world.arunika,),
            place=world.pier,
        )

    text = Client(headers={"accept-language": "en"}).get(GUEST).text

    assert text.count("Leave at ") == 3
    assert "Leave at 16:30" in text
