"""Whose a document is, of which year and stage, and of what level: all that speaks for it, weighed.

Covers are cut off, scanned badly, or belong to a whole booklet; captions repeat what is true on every form. So
no place decides alone: each says what it says with a weight, and the file's name comes last of all, in SQL.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from extract.blocks import Block, Text
from extract.folding import fold
from extract.forms.captions import Section, caption_parts
from extract.forms.cover import cover_lines, cover_title, labelled
from extract.forms.disclosure_titles import (
    DisclosureTitle,
    chapter_name,
    read_disclosure_title,
    year_of,
)
from extract.forms.publisher_names import as_name, begins_with_place, fullest, is_same
from extract.forms.testimony import UNKNOWN, Fact, Statement, believed
from extract.forms.titles import TitleReading, read_title
from extract.printed import PrintedColumn, PrintedLine
from extract.vocabulary import Vocabulary

_ON_COVER = {"title": 6.0, "label": 6.0, "line": 3.0, "year": 2.0}
_MOST = {"title": 4.0, "caption": 4.0, "heading": 3.5, "column": 2.0, "unit_row": 1.5, "prose": 2.0}
_IN_TITLE, _IN_CAPTION, _IN_HEADING, _IN_COLUMN, _IN_ROW, _IN_PROSE = 1.0, 1.0, 1.5, 0.75, 1.5, 0.25
_LONGEST_HEADING = 60
_A_YEAR = re.compile(r"(20\d\d|二[〇○零][〇○零一二三四五六七八九]{2})年(?!\d{1,2}月|[一二三四五六七八九十]{1,3}月)")
_COLUMN_YEAR = re.compile(r"(20\d\d)年?")
_YEAR_IN_PROSE = re.compile(
    r"(20\d\d)年度?(?:本)?(?:部门|单位)?(?:综合)?(?:收支|收入|支出|财政拨款|一般公共|预算|决算|总收入|总支出)"
)
_NAME_IN_PROSE = re.compile(r"(?:^|[，。；：,;:])([\u4e00-\u9fff（）()]{4,30}?)(?:20\d\d)年度?(?:部门|单位)?(?:收|支|预|决|财|一)")
_STAGES = {"budget": "预算", "final_accounts": "决算"}
_FEWEST_WORDS = 5
_FINAL_SHARE = 0.3  # 一般公共预算财政拨款支出决算: final accounts speak of the budget too


@dataclass(frozen=True, slots=True)
class Identity:
    """What is believed of a document as a whole."""

    publisher: Fact = UNKNOWN
    year: Fact = UNKNOWN
    stage: Fact = UNKNOWN
    level: Fact = UNKNOWN  # department | unit
    kind: Fact = UNKNOWN  # department | government: of whom it is
    department: str | None = None  # that a unit belongs to
    place: str | None = None  # that the title names without a publisher

    def as_printed(self) -> dict[str, Any]:
        """Fields of :class:`extract.printed.PrintedFacts`."""
        return {
            "publisher_text": self.publisher.value,
            "publisher_from": self.publisher.source,
            "publisher_certainty": self.publisher.certainty,
            "place_text": self.place,
            "parent_name": self.department,
            "document_level": self.level.value,
            "document_level_from": self.level.source,
            "document_kind": self.kind.value,
            "year_text": self.year.value,
            "year_from": self.year.source,
            "year_certainty": self.year.certainty,
            "stage": self.stage.value,
            "stage_from": self.stage.source,
            "stage_certainty": self.stage.certainty,
        }


class _Forms(NamedTuple):
    """What the forms of a document print that bears on it as a whole."""

    sections: Sequence[Section]
    lines: Sequence[PrintedLine]
    columns: Sequence[PrintedColumn]


def read_identity(
    blocks: Sequence[Block],
    vocabulary: Vocabulary,
    sections: Sequence[Section] = (),
    lines: Sequence[PrintedLine] = (),
    columns: Sequence[PrintedColumn] = (),
) -> Identity:
    """Weigh all that a document says of itself; of its forms, what has been read so far."""
    names, forms = vocabulary.names, _Forms(sections, lines, columns)
    cover = cover_lines(blocks, vocabulary)
    title = cover_title(cover, names) or DisclosureTitle()
    headings = [heading for heading in _headings(blocks, vocabulary)]
    readings = list(_readings(sections, vocabulary))
    kind = believed(_kinds(title, headings, readings), _MOST)
    publisher = believed(
        _publishers(blocks, cover, title, headings, readings, forms, vocabulary),
        _MOST,
        partial(_is_same, vocabulary=vocabulary),
        partial(fullest, names=names),
    )
    if kind.value == "government" and title.place and title.is_of_government:
        publisher = Fact(title.place, "cover", kind.certainty)
    return Identity(
        publisher=publisher,
        year=believed(_years(blocks, cover, title, headings, readings, forms, vocabulary), _MOST),
        stage=believed(_stages(blocks, cover, title, headings, sections, forms, vocabulary), _MOST),
        level=believed(_levels(title, cover, headings), _MOST),
        kind=kind,
        department=labelled(cover, "department", vocabulary) or _department(lines),
        place=title.place,
    )


def _is_same(one: str, other: str, vocabulary: Vocabulary) -> bool:
    return is_same(one, other, vocabulary.names)


def _publishers(
    blocks: Sequence[Block],
    cover: Sequence[str],
    title: DisclosureTitle,
    headings: Sequence[DisclosureTitle],
    readings: Sequence[TitleReading],
    forms: _Forms,
    vocabulary: Vocabulary,
) -> Iterator[Statement]:
    names = vocabulary.names
    label = labelled(cover, "holder", vocabulary) or labelled(cover, "department", vocabulary)
    if label:
        yield Statement(label, "cover", _ON_COVER["label"])
    elif title.name:
        yield Statement(title.name, "cover", _ON_COVER["title"])
    else:
        lone = next((name for line in cover if (name := as_name(line, names))), None)
        if lone:
            yield Statement(lone, "cover", _ON_COVER["line"])
    for holder in _holders(blocks, forms.sections, vocabulary):
        yield Statement(holder, "caption", _IN_CAPTION)
    for reading in readings:
        if reading.holder and (name := as_name(reading.holder, names)):
            yield Statement(name, "title", _IN_TITLE)
    for heading in headings:
        if heading.name:
            yield Statement(heading.name, "heading", _IN_HEADING)
    if unit := _unit(forms.lines):
        if name := as_name(unit, names, is_labelled=True):
            yield Statement(name, "unit_row", _IN_ROW)
    for text in _prose(blocks):
        for match in _NAME_IN_PROSE.finditer(text):
            name = as_name(match[1], names)
            if name and begins_with_place(name, names):
                yield Statement(name, "prose", _IN_PROSE)


def _holders(
    blocks: Sequence[Block], sections: Sequence[Section], vocabulary: Vocabulary
) -> Iterator[str]:
    """The names in captions (单位名称：…): once for each form, else of the lines outside forms."""
    of_forms = [section.caption.holder for section in sections if section.caption.holder]
    printed = of_forms or list(captions_outside_grids(blocks, "holder", vocabulary))
    for holder in printed:
        if name := as_name(holder, vocabulary.names, is_labelled=True):
            yield name


def _years(
    blocks: Sequence[Block],
    cover: Sequence[str],
    title: DisclosureTitle,
    headings: Sequence[DisclosureTitle],
    readings: Sequence[TitleReading],
    forms: _Forms,
    vocabulary: Vocabulary,
) -> Iterator[Statement]:
    if title.year:
        yield Statement(str(title.year), "cover", _ON_COVER["title"])
    else:
        printed = _A_YEAR.search("".join(fold(line) for line in cover))
        if printed:
            yield Statement(str(year_of(printed[1])), "cover", _ON_COVER["year"])
    for reading in readings:
        if reading.year:
            yield Statement(str(reading.year), "title", _IN_TITLE)
    for heading in headings:
        if heading.year:
            yield Statement(str(heading.year), "heading", _IN_HEADING)
    for date in captions_outside_grids(blocks, "date", vocabulary):
        if year := _A_YEAR.search(date) or re.fullmatch(r"\(?(20\d\d)\)?", date):
            yield Statement(str(year_of(year[1])), "caption", _IN_CAPTION)
    for form_id in dict.fromkeys(column.form_id for column in forms.columns):
        own = [column.column_path for column in forms.columns if column.form_id == form_id]
        years = [int(year) for path in own for year in _COLUMN_YEAR.findall(path)]
        # beside the year that a form is of stand those before it; a column without a year may be of a later one
        if years and all(_COLUMN_YEAR.search(path) for path in own):
            yield Statement(str(max(years)), "column", _IN_COLUMN)
    for text in _prose(blocks):
        for year_text in _YEAR_IN_PROSE.findall(fold(text)):
            yield Statement(year_text, "prose", _IN_PROSE)


def _stages(
    blocks: Sequence[Block],
    cover: Sequence[str],
    title: DisclosureTitle,
    headings: Sequence[DisclosureTitle],
    sections: Sequence[Section],
    forms: _Forms,
    vocabulary: Vocabulary,
) -> Iterator[Statement]:
    on_cover = "".join(fold(line) for line in cover)
    stage = title.stage or next((key for key in ("final_accounts", "budget") if _STAGES[key] in on_cover), None)
    if stage:
        yield Statement(stage, "cover", _ON_COVER["title" if title.stage else "line"])
    for section in sections:
        said = read_title(section.caption.title, vocabulary).stage if section.caption.title else None
        if said in _STAGES:
            yield Statement(said, "title", _IN_TITLE)
    for heading in headings:
        if heading.stage:
            yield Statement(heading.stage, "heading", _IN_HEADING)
    paths = [column.column_path for column in forms.columns]
    if any("决算数" in path for path in paths):
        yield Statement("final_accounts", "column", _IN_COLUMN * 2)
    elif any("预算数" in path for path in paths):
        yield Statement("budget", "column", _IN_COLUMN)
    words = Counter(key for text in _prose(blocks) for key, word in _STAGES.items() for _ in range(text.count(word)))
    if words.total() >= _FEWEST_WORDS:
        is_final = words["final_accounts"] > _FINAL_SHARE * words["budget"]
        yield Statement("final_accounts" if is_final else "budget", "prose", 4 * _IN_PROSE)


def _levels(
    title: DisclosureTitle, cover: Sequence[str], headings: Sequence[DisclosureTitle]
) -> Iterator[Statement]:
    if title.level:
        yield Statement(title.level, "cover", _ON_COVER["title"])
    for heading in headings:
        if heading.level:
            yield Statement(heading.level, "heading", _IN_HEADING)


def _kinds(
    title: DisclosureTitle, headings: Sequence[DisclosureTitle], readings: Sequence[TitleReading]
) -> Iterator[Statement]:
    for said, source, weight in (
        (title, "cover", _ON_COVER["title"]),
        *((heading, "heading", _IN_HEADING) for heading in headings),
    ):
        if said.is_of_government:
            yield Statement("government", source, weight)
        elif said.level or said.name:
            yield Statement("department", source, weight)
    for reading in readings:
        if reading.level == "government":
            yield Statement("government", "title", _IN_TITLE)
        elif reading.level == "department":
            yield Statement("department", "title", _IN_TITLE)


def _readings(sections: Sequence[Section], vocabulary: Vocabulary) -> Iterator[TitleReading]:
    for section in sections:
        reading = section.caption.reading
        if reading is not None and reading.is_title:
            yield reading


def _headings(blocks: Sequence[Block], vocabulary: Vocabulary) -> Iterator[DisclosureTitle]:
    """Lines anywhere that read as the title of a disclosure, or as the chapter about the publisher."""
    for block in blocks:
        if not isinstance(block, Text) or len(block.text) > _LONGEST_HEADING:
            continue
        title = read_disclosure_title(block.text, vocabulary.names)
        if title is not None and not title.has_more:
            yield title
        elif name := chapter_name(block.text, vocabulary.names):
            yield DisclosureTitle(name)


def _prose(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Text):
            yield block.text


def _unit(lines: Sequence[PrintedLine]) -> str | None:
    """The unit that a table of units lists lowest: the longest code."""
    units = _units(lines)
    return units[max(units, key=len)] if units else None


def _department(lines: Sequence[PrintedLine]) -> str | None:
    units = _units(lines)
    return units[min(units, key=len)] if units else None


def _units(lines: Sequence[PrintedLine]) -> dict[str, str]:
    return {
        line.code: line.row_label
        for line in lines
        if line.side_key in ("unit", "unit_project") and line.code and line.row_label
    }


def captions_outside_grids(blocks: Sequence[Block], kind: str, vocabulary: Vocabulary) -> Iterator[str]:
    """The values of caption lines of one kind (单位名称：…, 保密审查情况：…), in printed order."""
    patterns = [pattern for pattern_kind, pattern in vocabulary.captions if pattern_kind == kind]
    lines = (part for block in blocks if isinstance(block, Text) for part in caption_parts(block, vocabulary))
    for line in lines:
        for pattern in patterns:
            match = pattern.fullmatch(fold(line.text))
            if match:
                yield next(iter(match.groupdict().values()), match.group())
