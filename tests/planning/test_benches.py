"""Every benchmark of the planning core starts, and says one object in JSON."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

HERE = Path(__file__).resolve().parents[2] / "benchmarks"
DOMAIN = """<negotiation_template><utility_space><objective index="0" name="any">
<issue index="1" name="hour" type="discrete" vtype="discrete">
<item index="1" value="nine"/><item index="2" value="ten"/></issue>
</objective></utility_space></negotiation_template>"""
PROFILE = """<utility_space><objective index="0" name="any">
<issue index="1" name="hour" type="discrete" vtype="discrete">
<item index="1" value="nine" evaluation="{nine}"/>
<item index="2" value="ten" evaluation="{ten}"/></issue>
<weight index="1" value="1.0"/></objective></utility_space>"""


def said(script: str, *words: str) -> list[dict[str, Any]]:
    """What it prints, a line an object; it finds no rule broken and no plan unlike."""
    asked = [sys.executable, str(HERE / f"{script}.py"), *words, "--json"]
    found = subprocess.run(asked, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in found.stdout.splitlines()]


@pytest.mark.slow
def test_a_day_of_guest_transport() -> None:
    words = "--requests=20", "--vehicles=12", "--seconds=0.1", "--cases=1"

    (found,) = said("guest_transport", *words, "--again=2")

    ours = found["solvers"]["titian"]
    assert (ours["rides_broken"], ours["other_rules_broken"]) == (0, 0)
    assert found["late_flight"]["violations"] == 0
    assert found["same"] == "2 of 2"


@pytest.mark.slow
def test_cover() -> None:
    (found,) = said("cover", "--officers=12", "--seconds=0.2", "--again=2")

    assert (found["violations"], found["same"]) == (0, "2 of 2")


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(
            ("--posts=4", "--officers=12", "--anew=1"), marks=pytest.mark.slow
        ),
        ("--module=trips", "--requests=40", "--vehicles=30"),
    ],
)
def test_a_repair(words: tuple[str, ...]) -> None:
    (found,) = said("repair", *words, "--cases=3", "--again=2")

    assert (found["violations"], found["same"]) == (0, "2 of 2")


@pytest.mark.slow
def test_rooms() -> None:
    words = "--size=g20", "--seconds=2", "--rounds=1", "--again=2"

    (found,) = said("rooms", *words)

    assert (found["broken"], found["repairs_broken"]) == ([], [])
    assert (found["bystanders_moved"], found["same"]) == (0, "2 of 2")


def test_a_delay() -> None:
    (found,) = said("ripple", "--items=400", "--delays=40", "--again=2")

    assert (found["equal"], found["same"]) == (True, "2 of 2")


def test_a_talk(tmp_path: Path) -> None:
    files = {
        "domain.xml": DOMAIN,
        "a.xml": PROFILE.format(nine=2, ten=1),
        "b.xml": PROFILE.format(nine=1, ten=2),
    }
    for name, words in files.items():
        (tmp_path / name).write_text(words)

    (found,) = said("bargain", *(str(tmp_path / name) for name in files), "--again=2")

    assert (found["front"], found["same"]) == ([[1.0, 0.5], [0.5, 1.0]], "2 of 2")
