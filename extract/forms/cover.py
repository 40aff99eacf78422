"""What a document says of itself on its cover: whose it is, of which year, budget or final accounts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from extract.blocks import Block, Text
from extract.folding import fold
from extract.vocabulary import Vocabulary

_LONGEST_COVER = 12  # lines; a cover is short, and ends at the contents heading
_YEAR = re.compile(r"(20\d\d)年")
_STAGES = (("决算", "final_accounts"), ("预算", "budget"))
_LEVELS = (
    (re.compile(r"单位(?:综合|财务收支)?(?:预算|决算)"), "unit"),
    (re.compile(r"部门(?:综合|财务收支)?(?:预算|决算)"), "department"),
)
_PRINTED_YEAR = re.compile(r"20\d\d\s*年")
_MARKUP = re.compile(r"[*#_]+")
_PLACEHOLDER = re.compile(r"[xX×]{2}|某某|[＿_]{2}")
_NOT_A_NAME = re.compile(r"\d{4}|预算|决算|公开|说明|情况|目录|报表|:|。|第.部分")


class Cover(NamedTuple):
    """Facts on the cover; each None when not printed there."""

    publisher: str | None
    year: str | None
    stage: str | None
    department: str | None = None  # of a unit: the department (主管部门) it belongs to
    level: str | None = None  # department | unit: whose budget or final accounts it says it is


def read_cover(blocks: Sequence[Block], vocabulary: Vocabulary) -> Cover:
    """Read the lines before the contents list.

    The publisher is what a label names (预算单位：…, 预算主管部门：…), else the name before the year, which
    may be printed over several lines; a region alone is no publisher. The stage is what the title says; 决算
    wins, because final accounts mention the budget too.
    """
    lines = _cover_lines(blocks, vocabulary)
    joined = "".join(fold(line) for line in lines)
    year = _YEAR.search(joined)
    unit, department = (_labelled(lines, kind, vocabulary) for kind in ("holder", "department"))
    return Cover(
        publisher=unit or department or _name_before_year(lines, vocabulary),
        year=year.group(1) if year else None,
        stage=next((stage for word, stage in _STAGES if word in joined), None),
        department=department,
        level=next((level for pattern, level in _LEVELS if pattern.search(joined)), None),
    )


def _labelled(lines: Sequence[str], kind: str, vocabulary: Vocabulary) -> str | None:
    patterns = [pattern for pattern_kind, pattern in vocabulary.captions if pattern_kind == kind]
    matches = (pattern.fullmatch(fold(line)) for line in lines for pattern in patterns)
    names = (next(iter(match.groupdict().values())) for match in matches if match)
    return next(filter(is_name, names), None)


def _name_before_year(lines: Sequence[str], vocabulary: Vocabulary) -> str | None:
    """The name before the year, over as many lines as it takes; else the first line that is a name."""
    for position, line in enumerate(lines):
        year = _PRINTED_YEAR.search(line)
        if year:
            names = [line[: year.start()].strip()]
            above = takewhile(is_name, reversed(lines[:position]))
            name = "".join([*reversed([part.strip() for part in above]), *names])
            if name and is_name(name) and not _is_region(name, vocabulary):
                return name
            break
    return next((line for line in lines if is_name(line)), None)


def _is_region(name: str, vocabulary: Vocabulary) -> bool:
    """Whether a text names nothing but places: 上海市普陀区."""
    rest = fold(name)
    while rest:
        places = (region for region in vocabulary.regions if rest.startswith(region))
        place = max(places, key=len, default=None)
        if place is None:
            return False
        rest = rest.removeprefix(place)
    return True


def is_name(text: str) -> bool:
    """Whether a line can be a publisher's name: no year, no sentence, and no placeholder of a template."""
    folded = fold(text)
    return not _NOT_A_NAME.search(folded) and not _PLACEHOLDER.search(folded)


def _cover_lines(blocks: Sequence[Block], vocabulary: Vocabulary) -> list[str]:
    lines: list[str] = []
    for block in blocks[:_LONGEST_COVER]:
        if not isinstance(block, Text):
            break
        line = _MARKUP.sub("", block.text).strip()
        if any(kind == "contents_heading" and p.fullmatch(fold(line)) for kind, p in vocabulary.captions):
            break
        if line:
            lines.append(line)
    return lines
