"""The questions of the cookbook as pages: the answer, narrowed to a publisher or a year, and the query."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from orchestration.command.cookbook import Recipe, recipes
from orchestration.exploring.asked import Asked, NotThereError
from orchestration.exploring.asking import like
from orchestration.exploring.blocks import Block, Choice, Choices, Href, Note, Page, View, Way, Ways
from orchestration.exploring.pages.publishers import years_of

_LAST_LIMIT = re.compile(r"\s*(?:\blimit\s+\d+)?\s*;?\s*\Z", re.IGNORECASE)
_PUBLISHER, _YEAR = "publisher_name", "fiscal_year"


@cache
def _known() -> dict[str, Recipe]:
    return {recipe.name: recipe for recipe in recipes()}


def question_list(asked: Asked) -> Page:
    """All questions."""
    words, links = asked.wording, asked.links
    ways = [Way(_asks(asked, recipe), links.to(f"/questions/{name}")) for name, recipe in _known().items()]
    return Page(words["questions"], [Note(words["questions_note"]), Ways("", ways)], [asked.home()])


def _asks(asked: Asked, recipe: Recipe) -> str:
    return recipe.question_zh if asked.wording.language == "zh" else recipe.question_en


def question_page(asked: Asked) -> Page:
    """One question and its answer. Raises :class:`NotThereError`."""
    words, links = asked.wording, asked.links
    recipe = _known().get(asked.named["question"])
    if recipe is None:
        raise NotThereError(asked.path)
    # A limit would be applied before the choice of a publisher; pages do its work.
    query = _LAST_LIMIT.sub("", recipe.query)
    names = asked.asking.answer(f"select * from ({query}\n) limit 0").names
    conditions: list[str] = []
    parameters: dict[str, Any] = {}
    fields: list[Choice] = []
    if _PUBLISHER in names:
        conditions.append(
            "list_bool_and(list_transform($words, lambda word: contains(publisher_name, word))) is not false"
        )
        parameters["words"] = like(asked.get("publisher"))
        fields.append(asked.typed("publisher", words.column(_PUBLISHER)))
    if _YEAR in names:
        conditions.append("($year is null or fiscal_year = $year)")
        parameters["year"] = asked.number("year")
        fields.append(asked.choice(_YEAR, years_of(asked), name="year"))
    narrowed = f"select * from ({query}\n) where {' and '.join(conditions) or 'true'}"
    hrefs: dict[str, Href] = {}
    if _PUBLISHER in names:
        hrefs[_PUBLISHER] = lambda row: links.to(f"/publishers/{row[_PUBLISHER]}")
    path = f"/questions/{recipe.name}"
    blocks: list[Block] = []
    if recipe.note:
        blocks.append(Note(recipe.note))
    if fields:
        blocks.append(Choices(links.to(path), fields))
    blocks.append(View("answer", words["answer"], narrowed, parameters, hrefs=hrefs))
    blocks.append(Note(f"disclosures cookbook {recipe.number} --query"))
    return Page(_asks(asked, recipe), blocks, [asked.home(), Way(words["questions"], links.to("/questions"))])
