"""What speaks for and against a form in the grid itself: typed from ``form_evidence.csv``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

Seen = frozenset[tuple[str, str]]
"""What was seen of a grid: kinds of evidence, each with a value."""

KINDS = ("side", "classification", "measure", "fund", "version", "line", "row", "layout", "stage")
_ALL_OF_IT = Decimal(1)
_NOTHING = Decimal(0)
_OF_WORDS = ("side", "classification", "measure", "fund", "row")
_NEUTRAL = ("total", "item", "period")  # any form may show these


class Weighed(NamedTuple):
    """What a grid says of one form: sums of weights, and the kinds of evidence behind them.

    ``is_lacking`` where the form has something that each of its kind shows, and other things were seen in its
    place. Where nothing was understood, nothing is lacking.
    """

    support: Decimal
    against: Decimal
    speaking_for: frozenset[str]
    speaking_against: frozenset[str]
    is_lacking: bool
    lacks_layout: bool = False  # of several layouts or words that it needs one of, it has none of the layouts

    @property
    def contradicts(self) -> bool:
        """Whether the grid cannot be of this form."""
        return self.is_lacking or self.against >= _ALL_OF_IT


class _Row(NamedTuple):
    kind: str
    value: str
    weight: Decimal
    is_needed: bool
    yields: bool  # counts for nothing where something of the kind speaks for the form


@dataclass(frozen=True, slots=True)
class FormEvidence:
    """The rows of the table, by form."""

    rows: dict[str, tuple[_Row, ...]]

    def weigh(self, form_key: str, seen: Seen) -> Weighed:
        """Hold what was seen against a form.

        What speaks against it may yield to what speaks for it, of the same kind: the functions of a matrix of
        functions and economic items do not contradict a list of economic items.
        """
        rows = self.rows.get(form_key, ())
        found = [row for row in rows if (row.kind, row.value) in seen]
        kinds = {row.kind for row in found if row.weight > 0}
        against = [row for row in found if row.weight < 0 and not (row.yields and row.kind in kinds)]
        return Weighed(
            support=sum((row.weight for row in found if row.weight > 0), _NOTHING),
            against=-sum((row.weight for row in against), _NOTHING),
            speaking_for=frozenset(kinds),
            speaking_against=frozenset(row.kind for row in against),
            is_lacking=any(row.is_needed for row in rows)
            and not any(row.is_needed for row in found)
            and _can_lack(rows, seen),
            lacks_layout=any(row.is_needed and row.kind == "layout" for row in rows)
            and "layout" not in kinds,
        )


def _can_lack(rows: Iterable[_Row], seen: Seen) -> bool:
    """Whether what was not seen is not there: a layout, or words where any were understood at all."""
    needed = {row.kind for row in rows if row.is_needed}
    return "layout" in needed or any(kind in _OF_WORDS and value not in _NEUTRAL for kind, value in seen)


def form_evidence(table: Iterable[Mapping[str, str | None]]) -> FormEvidence:
    """Type the table; ``value`` may be several values, parted by a bar, each with the weight.

    Raises:
        ValueError: for a kind of evidence that nothing sees.
    """
    rows: defaultdict[str, list[_Row]] = defaultdict(list)
    for row in table:
        kind = row["kind"] or ""
        if kind not in KINDS:
            raise ValueError(f"form_evidence.csv: {kind!r} is no kind of evidence")
        for value in (row["value"] or "").split("|"):
            rows[row["form_key"] or ""].append(
                _Row(
                    kind,
                    value,
                    weight=Decimal(row["weight"] or 0),
                    is_needed=row["is_needed"] == "true",
                    yields=row["yields"] == "true",
                )
            )
    return FormEvidence({key: tuple(found) for key, found in rows.items()})
