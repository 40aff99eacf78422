"""Copies of documents in which one figure is changed, so that one identity must answer otherwise.

The cases are drawn from a built warehouse: for every rule one identity that holds, and one of its figures.
Each answer has its own copy of the documents that the identity is about, under other ids and publishers, so
that copies are compared with nothing but each other.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import duckdb
import polars as pl

from extract import printed_frames, read_document, stage
from extract.landing import LandedFile
from extract.media_type import media_type
from extract.printed import DOCUMENT_ID_PREFIX

Frames = Mapping[str, pl.DataFrame]

ANSWERS = ("holds", "breaks", "not_asked")
# What identities are made of; the rest of a document is not copied.
_TABLES = (
    "documents",
    "forms",
    "columns",
    "lines",
    "amounts",
    "claims",
    "relations",
    "relation_terms",
    "rejects",
)
_TOO_MUCH_YUAN = 5_000_000  # 500 万元; no tolerance comes near
_YUAN = {"元": 1, "万元": 10_000, "亿元": 100_000_000}

# One identity that holds for each rule, in the documents with the fewest amounts, and one figure it needs.
_CASES = """
with sizes as (
    select document_id, count(*) as amount_count
    from staging.amounts
    group by document_id
),

figures as (
    select
        terms.rule_id,
        terms.identity_id,
        terms.amount_id,
        terms.form_key,
        terms.term_no,
        list_sort(list_distinct(list(terms.document_id) over identity)) as document_ids,
        sum(sizes.amount_count) over identity as size,
        terms.is_required and terms.cell_state = 'printed' and terms.unit not in ('%', '倍')
            as can_be_changed,
        terms.measure,
        list_sort(list_distinct(list(terms.form_id) over identity)) as form_ids
    from reconciliation.int_identity_terms as terms
    inner join reconciliation.identity_results as results using (identity_id)
    inner join sizes on terms.document_id = sizes.document_id
    where results.outcome = 'holds'
    window identity as (partition by terms.identity_id)
),

-- a difference between columns of any layout says something where most of their rows agree
weighed as (
    select
        *,
        case
            when rule_id like 'figure.%' then count(*) over (partition by rule_id, form_ids, measure)
        end as asked_of_columns
    from figures
)

