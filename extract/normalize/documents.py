"""Printed facts to staged documents: publisher, region, tier, year, stage, scope, and where each was read."""

from __future__ import annotations

import polars as pl

from extract.normalize.places import with_places
from extract.records import Document, schema
from extract.vocabulary import Vocabulary

_SCOPES = {"本级": "own", "机关": "own", "汇总": "consolidated"}
_SCOPE = rf"\(({'|'.join(_SCOPES)})\)$"


def stage_documents(printed: pl.DataFrame, vocabulary: Vocabulary) -> pl.DataFrame:
    """Take the scope (本级, 汇总) off the publisher's name and tell the place that it begins with."""
    name = pl.col("publisher_text").str.replace(_SCOPE, "").str.strip_chars()
    scope = pl.col("publisher_text").str.extract(_SCOPE, 1)
    named = printed.with_columns(
        publisher_name=name,
        publisher_name_from=pl.col("publisher_from"),
        parent_name=pl.when(pl.col("parent_name") != name).then("parent_name"),
        fiscal_year=pl.col("year_text").cast(pl.Int64),
        fiscal_year_from=pl.col("year_from"),
        fiscal_year_certainty=pl.col("year_certainty"),
        scope=scope.replace_strict(_SCOPES, default=None, return_dtype=pl.String),
        scope_from=pl.when(scope.is_not_null()).then("publisher_from"),
    )
    return with_places(named, vocabulary).select(list(schema(Document)))
