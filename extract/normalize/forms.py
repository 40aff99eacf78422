"""Printed forms and contents lists to staging: units of account, and what was declared of each form."""

from __future__ import annotations

import polars as pl

from extract.records import ContentsEntry, Form, schema
from extract.vocabulary import Vocabulary


def stage_contents(contents: pl.DataFrame) -> pl.DataFrame:
    """Read 是 and 否; a list that prints neither leaves it open."""
    return contents.with_columns(
        declared_blank=pl.col("blank_text").replace_strict(
            {"是": True, "否": False}, default=None, return_dtype=pl.Boolean
        )
    ).select(list(schema(ContentsEntry)))


def stage_forms(forms: pl.DataFrame, contents: pl.DataFrame, vocabulary: Vocabulary) -> pl.DataFrame:
    """Give each form its unit of account, and hold it against the document's contents list."""
    declared = (
        contents.filter(pl.col("form_key").is_not_null())
        .group_by("document_id", "form_key")
        .agg(
            pl.col("declared_blank").first(),
            pl.col("blank_reason").first(),
            declared_in_contents=pl.lit(True),
        )
    )
    # the contents list and lists of units are no forms that a contents list would name
    lists = [key for key, form in vocabulary.forms.items() if form.layout in ("contents", "list")]
    has_list = contents.select("document_id", has_list=pl.lit(True)).unique()
    return (
        forms.join(declared, on=["document_id", "form_key"], how="left")
        .join(has_list, on="document_id", how="left")
        .with_columns(
            declared_in_contents=pl.when(pl.col("has_list") & ~pl.col("form_key").is_in(lists)).then(
                pl.col("declared_in_contents").fill_null(False)
            ),
        )
        .select(list(schema(Form)))
    )