select rule_id, identity_id, document_ids, amount_id
from weighed
where can_be_changed
qualify row_number() over (
    partition by rule_id
    order by
        asked_of_columns desc,
        size,
        identity_id,
        -- what this form says decides whether some rules are asked at all
        form_key = 'budget_revenue_expenditure_summary',
        term_no desc,
        amount_id
) = 1
order by rule_id
"""


class Case(NamedTuple):
    """An identity that holds in a built warehouse, the documents it is about, and the figure to change."""

    rule_id: str
    identity_id: str
    document_ids: tuple[str, ...]
    amount_id: str


class Copy(NamedTuple):
    """What became of a case: its identity in the copy, and the answer that it must give there."""

    rule_id: str
    identity_id: str
    answer: str


def cases_in(build_file: Path) -> list[Case]:
    """One case for every rule that holds somewhere."""
    with duckdb.connect(build_file, read_only=True) as warehouse:
        found = warehouse.sql(_CASES).fetchall()
    return [Case(rule, identity, tuple(documents), amount) for rule, identity, documents, amount in found]


def staged(folder: Path) -> dict[str, Frames]:
    """The staged frames of each document in a folder, by document id."""
    documents: dict[str, Frames] = {}
    for path in sorted(folder.iterdir()):
        data = path.read_bytes()
        landed = LandedFile(hashlib.sha256(data).hexdigest(), path.name, media_type(data), len(data))
        document = read_document(landed, data)
        documents[document.facts.document_id] = stage(printed_frames([document]))
    return documents


def altered_copies(
    documents: Mapping[str, Frames], cases: list[Case]
) -> tuple[dict[str, pl.DataFrame], list[Copy]]:
    """A copy of each case for each answer: the frames of all copies, and what is expected of them."""
    parts: dict[str, list[pl.DataFrame]] = {}
    copies: list[Copy] = []
    for number, case in enumerate(cases):
        for answer in ANSWERS:
            names = _new_names(case, answer, f"{_letters(number)}{answer[0]}", documents)
            for document_id in case.document_ids:
                changed = _with_answer(documents[document_id], case.amount_id, answer)
                for table in _TABLES:
                    parts.setdefault(table, []).append(_renamed(changed[table], names))
            identity_id = case.identity_id
            for old, new in names.items():
                identity_id = identity_id.replace(old, new)
            copies.append(Copy(case.rule_id, identity_id, answer))
    return {table: pl.concat(frames) for table, frames in parts.items()}, copies


def answers_given(build_file: Path, copies: list[Copy]) -> dict[str, set[str]]:
    """For each rule, the answers that its copies gave as expected."""
    with duckdb.connect(build_file, read_only=True) as warehouse:
        outcomes = dict(
            warehouse.sql("select identity_id, outcome from reconciliation.identity_results").fetchall()
        )
    given: dict[str, set[str]] = {}
    for copy in copies:
        if outcomes.get(copy.identity_id) == copy.answer:
            given.setdefault(copy.rule_id, set()).add(copy.answer)
    return given


def answers_missing(rule_id: str, given: Mapping[str, set[str]]) -> set[str]:
    """The answers that a rule did not give; all three when it has no case."""
    return set(ANSWERS) - given.get(rule_id, set())


def _new_names(case: Case, answer: str, tag: str, documents: Mapping[str, Frames]) -> dict[str, str]:
    """New names for the documents of a case and for their publishers."""
    names: dict[str, str] = {}
    for document_id in case.document_ids:
        new = hashlib.sha256(f"{case.rule_id} {answer} {document_id}".encode()).hexdigest()
        names[document_id[:DOCUMENT_ID_PREFIX]] = new[:DOCUMENT_ID_PREFIX]
        facts = documents[document_id]["documents"]
        for name in (facts["publisher_name"].item(), facts["parent_name"].item()):
            if name is not None:
                names[name] = name + tag
    return names


def _renamed(frame: pl.DataFrame, names: Mapping[str, str]) -> pl.DataFrame:
    return frame.with_columns(pl.col(pl.String).str.replace_many(list(names), list(names.values())))


def _letters(number: int) -> str:
    return chr(ord("A") + number // 26) + chr(ord("A") + number % 26)


def _with_answer(frames: Frames, amount_id: str, answer: str) -> Frames:
    """The frames with one figure changed so that its identity breaks, or without the unit to ask it."""
    if answer == "holds":
        return frames
    change = _raised if answer == "breaks" else _without_unit
    return {
        **frames,
        "amounts": change(frames["amounts"], pl.col("amount_id") == amount_id),
        "claims": change(frames["claims"], pl.col("claim_id") == amount_id),
    }


def _raised(figures: pl.DataFrame, is_it: pl.Expr) -> pl.DataFrame:
    it = figures.filter(is_it)
    if it.is_empty():
        return figures
    text, unit, yuan = it.select("amount_text", "unit", "amount_yuan").row(0)
    number = re.search(r"-?[\d,]+(?:\.\d+)?", text)
    assert number is not None, text
    more = Decimal(number.group().replace(",", "")) + _TOO_MUCH_YUAN // _YUAN[unit]
    return figures.with_columns(
        amount_text=pl.when(is_it)
        .then(pl.lit(text.replace(number.group(), str(more))))
        .otherwise("amount_text"),
        amount_yuan=pl.when(is_it)
        .then(pl.lit(yuan + _TOO_MUCH_YUAN, figures.schema["amount_yuan"]))
        .otherwise("amount_yuan"),
    )


def _without_unit(figures: pl.DataFrame, is_it: pl.Expr) -> pl.DataFrame:
    return figures.with_columns(
        pl.when(~is_it).then(pl.col(name)).alias(name) for name in ("unit", "amount_yuan", "last_digit_yuan")
    )
