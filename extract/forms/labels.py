"""What a row's label says: its number, whether it is a total or an "of which", how deep it stands."""

from __future__ import annotations

import re
from typing import NamedTuple

from extract.folding import fold
from extract.forms.row_words import row_of_words, without_words_of_totals
from extract.remembered import remembered
from extract.simplified import simplified
from extract.vocabulary import RowMeaning, Vocabulary

_NUMBERING = (
    (1, re.compile(r"[一二三四五六七八九十]+、")),
    (2, re.compile(r"\([一二三四五六七八九十]+\)")),
    (3, re.compile(r"\d{1,2}[、.]")),
    (4, re.compile(r"\(\d{1,2}\)")),
)
_MEMO = re.compile(r"其中[:,]?")
UNNUMBERED_LEVEL = 9
_SECTION_LEVEL = 2  # a total numbered as (一) or deeper is one of the parts of its form


class Label(NamedTuple):
    """A label taken apart."""

    plain: str
    row_kind: str  # item | subtotal | total | memo
    line_key: str | None
    level: int | None  # depth of the printed numbering; None when unnumbered


@remembered(1 << 14)
def read_label(text: str, form_key: str | None, vocabulary: Vocabulary) -> Label:
    """Take a printed label apart: numbering and 其中 off, then the vocabulary's word on what remains."""
    rest, level = _strip_numbering(fold(text))
    memo = _MEMO.match(rest)
    if memo:
        rest, _ = _strip_numbering(rest[memo.end() :])  # 其中：1.…, of which the others go on with 2.
    plain = rest.rstrip(":")
    known = (
        vocabulary.row(form_key, simplified(plain))
        or row_of_words(simplified(plain), vocabulary.row_words)
        or _whole(simplified(plain), form_key, vocabulary)
    )
    if memo:
        return Label(plain, "memo", known.line_key if known else None, level)
    if known and known.row_kind == "total" and level is not None and level >= _SECTION_LEVEL:
        return Label(plain, "item", None, level)  # (一)支出合计: of its section alone
    if known:
        return Label(plain, known.row_kind, known.line_key, known.outline_level or level)
    return Label(plain, "item", None, level)


def _whole(plain: str, form_key: str | None, vocabulary: Vocabulary) -> RowMeaning | None:
    """What the other rows are parts of, where words of totals follow its name: 三公经费合计."""
    name = without_words_of_totals(plain, vocabulary.row_words)
    known = vocabulary.row(form_key, name) if name != plain else None
    return known if known is not None and known.line_key == "whole" else None


def unnumbered_level(level: int | None) -> int:
    """Depth of a label: unnumbered labels stand below every numbered one."""
    return level if level is not None else UNNUMBERED_LEVEL


def _strip_numbering(folded: str) -> tuple[str, int | None]:
    for level, pattern in _NUMBERING:
        match = pattern.match(folded)
        if match and match.end() < len(folded):
            return folded[match.end() :], level
    return folded, None
