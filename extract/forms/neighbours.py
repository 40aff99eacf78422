"""Which form an open grid is of, by the forms around it: what is missing, in which order, with which totals.

A title may hold words that nobody knows. Then the other forms of the document say much: each standard form
is printed once, forms stand in the order of the national set, and what one restates another prints, too. A
form is named by this only where its grid agrees and no other form fits nearly as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from extract.form_evidence import Seen, Weighed
from extract.forms.evidence import Context, Decision
from extract.forms.form_reading import FormReading
from extract.forms.restated import RECEIVED, Known, Total, known_totals, own_totals
from extract.forms.titles import TitleReading, may_mean
from extract.vocabulary import FormType, Vocabulary

_MOST_OF_GRID = Decimal("0.8")  # however many columns agree
_TITLE = Decimal("0.4")  # the known words mean it
_WHOLE_TITLE = Decimal("0.5")  # and what is unknown stands where a word for a table does
_JUST_WORDS = Decimal("0.3")  # the known words say something, and just what titles of this form do
_WORDS = Decimal("0.1")  # the known words say something, and it may be this
_TOTAL, _OTHER_TOTAL = Decimal("0.4"), Decimal("0.5")  # its total is, or is not, what others print of it
_ONLY_ONE, _IN_ORDER, _OUT_OF_ORDER = Decimal("0.3"), Decimal("0.1"), Decimal("0.3")
_FEWEST, _AHEAD = Decimal("0.8"), Decimal("0.2")
_FEWEST_IF_FAR, _FAR_AHEAD = Decimal("0.5"), Decimal("0.45")
_MOST_AGAINST = Decimal("0.5")  # a column of another stage's name is in forms of this one, too
_FEWEST_IN_ORDER = 2  # forms named by themselves, whose order is that of the national set
_BASE, _RANGE, _MOST = Decimal("0.4"), Decimal("0.25"), Decimal("0.79")
_DIGITS = Decimal("0.001")
_ZERO = Decimal(0)
_NO_READING = TitleReading(is_title=False)


@dataclass(frozen=True)
class Beside:
    """One form of a document, as it was read and decided by itself."""

    form: FormReading
    seen: Seen
    decision: Decision


@dataclass(frozen=True)
class _Candidate:
    """A form that an open grid may be of, and what speaks for it."""

    form_key: str
    points: Decimal
    words: frozenset[str]
    is_claimed: bool


def by_neighbours(forms: Sequence[Beside], context: Context, vocabulary: Vocabulary) -> tuple[Decision, ...]:
    """Decide on the forms left open, the surest first: what is decided says something of the others."""
    decisions = [form.decision for form in forms]
    if context.stage is None or context.is_of_government:
        return tuple(decisions)
    grids = {
        number: _OpenGrid(form, context.stage, vocabulary)
        for number, form in enumerate(forms)
        if _is_open(form)
    }
    known = known_totals(((form.form, form.decision.form_key) for form in forms), vocabulary) if grids else {}
    while grids:
        document = _Document(tuple(decisions), context.stage, known, vocabulary)
        found = [
            (choice.points, -number, choice)
            for number in grids
            if (choice := _choice(number, grids, document)) is not None
        ]
        if not found:
            break
        points, place, choice = max(found, key=lambda each: each[:2])
        certainty = min(_MOST, _BASE + _RANGE * points).quantize(_DIGITS)
        words = [word for word in ("title", "columns", "totals", "neighbours") if word in choice.words]
        decisions[-place] = Decision(choice.form_key, "+".join(words), certainty)
        known = known_totals([(forms[-place].form, choice.form_key)], vocabulary, known)
        del grids[-place]
    return tuple(decisions)


def _is_open(beside: Beside) -> bool:
    """Whether a form is open for want of knowledge; a title of known words alone says all that it means."""
    caption = beside.form.section.caption
    reading = caption.reading
    said = reading or caption.heading or _NO_READING
    return (
        beside.decision.form_key is None
        and bool(beside.seen)
        and not (reading is not None and reading.level == "government")
        and (bool(said.leftover) or not said.is_title)
        and not (said.is_whole_but_for_table and said.likely_key is None)
    )


class _Document:
    """What the decided forms of a document say of the open ones."""

    def __init__(
        self, decisions: Sequence[Decision], stage: str, known: Known, vocabulary: Vocabulary
    ) -> None:
        self.keys = [decision.form_key for decision in decisions]
        self.known = known  # the totals that the named forms print
        self._vocabulary = vocabulary
        self.stage = stage

    @cached_property
    def places(self) -> list[int | None]:
        """The place of each form in the national set."""
        return [self._vocabulary.forms[key].place if key else None for key in self.keys]

    @cached_property
    def is_in_order(self) -> bool:
        """Whether the forms stand in the order of the national set, as far as they are known."""
        known = [place for place in self.places if place is not None]
        return len(known) >= _FEWEST_IN_ORDER and known == sorted(set(known))

    def gap(self, number: int) -> tuple[int, int | None]:
        """The places between which an open form stands; None where no form with a place follows."""
        before = [place for place in self.places[:number] if place is not None]
        after = [place for place in self.places[number:] if place is not None]
        return (before[-1] if before else 0), (after[0] if after else None)


class _OpenGrid:
    """An open form: the forms it may be of, and what it says of each."""

    def __init__(self, beside: Beside, stage: str, vocabulary: Vocabulary) -> None:
        caption = beside.form.section.caption
        self.stage = stage
        self.vocabulary = vocabulary
        self.has_title = caption.title is not None
        self.reading = caption.reading or caption.heading or _NO_READING
        self.totals = own_totals(beside.form, stage, vocabulary)
        self.weighed: Mapping[str, Weighed] = dict(self._fitting(beside.seen))

    def _fitting(self, seen: Seen) -> Iterator[tuple[str, Weighed]]:
        for key, form in self.vocabulary.forms.items():
            if form.stage != self.stage or not may_mean(self.reading, key, self.vocabulary.titles):
                continue
            if self.reading.is_whole_but_for_table and key != self.reading.likely_key:
                continue  # all that the title means is known
            weighed = self.vocabulary.evidence.weigh(key, seen)
            if (
                weighed.support
                and weighed.against <= _MOST_AGAINST
                and not (weighed.contradicts or weighed.lacks_layout)
            ):
                yield key, weighed


def _choice(number: int, grids: Mapping[int, _OpenGrid], document: _Document) -> _Candidate | None:
    """The form that fits an open grid best, if it fits well and no other nearly as well."""
    grid = grids[number]
    candidates = sorted(
        _candidates(number, grids, document), key=lambda each: (each.points, each.form_key), reverse=True
    )
    if not candidates or candidates[0].is_claimed:
        return None
    best, *others = candidates
    ahead = best.points - (others[0].points if others else _ZERO)
    is_enough = (best.points >= _FEWEST and ahead >= _AHEAD) or (
        best.points >= _FEWEST_IF_FAR and ahead >= _FAR_AHEAD
    )
    return best if is_enough and (grid.has_title or "totals" in best.words) else None


def _candidates(number: int, grids: Mapping[int, _OpenGrid], document: _Document) -> Iterator[_Candidate]:
    grid = grids[number]
    forms = grid.vocabulary.forms
    claimed = {key for key in document.keys if key is not None and forms[key].is_unique}
    in_order = _in_order(number, grids, document, claimed)
    for key, weighed in grid.weighed.items():
        form = forms[key]
        of_grid = min(weighed.support, _MOST_OF_GRID) - weighed.against
        by_words = _by_words(key, grid)
        by_total = _by_total(form, grid.totals, document.known)
        by_order = _ZERO
        if key in claimed:
            by_total = min(by_total, _ZERO)  # a list of the same money need not be the same form
        elif form.place is not None and document.is_in_order:
            by_order = in_order.get(key, -_OUT_OF_ORDER)
        words = {"title": by_words, "columns": of_grid, "totals": by_total, "neighbours": by_order}
        yield _Candidate(
            key,
            of_grid + by_words + by_total + by_order,
            frozenset(word for word, points in words.items() if points > 0),
            key in claimed,
        )


def _in_order(
    number: int, grids: Mapping[int, _OpenGrid], document: _Document, claimed: set[str]
) -> Mapping[str, Decimal]:
    """The forms that stand where an open one does, and how much that says of each.

    Where as many forms are open between two named ones as the national set has there, each is the next.
    """
    before, after = document.gap(number)
    forms = grids[number].vocabulary.forms
    missing = sorted(
        (form.place, key)
        for key, form in forms.items()
        if key not in claimed
        and form.stage == document.stage
        and form.place is not None
        and _is_between(form.place, before, after)
        and any(key in grid.weighed for grid in grids.values())
    )
    beside = [
        other
        for other, grid in grids.items()
        if document.gap(other) == (before, after) and any(key in grid.weighed for _, key in missing)
    ]
    own = [key for _, key in missing if key in grids[number].weighed]
    if len(missing) == len(beside):
        own_turn = missing[beside.index(number)][1] if number in beside else None
        return {key: _ONLY_ONE if key == own_turn else _IN_ORDER for key in own}
    return {key: _ONLY_ONE if len(own) == 1 else _IN_ORDER for key in own}


def _by_words(key: str, grid: _OpenGrid) -> Decimal:
    reading = grid.reading
    if reading.likely_key == key:
        return _WHOLE_TITLE if reading.is_whole_but_for_table else _TITLE
    says = reading.fund or reading.kind or reading.classification or reading.subject or reading.flow
    if not says:
        return _ZERO
    return _JUST_WORDS if may_mean(reading, key, grid.vocabulary.titles, exactly=True) else _WORDS


def _by_total(form: FormType, own: Sequence[Total], known: Known) -> Decimal:
    """What the total of an open form says of one that it may be, beside what others print of that one."""
    if form.total_means is None or not own:
        return _ZERO
    fund = form.fund or "all"
    spent, received = (known.get((fund, kind), ()) for kind in (form.total_means, RECEIVED))
    if any(total.agrees(other) for total in own for other in (*spent, *received) if other.value):
        return _TOTAL
    return -_OTHER_TOTAL if spent and any(total.value for total in (*own, *spent)) else _ZERO


def _is_between(place: int | None, before: int, after: int | None) -> bool:
    return place is not None and before < place and (after is None or place < after)
