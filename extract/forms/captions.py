"""Which grids belong to which printed form: captions, cut pages and illegible places.

A caption is the few lines around a form's title: its number, whose form it is, the unit of money. They stand
above the grid or in its first rows, in any order, one to a line or all on one. A title is a line (or two)
that reads as one; a sentence that mentions a form is not one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import NamedTuple

from extract.blocks import Block, Grid, Illegible, Text
from extract.folding import fold
from extract.forms.caption_lines import LineReader, Part, may_be_caption
from extract.forms.caption_rows import leading_caption, split_at_captions, under_heading
from extract.forms.caption_titles import Title, begins_title, titles
from extract.forms.titles import TitleReading
from extract.forms.unit_marks import has_unit_cell, looks_like_unit
from extract.numerals import is_amount
from extract.page_marks import is_page_mark
from extract.vocabulary import Vocabulary

_NEAR = 30  # lines below a title in which a table that was not found would begin
_FEWEST_ROWS_OF_FIGURES = 2
_MOST_STRAY_LINES = 3  # between a caption and its grid: (2020年度), 自评得分：95 …
_LONGEST_NAME = 40  # of a form whose title is not known
_MOST_LOOSE_ROWS = 5
_HEADING = 0.7  # certainty of a heading without a word for a table, directly over one
_SHEET_NAME = 0.9  # certainty of a title that is a sheet's name, as a factor


@dataclass(frozen=True, slots=True)
class Caption:
    """What is printed around a form's title.

    ``form_key`` is what the title says, with its ``certainty`` (0 to 1); ``where`` the title stands: above
    the grid, in the grid, or as name of the sheet. ``heading`` is what a line says that stands where a title
    would, and is none.
    """

    title: str | None
    form_key: str | None
    number: str | None
    unit_text: str | None
    holder: str | None
    first_line: int | None
    first_page: int | None
    stray_text: tuple[str, ...] = ()
    reading: TitleReading | None = None
    heading: TitleReading | None = None
    certainty: float = 0.0
    where: str | None = None  # above | grid | sheet
    counted_in: str | None = None  # what its figures count, where it states no unit of money: 台、辆、套


@dataclass(frozen=True, slots=True)
class Section:
    """One printed form: its caption and its grids, in order. Page-cut forms have several grids.

    The rows that are caption are not in the grids. ``loose_rows`` are rows of the form that a page cut left
    outside them, as lines of text. ``has_unit_mark`` says that a line before or after them looks like a unit
    of money, whether or not it was understood.
    """

    caption: Caption
    grids: tuple[Grid, ...]
    is_illegible: bool = False
    loose_rows: tuple[Text, ...] = ()
    has_unit_mark: bool = False


class _Captioned(NamedTuple):
    """A caption, whether a grid after it is of its form, and whether it is of a form published empty.

    ``has_figures`` says that figures stand below it in no grid: then nothing was read, not nothing printed.
    """

    caption: Caption
    is_near: bool
    is_empty_form: bool
    has_figures: bool


def sections(
    blocks: Sequence[Block], vocabulary: Vocabulary, stage: str | None = None, holder: str | None = None
) -> tuple[Section, ...]:
    """Group blocks into printed forms.

    ``stage`` and ``holder`` are what the cover says, for titles that do not. A grid without a caption before
    it continues the form above. A title that is followed by no grid is a form only when a number or a unit is
    printed with it, or a sentence that it is empty: that is how empty forms are published.
    """
    reader = LineReader(vocabulary, stage, holder)
    found: list[Section] = []
    pending: list[Part] = []
    lines: list[Text] = []
    printed: frozenset[str] = frozenset()  # the caption of the last form, as a page repeats it
    for block in split_at_captions(blocks, reader):
        if isinstance(block, Text):
            if not is_page_mark(block.text):
                pending.extend(reader.parts(block))
                lines.append(block)
            continue
        inside, body = leading_caption(block, reader) if isinstance(block, Grid) else ((), block)
        if isinstance(body, Grid) and not inside and pending and reader.heads_columns(pending[-1].text):
            body = under_heading(pending.pop(), body)
            lines.pop()
        before = found[-1] if found else None
        if isinstance(body, Grid) and before is not None and not _is_named(inside, body, before, reader):
            if _goes_on(pending, body, before, printed):
                found[-1] = _widened(before, body, pending, reader)
                pending, lines = [], []
                continue
            if _are_loose_rows(pending, body, before):
                found[-1] = replace(
                    _widened(before, body, pending, reader), loose_rows=(*before.loose_rows, *lines)
                )
                pending, lines = [], []
                continue
        parts = [*pending, *inside]
        _add(found, _close(parts, body, reader, before), parts, reader)
        printed = frozenset(fold(part.text) for part in parts if part.is_of_caption)
        pending, lines = [], []
    _add(found, _close(pending, None, reader, None), pending, reader)
    return tuple(found)


def _add(found: list[Section], closed: Iterator[Section], parts: Sequence[Part], reader: LineReader) -> None:
    """Add the forms that ``parts`` stand above, which may say something of the last form, too."""
    marked = tuple(_marked(closed, parts, reader))
    _mark_before(found, parts, reader, marked[0].caption.unit_text if marked else None)
    found.extend(marked)


def _widened(before: Section, grid: Grid, parts: Sequence[Part], reader: LineReader) -> Section:
    """A form with one more grid, and the lines between."""
    (more,) = _marked(iter((replace(before, grids=(grid,)),)), parts, reader)
    return replace(
        before,
        grids=(*before.grids, grid),
        has_unit_mark=before.has_unit_mark or more.has_unit_mark,
    )


def _marked(closed: Iterator[Section], parts: Sequence[Part], reader: LineReader) -> Iterator[Section]:
    """Say of sections whether the lines above their grids, or rows of these, look like a unit of money."""
    is_above = any(looks_like_unit(part.text, reader.vocabulary) for part in parts)
    for section in closed:
        yield replace(section, has_unit_mark=is_above or has_unit_cell(section.grids, reader.vocabulary))


def _mark_before(found: list[Section], parts: Sequence[Part], reader: LineReader, taken: str | None) -> None:
    """Say of the last form, too, that a line looks like a unit: below its grid, above the next title.

    The unit that stands above that title and that its form has ``taken`` for its own is no other form's.
    """
    if not found or not found[-1].grids:
        return
    page = page_of(found[-1].grids[-1], at_end=True)
    below = tuple(
        takewhile(lambda part: part.kind != "title" and part.row is None and part.page_no == page, parts)
    )
    if any(part.kind == "unit" for part in parts[len(below) :]):
        taken = None  # it stands below the title
    lines = (part for part in below if not (part.kind == "unit" and part.value == taken))
    if any(looks_like_unit(part.text, reader.vocabulary) for part in lines):
        found[-1] = replace(found[-1], has_unit_mark=True)


def caption_parts(line: Text, vocabulary: Vocabulary) -> tuple[Text, ...]:
    """Take apart a line that prints several captions side by side (编制部门：… 单位：元)."""
    if not may_be_caption(line.text):
        return (line,)
    parts = LineReader(vocabulary).parts(line)
    if len(parts) == 1 or all(part.kind in ("title", "other") for part in parts):
        return (line,)
    return tuple(replace(line, text=part.text) for part in parts)


def _is_named(inside: Sequence[Part], grid: Grid, before: Section, reader: LineReader) -> bool:
    """Whether a grid says by itself which form it is: by a title in it, or by the name of another sheet."""
    if any(part.kind in ("title", "other") for part in inside):
        return True
    last = before.grids[-1] if before.grids else None
    is_new_sheet = grid.sheet_name is not None and (last is None or last.sheet_name != grid.sheet_name)
    return is_new_sheet and reader.title(grid.sheet_name or "").is_title


def _goes_on(pending: Sequence[Part], grid: Grid, before: Section, printed: frozenset[str]) -> bool:
    """Whether a grid continues the form above: nothing between, 续表, or the same caption again."""
    if not pending:
        return True
    if not all(part.is_of_caption for part in pending) or not before.grids:
        return False
    is_repeated = all(fold(part.text) in printed for part in pending)
    return any(part.kind == "continued" for part in pending) or (
        is_repeated and width_of(grid) == width_of(before.grids[-1])
    )


def _are_loose_rows(pending: Sequence[Part], grid: Grid, before: Section) -> bool:
    """Whether the lines above a page's first grid are rows of the form that the page cut off their table."""
    if not before.grids or len(pending) > _MOST_LOOSE_ROWS or width_of(grid) != width_of(before.grids[-1]):
        return False
    page = page_of(grid)
    if page is None or page != page_of(before.grids[-1], at_end=True, following=1):
        return False
    return all(
        part.kind == "other" and part.page_no == page and not set("，。；：") & set(part.text)
        for part in pending
    ) and any(_is_row_of_figures(part.text) for part in pending)


