"""Every table and column explains itself in English and in Chinese, and every code has a name in both."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from orchestration.building.catalogue import DescriptionError, parse_description, read_catalogue
from orchestration.building.table_rules import all_of, asked_rules
from tests.warehouse.dbt_warehouse import DBT_PROJECT, Warehouse

MODELS = DBT_PROJECT / "models"
SEEDS = DBT_PROJECT / "seeds"
IN_CHINESE_ALREADY = {"unit"}  # 元, 万元, %: the values are what people call them

Manifest = dict[str, Any]


def named_nodes(manifest: Manifest) -> list[dict[str, Any]]:
    return [node for node in manifest["nodes"].values() if node["resource_type"] in ("model", "seed")]


def untold(manifest: Manifest) -> Iterator[str]:
    """Every model, seed and column that lacks a word in one of the two languages."""
    for node in named_nodes(manifest):
        for name, text in [
            (node["name"], node["description"]),
            *((f"{node['name']}.{name}", column["description"]) for name, column in node["columns"].items()),
        ]:
            description = parse_description(text)
            if not (description.english.endswith(".") and description.name_zh and description.chinese):
                yield name


def names_given_twice(manifest: Manifest) -> list[str | None]:
    """Chinese names that two models, or two seeds and models, share."""
    named = Counter(parse_description(node["description"]).name_zh for node in named_nodes(manifest))
    return [name for name, count in named.items() if count > 1]


def test_everything_is_told_in_english_and_in_chinese(small_warehouse: Warehouse) -> None:
    assert list(untold(small_warehouse.manifest)) == []


def test_chinese_names_are_distinct(small_warehouse: Warehouse) -> None:
    assert names_given_twice(small_warehouse.manifest) == []
    read_catalogue(small_warehouse.manifest)  # which looks at the columns of each relation


@pytest.mark.parametrize(
    "text",
    [
        "",
        "One row per form.",
        "One row per form ｜ 报表：每行一张报表。",
        "One row per form. ｜ 报表",
        "One row per form. 报表：每行一张报表。",
    ],
)
def test_a_description_that_lacks_a_part_is_noticed(text: str, small_warehouse: Warehouse) -> None:
    manifest = deepcopy(small_warehouse.manifest)
    node = manifest["nodes"]["model.disclosures.dim_form"]
    node["description"] = node["columns"]["form_key"]["description"] = text

    assert list(untold(manifest)) == ["dim_form", "dim_form.form_key"]


def test_a_chinese_name_of_two_columns_or_of_two_tables_is_noticed(small_warehouse: Warehouse) -> None:
    manifest = deepcopy(small_warehouse.manifest)
    columns = manifest["nodes"]["model.disclosures.dim_form"]["columns"]
    columns["fund"]["description"] = columns["form_key"]["description"]
    with pytest.raises(DescriptionError, match=r"dim_form form_key and fund"):
        read_catalogue(manifest)

    staged = manifest["nodes"]["model.disclosures.stg_forms"]
    staged["description"] = manifest["nodes"]["model.disclosures.dim_form"]["description"]
    assert names_given_twice(manifest) == ["报表种类"]


def written_twice(descriptions: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Descriptions of a column that more than one model writes out, and the models."""
    writers: dict[str, set[str]] = {}
    for model, text in descriptions:
        if "{{ doc(" not in text:
            writers.setdefault(text, set()).add(model)
    return {text: models for text, models in writers.items() if len(models) > 1}


def column_descriptions() -> Iterator[tuple[str, str]]:
    for path in MODELS.rglob("*.yml"):
        for model in yaml.safe_load(path.read_text(encoding="utf-8")).get("models", []):
            yield from (
                (model["name"], " ".join(column["description"].split())) for column in model["columns"]
            )


def test_a_description_that_several_tables_share_is_written_once_in_a_block() -> None:
    assert written_twice(column_descriptions()) == {}
    assert written_twice([("a", "What it is."), ("b", "What it is."), ("b", "{{ doc('x') }}")]) == {
        "What it is.": {"a", "b"}
    }


