"""The design's page names only tokens and parts that the stylesheets have."""

import re
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parents[2]
STATIC = HERE / "src" / "titian" / "web" / "static" / "titian"
DESIGN = (HERE / "docs" / "design.md").read_text("utf-8")
STYLES = "\n".join(sheet.read_text("utf-8") for sheet in STATIC.glob("*.css"))


def test_every_part_the_design_names_is_in_a_stylesheet() -> None:
    named = set(re.findall(r"`\.([a-z][\w-]*)`", DESIGN))
    drawn = set(re.findall(r"\.([a-z][\w-]*)", STYLES))

    assert len(named) > 80
    assert sorted(named - drawn) == []


def test_the_design_names_every_token_and_none_that_is_gone() -> None:
    named = set(re.findall(r"`(--[\w-]+)`", DESIGN))
    declared = set(re.findall(r"(--[\w-]+):", STYLES))

    assert sorted(named) == sorted(declared)


def test_every_token_that_is_used_is_declared() -> None:
    used = set(re.findall(r"var\((--[\w-]+)", STYLES))

    assert sorted(used - set(re.findall(r"(--[\w-]+):", STYLES))) == []


def test_a_state_is_never_told_by_its_colour_alone() -> None:
    rows = re.findall(r"^\| (.+) \| (.+) \| .+ \| (.+) \| `\.st-", DESIGN, re.M)

    assert len(rows) == 6
    assert len({shape for _state, shape, _word in rows}) == 6
    assert len({word for _state, _shape, word in rows}) == 6


PAIRS = [
    ("ink", "surface", 7),
    ("ink-2", "surface", 4.5),
    ("ink-3", "surface", 4.5),
    ("ink-3", "nila-soft", 4.5),
    ("edge", "surface", 3),
    ("nila", "surface", 4.5),
    ("on-fill", "nila-fill", 4.5),
    ("daun", "surface", 4.5),
    ("kunyit", "kunyit-soft", 4.5),
    ("on-kunyit", "kunyit-fill", 4.5),
    ("cabai", "cabai-soft", 4.5),
    ("on-fill", "cabai-fill", 4.5),
    ("abu", "ground", 4.5),
    ("kunyit-fill", "cabai-fill", 2.5),  # the order stays when the hue is gone
]


@pytest.mark.parametrize(("over", "under", "least"), PAIRS)
def test_a_pair_keeps_its_contrast_in_light_and_in_dark(
    over: str, under: str, least: float
) -> None:
    for upper, lower in zip(luminances(over), luminances(under), strict=True):
        bright, dim = max(upper, lower), min(upper, lower)

        assert (bright + 0.05) / (dim + 0.05) >= least


def luminances(token: str) -> tuple[float, float]:
    """How bright a token is in light and in dark, as WCAG measures it."""
    value = re.search(rf"--{token}:\s*([^;]+);", STYLES)
    assert value
    found = re.findall(r"#([0-9a-f]{6})\b", value[1])
    return luminance(found[0]), luminance(found[-1])


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
