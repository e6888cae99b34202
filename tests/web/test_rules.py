"""The rules on the desk: who reads which, what answers, who keeps them."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.web.pressing import form_with, seen_by
from tests.world import NOON, World
from titian.loop.models import Ask
from titian.rules.models import Advice, Article, Permit

pytestmark = pytest.mark.django_db


@pytest.fixture
def base(world: World) -> dict[str, Article]:
    gifts = {"subject": "gifts", "side": "host", "words": "gift", "authority": "Act 7"}
    return {
        "ours": Article.objects.create(
            topic="report", text_en="We report gifts.", stance="reports", **gifts
        ),
        "theirs": Article.objects.create(
            topic="keep",
            text_en="They keep ten shells.",
            stance="limits",
            whose="theirs",
            audience="party:ARN",
            valid_from=date(2020, 1, 1),
            **gifts,
        ),
        "others": Article.objects.create(
            topic="other", text_en="Selaya keeps none.", audience="party:SLY", **gifts
        ),
    }


def page(who: str, path: str, status: int = 200) -> str:
    answer = seen_by(who).get(path)
    assert answer.status_code == status
    return answer.content.decode()


def test_an_officer_reads_what_applies_and_a_coordinator_all(
    world: World, base: dict[str, Article]
) -> None:
    hers, all_of_them = page("marco", "/rules/"), page("wati", "/rules/")

    assert "They keep ten shells." in hers
    assert "Selaya keeps none." not in hers
    assert "Selaya keeps none." in all_of_them
    page("marco", f"/rules/{base['others'].pk}/", 404)
    page("eve", "/rules/", 403)


def test_no_sentence_of_an_answer_stands_without_its_article(
    world: World, base: dict[str, Article]
) -> None:
    client = seen_by("marco")
    form = form_with(client.get("/rules/").content.decode(), "ask-rules")
    asked = form.values | {"question": "May she keep a gift?"}

    answer = client.post(form.action, asked, follow=True).content.decode()

    lines = re.findall(r'<li class="answering">.*?</li>', answer, re.S)
    cited = set(Advice.objects.get().cited.values_list("pk", flat=True))
    assert len(lines) == len(cited) == 2
    for line in lines:
        (article,) = re.findall(r'href="/rules/(\d+)/"', line)
        assert int(article) in cited
        assert "<cite>Act 7</cite>" in line
    main = answer[answer.index("<main") :]
    assert main.count("<p>") == len(lines)


def test_what_no_article_says_is_not_known_and_a_team_is_asked(
    world: World, base: dict[str, Article]
) -> None:
    client = seen_by("marco")
    form = form_with(client.get("/rules/").content.decode(), "ask-rules")
    asked = form.values | {"question": "May we bring a dog?"}

    answer = client.post(form.action, asked, follow=True).content.decode()

    ask = Ask.objects.get()
    assert "I do not know." in answer
    assert f"Liaison office has been asked, as request {ask.code}." in answer
    assert 'class="answering"' not in answer


def test_what_does_not_agree_stands_on_the_relationship(
    world: World, base: dict[str, Article]
) -> None:
    seen = page("marco", f"/delegations/{world.arunika.pk}/relationship/")

    assert "One has it reported, the other does not." in seen
    assert "Nobody has decided between them." in seen
    assert "Selaya keeps none." not in seen


def test_a_coordinator_retires_a_rule_and_an_officer_has_no_such_button(
    world: World, base: dict[str, Article]
) -> None:
    path = f"/rules/{base['theirs'].pk}/"
    client = seen_by("wati")
    form = form_with(client.get(path).content.decode(), "retire")

    answer = client.post(form.action, form.values | {"last-day": "2027-04-30"})

    base["theirs"].refresh_from_db()
    assert answer.status_code == 302
    assert base["theirs"].valid_to == date(2027, 4, 30)
    assert "Keep it" not in page("marco", f"/rules/{base['ours'].pk}/")


def test_an_officer_declares_on_her_guests_word_and_a_stranger_sees_none(
    world: World,
) -> None:
    client = seen_by("marco")
    button = f"declare-{world.arunika.pk}"
    form = form_with(client.get("/permits/").content.decode(), button)

    answer = client.post(
        form.action,
        form.values | {"kind": "drone", "how_many": "1", "needed_on": "2027-05-02"},
        follow=True,
    )

    assert "1 × drone" in answer.content.decode()
    assert "1 × drone" not in page("bruna", "/permits/")
    page("eve", "/permits/", 403)


def test_a_guest_declares_leaves_at_home_and_sees_only_her_own(world: World) -> None:
    ours, theirs = Client(), Client()
    form = form_with(ours.get("/g/ingrid/").content.decode(), "declare")

    ours.post(form.action, form.values | {"kind": "radio", "how_many": "3"})

    permit = Permit.objects.get()
    seen = ours.get("/g/ingrid/").content.decode()
    assert (permit.delegation, permit.how_many) == (world.arunika, 3)
    assert f"leave-{permit.pk}" in seen
    assert f"leave-{permit.pk}" not in theirs.get("/g/eve/").content.decode()
    strange = theirs.post(f"/g/eve/permits/{permit.pk}/leaving/", form.values)
    assert strange.status_code == 404

    left = form_with(seen, f"leave-{permit.pk}")
    ours.post(left.action, left.values)

    permit.refresh_from_db()
    assert permit.state == Permit.State.WITHDRAWN


@pytest.mark.parametrize(
    ("state", "asks"), [("applied", True), ("granted", False), ("refused", False)]
)
def test_the_number_is_asked_for_only_where_a_button_keeps_it(
    world: World, state: str, asks: bool
) -> None:
    Permit.objects.create(
        event=world.event,
        delegation=world.arunika,
        kind="drone",
        desk=world.boats,
        state=state,
        needed_on=NOON.date(),
        declared_at=NOON,
    )

    assert ('name="number"' in page("bruna", "/permits/")) is asks


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("path", ["/permits/", "/rules/"])
def test_a_longer_list_costs_no_more_queries(
    world: World, path: str, count: int
) -> None:
    for number in range(count):
        article = Article.objects.create(topic=f"r{number}", text_en="Rule.")
        Permit.objects.create(
            event=world.event,
            delegation=world.arunika,
            kind="drone",
            desk=world.boats,
            article=article,
            needed_on=NOON.date(),
            declared_at=NOON,
        )
    client = seen_by("wati")
    client.get(path)

    with CaptureQueriesContext(connection) as asked:
        client.get(path)

    assert len(asked) == {"/permits/": 18, "/rules/": 15}[path]
