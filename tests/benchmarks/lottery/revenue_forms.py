"""Forms about revenue, and the summaries that hold revenue against expenditure."""

from __future__ import annotations

from collections.abc import Sequence

from tests.benchmarks.lottery.books import FISCAL, OWN, SPECIAL_ACCOUNT
from tests.benchmarks.lottery.codes import functions
from tests.benchmarks.lottery.logical import Column, Context, Form, Line, Side
from tests.benchmarks.lottery.spending_forms import function_lines

_SOURCES = {"budget": (*FISCAL, SPECIAL_ACCOUNT, *OWN), "final": (*FISCAL, *OWN)}


def said(fund: str) -> tuple[str, ...]:
    """The name that is right for a source; in a column of all money, that is right, too."""
    return (fund,)


def classes(context: Context, fund: str = "") -> list[str]:
    """The functional classes (类) that have expenditure."""
    codes = context.books.functions(("expenditure",), fund, "", context.now)
    return sorted({code[:3] for code in codes})


def _amounts(
    context: Context, versions: int, measure: tuple[str, ...], fund: tuple[str, ...]
) -> tuple[Column, ...]:
    """The column of amounts, or three of them: at the start of the year, adjusted, final."""
    version, year = context.now
    if versions == 1:
        name = "amount.budget" if context.stage == "budget" else "amount.final"
        return (Column((name,), {}, measure, fund, version, year),)
    named = (
        ("amount.year_budget", "budget"),
        ("amount.adjusted", "adjusted_budget"),
        ("versioned.final", "final"),
    )
    return tuple(Column((name,), {}, measure, fund, version, year) for name, version in named)


def revenue_side(context: Context, versions: int = 1, sources: Sequence[str] | None = None) -> Side:
    """Revenue by source, what was brought forward, and the total."""
    names = sources or _SOURCES[context.stage]
    total, grand = len(names), len(names) + (3 if context.stage == "final" or sources is None else 2)
    lines = [
        Line(f"row.{name}", parent=(0, total), at={"fund": name, "flow": "income"}, fund=said(name))
        for name in names
    ]
    lines.append(Line("row.income", level=0, parent=(0, grand), at={"flow": "income"}))
    if grand - total == 3:
        lines.append(
            Line(
                "row.surplus_used",
                parent=(0, grand),
                at={"flow": "surplus_used"},
                fund=("non_fiscal_balances",),
            )
        )
    lines.append(Line("row.carry_in", parent=(0, grand), at={"flow": "carry_in"}, fund=("carry_in",)))
    lines.append(Line("row.in", level=0, at={"flow": "turnover_in"}))
    columns = _amounts(context, versions, ("total", "income"), ("all",))
    return Side("revenue", "side.revenue", columns, tuple(lines))


def class_side(context: Context, side: int, versions: int = 1, *, complete: bool = False) -> Side:
    """Expenditure by functional class, what is left, and the total. A budget allocates no surplus."""
    codes = [code for code in functions() if len(code) == 3] if complete else classes(context)
    total = len(codes)
    has_surplus = context.stage == "final"
    grand = total + (3 if has_surplus else 2)
    lines = [
        Line(functions()[code], "", 1, (side, total), {"function": code, "flow": "expenditure"})
        for code in codes
    ]
    lines.append(Line("row.expenditure", level=0, parent=(side, grand), at={"flow": "expenditure"}))
    if has_surplus:
        at = {"flow": "surplus_allocated"}
        lines.append(Line("row.surplus_allocated", parent=(side, grand), at=at))
    lines.append(Line("row.carry_out", parent=(side, grand), at={"flow": "carry_out"}))
    lines.append(Line("row.out", level=0, at={"flow": "turnover_out"}))
    columns = _amounts(context, versions, ("total",), ("all",))
    return Side("class", "side.expenditure", columns, tuple(lines))


def use_side(context: Context, side: int) -> Side:
    """Expenditure by what it is for, as the third table of the summary."""
    total, grand = (side, 4), (side, 6)
    lines = (
        Line("row.basic", parent=total, at={"flow": "expenditure", "kind": "basic"}, measure=("basic",)),
        Line(
            "row.project", parent=total, at={"flow": "expenditure", "kind": "project"}, measure=("project",)
        ),
        Line("row.other_use", parent=total, at={"flow": "expenditure", "kind": "other_use"}),
        Line("row.reserve", parent=total, at={"flow": "reserve"}),
        Line("row.expenditure", level=0, parent=grand, at={"flow": "expenditure"}),
        Line("row.carry_out", parent=grand, at={"flow": "carry_out"}),
        Line("row.out", level=0, at={"flow": "turnover_out"}),
    )
    return Side("use", "side.use", _amounts(context, 1, ("total",), ("all",)), lines)


