"""``disclosures cookbook``: the questions people ask, each with its query."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import NamedTuple

from rich.table import Table

from orchestration.command.options import Format
from orchestration.command.query import run_query
from orchestration.command.terminal import UsageError, escape, output
from orchestration.home.paths import Paths

FOLDER = Path(__file__).parents[1] / "cookbook"
_REMARK = re.compile(r"-- (en|zh|note): (.+)")


class Recipe(NamedTuple):
    """One question, in both languages, and the query that answers it."""

    number: int
    name: str
    question_en: str
    question_zh: str
    note: str | None
    query: str


def recipes(folder: Path = FOLDER) -> list[Recipe]:
    """Every recipe of ``folder``, by number: the files ``NN_name.sql``, which begin with their question.

    Raises:
        ValueError: when a file lacks its question in one of the languages.
    """
    return [_recipe(path) for path in sorted(folder.glob("*.sql"))]


def _recipe(path: Path) -> Recipe:
    number, _, name = path.stem.partition("_")
    query = path.read_text(encoding="utf-8")
    remarks = dict(_REMARK.findall(query))
    if not {"en", "zh"} <= remarks.keys():
        raise ValueError(f"{path.name} must begin with its question: `-- en: …` and `-- zh: …`")
    return Recipe(int(number), name, remarks["en"], remarks["zh"], remarks.get("note"), query)


def list_recipes() -> None:
    """Print the questions, each with the number that answers it."""
    table = Table(show_edge=False)
    table.add_column("", justify="right")
    table.add_column("question")
    table.add_column("问题")
    for recipe in recipes():
        table.add_row(str(recipe.number), escape(recipe.question_en), escape(recipe.question_zh))
    output().print(table)


def run_recipe(paths: Paths, chosen: str, shape: Format, *, show_query: bool) -> None:
    """Print the answer to a question, named by its number or name; or its query, to be changed and run.

    Raises:
        UsageError: when there is no such question, or nothing has been published.
    """
    recipe = next((each for each in recipes() if chosen in {str(each.number), each.name}), None)
    if recipe is None:
        raise UsageError(f"There is no question {chosen}. Without a number, the command lists them.")
    if show_query:
        sys.stdout.write(recipe.query)
        return
    if shape is Format.TABLE:
        for text in (recipe.question_en, recipe.question_zh, recipe.note):
            if text:
                output().print(escape(text))
        output().print()
    run_query(paths, recipe.query, shape)
