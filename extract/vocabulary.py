"""The vocabulary: CSV tables under ``dbt_project/seeds/vocabulary``, read by SQL and by Python alike.

A new layout, title, header, unit or row label is a row in one of these tables, not a branch in code. All
keys are stored folded (see :func:`extract.folding.fold`).
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

from extract.caption_patterns import Captions
from extract.column_sets import ColumnSet, column_sets
from extract.document_words import DocumentWords, document_words
from extract.form_evidence import FormEvidence, form_evidence
from extract.header_words import HeaderMeaning, HeaderWords
from extract.name_vocabulary import NameVocabulary, name_vocabulary
from extract.prose_words import ProseWords, prose_words
from extract.quantity_words import QuantityWords, quantity_words
from extract.remembered import remembered
from extract.title_vocabulary import TitleVocabulary, title_vocabulary
from extract.vocabulary_tables import TABLES, VOCABULARY_DIR

_REMEMBERED = 1 << 13  # headers: several steps ask about the same


class FormType(NamedTuple):
    """What the vocabulary says of one form key."""

    form_key: str
    layout: str  # money_table | performance | contents | list
    is_unique: bool  # at most one per document, so a second printing continues the first
    stage: str | None
    fund: str | None
    place: int | None = None  # in the order of the national set
    total_means: str | None = None  # what its total is of: total, basic or carried_over


class RowMeaning(NamedTuple):
    """What one structural row label means."""

    row_kind: str
    line_key: str | None
    outline_level: int | None


class Unit(NamedTuple):
    """A unit of account, and what one of it is worth."""

    name: str  # 元 | 万元 | 亿元
    yuan: Decimal


class Region(NamedTuple):
    """What the vocabulary says of one place; several places have one name (鼓楼区)."""

    code: str
    level: str  # province | city | county
    city: str | None
    province: str


class CountMeaning(NamedTuple):
    """What a counted thing is."""

    topic: str
    count_key: str


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """All vocabulary tables, typed and indexed for look-up. Compared and hashed by identity."""

    forms: dict[str, FormType]
    titles: TitleVocabulary
    evidence: FormEvidence
    captions: Captions
    unit_marks: tuple[re.Pattern[str], ...]  # anywhere in a line: it looks like a unit of money
    headers: dict[tuple[str, str], HeaderMeaning]  # (form_key or "", header path suffix)
    whole_headers: frozenset[str]
    words: HeaderWords
    column_sets: tuple[ColumnSet, ...]  # what the parts of a total are together
    kinds: frozenset[str]  # measures that are kinds of spending, by which a table may part it
    rows: dict[tuple[str, str], RowMeaning]  # (form_key or "", label)
    row_words: dict[str, str]  # what a word in the label of a total or a balance says
    levels: tuple[tuple[str, int], ...]  # indicator level names, longest first
    heads: dict[str, str]
    signatures: dict[str, frozenset[str]]
    units: dict[str, Unit]  # by printed word
    counts: tuple[tuple[re.Pattern[str], CountMeaning], ...]
    regions: dict[str, tuple[Region, ...]]  # by name
    names: NameVocabulary
    words_of_documents: DocumentWords
    prose: ProseWords
    quantities: QuantityWords
    remarks: tuple[tuple[str, re.Pattern[str]], ...]  # kind, and the words that say it, in half width

    def count_of(self, subject: str) -> CountMeaning | None:
        """Return what a counted subject is, when it is of a kind that disclosures must state."""
        return next((meaning for pattern, meaning in self.counts if pattern.fullmatch(subject)), None)

    def row(self, form_key: str | None, label: str) -> RowMeaning | None:
        """Return what a structural row label means, the form's own rows before those of all forms."""
        return self.rows.get((form_key or "", label)) or self.rows.get(("", label))

    def form_key_of_grid(self, words: frozenset[str]) -> str | None:
        """Return the form whose signature words all stand in a grid's header."""
        return next((key for key, needed in self.signatures.items() if needed <= words), None)

    @remembered(_REMEMBERED)
    def header(self, form_key: str | None, path: tuple[str, ...]) -> HeaderMeaning | None:
        """Return what a header path means: a row for its longest suffix, else what its words say together."""
        bare = tuple(map(without_year, path))
        for key in (form_key or "", ""):
            for start in range(max(0, len(bare) - _DEEPEST_HEADER), len(bare)):
                meaning = self.headers.get((key, "/".join(bare[start:])))
                if meaning is not None:
                    return _with_version(meaning, self.words.compose(form_key, path))
        return self.words.compose(form_key, path)

    def knows_header(self, word: str) -> bool:
        """Whether a folded text is one that headers are made of."""
        return (
            without_year(word) in self.whole_headers
            or self.words.knows(word)
            or self.words.says_only_when(word)
        )


def _with_version(listed: HeaderMeaning, composed: HeaderMeaning | None) -> HeaderMeaning:
    """A listed header's meaning, with the version of the budget that its words say."""
    return listed._replace(budget_version=composed.budget_version) if composed else listed


