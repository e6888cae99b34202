"""A table is the law, the buttons and the diagram."""

import pytest

from titian.kernel.machine import IllegalMove, Machine, Move

DOOR = Machine(
    Move("open", {"shut"}, "ajar", by="guest"),
    Move("close", {"ajar", "wide"}, "shut", by="host"),
)


def test_a_move_leads_on_from_its_sources_only() -> None:
    assert DOOR.after("wide", "close") == "shut"
    with pytest.raises(IllegalMove, match="cannot open what is ajar"):
        DOOR.after("ajar", "open")


def test_an_unknown_move_is_a_bug() -> None:
    with pytest.raises(KeyError):
        DOOR.after("shut", "burn")


def test_two_moves_do_not_share_a_name() -> None:
    with pytest.raises(ValueError, match="share"):
        Machine(Move("open", {"a"}, "b", by="x"), Move("open", {"b"}, "a", by="x"))


def test_the_diagram_is_drawn_from_the_table() -> None:
    assert DOOR.mermaid().splitlines() == [
        "stateDiagram-v2",
        "    shut --> ajar: open (guest)",
        "    ajar --> shut: close (host)",
        "    wide --> shut: close (host)",
    ]
