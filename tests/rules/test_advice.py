"""What answers a question: articles that apply, or nobody knows."""

from datetime import date

import pytest

from titian.rules.advice import Answer, Worded, answer
from titian.rules.matching import Facts, Reader, Rule

MAY = date(2027, 5, 1)
ARTICLES = (
    Worded(
        Rule(1, jurisdiction="Indonesia", subject="tobacco"),
        ("At most 200 cigarettes a person.", "Paling banyak 200 batang rokok."),
        ("cigarette", "tobacco", "rokok"),
    ),
    Worded(
        Rule(2, jurisdiction="Indonesia", subject="drone"),
        ("No drones within 15 km of a runway.", "Dilarang dalam 15 km dari landasan."),
        ("drone", "runway"),
    ),
    Worded(
        Rule(3, jurisdiction="Indonesia", subject="gifts", side="host"),
        ("An official reports a gift in 30 days.", "Pejabat melapor dalam 30 hari."),
        ("gift", "hadiah"),
    ),
    Worded(
        Rule(4, whose="theirs", audience="iso2:KR", subject="gifts", side="host"),
        ("No gift worth more than KRW 50,000.", "Hadiah paling banyak KRW 50.000."),
        ("gift", "hadiah"),
    ),
    Worded(
        Rule(5, jurisdiction="Jakarta", subject="traffic"),
        ("Odd and even plates.", "Ganjil-genap."),
        ("odd-even",),
    ),
)


def facts(iso2: str = "KR") -> Facts:
    places = frozenset({"Bali"})
    return Facts(iso2, "state", MAY, places=places, reader=Reader.OFFICER)


def cited(found: Answer) -> list[int]:
    return [one.number for one in found.cited]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many cigarettes may a guest bring?", [1]),
        ("Berapa batang rokok yang boleh dibawa?", [1]),
        ("May the Korean minister keep a gift?", [4, 3]),  # both sides, never one
        ("Must our governor report a gift?", [3]),
        ("May we bring a dog?", []),  # nobody wrote of it
        ("What is the fine for a drone?", []),  # an article, and not what is asked
        ("How many cigarettes may I take into Japan?", []),  # another country
        ("Is there an odd-even rule?", []),  # does not apply in these places
        ("", []),
    ],
)
def test_an_answer_is_articles_that_apply_or_nobody_knows(
    question: str, expected: list[int]
) -> None:
    assert cited(answer(question, ARTICLES, facts())) == expected


def test_of_a_state_whose_rule_is_not_here_nobody_knows() -> None:
    found = answer("May the French minister keep a gift?", ARTICLES, facts("FR"))

    assert not found.is_known


def test_of_the_hosts_own_duty_it_knows_even_so() -> None:
    found = answer("Must our governor report a gift?", ARTICLES, facts("FR"))

    assert cited(found) == [3]