def _is_row_of_figures(text: str) -> bool:
    """Whether a line ends in a figure, as a row of a table that was read as text."""
    words = text.split()
    return len(words) > 1 and is_amount(words[-1])


def width_of(grid: Grid) -> int:
    """How many columns a grid has."""
    return len(grid.rows[0])


def page_of(grid: Grid, *, at_end: bool = False, following: int = 0) -> int | None:
    """The page on which a grid begins or ends, or one some pages after it; None without pages."""
    page = grid.rows[-1 if at_end else 0][0].page_no
    return None if page is None else page + following


def _close(
    parts: Sequence[Part], block: Block | None, reader: LineReader, before: Section | None
) -> Iterator[Section]:
    """Give the sections that end where ``block`` stands: titled ones without a grid, then the block's own."""
    found = list(_captions(parts, reader))
    own = found.pop().caption if found and block is not None and found[-1].is_near else None
    yield from (Section(one.caption, (), is_illegible=one.has_figures) for one in found if one.is_empty_form)
    if isinstance(block, Grid):
        by_sheet = None if own or _is_same_sheet(before, block) else _by_sheet(parts, block, reader)
        yield Section(own or by_sheet or _untitled(parts, block, reader), (block,))
    elif isinstance(block, Illegible):
        yield Section(own or _untitled(parts, block, reader), (), is_illegible=True)


