"""Whole disclosures of four families: their forms as they are usually typeset, with prose before them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import count
from typing import NamedTuple

from tests.benchmarks.lottery.drawing import assembled, begun
from tests.benchmarks.lottery.families import FAMILIES, forms_of
from tests.benchmarks.lottery.look import Look
from tests.benchmarks.lottery.national import Plain
from tests.benchmarks.lottery.printed_forms import PrintedForm, print_form, print_performance
from tests.benchmarks.lottery.printing import print_set
from tests.benchmarks.lottery.titles import numbered
from tests.warehouse.whole_disclosure import BEFORE, EXPLAINED, TERMS

NUMBERING = {"national_nine": "open", "central": "department", "situation": "chinese", "jiangsu": "open"}
_NAME, _YEAR = "示例县卫生局", "2023"
NATIONAL = ("national_nine", "central")  # whose forms are all among the standard ones
_YEARS = range(2022, 2026)  # in which every rule is in force


class Family(NamedTuple):
    """A family's forms of one publisher, printed."""

    name: str
    stage: str  # budget | final
    text: str
    keys: tuple[str | None, ...]


def family(name: str, without: str | None = None) -> Family:
    """A disclosure of a family, or all of it but one form; numbers of the others stay as they are."""
    stage = FAMILIES[name][0]
    plain = Plain(1)
    for attempt in count():
        figures = random.Random(f"whole/{name}/{attempt}")
        publisher, money, context = begun(figures, name)
        forms = forms_of(name, context, figures, publisher.name)
        if context.year in _YEARS and (name not in NATIONAL or all(form.form_key for form in forms)):
            break
    unit, decimals = money[0]
    look = Look(unit, decimals, title="number_apart")
    printed: list[PrintedForm] = []
    for form in forms:
        number = numbered(NUMBERING[name], len(printed) + 1, context.stage)
        printed.append(print_form(form, context, look, plain, publisher.name, number, rare=0))
    kind = "project_self_evaluation" if stage == "final" else "project_target"
    number = numbered(NUMBERING[name], len(printed) + 1, context.stage)
    printed.append(print_performance(kind, context, look, plain, publisher.name, number, rare=0))
    kept = [form for form in printed if without is None or form.form_key != without]
    drawn = assembled(plain, 1, name, "text", publisher, context, kept, has_slip=False)
    forms_text = print_set(drawn).data.decode()
    prose = f"{BEFORE}{EXPLAINED}{TERMS}".replace(_NAME, publisher.name).replace(_YEAR, str(context.year))
    if stage == "budget":
        prose = prose.replace("年度部门决算", "年部门预算").replace("决算", "预算")
    return Family(
        name, stage, f"{prose}第四部分 报表\n\n{forms_text}", tuple(form.form_key for form in printed)
    )


def families() -> Iterator[Family]:
    """Each of the four, whole."""
    for name in FAMILIES:
        yield family(name)
