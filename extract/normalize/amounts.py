"""Printed money cells to staged amounts: number, unit, exact yuan, and the worth of the last digit."""

from __future__ import annotations

import re

import polars as pl

from extract.folding import fold
from extract.normalize.form_units import header_unit
from extract.normalize.numbers import NUMBER, last_digit, numeral, suffix, to_number
from extract.normalize.units import to_unit, yuan_per_unit
from extract.records import MONEY, Amount, Reject, schema
from extract.vocabulary import Vocabulary

_OWN_VERSION = {"budget": "budget", "final_accounts": "final"}
_VERSION_OF_ROW = {"budgeted": "budget", "actual": "final"}
_BY_SOURCE = ("revenue", "project_funds")  # sides whose rows name sources of money
_OF_ANYTHING = "item"  # a side headed 项目 alone
_SINGLE = ("general_public", "government_fund", "state_capital")
_OF_FISCAL_PARTS = "fiscal_appropriation"  # what the single ones are together
_FEWEST_KINDS = 2
_WIDE = ("all", "fiscal_appropriation")
_ORDINAL = re.compile(r"^[\s(（]*[一二三四五六七八九十\d]{1,3}[)）、.．\s]+|其中[:：]?|[加减][:：]")
_PLACE = ["document_id", "page_no", "line_no", "field_no"]
_BBOX = ["bbox_left", "bbox_top", "bbox_right", "bbox_bottom"]


