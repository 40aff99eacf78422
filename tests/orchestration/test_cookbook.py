"""Every question of the cookbook is answered from a warehouse of the samples."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from orchestration.command.cookbook import Recipe, recipes
from tests.conftest import disclosures

RECIPES = recipes()
# The samples state no head count; nobody in them spends more than planned, misses a target, replaces a file.
UNANSWERED_BY_SAMPLES = {
    "cost_per_head",
    "three_public_over_budget",
    "missed_targets",
    "changed_between_versions",
    "published_in_time",
}


@pytest.fixture(scope="module")
def samples(sample_warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(sample_warehouse / "disclosures.duckdb", read_only=True) as connection:
        yield connection


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
def test_a_question_is_answered(recipe: Recipe, samples: duckdb.DuckDBPyConnection) -> None:
    answered = samples.sql(recipe.query).fetchall() != []
    assert answered == (recipe.name not in UNANSWERED_BY_SAMPLES)


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
def test_an_answer_is_the_same_each_time(recipe: Recipe, samples: duckdb.DuckDBPyConnection) -> None:
    once = samples.sql(recipe.query).fetchall()
    samples.execute("set threads = 1")
    try:
        assert samples.sql(recipe.query).fetchall() == once
    finally:
        samples.execute("reset threads")


def test_questions_are_numbered_without_gaps_and_asked_in_both_languages() -> None:
    assert [recipe.number for recipe in RECIPES] == list(range(1, len(RECIPES) + 1))
    assert len(RECIPES) >= 15
    assert all(recipe.question_zh.endswith("？") for recipe in RECIPES)
    assert all(recipe.question_en.endswith("?") for recipe in RECIPES)


def test_a_file_without_its_question_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "01_silent.sql").write_text("-- en: Why?\nselect 1;\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"01_silent\.sql must begin with its question"):
        recipes(tmp_path)


def test_the_command_lists_answers_and_shows_the_query(sample_warehouse: Path) -> None:
    listed = disclosures(sample_warehouse, "cookbook").stdout
    answered = disclosures(sample_warehouse, "cookbook", "2", "--format", "csv").stdout
    shown = disclosures(sample_warehouse, "cookbook", "office_expenses", "--query").stdout

    assert RECIPES[1].question_zh in listed.replace("\n", "")
    assert answered.startswith("publisher_name,fiscal_year,stage,")
    assert shown == RECIPES[1].query
