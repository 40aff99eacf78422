"""Printed indicator rows to staging: lists taken apart, subject from the form, texts read as quantities."""

from __future__ import annotations

import polars as pl

from extract.normalize.targets import is_achieved, parse_targets
from extract.records import Indicator, schema

_LIST = r"[;；]"
_ENDS = " 。；;"


def stage_indicators(indicators: pl.DataFrame, forms: pl.DataFrame) -> pl.DataFrame:
    """Give each indicator its form's subject, and read target and result where they are one quantity."""
    target = parse_targets(pl.col("target_text"))
    actual = parse_targets(pl.col("actual_text"))
    return (
        one_row_per_indicator(indicators)
        .join(forms.select("form_id", "form_key", "subject"), on="form_id", how="left")
        .with_columns(
            comparator=target.struct.field("comparator"),
            target_number=target.struct.field("number"),
            target_number_high=target.struct.field("high"),
            target_unit=target.struct.field("unit"),
            actual_number=actual.struct.field("number"),
            actual_unit=actual.struct.field("unit"),
        )
        .with_columns(
            is_quantitative=pl.col("target_number").is_not_null(),
            is_achieved=is_achieved(
                comparator=pl.col("comparator"),
                target=pl.col("target_number"),
                high=pl.col("target_number_high"),
                actual=pl.col("actual_number"),
                same_unit=pl.col("target_unit").eq_missing(pl.col("actual_unit")),
            ),
        )
        .select(list(schema(Indicator)))
    )


def one_row_per_indicator(indicators: pl.DataFrame) -> pl.DataFrame:
    """Take apart rows that list several indicators with as many targets (甲；乙 — 1个；3次).

    Where the counts differ nobody can say which value belongs to which, so the row stays whole. Adds
    ``part_no``, NULL for a row of one; ids of parts end in their number.
    """
    names, targets, actuals = (
        _parts(pl.col(column)) for column in ("indicator", "target_text", "actual_text")
    )
    listed = indicators.with_columns(names=names, targets=targets, actuals=actuals).with_columns(
        is_list=(pl.col("names").list.len() > 1)
        & (pl.col("names").list.len() == pl.col("targets").list.len())
        & (pl.col("actual_text").is_null() | (pl.col("actuals").list.len() == pl.col("names").list.len()))
    )
    lists = listed.filter(pl.col("is_list").fill_null(False))
    parts = (
        lists.with_columns(
            part_no=pl.int_ranges(1, pl.col("names").list.len() + 1),
            actuals=pl.when(pl.col("actual_text").is_null())
            .then(pl.col("names").list.eval(pl.lit(None, dtype=pl.String)))
            .otherwise("actuals"),
        )
        .explode("part_no", "names", "targets", "actuals")
        .with_columns(
            indicator_id=pl.format("{}N{}", "indicator_id", "part_no"),
            indicator="names",
            target_text="targets",
            actual_text="actuals",
        )
    )
    whole = listed.filter(~pl.col("is_list").fill_null(False)).with_columns(
        part_no=pl.lit(None, dtype=pl.Int64)
    )
    columns = [*indicators.columns, "part_no"]
    return pl.concat([whole.select(columns), parts.select(columns)], how="vertical_relaxed")


def _parts(text: pl.Expr) -> pl.Expr:
    return (
        text.str.strip_chars(_ENDS)
        .str.replace_all(_LIST, "；")
        .str.split("；")
        .list.eval(pl.element().str.strip_chars(_ENDS))
        .list.eval(pl.element().filter(pl.element() != ""))
    )
