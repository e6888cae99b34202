"""Which articles answer a question; pure.

An answer holds articles and nothing else: there is no sentence in it that no article
says. Where none fits it is ``None`` of them, and people are asked.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from titian.rules.matching import THEIRS, Facts, Rule, applied
from titian.rules.vocabulary import (
    ASPECTS,
    NAMES,
    OUR_SIDE,
    PLACED,
    PLAIN,
    SMALL,
    folded,
    stands_in,
    stem,
    tokens,
)

AT_MOST = 4
NEAR = 0.62
"""An article is cited beside the best one from this share of its score on."""
COVERED = 0.4
"""How much of what is asked an article must speak of, unless several words together ask
for it."""


@dataclass(frozen=True, slots=True)
class Worded:
    """An article as a question meets it: the rule, its texts, how people ask for it."""

    rule: Rule
    texts: tuple[str, ...]
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cited:
    """An article that answers, and whether it has ceased to hold."""

    number: int
    is_out_of_date: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The articles that answer, the best one first; none is "I do not know"."""

    cited: tuple[Cited, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether anything answers."""
        return bool(self.cited)


UNKNOWN = Answer()


@dataclass(frozen=True, slots=True)
class _Found:
    text: Worded
    score: float
    phrases: frozenset[str]
    is_out_of_date: bool


def answer(question: str, articles: Sequence[Worded], facts: Facts) -> Answer:
    """The articles that answer ``question`` for whom ``facts`` describe.

    Parameters
    ----------
    question
        As it was asked, in English or Indonesian.
    articles
        ``n`` articles of both sides.
    facts
        Who asks for whom, where and on which day.

    Returns
    -------
    Answer
        At most four articles that apply, or none: no article is asked for by such
        words, or it does not speak of what is asked (a fine, a price, an hour), or the
        question is about another country.

    Notes
    -----
    Words are weighed by how few articles are asked for with them (inverse document
    frequency; Spärck Jones 1972). O(n · words).
    """
    heard = folded(question)
    asked = _content(heard, facts)
    rarity = _rarity(articles)
    found = [
        one
        for text, is_over in _applying(articles, facts, heard)
        if (one := _weighed(text, heard, asked, rarity, is_over))
    ]
    if not found:
        return UNKNOWN
    chosen = _chosen(sorted(found, key=lambda one: (-one.score, one.text.rule.number)))
    of_sides = _of_the_sides(chosen, articles, question)
    return Answer(tuple(Cited(o.text.rule.number, o.is_out_of_date) for o in of_sides))


def _applying(
    articles: Sequence[Worded], facts: Facts, heard: str
) -> list[tuple[Worded, bool]]:
    """Those that apply; of a rule that has ended only where no other takes over.

    A question of how it is in the guests' own country is one of their side's rules.
    """
    placed = _placed(heard, facts)
    if placed - {facts.iso2}:
        return []
    by_number = {text.rule.number: text for text in articles}
    rules = applied((text.rule for text in articles), facts)
    held = {one.rule.subject for one in rules if not one.is_out_of_date}
    return [
        (by_number[one.rule.number], one.is_out_of_date)
        for one in rules
        if (not one.is_out_of_date or one.rule.subject not in held)
        and (not placed or one.rule.whose == THEIRS)
    ]


def _placed(heard: str, facts: Facts) -> set[str]:
    """The countries other than the hosts' in which it asks how things are."""
    here = facts.country.casefold()
    return {
        iso2
        for iso2, names in NAMES.items()
        if here not in names
        and any(re.search(rf"\b{PLACED} (?:the )?{one}\b", heard) for one in names)
    }


def _content(heard: str, facts: Facts) -> list[str]:
    """The words that say about what it is."""
    names = {
        word for group in NAMES.values() for name in group for word in name.split()
    }
    here = {word for place in facts.places for word in tokens(folded(place))}
    idle = SMALL | PLAIN | names | here
    return [w for w in tokens(heard) if w not in idle and not w[0].isdigit()]


def _rarity(articles: Iterable[Worded]) -> dict[str, float]:
    """How much a phrase weighs: the fewer articles it asks for, the more."""
    articles = list(articles)
    counts = Counter(word for text in articles for word in set(text.words))
    return {word: log(1 + len(articles) / n) for word, n in counts.items()}


def _weighed(
    text: Worded,
    heard: str,
    asked: Sequence[str],
    rarity: Mapping[str, float],
    is_out_of_date: bool,
) -> _Found | None:
    """The article with its weight; ``None`` where it does not answer."""
    phrases = frozenset(word for word in text.words if stands_in(word, heard))
    if not phrases or not _speaks_of_the_aspect(text, heard):
        return None
    spoken = {stem(word) for each in text.texts for word in tokens(folded(each))}
    in_phrases = {stem(w) for phrase in phrases for w in tokens(folded(phrase))}
    met = [word for word in asked if _is_met(word, spoken, in_phrases)]
    is_plain = any(" " in phrase for phrase in phrases)
    if asked and not is_plain and len(met) / len(asked) < COVERED:
        return None
    weight = sum(rarity[word] * (1.5 if " " in word else 1) for word in phrases)
    if _is_made_for_them(text.rule):
        weight += 1
    return _Found(text, weight + 0.5 * len(met), phrases, is_out_of_date)


def _is_made_for_them(rule: Rule) -> bool:
    """Whether it is for some only: it applies, so they are among them."""
    return any(not one.startswith("-") for one in rule.audience.split())


def _is_met(word: str, spoken: set[str], in_phrases: set[str]) -> bool:
    """Whether the article speaks of it, or it is of a phrase it is asked for with."""
    if stem(word) in spoken:
        return True
    return any(
        stem(word).startswith(one) or (len(one) > 3 and one in word)
        for one in in_phrases
    )


def _speaks_of_the_aspect(text: Worded, heard: str) -> bool:
    said = folded(" ".join(text.texts))
    return all(
        re.search(answers, said) for asks, answers in ASPECTS if re.search(asks, heard)
    )


def _chosen(found: Sequence[_Found]) -> list[_Found]:
    """The best, those near to it, and the nearest of the other side on the subject."""
    best = found[0]
    subject = best.text.rule.subject
    return [
        one
        for one in found
        if one.score >= NEAR * best.score
        or (
            subject
            and one.text.rule.subject == subject
            and one.text.rule.whose != best.text.rule.whose
            and one.phrases & best.phrases
        )
    ][:AT_MOST]


def _of_the_sides(
    found: list[_Found], articles: Iterable[Worded], question: str
) -> list[_Found]:
    """Both sides' articles; none where the guests' own rule is asked for and not here.

    Where other states have a rule of their own on the matter and this one's is not
    kept here, only a question about the hosts' side is answered.
    """
    if any(one.text.rule.whose == THEIRS for one in found):
        return found
    subjects = {a.rule.subject for a in articles if a.rule.whose == THEIRS}
    if not any(one.text.rule.subject in subjects for one in found):
        return found
    return found if OUR_SIDE.search(folded(question)) else []
