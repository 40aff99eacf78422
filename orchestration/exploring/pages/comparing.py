"""Publishers beside each other: budget against final accounts with reasons, and rankings with caveats."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path

from orchestration.exploring import charts
from orchestration.exploring.asked import Asked, NotThereError
from orchestration.exploring.asking import Row, like
from orchestration.exploring.blocks import (
    Block,
    Chart,
    Choice,
    Choices,
    Fact,
    Facts,
    Note,
    Option,
    Page,
    View,
    Way,
    Ways,
)
from orchestration.exploring.pages.publishers import years_of

_RANKINGS = Path(__file__).with_name("rankings.csv")
_LEVELS = ["central", "province", "city", "county", "township"]
_COMPARED = """
    select compared.publisher_name, compared.fiscal_year, compared.compared,
        coalesce(names.name_zh, compared.subject) as subject, compared.code, compared.budget_yuan,
        compared.final_yuan, compared.difference_yuan, compared.executed_pct, compared.is_disputed,
        compared.final_document_id, compared.subject as subject_key, compared.subject_kind
    from marts.mart_budget_vs_final as compared
    left join (
        select value, min(name_zh) as name_zh from marts.dim_value_name
        where column_name in ('measure', 'fund') group by value
    ) as names on compared.subject = names.value
    where compared.difference_yuan is not null
        and ($year is null or compared.fiscal_year = $year)
        and ($compared = '' or compared.compared = $compared)
        and ($kind = '' or compared.subject_kind = $kind)
        and list_bool_and(list_transform($words, lambda word: contains(
            concat_ws(' ', compared.publisher_name, compared.subject, names.name_zh, compared.code), word
        ))) is not false
    order by
        case when $by = 'executed' then abs(compared.executed_pct - 100) end desc nulls last,
        abs(compared.difference_yuan) desc, compared.publisher_name, compared.fiscal_year, subject,
        compared.compared, compared.final_document_id
"""
# Of the rows of one page: putting together the reasons of ten thousand documents takes a second.
_WITH_REASONS = """
    with part as materialized (select row_number() over () as place, * from ({part})),

    reasons as (
        select part.place,
            string_agg(distinct claims.reason, '；' order by claims.reason)
                filter (claims.subject = part.subject_key) as of_subject,
            string_agg(distinct claims.reason, '；' order by claims.reason)
                filter (claims.function_code = part.code) as of_code,
            string_agg(distinct claims.reason, '；' order by claims.reason)
                filter (claims.three_public = part.subject_key) as of_three_public,
            string_agg(distinct claims.reason, '；' order by claims.reason)
                filter (part.subject_kind = 'total' and claims.claim_key = 'expenditure_total') as of_total
        from part
        inner join marts.fct_claims as claims
            on part.final_document_id = claims.document_id and claims.reason is not null
        group by part.place
    )

    select part.publisher_name, part.fiscal_year, part.compared, part.subject, part.code, part.budget_yuan,
        part.final_yuan, part.difference_yuan, part.executed_pct,
        coalesce(reasons.of_subject, reasons.of_code, reasons.of_three_public, reasons.of_total) as reason,
        part.is_disputed, part.final_document_id
    from part
    left join reasons using (place)
    order by part.place
"""
_RANKED = """
    select row_number() over (
            order by {value} {order}, years.publisher_name, years.fiscal_year, years.document_id
        ) as place,
        years.publisher_name, publishers.region, years.fiscal_year, years.stage, {value} as {value_name}
        {parts}, years.total_trust, years.document_id
    from marts.mart_publisher_year as years
    left join marts.dim_publisher as publishers using (publisher_name)
    where {value} is not null
        and ($year is null or years.fiscal_year = $year)
        and ($stage = '' or years.stage = $stage)
        and ($level = '' or publishers.government_level = $level)
        and ($province = '' or publishers.province = $province)
        and list_bool_and(list_transform($words, lambda word: contains(
            concat_ws(' ', years.publisher_name, publishers.region), word
        ))) is not false
    order by place
