"""What several places of a document say of one fact, weighed against each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

_DIGITS = Decimal("0.001")
_DOUBT = 1.0  # what stands against any statement: that it is misread, or printed wrong
_AHEAD = 1.25  # how much more than the next must speak for what is believed
_LEAST = 0.75  # that must speak for it at all


class Statement(NamedTuple):
    """That one place of a document says something, and how much it counts."""

    value: str
    source: str  # cover | title | caption | heading | column | unit_row | prose
    weight: float


class Fact(NamedTuple):
    """What is believed, which source says it most, and how certain that is (0 to 1)."""

    value: str | None = None
    source: str | None = None
    certainty: Decimal | None = None


UNKNOWN = Fact()


def believed(
    statements: Iterable[Statement],
    most: Mapping[str, float],
    is_same: Callable[[str, str], bool] = str.__eq__,
    fullest: Callable[[Mapping[str, float]], str] = max,
) -> Fact:
    """Weigh statements; none where too little speaks for the best of them, or as much for another.

    ``most`` is what one source can count in all, however often it says the same. ``is_same`` tells which
    values mean one thing, and ``fullest`` which of these says it best.
    """
    groups: list[list[Statement]] = []
    for statement in statements:
        own = next((group for group in groups if is_same(group[0].value, statement.value)), None)
        if own is None:
            groups.append([statement])
        else:
            own.append(statement)
    weighed = sorted(
        ((_weight(group, most), group) for group in groups), key=lambda pair: -sum(pair[0].values())
    )
    if not weighed:
        return UNKNOWN
    by_source, group = weighed[0]
    support = sum(by_source.values())
    against = sum(weighed[1][0].values()) if len(weighed) > 1 else 0.0
    if support < _LEAST or support < _AHEAD * against:
        return UNKNOWN
    source = max(by_source, key=lambda name: by_source[name])
    certainty = support / (support + sum(sum(other.values()) for other, _ in weighed[1:]) + _DOUBT)
    spoken: defaultdict[str, float] = defaultdict(float)
    for statement in group:
        spoken[statement.value] += statement.weight
    return Fact(
        fullest(spoken),
        source,
        Decimal(certainty).quantize(_DIGITS),
    )


def _weight(group: Iterable[Statement], most: Mapping[str, float]) -> dict[str, float]:
    sums: defaultdict[str, float] = defaultdict(float)
    for statement in group:
        sums[statement.source] += statement.weight
    return {source: min(weight, most.get(source, weight)) for source, weight in sums.items()}