def summary(context: Context, *, versions: int = 1, complete: bool = False, with_use: bool = False) -> Form:
    """All revenue beside all expenditure; in Jiangsu beside what it is for, too."""
    sides = [revenue_side(context, versions), class_side(context, 1, versions, complete=complete)]
    if with_use:
        sides.append(use_side(context, 2))
    drawing = "summary_of_three_sides" if with_use else f"summary_of_{versions}_amounts"
    return Form(
        f"{context.stage}_revenue_expenditure_summary", f"{context.stage}.summary", "", tuple(sides), drawing
    )


def fiscal_summary(context: Context, *, outlined: bool = False) -> Form:
    """Fiscal appropriation received beside what it is spent on, by source."""
    fiscal = {"fund": "fiscal_appropriation"}
    version, year = context.now
    word = "amount.budget" if context.stage == "budget" else "amount.final"
    received = (Column((word,), {}, ("total", "income"), ("fiscal_appropriation",), version, year),)
    spent = (
        Column(("total",), {}, ("total",), ("fiscal_appropriation",), version, year, parts=(1, 2, 3)),
        *(Column((name,), {"fund": name}, ("total",), (name,), version, year) for name in FISCAL),
    )
    if outlined:
        left, right = _outlined_received(), _outlined_spent(context)
    else:
        left, right = _plain_received(), _plain_spent(context)
    sides = (
        Side("revenue", "side.revenue", received, left, fiscal),
        Side("class", "side.expenditure", spent, right, fiscal),
    )
    drawing = "fiscal_summary_outlined" if outlined else "fiscal_summary"
    return Form(
        f"{context.stage}_fiscal_appropriation_summary", f"{context.stage}.fiscal_summary", "", sides, drawing
    )


def _plain_received() -> tuple[Line, ...]:
    lines = [
        Line(f"row.{name}", parent=(0, 3), at={"fund": name, "flow": "income"}, fund=said(name))
        for name in FISCAL
    ]
    return (
        *lines,
        Line("row.income", level=0, parent=(0, 5), at={"flow": "income"}),
        Line("row.carry_in", parent=(0, 5), at={"flow": "carry_in"}, fund=("carry_in",)),
        Line("row.in", level=0, at={"flow": "turnover_in"}),
    )


def _plain_spent(context: Context) -> tuple[Line, ...]:
    codes = classes(context, "fiscal_appropriation")
    total = len(codes)
    return (
        *(
            Line(functions()[code], "", 1, (1, total), {"function": code, "flow": "expenditure"})
            for code in codes
        ),
        Line("row.expenditure", level=0, parent=(1, total + 2), at={"flow": "expenditure"}),
        Line("row.carry_out", parent=(1, total + 2), at={"flow": "carry_out"}),
        Line("row.out", level=0, at={"flow": "turnover_out"}),
    )


def _outlined_received() -> tuple[Line, ...]:
    """Outline of two levels: revenue of the year, brought forward, each by source."""
    lines: list[Line] = []
    for word, flow in (("row.part.income", "income"), ("row.part.carry_in", "carry_in")):
        above = len(lines)
        fund = ("carry_in",) if flow == "carry_in" else ()
        lines.append(Line(word, "", 1, (0, 8), {"flow": flow}, fund))
        lines += [
            Line(f"row.{name}", "", 2, (0, above), {"fund": name, "flow": flow}, (*said(name), *fund))
            for name in FISCAL
        ]
    return (*lines, Line("row.in", level=0, at={"flow": "turnover_in"}))


def _outlined_spent(context: Context) -> tuple[Line, ...]:
    codes = classes(context, "fiscal_appropriation")
    total = len(codes) + 2
    return (
        Line("row.part.expenditure", "", 1, (1, total), {"flow": "expenditure"}),
        *(
            Line(functions()[code], "", 2, (1, 0), {"function": code, "flow": "expenditure"})
            for code in codes
        ),
        Line("row.part.carry_out", "", 1, (1, total), {"flow": "carry_out"}),
        Line("row.out", level=0, at={"flow": "turnover_out"}),
    )


