"""Whose money it is: the list of publishers, and one publisher over the years."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from orchestration.exploring import charts
from orchestration.exploring.asked import Asked, NotThereError
from orchestration.exploring.asking import Row, like
from orchestration.exploring.blocks import Block, Chart, Choices, Fact, Facts, Made, Note, Page, View, Way

_LEVELS = ["central", "province", "city", "county", "township"]
_LIST = """
    select publisher_name, parent_name, region, government_level, document_count, budget_count,
        final_accounts_count, first_fiscal_year, last_fiscal_year
    from marts.dim_publisher
    where
        list_bool_and(list_transform(
            $words, lambda word: contains(concat_ws(' ', publisher_name, predecessor_names, region), word)
        )) is not false
        and ($province = '' or province = $province)
        and ($level = '' or government_level = $level)
        and ($year is null or publisher_name in (
            select documents.publisher_name from marts.dim_document as documents
            where documents.fiscal_year = $year and documents.is_in_force
        ))
    order by publisher_name
"""
_FACTS = ("parent_name", "region", "government_level", "publisher_kind", "predecessor_names", "current_name")
_YEARS = """
    select fiscal_year, stage, document_level, scope, total_yuan, general_public_yuan, government_fund_yuan,
        basic_yuan, project_yuan, personnel_yuan, public_operating_yuan, three_public_yuan,
        overseas_travel_yuan, official_reception_yuan, official_vehicles_yuan, meetings_yuan, training_yuan,
        head_count, personnel_per_head_yuan, basic_per_head_yuan, change_pct, total_trust, identities_break,
        document_id
    from marts.mart_publisher_year where publisher_name = $publisher
    order by fiscal_year desc, stage desc, document_id
"""
_COMPARED = """
    select fiscal_year, compared, subject_kind, subject, code, budget_yuan, final_yuan, difference_yuan,
        executed_pct, is_disputed, final_document_id
    from marts.mart_budget_vs_final where publisher_name = $publisher
    order by fiscal_year desc, compared, abs(difference_yuan) desc, subject, code, final_document_id
"""
_DOCUMENTS = """
    select file_name, fiscal_year, stage, scope, status, version_no, is_in_force, document_id
    from marts.dim_document where publisher_name = $publisher
    order by fiscal_year desc, stage, file_name, document_id
"""
_CAUSES = """
    select cause_id, severity, fiscal_year, stage, suspected_label, printed_text, suggested_text, evidence,
        is_acknowledged
    from marts.fct_causes where publisher_name = $publisher and not is_superseded
    order by severity, fiscal_year desc, cause_id
"""
_FUNCTIONS = """
    select code, arg_max(name, fiscal_year) as name, fiscal_year, stage, document_id,
        sum(amount_yuan) as amount_yuan
    from marts.mart_function_tree as tree
    where publisher_name = $publisher and code_level = 1
        and document_id in (
            select years.document_id from marts.mart_publisher_year as years
            where years.publisher_name = $publisher
        )
        and fund = (
            select min(other.fund) from marts.mart_function_tree as other
            where other.document_id = tree.document_id and other.code_level = 1
        )
    group by code, fiscal_year, stage, document_id order by code, fiscal_year, stage, document_id
"""
_ECONOMIC = """
    select items.class_code as code, any_value(items.class_name) as name, lines.fiscal_year, lines.stage,
        lines.document_id, sum(lines.amount_yuan) as amount_yuan
    from marts.fct_spending_lines as lines
    inner join marts.dim_economic_item as items
        on lines.code = items.code and items.classification = 'economic'
    where lines.publisher_name = $publisher and lines.is_leaf and lines.is_most_detailed
        and lines.spending_kind = 'basic' and lines.fund = 'general_public'
        and lines.classification = 'economic'
        and lines.document_id in (
            select years.document_id from marts.mart_publisher_year as years
            where years.publisher_name = $publisher
        )
    group by items.class_code, lines.fiscal_year, lines.stage, lines.document_id
    order by code, lines.fiscal_year, lines.stage, lines.document_id
