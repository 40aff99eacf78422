"""Printed money cells to staged amounts: number, unit, exact yuan, and the worth of the last digit."""

from __future__ import annotations

import polars as pl

from extract.normalize.numbers import NUMBER, folded, last_digit, suffix, to_number
from extract.normalize.units import to_unit, yuan_per_unit
from extract.records import MONEY, Amount, Reject, schema
from extract.vocabulary import Vocabulary

_PLACE = ["document_id", "page_no", "line_no", "field_no"]
_BBOX = ["bbox_left", "bbox_top", "bbox_right", "bbox_bottom"]


def stage_amounts(
    amounts: pl.DataFrame,
    lines: pl.DataFrame,
    columns: pl.DataFrame,
    forms: pl.DataFrame,
    vocabulary: Vocabulary,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Join cells to their line, column and form, and read them. Also gives the rejects.

    A unit printed in the cell itself wins over the form's. A cell whose value is not a whole number of fen,
    or has more digits than fit, cannot be kept exactly and is rejected.
    """
    read = (
        amounts.join(lines.drop("document_id", "page_no", "line_no", "form_id"), on="line_id", how="left")
        .join(columns.drop("document_id"), on=["form_id", "side_no", "col_no"], how="left")
        .join(
            forms.select("form_id", "form_key", form_unit="unit", form_fund="fund"), on="form_id", how="left"
        )
        .with_columns(
            unit=pl.coalesce(to_unit(suffix(pl.col("amount_text")), vocabulary), "form_unit"),
            number=to_number(pl.col("amount_text")),
            fund=fund_of_column(),
            is_dash=folded(pl.col("amount_text")).str.contains(r"^-+$"),
        )
        .with_columns(
            amount_kind=pl.when("is_dash")
            .then(pl.lit("dash"))
            .when(pl.col("number") == 0)
            .then(pl.lit("zero"))
            .otherwise(pl.lit("number")),
            yuan=pl.col("number") * yuan_per_unit(pl.col("unit"), vocabulary),
            last_digit=last_digit(pl.col("amount_text")) * yuan_per_unit(pl.col("unit"), vocabulary),
        )
        .with_columns(amount_yuan=pl.col("yuan").cast(MONEY, strict=False))
        .with_columns(
            is_exact=pl.col("is_dash")
            | (
                pl.col("number").is_not_null()
                & (pl.col("unit").is_null() | (pl.col("yuan") == pl.col("amount_yuan")))
            )
        )
    )
    kept = read.filter(pl.col("is_exact").fill_null(False))
    lost = read.filter(~pl.col("is_exact").fill_null(False))
    staged = kept.with_columns(
        column_path=pl.col("column_path").fill_null(""),
        last_digit_yuan=pl.max_horizontal("last_digit", pl.lit("0.01").cast(NUMBER)),
    ).with_columns(
        last_digit_yuan=pl.when(pl.col("amount_yuan").is_not_null()).then("last_digit_yuan").cast(MONEY)
    )
    rejects = lost.select(
        "document_id",
        "form_id",
        "page_no",
        "line_no",
        "field_no",
        *_BBOX,
        printed_text="amount_text",
        reason_code=pl.lit("not_exact"),
        hint=pl.lit("the figure is finer than a fen or has more than 18 digits before the point"),
    )
    return (
        staged.select(list(schema(Amount))).cast(schema(Amount)),
        rejects.select(list(schema(Reject))).cast(schema(Reject)),
    )


def fund_of_column() -> pl.Expr:
    """The fund that a column names, else its form's; open where its header holds words that nobody listed."""
    of_form = pl.when(~pl.col("is_open").fill_null(value=False)).then(pl.col("form_fund"))
    return pl.coalesce("fund", of_form)


def move_to_rejects(numeric_cells: pl.DataFrame, rejects: pl.DataFrame) -> pl.DataFrame:
    """Correct the ledger for cells that turned out to be unreadable as amounts."""
    moved = rejects.select(*_PLACE, moved=pl.lit(True))
    return (
        numeric_cells.join(moved, on=_PLACE, how="left", nulls_equal=True)
        .with_columns(
            destination=pl.when(pl.col("moved").fill_null(False))
            .then(pl.lit("rejects"))
            .otherwise(pl.col("destination"))
        )
        .drop("moved")
    )
