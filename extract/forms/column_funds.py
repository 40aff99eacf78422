"""The source of money of a column under an unknown heading, by the totals that other forms print.

A list of revenue has a column for each source, and a summary a row. So a column whose total a named form
prints as that of one source, and of no other, is of that source (业务活动所得 in a list, 事业收入 in the
summary).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from extract.forms.form_reading import FormReading
from extract.forms.restated import RECEIVED, Known, Total, column_totals
from extract.printed import PrintedColumn
from extract.vocabulary import Vocabulary

_FEWEST_STEPS = Decimal(500)  # of its last digit that a total comes to: 5.00 may be two things by chance
_OF_ALL = "all"


def with_funds(
    form: FormReading, stage: str | None, known: Known, vocabulary: Vocabulary
) -> list[PrintedColumn]:
    """The columns of a form, those of a total under a heading that no word tells with their source.

    ``known`` are the totals that the named forms of the document print. A source that another column of the
    table names, or that two would have, tells nothing.
    """
    columns = form.records.columns
    if not any(map(_is_open, columns)):
        return columns
    totals = column_totals(form, stage, vocabulary)
    funds = {
        id(column): fund
        for column in columns
        if _is_open(column)
        and (fund := _fund_of(totals.get((column.side_no, column.col_no), ()), known)) is not None
    }
    taken = Counter((column.side_no, funds.get(id(column), column.fund)) for column in columns)
    return [
        replace(column, fund=fund, is_fund_open=False)
        if (fund := funds.get(id(column))) is not None and taken[column.side_no, fund] == 1
        else column
        for column in columns
    ]


def _is_open(column: PrintedColumn) -> bool:
    return column.fund is None and column.is_fund_open and column.measure == "total"


def _fund_of(totals: tuple[Total, ...], known: Known) -> str | None:
    """The one source of which others print each of the totals."""
    told = [total for total in totals if abs(total.value) >= _FEWEST_STEPS * 2 * total.doubt]
    if not told:
        return None
    agreeing = [_agreeing(total, known) for total in told]
    funds = set.intersection(*agreeing)
    return funds.pop() if len(funds) == 1 and _OF_ALL not in funds else None


def _agreeing(total: Total, known: Mapping[tuple[str, str], tuple[Total, ...]]) -> set[str]:
    return {
        fund
        for (fund, kind), totals in known.items()
        if kind == RECEIVED and any(total.agrees(other) for other in totals)
    }
