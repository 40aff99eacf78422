"""Facts about one thing, as a list of names and values."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from rich.table import Table

from orchestration.command.published import Row
from orchestration.command.terminal import escape


def facts_table(facts: Sequence[tuple[str, object]]) -> Table:
    """One row per fact; what is empty is left out."""
    table = Table(show_header=False, show_edge=False, box=None)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in facts:
        if value not in (None, ""):
            table.add_row(name, escape(str(value)))
    return table


def yuan(value: object) -> str | None:
    """A sum of money, exact."""
    return f"{value:,} 元" if isinstance(value, Decimal) else None


def joined(row: Row, *names: str) -> str:
    """What ``row`` has under ``names``, in one line."""
    return " ".join(str(row[name]) for name in names if row[name] is not None)


def document(row: Row) -> str:
    """Which document: its file, whose it is, its id."""
    return (
        f"{row['file_name']} ({joined(row, 'publisher_name', 'fiscal_year', 'stage')}) {row['document_id']}"
    )


def printed(text: object, unit: object) -> str:
    """A figure with its unit, which prose has in the figure itself."""
    if not unit:
        return f"{text} (unit printed nowhere)"
    return str(text) if str(text).endswith(str(unit)) else f"{text} {unit}"
