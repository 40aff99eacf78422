"""Which grids belong to which printed form: captions, cut pages and illegible places.

A caption is the few lines around a form's title: its number, whose form it is, the unit of money. A title is
a whole line (or two) that the vocabulary knows; a sentence that mentions a form is not one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extract.blocks import Block, Grid, Illegible, Text
from extract.folding import fold
from extract.forms.titles import read_title
from extract.page_marks import is_page_mark
from extract.vocabulary import Vocabulary

_MOST_STRAY_LINES = 3  # between a caption and its grid: (2020年度), 自评得分：95 …


@dataclass(frozen=True, slots=True)
class Caption:
    """What is printed around a form's title."""

    title: str | None
    form_key: str | None
    number: str | None
    unit_text: str | None
    holder: str | None
    first_line: int | None
    first_page: int | None
    stray_text: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One printed form: its caption and its grids, in order. Page-cut forms have several grids."""

    caption: Caption
    grids: tuple[Grid, ...]
    is_illegible: bool = False


def sections(blocks: Sequence[Block], vocabulary: Vocabulary) -> tuple[Section, ...]:
    """Group blocks into printed forms.

    A grid without any text before it continues the form above. A title that is followed by no grid is a form
    only when a number or a unit is printed with it: that is how empty forms are published.
    """
    found: list[Section] = []
    pending: list[Text] = []
    for block in blocks:
        if isinstance(block, Text):
            if not is_page_mark(block.text):
                pending.extend(caption_parts(block, vocabulary))
        elif isinstance(block, Grid) and not pending and found:
            found[-1] = replace(found[-1], grids=(*found[-1].grids, block))
        else:
            found.extend(_close(pending, block, vocabulary))
            pending = []
    found.extend(_close(pending, None, vocabulary))
    return tuple(found)


def caption_parts(line: Text, vocabulary: Vocabulary) -> tuple[Text, ...]:
    """Take apart a line that prints two captions side by side (编制部门：… 单位：元); else give it whole."""
    for space in re.finditer(r"\s+", line.text):
        sides = line.text[: space.start()], line.text[space.end() :]
        if all(_is_caption_line(side, vocabulary) for side in sides):
            return tuple(replace(line, text=side) for side in sides)
    return (line,)


def stitch(found: Sequence[Section], vocabulary: Vocabulary) -> tuple[Section, ...]:
    """Join a form that a page break cut: the same title again, directly after, continues the form.

    Forms of which a document may hold several (one per project) continue only when the second printing does
    not name a subject of its own.
    """
    joined: list[Section] = []
    for section in found:
        if joined and _continues(joined[-1], section, vocabulary):
            before = joined[-1]
            joined[-1] = replace(before, grids=before.grids + section.grids)
        else:
            joined.append(section)
    return tuple(joined)


def _continues(before: Section, section: Section, vocabulary: Vocabulary) -> bool:
    key = section.caption.form_key
    if key is None or key != before.caption.form_key or not before.grids or not section.grids:
        return False
    if vocabulary.forms[key].is_unique:
        return True
    return not any(
        vocabulary.heads.get(fold(cell.text)) == "subject"
        for row in section.grids[0].rows[:2]
        for cell in row
    )


def _close(pending: Sequence[Text], block: Block | None, vocabulary: Vocabulary) -> Iterator[Section]:
    """Give the sections that end where ``block`` stands: titled ones without a grid, then the block's own."""
    captions = list(_captions(pending, vocabulary))
    own = captions.pop() if captions and block is not None and _stands_at(captions[-1]) else None
    yield from (Section(caption, ()) for caption in captions if caption.number or caption.unit_text)
    if isinstance(block, Grid):
        yield Section(own or _untitled(pending, block, vocabulary), (block,))
    elif isinstance(block, Illegible):
        yield Section(own or _untitled(pending, block, vocabulary), (), is_illegible=True)


def _stands_at(caption: Caption) -> bool:
    return len(caption.stray_text) <= _MOST_STRAY_LINES


def _untitled(pending: Sequence[Text], block: Grid | Illegible, vocabulary: Vocabulary) -> Caption:
    first = block.rows[0][0] if isinstance(block, Grid) else block
    nearest = pending[-1].text if pending else None
    unit = _caption_value([line.text for line in pending[-2:]], "unit", vocabulary)
    title = nearest if nearest and len(nearest) <= 40 else None
    return Caption(title, None, None, unit, None, first.line_no, first.page_no)


def _captions(lines: Sequence[Text], vocabulary: Vocabulary) -> Iterator[Caption]:
    titles = list(_titles(lines, vocabulary))
    starts = [start - _has_number(lines, start - 1, vocabulary) for start, _, _ in titles]
    for position, (start, length, key) in enumerate(titles):
        end = starts[position + 1] if position + 1 < len(titles) else len(lines)
        around = [line.text for line in (*lines[starts[position] : start], *lines[start + length : end])]
        yield Caption(
            title=" ".join(line.text for line in lines[start : start + length]),
            form_key=key,
            number=_caption_value(around, "printed_number", vocabulary)
            or read_title(lines[start].text, vocabulary).number,
            unit_text=_caption_value(around, "unit", vocabulary),
            holder=_caption_value(around, "holder", vocabulary),
            first_line=lines[starts[position]].line_no,
            first_page=lines[start].page_no,
            stray_text=tuple(text for text in around if not _is_caption_line(text, vocabulary)),
        )


def _titles(lines: Sequence[Text], vocabulary: Vocabulary) -> Iterator[tuple[int, int, str]]:
    keys = [read_title(line.text, vocabulary).form_key for line in lines]
    position = 0
    while position < len(lines):
        length, key = 1, keys[position]
        if key is None and not any(keys[position : position + 2]):
            pair = [line.text for line in lines[position : position + 2]]
            if len(pair) > 1 and not any(_is_caption_line(text, vocabulary) for text in pair):
                length, key = 2, read_title("".join(pair), vocabulary).form_key
        if key is None:
            position += 1
        else:
            yield position, length, key
            position += length


def _has_number(lines: Sequence[Text], position: int, vocabulary: Vocabulary) -> bool:
    return position >= 0 and _caption_value([lines[position].text], "printed_number", vocabulary) is not None


def _caption_value(texts: Sequence[str], kind: str, vocabulary: Vocabulary) -> str | None:
    for text in texts:
        for pattern_kind, pattern in vocabulary.captions:
            match = pattern.fullmatch(fold(text)) if pattern_kind == kind else None
            if match:
                return next(iter(match.groupdict().values()), match.group())
    return None


def _is_caption_line(text: str, vocabulary: Vocabulary) -> bool:
    return any(pattern.fullmatch(fold(text)) for _, pattern in vocabulary.captions)
