"""Forms about expenditure: lists by function and by economic item, of one source of money or of all."""

from __future__ import annotations

from collections.abc import Sequence

from tests.benchmarks.lottery.books import Books
from tests.benchmarks.lottery.codes import economic_items, functions
from tests.benchmarks.lottery.logical import Column, Context, Form, Line, Side

Parts = tuple[Column, ...]


def function_lines(codes: Sequence[str], digits: Sequence[int] = (3, 5, 7)) -> tuple[Line, ...]:
    """A total, and the tree above functional codes of seven digits, with the levels that are printed."""
    lines = [Line("row.total", level=0)]
    at: dict[str, int] = {}
    for code in codes:
        parent = 0
        for level, length in enumerate(digits, start=1):
            prefix = code[:length]
            if prefix not in at:
                at[prefix] = len(lines)
                name = functions()[prefix]
                lines.append(Line(name, prefix, level, parent=(0, parent), at={"function": prefix}))
            parent = at[prefix]
    return tuple(lines)


def economic_lines(
    codes: Sequence[str], total: str | None = "row.total", side: int = 0, digits: Sequence[int] = (3, 5)
) -> tuple[Line, ...]:
    """A total where one is wanted, and the tree above economic items of five digits."""
    lines = [Line(total, level=0)] if total else []
    at: dict[str, int] = {}
    for code in codes:
        parent = (side, 0) if total else None
        for level, length in enumerate(digits, start=1):
            prefix = code[:length]
            if prefix not in at:
                at[prefix] = len(lines)
                lines.append(Line(economic_items()[prefix], prefix, level, parent, {"economic": prefix}))
            parent = (side, at[prefix])
    return tuple(lines)


def kinds(now: tuple[str, int], fund: str, names: Sequence[str], total: tuple[str, ...]) -> Parts:
    """A total and its kinds of spending."""
    version, year = now
    columns = [Column(total, fund=(fund,), version=version, year=year, parts=tuple(range(1, len(names) + 1)))]
    above = total[:-1]
    for name in names:
        columns.append(Column((*above, name), {"kind": name}, (name,), (fund,), version, year))
    return tuple(columns)


def expenditure_list(context: Context) -> Form:
    """All expenditure by function and kind (支出决算表, 支出总表)."""
    names = ["basic", "project", "remittance_up", "business", "affiliate_subsidy"]
    codes = context.books.functions(("expenditure",), "", "", context.now)
    columns = kinds(context.now, "all", names, ("expenditure_total",))
    side = Side("function", "", columns, function_lines(codes), {"flow": "expenditure"})
    return Form(
        f"{context.stage}_expenditure", f"{context.stage}.expenditure", "", (side,), "expenditure_list"
    )


def function_list(
    context: Context, fund: str, form_key: str | None, title: str, *, head: bool = True, detail: bool = False
) -> Form:
    """Expenditure of one source by function: a total, basic (or its two parts) and project."""
    codes = context.books.functions(("expenditure",), fund, "", context.now)
    total = ("year_expenditure", "subtotal") if head else ("total",)
    names = ["personnel", "public_operating", "project"] if detail else ["basic", "project"]
    columns = kinds(context.now, fund, names, total)
    side = Side("function", "", columns, function_lines(codes), {"flow": "expenditure", "fund": fund})
    drawing = "function_list_detail" if detail else "function_list"
    return Form(form_key, title, "", (side,), drawing, note="" if codes else "empty")


def years_list(context: Context, fund: str, form_key: str | None, title: str) -> Form:
    """Expenditure by function of two years side by side, with the change in money and in percent."""
    codes = context.books.functions(("expenditure",), fund, "", context.now)
    before = "amount.execution" if context.last[0] == "execution" else "amount.last_budget"
    version, year = context.last
    columns = (
        Column((before,), fund=(fund,), version=version, year=year),
        *(
            Column(
                column.path, column.at, column.measure, column.fund, column.version, column.year,
                tuple(part + 1 for part in column.parts),
            )
            for column in kinds(context.now, fund, ["basic", "project"], ("versioned.budget", "subtotal"))
        ),
        Column(("compared", "change"), {}, (), (fund,), "", 0, nature="change", of=(1, 0)),
        Column(("compared", "change_rate"), {}, (), (), "", 0, nature="rate", of=(1, 0)),
    )  # fmt: skip
    side = Side("function", "", columns, function_lines(codes), {"flow": "expenditure", "fund": fund})
    return Form(form_key, title, "", (side,), "years_list")


def balance_list(context: Context, fund: str, form_key: str | None, title: str) -> Form:
    """One source by function: brought forward, revenue, expenditure by kind, carried forward."""
    flows = ("expenditure", "income", "carry_in", "carry_out")
    codes = context.books.functions(flows, fund, "", context.now)
    version, year = context.now
    spent = kinds(context.now, fund, ["basic", "project"], ("year_expenditure", "subtotal"))
    columns = (
        Column(("carry_in.final",), {"flow": "carry_in"}, ("carry_in",), (fund,), version, year),
        Column(("year_income",), {"flow": "income"}, ("income", "total"), (fund,), version, year),
        *(
            Column(
                column.path, {"flow": "expenditure", **column.at}, column.measure, column.fund, version, year,
                tuple(part + 2 for part in column.parts),
            )
            for column in spent
        ),
        Column(("carry_out.final",), {"flow": "carry_out"}, ("carry_out",), (fund,), version, year),
    )  # fmt: skip
    side = Side("function", "", columns, function_lines(codes), {"fund": fund})
    return Form(form_key, title, "", (side,), "balance_list", note="" if codes else "empty")


