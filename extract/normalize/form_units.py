"""The unit of account of each form: what it prints, else what a header prints, else what others confirm.

A form whose caption names no unit may print it in a column's header: ``合计（万元）``. Where nothing is
printed, the unit of the other forms of the document is taken if they all agree *and* a figure that is printed
in both confirms it: the same digits in another unit would be another sum. Otherwise it stays unknown: absent
where nothing near the form looks like a unit, so that none was missed.
"""

from __future__ import annotations

import polars as pl

from extract.normalize.numbers import to_number
from extract.normalize.units import to_unit
from extract.vocabulary import Vocabulary

PRINTED = "printed"
INFERRED = "inferred"
ABSENT = "absent"
_IN_HEADER = r"[(（]\s*(?:金额)?(?:单位)?\s*[:：]?\s*((?:人民币)?(?:亿元|百万元|万元|千元|元))\s*[)）]"
_FEWEST_DIGITS = 4  # of a figure that confirms: 12.5 stands in any two forms by chance


def header_unit(column_path: pl.Expr, vocabulary: Vocabulary) -> pl.Expr:
    """The unit that a column's header prints in brackets; NULL where it prints none."""
    return to_unit(column_path.str.extract_all(_IN_HEADER).list.last().str.extract(_IN_HEADER, 1), vocabulary)


def with_units(
    forms: pl.DataFrame, columns: pl.DataFrame, amounts: pl.DataFrame, vocabulary: Vocabulary
) -> pl.DataFrame:
    """Add ``unit`` and ``unit_source`` (printed | inferred | absent) to printed forms.

    The unit is NULL where it is absent, or where one may have been missed; then the source is NULL, too.

    - forms: ``form_id``, ``document_id``, ``unit_text``, ``has_unit_mark``.
    - columns: ``form_id``, ``column_path``.
    - amounts: ``form_id``, ``amount_text``.
    """
    in_headers = (
        columns.select("form_id", unit=header_unit(pl.col("column_path"), vocabulary))
        .drop_nulls()
        .group_by("form_id")
        .agg(of_header=_if_one(pl.col("unit")))
    )
    printed = forms.join(in_headers, on="form_id", how="left").with_columns(
        unit=pl.coalesce(to_unit(pl.col("unit_text"), vocabulary), "of_header")
    )
    inferred = _inferred(printed, amounts)
    return (
        printed.join(inferred, on="form_id", how="left")
        .with_columns(
            unit=pl.coalesce("unit", "inferred_unit"),
            unit_source=pl.when(pl.col("unit").is_not_null())
            .then(pl.lit(PRINTED))
            .when(pl.col("inferred_unit").is_not_null())
            .then(pl.lit(INFERRED))
            .when(~pl.col("has_unit_mark"))
            .then(pl.lit(ABSENT)),
        )
        .drop("of_header", "inferred_unit")
    )


def _inferred(forms: pl.DataFrame, amounts: pl.DataFrame) -> pl.DataFrame:
    """The unit of each form without one that all others of its document agree on and a figure confirms."""
    agreed = (
        forms.filter(pl.col("unit").is_not_null())
        .group_by("document_id")
        .agg(inferred_unit=_if_one(pl.col("unit")))
        .drop_nulls()
    )
    figures = (
        amounts.select("form_id", number=to_number(pl.col("amount_text")))
        .filter(_tells_forms_apart(pl.col("number")))
        .unique()
        .join(forms.select("form_id", "document_id", "unit"), on="form_id")
    )
    confirmed = figures.filter(pl.col("unit").is_null()).join(
        figures.filter(pl.col("unit").is_not_null()).select("document_id", "number").unique(),
        on=["document_id", "number"],
        how="semi",
    )
    return (
        confirmed.select("form_id", "document_id")
        .unique()
        .join(agreed, on="document_id")
        .select("form_id", "inferred_unit")
    )


def _tells_forms_apart(number: pl.Expr) -> pl.Expr:
    digits = number.cast(pl.String).str.replace_all(r"[-.]", "").str.strip_chars("0")
    return number.is_not_null() & (digits.str.len_chars() >= _FEWEST_DIGITS)


def _if_one(values: pl.Expr) -> pl.Expr:
    """The one value of a group; NULL where there are several."""
    return pl.when(values.n_unique() == 1).then(values.first())
