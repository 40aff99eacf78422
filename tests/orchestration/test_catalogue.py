"""The catalogue says what dbt's properties and tests say, and claims no key that no test checks."""

from __future__ import annotations

from typing import Any

import pytest

from orchestration.building.catalogue import (
    Description,
    DescriptionError,
    ForeignKey,
    Relation,
    of_schemas,
    parse_description,
    read_catalogue,
)


def column(name: str, description: str = "A column.", *rules: Any, not_null: bool = False) -> dict[str, Any]:
    constraints = [{"type": "not_null"}] if not_null else []
    return {
        "name": name,
        "description": description,
        "data_type": "varchar",
        "constraints": constraints,
        "meta": {"rules": list(rules)},
    }


def model(schema: str, alias: str, *columns: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "resource_type": "model",
        "name": alias,
        "schema": schema,
        "alias": alias,
        "description": f"One row per {alias}.",
        "columns": {each["name"]: each for each in columns},
        "config": {"materialized": "table"},
    } | more


def catalogue_of(**nodes: Any) -> dict[str, Relation]:
    """The catalogue of some tables."""
    return {relation.name: relation for relation in read_catalogue({"nodes": nodes})}


def lines_and_documents(**rules: Any) -> dict[str, Any]:
    """Two tables; the rules of a column go by its name, those of all lines by ``together``."""
    return {
        "documents": model(
            "marts",
            "documents",
            column("document_id", "A column.", *rules.get("documents", ()), not_null=True),
            column("file_name"),
        ),
        "lines": model(
            "marts",
            "lines",
            column("line_id", "A column.", *rules.get("line_id", ()), not_null=True),
            column("document_id", "A column.", *rules.get("document_id", ()), not_null=True),
            column("line_no", not_null=True),
            column("parent_id", "A column.", *rules.get("parent_id", ())),
            config={"materialized": "table", "meta": {"rules": rules.get("together", [])}},
        ),
    }


OF_DOCUMENTS = {"refers_to": "documents.document_id"}


@pytest.mark.parametrize(
    ("text", "parsed"),
    [
        ("One row per form.", Description("One row per form.")),
        ("The form. ｜ 报表", Description("The form.", "报表")),
        (
            "The form (报表): a|b. ｜ 报表（表）：同一报表：跨页。",
            Description("The form (报表): a|b.", "报表（表）", "同一报表：跨页。"),
        ),
        (
            "Folded\nover lines.\n ｜ 金额：以元计，\n精确。\n",
            Description("Folded over lines.", "金额", "以元计， 精确。"),
        ),
        ("", Description("")),
    ],
)
def test_a_description_has_english_a_chinese_name_and_an_explanation(text: str, parsed: Description) -> None:
    assert parse_description(text) == parsed
    assert parse_description(parsed.text) == parsed


@pytest.mark.parametrize(
    "text",
    [
        "The form. ｜ ",
        "The form. ｜ 报 表：说明。",
        "The form. ｜ 报表，说明",
        "｜ 报表：说明。",
        "A. ｜ " + "长" * 22,
    ],
)
def test_a_description_that_breaks_the_form_is_an_error(text: str) -> None:
    with pytest.raises(DescriptionError, match=r"Chinese name|in English"):
        parse_description(text)


def test_an_error_names_the_column_it_is_about() -> None:
    with pytest.raises(DescriptionError, match=r"the description of marts\.lines\.code: “编 码”"):
        catalogue_of(lines=model("marts", "lines", column("code", "Its code. ｜ 编 码：印的。")))


def test_two_columns_of_one_chinese_name_are_an_error() -> None:
    twice = (column("code", "A code. ｜ 编码"), column("unit_code", "Another. ｜ 编码"))
    with pytest.raises(DescriptionError, match=r"marts\.lines code and unit_code have the same .* 编码"):
        catalogue_of(lines=model("marts", "lines", *twice))


def test_columns_keep_their_order_types_and_whether_they_may_be_null() -> None:
    lines = catalogue_of(**lines_and_documents())["lines"]
    assert [(each.name, each.data_type, each.is_nullable) for each in lines.columns] == [
        ("line_id", "varchar", False),
        ("document_id", "varchar", False),
        ("line_no", "varchar", False),
        ("parent_id", "varchar", True),
    ]