"""
_MOST_BARS = 20


def comparisons_page(asked: Asked) -> Page:
    """Where final accounts depart most from the budget, and what reason is given."""
    words, links = asked.wording, asked.links
    view = View(
        "comparisons",
        words["comparisons"],
        _COMPARED,
        {
            "year": asked.number("year"),
            "compared": asked.get("compared"),
            "kind": asked.get("subject_kind"),
            "by": asked.get("by"),
            "words": like(asked.get("q")),
        },
        frozenset({"final_document_id"}),
        {
            "publisher_name": lambda row: links.to(f"/publishers/{row['publisher_name']}"),
            "fiscal_year": lambda row: links.to(f"/documents/{row['final_document_id']}"),
            "difference_yuan": lambda row: _behind(asked, row),
        },
        note=words["comparisons_note"],
        around=_WITH_REASONS,
    )
    choices = Choices(
        links.to("/comparisons"),
        [
            asked.typed("q"),
            asked.choice("fiscal_year", years_of(asked), name="year"),
            asked.choice("compared", ["two_documents", "three_public_form", "prose"]),
            asked.choice("subject_kind", ["total", "function", "three_public", "prose"]),
            Choice(
                "by",
                words["order_by"],
                asked.get("by"),
                [
                    Option("", words.column("difference_yuan")),
                    Option("executed", words.column("executed_pct")),
                ],
            ),
        ],
    )
    return Page(words["comparisons"], [choices, view], [asked.home()])


def _behind(asked: Asked, row: Row) -> str:
    """The amounts of the code that is compared; else those whose row has its name."""
    path = f"/documents/{row['final_document_id']}/amounts"
    return asked.links.to(path, code=row["code"]) if row["code"] else asked.links.to(path, q=row["subject"])


@cache
def rankings() -> Mapping[str, Mapping[str, str]]:
    """What publishers are ranked by: rows of ``rankings.csv`` by key."""
    with _RANKINGS.open(encoding="utf-8", newline="") as file:
        return {row["key"]: row for row in csv.DictReader(file)}


def ranking_list(asked: Asked) -> Page:
    """What there is to rank by."""
    words, links = asked.wording, asked.links
    ways = [
        Way(row[f"name_{words.language}"], links.to(f"/rankings/{key}")) for key, row in rankings().items()
    ]
    return Page(words["rankings"], [Note(words["rankings_note"]), Ways("", ways)], [asked.home()])


def ranking_page(asked: Asked) -> Page:
    """One ranking. Raises :class:`NotThereError`."""
    words, links = asked.wording, asked.links
    ranking = rankings().get(asked.named["ranking"])
    if ranking is None:
        raise NotThereError(asked.path)
    path = f"/rankings/{ranking['key']}"
    whole, parts = ranking["numerator"], ranking["denominator"]
    value = (
        f"years.{whole}"
        if not parts
        else (f"(years.{whole} * {ranking['times']} / nullif(years.{parts}, 0))::decimal(20, 2)")
    )
    shown_parts = f", years.{whole}, years.{parts}" if parts else ""
    query = _RANKED.format(
        value=value, value_name=ranking["value"], order=ranking["order"], parts=shown_parts
    )  # of rows of ours alone
    parameters = {
        "year": asked.number("year"),
        "stage": asked.get("stage"),
        "level": asked.get("government_level"),
        "province": asked.get("province"),
        "words": like(asked.get("q")),
    }
    provinces = asked.asking.answer(
        "select distinct province from marts.dim_publisher where province is not null order by all"
    ).rows
    choices = Choices(
        links.to(path),
        [
            asked.typed("q", words["like_publishers"]),
            asked.choice("fiscal_year", years_of(asked), name="year"),
            asked.choice("stage", ["budget", "final_accounts"]),
            asked.choice("government_level", _LEVELS),
            asked.choice("province", [row[0] for row in provinces]),
        ],
    )
    view = View(
        "ranking",
        ranking[f"name_{words.language}"],
        query,
        parameters,
        frozenset({"document_id"}),
        {
            "publisher_name": lambda row: links.to(f"/publishers/{row['publisher_name']}"),
            ranking["value"]: lambda row: links.to(f"/documents/{row['document_id']}"),
        },
    )
    blocks: list[Block] = [
        Note(ranking[f"caveat_{words.language}"]),
        choices,
        *_summary(asked, query, ranking, parameters),
        view,
    ]
    return Page(
        ranking[f"name_{words.language}"],
        blocks,
        [asked.home(), Way(words["rankings"], links.to("/rankings"))],
    )


def _summary(
    asked: Asked, query: str, ranking: Mapping[str, str], parameters: Mapping[str, object]
) -> Sequence[Block]:
    """How many are ranked, their median, those left out, and the first as a chart."""
    words, value = asked.wording, ranking["value"]
    found = asked.asking.row(
        f"select count(*) as count, quantile_disc({value}, 0.5) as median from ({query})", **parameters
    ) or {"count": 0, "median": None}
    everybody = asked.asking.value(
        """
        select count(*) from marts.mart_publisher_year
        where ($year is null or fiscal_year = $year) and ($stage = '' or stage = $stage)
        """,
        year=parameters["year"],
        stage=parameters["stage"],
    )
    first = asked.asking.rows(f"{query} limit {_MOST_BARS}", **parameters)
    facts = Facts(
        "",
        [
            Fact(words["ranked"], f"{found['count']:,}"),
            Fact(words["of_all"], f"{everybody:,}"),
            Fact(words["median"], words.said(value, found["median"])),
        ],
    )
    if not first:
        return [facts]
    groups = [
        charts.Group(
            f"{row['fiscal_year']} {row['publisher_name']}",
            [
                charts.Mark(
                    0,
                    Decimal(str(row[value])),
                    words.said(value, row[value]),
                    asked.links.to(f"/documents/{row['document_id']}"),
                )
            ],
        )
        for row in first
    ]
    title = f"{ranking[f'name_{words.language}']} ({words.column(value)})"
    return [facts, Chart(title, charts.bars(title, [""], groups))]
