"""Normalisation: printed frames of many documents to staging frames, in whole columns."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from extract.normalize.amounts import move_to_rejects, stage_amounts
from extract.normalize.claims import stage_claims, stage_counts, stage_remarks
from extract.normalize.documents import stage_documents
from extract.normalize.form_units import with_units
from extract.normalize.forms import stage_contents, stage_forms
from extract.normalize.indicators import stage_indicators
from extract.records import RECORDS, Column, NumericCell, Reject, schema
from extract.vocabulary import load_vocabulary

__all__ = ["stage"]


def stage(printed: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Turn printed frames into one staging frame per record type, each in its declared schema."""
    vocabulary = load_vocabulary()
    contents = stage_contents(printed["contents"])
    with_unit = with_units(printed["forms"], printed["columns"], printed["amounts"], vocabulary)
    forms = stage_forms(with_unit, contents, vocabulary)
    documents = stage_documents(printed["documents"], vocabulary)
    form_meanings = forms.select("form_id", "form_key", "unit").join(
        printed["forms"].select("form_id", "fund"), on="form_id", how="left"
    )
    amounts, inexact = stage_amounts(
        printed["amounts"],
        printed["lines"],
        printed["columns"],
        form_meanings,
        documents,
        vocabulary=vocabulary,
    )
    keys = form_meanings.select("form_id", "form_key")
    staged = {
        "documents": documents,
        "forms": forms,
        "contents": contents,
        "columns": _with_form_fund(printed["columns"], form_meanings),
        "lines": printed["lines"].join(keys, on="form_id", how="left"),
        "amounts": amounts,
        "indicators": stage_indicators(printed["indicators"], forms, vocabulary),
        "claims": stage_claims(printed["claims"], documents, vocabulary),
        "relations": printed["relations"],
        "relation_terms": printed["relation_terms"],
        "counts": stage_counts(printed["counts"]),
        "remarks": stage_remarks(printed["remarks"], vocabulary),
        "rejects": pl.concat([printed["rejects"].cast(schema(Reject)), inexact]),
        "numeric_cells": move_to_rejects(printed["numeric_cells"].cast(schema(NumericCell)), inexact),
    }
    return {
        record.table: staged[record.table].select(list(schema(record))).cast(schema(record))
        for record in RECORDS
    }


def _with_form_fund(columns: pl.DataFrame, forms: pl.DataFrame) -> pl.DataFrame:
    """Columns with the source of their form. One that may be of another source is no part that is known."""
    is_open = pl.col("is_fund_open")
    return (
        columns.join(forms.select("form_id", form_fund="fund"), on="form_id", how="left")
        .with_columns(measure=pl.when(~is_open).then("measure"))
        .with_columns(fund=pl.coalesce("fund", pl.when(pl.col("measure").is_not_null()).then("form_fund")))
        .drop("form_fund")
        .cast(schema(Column))
    )
