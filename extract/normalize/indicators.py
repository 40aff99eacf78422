"""Printed indicator rows to staging: subject from the form, targets and results as quantities."""

from __future__ import annotations

import polars as pl

from extract.normalize.targets import parse_targets
from extract.records import Indicator, schema


def stage_indicators(indicators: pl.DataFrame, forms: pl.DataFrame) -> pl.DataFrame:
    """Give each indicator its form's subject, and read target and result where they are one quantity."""
    target = parse_targets(pl.col("target_text"))
    actual = parse_targets(pl.col("actual_text"))
    return (
        indicators.join(forms.select("form_id", "form_key", "subject"), on="form_id", how="left")
        .with_columns(
            comparator=target.struct.field("comparator"),
            target_number=target.struct.field("number"),
            target_unit=target.struct.field("unit"),
            actual_number=actual.struct.field("number"),
        )
        .with_columns(is_quantitative=pl.col("target_number").is_not_null())
        .select(list(schema(Indicator)))
    )
