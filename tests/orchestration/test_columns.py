"""What dbt knows of a staged column comes from the record, and an edited file is noticed."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated, ClassVar

import pytest
import yaml

from extract.records import Amount, Document, Line, Record, declared_columns
from extract.records.declaration import NAMED_VALUES, PUBLISHED, UNIQUE, OneOf, RefersTo, Words
from orchestration.columns import __main__ as command
from orchestration.columns.facts import with_columns
from orchestration.columns.generated import differing, generated_files
from orchestration.columns.published import fact_columns, published_columns
from orchestration.columns.staging import staging_properties, staging_query
from orchestration.columns.words import blocks
from orchestration.paths import DBT_PROJECT

Weight = Annotated[Decimal | None, Words("How heavy it is.", "重量：有多重。"), PUBLISHED]


@dataclass(frozen=True, slots=True)
class Apple(Record):
    """One row per apple (苹果).

    Also one that fell.
    """

    table: ClassVar[str] = "apples"
    chinese: ClassVar[str] = "苹果：每行一个苹果。"
    unique_together: ClassVar[tuple[str, ...]] = ("tree_id", "apple_no")

    apple_id: Annotated[str, Words("The apple.", "苹果标识：一个苹果。"), UNIQUE]
    tree_id: Annotated[str, Words("The tree.", "树标识：一棵树。", block="tree"), RefersTo("stg_trees")]
    apple_no: Annotated[int, Words("Which one.", "序号：第几个。")]
    sold: Annotated[str | None, Words("Whether it is sold.", "是否售出：yes 或 “no”。"), OneOf("yes", "½")]
    weight: Weight
    price_yuan: Annotated[Weight, Words("What it costs.", "价格：多少钱。"), NAMED_VALUES]


def test_a_query_lists_the_columns() -> None:
    comment, query = staging_query(Apple).split("\n", 1)
    assert comment.startswith("-- Generated from extract/records")
    assert query == (
        "select\n    apple_id,\n    tree_id,\n    apple_no,\n    sold,\n    weight,\n    price_yuan\n"
        "from {{ current_rows('apples') }}\n"
    )


def test_properties_have_types_words_what_is_never_null_and_what_is_tested() -> None:
    not_null = {"constraints": [{"type": "not_null"}]}
    assert yaml.safe_load(staging_properties(Apple)) == {
        "models": [
            {
                "name": "stg_apples",
                "description": "One row per apple (苹果). Also one that fell. ｜ 苹果：每行一个苹果。",
                "config": {
                    "alias": "apples",
                    "meta": {"rules": ["no_empty_text", {"unique_together": ["tree_id", "apple_no"]}]},
                },
                "data_tests": [
                    {"holds": {"name": "holds_stg_apples_", "arguments": {"after": ["ref('stg_trees')"]}}},
                    "names_its_codes",
                ],
                "columns": [
                    item("apple_id", "varchar", "apple_id", **not_null, **rules("unique")),
                    item(
                        "tree_id",
                        "varchar",
                        "tree",
                        **not_null,
                        **rules({"refers_to": "stg_trees.tree_id"}),
                    ),
                    item("apple_no", "bigint", "apple_no", **not_null),
                    item("sold", "varchar", "sold", **rules({"one_of": ["yes", "½"]})),
                    item("weight", "decimal(24,6)", "weight"),
                    item("price_yuan", "decimal(20,2)", "price_yuan", **rules("named")),
                ],
            }
        ]
    }


def rules(*stated: object) -> dict[str, object]:
    return {"config": {"meta": {"rules": list(stated)}}}


def item(name: str, data_type: str, block: str, **more: object) -> dict[str, object]:
    return {"name": name, "data_type": data_type, "description": f"{{{{ doc('{block}') }}}}", **more}


def test_a_column_that_records_share_has_one_block_and_a_record_may_use_words_of_its_own() -> None:
    @dataclass(frozen=True, slots=True)
    class Pear(Apple):
        """One row per pear."""

    text = blocks([Apple, Pear])
    assert text.count("{% docs weight %}\nHow heavy it is. ｜ 重量：有多重。\n{% enddocs %}\n") == 1
    assert "{% docs price_yuan %}\nWhat it costs. ｜ 价格：多少钱。\n" in text
    assert [column.name for column in declared_columns(Pear) if column.is_published] == [
        "weight",
        "price_yuan",
    ]


def test_two_columns_told_in_different_words_cannot_have_one_name() -> None:
    @dataclass(frozen=True, slots=True)
    class Pear(Record):
        """One row per pear."""

        weight: Annotated[Decimal | None, Words("How heavy the pear is.", "重量：梨有多重。")]

    with pytest.raises(ValueError, match=r"Apple\.weight and Pear\.weight are told in different words"):
        blocks([Apple, Pear])


def test_a_column_without_words_is_an_error_that_names_it() -> None:
    @dataclass(frozen=True, slots=True)
    class Pear(Record):
        """One row per pear."""

        weight: Decimal | None

    with pytest.raises(TypeError, match=r"Pear\.weight says in no words what it is"):
        declared_columns(Pear)


GENERATED = "generated by python -m orchestration.columns"
FACT = f"""
    columns:
      # published amounts, to tree_id: {GENERATED}
      - name: of_before
      # end of published amounts
      - name: written_by_hand
      # published amounts, after tree_id, without sold, weight: {GENERATED}
      # end of published amounts
