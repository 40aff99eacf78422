"""The table of evidence: what it weighs, and that what it names can be seen at all."""

from __future__ import annotations

import csv
from decimal import Decimal

import pytest

from extract.form_evidence import form_evidence
from extract.vocabulary import load_vocabulary
from extract.vocabulary_tables import VOCABULARY_DIR


def row(kind: str, value: str, weight: str, *, needed: bool = False, yields: bool = False) -> dict[str, str]:
    return {
        "form_key": "form",
        "kind": kind,
        "value": value,
        "weight": weight,
        "is_needed": str(needed).lower(),
        "yields": str(yields).lower(),
    }


def table(name: str) -> list[dict[str, str]]:
    with (VOCABULARY_DIR / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_what_speaks_against_yields_only_where_it_says_so_and_to_its_own_kind() -> None:
    evidence = form_evidence(
        [
            row("side", "economic", "0.3"),
            row("side", "function", "-0.6", yields=True),
            row("side", "revenue", "-0.6"),
        ]
    )
    both = frozenset({("side", "economic"), ("side", "function"), ("side", "revenue")})
    assert evidence.weigh("form", both).against == Decimal("0.6")
    assert evidence.weigh("form", both - {("side", "economic")}).against == Decimal("1.2")
    assert not evidence.weigh("form", both).contradicts
    assert evidence.weigh("form", both - {("side", "economic")}).contradicts


def test_each_value_of_a_row_counts_once_and_one_of_the_needed_is_enough() -> None:
    evidence = form_evidence([row("measure", "one|other", "0.25", needed=True)])
    assert evidence.weigh("form", frozenset({("measure", "other")})).support == Decimal("0.25")
    assert not evidence.weigh("form", frozenset({("measure", "other")})).is_lacking
    assert evidence.weigh("form", frozenset({("fund", "other")})).is_lacking
    assert not evidence.weigh("another", frozenset({("fund", "other")})).is_lacking


def test_a_kind_of_evidence_that_nothing_sees_is_an_error() -> None:
    with pytest.raises(ValueError, match="colour"):
        form_evidence([row("colour", "red", "1")])


def test_the_table_names_only_what_columns_and_rows_can_say() -> None:
    measures = {line["measure"] for line in table("measures")}
    words = table("header_words")
    funds = {line["value"] for line in words if line["says"] == "fund"}
    versions = {line["value"] for line in words if line["says"] == "budget_version"}
    sayable = {
        "measure": measures,
        "fund": funds,
        "row": measures | funds,
        "version": versions,
        "line": {line["line_key"] for line in table("row_labels")},
        "stage": {line["stage"] for line in table("forms")},
    }
    for line in table("form_evidence"):
        values = set(line["value"].split("|"))
        assert values <= sayable.get(line["kind"], values), line


def test_every_form_that_a_title_may_name_has_evidence_of_its_own() -> None:
    vocabulary = load_vocabulary()
    assert {meaning.form_key for meaning in vocabulary.titles.meanings} == set(vocabulary.evidence.rows)
