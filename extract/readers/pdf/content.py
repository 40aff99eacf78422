"""What is drawn on a page: characters with their baselines, rules and pictures, as they lie upright."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from extract.blocks import Box
from extract.readers.ruled import Rule

_THICKEST_RULE = (
    3.0  # points; thicker fills are backgrounds, the borders of 484 pages measured are at most 1.5
)


class Character(NamedTuple):
    """One printed character, in points from the top left corner of the upright page."""

    text: str
    left: float
    right: float
    baseline: float
    top: float
    bottom: float
    size: float  # the em, in points


def type_size(text: str, width: float) -> float:
    """The em of a character by its width, of which a digit has half: some fonts have boxes twice as high."""
    return width if text > "\u2e7f" else 1.9 * width


@dataclass(frozen=True, slots=True)
class PageContent:
    """One page, turned so that its text stands upright.

    ``pictured`` is the share of the page that ``pictures`` cover (0 to 1). ``turned`` is how far its text is
    turned against the page's own axes, in quarters of a circle anticlockwise. ``layer`` is text that is never
    painted, as a scanner's program lays it over the picture of a page. ``is_unpainted`` says that none of its
    text is painted and nothing else shows any: what was meant to be seen is not certain.
    """

    width: float
    height: float
    characters: tuple[Character, ...]
    rules: tuple[Rule, ...]
    pictured: float
    turned: int = 0
    pictures: tuple[Box, ...] = ()
    layer: tuple[Character, ...] = ()
    is_unpainted: bool = False
    drawings: int = 0  # paths, pictures and fills, also those that are no rules
    slants: tuple[Rule, ...] = ()  # the rectangles around slanted strokes
    turned_digits: tuple[tuple[float, float], ...] = ()  # the middles of digits that stand on their side
    half_covered: tuple[Character, ...] = ()  # of figures that something is painted over in part


def rule_of(left: float, top: float, right: float, bottom: float) -> Rule | None:
    """A rectangle as a rule, if it is thin one way and not a dot."""
    width, height = right - left, bottom - top
    if min(width, height) > _THICKEST_RULE or max(width, height) <= _THICKEST_RULE:
        return None
    return Rule(left, top, right, bottom)


def is_white(channels: Iterable[float]) -> bool:
    """Whether a colour, each channel from 0 to 1, cannot be told from white paper."""
    return all(channel > 0.98 for channel in channels)
