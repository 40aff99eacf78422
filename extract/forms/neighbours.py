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
_MOST_OPEN = 200  # each that is named may tell of all others; a national set has some twenty forms
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
    still_open = [number for number, form in enumerate(forms) if _is_open(form)]
    if context.stage is None or context.is_of_government or len(still_open) > _MOST_OPEN:
        return tuple(decisions)
    grids = {number: _OpenGrid(forms[number], context.stage, vocabulary) for number in still_open}
    known = known_totals(((form.form, form.decision.form_key) for form in forms), vocabulary) if grids else {}
    while grids:
        document = _Document(tuple(decisions), grids, context.stage, known, vocabulary)
        found = [
            (choice.points, -number, choice)
            for number, grid in grids.items()
            if (choice := _choice(number, grid, document)) is not None
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
        self,
        decisions: Sequence[Decision],
        grids: Mapping[int, _OpenGrid],
        stage: str,
        known: Known,
        vocabulary: Vocabulary,
    ) -> None:
        self.keys = [decision.form_key for decision in decisions]
        self.known = known  # the totals that the named forms print
        self._grids = grids
        self._vocabulary = vocabulary
        self.stage = stage

    @cached_property
    def claimed(self) -> set[str]:
        """The forms that are printed once and are named already."""
        return {key for key in self.keys if key is not None and self._vocabulary.forms[key].is_unique}

    @cached_property
    def possible(self) -> set[str]:
        """The forms that any open grid may be of."""
        return {key for grid in self._grids.values() for key in grid.weighed}

    @cached_property
    def open_in_gap(self) -> Mapping[tuple[int, int | None], list[int]]:
        """The open grids that stand between the same places, in their order."""
        found: dict[tuple[int, int | None], list[int]] = {}
        for number in self._grids:
            found.setdefault(self.gaps[number], []).append(number)
        return found

    @cached_property
    def missing_in_gap(self) -> Mapping[tuple[int, int | None], list[tuple[int, str]]]:
        """The forms of this stage that may stand between two places and are not named yet, by place."""
        forms = self._vocabulary.forms
        missing = [
            (form.place, key)
            for key, form in forms.items()
            if form.place is not None
            and form.stage == self.stage
            and key not in self.claimed
            and key in self.possible
        ]
        return {
            gap: sorted(each for each in missing if _is_between(each[0], *gap)) for gap in self.open_in_gap
        }

    @cached_property
    def in_turn(self) -> Mapping[int, str]:
        """Where as many grids are open between two named forms as the set has there, each is the next."""
        found: dict[int, str] = {}
        for gap, missing in self.missing_in_gap.items():
            beside = [
                number
                for number in self.open_in_gap[gap]
                if any(key in self._grids[number].weighed for _, key in missing)
            ]
            if len(beside) == len(missing):
                found |= {number: key for number, (_, key) in zip(beside, missing, strict=True)}
        return found

    def is_counted_out(self, number: int) -> bool:
        """Whether as many forms are missing where an open grid stands as grids are open."""
        return any(beside in self.in_turn for beside in self.open_in_gap[self.gaps[number]])

    @cached_property
    def places(self) -> list[int | None]:
        """The place of each form in the national set."""
        return [self._vocabulary.forms[key].place if key else None for key in self.keys]

    @cached_property
    def is_in_order(self) -> bool:
        """Whether the forms stand in the order of the national set, as far as they are known."""
        known = [place for place in self.places if place is not None]
        return len(known) >= _FEWEST_IN_ORDER and known == sorted(set(known))

    @cached_property
    def gaps(self) -> list[tuple[int, int | None]]:
        """The places between which each form stands; None where no form with a place follows."""
        before: list[int] = []
        after: list[int | None] = []
        last, following = 0, None
        for place in self.places:
            before.append(last)
            last = last if place is None else place
        for place in reversed(self.places):
            following = following if place is None else place
            after.append(following)
        return list(zip(before, reversed(after), strict=True))


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


def _choice(number: int, grid: _OpenGrid, document: _Document) -> _Candidate | None:
    """The form that fits an open grid best, if it fits well and no other nearly as well."""
    candidates = sorted(
        _candidates(number, grid, document), key=lambda each: (each.points, each.form_key), reverse=True
    )
    if not candidates or candidates[0].is_claimed:
        return None
    best, *others = candidates
    ahead = best.points - (others[0].points if others else _ZERO)
    is_enough = (best.points >= _FEWEST and ahead >= _AHEAD) or (
        best.points >= _FEWEST_IF_FAR and ahead >= _FAR_AHEAD
    )
    return best if is_enough and (grid.has_title or "totals" in best.words) else None


def _candidates(number: int, grid: _OpenGrid, document: _Document) -> Iterator[_Candidate]:
    forms = grid.vocabulary.forms
    in_order = _in_order(number, grid, document)
    for key, weighed in grid.weighed.items():
        form = forms[key]
        of_grid = min(weighed.support, _MOST_OF_GRID) - weighed.against
        by_words = _by_words(key, grid)
        by_total = _by_total(form, grid.totals, document.known)
        by_order = _ZERO
        if key in document.claimed:
            by_total = min(by_total, _ZERO)  # a list of the same money need not be the same form
        elif form.place is not None and document.is_in_order:
            by_order = in_order.get(key, -_OUT_OF_ORDER)
        words = {"title": by_words, "columns": of_grid, "totals": by_total, "neighbours": by_order}
        yield _Candidate(
            key,
            of_grid + by_words + by_total + by_order,
            frozenset(word for word, points in words.items() if points > 0),
            key in document.claimed,
        )


def _in_order(number: int, grid: _OpenGrid, document: _Document) -> Mapping[str, Decimal]:
    """The forms that stand where an open one does, and how much that says of each.

    Where as many forms are open between two named ones as the national set has there, each is the next.
    """
    own = [key for _, key in document.missing_in_gap[document.gaps[number]] if key in grid.weighed]
    if document.is_counted_out(number):
        return {key: _ONLY_ONE if key == document.in_turn.get(number) else _IN_ORDER for key in own}
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
