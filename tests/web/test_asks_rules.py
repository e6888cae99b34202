"""The page of the rules, pressed as it is drawn."""

from tests.loop.test_routes import boats, drafted, in_force, passed
from tests.web.pressing import buttons_of, form_with, indonesian, seen_by
from tests.world import World
from titian.loop.models import Route

RULES = "/asks/rules/"


def test_a_coordinator_drafts_tries_and_puts_a_rule_in_force(world: World) -> None:
    boats(world)
    passed(world)
    wati = seen_by("wati")
    form = form_with(wati.get(RULES).text, "draft")

    answer = wati.post(
        form.action,
        form.values | {"party_kind": "state", "team": str(world.kitchen.pk)},
        follow=True,
    )

    assert "1 of the last 1 requests would have gone to another team." in answer.text
    assert "<ins>Kitchen</ins>" in answer.text
    form = form_with(answer.text, "force")
    assert wati.post(form.action, form.values).status_code == 302
    assert Route.objects.live().get().team == world.kitchen


def test_a_rule_is_read_as_a_sentence(world: World) -> None:
    topic = boats(world)
    in_force(world, topic_id=topic.pk, party_kind="media", informed=[world.press.pk])

    text = seen_by("bruna").get(RULES).text

    assert "Boats · media house → Kitchen" in text
    assert "informed: Press desk" in text


def test_a_change_is_a_draft_in_its_place(world: World) -> None:
    rule = in_force(world, order=7, where="pier")
    wati = seen_by("wati")
    form = form_with(wati.get(f"{RULES}{rule.pk}/").text, "draft")
    assert (form.values["order"], form.values["where"]) == ("7", "pier")

    answer = wati.post(form.action, form.values | {"where": "inn"}, follow=True)

    assert "It takes the place of a rule" in answer.text
    new = Route.objects.get(where="inn")
    assert (new.replaces, new.is_draft, new.team) == (rule, True, world.kitchen)


def test_a_desk_reads_and_changes_nothing(world: World) -> None:
    rule = drafted(world)
    bruna = seen_by("bruna")

    assert buttons_of(bruna.get(RULES).text) == set()
    assert buttons_of(bruna.get(f"{RULES}{rule.pk}/").text) == set()
    form = form_with(seen_by("wati").get(f"{RULES}{rule.pk}/").text, "force")
    assert bruna.post(form.action, form.values).status_code == 403


def test_a_guest_and_an_officer_have_no_such_page(world: World) -> None:
    rule = drafted(world)

    for who in ("eve", "marco"):
        assert seen_by(who).get(RULES).status_code == 403
        assert seen_by(who).get(f"{RULES}{rule.pk}/").status_code == 404


def test_half_an_hour_is_422_with_a_sentence(world: World) -> None:
    wati = seen_by("wati")
    form = form_with(wati.get(RULES).text, "draft")

    answer = wati.post(form.action, form.values | {"from_hour": "22:00"})

    assert answer.status_code == 422
    assert "Give both hours, or none." in answer.text


def test_put_in_force_twice_is_409(world: World) -> None:
    rule = drafted(world)
    wati = seen_by("wati")
    form = form_with(wati.get(f"{RULES}{rule.pk}/").text, "force")
    form_2 = form_with(wati.get(f"{RULES}{rule.pk}/").text, "force")
    wati.post(form.action, form.values)

    assert wati.post(form_2.action, form_2.values).status_code == 409


def test_it_reads_in_indonesian(world: World) -> None:
    drafted(world)

    assert "Ke mana permintaan disalurkan" in indonesian("wati").get(RULES).text