def economic_list(context: Context, fund: str, form_key: str | None, title: str) -> Form:
    """Basic expenditure by economic item: a total, personnel and operation."""
    codes = context.books.economic(fund, "basic", context.now)
    version, year = context.now
    said = fund or "all"
    columns = (
        Column(("total",), {}, ("basic", "total"), (said,), version, year, parts=(1, 2)),
        Column(("personnel",), {"kind": "personnel"}, ("personnel",), (said,), version, year),
        Column(
            ("public_operating",), {"kind": "public_operating"}, ("public_operating",), (said,), version, year
        ),
    )
    at = {"flow": "expenditure", "fund": fund, "kind": "basic"}
    return Form(
        form_key, title, "", (Side("economic", "", columns, economic_lines(codes), at),), "economic_list"
    )


def economic_sides(context: Context, fund: str = "general_public") -> Form:
    """Basic expenditure by economic item in three tables side by side, as the national form prints it."""
    version, year = context.now
    books = context.books
    staff = books.economic(fund, "personnel", context.now)
    running = books.economic(fund, "public_operating", context.now)
    half = len(running) // 2 + 1
    sides = []
    for number, (codes, kind, heading) in enumerate(
        (
            (staff, "personnel", "side.personnel"),
            (running[:half], "public_operating", "side.operating"),
            (running[half:], "public_operating", "side.operating"),
        )
    ):
        measure = (kind, "total", "basic")
        column = Column(("amount.final",), {"kind": kind}, measure, (fund,), version, year)
        # an item that goes on in the next table has its class in the table before
        lines = list(economic_lines(codes, None, number))
        sides.append([heading, column, lines])
    sides[2][2] = _without_class(sides[1][2], sides[2][2])
    sides[0][2] = [*_under(sides[0][2], (0, len(sides[0][2]))), Line("row.personnel_total", level=0)]
    total = (2, len(sides[2][2]))
    sides[1][2] = _under(sides[1][2], total)
    sides[2][2] = [*_under(sides[2][2], total), Line("row.operating_total", level=0)]
    at = {"flow": "expenditure", "fund": fund}
    return Form(
        "final_basic_by_economic",
        "final.economic",
        "",
        tuple(Side("economic", heading, (column,), tuple(lines), at) for heading, column, lines in sides),
        "economic_sides",
    )


def _without_class(before: Sequence[Line], lines: Sequence[Line]) -> list[Line]:
    """Take away the class that the table before has printed, and let its items be parts of that one."""
    printed = {line.code: number for number, line in enumerate(before)}
    kept = [line for line in lines if not (len(line.code) == 3 and line.code in printed)]
    place = {line.code: number for number, line in enumerate(kept)}

    def parent(line: Line) -> tuple[int, int] | None:
        if len(line.code) == 3:
            return None
        above = line.code[:3]
        return (2, place[above]) if above in place else (1, printed[above])

    return [Line(line.label, line.code, line.level, parent(line), line.at) for line in kept]


def _under(lines: Sequence[Line], total: tuple[int, int]) -> list[Line]:
    return [
        Line(line.label, line.code, line.level, line.parent or total, line.at)
        if len(line.code) == 3
        else line
        for line in lines
    ]


def matrix(context: Context, fund: str, title: str) -> Form:
    """Functional codes in rows, economic items in columns: too wide for a page."""
    books = context.books
    version, year = context.now
    codes = books.functions(("expenditure",), fund, "", context.now)
    items = books.economic(fund, "", context.now)
    columns: list[Column] = [Column(("total",), {}, ("total",), (fund,), version, year)]
    whole = []
    for group in sorted({item[:3] for item in items}):
        inside = [item for item in items if item.startswith(group)]
        whole.append(len(columns))
        parts = tuple(range(len(columns) + 1, len(columns) + 1 + len(inside)))
        name = f"={economic_items()[group]}"
        columns.append(Column((name, "subtotal"), {"economic": group}, (), (fund,), version, year, parts))
        columns += [
            Column((name, f"={economic_items()[item]}"), {"economic": item}, (), (fund,), version, year)
            for item in inside
        ]
    columns[0] = Column(("total",), {}, ("total",), (fund,), version, year, tuple(whole))
    at = {"flow": "expenditure", "fund": fund}
    return Form(None, title, "", (Side("function", "", tuple(columns), function_lines(codes), at),), "matrix")


def agency_operating(context: Context, title: str) -> Form:
    """What it takes to run the office, by economic item."""
    version, year = context.now
    codes = [
        code
        for code in context.books.economic("general_public", "public_operating", context.now)
        if code.startswith("302")
    ]
    measure = ("agency_operating", "public_operating", "total")
    column = Column(
        ("agency_operating",), {}, measure, ("general_public", "fiscal_appropriation"), version, year
    )
    at = {"flow": "expenditure", "fund": "general_public", "kind": "public_operating", "economic": "302"}
    side = Side("economic", "", (column,), economic_lines(codes), at)
    return Form(None, title, "", (side,), "agency_operating")


def has_money(books: Books, fund: str, when: tuple[str, int]) -> bool:
    """Whether a source has any expenditure."""
    return bool(books.functions(("expenditure",), fund, "", when))