def seed(name: str) -> list[dict[str, str]]:
    (path,) = SEEDS.rglob(f"{name}.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def value_names() -> set[tuple[str, str]]:
    return {(row["column_name"], row["value"]) for row in seed("value_names")}


def accepted_values(manifest: Manifest) -> Iterator[tuple[str, str]]:
    """Each column and value that a rule of a model accepts."""
    for table, rules in asked_rules(manifest).items():
        if table.startswith("model."):
            for rule in all_of(rules, "one_of"):
                yield from ((rule.columns[0], code) for code in rule.codes)


def test_every_value_that_a_test_accepts_has_a_name(
    small_warehouse: Warehouse, value_names: set[tuple[str, str]]
) -> None:
    accepted = set(accepted_values(small_warehouse.manifest))
    assert len(accepted) > len(IN_CHINESE_ALREADY)
    assert {
        (column, value) for column, value in accepted - value_names if column not in IN_CHINESE_ALREADY
    } == set()


def test_every_kind_that_a_rule_gives_is_accepted_of_a_finding(small_warehouse: Warehouse) -> None:
    """Otherwise the first document with such a finding would keep the warehouse from being published."""
    given = {row["kind"] for row in seed("finding_rules")} | {row["family"] for row in seed("identities")}
    rules = asked_rules(small_warehouse.manifest)["model.disclosures.fct_findings"]
    (accepted,) = (set(rule.codes) for rule in all_of(rules, "one_of") if rule.columns == ("kind",))
    assert given
    assert given - accepted == set()


@pytest.mark.parametrize(
    ("says", "named_as"),
    [
        ("side", "side_key"),
        ("side", "classification"),
        ("fund", "fund"),
        ("budget_version", "budget_version"),
    ],
)
def test_every_code_that_a_word_of_headers_says_has_a_name(
    says: str, named_as: str, value_names: set[tuple[str, str]]
) -> None:
    codes = {(named_as, row["value"]) for row in seed("header_words") if row["says"] == says}
    assert codes
    assert codes <= value_names


@pytest.mark.parametrize(
    ("vocabulary", "column", "named_as"),
    [
        ("forms", "fund", "fund"),
        ("forms", "layout", "layout"),
        ("forms", "fact", "fact"),
        ("count_subjects", "count_key", "count_key"),
        ("claim_subjects", "claim_key", "claim_key"),
        ("identities", "family", "kind"),
        ("finding_rules", "kind", "kind"),
        ("remark_patterns", "kind", "kind"),
    ],
)
def test_every_code_that_the_vocabulary_gives_has_a_name(
    vocabulary: str, column: str, named_as: str, value_names: set[tuple[str, str]]
) -> None:
    codes = {(named_as, row[column]) for row in seed(vocabulary) if row[column]}
    assert codes
    assert codes - value_names == set()


CODES = """
    select distinct schema_name, table_name, column_name
    from duckdb_columns()
    where schema_name in ('staging', 'reconciliation', 'marts') and table_name != 'dim_value_name'
        and data_type = 'VARCHAR' and list_contains($named, column_name)
"""


def unnamed_values(
    connection: duckdb.DuckDBPyConnection, names: set[tuple[str, str]]
) -> set[tuple[str, str]]:
    """Column and value of every code that stands in a table and has no name."""
    columns = connection.execute(CODES, {"named": sorted({column for column, _ in names})}).fetchall()
    occurring = {
        (column, value)
        for schema, table, column in columns
        for (value,) in connection.sql(f'select distinct "{column}" from "{schema}"."{table}"').fetchall()
        if value is not None
    }
    return {(column, value) for column, value in occurring - names if not is_a_year(column, value)}


def is_a_year(column: str, value: str) -> bool:
    """``compared_with`` holds a code, or a year as it is printed."""
    return column == "compared_with" and value.endswith("年")


def test_every_code_in_a_warehouse_of_the_samples_has_a_name(
    sample_warehouse: Path, value_names: set[tuple[str, str]]
) -> None:
    with duckdb.connect(Warehouse(sample_warehouse).build_file, read_only=True) as connection:
        assert unnamed_values(connection, value_names) == set()

        without_one = value_names - {("trust", "reconciled")}
        assert unnamed_values(connection, without_one) == {("trust", "reconciled")}


def test_every_code_in_the_small_warehouse_has_a_name(
    connection: duckdb.DuckDBPyConnection, value_names: set[tuple[str, str]]
) -> None:
    """Which has failed documents and things not understood, as the samples have not."""
    assert unnamed_values(connection, value_names) == set()
