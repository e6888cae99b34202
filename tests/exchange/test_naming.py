"""What the rows of a list are, in words."""

from titian.exchange.lists import LISTS
from titian.exchange.naming import NAMES, name_of
from titian.exchange.sheets import SHEETS


def test_every_list_in_and_out_has_a_name() -> None:
    assert set(NAMES) == {*SHEETS, *LISTS}


def test_a_list_of_another_house_keeps_its_code() -> None:
    assert name_of("parking") == "parking"
