"""The first page: what the warehouse holds, and where to begin."""

from __future__ import annotations

from orchestration.exploring.asked import Asked
from orchestration.exploring.blocks import Block, Choices, Fact, Facts, Note, Page, View, Way, Ways

_COUNTS = """
    select
        (select count(*) from marts.dim_publisher) as publishers,
        (select count(*) from marts.dim_document) as documents,
        (select min(fiscal_year) from marts.dim_document) as first_year,
        (select max(fiscal_year) from marts.dim_document) as last_year,
        (select sum(amounts) from marts.fct_disclosure_scorecard) as amounts,
        (select sum(identities_asked) from marts.fct_disclosure_scorecard) as asked,
        (select sum(identities_break) from marts.fct_disclosure_scorecard) as breaks,
        (
            select count(*) from marts.fct_causes
            where severity = 'discrepancy' and not is_acknowledged and not is_superseded
        ) as causes,
        (select published_at from meta.version) as published_at
"""
_BY_YEAR = """
    select fiscal_year, stage, count(*) as document_count, count(distinct publisher_name) as publisher_count
    from marts.dim_document where is_in_force group by all order by fiscal_year desc nulls last, stage
"""


def home_page(asked: Asked) -> Page:
    """What there is, and the ways into it."""
    words, links = asked.wording, asked.links
    found = asked.asking.row(_COUNTS) or {}
    years = " – ".join(dict.fromkeys(str(found[name]) for name in ("first_year", "last_year") if found[name]))
    ways = ("publishers", "findings", "comparisons", "rankings", "cube", "questions", "search")
    blocks: list[Block] = [
        Note(words["what_this_is"]),
        Choices(links.to("/search"), [asked.typed("q")]),
        Facts(
            "",
            [
                Fact(words["publishers"], f"{found['publishers']:,}", links.to("/publishers")),
                Fact(words["documents"], f"{found['documents']:,}", links.to("/documents")),
                Fact(words["years"], years),
                Fact(words["amounts"], f"{found['amounts'] or 0:,}"),
                Fact(words["asked"], f"{found['asked'] or 0:,}"),
                Fact(words["breaks"], f"{found['breaks'] or 0:,}"),
                Fact(words["to_correct"], f"{found['causes']:,}", links.to("/findings")),
                Fact(words["published_at"], words.said("", found["published_at"])),
            ],
        ),
        Ways(words["begin_with"], [Way(words[f"begin_{name}"], links.to(f"/{name}")) for name in ways]),
        View(
            "years",
            words["by_year"],
            _BY_YEAR,
            hrefs={
                "document_count": lambda row: links.to(
                    "/documents", year=row["fiscal_year"], stage=row["stage"]
                )
            },
        ),
        Note(words["trust_note"]),
    ]
    return Page(words["title"], blocks)
