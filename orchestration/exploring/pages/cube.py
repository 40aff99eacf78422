"""The cube: one figure for each coordinate, by the dimensions that somebody picks, with what is missing.

Every dimension that is not picked is held at one value, so that nothing is counted twice: "all" is a value
that a form states, not a sum. Only over publishers is there a sum, of those that count once in their region,
and it says so; over years and versions of the budget there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from orchestration.exploring import charts
from orchestration.exploring.asked import Asked
from orchestration.exploring.asking import Row
from orchestration.exploring.blocks import (
    Block,
    Chart,
    Choice,
    Choices,
    Fact,
    Facts,
    Href,
    Made,
    Note,
    Option,
    Page,
)

DIMENSIONS = (
    "publisher_name",
    "fiscal_year",
    "budget_version",
    "flow",
    "fund",
    "spending_kind",
    "function_code",
    "economic_code",
    "economic_code_government",
)
_CODES = {"function_code": (3, 5, 7), "economic_code": (3, 5), "economic_code_government": (3, 5)}
_HELD = {
    "publisher_name": "",
    "fiscal_year": "",
    "budget_version": "budget",
    "flow": "expenditure",
    "fund": "all",
    "spending_kind": "total",
    "function_code": "all",
    "economic_code": "all",
    "economic_code_government": "all",
}
_ROWS, _COLUMNS = "publisher_name", "fund"
_MOST_ROWS, _MOST_COLUMNS, _MOST_BARS = 100, 12, 25
_CELLS = """
    with chosen as (
        select figures.*, years.counts_in_region
        from marts.mart_stated_figures as figures
        inner join marts.mart_publisher_year as years
            on figures.document_id = years.document_id and figures.fiscal_year = years.fiscal_year
        where figures.scope = 'all' and figures.subject = 'all' and figures.project = 'all'
            and {conditions}
        qualify row_number() over (
            partition by figures.publisher_name, figures.fiscal_year, figures.budget_version, figures.flow,
                figures.fund, figures.spending_kind, figures.function_code, figures.economic_code,
                figures.economic_code_government
            order by (figures.stage = 'budget') = (figures.budget_version = 'budget') desc,
                figures.document_id
        ) = 1
    )

    select {row}::varchar as row_value, {column}::varchar as column_value,
        sum(value_yuan) filter (is_consistent) as value_yuan,
        count(*) filter (is_consistent and value_yuan is not null) as figures,
        count(*) filter (not is_consistent or value_yuan is null) as unsure,
        min(stated_figure_id) as stated_figure_id
    from chosen where {counted} group by all order by row_value, column_value
"""
_YEARS = """
    select fiscal_year::varchar from marts.mart_publisher_year
    where total_yuan is not null group by 1 order by 1 desc
"""
_KNOWN = """
    select count(*) from (
        select distinct publisher_name, fiscal_year from marts.mart_publisher_year
        where stage = $stage and ($year is null or fiscal_year = $year)
            and ($publisher = '' or publisher_name = $publisher)
    )
