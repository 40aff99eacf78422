"""Printed facts to staged documents: publisher, year, stage, scope."""

from __future__ import annotations

import polars as pl

from extract.records import Document, schema

_SCOPES = {"本级": "own", "机关": "own", "汇总": "consolidated"}
_SCOPE = rf"[(（]({'|'.join(_SCOPES)})[)）]$"
_REGION = r"^((?:.{2,4}?(?:省|自治区))?(?:.{2,4}?[市州盟])?(?:.{1,4}?[区县旗])?)"
# In order of trust: what the cover says, what a caption says, what a unit row says.
_SOURCES = ("cover_publisher", "caption_publisher", "unit_row_publisher")


def stage_documents(printed: pl.DataFrame) -> pl.DataFrame:
    """Choose the publisher by order of trust and take its scope suffix (本级, 汇总) off the name."""
    named = pl.coalesce(*_SOURCES)
    came_from = pl.coalesce(
        *(
            pl.when(pl.col(source).is_not_null()).then(pl.lit(source.removesuffix("_publisher")))
            for source in _SOURCES
        )
    )
    name = named.str.replace(_SCOPE, "").str.strip_chars()
    region = name.str.extract(_REGION, 1)
    return printed.with_columns(
        publisher_name=name,
        publisher_name_from=came_from,
        parent_name=pl.when(pl.col("parent_name") != name).then("parent_name"),
        region=pl.when(region != "").then(region),
        fiscal_year=pl.col("year_text").cast(pl.Int64),
        scope=named.str.extract(_SCOPE, 1).replace_strict(_SCOPES, default=None, return_dtype=pl.String),
    ).select(list(schema(Document)))
