"""The printed side of a report: pages as pictures or lines, and where words of the prose stand on them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from extract import printed_pages
from extract.media_type import PDF
from orchestration.checking.evidence import Box
from orchestration.library import Document
from orchestration.reports.entries import Entry, Mark
from orchestration.reports.pictures import Picture, Wanted, find_words, pictures_of, pictures_of_image
from orchestration.reports.words import WORDS, Language

_NAMED = re.compile(
    r"\d+\.\d+|\d{3,}|(?<=（)[^（）→]{2,}(?=）)|(?<=“)[^”]+(?=”)|(?<=→)[^（）→、]+"
    r"|[\u4e00-\u9fff（）]{3,}(?= 列示为|：)"
)
_MOST_SUBJECT = 12  # characters of what a sentence is about that are looked for before its figure


class Run(NamedTuple):
    """Lines of one table, or lines of words."""

    is_table: bool
    lines: list[tuple[int, tuple[str, ...]]]  # each with its number, counted from one

    @property
    def width(self) -> int:
        """The most fields of a line."""
        return max((len(line) for _, line in self.lines), default=1)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page, a sheet or a text: a picture of it, or its lines with their fields."""

    key: str
    document_id: str
    page_no: int | None
    name: str
    picture: Picture | None = None
    lines: Sequence[tuple[str, ...]] = field(default=())

    @property
    def runs(self) -> list[Run]:
        """Its lines, those of a table together; a line of words between two rows is one of them."""
        runs: list[Run] = []
        for number, line in enumerate(self.lines, start=1):
            before, behind = (self.lines[at : at + 1] for at in (number - 2, number))
            is_within = number > 1 and [*map(len, before)] == [*map(len, behind)]
            is_of_table = len(line) > 1 or (is_within and len(before[0]) > 1)
            if not runs or runs[-1].is_table != is_of_table:
                runs.append(Run(is_of_table, []))
            runs[-1].lines.append((number, line))
        return runs


def with_boxes(
    entries: Sequence[Entry], documents: Iterable[Document], originals: Mapping[str, bytes]
) -> list[Entry]:
    """The same, with the rectangles of figures in the prose of PDFs, which no cell gives.

    ``originals`` are the bytes of each document, by its id.
    """
    pdfs = {each.document_id for each in documents if each.media_type == PDF}
    wanted: defaultdict[str, dict[Mark, Wanted]] = defaultdict(dict)
    for entry in entries:
        for mark in entry.marks:
            place = mark.place
            if place.box is None and place.page_no is not None and place.document_id in pdfs:
                sought = (mark.text,) if mark.text else _named_in(entry)
                before = entry.what[-_MOST_SUBJECT:] if mark.text else ""
                wanted[place.document_id][mark] = Wanted(place.page_no, sought, before)
    boxes: dict[Mark, tuple[Box, ...]] = {}
    for document_id, words in wanted.items():
        found = find_words(originals[document_id], list(words.values()))
        boxes |= zip(words, found, strict=True)
    return [
        replace(entry, marks=tuple(_at(mark, boxes.get(mark, ())) for mark in entry.marks))
        for entry in entries
    ]


def _named_in(entry: Entry) -> tuple[str, ...]:
    """What an entry that is about no figure of money names, the most telling first: codes, quoted words."""
    told = (entry.what, *entry.messages)
    return tuple(words for message in told for words in _NAMED.findall(message))


def _at(mark: Mark, boxes: tuple[Box, ...]) -> Mark:
    return replace(mark, place=mark.place._replace(box=boxes[0]), more=boxes[1:]) if boxes else mark


def leaves_of(
    document: Document, original: bytes, entries: Sequence[Entry], language: Language
) -> list[Leaf]:
    """The pages of a document as pictures, or its sheets and lines where it has no pages.

    None of a document that could not be read.
    """
    if document.status == "failed":
        return []
    words = WORDS[language]
    looked_at = frozenset(
        mark.place.page_no
        for entry in entries
        for mark in entry.marks
        if mark.place.document_id == document.document_id and mark.place.page_no is not None
    )
    prefix = document.document_id[:12]
    if document.media_type == PDF or document.media_type.startswith("image/"):
        is_pdf = document.media_type == PDF
        return [
            Leaf(
                f"{prefix}-{each.page_no}",
                document.document_id,
                each.page_no,
                words["page"].format(each.page_no),
                picture=each,
            )
            for each in (pictures_of(original, looked_at) if is_pdf else pictures_of_image(original))
        ]
    return [
        Leaf(
            f"{prefix}-{page.page_no or 0}",
            document.document_id,
            page.page_no,
            document.file_name if page.page_no is None else words["sheet"].format(page.page_no),
            lines=[tuple(line.split("\t")) for line in page.lines],
        )
        for page in printed_pages(original, document.media_type)
    ]
