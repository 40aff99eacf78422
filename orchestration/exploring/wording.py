"""The words of pages in one language: their own, and what the published file calls columns and codes."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from orchestration.exploring.asking import Asking
from orchestration.home.paths import DBT_PROJECT
from orchestration.reports.words import Language

_WORDS = Path(__file__).with_name("words.csv")
_RULES = DBT_PROJECT / "seeds" / "vocabulary"
_COLUMNS = """
    select column_name, arg_min(name_zh, (schema_name != 'marts', table_name)) as name_zh
    from meta.columns where name_zh is not null group by column_name
"""
_VALUES = "select column_name, value, name_zh, name_en from marts.dim_value_name"
# A column of pages that holds codes of two of the file's.
_NAMED_LIKE = {"kind": "cause_kind"}


@cache
def own_words(language: Language) -> Mapping[str, str]:
    """What pages say of their own, by key."""
    with _WORDS.open(encoding="utf-8", newline="") as file:
        return {row["key"]: row[str(language)] for row in csv.DictReader(file)}


@cache
def rule_meanings(language: Language) -> Mapping[str, str]:
    """What each rule says, by its id."""
    column = f"meaning_{language}"
    meanings: dict[str, str] = {}
    for name in ("identities.csv", "finding_rules.csv"):
        with (_RULES / name).open(encoding="utf-8", newline="") as file:
            meanings |= {row["rule_id"]: row.get(column) or "" for row in csv.DictReader(file)}
    with (_RULES / "disclosure_rules.csv").open(encoding="utf-8", newline="") as file:
        meanings |= {row["rule_id"]: row[f"name_{language}"] for row in csv.DictReader(file)}
    return meanings


def _as_words(name: str) -> str:
    """A column's own name as English: ``difference_yuan`` is called Difference (yuan)."""
    for suffix, unit in (("_yuan", " (yuan)"), ("_pct", " (%)")):
        if name.endswith(suffix):
            name = f"{name.removesuffix(suffix)}{unit}"
    return name.replace("_", " ").capitalize()


class Wording:
    """Words for one version of the published file."""

    def __init__(self, language: Language, asking: Asking) -> None:
        self.language = language
        self._own = own_words(language)
        self._columns = dict(asking.answer(_COLUMNS).rows) if language is Language.ZH else {}
        chosen = 2 if language is Language.ZH else 3
        self._values = {(row[0], row[1]): str(row[chosen]) for row in asking.answer(_VALUES).rows}

    def __getitem__(self, key: str) -> str:
        return self._own[key]

    def column(self, name: str) -> str:
        """What a column is called."""
        return self._own.get(f"column.{name}") or self._columns.get(name) or _as_words(name)

    def value(self, column: str, value: str) -> str:
        """What a code in a column is called; the code itself where nobody gave it a name."""
        named = self._values.get((column, value)) or self._values.get((_NAMED_LIKE.get(column, ""), value))
        return named or self._own.get(f"{column}.{value}") or value

    def rule(self, rule_id: str) -> str:
        """What a rule says."""
        return rule_meanings(self.language).get(rule_id) or rule_id

    def said(self, column: str, value: Any) -> str:
        """A value as it is read: money with separators, codes by their names, nothing for NULL."""
        match value:
            case None:
                return ""
            case bool():
                said = self["yes"] if value else self["no"]
            case Decimal():
                is_rounded = column.endswith(("_yuan", "_pct"))
                said = f"{value:,.2f}" if is_rounded else f"{value.normalize():,f}"
            case float():
                said = f"{value:,.2f}"
            case int():
                said = str(value) if column.endswith(("year", "_no", "_id")) else f"{value:,}"
            case datetime():
                said = value.isoformat(" ", "seconds")
            case date():
                said = value.isoformat()
            case list():
                said = ", ".join(self.said(column, each) for each in value)
            case _:
                said = self.rule(str(value)) if column == "rule_id" else self.value(column, str(value))
        return said