"""
_STAGES = ("budget", "final_accounts")
_MOST_YEARS = 12
_MOST_CLASSES = 20


def publisher_list(asked: Asked) -> Page:
    """Publishers by name, region, level and year."""
    words, links = asked.wording, asked.links
    provinces = asked.asking.answer(
        "select distinct province from marts.dim_publisher where province is not null order by all"
    ).rows
    years = years_of(asked)
    view = View(
        "publishers",
        words["publishers"],
        _LIST,
        {
            "words": like(asked.get("q")),
            "province": asked.get("province"),
            "level": asked.get("government_level"),
            "year": asked.number("year"),
        },
        hrefs={"publisher_name": lambda row: links.to(f"/publishers/{row['publisher_name']}")},
    )
    choices = Choices(
        links.to("/publishers"),
        [
            asked.typed("q"),
            asked.choice("province", [row[0] for row in provinces]),
            asked.choice("government_level", _LEVELS),
            asked.choice("fiscal_year", years, name="year"),
        ],
    )
    return Page(words["publishers"], [choices, view], [asked.home()])


def years_of(asked: Asked) -> list[str]:
    """The years that there are documents of, newest first."""
    found = asked.asking.answer(
        "select distinct fiscal_year from marts.dim_document where fiscal_year is not null order by 1 desc"
    ).rows
    return [str(row[0]) for row in found]


def publisher_page(asked: Asked) -> Page:
    """One publisher. Raises :class:`NotThereError`."""
    words, links, name = asked.wording, asked.links, asked.named["publisher"]
    publisher = asked.asking.row("from marts.dim_publisher where publisher_name = $publisher", publisher=name)
    if publisher is None:
        raise NotThereError(asked.path)
    of = {"publisher": name}
    years = asked.asking.rows(_YEARS, **of)

    def document(row: Row) -> str:
        return links.to(f"/documents/{row['document_id']}")

    facts = [
        Fact(words.column(each), words.said(each, publisher[each]))
        for each in _FACTS
        if publisher[each] and publisher[each] != name
    ]
    blocks: list[Block] = [
        Facts("", facts),
        *_charts(asked, years),
        View(
            "years",
            words["over_years"],
            _YEARS,
            of,
            frozenset({"document_id"}),
            {"fiscal_year": document, "total_yuan": document},
            note=words["years_note"],
        ),
        View(
            "compared",
            words["budget_beside_final"],
            _COMPARED,
            of,
            frozenset({"final_document_id"}),
            {"subject": lambda row: links.to(f"/documents/{row['final_document_id']}")},
            per_page=20,
        ),
        *_by_class(asked, "function", _FUNCTIONS, words["functions_note"]),
        *_by_class(asked, "economic", _ECONOMIC, words["economic_note"]),
        View(
            "causes",
            words["to_correct"],
            _CAUSES,
            of,
            frozenset({"cause_id"}),
            {"suspected_label": cause_link(asked), "printed_text": cause_link(asked)},
            per_page=20,
        ),
        View(
            "documents",
            words["documents"],
            _DOCUMENTS,
            of,
            frozenset({"document_id"}),
            {"file_name": document},
        ),
    ]
    crumbs = [asked.home(), Way(words["publishers"], links.to("/publishers"))]
    parent = asked.asking.value(
        "select publisher_name from marts.dim_publisher where publisher_name = $name",
        name=publisher["parent_name"],
    )
    if parent:  # of which nothing may be published
        crumbs.append(Way(parent, links.to(f"/publishers/{parent}")))
    return Page(name, blocks, crumbs)


def cause_link(asked: Asked) -> Callable[[Row], str]:
    """Where the cause of a row is shown."""
    return lambda row: asked.links.to(f"/causes/{row['cause_id']}")


def _charts(asked: Asked, years: Sequence[Row]) -> list[Block]:
    """Budget beside final accounts over the years: all of it, and the three public expenses."""
    words = asked.wording
    shown = sorted({row["fiscal_year"] for row in years if row["fiscal_year"]})[-_MOST_YEARS:]
    drawn: list[Block] = []
    for column in ("total_yuan", "three_public_yuan"):
        groups = [
            charts.Group(
                str(year),
                [
                    _mark(asked, row, column, _STAGES.index(row["stage"]))
                    for row in reversed(years)
                    if row["fiscal_year"] == year and row["stage"] in _STAGES and row[column] is not None
                ],
            )
            for year in shown
        ]
        if any(group.marks for group in groups):
            title = f"{words.column(column)} · {words['of_documents']}"
            series = [words.value("stage", stage) for stage in _STAGES]
            drawn.append(Chart(title, charts.bars(title, series, groups)))
    if not drawn:
        drawn.append(Note(words["no_total"]))
    return drawn


def _mark(asked: Asked, row: Row, column: str, series: int) -> charts.Mark:
    return charts.Mark(
        series,
        Decimal(row[column]),
        asked.wording.said(column, row[column]),
        asked.links.to(f"/documents/{row['document_id']}"),
    )


def _by_class(asked: Asked, key: str, query: str, note: str) -> list[Block]:
    """Classes of codes as rows, a column for each document; a chart of the newest."""
    words, links = asked.wording, asked.links
    rows = asked.asking.rows(query, publisher=asked.named["publisher"])
    columns = list(dict.fromkeys((row["fiscal_year"], row["stage"], row["document_id"]) for row in rows))
    columns = sorted(columns, key=lambda column: (column[0] or 0, column[1], column[2]), reverse=True)[:6]
    if not rows:
        return []
    codes: dict[str, dict[str, Any]] = {}
    for row in rows:
        of_code = codes.setdefault(row["code"], {"name": row["name"]})
        of_code[row["document_id"]] = row["amount_yuan"]
    newest = columns[0]
    title = words[f"by_{key}"]
    marks = sorted(
        ((code, values) for code, values in codes.items() if values.get(newest[2]) is not None),
        key=lambda each: each[1][newest[2]],
        reverse=True,
    )[:_MOST_CLASSES]

    def amounts(document_id: str, code: str) -> str:
        return links.to(f"/documents/{document_id}/amounts", code=code)

    groups = [
        charts.Group(
            f"{code} {values['name']}",
            [
                charts.Mark(
                    0,
                    values[newest[2]],
                    words.said("amount_yuan", values[newest[2]]),
                    amounts(newest[2], code),
                )
            ],
        )
        for code, values in marks
    ]
    of_newest = f"{title} · {newest[0]} {words.value('stage', newest[1])}"
    names = [f"amount_{number}_yuan" for number in range(len(columns))]
    hrefs = {
        name: (lambda row, document_id=column[2]: amounts(document_id, row["code"]))
        for name, column in zip(names, columns, strict=True)
    }
    table = Made(
        key,
        title,
        ["code", "name", *names],
        ["VARCHAR", "VARCHAR", *["DECIMAL(38,2)"] * len(names)],
        [
            [code, values["name"], *(values.get(each[2]) for each in columns)]
            for code, values in codes.items()
        ],
        {
            name: f"{column[0]} {words.value('stage', column[1])} ({words['yuan']})"
            for name, column in zip(names, columns, strict=True)
        },
        hrefs=hrefs,
        note=note,
    )
    return [Chart(of_newest, charts.bars(of_newest, [words["yuan"]], groups)), table]