def revenue_list(context: Context, *, by_unit: tuple[str, ...] = (), with_carry: bool = False) -> Form:
    """Revenue by function (or by unit) in rows and by source in columns.

    Args:
        context: books and years.
        by_unit: names of the department and its unit, for rows by unit.
        with_carry: whether the total holds what was brought forward, as in budgets.
    """
    version, year = context.now
    columns: list[Column] = []
    if with_carry:
        columns.append(
            Column(("carry_in.budget",), {"flow": "carry_in"}, ("total", "carry_in"), ("carry_in",))
        )
    sources: Sequence[str] = (
        _SOURCES["budget"] if context.stage == "budget" else ("fiscal_appropriation", *OWN)
    )
    columns += [
        Column(("fiscal" if name == "fiscal_appropriation" else name,), {"flow": "income", "fund": name},
               ("total", "income"), said(name))
        for name in sources
    ]  # fmt: skip
    if with_carry:
        columns.append(Column(("surplus_used",), {"flow": "surplus_used"}, (), ()))
    parts = tuple(range(1, len(columns) + 1))
    flow = "turnover_in" if with_carry else "income"
    word = "revenue_total" if context.stage == "budget" else "income_total"
    total = Column((word,), {"flow": flow}, ("total", "income"), ("all",), parts=parts)
    dated = tuple(
        Column(column.path, column.at, column.measure, column.fund, version, year, column.parts)
        for column in (total, *columns)
    )
    flows = ("income", "carry_in", "surplus_used") if with_carry else ("income",)
    codes = context.books.functions(flows, "", "", context.now)
    lines = unit_lines(by_unit) if by_unit else function_lines(codes)
    kind = "unit" if by_unit else "function"
    drawing = f"revenue_list_by_{kind}"
    side = Side(kind, "", dated, lines)
    return Form(f"{context.stage}_revenue", f"{context.stage}.revenue", "", (side,), drawing)


def unit_lines(names: tuple[str, ...]) -> tuple[Line, ...]:
    """A department and its only unit: the same figures, under codes that look like economic items."""
    lines = [Line("row.total", level=0)]
    code = "301"
    for number, name in enumerate(names):
        lines.append(Line(name, code, number + 1, (0, number)))
        code += "007"
    return tuple(lines)


def groups_left(context: Context) -> Form:
    """Revenue in one column of figures: groups of sources on the left, sources on the right (Jiangsu)."""
    groups = (
        ("row.general_public", ("general_public",)),
        ("row.government_fund", ("government_fund",)),
        ("row.state_capital", ("state_capital",)),
        ("row.special_account", (SPECIAL_ACCOUNT,)),
        ("other_money", OWN),
    )
    version, year = context.now
    lines: list[Line] = []
    total = sum(1 + (len(funds) if len(funds) > 1 else 0) for _, funds in groups)
    for word, funds in groups:
        name = "=单位资金" if word == "other_money" else word
        above = len(lines)
        fund = "unit_money" if len(funds) > 1 else funds[0]
        at = {"flow": "income", "fund": fund}
        shown = ("unit_funds",) if len(funds) > 1 else said(fund)
        lines.append(Line("group.subtotal", "", 1, (0, total), at, shown, group=name))
        if len(funds) > 1:
            lines += [
                Line(
                    f"row.{name_}",
                    "",
                    2,
                    (0, above),
                    {"flow": "income", "fund": name_},
                    said(name_),
                    group=name,
                )
                for name_ in funds
            ]
    lines.append(Line("row.income", level=0, at={"flow": "income"}))
    column = Column(("amount.budget",), {}, ("total", "income"), ("all",), version, year)
    return Form(
        "budget_revenue", "budget.revenue", "", (Side("group", "", (column,), tuple(lines)),), "groups_left"
    )


def single_row(context: Context) -> Form:
    """Expenditure in one row without a label: the header says everything (Jiangsu)."""
    version, year = context.now
    names = ("basic", "project", "remittance_up", "business", "affiliate_subsidy")
    columns = (
        Column(("total",), {}, ("total",), ("all",), version, year, parts=(1, 2, 3, 4, 5, 6)),
        *(Column((name,), {"kind": name}, (name,), ("all",), version, year) for name in names),
        Column(("reserve",), {"flow": "reserve"}, (), (), version, year),
    )
    line = Line("", at={"flow": "expenditure"})
    return Form(
        "budget_expenditure", "budget.expenditure", "", (Side("none", "", columns, (line,)),), "single_row"
    )