def _is_same_sheet(before: Section | None, grid: Grid) -> bool:
    """Whether a sheet has a form already, which its name is the title of."""
    last = before.grids[-1] if before is not None and before.grids else None
    return last is not None and last.sheet_name == grid.sheet_name


def _captions(parts: Sequence[Part], reader: LineReader) -> Iterator[_Captioned]:
    found = list(titles(parts, reader))
    starts = list(_starts(found, parts))
    listed = _listed(parts)
    for position, title in enumerate(found):
        end = starts[position + 1] if position + 1 < len(found) else len(parts)
        around = [*parts[starts[position] : title.start], *parts[title.start : end]]
        below = parts[title.end : end]
        first = parts[starts[position]]
        holder = _value(around, "holder")
        reading = reader.title(title.text, holder)
        caption = Caption(
            title=title.text,
            form_key=reading.form_key,
            number=_value(around, "printed_number") or reading.number,
            unit_text=_value(around, "unit"),
            holder=holder or reading.holder,
            first_line=first.line_no,
            first_page=parts[title.start].page_no,
            stray_text=tuple(part.text for part in below if not part.is_of_caption or part.kind == "date"),
            reading=reading,
            certainty=reading.certainty,
            where="above" if parts[title.start].row is None else "grid",
            counted_in=_value(around, "counted_in"),
        )
        yield _Captioned(
            caption,
            is_near=sum(not part.is_of_caption for part in below) <= _MOST_STRAY_LINES
            and not (reading.has_page and _is_listed(position, found, listed)),
            is_empty_form=caption.form_key is not None
            and _is_empty_form(around, is_listed=title.start in listed or reading.has_page),
            has_figures=_has_figures(below),
        )


def _is_empty_form(around: Sequence[Part], *, is_listed: bool) -> bool:
    kinds = {part.kind for part in around}
    return "unit" in kinds or (not is_listed and bool(kinds & {"printed_number", "empty_form"}))


def _has_figures(below: Sequence[Part]) -> bool:
    """Whether rows of figures stand below a title as lines: a table that was not found, no empty form."""
    if any(part.kind == "empty_form" for part in below):
        return False
    rows = [_is_row_of_figures(part.text) or is_amount(part.text) for part in below[:_NEAR]]
    return sum(rows) >= _FEWEST_ROWS_OF_FIGURES


def _listed(parts: Sequence[Part]) -> set[int]:
    """The parts of a list of contents: titles and numbers that follow its heading."""
    listed: set[int] = set()
    is_list = False
    for position, part in enumerate(parts):
        is_list = part.kind == "contents_heading" or (
            is_list and (part.kind in ("title", "printed_number", "date") or len(part.text) <= _LONGEST_NAME)
        )
        if is_list:
            listed.add(position)
    return listed


