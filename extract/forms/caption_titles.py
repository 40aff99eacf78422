"""Where titles stand among the lines of a caption, on one line or over two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extract.folding import fold
from extract.forms.caption_lines import LineReader, Part
from extract.forms.title_marks import take_marks
from extract.forms.titles import TitleReading, may_be_title
from extract.simplified import simplified

_BEGINS_ONE = frozenset({"部门", "单位", "预算单位"})  # 部门收入总表 is whole, whatever stands above
_LONGEST_LINE = 60
_CHAPTERS = frozenset({"情况", "总体", "总体情况"})


class Title(NamedTuple):
    """A title among parts: the first of them, how many it takes, its text and what it says."""

    start: int
    length: int
    text: str
    reading: TitleReading

    @property
    def end(self) -> int:
        """The part after it."""
        return self.start + self.length


def titles(parts: Sequence[Part], reader: LineReader) -> Iterator[Title]:
    """Find the titles, in printed order. One printed twice, above a grid and in it, is found once."""
    position = 0
    before: Title | None = None
    while position < len(parts):
        title = _two_lines(parts, position, reader) or _one_line(parts, position, reader)
        if title is None:
            position += 1
            continue
        position = title.end
        if before is not None and _is_repeated(before, title, parts):
            before = title._replace(start=before.start, length=title.end - before.start)
            continue
        if before is not None:
            yield before
        before = title
    if before is not None:
        yield before


def _is_repeated(before: Title, title: Title, parts: Sequence[Part]) -> bool:
    """Whether two titles with nothing but a caption between them are one, above a grid and in it."""
    between = parts[before.end : title.start]
    is_inside = parts[title.start].row is not None and parts[before.start].row is None
    return (
        is_inside
        and all(part.is_of_caption for part in between)
        and (before.reading.words, before.reading.leftover) == (title.reading.words, title.reading.leftover)
    )


def _one_line(parts: Sequence[Part], position: int, reader: LineReader) -> Title | None:
    part = parts[position]
    return Title(position, 1, part.text, reader.title(part.text)) if part.kind == "title" else None


def _two_lines(parts: Sequence[Part], position: int, reader: LineReader) -> Title | None:
    """Read two lines as one title where that says more than either does."""
    if position + 1 >= len(parts):
        return None
    first, second = parts[position : position + 2]
    if not _may_be_one(first, second, reader):
        return None
    joined = reader.title(first.text + second.text)
    if not joined.is_title or not joined.is_one or not _says_more(first, second, joined, reader):
        return None
    return Title(position, 2, f"{first.text} {second.text}", joined)


def _says_more(first: Part, second: Part, joined: TitleReading, reader: LineReader) -> bool:
    """Whether two lines are one title, not a heading and a title below it."""
    if _is_silenced(reader.title(second.text), joined):
        return False
    if joined.leftover:
        return first.kind != "title" and begins_title(first.text, second.text, reader)
    if first.kind == "title":
        return True
    is_cut = _is_cut_in_a_word(first.text, second.text, joined)
    if joined.form_key is None or is_cut:
        return is_cut or _is_rest_of(first, second, reader)
    return not (
        _is_chapter(reader.title(first.text))
        or (second.kind == "title" and not _goes_on(second, reader.title(second.text), joined))
    )


def _is_silenced(second: TitleReading, joined: TitleReading) -> bool:
    """Whether a line says of which money, kind or subject it is, but no more once joined to the line above.

    Then a word was made of the end of the one and the beginning of the other: 部门预算 | 单位资金支出表.
    """
    return any(
        said and said != "fiscal" and not set(said.split("+")) <= set((kept or "").split("+"))
        for said, kept in (
            (second.fund, joined.fund),
            (second.kind, joined.kind),
            (second.subject, joined.subject),
        )
    )


def _is_rest_of(first: Part, second: Part, reader: LineReader) -> bool:
    """Whether a line is nothing but the end of a title: 财政拨款基本支出 | 预算表(经济科目).

    It says of what kind of table and of which classification, and of no money; the line above says of what
    money, and of no table.
    """
    begin, rest, marks = reader.title(first.text), reader.title(second.text), take_marks(second.text)
    if marks.number or marks.ordinal or marks.year or rest.holder or begin.leftover or _is_chapter(begin):
        return False
    return bool(begin.fund or begin.kind or begin.flow) and not (
        rest.fund or rest.kind or rest.flow or rest.subject or rest.leftover
    )


def _may_be_one(first: Part, second: Part, reader: LineReader) -> bool:
    """Whether two lines can be one title at all: both short, with a word for a table."""
    if first.is_of_caption or second.is_of_caption or first.page_no != second.page_no:
        return False
    if len(first.text) > _LONGEST_LINE or len(second.text) > _LONGEST_LINE:
        return False
    if first.kind == "title":
        return second.kind == "other" and fold(second.text).startswith("(")
    return may_be_title(second.text, reader.vocabulary)


def begins_title(first: str, second: str, reader: LineReader) -> bool:
    """Whether a line begins a title with words unknown, of which the next line is the rest.

    Then a number is in front of the first alone, or a word that is known is cut; and the rest by itself names
    no form, or says too little to be one.
    """
    rest, marks = reader.title(second), take_marks(second)
    is_whole = rest.form_key is not None and not _says_little(rest)
    if is_whole or marks.number or marks.ordinal or marks.year or _says_chapter(reader.title(first)):
        return False
    begin = take_marks(first)
    is_numbered = bool(begin.words and (begin.number or begin.ordinal))
    return is_numbered or _is_cut_in_a_word(first, second, reader.title(first + second))


def _says_little(reading: TitleReading) -> bool:
    """Whether a title says but revenue or spending, as the end of any longer one does: 支出表."""
    says_more = reading.fund or reading.kind or reading.subject or reading.classification or reading.holder
    return not says_more and not (reading.words and reading.words[0] in _BEGINS_ONE)


def _says_chapter(reading: TitleReading) -> bool:
    return reading.shape is not None or bool(_CHAPTERS.intersection(reading.words))


def _is_chapter(reading: TitleReading) -> bool:
    """Whether a line is a heading by itself, or says nothing that belongs to a title."""
    return not reading.words or _says_chapter(reading)


def _is_cut_in_a_word(first: str, second: str, joined: TitleReading) -> bool:
    """Whether a word of the title begins on the one line and ends on the other: 一般公共 | 预算支出表."""
    text, end = fold(first) + fold(second), len(fold(first))
    return any(0 <= text.find(word) < end < text.find(word) + len(word) for word in joined.words)


def _goes_on(second: Part, reading: TitleReading, joined: TitleReading) -> bool:
    """Whether a line that is a title goes on with the line above: it says less, and no mark begins it."""
    if reading.form_key == joined.form_key or reading.holder or reading.year:
        return False
    first_word = reading.words[0] if reading.words else ""
    begins_plain = simplified(fold(second.text)).startswith(first_word) and first_word not in _BEGINS_ONE
    return begins_plain or bool(reading.leftover) or reading.is_damaged