"""


def names_in(properties: str) -> list[str]:
    return [column["name"] for column in yaml.safe_load(properties)["columns"]]


def test_parts_of_a_fact_are_generated_around_what_is_written_by_hand() -> None:
    written = with_columns(FACT, declared_columns(Apple))
    assert names_in(written) == ["apple_id", "tree_id", "written_by_hand", "apple_no", "price_yuan"]
    assert with_columns(written, declared_columns(Apple)) == written


def test_a_new_column_is_in_the_part_that_has_its_place() -> None:
    @dataclass(frozen=True, slots=True)
    class Pear(Apple):
        """One row per pear."""

        stalk: Annotated[str | None, Words("Its stalk.", "梗：梨的梗。")]

    assert names_in(with_columns(FACT, declared_columns(Pear)))[-2:] == ["price_yuan", "stalk"]


def test_a_column_that_no_part_has_is_an_error_that_names_it() -> None:
    first_part_alone = FACT[: FACT.index("      # published amounts, after")]
    with pytest.raises(ValueError, match="no part has the columns apple_no, sold, weight, price_yuan"):
        with_columns(first_part_alone, declared_columns(Apple))


@pytest.mark.parametrize("said", ["to root_id", "to tree_id, without root_id"])
def test_a_part_that_names_a_column_that_is_none_is_an_error(said: str) -> None:
    with pytest.raises(ValueError, match="published amounts have no columns root_id"):
        with_columns(FACT.replace("to tree_id", said), declared_columns(Apple))


@pytest.mark.parametrize("lost", ["      # end of published amounts\n", f": {GENERATED}"])
def test_a_part_without_its_end_or_not_said_to_be_generated_is_an_error(lost: str) -> None:
    """Otherwise what is written by hand after it would be taken for generated."""
    with pytest.raises(ValueError, match=r"a part begins with .* and ends with"):
        with_columns(FACT.replace(lost, "", 1), declared_columns(Apple))


def test_a_column_that_is_written_by_hand_and_generated_is_an_error_that_names_it() -> None:
    with pytest.raises(ValueError, match="apple_no is written by hand, too"):
        with_columns(FACT.replace("written_by_hand", "apple_no"), declared_columns(Apple))


def test_every_column_that_a_record_marks_is_published_once_and_facts_show_no_other() -> None:
    marked = {
        column.name
        for record in (Amount, Line, Document)
        for column in declared_columns(record)
        if column.is_published
    }
    published = [column.name for column in published_columns()]
    assert len(marked) > 20
    assert marked <= set(published)
    assert len(set(published)) == len(published)
    assert {column.name for column in fact_columns()} <= set(published)


def test_every_generated_file_is_what_the_records_declare() -> None:
    assert differing(generated_files(DBT_PROJECT)) == []


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the dbt project's models, which the command takes for the project."""
    copy = tmp_path / "dbt_project"
    shutil.copytree(DBT_PROJECT / "models", copy / "models")
    monkeypatch.setattr(command, "DBT_PROJECT", copy)
    return copy


@pytest.mark.parametrize(
    ("file", "edited"),
    [
        ("staging/stg_amounts.sql", ("    amount_kind,\n", "")),
        ("staging/stg_claims.yml", ("[up, down]", "[up, down, sideways]")),
        ("columns.md", ("the same key for every publisher", "a key for every publisher")),
        ("marts/fct_projects.yml", ("refers_to: dim_publisher", "refers_to: dim_region")),
    ],
)
def test_a_generated_file_that_was_edited_is_named_and_written_anew(
    project: Path, file: str, edited: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    path = project / "models" / file
    as_generated = path.read_text(encoding="utf-8")
    path.write_text(as_generated.replace(*edited), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != as_generated

    assert command.main(["--check"]) == 1
    assert f"dbt_project/models/{file}\n" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") != as_generated, "a check must write nothing"

    assert command.main([]) == 0
    assert path.read_text(encoding="utf-8") == as_generated
    assert command.main(["--check"]) == 0


def test_a_generated_file_that_is_not_there_is_named(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "models" / "staging" / "stg_forms.yml").unlink()
    assert command.main(["--check"]) == 1
    assert "dbt_project/models/staging/stg_forms.yml\n" in capsys.readouterr().err
