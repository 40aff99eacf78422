"""Printed indicator rows to staging: lists taken apart, subject from the form, texts read as quantities."""

from __future__ import annotations

import polars as pl

from extract.normalize.deadlines import last_day
from extract.normalize.numbers import to_number
from extract.normalize.quantities import are_comparable, with_quantity
from extract.normalize.targets import is_achieved
from extract.records import QUANTITY, Indicator, schema
from extract.vocabulary import Vocabulary

_ENDS = " 。；;，,、"
_NUMBERING = r"^\s*(?:绩效|三级)?(?:指标|目标)\s*(?:[0-9０-９]{1,2}\s*[:：.．、]?|[:：])\s*"
_NUMBERED_WITHIN = r"([^\s；;])\s*((?:指标|目标)\s*\d{1,2}\s*[:：])"
_POINTS = r"\s*[（(]\s*(\d{1,3}(?:\.\d+)?)\s*分\s*[)）]"
_QUANTITY_LIKE = r"\d"
# What parts the names of a list, tried one after another until there are as many names as targets. 、 parts
# them only beside targets that are figures: words are enumerated with it inside one name too.
_LIST = r"[;；]"
_NAME_SEPARATORS = (_LIST, r"[;；，,]", r"[;；：:]", r"[;；，,、]")
_ENUMERATION = len(_NAME_SEPARATORS) - 1


def stage_indicators(indicators: pl.DataFrame, forms: pl.DataFrame, vocabulary: Vocabulary) -> pl.DataFrame:
    """Give each indicator its form's subject, and read target and result where they are one quantity."""
    read = one_row_per_indicator(indicators).join(
        forms.select("form_id", "form_key", form_subject="subject"), on="form_id", how="left"
    )
    read = read.with_columns(subject=pl.coalesce("project", "form_subject"))
    read = with_quantity(read, "target_text", "target", vocabulary)
    read = with_quantity(read, "actual_text", "actual", vocabulary)
    target, actual = (
        [pl.col(f"{prefix}_unit"), pl.col(f"{prefix}_measure")] for prefix in ("target", "actual")
    )
    return (
        read.with_columns(
            comparator="target_comparator",
            target_by=last_day(pl.col("target_text")),
            actual_by=last_day(pl.col("actual_text")),
            is_quantitative=pl.col("target_number").is_not_null(),
            are_comparable=pl.col("target_number").is_not_null()
            & pl.col("actual_number").is_not_null()
            & are_comparable(*target, *actual),
            weight=pl.coalesce(_points(pl.col("weight_text")), _points(pl.col("points_text"))),
            score=_points(pl.col("score_text")),
            review_score=_points(pl.col("review_score_text")),
            level_1_points=_points(pl.col("level_1_points_text")),
            level_2_points=_points(pl.col("level_2_points_text")),
        )
        .with_columns(
            is_achieved=pl.coalesce(
                is_achieved(
                    comparator=pl.col("comparator"),
                    target=pl.col("target_value"),
                    high=pl.col("target_value_high"),
                    actual=pl.col("actual_value"),
                    actual_high=pl.col("actual_value_high"),
                    actual_comparator=pl.col("actual_comparator"),
                    same_unit=pl.col("are_comparable"),
                ),
                # ISO days compare as text
                pl.col("actual_by") <= pl.col("target_by"),
            )
        )
        .select(list(schema(Indicator)))
    )


def one_row_per_indicator(indicators: pl.DataFrame) -> pl.DataFrame:
    """Take apart rows that list several indicators with as many targets (甲；乙 — 1个；3次).

    Where the counts differ nobody can say which value belongs to which, so the row stays whole. Adds
    ``part_no``, NULL for a row of one, and ``points_text``, the points behind a name; ids of parts end in
    their number. Numbering (指标2：) is taken off names and targets, points off names.
    """
    targets, actuals = (_parts(pl.col(column)) for column in ("target_text", "actual_text"))
    listed = indicators.with_columns(targets=targets, actuals=actuals).with_columns(
        are_figures=pl.col("targets").list.eval(pl.element().str.contains(_QUANTITY_LIKE)).list.all()
    )
    count = pl.col("targets").list.len()
    for number, separators in enumerate(_NAME_SEPARATORS):
        fits = (count > 1) & (pl.col(f"names_{number}").list.len() == count)
        allowed = pl.col("are_figures") if number == _ENUMERATION else pl.lit(True)
        listed = listed.with_columns(_parts(pl.col("indicator"), separators).alias(f"names_{number}"))
        listed = listed.with_columns(pl.when(fits & allowed).then(f"names_{number}").alias(f"names_{number}"))
    listed = listed.with_columns(
        names=pl.coalesce(f"names_{number}" for number in range(len(_NAME_SEPARATORS)))
    ).with_columns(
        is_list=pl.col("names").is_not_null()
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
    rows = pl.concat([whole.select(columns), parts.select(columns)], how="vertical_relaxed")
    return rows.with_columns(
        points_text=pl.col("indicator").str.extract(_POINTS, 1),
        indicator=_name(pl.col("indicator")),
        target_text=pl.col("target_text").str.replace(_NUMBERING, ""),
        actual_text=pl.col("actual_text").str.replace(_NUMBERING, ""),
    )


def _name(printed: pl.Expr) -> pl.Expr:
    """A name without numbering in front and points behind; one that is nothing else is kept as printed."""
    bare = printed.str.replace(_NUMBERING, "").str.replace(_POINTS + "$", "").str.strip_chars(" :：")
    return pl.when(bare != "").then(bare).otherwise(printed)


def _parts(text: pl.Expr, separators: str = _LIST) -> pl.Expr:
    return (
        text.str.replace(_NUMBERING, "")
        .str.replace_all(_NUMBERED_WITHIN, "${1}；${2}")
        .str.strip_chars(_ENDS)
        .str.replace_all(separators, "；")
        .str.split("；")
        .list.eval(pl.element().str.replace(_NUMBERING, "").str.strip_chars(_ENDS))
        .list.eval(pl.element().filter(pl.element() != ""))
    )


def _points(text: pl.Expr) -> pl.Expr:
    """Points as a number; 分 and % behind them say no more."""
    return to_number(text.str.strip_chars(" 分%％")).cast(QUANTITY, strict=False)
