"""What the words of a title say, and which form they mean together: typed from three vocabulary tables."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

Table = Iterable[Mapping[str, str | None]]

DIMENSIONS = ("stage", "subject", "flow", "fund", "kind", "classification", "shape", "beside", "level")
"""What a form is told by; a word says something of one or several of them."""
IMPLIED_FUND = "implied_fund"
"""The source of money that a kind of spending is from by its definition, where a title names none."""
_ANYTHING = "*"


class Saying(NamedTuple):
    """One thing that a word says: a value of a dimension, that a text is prose, or nothing."""

    says: str  # one of DIMENSIONS, implied_fund, prose, nothing
    value: str


class FormMeaning(NamedTuple):
    """Which values a form's title has in each dimension; None is any."""

    form_key: str
    allowed: tuple[frozenset[frozenset[str]] | None, ...]  # in the order of DIMENSIONS
    certainty: float  # 0 to 1

    def fits(self, said: Sequence[frozenset[str]]) -> bool:
        """Whether what a title's words say, in the order of DIMENSIONS, is what this form's titles say."""
        return all(
            values is None or value in values for value, values in zip(said, self.allowed, strict=True)
        )


@dataclass(frozen=True, slots=True, eq=False)
class TitleVocabulary:
    """Words of titles, the forms they mean, and whole titles that words do not tell right.

    Compared and hashed by identity, so that readings can be remembered.
    """

    words: dict[str, tuple[Saying, ...]]
    holders: dict[str, str]  # how names end: organ (…局), region (…县), government (…县人民政府)
    meanings: tuple[FormMeaning, ...]
    overrides: tuple[tuple[re.Pattern[str], str], ...]
    regions: frozenset[str]
    lengths: dict[str, tuple[int, ...]]  # of the words, by their first character
    shapes: re.Pattern[str]  # the words for a table, one of which a title has
    damaged: dict[str, str]  # words without their first character, as converters lose it


def title_vocabulary(
    words: Table, meanings: Table, overrides: Table, regions: Iterable[str]
) -> TitleVocabulary:
    """Type the tables ``title_words``, ``form_meanings`` and ``form_titles``.

    Raises:
        ValueError: for a word that says something of no dimension.
    """
    sayings: defaultdict[str, list[Saying]] = defaultdict(list)
    holders: dict[str, str] = {}
    for row in words:
        word, says, value = row["word"] or "", row["says"] or "", row["value"] or ""
        if says == "holder":
            holders[word] = value
        elif says in (*DIMENSIONS, IMPLIED_FUND, "prose", "nothing"):
            sayings[word].append(Saying(says, value))
        else:
            raise ValueError(f"title_words.csv: {word!r} says {says!r}, which is no dimension")
    known = {word: tuple(said) for word, said in sayings.items()}
    return TitleVocabulary(
        words=known,
        holders=holders,
        meanings=tuple(_meaning(row) for row in meanings),
        overrides=tuple((re.compile(row["title_pattern"] or ""), row["form_key"] or "") for row in overrides),
        regions=frozenset(regions),
        lengths=_lengths(known),
        shapes=re.compile("|".join(word for word, said in known.items() if _says(said, "shape")) or "(?!)"),
        damaged=_damaged(known),
    )


def _says(sayings: Iterable[Saying], dimension: str) -> bool:
    return any(saying.says == dimension for saying in sayings)


def _lengths(words: Iterable[str]) -> dict[str, tuple[int, ...]]:
    lengths: defaultdict[str, set[int]] = defaultdict(set)
    for word in words:
        lengths[word[0]].add(len(word))
    return {first: tuple(sorted(found)) for first, found in lengths.items()}


def _meaning(row: Mapping[str, str | None]) -> FormMeaning:
    allowed = tuple(_allowed(row[dimension] or "") for dimension in DIMENSIONS)
    return FormMeaning(row["form_key"] or "", allowed, float(row["certainty"] or 1))


def _allowed(cell: str) -> frozenset[frozenset[str]] | None:
    """``a|b+c|`` is: a alone, or b with c, or nothing; ``*`` is anything."""
    if cell == _ANYTHING:
        return None
    return frozenset(frozenset(filter(None, choice.split("+"))) for choice in cell.split("|"))


def _damaged(words: Mapping[str, tuple[Saying, ...]]) -> dict[str, str]:
    """Words by what is left of them without the first character, where that tells one meaning."""
    rests: defaultdict[str, list[str]] = defaultdict(list)
    for word, sayings in words.items():
        if not {"prose", "nothing", "shape"} & {saying.says for saying in sayings}:
            rests[word[1:]].append(word)
    return {
        rest: whole[0]
        for rest, whole in rests.items()
        if rest and rest not in words and len({words[word] for word in whole}) == 1
    }
