"""What dbt knows of a staged column comes from the record, and an edited file is noticed."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated, ClassVar

import pytest
import yaml

from extract.records import Record, declared_columns
from extract.records.declaration import NAMED_VALUES, PUBLISHED, UNIQUE, OneOf, RefersTo, Words
from orchestration.columns import __main__ as command
from orchestration.columns.generated import differing, generated_files
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
                "config": {"alias": "apples"},
                "data_tests": [
                    "has_no_empty_text",
                    {"is_unique_together": {"arguments": {"columns": ["tree_id", "apple_no"]}}},
                ],
                "columns": [
                    item("apple_id", "varchar", "apple_id", **not_null, data_tests=["unique"]),
                    item(
                        "tree_id",
                        "varchar",
                        "tree",
                        **not_null,
                        data_tests=[
                            {"relationships": {"arguments": {"to": "ref('stg_trees')", "field": "tree_id"}}}
                        ],
                    ),
                    item("apple_no", "bigint", "apple_no", **not_null),
                    item(
                        "sold",
                        "varchar",
                        "sold",
                        data_tests=[{"accepted_values": {"arguments": {"values": ["yes", "½"]}}}],
                    ),
                    item("weight", "decimal(24,6)", "weight"),
                    item("price_yuan", "decimal(20,2)", "price_yuan", data_tests=["has_named_values"]),
                ],
            }
        ]
    }


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
        ("stg_amounts.sql", ("    amount_kind,\n", "")),
        ("stg_claims.yml", ("[up, down]", "[up, down, sideways]")),
        ("columns.md", ("the same key for every publisher", "a key for every publisher")),
    ],
)
def test_a_generated_file_that_was_edited_is_named_and_written_anew(
    project: Path, file: str, edited: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    path = project / "models" / "staging" / file
    as_generated = path.read_text(encoding="utf-8")
    path.write_text(as_generated.replace(*edited), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != as_generated

    assert command.main(["--check"]) == 1
    assert f"dbt_project/models/staging/{file}\n" in capsys.readouterr().err
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
