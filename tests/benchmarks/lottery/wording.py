"""Words on paper: each concept has several wordings, and some that hardly any reader has in its tables."""

from __future__ import annotations

import random
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from tests.benchmarks.lottery.codes import rows

RARE_WORDS = 2  # at most so many concepts of a form get a rare word


class Words(NamedTuple):
    """The wordings of a concept: those in use, and those hardly ever seen."""

    usual: tuple[str, ...]
    rare: tuple[str, ...]


@cache
def words(table: str) -> dict[str, Words]:
    """Wordings by concept."""
    gathered: dict[str, Words] = {}
    for row in rows(table):
        usual, rare = gathered.get(row["concept"], Words((), ()))
        if row["is_rare"] == "yes":
            rare = (*rare, row["wording"])
        else:
            usual = (*usual, row["wording"])
        gathered[row["concept"]] = Words(usual, rare)
    return gathered


class Wording:
    """The words of one form: a concept is worded alike wherever it stands in it."""

    def __init__(self, chance: random.Random, year: int, last_year: int, table: str = "words.csv") -> None:
        self._chance = chance
        self._years = {"{y}": str(year), "{l}": str(last_year)}
        self._words = words(table)
        self._said: dict[str, str] = {}
        self.has_rare = False

    def make_rare(self, concepts: Iterable[str]) -> None:
        """Give one or two of the concepts a word that is hardly ever seen."""
        able = sorted(
            {concept for concept in concepts if concept in self._words and self._words[concept].rare}
        )
        for concept in self._chance.sample(able, min(len(able), self._chance.randint(1, RARE_WORDS))):
            self._said[concept] = self._filled(self._chance.choice(self._words[concept].rare))
            self.has_rare = True

    def say(self, concept: str) -> str:
        """A concept's wording; what is no concept stands for itself, without the ``=`` that may mark it."""
        if concept not in self._said:
            known = self._words.get(concept)
            self._said[concept] = (
                self._filled(self._chance.choice(known.usual)) if known else concept.lstrip("=")
            )
        return self._said[concept]

    def _filled(self, wording: str) -> str:
        for place, year in self._years.items():
            wording = wording.replace(place, year)
        return wording