"""


def cube_page(asked: Asked) -> Page:
    """Two dimensions picked, the others held; a table, a chart, and what is missing."""
    words = asked.wording
    row, column = _picked(asked, "rows", _ROWS), _picked(asked, "columns", _COLUMNS)
    years = [year for (year,) in asked.asking.answer(_YEARS).rows]
    held = {name: asked.get(name) or _HELD[name] for name in DIMENSIONS}
    held["fiscal_year"] = held["fiscal_year"] or (years[0] if years else "")
    if column == row:
        column = "fiscal_year" if row != "fiscal_year" else "budget_version"
    conditions, parameters = _conditions(asked, held, (row, column))
    is_summed = not held["publisher_name"] and "publisher_name" not in (row, column)
    query = _CELLS.format(
        conditions=" and ".join(conditions),
        row=row,
        column=column,
        counted="counts_in_region" if is_summed else "true",
    )  # names of ours alone
    cells = asked.asking.rows(query, **parameters)
    blocks: list[Block] = [
        Note(words["cube_note"]),
        _choices(asked, row, column, held, years),
        Facts(
            "",
            [
                Fact(words.column(name), _said(asked, name, held[name]))
                for name in DIMENSIONS
                if name not in (row, column)
            ],
        ),
    ]
    blocks += _missing(asked, held, (row, column), cells, is_summed=is_summed)
    blocks += _shown(asked, row, column, held, cells)
    return Page(words["cube"], blocks, [asked.home()])


def _picked(asked: Asked, name: str, usual: str) -> str:
    return asked.get(name) if asked.get(name) in DIMENSIONS else usual


def _conditions(
    asked: Asked, held: Mapping[str, str], picked: tuple[str, str]
) -> tuple[list[str], dict[str, Any]]:
    conditions: list[str] = []
    parameters: dict[str, Any] = {}
    for name in DIMENSIONS:
        if name in picked:
            if name in _CODES:
                conditions.append(f"figures.{name} != 'all' and length(figures.{name}) = $level_{name}")
                parameters[f"level_{name}"] = asked.number(f"level_{name}") or _CODES[name][0]
            continue
        if name == "publisher_name" and not held[name]:
            continue
        conditions.append(f"figures.{name}::varchar = ${name}")
        parameters[name] = held[name]
    return conditions, parameters


def _said(asked: Asked, name: str, value: str) -> str:
    words = asked.wording
    if name == "publisher_name" and not value:
        return words["all_publishers"]
    return words.value(name, value)


def _choices(asked: Asked, row: str, column: str, held: Mapping[str, str], years: list[str]) -> Choices:
    words = asked.wording
    dimensions = [Option(name, words.column(name)) for name in DIMENSIONS]
    fields = [
        Choice("rows", words["cube_rows"], row, dimensions),
        Choice("columns", words["cube_columns"], column, dimensions),
    ]
    for name in DIMENSIONS:
        if name in (row, column):
            if name in _CODES:
                levels = [Option(str(level), words["digits"].format(level)) for level in _CODES[name]]
                fields.append(Choice(f"level_{name}", words.column(name), asked.get(f"level_{name}"), levels))
            continue
        if name in ("publisher_name", *_CODES):
            fields.append(Choice(name, words.column(name), held[name]))
            continue
        values = years if name == "fiscal_year" else _values(asked, name)
        fields.append(
            Choice(
                name,
                words.column(name),
                held[name],
                [Option(each, words.value(name, each)) for each in values],
            )
        )
    return Choices(asked.links.to("/cube"), fields)


def _values(asked: Asked, name: str) -> list[str]:
    """The values that any figure has in a dimension."""
    found = asked.asking.answer(
        f"""
        select {name} from marts.mart_stated_figures
        where {name} is not null group by 1 order by count(*) desc
        """
    ).rows  # a name of ours
    return [str(row[0]) for row in found]


def _missing(
    asked: Asked, held: Mapping[str, str], picked: tuple[str, str], cells: list[Row], *, is_summed: bool
) -> list[Block]:
    """How many publishers and years have documents, but not this figure; and where places differ."""
    words = asked.wording
    blocks: list[Block] = []
    if is_summed:
        blocks.append(Note(words["cube_summed"]))
    unsure = sum(cell["unsure"] for cell in cells)
    if unsure:
        blocks.append(Note(words["cube_unsure"].format(unsure)))
    if "publisher_name" in picked and "fiscal_year" not in picked:
        position = "row_value" if picked[0] == "publisher_name" else "column_value"
        found = len({cell[position] for cell in cells if cell["figures"]})
        stage = "final_accounts" if held["budget_version"] in ("final", "execution") else "budget"
        known = asked.asking.value(_KNOWN, stage=stage, year=int(held["fiscal_year"] or 0), publisher="")
        if known and "budget_version" not in picked:
            blocks.append(Note(words["cube_missing"].format(max(known - found, 0), known)))
    return blocks


def _shown(asked: Asked, row: str, column: str, held: Mapping[str, str], cells: list[Row]) -> list[Block]:
    words, links = asked.wording, asked.links
    columns = list(
        dict.fromkeys(cell["column_value"] for cell in sorted(cells, key=lambda cell: cell["column_value"]))
    )
    table: dict[str, dict[str, Row]] = {}
    for cell in cells:
        table.setdefault(cell["row_value"], {})[cell["column_value"]] = cell
    shown_columns = columns[:_MOST_COLUMNS]

    def href(cell: Row | None) -> str | None:
        if cell is None or not cell["figures"]:
            return None
        if cell["figures"] == 1:
            return links.maybe(f"/stated/{cell['stated_figure_id']}")
        asked_of = {**held, row: cell["row_value"], column: cell["column_value"]}
        return links.maybe("/cube", **{**asked_of, "rows": "publisher_name", "columns": column})

    names = [f"value_{number}_yuan" for number in range(len(shown_columns))]
    hrefs: dict[str, Href] = {
        name: partial(_of_column, table, row, each, href)
        for name, each in zip(names, shown_columns, strict=True)
    }
    if row == "publisher_name":
        hrefs[row] = lambda values: links.to(f"/publishers/{values[row]}")
    made = Made(
        "cube",
        words["cube"],
        [row, *names],
        ["VARCHAR", *["DECIMAL(38,2)"] * len(names)],
        [
            [value, *(of_row[each]["value_yuan"] if each in of_row else None for each in shown_columns)]
            for value, of_row in table.items()
        ],
        {
            name: f"{words.value(column, value)} ({words['yuan']})"
            for name, value in zip(names, shown_columns, strict=True)
        },
        hrefs=hrefs,
        most=_MOST_ROWS,
        note=words["cube_cut"] if len(table) > _MOST_ROWS or len(columns) > _MOST_COLUMNS else "",
    )
    if not cells:
        return [made]
    drawn = shown_columns[: charts.SERIES]
    groups = [
        charts.Group(
            words.value(row, value),
            [
                charts.Mark(
                    number,
                    Decimal(of_row[each]["value_yuan"]),
                    words.said("_yuan", of_row[each]["value_yuan"]),
                    href(of_row[each]),
                )
                for number, each in enumerate(drawn)
                if each in of_row and of_row[each]["value_yuan"] is not None
            ],
        )
        for value, of_row in list(table.items())[:_MOST_BARS]
    ]
    series = [words.value(column, each) for each in drawn]
    title = f"{words.column(row)} × {words.column(column)} ({words['yuan']})"
    return [Chart(title, charts.bars(title, series, groups)), made]


def _of_column(
    table: Mapping[str, Mapping[str, Row]],
    row: str,
    column: str,
    href: Callable[[Row | None], str | None],
    values: Row,
) -> str | None:
    """Where the cell of a column leads to, of the row that has these values."""
    return href(table[values[row]].get(column))
