"""The smallest build that can be published: two tables, two views, their keys, words in both languages."""

from __future__ import annotations

from datetime import UTC, datetime

from declared import relation

from orchestration.building.catalogue import ForeignKey
from orchestration.publishing.version import Provenance

BUILD = """
create schema staging; create schema marts; create schema seeds;
create table staging.amounts (amount_yuan decimal(20, 2), amount_text varchar, document_id varchar);
insert into staging.amounts values (1.10, '1.10', 'a'), (null, '-', 'a');
create table staging.documents as select unnest(['a', 'b']) as document_id;
create view marts.dim_document as select document_id from "warehouse"."staging"."documents";
create view marts.fct_amount as
select row_number() over () as amount_id, document_id, amount_yuan from "warehouse"."staging"."amounts";
create table staging.of_a_model_that_is_gone as select 1 as x;
create table seeds.units as select '元' as unit;
"""
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MADE_FROM = Provenance(("a", "b"), "d" * 64, "p" * 64, "0.1.0+abc", "1.5.5")


AMOUNTS = relation(
    "staging.amounts",
    "One row per printed amount's cell.",
    ("amount_yuan", "Exact, in 元. ｜ 金额（元）：精确。"),
    ("amount_text", "As printed."),
    ("document_id!", "Which document."),
    foreign_keys=(ForeignKey(("document_id",), "staging", "documents", ("document_id",)),),
)
DOCUMENTS = relation(
    "staging.documents",
    "One row per document.",
    ("document_id!", "Which document."),
    primary_key=("document_id",),
)
FCT_AMOUNT = relation(
    "marts.fct_amount",
    "One row per amount. ｜ 金额：每个金额一行。",
    ("amount_id!", "Which amount. ｜ 金额编号"),
    ("document_id!", "Which document. ｜ 文件编号：文件的摘要。"),
    ("amount_yuan", "In yuan. ｜ 金额（元）"),
    primary_key=("amount_id",),
    foreign_keys=(ForeignKey(("document_id",), "marts", "dim_document", ("document_id",)),),
)
DIM_DOCUMENT = relation(
    "marts.dim_document",
    "One row per document. ｜ 文件",
    ("document_id!", "Which document."),
    primary_key=("document_id",),
)
RELATIONS = [AMOUNTS, DOCUMENTS, FCT_AMOUNT, DIM_DOCUMENT]
