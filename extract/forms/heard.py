"""All places of a document that say something of it as a whole, and what each of them says.

No place decides alone (see :mod:`extract.forms.identity`); here is gathered what they say, with the weight
that each kind of place has.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from extract.blocks import Block, Text
from extract.folding import fold
from extract.forms.captions import Section, caption_parts
from extract.forms.cover import cover_lines, cover_title, labelled
from extract.forms.disclosure_titles import DisclosureTitle, chapter_name, read_disclosure_title, year_of
from extract.forms.publisher_names import as_name, begins_with_place
from extract.forms.testimony import Statement
from extract.forms.titles import TitleReading, read_title
from extract.printed import PrintedColumn, PrintedLine
from extract.vocabulary import Vocabulary

MOST = {"title": 4.0, "caption": 4.0, "heading": 3.5, "column": 2.0, "unit_row": 1.5, "prose": 2.0}
"""How much one kind of place can count in all, however often it says the same; a cover says it once."""

_COVER_TITLE, _COVER_LABEL, _COVER_LINE, _COVER_YEAR = 6.0, 6.0, 3.0, 2.0
_TITLE, _CAPTION, _HEADING, _COLUMN, _UNIT_ROW, _PROSE = 1.0, 1.0, 1.5, 0.75, 1.5, 0.25
_LONGEST_HEADING = 60
_NO_DAY = r"(?!\d{1,2}月|[一二三四五六七八九十]{1,3}月)"
_A_YEAR = re.compile(rf"(20\d\d|二[〇○零][〇○零一二三四五六七八九]{{2}})年{_NO_DAY}")
_YEAR_ALONE = re.compile(r"\(?(20\d\d)\)?")
_COLUMN_YEAR = re.compile(r"(20\d\d)年?")
_YEAR_IN_PROSE = re.compile(
    r"(20\d\d)年度?(?:本)?(?:部门|单位)?(?:综合)?"
    r"(?:收支|收入|支出|财政拨款|一般公共|预算|决算|总收入|总支出)"
)
_NAME_IN_PROSE = re.compile(
    r"(?:^|[，。；：,;:])([\u4e00-\u9fff（）()]{4,30}?)20\d\d年度?(?:部门|单位)?(?:收|支|预|决|财|一)"
)
_STAGES = {"final_accounts": "决算", "budget": "预算"}
_FEWEST_WORDS = 5
_FINAL_SHARE = 0.3  # 一般公共预算财政拨款支出决算: final accounts speak of the budget too


@dataclass(frozen=True, slots=True)
class Heard:
    """What a document prints that bears on it as a whole."""

    texts: tuple[Text, ...]
    cover: tuple[str, ...]
    title: DisclosureTitle  # on the cover
    headings: tuple[DisclosureTitle, ...]  # anywhere
    sections: tuple[Section, ...]
    lines: tuple[PrintedLine, ...]
    columns: tuple[PrintedColumn, ...]

    @property
    def titles(self) -> Iterator[TitleReading]:
        """The titles of its forms."""
        for section in self.sections:
            reading = section.caption.reading
            if reading is not None and reading.is_title:
                yield reading

    @property
    def units(self) -> dict[str, str]:
        """The names in its tables of units, by code."""
        return {
            line.code: line.row_label
            for line in self.lines
            if line.side_key in ("unit", "unit_project") and line.code and line.row_label
        }


def hear(
    blocks: Sequence[Block],
    vocabulary: Vocabulary,
    sections: Sequence[Section],
    lines: Sequence[PrintedLine],
    columns: Sequence[PrintedColumn],
) -> Heard:
    """Gather what speaks for a document as a whole; of its forms, what has been read so far."""
    texts = tuple(block for block in blocks if isinstance(block, Text))
    cover = tuple(cover_lines(blocks, vocabulary))
    return Heard(
        texts=texts,
        cover=cover,
        title=cover_title(cover, vocabulary.names) or DisclosureTitle(),
        headings=tuple(_headings(texts, vocabulary)),
        sections=tuple(sections),
        lines=tuple(lines),
        columns=tuple(columns),
    )


def _headings(texts: Sequence[Text], vocabulary: Vocabulary) -> Iterator[DisclosureTitle]:
    """Lines anywhere that read as the title of a disclosure, or as the chapter about the publisher."""
    for text in texts:
        if len(text.text) > _LONGEST_HEADING:
            continue
        title = read_disclosure_title(text.text, vocabulary.names)
        if title is not None and not title.has_more:
            yield title
        elif name := chapter_name(text.text, vocabulary.names):
            yield DisclosureTitle(name)


def publishers(heard: Heard, vocabulary: Vocabulary) -> Iterator[Statement]:
    """Whose it is, as each place says."""
    names = vocabulary.names
    yield from _on_cover(heard, vocabulary)
    for holder in _holders(heard, vocabulary):
        yield Statement(holder, "caption", _CAPTION)
    for reading in heard.titles:
        if reading.holder and (name := as_name(reading.holder, names)):
            yield Statement(name, "title", _TITLE)
    for heading in heard.headings:
        if heading.name:
            yield Statement(heading.name, "heading", _HEADING)
    units = heard.units
    # the unit that a table of units lists lowest: the longest code
    lowest = units[max(units, key=len)] if units else ""
    if name := as_name(lowest, names, is_labelled=True):
        yield Statement(name, "unit_row", _UNIT_ROW)
    for match in chain.from_iterable(_NAME_IN_PROSE.finditer(text.text) for text in heard.texts):
        name = as_name(match[1], names)
        if name and begins_with_place(name, names):
            yield Statement(name, "prose", _PROSE)


def _on_cover(heard: Heard, vocabulary: Vocabulary) -> Iterator[Statement]:
    label = labelled(heard.cover, "holder", vocabulary) or labelled(heard.cover, "department", vocabulary)
    if label:
        yield Statement(label, "cover", _COVER_LABEL)
    elif heard.title.name:
        yield Statement(heard.title.name, "cover", _COVER_TITLE)
    elif lone := next((name for line in heard.cover if (name := as_name(line, vocabulary.names))), None):
        yield Statement(lone, "cover", _COVER_LINE)


def _holders(heard: Heard, vocabulary: Vocabulary) -> Iterator[str]:
    """The names in captions (单位名称：…): once for each form, else of the lines outside forms."""
    of_forms = [section.caption.holder for section in heard.sections if section.caption.holder]
    for holder in of_forms or captions_outside_grids(heard.texts, "holder", vocabulary):
        if name := as_name(holder, vocabulary.names, is_labelled=True):
            yield name


def years(heard: Heard, vocabulary: Vocabulary) -> Iterator[Statement]:
    """Of which year it is, as each place says."""
    if heard.title.year:
        yield Statement(str(heard.title.year), "cover", _COVER_TITLE)
    elif printed := _A_YEAR.search("".join(fold(line) for line in heard.cover)):
        yield Statement(str(year_of(printed[1])), "cover", _COVER_YEAR)
    for reading in heard.titles:
        if reading.year:
            yield Statement(str(reading.year), "title", _TITLE)
    for heading in heard.headings:
        if heading.year:
            yield Statement(str(heading.year), "heading", _HEADING)
    for date in captions_outside_grids(heard.texts, "date", vocabulary):
        if year := _A_YEAR.search(date) or _YEAR_ALONE.fullmatch(date):
            yield Statement(str(year_of(year[1])), "caption", _CAPTION)
    yield from _years_of_columns(heard.columns)
    for year_text in chain.from_iterable(_YEAR_IN_PROSE.findall(fold(text.text)) for text in heard.texts):
        yield Statement(year_text, "prose", _PROSE)


def _years_of_columns(columns: Sequence[PrintedColumn]) -> Iterator[Statement]:
    """The last year in the headers of each form: beside the year that it is of stand those before it.

    A column without a year may be of a later one, so that such a form says nothing, unless a heading holds a
    year against the one before: 2019年预算数比2018年执行数.
    """
    of_forms: dict[str, list[str]] = defaultdict(list)
    for column in columns:
        of_forms[column.form_id].append(column.column_path)
    for paths in of_forms.values():
        found = [[int(year) for year in _COLUMN_YEAR.findall(path)] for path in paths]
        compared = {max(years) for years in found if years and set(years) == {max(years), max(years) - 1}}
        if len(compared) == 1 or all(found):
            yield Statement(str(max(compared or set(chain.from_iterable(found)))), "column", _COLUMN)


def stages(heard: Heard, vocabulary: Vocabulary) -> Iterator[Statement]:
    """Whether it is a budget or final accounts, as each place says."""
    on_cover = "".join(fold(line) for line in heard.cover)
    stage = heard.title.stage or next((key for key, word in _STAGES.items() if word in on_cover), None)
    if stage:
        yield Statement(stage, "cover", _COVER_TITLE if heard.title.stage else _COVER_LINE)
    for section in heard.sections:
        said = read_title(section.caption.title, vocabulary).stage if section.caption.title else None
        if said in _STAGES:
            yield Statement(said, "title", _TITLE)
    for heading in heard.headings:
        if heading.stage:
            yield Statement(heading.stage, "heading", _HEADING)
    paths = [column.column_path for column in heard.columns]
    if any("决算数" in path for path in paths):
        yield Statement("final_accounts", "column", 2 * _COLUMN)
    elif any("预算数" in path for path in paths):
        yield Statement("budget", "column", _COLUMN)
    spoken = Counter(
        {key: sum(text.text.count(word) for text in heard.texts) for key, word in _STAGES.items()}
    )
    if spoken.total() >= _FEWEST_WORDS:
        is_final = spoken["final_accounts"] > _FINAL_SHARE * spoken["budget"]
        yield Statement("final_accounts" if is_final else "budget", "prose", 4 * _PROSE)


def levels(heard: Heard) -> Iterator[Statement]:
    """Whether it is a department's or a unit's, as cover and headings say."""
    if heard.title.level:
        yield Statement(heard.title.level, "cover", _COVER_TITLE)
    for heading in heard.headings:
        if heading.level:
            yield Statement(heading.level, "heading", _HEADING)


def kinds(heard: Heard) -> Iterator[Statement]:
    """Whether it is of departments and units, or of a government as a whole."""
    said = [(heard.title, "cover", _COVER_TITLE)]
    said += [(heading, "heading", _HEADING) for heading in heard.headings]
    for title, source, weight in said:
        if title.is_of_government:
            yield Statement("government", source, weight)
        elif title.level or title.name:
            yield Statement("department", source, weight)
    for reading in heard.titles:
        if reading.level in ("government", "department"):
            yield Statement(reading.level, "title", _TITLE)


def captions_outside_grids(blocks: Sequence[Block], kind: str, vocabulary: Vocabulary) -> Iterator[str]:
    """The values of caption lines of one kind (单位名称：…, 保密审查情况：…), in printed order."""
    lines = (part for block in blocks if isinstance(block, Text) for part in caption_parts(block, vocabulary))
    for line in lines:
        value = vocabulary.captions.value(kind, fold(line.text))
        if value is not None:
            yield value