_UNIT_MARK = "unit_mark"
_DEEPEST_HEADER = 12  # parts of a listed header's path, at most
_YEAR_PREFIX = re.compile(r"^(20\d\d年?(年度|度)?|\(?20\d\d年?度?\)?)")


def without_year(folded: str) -> str:
    """Return a folded title or header without the year in front (2024年部门…, 2024年度…)."""
    return _YEAR_PREFIX.sub("", folded)


@cache
def load_vocabulary(directory: Path = VOCABULARY_DIR) -> Vocabulary:
    """Read the vocabulary tables from a directory of CSV files."""
    headers: dict[tuple[str, str], HeaderMeaning] = {}
    words: set[str] = set()
    for row in _rows(directory, "column_headers"):
        headers[row["form_key"] or "", row["header"] or ""] = HeaderMeaning(
            row["role"] or "", row["side_key"], row["measure"], row["fund"], row["row_label"]
        )
        words.update((row["header"] or "").split("/"))
    regions = tuple(_rows(directory, "regions"))  # the longest of all tables
    places = frozenset(row["name"] or "" for row in regions)
    signatures: dict[str, set[str]] = defaultdict(set)
    for row in _rows(directory, "grid_signatures"):
        signatures[row["form_key"] or ""].add(row["header_word"] or "")
    totals = {row["form_key"] or "": row["total_means"] for row in _rows(directory, "spending_forms")}
    return Vocabulary(
        forms={
            row["form_key"] or "": FormType(
                row["form_key"] or "",
                row["layout"] or "",
                row["is_unique"] == "true",
                row["stage"],
                row["fund"],
                int(row["place"]) if row["place"] else None,
                totals.get(row["form_key"] or ""),
            )
            for row in _rows(directory, "forms")
        },
        titles=title_vocabulary(
            _rows(directory, "title_words"),
            _rows(directory, "form_meanings"),
            _rows(directory, "form_titles"),
            places,
        ),
        evidence=form_evidence(_rows(directory, "form_evidence")),
        captions=Captions(
            (row["kind"] or "", re.compile(row["pattern"] or ""))
            for row in _rows(directory, "caption_patterns")
            if row["kind"] != _UNIT_MARK
        ),
        unit_marks=tuple(
            re.compile(row["pattern"] or "")
            for row in _rows(directory, "caption_patterns")
            if row["kind"] == _UNIT_MARK
        ),
        headers=headers,
        whole_headers=frozenset(words),
        words=HeaderWords(
            (row["word"] or "", row["form_key"], row["says"] or "", row["value"])
            for row in _rows(directory, "header_words")
        ),
        column_sets=column_sets(_rows(directory, "column_sets")),
        kinds=frozenset(row["measure"] or "" for row in _rows(directory, "measures") if row["part_of"]),
        rows={
            (row["form_key"] or "", row["label"] or ""): RowMeaning(
                row["row_kind"] or "",
                row["line_key"],
                int(row["outline_level"]) if row["outline_level"] else None,
            )
            for row in _rows(directory, "row_labels")
        },
        row_words={row["word"] or "": row["says"] or "" for row in _rows(directory, "row_words")},
        levels=tuple(
            sorted(
                ((row["name"] or "", int(row["level"] or 0)) for row in _rows(directory, "indicator_levels")),
                key=lambda item: -len(item[0]),
            )
        ),
        heads={row["label"] or "": row["role"] or "" for row in _rows(directory, "head_labels")},
        signatures={key: frozenset(needed) for key, needed in signatures.items()},
        counts=tuple(
            (re.compile(row["pattern"] or ""), CountMeaning(row["topic"] or "", row["count_key"] or ""))
            for row in _rows(directory, "count_subjects")
        ),
        regions=_regions(regions),
        names=name_vocabulary(_rows(directory, "name_patterns"), places),
        words_of_documents=document_words(_rows(directory, "document_words")),
        prose=prose_words(_rows(directory, "prose_words")),
        quantities=quantity_words(_rows(directory, "quantity_words")),
        remarks=tuple(
            (row["kind"] or "", re.compile(row["pattern"] or ""))
            for row in _rows(directory, "remark_patterns")
        ),
        units={
            row["printed"] or "": Unit(row["unit"] or "", Decimal(row["yuan"] or 0))
            for row in _rows(directory, "units")
        },
    )


def _regions(rows: Iterable[dict[str, str | None]]) -> dict[str, tuple[Region, ...]]:
    """Places by name; one that had several codes over the years is that of the last."""
    found: dict[str, dict[tuple[str | None, str | None, str | None], Region]] = defaultdict(dict)
    for row in sorted(rows, key=lambda row: row["valid_to"] or "9999"):
        place = row["level"], row["city"], row["province"]
        found[row["name"] or ""][place] = Region(
            row["code"] or "", row["level"] or "", row["city"], row["province"] or ""
        )
    return {name: tuple(places.values()) for name, places in found.items()}


def _rows(directory: Path, table: str) -> Iterator[dict[str, str | None]]:
    if table not in TABLES:
        raise ValueError(f"{table} is read but not listed: a change of it would read no document again")
    with (directory / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield {key: value or None for key, value in row.items()}
