"""Which rows of the vocabulary match what is read: look-ups that remember what they found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from extract.caption_patterns import Captions
from extract.form_evidence import FormEvidence, Seen, Weighed
from extract.forms.row_words import row_of_words
from extract.header_words import HeaderWords
from extract.title_vocabulary import FormMeaning
from extract.vocabulary import Vocabulary, load_vocabulary
from tests.benchmarks.families.tables import rows_of

Row = tuple[str, ...]
"""A table and what names a row of it."""


@dataclass
class Fired:
    """The rows that matched, and what was weighed for which form."""

    rows: set[Row] = field(default_factory=set)
    weighed: set[Row] = field(default_factory=set)  # of form_evidence, until the form is decided

    def note_labels(self, labels: Iterable[str], words: Mapping[str, str]) -> None:
        """Note the words without which a row's label would mean something else.

        Args:
            labels: folded labels of rows, numbering off.
            words: ``row_words.csv``.
        """
        known = {label: meaning for label in set(labels) if (meaning := row_of_words(label, words))}
        for word in words:
            rest = {each: says for each, says in words.items() if each != word}
            if any(word in label and row_of_words(label, rest) != known[label] for label in known):
                self.rows.add(("row_words", word))

    def note_levels(self, texts: Iterable[str], names: Iterable[str]) -> None:
        """Note the names of levels of indicators that stand in one of the texts."""
        whole = "\n".join(texts)
        self.rows.update(("indicator_levels", name) for name in names if name in whole)

    def note_forms(self, form_keys: Iterable[str | None]) -> None:
        """Of what was weighed, keep what spoke of forms that are there."""
        keys = set(form_keys)
        self.rows.update(row for row in self.weighed if row[1] in keys)


class _Noted(dict[Any, Any]):
    """A table whose rows are noted when they are looked up and found."""

    def __init__(self, table: str, rows: Mapping[Any, Any], fired: Fired) -> None:
        super().__init__(rows)
        self._table, self._fired = table, fired

    def __getitem__(self, key: Any) -> Any:
        found = super().__getitem__(key)
        self._note(key)
        return found

    def get(self, key: Any, default: Any = None) -> Any:
        if key in self:
            self._note(key)
        return super().get(key, default)

    def _note(self, key: Any) -> None:
        self._fired.rows.add((self._table, *(key if isinstance(key, tuple) else (key,))))


class _NotedMeaning(FormMeaning):
    """A row of ``form_meanings`` that is noted when a title means it."""

    fired: Fired
    number: str

    def fits(self, said: Any) -> bool:
        fits = super().fits(said)
        if fits:
            self.fired.rows.add(("form_meanings", self.number))
        return fits


class _NotedPattern:
    """A pattern that is noted when it matches."""

    def __init__(self, pattern: re.Pattern[str], row: Row, fired: Fired) -> None:
        self._pattern, self._row, self._fired = pattern, row, fired

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._pattern, name)
        return self._asked(method) if name in ("match", "search", "fullmatch") else method

    def _asked(self, method: Any) -> Any:
        def asked(*given: Any) -> Any:
            found = method(*given)
            if found is not None:
                self._fired.rows.add(self._row)
            return found

        return asked


class _NotedHeaderWords(HeaderWords):
    """Words of headers that are noted when a header has them."""

    def __init__(self, rows: Iterable[tuple[str, str | None, str, str | None]], fired: Fired) -> None:
        super().__init__(rows)
        self._fired = fired

    def _saying(self, word: str, form_key: str) -> list[tuple[str, str]]:
        for key in (form_key, ""):
            if self._says.get((key, word)):
                self._fired.rows.add(("header_words", key, word))
                break
        return super()._saying(word, form_key)


class _NotedEvidence(FormEvidence):
    """Evidence that is noted when a grid shows it and the form is weighed."""

    fired: Fired

    def weigh(self, form_key: str, seen: Seen) -> Weighed:
        for row in self.rows.get(form_key, ()):
            if (row.kind, row.value) in seen:
                self.fired.weighed.add(("form_evidence", form_key, row.kind, row.value))
        return super().weigh(form_key, seen)


class Noting(NamedTuple):
    """A vocabulary that remembers, and what it remembers."""

    vocabulary: Vocabulary
    fired: Fired


def noting() -> Noting:
    """Give a vocabulary of its own, for readings are remembered by vocabulary and would fire no more."""
    fired = Fired()
    known = load_vocabulary()
    titles = replace(
        known.titles,
        words=_Noted("title_words", known.titles.words, fired),
        holders=_Noted("title_words", known.titles.holders, fired),
        meanings=tuple(_meanings(known.titles.meanings, fired)),
    )
    evidence = _NotedEvidence(known.evidence.rows)
    object.__setattr__(evidence, "fired", fired)
    vocabulary = replace(
        known,
        titles=titles,
        evidence=evidence,
        captions=Captions(
            (kind, _NotedPattern(pattern, ("caption_patterns", kind, pattern.pattern), fired))  # type: ignore[misc]
            for kind, pattern in known.captions
        ),
        headers=_Noted("column_headers", known.headers, fired),
        words=_NotedHeaderWords(
            ((row["word"], row["form_key"], row["says"], row["value"]) for row in rows_of("header_words")),
            fired,
        ),
        rows=_Noted("row_labels", known.rows, fired),
        heads=_Noted("head_labels", known.heads, fired),
    )
    return Noting(vocabulary, fired)


def _meanings(known: Iterable[FormMeaning], fired: Fired) -> Iterator[FormMeaning]:
    for number, meaning in enumerate(known):
        noted = _NotedMeaning(*meaning)
        noted.fired, noted.number = fired, str(number)
        yield noted
