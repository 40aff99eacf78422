"""The members of a family, read with one vocabulary or another: the one place here that runs ``extract``."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any
from unittest.mock import patch

import polars as pl

from extract import document, printed_frames, read_document, stage
from extract.folding import fold
from extract.forms.titles import read_title
from extract.landing import LandedFile
from extract.printed import PrintedDocument
from extract.readers import ReadBlocks, read_blocks
from extract.vocabulary import Vocabulary
from tests.benchmarks.families.firing import Noting, Row, noting
from tests.benchmarks.families.members import Header, RealDocument, Title
from tests.benchmarks.lottery.drawing import DrawnSet
from tests.benchmarks.lottery.printing import print_set
from tests.benchmarks.lottery.reading_sets import ReadSet

Amounts = dict[tuple[Any, ...], str]
"""Amounts as printed, by document and place."""


@contextmanager
def reading_with(vocabulary: Vocabulary) -> Iterator[None]:
    """Have documents read with a vocabulary; files are opened once whatever the vocabulary."""
    with (
        patch.object(document, "load_vocabulary", lambda: vocabulary),
        patch.object(document, "read_blocks", _blocks),
    ):
        yield


@cache
def _blocks(data: bytes, media_type: str) -> ReadBlocks:
    return read_blocks(data, media_type)


def read_real(documents: Iterable[RealDocument]) -> list[PrintedDocument]:
    """Read real documents with whatever vocabulary is in force."""
    return [_read(file.data, file.file_name, file.media_type) for file in documents]


def read_typeset(sets: Iterable[DrawnSet]) -> Iterator[ReadSet]:
    """Read typeset sets with whatever vocabulary is in force."""
    for drawn in sets:
        printed = print_set(drawn)
        read = _read(printed.data, printed.file_name, printed.media_type)
        frames = stage(printed_frames([read]))
        yield ReadSet(
            drawn,
            printed,
            read.facts.document_id,
            frames["documents"]["status"][0],
            frames["amounts"].to_dicts(),
            frames["forms"].to_dicts(),
        )


def _read(data: bytes, file_name: str, media_type: str) -> PrintedDocument:
    landed = LandedFile(hashlib.sha256(data).hexdigest(), file_name, media_type, len(data))
    return read_document(landed, data)


def staged(documents: Iterable[PrintedDocument]) -> Mapping[str, pl.DataFrame]:
    """Stage documents that were read."""
    return stage(printed_frames(list(documents)))


def rows_matched(
    documents: Iterable[RealDocument],
    sets: Iterable[DrawnSet],
    titles: Iterable[Title],
    headers: Iterable[Header],
) -> frozenset[Row]:
    """Give the rows of the vocabulary that something of a family matches."""
    noted = noting()
    files = [*documents, *map(_as_file, sets)]
    with reading_with(noted.vocabulary):
        read = read_real(files)
    _note_documents(read, noted)
    for title in titles:
        read_title(fold(title.text), noted.vocabulary, title.stage)
    for header in headers:
        key = read_title(fold(header.title), noted.vocabulary).form_key
        noted.vocabulary.header(key, tuple(map(fold, header.path)))
    return frozenset(noted.fired.rows)


def _note_documents(read: Iterable[PrintedDocument], noted: Noting) -> None:
    for each in read:
        labels = (line.label_plain for line in each.lines)
        noted.fired.note_labels((fold(label) for label in labels if label), noted.vocabulary.row_words)
        levels = [text for one in each.indicators for text in (one.level_1, one.level_2) if text]
        noted.fired.note_levels(map(fold, levels), (name for name, _ in noted.vocabulary.levels))
        noted.fired.note_forms(form.form_key for form in each.forms)


def _as_file(drawn: DrawnSet) -> RealDocument:
    printed = print_set(drawn)
    return RealDocument(printed.file_name, printed.media_type, printed.data)
