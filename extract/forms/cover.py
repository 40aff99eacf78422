"""What a document says of itself on its cover: whose it is, of which year, budget or final accounts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from extract.blocks import Block, Text
from extract.folding import fold
from extract.vocabulary import Vocabulary

_LONGEST_COVER = 12  # lines; a cover is short, and ends at the contents heading
_YEAR = re.compile(r"(20\d\d)年")
_STAGES = (("决算", "final_accounts"), ("预算", "budget"))
_MARKUP = re.compile(r"[*#_]+")
_PLACEHOLDER = re.compile(r"[xX×]{2}|某某|[＿_]{2}")
_NOT_A_NAME = re.compile(r"\d{4}|预算|决算|公开|说明|情况|目录|报表|:|。|第.部分")


class Cover(NamedTuple):
    """Facts on the cover; each None when not printed there."""

    publisher: str | None
    year: str | None
    stage: str | None


def read_cover(blocks: Sequence[Block], vocabulary: Vocabulary) -> Cover:
    """Read the lines before the contents list.

    The publisher is the first line that is a name: no year, no 预算 or 决算, no sentence. The stage is what
    the title says; 决算 wins, because final accounts mention the budget too.
    """
    lines = _cover_lines(blocks, vocabulary)
    joined = "".join(fold(line) for line in lines)
    year = _YEAR.search(joined)
    return Cover(
        publisher=next((line for line in lines if is_name(line)), None),
        year=year.group(1) if year else None,
        stage=next((stage for word, stage in _STAGES if word in joined), None),
    )


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
