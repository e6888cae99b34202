"""The pages of talking cards: drafted by an officer, approved by who is named."""

from tests.talks.table import drafted
from tests.web.pressing import buttons_of, form_with, seen_by
from tests.world import World
from titian.talks.models.card import TalkingCard


def test_an_officer_drafts_and_who_is_named_approves(world: World) -> None:
    marco = seen_by("marco")
    form = form_with(marco.get("/meetings/cards/new/").text, "draft-card")
    said = {
        "title": "On oars",
        "delegation": world.arunika.pk,
        "shared": "We share the pier.\nWe share the boats.",
        "approver": world.wati.person_id,
    }
    marco.post("/meetings/cards/new/", form.values | said)
    card = TalkingCard.objects.get()

    page = f"/meetings/cards/{card.pk}/"
    wati = seen_by("wati")
    form = form_with(wati.get(page).text, "approve-card")
    wati.post(form.action, form.values)

    assert "We share the boats." in marco.get(page).text
    assert TalkingCard.objects.get().state == "approved"


def test_an_approved_card_written_anew_waits_again(world: World) -> None:
    card, marco = drafted(world), seen_by("marco")
    page = f"/meetings/cards/{card.pk}/"
    form = form_with(marco.get(page).text, "revise-card")
    wordless = marco.post(page, form.values | {"title": ""})
    said = {"shared": "Six oars.", "approver": world.wati.person_id, "title": "Oars"}
    marco.post(page, form.values | said)

    form = form_with(marco.get(page).text, "withdraw-card")
    marco.post(form.action, form.values)

    assert (wordless.status_code, TalkingCard.objects.get().version) == (422, 2)
    assert buttons_of(marco.get(page).text) == set()


def test_a_long_point_is_a_sentence_and_no_card(world: World) -> None:
    marco = seen_by("marco")
    form = form_with(marco.get("/meetings/cards/new/").text, "draft-card")
    said = {
        "title": "On oars",
        "delegation": world.arunika.pk,
        "shared": "oar " * 30,
        "approver": world.wati.person_id,
    }

    answer = marco.post("/meetings/cards/new/", form.values | said)

    assert (answer.status_code, "25" in answer.text) == (422, True)


def test_a_card_is_nobody_elses(world: World) -> None:
    card = drafted(world)

    assert seen_by("bruna").get(f"/meetings/cards/{card.pk}/").status_code == 404
    assert seen_by("bruna").get("/meetings/cards/").status_code == 200
