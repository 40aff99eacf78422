"""A form with its words and layout drawn: everything but its place in the document."""

from __future__ import annotations

import dataclasses
import random
from dataclasses import dataclass

from tests.benchmarks.lottery.arranging import arranged
from tests.benchmarks.lottery.listed_forms import project_names
from tests.benchmarks.lottery.logical import Context, Form
from tests.benchmarks.lottery.look import Look
from tests.benchmarks.lottery.performance_forms import overall_target, project_target, self_evaluation
from tests.benchmarks.lottery.rendering import Rendered, concepts, rendered
from tests.benchmarks.lottery.titles import Title, drawn_title
from tests.benchmarks.lottery.truth import FormTruth
from tests.benchmarks.lottery.wording import Wording

RARE = 0.4
"""How often a title, and how often a header, gets a word that is hardly ever seen."""
_PERFORMANCE_CONCEPTS = (
    "funds.total", "funds.fiscal", "funds.other", "funds.head",
    "performance.initial", "performance.annual", "performance.executed",
)  # fmt: skip


@dataclass(frozen=True)
class PrintedForm:
    """A form as it will be printed."""

    form_key: str | None
    family: str
    drawing: str
    title: Title
    look: Look
    has_rare_header: bool
    rendered: Rendered
    note: str = ""

    def truth(self, form_no: int) -> FormTruth:
        """What is true of it."""
        look = self.look
        stands_in_header = self.family == "performance"
        return FormTruth(
            form_no, self.form_key, self.family, self.drawing, self.title.whole, look.unit,
            look.has_unit_printed or look.caption == "unit_in_header" or stands_in_header,
            self.title.has_rare, self.has_rare_header, dataclasses.asdict(look),
        )  # fmt: skip


def print_form(
    form: Form, context: Context, look: Look, chance: random.Random, publisher: str, number: str,
    rare: float = RARE,
) -> PrintedForm:  # fmt: skip
    """Draw title, words and arrangement of a form and lay it out."""
    moved = arranged(
        form, chance,
        is_shuffled=look.is_shuffled,
        is_inherited=look.code_style == "inherited",
        is_total_last=look.is_total_last,
    )  # fmt: skip
    wording = Wording(chance, context.year, context.year - 1)
    if chance.random() < rare:
        wording.make_rare(concepts(moved, look))
    grid = rendered(moved, look, wording, context.books, chance)
    title = drawn_title(
        chance, form.title, number=number, publisher=publisher, year=context.year, stage=context.stage,
        is_rare=chance.random() < rare,
    )  # fmt: skip
    return PrintedForm(
        form.form_key, form.family, form.drawing, title, look, wording.has_rare, grid, form.note
    )


def print_performance(
    kind: str, context: Context, look: Look, chance: random.Random, publisher: str, number: str,
    rare: float = RARE,
) -> PrintedForm:  # fmt: skip
    """Draw a form of performance and lay it out."""
    wording = Wording(chance, context.year, context.year - 1)
    if chance.random() < rare:
        wording.make_rare(_PERFORMANCE_CONCEPTS[: 7 if kind == "project_self_evaluation" else 4])
    names = project_names(context, chance)
    function, name = chance.choice(sorted(names.items()))
    if kind == "project_target":
        grid = project_target(context, look, wording, chance, name, publisher, function)
    elif kind == "overall_target":
        grid = overall_target(context, look, wording, chance, publisher)
    else:
        grid = self_evaluation(context, look, wording, chance, name, publisher, function)
    title = drawn_title(
        chance, f"performance.{kind}", number=number, publisher=publisher, year=context.year,
        stage=context.stage, is_rare=chance.random() < rare,
    )  # fmt: skip
    has_rare = wording.has_rare and kind != "overall_target"
    return PrintedForm(f"performance_{kind}", "performance", kind, title, look, has_rare, grid)