def stage_amounts(
    amounts: pl.DataFrame,
    lines: pl.DataFrame,
    columns: pl.DataFrame,
    forms: pl.DataFrame,
    documents: pl.DataFrame,
    *,
    vocabulary: Vocabulary,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Join cells to their line, column and form, and read them. Also gives the rejects.

    A unit printed in the cell itself wins over the column's, and that over the form's. The year and the
    version that a header leaves open are those of the document. A cell whose value is not a whole number of
    fen, or has more digits than fit, cannot be kept exactly and is rejected. Where a workbook stores in yuan
    what its format shows in the form's unit, the stored number is the exact one.
    """
    read = (
        amounts.join(lines.drop("document_id", "page_no", "line_no", "form_id"), on="line_id", how="left")
        .join(
            columns.drop("document_id").with_columns(is_version_open=_is_version_open()),
            on=["form_id", "side_no", "col_no"],
            how="left",
        )
        .join(
            forms.select("form_id", "form_key", form_unit="unit", form_fund="fund"), on="form_id", how="left"
        )
        .join(documents.select("document_id", "fiscal_year", "stage"), on="document_id", how="left")
        .with_columns(
            unit=pl.coalesce(
                to_unit(suffix(pl.col("amount_text")), vocabulary),
                header_unit(pl.col("column_path"), vocabulary),
                "form_unit",
            ),
            column_year=_year(pl.col("column_year"), pl.col("fiscal_year")),
            budget_version=pl.coalesce("budget_version", _version_of_document()),
            number=to_number(pl.col("amount_text")),
            fund=_fund(lines, columns, vocabulary),
            is_dash=numeral(pl.col("amount_text")).str.contains(r"^-+$"),
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
        .with_columns(is_stored_in_yuan=_is_stored_in_yuan())
        .with_columns(
            doubt=pl.when(~pl.col("is_stored_in_yuan")).then("doubt"),
            amount_yuan=pl.when("is_stored_in_yuan")
            .then(_stored().cast(MONEY, strict=False))
            .otherwise("amount_yuan"),
            yuan=pl.when("is_stored_in_yuan").then(_stored()).otherwise("yuan"),
        )
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


def _fund(lines: pl.DataFrame, columns: pl.DataFrame, vocabulary: Vocabulary) -> pl.Expr:
    """The source of money: of the column, else of the row on a side of sources, else of the form.

    A header that was not understood may well say another source, unless the form is of one alone, or parts
    its money by kind and not by source. What is of all sources in its column is of the row's own, as
    一般公共预算拨款 in a summary is, also where no heading says what the rows of the side are.
    """
    is_known = (
        (pl.col("measure").is_not_null() & ~pl.col("is_fund_open"))
        | pl.col("form_fund").is_in(_SINGLE)
        | (pl.col("form_id").is_in(_parted_by_kind(columns, vocabulary).implode()) & ~pl.col("is_fund_open"))
    )
    parted = _parted_by_source(columns).implode()
    is_parted = pl.col("form_id").is_in(parted) & pl.col("form_fund").is_in(_SINGLE)
    of_all = pl.when(pl.col("measure") == "total").then(pl.lit(_OF_FISCAL_PARTS))
    said = pl.coalesce("fund", pl.when(is_parted).then(of_all).when(is_known).then("form_fund"))
    may_name_sources = pl.col("side_key").is_in((*_BY_SOURCE, _OF_ANYTHING)) | pl.col("side_key").is_null()
    labels = lines.filter(may_name_sources)["row_label"].drop_nulls().unique().to_list()
    funds = {label: vocabulary.words.fund_of_row(fold(_ORDINAL.sub("", label))) for label in labels}
    of_row = pl.col("row_label").replace_strict(funds, default=None, return_dtype=pl.String)
    is_wider = said.is_null() | said.is_in(_WIDE)
    return pl.when(is_wider & may_name_sources).then(pl.coalesce(of_row, said)).otherwise(said)


def _parted_by_source(columns: pl.DataFrame) -> pl.Series:
    """The forms whose columns are several funds of a budget: what has no source is of them together."""
    sources = columns.group_by("form_id").agg(funds=pl.col("fund").drop_nulls().unique())
    is_several = pl.col("funds").list.len() > 1
    is_of_budget = pl.col("funds").list.eval(pl.element().is_in(_SINGLE)).list.all()
    return sources.filter(is_several & is_of_budget)["form_id"]


def _parted_by_kind(columns: pl.DataFrame, vocabulary: Vocabulary) -> pl.Series:
    """The forms that have several kinds of spending in columns, and no source of money.

    One kind that is a part of a total is one of several: all its other parts are kinds.
    """
    is_kind = pl.col("measure").is_in(sorted(vocabulary.kinds))
    return (
        columns.group_by("form_id")
        .agg(
            kinds=pl.col("measure").filter(is_kind).n_unique(),
            is_parted=(is_kind & pl.col("part_of_col").is_not_null()).any(),
            funds=pl.col("fund").drop_nulls().len(),
        )
        .filter(((pl.col("kinds") >= _FEWEST_KINDS) | pl.col("is_parted")) & (pl.col("funds") == 0))[
            "form_id"
        ]
    )


def _stored() -> pl.Expr:
    """The stored number behind a text that displays another figure."""
    number = r"^(-?\d{1,18}(?:\.\d{1,6})?)\d*$"
    return pl.col("stored_text").str.extract(number, 1).cast(NUMBER)


def _is_stored_in_yuan() -> pl.Expr:
    """Whether a format shows in its form's unit (1836.42 万元) what is stored in yuan: no doubt then."""
    agrees = (_stored() - pl.col("yuan")).abs() * 2 <= pl.col("last_digit")
    # a nought is near every number
    return ((pl.col("doubt") == "format") & agrees & (pl.col("number") != 0)).fill_null(False)


def _year(said: pl.Expr, fiscal_year: pl.Expr) -> pl.Expr:
    """The year that a header means, in four digits; NULL where neither it nor the document says one."""
    return (
        pl.when(said == "previous")
        .then((fiscal_year - 1).cast(pl.String))
        .when(said.is_null() | (said == "current"))
        .then(fiscal_year.cast(pl.String))
        .otherwise(said)
    )


def _is_version_open() -> pl.Expr:
    """Whether a column may be of a version that no word tells: unknown, beside columns that name theirs.

    So may one that figures show to be of the same money as another which names its version, in no other year.
    """
    is_unnamed = pl.col("budget_version").is_null()
    is_unknown = is_unnamed & pl.col("measure").is_null() & pl.col("fund").is_null()
    is_named = pl.col("budget_version").is_not_null() & (pl.col("nature") == "figure")
    side = ("form_id", "side_no")
    is_of_same = is_unnamed & pl.col("column_year").is_null() & (pl.col("nature") == "figure")
    return (is_unknown & is_named.any().over(*side)) | (
        is_of_same & is_named.any().over(*side, "measure", "fund")
    )


def _version_of_document() -> pl.Expr:
    """What an unnamed version is: that of the document's stage, in its own year; of another year it is open.

    So it is where the heading may name another (年初安排额 beside 决算数).
    A row that is a period (预算数, 决算数) says itself which version its figures are of.
    """
    year = pl.col("column_year")
    is_own = year.is_null() | (year == "current") | (year == pl.col("fiscal_year").cast(pl.String))
    own = pl.col("stage").replace_strict(_OWN_VERSION, default=None, return_dtype=pl.String)
    of_row = pl.col("line_key").replace_strict(_VERSION_OF_ROW, default=None, return_dtype=pl.String)
    may_be_own = is_own & ~pl.col("is_version_open").fill_null(False)
    return pl.coalesce(of_row, pl.when(may_be_own).then(own))


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
