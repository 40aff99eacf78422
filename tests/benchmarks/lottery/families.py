"""Which forms a disclosure of each family has, in order."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from tests.benchmarks.lottery import listed_forms, revenue_forms, spending_forms, three_public_forms
from tests.benchmarks.lottery.logical import Context, Form

GENERAL, FUND, CAPITAL = "general_public", "government_fund", "state_capital"


def national_nine(context: Context, chance: random.Random, publisher: str) -> list[Form]:
    """Final accounts: the nine forms of the country, and now and then what single provinces add."""
    now = context.now
    versions = ((("budget", context.year), now), (("adjusted_budget", context.year), now))
    pair = chance.choice(versions)
    general = "final_expenditure_by_function"
    with_more = chance.random() < 0.2
    title = "final.three_public_more" if with_more else "final.three_public"
    three_public = chance.choice(
        (
            lambda: three_public_forms.wide(
                context, title, "", pair, with_more=with_more, reception_first=chance.random() < 0.2,
                labelled=publisher if chance.random() < 0.2 else "",
            ),
            lambda: three_public_forms.vertical(
                context, title, "", pair, chance, with_more=with_more, with_counts=chance.random() < 0.5
            ),
        )
    )  # fmt: skip
    forms = [
        revenue_forms.summary(context, versions=chance.choice((1, 1, 1, 3)), complete=chance.random() < 0.4),
        revenue_forms.revenue_list(context, by_unit=_units(chance, publisher)),
        spending_forms.expenditure_list(context),
        revenue_forms.fiscal_summary(context, outlined=False),
        _either(
            chance,
            lambda: spending_forms.function_list(context, GENERAL, general, "final.function"),
            lambda: spending_forms.balance_list(context, GENERAL, general, "final.function"),
        ),
        _either(
            chance,
            lambda: spending_forms.economic_sides(context),
            lambda: spending_forms.economic_list(
                context, GENERAL, "final_basic_by_economic", "final.economic"
            ),
        ),
        three_public(),
        spending_forms.balance_list(context, FUND, "final_government_fund", "final.government_fund"),
        spending_forms.function_list(
            context, CAPITAL, "final_state_capital", "final.state_capital", head=False
        ),
    ]
    if chance.random() < 0.2:
        forms.insert(5, spending_forms.matrix(context, GENERAL, "final.matrix"))
    if chance.random() < 0.15:
        forms.append(spending_forms.agency_operating(context, "final.agency"))
    return forms


def central(context: Context, chance: random.Random, publisher: str) -> list[Form]:
    """Budgets as ministries print them."""
    general = "budget_expenditure_by_function"
    pair = ((context.last[0], context.year - 1), context.now)
    return [
        revenue_forms.summary(context, complete=chance.random() < 0.2),
        revenue_forms.revenue_list(context, by_unit=_units(chance, publisher), with_carry=True),
        spending_forms.expenditure_list(context),
        revenue_forms.fiscal_summary(context, outlined=True),
        _either(
            chance,
            lambda: spending_forms.years_list(context, GENERAL, general, "budget.function"),
            lambda: spending_forms.function_list(
                context, GENERAL, general, "budget.function", detail=chance.random() < 0.5
            ),
        ),
        spending_forms.economic_list(context, GENERAL, "budget_basic_by_economic", "budget.economic"),
        three_public_forms.wide(context, "budget.three_public", "", pair),
        spending_forms.function_list(context, FUND, "budget_government_fund", "budget.government_fund"),
        spending_forms.function_list(
            context, CAPITAL, "budget_state_capital", "budget.state_capital", head=False
        ),
        *([_projects(context, chance)] if chance.random() < 0.5 else []),
    ]


def situation(context: Context, chance: random.Random, publisher: str) -> list[Form]:
    """Budgets of forms called 情况表, as in Guangdong."""
    pair = (context.now, (context.last[0], context.year - 1))
    titles = ("budget.three_public", "budget.three_public_administration")
    vertical = three_public_forms.vertical(
        context, chance.choice(titles), "", pair, chance,
        with_counts=chance.random() < 0.3, with_change=chance.random() < 0.4,
    )  # fmt: skip
    function_list = spending_forms.function_list
    return [
        revenue_forms.summary(context),
        revenue_forms.revenue_list(context, by_unit=_units(chance, publisher)),
        spending_forms.expenditure_list(context),
        revenue_forms.fiscal_summary(context, outlined=chance.random() < 0.3),
        function_list(context, GENERAL, "budget_expenditure_by_function", "budget.function", head=False),
        spending_forms.economic_list(context, GENERAL, "budget_basic_by_economic", "budget.economic"),
        vertical,
        function_list(context, FUND, "budget_government_fund", "budget.government_fund", head=False),
        spending_forms.economic_list(context, "", None, "budget.basic_all"),
        _projects(context, chance),
    ]


def jiangsu(context: Context, chance: random.Random, publisher: str) -> list[Form]:
    """Budgets with tables of three sides, groups on the left, one unlabelled row, outlines."""
    function_list = spending_forms.function_list
    economic_list = spending_forms.economic_list
    general = "budget_expenditure_by_function"
    three_public = "budget.three_public_more"
    return [
        revenue_forms.summary(context, with_use=True),
        revenue_forms.groups_left(context),
        revenue_forms.single_row(context),
        revenue_forms.fiscal_summary(context),
        function_list(context, "fiscal_appropriation", None, "budget.fiscal_expenditure", head=False),
        economic_list(context, "fiscal_appropriation", None, "budget.fiscal_basic"),
        function_list(context, GENERAL, general, "budget.function", head=False, detail=chance.random() < 0.3),
        economic_list(context, GENERAL, "budget_basic_by_economic", "budget.economic"),
        three_public_forms.wide(context, three_public, "", (context.now,), with_more=True),
        function_list(context, FUND, "budget_government_fund", "budget.government_fund", head=False),
        spending_forms.agency_operating(context, "budget.agency"),
        listed_forms.procurement(context, chance),
    ]


FAMILIES: dict[str, tuple[str, int, Callable[[Context, random.Random, str], list[Form]]]] = {
    "national_nine": ("final", 40, national_nine),
    "central": ("budget", 22, central),
    "situation": ("budget", 18, situation),
    "jiangsu": ("budget", 20, jiangsu),
}
"""Stage, share in a hundred, and forms of each family."""


def forms_of(family: str, context: Context, chance: random.Random, publisher: str) -> list[Form]:
    """The forms of a disclosure of a family."""
    _, _, build = FAMILIES[family]
    return [replace(form, family=family) for form in build(context, chance, publisher)]


def _either(chance: random.Random, one: Callable[[], Form], other: Callable[[], Form]) -> Form:
    return one() if chance.random() < 0.6 else other()


def _units(chance: random.Random, publisher: str) -> tuple[str, ...]:
    """The department and its unit, where a list of revenue is by unit."""
    return (publisher, f"{publisher}本级") if chance.random() < 0.15 else ()


def _projects(context: Context, chance: random.Random) -> Form:
    names = listed_forms.project_names(context, chance)
    return listed_forms.projects(context, names, by_source=chance.random() < 0.6)
