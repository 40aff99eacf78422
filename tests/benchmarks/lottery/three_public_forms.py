"""Forms of the three public expenses: one row of figures, or items in rows and years in columns."""

from __future__ import annotations

import random

from tests.benchmarks.lottery.logical import Column, Context, Form, Line, Side

_ITEMS = {
    "three_public": "three_public",
    "overseas_travel": "30212",
    "official_vehicles": "31013+30231",
    "vehicle_purchase": "31013",
    "vehicle_operation": "30231",
    "official_reception": "30217",
    "meetings": "30215",
    "training": "30216",
}
_COUNTS = (
    "count.travel_groups", "count.travel_persons", "count.vehicles", "count.receptions", "count.guests",
)  # fmt: skip
_NAMES = {
    ("budget", "budget"): "versioned.budget",
    ("budget", "execution"): "amount.execution",
    ("final", "budget"): "amount.year_budget",
    ("final", "final"): "versioned.final",
    ("final", "adjusted_budget"): "amount.adjusted",
}


def version_word(context: Context, when: tuple[str, int]) -> str:
    """The concept that names a version and year in the heading of a column."""
    if when == context.last:
        kind = {"budget": "last_budget", "execution": "execution", "final": "last_final"}[when[0]]
        return f"amount.{kind}"
    return _NAMES[context.stage, when[0]]


def _fund(title_fund: str) -> tuple[str, ...]:
    return (title_fund, "all") if title_fund else ("general_public", "fiscal_appropriation", "all")


def wide(
    context: Context,
    title: str,
    title_fund: str,
    when: tuple[tuple[str, int], ...],
    *,
    with_more: bool = False,
    reception_first: bool = False,
    labelled: str = "",
) -> Form:
    """One row of figures; for each version a total and its parts, vehicles in two.

    Args:
        context: books and years.
        title: row of ``titles.csv``.
        title_fund: the source that the title says.
        when: versions side by side; one has no heading of its own.
        with_more: conferences and training beside the three.
        reception_first: receptions before vehicles, as in Shenzhen.
        labelled: the name of the publisher, where the row has one.
    """
    columns: list[Column] = []
    for version, year in when:
        above = (version_word(context, (version, year)),) if len(when) > 1 else ()
        base = len(columns)

        def column(path: tuple[str, ...], item: str, parts: tuple[int, ...] = ()) -> Column:
            return Column(
                (*above, *path),  # noqa: B023 - called at once
                {"economic": _ITEMS[item]}, (item,), _fund(title_fund), version, year, parts,  # noqa: B023
            )  # fmt: skip

        vehicles = [
            ("official_vehicles", "subtotal"), ("official_vehicles", "vehicle_purchase"),
            ("official_vehicles", "vehicle_operation"),
        ]  # fmt: skip
        shift = base + (3 if reception_first else 2)
        columns.append(
            column(
                ("three_public",), "three_public", (base + 1, base + 2, base + (3 if reception_first else 5))
            )
        )
        columns.append(column(("overseas_travel",), "overseas_travel"))
        if reception_first:
            columns.append(column(("official_reception",), "official_reception"))
        columns.append(column(vehicles[0], "official_vehicles", (shift + 1, shift + 2)))
        columns.append(column(vehicles[1], "vehicle_purchase"))
        columns.append(column(vehicles[2], "vehicle_operation"))
        if not reception_first:
            columns.append(column(("official_reception",), "official_reception"))
        if with_more:
            columns.append(column(("meetings",), "meetings"))
            columns.append(column(("training",), "training"))
    line = Line(labelled)
    at = {"flow": "expenditure", "fund": "general_public"}
    side = Side("unit_name" if labelled else "none", "", tuple(columns), (line,), at)
    form_key = f"{context.stage}_three_public"
    drawing = f"three_public_{len(when)}_versions" + ("_with_more" if with_more else "")
    return Form(form_key, title, "", (side,), drawing)


def vertical(
    context: Context,
    title: str,
    title_fund: str,
    when: tuple[tuple[str, int], ...],
    chance: random.Random,
    *,
    with_more: bool = False,
    with_counts: bool = False,
    with_change: bool = False,
) -> Form:
    """Items in rows, years or versions in columns; perhaps the change, perhaps counts below the money."""
    columns = [
        Column((version_word(context, (version, year)),), {}, (), _fund(title_fund), version, year)
        for version, year in when
    ]
    if with_change:
        columns.append(Column(("change",), {}, (), (), "", 0, nature="change", of=(1, 0)))
        columns.append(Column(("change_rate",), {}, (), (), "", 0, nature="rate", of=(1, 0)))

    def line(item: str, level: int, parent: int | None) -> Line:
        measure = (item, "total", "three_public")
        above = None if parent is None else (0, parent)
        return Line(f"row.{item}", "", level, above, {"economic": _ITEMS[item]}, (), measure)

    lines = [
        line("three_public", 0, None),
        line("overseas_travel", 1, 0),
        line("official_reception", 1, 0),
        line("official_vehicles", 1, 0),
        line("vehicle_purchase", 2, 3),
        line("vehicle_operation", 2, 3),
    ]
    if with_more:
        lines += [line("meetings", 1, None), line("training", 1, None)]
    counts: dict[int, tuple[int, ...]] = {}
    if with_counts:
        for word in _COUNTS:
            counts[len(lines)] = tuple(chance.randint(0, 60) for _ in when)
            lines.append(Line(word, "", 1, nature="count"))
    at = {"flow": "expenditure", "fund": "general_public"}
    side = Side("item", "", tuple(columns), tuple(lines), at)
    drawing = (
        "three_public_vertical"
        + ("_with_counts" if with_counts else "")
        + ("_with_change" if with_change else "")
    )
    return Form(f"{context.stage}_three_public", title, "", (side,), drawing, counts=counts)
