"""Who may not see an agreement, and who may look but not act."""

from uuid import uuid4

import pytest
from django.test import Client

from tests.talks.paper import Paper, shown
from tests.web.leafing import line_page, page
from tests.web.pressing import seen_by
from tests.world import World
from titian.talks.models import Evidence


def test_what_is_not_theirs_to_do_is_403_with_a_sentence(
    world: World, paper: Paper
) -> None:
    shown(paper, "boats", world.bruna)
    address = f"{line_page(paper)}acceptance/"

    answer = seen_by("bruna").post(address, {"key": str(uuid4())})

    assert answer.status_code == 403
    assert "Only the side that is owed this line may accept it." in answer.text
    assert paper.line("boats").state == "delivered"


@pytest.mark.parametrize("who", ["eve", "petra"])
def test_what_they_may_not_see_is_404_by_every_address(
    world: World, paper: Paper, who: str
) -> None:
    client = seen_by(who)
    shown(paper, "boats", world.bruna)
    evidence = Evidence.objects.get()
    base = f"/agreements/{paper.agreement.pk}/"

    got = [client.get(base), client.get(line_page(paper))]
    got += [client.get(f"{line_page(paper)}evidence/{evidence.pk}/")]
    sent = [
        client.post(f"{line_page(paper)}{noun}/", {"key": str(uuid4()), "words": "x"})
        for noun in ("evidence", "acceptance", "dispute", "waiver")
    ]

    assert {answer.status_code for answer in (*got, *sent)} == {404}
    assert "There is no agreement here" in page(client, "/agreements/")


def test_a_line_that_is_not_there_is_404(world: World, paper: Paper) -> None:
    client = seen_by("bruna")

    answers = [
        client.get(line_page(paper, 9)),
        client.get("/agreements/99999/"),
        client.post(f"{line_page(paper, 9)}acceptance/", {"key": str(uuid4())}),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_nobody_who_is_not_signed_in_sees_anything(paper: Paper) -> None:
    answer = Client().get(line_page(paper))

    assert (answer.status_code, answer["location"].startswith("/sign-in/")) == (
        302,
        True,
    )


def test_an_act_is_not_a_page(world: World, paper: Paper) -> None:
    answer = seen_by("bruna").get(f"{line_page(paper)}acceptance/")

    assert answer.status_code == 405


def test_what_would_fail_is_for_the_house_alone(
    world: World, paper: Paper, olav: Client
) -> None:
    sight = [
        "Without it 1 nobody rows" in page(client, line_page(paper))
        for client in (seen_by("bruna"), seen_by("marco"), olav)
    ]

    assert sight == [True, True, False]