def test_a_seed_has_its_types_in_its_configuration() -> None:
    untyped = column("unit", "A unit.", "never_null") | {"data_type": None}
    config = {"materialized": "seed", "column_types": {"unit": "varchar"}}
    (unit,) = catalogue_of(units=model("seeds", "units", untyped, resource_type="seed", config=config))[
        "units"
    ].columns
    assert (unit.data_type, unit.is_nullable) == ("varchar", False)


def primary_key(**rules: Any) -> tuple[str, ...]:
    return catalogue_of(**lines_and_documents(**rules))["lines"].primary_key


def test_what_is_unique_and_never_null_is_the_primary_key() -> None:
    assert primary_key(line_id=["unique"]) == ("line_id",)
    assert primary_key() == ()


def test_columns_that_are_unique_together_are_the_primary_key_unless_one_alone_is() -> None:
    together = [{"unique_together": ["document_id", "line_no"]}]
    assert primary_key(together=together) == ("document_id", "line_no")
    assert primary_key(together=together, line_id=["unique"]) == ("line_id",)


def test_a_rule_about_some_rows_makes_no_key() -> None:
    assert primary_key(together=[{"unique_together": ["line_id"], "where": "line_no > 0"}]) == ()


def test_what_may_be_null_is_no_primary_key() -> None:
    together = [{"unique_together": ["document_id", "parent_id"]}]
    assert primary_key(together=together, parent_id=["unique"]) == ()


def test_a_reference_to_a_primary_key_is_a_foreign_key() -> None:
    lines = catalogue_of(**lines_and_documents(document_id=[OF_DOCUMENTS], documents=["unique"]))["lines"]
    assert lines.foreign_keys == (ForeignKey(("document_id",), "marts", "documents", ("document_id",)),)
    assert catalogue_of(**lines_and_documents(document_id=[OF_DOCUMENTS]))["lines"].foreign_keys == ()


def test_a_relation_may_refer_to_itself() -> None:
    to_itself = lines_and_documents(line_id=["unique"], parent_id=[{"refers_to": "lines.line_id"}])
    assert catalogue_of(**to_itself)["lines"].foreign_keys == (
        ForeignKey(("parent_id",), "marts", "lines", ("line_id",)),
    )


def test_what_is_never_a_relation_is_not_in_the_catalogue() -> None:
    ephemeral = model("marts", "helper", config={"materialized": "ephemeral"})
    assert catalogue_of(helper=ephemeral) == {}


def test_a_part_of_the_catalogue_has_no_keys_that_lead_out_of_it() -> None:
    lines = model("staging", "lines", column("document_id", "A column.", OF_DOCUMENTS))
    documents = model("marts", "documents", column("document_id", "A column.", "unique", not_null=True))
    catalogue = list(catalogue_of(lines=lines, documents=documents).values())
    names = [relation.name for relation in of_schemas(catalogue, ["staging", "marts"])]
    assert names == ["lines", "documents"]
    (alone,) = of_schemas(catalogue, ["staging"])
    assert (alone.name, alone.foreign_keys) == ("lines", ())


def test_steps_between_tables_are_left_out_unless_something_reads_them_or_they_are_asked_for() -> None:
    of_terms = {"refers_to": "int_terms.term_id"}
    terms = model("reconciliation", "int_terms", column("term_id", "A column.", "unique", not_null=True))
    config = {"materialized": "table", "meta": {"published": True}}
    causes = model("reconciliation", "int_causes", config=config)
    results = model("reconciliation", "results", column("term_id", "A column.", of_terms))
    catalogue = list(catalogue_of(int_terms=terms, int_causes=causes, results=results).values())

    read = of_schemas(catalogue, ["reconciliation"], internal=False)
    assert [relation.name for relation in read] == ["int_causes", "results"]
    assert read[1].foreign_keys == (), "it would refer to what is not there"

    everything = of_schemas(catalogue, ["reconciliation"])
    assert [relation.name for relation in everything] == ["int_causes", "int_terms", "results"]
    assert everything[2].foreign_keys != ()


def test_a_relation_is_named_in_chinese_when_all_of_it_is() -> None:
    named = column("code", "A code. ｜ 编码")
    description = "One row per line. ｜ 明细"
    whole = catalogue_of(lines=model("marts", "lines", named, description=description))["lines"]
    assert whole.is_named_in_chinese
    one_without = model("marts", "lines", named, column("name"), description=description)
    assert not catalogue_of(lines=one_without)["lines"].is_named_in_chinese
