"""What became of the points of one round in the next: mended, still there, new."""

from __future__ import annotations

from dataclasses import dataclass

from orchestration.inspecting.rounds import Point, Round

MENDED, STILL, NEW, GONE = "已改", "未改", "新增", "本次未见文件"


@dataclass(frozen=True, slots=True)
class Change:
    """A point, and what became of it."""

    point: Point
    became: str


def changes(before: Round, now: Round) -> list[Change]:
    """Each wrong point of either round, once; of a disclosure without a file now nothing is known."""
    wrong_before = {point.key: point for point in before.wrong()}
    wrong_now = {point.key: point for point in now.wrong()}
    seen = {point.key[:4] for point in now.points}
    still_open = {point.key for point in now.points if point.outcome == "cannot_be_judged"}
    found = [Change(point, NEW if key not in wrong_before else STILL) for key, point in wrong_now.items()]
    for key, point in wrong_before.items():
        if key in wrong_now:
            continue
        found.append(Change(point, GONE if key[:4] not in seen else STILL if key in still_open else MENDED))
    order = [STILL, NEW, MENDED, GONE]
    return sorted(found, key=lambda change: (change.point.of, order.index(change.became), change.point.item))
