"""Bars as SVG: what a table beside them says, each mark a link to its figures.

No script draws them, so they print, and need nothing that a page's content policy would have to allow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup, escape

_WIDTH = 720
_LABELS = 190
_BAR = 16
_GAP = 10
_RIGHT = 130
_LONGEST_LABEL = 14  # full-width characters
SERIES = 4
"""Series that have a colour of their own in the style sheet."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One bar: its series (0 …), how much, in words, and where its figures are."""

    series: int
    value: Decimal
    said: str
    href: str | None


@dataclass(frozen=True, slots=True)
class Group:
    """The bars of one name, such as a year; a series that is not stated has none."""

    name: str
    marks: Sequence[Mark]


def bars(title: str, series: Sequence[str], groups: Sequence[Group]) -> Markup:
    """Horizontal bars, grouped. Values below zero go to the left of the axis.

    Raises:
        ValueError: when there are more series than colours.
    """
    if len(series) > SERIES:
        raise ValueError(f"{len(series)} series, of which {SERIES} have a colour")
    values = [mark.value for group in groups for mark in group.marks]
    highest = max([*values, Decimal(0)])
    lowest = min([*values, Decimal(0)])
    span = (highest - lowest) or Decimal(1)
    room = _WIDTH - _LABELS - _RIGHT

    def across(value: Decimal) -> Decimal:
        return _LABELS + (value - lowest) / span * room

    parts: list[str] = []
    top = 24 if len(series) > 1 else 6
    for number, name in enumerate(series if len(series) > 1 else ()):
        left = _LABELS + number * (_WIDTH - _LABELS) // SERIES
        parts.append(f'<rect class="series-{number}" x="{left}" y="4" width="12" height="12"/>')
        parts.append(f'<text x="{left + 16}" y="15">{escape(name)}</text>')
    for group in groups:
        height = max(len(group.marks), 1) * _BAR
        parts.append(
            f'<text class="name" x="{_LABELS - 8}" y="{top + height / 2 + 5}" text-anchor="end">'
            f"{escape(_short(group.name))}<title>{escape(group.name)}</title></text>"
        )
        for number, mark in enumerate(group.marks):
            parts.append(_bar(mark, top + number * _BAR, across(Decimal(0)), across(mark.value)))
        top += height + _GAP
    axis = across(Decimal(0))
    parts.append(f'<line class="axis" x1="{axis:.1f}" x2="{axis:.1f}" y1="22" y2="{top - _GAP / 2:.1f}"/>')
    return Markup(
        f'<svg class="chart" viewBox="0 0 {_WIDTH} {top}" role="group" aria-label="{escape(title)}">'
        f"{''.join(parts)}</svg>"
    )


def _bar(mark: Mark, top: int, zero: Decimal, end: Decimal) -> str:
    left, width = min(zero, end), max(abs(end - zero), Decimal(1))
    drawn = (
        f'<rect class="series-{mark.series}" x="{left:.1f}" y="{top}" width="{width:.1f}" '
        f'height="{_BAR - 3}"><title>{escape(mark.said)}</title></rect>'
        f'<text class="value" x="{left + width + 4:.1f}" y="{top + 11}">{escape(mark.said)}</text>'
    )
    return drawn if mark.href is None else f'<a href="{escape(mark.href)}">{drawn}</a>'


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_LABEL else f"{name[: _LONGEST_LABEL - 1]}…"