def _is_listed(position: int, found: Sequence[Title], listed: set[int]) -> bool:
    """Whether a title is one of a list of contents, with or without its heading."""
    above = found[position - 1] if position else None
    return found[position].start in listed or (above is not None and above.reading.has_page)


def _starts(found: Sequence[Title], parts: Sequence[Part]) -> Iterator[int]:
    """Where each title's caption begins: what is printed above it is its own unless it has the same below."""
    floor = 0
    for position, title in enumerate(found):
        end = found[position + 1].start if position + 1 < len(found) else len(parts)
        below = {part.kind for part in parts[title.end : end]}
        start = title.start
        while (
            start > floor
            and _is_above(parts[start - 1], parts[title.start])
            and (parts[start - 1].kind not in below)
        ):
            start -= 1
        yield start
        floor = title.end


def _is_above(part: Part, title: Part) -> bool:
    return part.is_of_caption and part.page_no == title.page_no and part.kind != "contents_heading"


def _value(around: Sequence[Part], kind: str) -> str | None:
    return next((part.value for part in around if part.kind == kind), None)


def _by_sheet(parts: Sequence[Part], grid: Grid, reader: LineReader) -> Caption | None:
    """The caption of a grid whose title is the name of its sheet."""
    if grid.sheet_name is None:
        return None
    reading = reader.title(grid.sheet_name)
    if not reading.is_title:
        return None
    return replace(
        _untitled(parts, grid, reader),
        title=grid.sheet_name,
        form_key=reading.form_key,
        reading=reading,
        certainty=round(reading.certainty * _SHEET_NAME, 3),
        where="sheet",
    )


def _untitled(parts: Sequence[Part], block: Grid | Illegible, reader: LineReader) -> Caption:
    """The caption of a grid without a title: the heading right over it, or the nearest line like a name."""
    first = block.rows[0][0] if isinstance(block, Grid) else block
    near = parts[_nearest(parts) :]
    text = [part for part in near if not part.is_of_caption]
    heading = _whole_heading(text, reader)
    reading = reader.title(heading.text) if heading and _is_name(heading.text) else None
    is_heading = reading is not None and reading.likely_key is not None and not reading.leftover
    says_something = is_heading or (reading is not None and reading.words and len(reading.leftover) == 1)
    contents = next((part.text for part in near if part.kind == "contents_heading"), None)
    named = contents or next(
        (part.text for part in (*([heading] if heading else ()), *reversed(text)) if _is_name(part.text)),
        None,
    )
    return Caption(
        title=heading.text if heading and is_heading else named,
        form_key=reading.likely_key if reading and is_heading else None,
        number=_value(near, "printed_number"),
        unit_text=_value(near, "unit"),
        holder=_value(near, "holder"),
        first_line=first.line_no,
        first_page=first.page_no,
        reading=reading if says_something else None,
        heading=reading or (reader.title(named) if named else None),
        certainty=_HEADING if is_heading else 0.0,
        where="above" if is_heading or named else None,
        counted_in=_value(near, "counted_in"),
    )


def _whole_heading(text: Sequence[Part], reader: LineReader) -> Part | None:
    """The line right over a grid, with the line before it where that begins what it ends."""
    if len(text) < 2:
        return text[-1] if text else None
    first, last = text[-2:]
    is_begun = first.page_no == last.page_no and _is_name(first.text) and _is_name(last.text)
    if not is_begun or not begins_title(first.text, last.text, reader):
        return last
    return last._replace(text=f"{first.text}{last.text}", line_no=first.line_no)


def _is_name(text: str) -> bool:
    """Whether a line may name what stands under it: no sentence, no row of figures."""
    # a space may stand between all its characters
    return len(fold(text)) <= _LONGEST_NAME and not _is_row_of_figures(text) and not set("。；") & set(text)


def _nearest(parts: Sequence[Part]) -> int:
    """Where the lines right above a grid begin: what is of a caption, and the text just before that.

    What is of a caption above that text is its own, too, where none stands below it.
    """
    start = len(parts)
    while start and parts[start - 1].is_of_caption:
        start -= 1
    has_caption = start < len(parts)
    stray = 0
    while start and stray < _MOST_STRAY_LINES and not parts[start - 1].is_of_caption:
        start -= 1
        stray += 1
    while start and not has_caption and _is_above(parts[start - 1], parts[-1]):
        start -= 1
    return start
