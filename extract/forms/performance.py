"""Performance forms (绩效目标表, 绩效自评表): a head with money and tasks, then indicators."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from extract.blocks import Grid
from extract.forms.collector import Collector
from extract.forms.headers import resolve_columns
from extract.forms.indicators import IndicatorReading, is_indicator_header, read_indicators
from extract.forms.performance_head import HeadReading, read_heads, read_tasks
from extract.forms.performance_lists import above_of, list_columns
from extract.vocabulary import Vocabulary


class PerformanceFacts(NamedTuple):
    """What a performance form says of itself."""

    subject: str | None = None
    unit_text: str | None = None
    has_content: bool = False
    has_placeholders: bool = False


def has_indicators(grids: Sequence[Grid]) -> bool:
    """Whether grids hold a header of indicators, whatever their form is called."""
    return any(is_indicator_header(row) for grid in grids for row in grid.rows)


def read_performance(
    grids: Sequence[Grid], form_key: str, collector: Collector, vocabulary: Vocabulary
) -> PerformanceFacts:
    """Read all grids of one performance form and say what it is about and whether it is a blank template.

    Within a grid, rows above the indicators' header are its head, also when a page cut prints both again;
    a grid without that header goes on where the one before stopped. A second block of indicators (年度 below
    长期) has a header of its own.
    """
    head, indicators = HeadReading(), IndicatorReading()
    for grid in grids:
        headers = [number for number, row in enumerate(grid.rows) if is_indicator_header(row)]
        above = headers[0] if headers else len(grid.rows)
        if headers or not indicators.blocks:
            read_heads(grid.rows[:above], head, form_key, collector, vocabulary)
        else:
            read_indicators(grid.rows, indicators, collector, vocabulary)
        for header, end in pairwise([*headers, len(grid.rows)]):
            columns = resolve_columns([grid.rows[header]], form_key, vocabulary)
            projects = list_columns(above_of(grid.rows, header), grid.rows[header])
            indicators.begin(columns, projects)
            read_indicators(grid.rows[header + 1 : end], indicators, collector, vocabulary)
    read_tasks(head, form_key, collector, vocabulary)
    return PerformanceFacts(
        subject=head.subject,
        unit_text=head.unit_text,
        has_content=head.has_content or indicators.has_content,
        has_placeholders=indicators.has_placeholders,
    )
