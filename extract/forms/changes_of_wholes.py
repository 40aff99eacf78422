"""Changes behind a list that are of its whole (总支出 9 万元，其中甲 5 万元，乙 4 万元，同比增加 1 万元).

Words alone do not tell whether such a change is of the whole or of the part before it; the figures do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from extract.forms.lists_of_figures import ListOfFigures, amount_of, opened
from extract.forms.said import Said
from extract.prose_words import ProseWords

_FEWEST_PARTS = 2
_HUNDRED = Decimal(100)


def with_wholes(said: Sequence[Said], words: ProseWords) -> list[Said]:
    """The figures of one paragraph, each change and its rate said of what it fits.

    A change that names nothing, behind at least two parts none of which had one, is the whole's where it and
    its rate fit the whole alone; where they fit neither, what it is of stays open.
    """
    found: list[Said] = []
    current: ListOfFigures | None = None
    place = 0
    while place < len(said):
        figure = said[place]
        if figure.claim.kind == "level":
            current = _list_at(figure, current, words)
        elif figure.claim.kind == "change":
            run = [figure, *_rate_of(said[place + 1 : place + 2], figure)]
            if current is not None and len(run) > 1 and _may_be_of_whole(figure, current):
                found.extend(_said_of(run, current))
                current = None
                place += len(run)
                continue
            current = None  # an item that has a change of its own is followed by others that have
        found.append(figure)
        place += 1
    return found


def _list_at(level: Said, current: ListOfFigures | None, words: ProseWords) -> ListOfFigures | None:
    """The list that is open behind a level: its own, or the one it is a part of."""
    if level.is_open_unit:
        return current
    own = opened(level, 0, words)
    if own is not None and own.period is not None:
        return own
    if current is not None and current.goes_on(level, 0, is_first=False):
        current.parts.append(level)
        return current
    return None


def _rate_of(behind: Sequence[Said], change: Said) -> Iterator[Said]:
    for rate in behind:
        is_of_it = rate.claim.kind == "rate" and rate.claim.direction is not None
        if is_of_it and rate.sentence == change.sentence and rate.claim.subject == change.claim.subject:
            yield rate


def _may_be_of_whole(change: Said, current: ListOfFigures) -> bool:
    last = current.parts[-1] if current.parts else None
    return (
        last is not None
        and len(current.parts) >= _FEWEST_PARTS
        # 甲1万元；乙2万元，比上年…: each part has a sentence of its own
        and current.parts[-_FEWEST_PARTS].sentence == last.sentence
        and change.names_nothing
        and not change.is_open
        and change.claim.subject == last.claim.subject
        and change.period == last.period
    )


def _said_of(run: Sequence[Said], current: ListOfFigures) -> Iterator[Said]:
    part, whole = current.parts[-1], current.whole
    if _fits(run, part):
        yield from run
    elif _fits(run, whole):
        for figure in run:
            claim = replace(figure.claim, subject=whole.claim.subject, code=whole.claim.code)
            yield replace(figure, claim=claim)
    else:
        yield from (replace(figure, is_of_unclear=True) for figure in run)


def _fits(run: Sequence[Said], level: Said) -> bool:
    """Whether a change and its rate are what a level came by, as far as the rate is printed."""
    (change, unit), (rate, _), (now, own_unit) = (amount_of(each) for each in (*run, level))
    before = now - change if run[0].claim.direction == "up" else now + change
    if unit != own_unit or before <= 0:
        return False
    return abs(change / before * _HUNDRED - rate) <= Decimal(1).scaleb(int(rate.as_tuple().exponent))
