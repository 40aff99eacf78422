"""What the label of a total or of a balance says, word by word: 本年收入小计, 年末结转和结余, 支出总计.

A label is understood where its words cover it whole; a label of anything else is an item's own name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from extract.remembered import remembered
from extract.vocabulary import RowMeaning

_KINDS = frozenset({"personnel", "public_operating"})  # 人员经费合计, of the economic items on its side

_SAID_OF_TOTALS = frozenset({"total", "grand_total", "flow", "money", "nothing"})

_ASIDE = re.compile(r"\([^()]*\)$")  # behind a balance: 上年结余(不包括国库集中支付额度结余)
_GRAND_TOTAL = RowMeaning("total", "grand_total", None)

_Words = tuple[tuple[str, str], ...]


def row_of_words(label: str, words: Mapping[str, str]) -> RowMeaning | None:
    """The meaning of a folded label without numbering, by the words it is made of; None for an item's name.

    Args:
        label: simplified characters, half width, no spaces.
        words: what each word says, see ``row_words.csv``.
    """
    said = _said(label, tuple(words.items()))
    if said is None:
        without = _ASIDE.sub("", label)
        balance = row_of_words(without, words) if without != label else None
        return balance if balance is not None and balance.line_key == "carry" else None
    says = set(said)
    is_total = bool(says & {"total", "grand_total"})
    kind = says & _KINDS
    meaning: RowMeaning | None = None
    if "carry" in says and says & {"before", "after", "use"} and not is_total:
        meaning = RowMeaning("item", "carry", None)
    elif is_total and "flow" in says and not says & {"carry", "before", "after", "use", "money"}:
        is_of_the_year = "current" in says
        meaning = RowMeaning("subtotal", "current_total", None) if is_of_the_year else _GRAND_TOTAL
    elif is_total and len(kind) == 1:
        meaning = RowMeaning("total", f"{kind.pop()}_total", None)
    elif is_total and says <= {"total", "grand_total", "nothing"}:
        meaning = RowMeaning("total", "form_total", None)
    return meaning


def without_words_of_totals(label: str, words: Mapping[str, str]) -> str:
    """A label without the words of totals, flows and money that it ends in: 三公经费 of 三公经费支出合计."""
    return _ends(tuple(words.items())).sub("", label)


@lru_cache(8)
def _ends(words: _Words) -> re.Pattern[str]:
    longest = sorted((word for word, says in words if says in _SAID_OF_TOTALS), key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(map(re.escape, longest)) or '(?!)'})+$")


@remembered(1 << 14)
def _said(label: str, words: _Words) -> tuple[str, ...] | None:
    """What each word of a label says, from left to right, the longest first; None if anything is left."""
    says, any_word = _looked_up(words)
    said: list[str] = []
    end = 0
    while end < len(label):
        word = any_word.match(label, end)
        if word is None:
            return None
        said.append(says[word.group()])
        end = word.end()
    return tuple(said) or None


@lru_cache(8)
def _looked_up(words: _Words) -> tuple[dict[str, str], re.Pattern[str]]:
    """What each word says, and one pattern of them all, the longest first."""
    longest = sorted((word for word, _ in words), key=len, reverse=True)
    return dict(words), re.compile("|".join(map(re.escape, longest)) or "(?!)")
