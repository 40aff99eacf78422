"""Tables for Dagster's pages, of texts that strangers wrote."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence


def markdown_table(names: Sequence[str], rows: Sequence[Iterable[object]], most: int) -> str:
    """A table of at most so many rows, in which no text is markup; “none” without rows."""
    if not rows:
        return "none"
    lines = [_line(names), _line(["---"] * len(names))]
    lines += [_line(_cell(value) for value in row) for row in rows[:most]]
    if len(rows) > most:
        lines.append(f"\n… and {len(rows) - most} more")
    return "\n".join(lines)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return re.sub(r"([\\`*_\[\]|])", r"\\\1", html.escape(" ".join(text.split())))
