"""Search over everything that documents say: names, titles, rows, prose, indicators, findings.

DuckDB looks through the columns as they are; an index of words would have to know where Chinese words end.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from orchestration.exploring.asked import Asked
from orchestration.exploring.asking import Row, like
from orchestration.exploring.blocks import Block, Choices, Made, Note, Page

MOST = 30
"""Rows shown of each kind."""
_SHORTEST = 2  # characters; of one there is too much


class _Kind(NamedTuple):
    key: str
    table: str
    searched: tuple[str, ...]
    shown: tuple[str, ...]
    id: str
    path: str
    linked: str


_KINDS = (
    _Kind("publishers", "marts.dim_publisher", ("publisher_name", "region"), ("publisher_name", "region"),
          "publisher_name", "/publishers/", "publisher_name"),
    _Kind("documents", "marts.dim_document", ("file_name", "publisher_name"),
          ("file_name", "publisher_name", "fiscal_year", "stage"), "document_id", "/documents/", "file_name"),
    _Kind("prose", "marts.fct_claims", ("subject", "section", "reason", "amount_text"),
          ("publisher_name", "fiscal_year", "section", "subject", "amount_text", "reason"),
          "claim_id", "/figures/", "subject"),
    _Kind("rows_of_forms", "staging.lines", ("row_label", "detail"),
          ("row_label", "code", "form_key", "line_no"), "form_id", "/forms/", "row_label"),
    _Kind("forms", "staging.forms", ("printed_title", "subject"), ("printed_title", "form_key"),
          "form_id", "/forms/", "printed_title"),
    _Kind("indicators", "marts.fct_performance_indicators",
          ("indicator", "subject", "target_text", "actual_text"),
          ("publisher_name", "fiscal_year", "subject", "indicator", "target_text", "actual_text"),
          "document_id", "/documents/", "indicator"),
    _Kind("remarks", "staging.remarks", ("text", "subject"), ("subject", "text", "section"),
          "document_id", "/documents/", "text"),
    _Kind("findings", "marts.fct_findings", ("message_zh",), ("severity", "message_zh"),
          "finding_id", "/findings/", "message_zh"),
)  # fmt: skip


def search_page(asked: Asked) -> Page:
    """What contains all the words, by kind; the first :data:`MOST` of each."""
    words, links = asked.wording, asked.links
    said = asked.get("q")
    terms = [term for term in like(said) if len(term) >= _SHORTEST]
    blocks: list[Block] = [Choices(links.to("/search"), [asked.typed("q")])]
    if said and not terms:
        blocks.append(Note(words["search_longer"], is_grave=True))
    if terms:
        tables = [found for kind in _KINDS if (found := _found(asked, kind, terms))]
        blocks += tables or [Note(words["nothing"])]
    title = f"{words['search']}{'：' if said else ''}{said}"
    return Page(title, blocks, [asked.home()], is_search=True)


def _found(asked: Asked, kind: _Kind, terms: list[str]) -> Made | None:
    words = asked.wording
    conditions = " and ".join(
        f"({' or '.join(f'contains({column}, $word_{number})' for column in kind.searched)})"
        for number in range(len(terms))
    )
    shown = dict.fromkeys([*kind.shown, kind.id])
    answer = asked.asking.answer(
        f"select {', '.join(shown)} from {kind.table} where {conditions} limit {MOST + 1}",
        {f"word_{number}": term for number, term in enumerate(terms)},
    )  # names of ours; what is looked for is a parameter
    if not answer.rows:
        return None
    return Made(
        kind.key,
        words[kind.key],
        answer.names,
        answer.types,
        answer.rows[:MOST],
        hidden=frozenset({kind.id} - {*kind.shown}),
        hrefs={kind.linked: _href(asked, kind)},
        note=words["search_more"].format(MOST) if len(answer.rows) > MOST else "",
    )


def _href(asked: Asked, kind: _Kind) -> Callable[[Row], str | None]:
    return lambda row: asked.links.to(f"{kind.path}{row[kind.id]}") if row[kind.id] else None
