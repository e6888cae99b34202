"""Who may serve whom, and how well: what never changes while planning."""

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from titian.planning.cover.board import Board
from titian.planning.cover.kernel.arrays import (
    CALLS,
    CLEARANCE,
    DECLINED,
    LANGUAGE,
    UNFIT,
    Cast,
    Ints,
    Limits,
    Ranks,
)
from titian.planning.cover.model import Post, cefr_rank


class Casting:
    """For each post who is fit and what it costs; posts that ask the same share it.

    Fit is who keeps the lasting rules: speaks well enough, is cleared and willing.
    O(posts + groups · officers), of whole arrays. ``among`` are all the posts of a
    problem of which the board knows some: whom many could have is worth the same.
    """

    def __init__(self, board: Board, among: Sequence[Post] = ()) -> None:
        self._board = board
        self._spoken: dict[tuple[tuple[str, str], ...], Ranks] = {}
        self._cleared = np.array([o.clearance for o in board.officers], np.int64)
        refused = self._refused()
        groups: dict[object, int] = {}
        ranks: list[Ranks] = []
        self._told: list[Ints] = []
        kinds: dict[str, int] = {}
        self._among = among or board.posts
        for post in self._among:
            asked = post.wanted, post.level, tuple(refused.get(post.key, ()))
            if asked not in groups:
                groups[asked] = len(groups)
                self._told.append(self._lasting(post, refused.get(post.key, [])))
                ranks.append(self._ranks(post, self._told[-1]))
            kinds[post.key] = groups[asked]
        self.group = [kinds[post.key] for post in board.posts]
        self._shares = Counter(kinds.values())
        self._fit = [np.flatnonzero(row != UNFIT) for row in ranks]
        self.cast = self._cast(
            np.array(ranks, np.int8).reshape(len(ranks), len(board.officers))
        )

    def _refused(self) -> dict[str, list[int]]:
        """For each post, the officers who declined it."""
        refused: dict[str, list[int]] = {}
        for number, officer in enumerate(self._board.officers):
            for key in officer.declined:
                refused.setdefault(key, []).append(number)
        return refused

    def _lasting(self, post: Post, refused: list[int]) -> Ints:
        """The lasting rules that rule each officer out, as bits."""
        if post.wanted not in self._spoken:
            self._spoken[post.wanted] = self._speakers(post.wanted)
        told = np.where(self._spoken[post.wanted] == UNFIT, LANGUAGE, 0)
        told |= np.where(self._cleared > post.level, CLEARANCE, 0)
        told[refused] |= DECLINED
        return told.astype(np.int64)

    def _ranks(self, post: Post, told: Ints) -> Ranks:
        ranks = np.where(told, UNFIT, self._spoken[post.wanted])
        return ranks.astype(np.int8)

    @cached_property
    def _levels(self) -> dict[str, Ranks]:
        """For each language wanted anywhere, how well each officer speaks it."""
        codes = {code for post in self._among for code, _least in post.wanted}
        return {
            code: np.array(
                [cefr_rank(o.languages.get(code, "")) for o in self._board.officers],
                np.int8,
            )
            for code in sorted(codes)
        }

    def _speakers(self, wanted: tuple[tuple[str, str], ...]) -> Ranks:
        """How well each speaks the best of the wanted languages; 0 if none is."""
        crew = len(self._board.officers)
        found = np.full(crew, UNFIT if wanted else 0, np.int8)
        for code, least in wanted:
            spoken = self._levels[code]
            enough = np.where(spoken >= cefr_rank(least), spoken, UNFIT)
            found = np.maximum(found, enough.astype(np.int8))
        return found

    def _cast(self, ranks: Ranks) -> Cast:
        board = self._board
        posts, officers = len(self._among), board.officers
        serves = np.zeros(len(officers), np.int64)
        for group, share in self._shares.items():
            serves[self._fit[group]] += share
        return Cast(
            _limits(board),
            ranks,
            12.0 * serves / max(1, posts),
            np.array([one.travel_minutes / 60 for one in officers], np.float64),
            board.wanted(),
        )

    def fit(self, post: int) -> Ints:
        """Who may serve the post, as far as the lasting rules go; in order."""
        return self._fit[self.group[post]]

    def lasting(self, post: int) -> Ints:
        """For each officer, the lasting rules that rule them out, as bits; a copy."""
        return self._told[self.group[post]].copy()

    def may(self, post: int, officer: int) -> bool:
        """Whether the officer may serve the post; nobody may not."""
        rank = self.cast.rank[self.group[post]]
        return 0 <= officer < rank.size and int(rank[officer]) != UNFIT

    def rank(self, post: int, officer: int) -> int:
        """How well the officer speaks with the post; 0 who may not serve it."""
        return max(0, int(self.cast.rank[self.group[post], officer]))

    def merit(self, post: int, officer: int) -> float:
        """What it costs to spend the officer here: who serves many is kept for them."""
        if not self.may(post, officer):
            return 0.0
        return float(
            self.cast.spent[officer]
            - 0.5 * self.rank(post, officer)
            + self.cast.way[officer]
        )

    def akin(self, post: int) -> list[int]:
        """Other posts that somebody fit for this one could serve as well."""
        rank = self.cast.rank
        share = (rank[:, self.fit(post)] != UNFIT).any(axis=1)
        return [n for n, g in enumerate(self.group) if n != post and share[g]]


def _limits(board: Board) -> Limits:
    rules, hour = board.rules, board.grid.hour
    return Limits(
        hour,
        rules.attached_limit * hour,
        rules.attached_window * hour,
        rules.rest * hour,
        rules.rest_window * hour,
        rules.day_off * hour,
        rules.day_off_window * hour,
        min(rules.on_call_limit, CALLS),
        rules.shortest * hour,
    )
