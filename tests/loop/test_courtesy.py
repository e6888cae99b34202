"""How it is said: a "no" in both tones and languages, to whom by rank."""

from itertools import product
from typing import Any

import pytest

from tests.loop.stories import in_hand
from tests.web.pressing import seen_by
from tests.world import HOUR, NOON, World
from titian.briefing.wording import Wording, whole
from titian.kernel.policy import Forbidden
from titian.loop.commands import asks
from titian.loop.courtesy import LANGUAGES, Refusal, Tone, address_of, refusal
from titian.people.models import Delegation, Person

WHY, INSTEAD = "The pier is closed", "A boat at pier B"
NO = Refusal(WHY, INSTEAD, NOON + HOUR)
WORDS = {
    ("formal", "en"): ["Dear", "Thank you", "not possible", "by 13:00", "tell us"],
    ("brief", "en"): ["Thank you", "Not possible", "by 13:00"],
    ("formal", "id"): ["Yth.", "Terima kasih", "tidak dapat", "13.00", "memberi tahu"],
    ("brief", "id"): ["Terima kasih", "Tidak dapat", "13.00"],
}


@pytest.mark.parametrize(("tone", "language"), list(product(Tone, LANGUAGES)))
def test_a_no_has_its_four_parts_in_their_order(
    world: World, tone: str, language: str
) -> None:
    said = refusal(NO, in_hand(world), tone=tone, language=language, at=NOON)

    parts = [*WORDS[str(tone), language], WHY, INSTEAD]
    assert [part for part in parts if part not in said] == []
    assert said.index("Te" if language == "id" else "Tha") < said.index(WHY)
    assert said.index(WHY) < said.index(INSTEAD)


@pytest.mark.parametrize(("tone", "language"), list(product(Tone, LANGUAGES)))
def test_without_an_hour_none_is_made_up(
    world: World, tone: str, language: str
) -> None:
    no = Refusal(WHY, INSTEAD)
    said = refusal(no, in_hand(world), tone=tone, language=language, at=NOON)

    assert not any(digit in said for digit in "0123456789")


@pytest.mark.parametrize(
    ("level", "english", "indonesian"),
    [
        ("head_of_state", "Your Excellency", "Yang Mulia"),
        ("head_of_government", "Your Excellency", "Yang Mulia"),
        ("minister", "Your Excellency", "Yang Mulia"),
        ("io_head", "Your Excellency", "Yang Mulia"),
        ("other_guest", "Dear", "Yth."),
    ],
)
def test_who_leads_is_addressed_by_rank_and_the_others_by_name(
    world: World, level: str, english: str, indonesian: str
) -> None:
    ingrid = Person.objects.get(pk=world.ingrid.person_id or 0)
    Delegation.objects.filter(pk=world.arunika.pk).update(level=level, head=ingrid)
    side = Delegation.objects.get(pk=world.arunika.pk)

    assert address_of(ingrid, side, "en") == f"{english} {ingrid.display}"
    assert address_of(ingrid, side, "id") == f"{indonesian} {ingrid.display}"
    side.head = None
    assert address_of(ingrid, side, "en") == f"Dear {ingrid.display}"


@pytest.mark.parametrize("tone", list(Tone))
def test_the_guest_reads_the_very_words_that_were_sent(world: World, tone: str) -> None:
    ask = asks.refuse(
        in_hand(world).pk, WHY, INSTEAD, tone=tone, actor=world.bruna, at=NOON
    )

    page = seen_by("marco").get("/g/ingrid/").text
    assert ask.state == "answered"
    assert f'<p class="lg">{ask.answer_words}</p>' in page


@pytest.mark.parametrize(("why", "instead"), [(" ", INSTEAD), (WHY, " ")])
def test_no_reason_or_nothing_instead_is_no_answer(
    world: World, why: str, instead: str
) -> None:
    with pytest.raises(asks.Empty):
        asks.refuse(in_hand(world).pk, why, instead, actor=world.bruna, at=NOON)


@pytest.mark.parametrize("given", [{"tone": "rude"}, {"language": "fr"}])
def test_another_tone_or_language_is_refused(
    world: World, given: dict[str, Any]
) -> None:
    ask = in_hand(world)
    with pytest.raises(asks.Unknown):
        asks.refuse(ask.pk, WHY, INSTEAD, actor=world.bruna, at=NOON, **given)


def test_only_the_team_says_no(world: World) -> None:
    with pytest.raises(Forbidden):
        asks.refuse(in_hand(world).pk, WHY, INSTEAD, actor=world.marco, at=NOON)


def test_every_notice_has_both_tones_in_both_languages() -> None:
    made = whole(
        Wording(
            title_en="Pier A",
            title_id="Dermaga A",
            new_en="closed",
            new_id="ditutup",
            reason_en="the tide",
            reason_id="pasang",
        )
    )

    texts = {
        f"{tone}_{language}": getattr(made, f"{tone}_{language}")
        for tone, language in product(Tone, LANGUAGES)
    }
    assert len(set(texts.values())) == 4
    assert all("Dermaga" in texts[f"{tone}_id"] for tone in Tone)
    assert all("Pier" in texts[f"{tone}_en"] for tone in Tone)
