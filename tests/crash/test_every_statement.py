"""Whatever is owed, its worker may die at any statement, and nothing is amiss."""

from collections.abc import Callable, Iterator

import pytest
from pytest_django.fixtures import Settings

from tests.channels.servers import Answer, Call, provider, says
from tests.crash.dying import Evening, every_kind
from tests.crash.evenings import EVENINGS
from tests.world import World


@pytest.fixture(autouse=True)
def outside(settings: Settings) -> Iterator[None]:
    """Who keeps a picture for us until we fetch it, and a machine that translates."""

    def answer(call: Call) -> Answer:
        if call.path == "/file":
            return 200, {}, b"\xff\xd8 rudder"
        if call.path.endswith("/completions"):
            return says(200, {"choices": [{"message": {"content": "Six boats"}}]})
        if call.path.endswith("/transcriptions"):
            return says(200, {"text": "Six boats"})
        return says(200, {"url": f"http://{call.headers['host']}/file"})

    with provider(answer) as one:
        settings.WHATSAPP = {**settings.WHATSAPP, "api": one.address, "token": "sesame"}
        settings.CONNECTOR = {
            "url": one.address,
            "kind": "openai",
            "key": "",
            "model": "x",
            "hears": "x",
        }
        yield


def test_no_kind_of_consequence_is_left_out() -> None:
    told = {kind for kinds in EVENINGS.values() for kind in kinds}

    assert every_kind() - told == set(), "let it come to be owed in an evening"
    assert told - every_kind() == set(), "nothing owes it any more"


@pytest.mark.crash
@pytest.mark.parametrize("story", EVENINGS, ids=lambda story: story.__name__)
def test_killed_at_any_statement_the_end_is_the_same(
    world: World, story: Callable[[Evening], None]
) -> None:
    evening = Evening(world, frozenset(EVENINGS[story]))

    story(evening)

    assert {kind: evening.lives[kind] > 0 for kind in evening.kinds} == dict.fromkeys(
        evening.kinds, True
    )
