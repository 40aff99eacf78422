"""The cover: the lines before the list of contents or the first form, and the title on them.

The title of a disclosure may be printed over several lines there, its name too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extract.blocks import Block, Text
from extract.folding import fold
from extract.forms.captions import caption_parts
from extract.forms.disclosure_titles import DisclosureTitle, read_disclosure_title
from extract.forms.publisher_names import as_name, begins_with_place
from extract.forms.titles import may_be_title, read_title
from extract.name_vocabulary import NameVocabulary
from extract.page_marks import is_page_mark
from extract.vocabulary import Vocabulary

_LONGEST_COVER = 12  # lines
_MOST_LINES = 5  # of one title
_MARKUP = re.compile(r"[*#_]+")
_ENDS_A_COVER = ("contents_heading", "unit", "printed_number")


class _Found(NamedTuple):
    """A title, and the lines that it is printed on."""

    start: int
    end: int
    title: DisclosureTitle


def cover_lines(blocks: Sequence[Block], vocabulary: Vocabulary) -> list[str]:
    """The lines of the cover, without markup and page marks; none where the first form begins at once."""
    lines: list[str] = []
    for block in blocks[:_LONGEST_COVER]:
        if not isinstance(block, Text):
            break
        line = _MARKUP.sub("", block.text).strip()
        if _ends_cover(line, vocabulary):
            break
        if line and not is_page_mark(line):
            lines.append(line)
    return lines


def labelled(lines: Sequence[str], kind: str, vocabulary: Vocabulary) -> str | None:
    """The name that a label on the cover gives (预算单位：…, 预算主管部门：…), folded."""
    # a line may hold several captions: 编制部门：某局  表1
    parts = (part.text for line in lines for part in caption_parts(Text(line, 0), vocabulary))
    named = (vocabulary.captions.value(kind, fold(part)) for part in parts)
    names = (as_name(name, vocabulary.names, is_labelled=True) for name in named if name)
    return next((name for name in names if name), None)


def cover_title(lines: Sequence[str], names: NameVocabulary) -> DisclosureTitle | None:
    """The title that some lines hold, one of them or several joined; None where there is none.

    The one with a name comes first, then the one with a year. A name that was broken over lines is joined;
    one that begins with its place is whole, and what stands above it is not of it.
    """
    found = list(_titles(lines, names))
    if not found:
        return None
    best = max(found, key=lambda one: (one.title.name is not None, one.title.year is not None, -one.start))
    same_end = [one for one in found if one.end == best.end and one.title.name is not None]
    whole = [one for one in same_end if begins_with_place(one.title.name or "", names)]
    if whole:
        return max(whole, key=lambda one: one.start).title
    return best.title


def _titles(lines: Sequence[str], names: NameVocabulary) -> Iterator[_Found]:
    for start in range(len(lines)):
        for end in range(start + 1, min(start + _MOST_LINES, len(lines)) + 1):
            title = read_disclosure_title("".join(lines[start:end]), names)
            if title is not None and not title.has_more:
                yield _Found(start, end, title)


def _ends_cover(line: str, vocabulary: Vocabulary) -> bool:
    folded = fold(line)
    if any(kind in _ENDS_A_COVER and pattern.fullmatch(folded) for kind, pattern in vocabulary.captions):
        return True
    return may_be_title(line, vocabulary) and read_title(line, vocabulary).form_key is not None
