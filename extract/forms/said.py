"""What one figure of the prose was read as: its claim, and what its words say beside that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from extract.printed import PrintedClaim


class Basis(NamedTuple):
    """What a change is counted from."""

    is_budget: bool  # the budget of the same year, else another year
    year: int | None  # from the document's year; None where that is not known
    version: str | None  # what the words say: budgeted | actual, of budgets budgeted | adjusted
    is_said: bool  # else it is taken for granted


UNSAID = Basis(is_budget=False, year=-1, version=None, is_said=False)  # the year before


@dataclass(frozen=True, slots=True)
class Said:
    """One figure as it was read.

    ``year`` is counted from the document's (-1 is the year before), None where it is not known. ``strand`` is
    the place of the figure in a list of figures said of several things at once (各, 分别).
    """

    claim: PrintedClaim
    year: int | None
    version: str | None  # budgeted | adjusted | planned | actual, where the words say so
    sentence: int  # of its paragraph, from 0; also what a semicolon ends is one
    period: int = 0  # the same, but counting full stops alone
    end: int = 0  # where it ends in its paragraph
    is_open_unit: bool = False  # no unit is printed: what it comes to is not known, so nothing is asked of it
    is_last: bool = False  # of its paragraph
    list_size: int = 1
    strand: int = 0
    depth: int = 0  # brackets with figures in them that it stands in
    is_open: bool = False  # its direction is a choice that nobody made
    names_nothing: bool = False  # a change whose words do not say of what
    is_of_unclear: bool = False  # of a whole or of its last part: neither fits
    is_difference: bool = False  # its direction is left to the figures
    is_adjusting: bool = False  # 年中调增5万元: between two budgets
    is_in_reason: bool = False
    is_respective: bool = False  # said one by one of the figures before it
    basis: Basis | None = None
    is_of_outcome: bool = False  # a rate of completion
    is_multiple: bool = False  # 是上年的3倍: how many times another figure
    is_completing: bool = False  # the budget in 完成预算27万元的63.2%
    before: str = ""  # the words before it, since the figure before
    after: str = ""  # the words behind it, up to the next figure or the paragraph's end
