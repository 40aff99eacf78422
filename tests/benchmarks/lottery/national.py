"""National sets as they are usually typeset, with row and column numbers (行次, 栏次) in six ways.

Not a lottery: wordings are the usual ones and layouts plain. Only the figures are drawn. The national nine
have self-evaluations, a central set has project targets.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, MutableSequence, Sequence
from typing import Any, NamedTuple

from tests.benchmarks.lottery.drawing import DrawnSet, assembled, begun
from tests.benchmarks.lottery.families import forms_of
from tests.benchmarks.lottery.look import Look
from tests.benchmarks.lottery.printed_forms import print_form, print_performance
from tests.benchmarks.lottery.titles import numbered

FORMATS = ("text", "html", "xlsx", "pdf")
FAMILIES = {"national_nine": "open", "central": "department", "situation": "chinese"}
"""How each family numbers its forms."""
_PERFORMANCE = {
    "national_nine": ("project_self_evaluation", "project_self_evaluation"),
    "central": ("project_target",),
    "situation": (),
}


class Way(NamedTuple):
    """One way to number rows and columns, and what goes with it."""

    column_numbers: str
    line_numbers: str
    code_style: str
    cut: str


WAYS = (
    Way("merged", "running", "one", "none"),
    Way("first", "serial", "one", "none"),
    Way("last", "restart", "merged", "none"),
    Way("no_word", "no_word", "one", "none"),
    Way("with_codes", "running", "split", "none"),
    Way("each_side", "running", "one", "repeated"),
)


class Plain(random.Random):
    """Chance that always draws the first and leaves out what is optional."""

    def random(self) -> float:
        """Never: what happens with some likelihood does not."""
        return 0.9999

    def choice(self, seq: Sequence[Any]) -> Any:
        """The first."""
        return seq[0]

    def shuffle(self, x: MutableSequence[Any]) -> None:
        """Leave the order as it is."""


def national_sets(seed: int = 1, formats: Sequence[str] = FORMATS) -> Iterator[DrawnSet]:
    """Every family in every way in some formats; one set of figures for each family and way."""
    number = 0
    for family, numbering in FAMILIES.items():
        for way_no, way in enumerate(WAYS):
            for format_name in formats:
                number += 1
                yield national_set(seed, number, family, numbering, way_no, way, format_name)


def national_set(
    seed: int, number: int, family: str, numbering: str, way_no: int, way: Way, format_name: str
) -> DrawnSet:
    """Typeset one family in one way and format."""
    figures, plain = random.Random(f"{seed}/{family}/{way_no}"), Plain(1)
    publisher, money, context = begun(figures, family)
    unit, decimals = money[0]
    look = Look(
        unit, decimals, title="number_apart", column_numbers=way.column_numbers,
        line_numbers=way.line_numbers, code_style=way.code_style, cut=way.cut,
    )  # fmt: skip
    printed = []
    for form in forms_of(family, context, figures, publisher.name):
        name = numbered(numbering, len(printed) + 1, context.stage)
        printed.append(print_form(form, context, look, plain, publisher.name, name, rare=0))
    for kind in _PERFORMANCE[family]:
        name = numbered(numbering, len(printed) + 1, context.stage)
        printed.append(print_performance(kind, context, look, figures, publisher.name, name, rare=0))
    return assembled(figures, number, family, format_name, publisher, context, printed, has_slip=False)
