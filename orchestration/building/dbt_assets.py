"""The dbt project as Dagster shows it: each model an asset, the lists of a folder of seeds one, and checks.

A table has one check of all its rules, ``holds``; an assertion is a check of the table that it names.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import dagster as dg

from orchestration.building.broken_rules import (
    MOST_SHOWN,
    ROWS_METADATA,
    RULES_METADATA,
    BrokenRule,
    resting_on,
    rules_in_words,
)
from orchestration.building.table_rules import NOT_BINDING, TABLES, Node, stated_rules
from orchestration.texts.markdown import markdown_table

HOLDS = "holds"
_DESCRIPTIONS = {
    "vocabulary": "The words, codes and identities by which documents are read and reconciled. "
    "｜ 词表：读取和核对所用的词语、代码和恒等式。",
    "decisions": "What people decided about particular documents. ｜ 人工认定：人们对具体文件作出的认定。",
}


@dataclass(frozen=True)
class DbtAssets:
    """Assets and checks by dbt's manifest."""

    manifest: Mapping[str, Any]

    @cached_property
    def _nodes(self) -> Mapping[str, Node]:
        nodes: Mapping[str, Node] = self.manifest["nodes"]
        return nodes

    @cached_property
    def keys(self) -> dict[str, dg.AssetKey]:
        """The asset of each model of which there is a table, and of each seed, by dbt's name."""
        return {
            node["name"]: dg.AssetKey([node["config"]["schema"], node["name"]])
            if node["resource_type"] == "model"
            else dg.AssetKey(node["fqn"][1])
            for node in self._nodes.values()
            if _is_table(node)
        }

    @property
    def seeds(self) -> list[dg.AssetKey]:
        """One for each folder of lists."""
        return [dg.AssetKey(folder) for folder in _DESCRIPTIONS]

    def specs(self) -> list[dg.AssetSpec]:
        """Every asset, grouped like the folders of the project."""
        lists = [
            dg.AssetSpec(folder, description=description, group_name=folder, kinds={"dbt", "csv"})
            for folder, description in _DESCRIPTIONS.items()
        ]
        models = [
            dg.AssetSpec(
                self.keys[node["name"]],
                deps=sorted(set(self._read_by(node))),
                description=node["description"],
                group_name=node["fqn"][1],
                kinds={"dbt", "duckdb"},
                metadata={"unique_id": unique_id},
            )
            for unique_id, node in self._nodes.items()
            if node["resource_type"] == "model" and _is_table(node)
        ]
        return lists + models

    def check_specs(self) -> list[dg.AssetCheckSpec]:
        """One check of all rules of each table that states any, and one of each assertion."""
        of_rules = {
            self.keys[node["name"]]
            for node in self._nodes.values()
            if _is_table(node) and any(stated_rules(node))
        }
        return [
            *(
                dg.AssetCheckSpec(
                    HOLDS, asset=key, description="Every rule that the table and its columns state."
                )
                for key in sorted(of_rules)
            ),
            *(
                dg.AssetCheckSpec(name, asset=self.keys[about], description=description)
                for name, (about, description, _) in self._assertions.items()
            ),
        ]

    def check_results(
        self, answered: Collection[str], broken: Sequence[BrokenRule]
    ) -> dict[dg.AssetCheckKey, dg.AssetCheckResult]:
        """What the tests of dbt that were ``answered``, by name, and what broke in them mean for each check.

        Of what rests on a table with a broken rule nothing is said, as if it had not been built.
        """
        by_check: dict[dg.AssetCheckKey, list[BrokenRule]] = {
            dg.AssetCheckKey(self.keys[table], HOLDS): [] for table in self._asked_by(answered)
        }
        by_check |= {
            dg.AssetCheckKey(self.keys[about], name): []
            for name, (about, _, test) in self._assertions.items()
            if test in answered
        }
        for each in broken:
            table, name = (each.table, HOLDS) if each.table else (self._assertions[each.rule][0], each.rule)
            by_check.setdefault(dg.AssetCheckKey(self.keys[table], name), []).append(each)
        binding = {each.table for each in broken if each.table is not None and not _only_warns(each)}
        spoiled = {self.keys[table] for table in resting_on(binding, self._rests_on) if table in self.keys}
        return {
            check: _result(check, rules, warns=self._warns(check.name))
            for check, rules in by_check.items()
            if check.asset_key not in spoiled
        }

    def _asked_by(self, answered: Collection[str]) -> Iterator[str]:
        """The tables all of whose rules were asked; of lists, all in one test."""
        tests = [
            node for node in self._nodes.values() if node["config"].get("meta", {}).get("asks") == "rules"
        ]
        for node in self._nodes.values():
            if _is_table(node) and any(stated_rules(node)):
                asking = {test["name"] for test in tests if _asks(test, node)}
                if asking and asking <= set(answered):
                    yield node["name"]

    @cached_property
    def _assertions(self) -> dict[str, tuple[str, str, str]]:
        """Of each assertion the table that it is a check of, its words, and the test that asks it."""
        gathering = [
            node
            for node in self._nodes.values()
            if node["config"].get("meta", {}).get("asks") == "assertions"
        ]
        macros = {macro["name"]: macro for macro in self.manifest["macros"].values()}
        found = {
            name: (macros[name], test["name"])
            for test in gathering
            for name in macros
            if name.startswith("assert_") and f'"{name}"' in test["raw_code"]
        }
        found |= {
            node["name"]: (node, node["name"])
            for node in self._nodes.values()
            if node["resource_type"] == "test" and "asks" not in node["config"].get("meta", {})
        }
        return {
            name: (said["config"]["meta"]["dagster"]["ref"]["name"], said["description"], test)
            for name, (said, test) in found.items()
        }

    def _warns(self, name: str) -> bool:
        return any(
            node["name"] == name and node["config"].get("severity", "ERROR").upper() == "WARN"
            for node in self._nodes.values()
            if node["resource_type"] == "test"
        )

    @cached_property
    def _rests_on(self) -> dict[str, list[str]]:
        return {
            node["name"]: [
                self._nodes[parent]["name"] for parent in node["depends_on"]["nodes"] if parent in self._nodes
            ]
            for node in self._nodes.values()
            if node["resource_type"] == "model"
        }

    def _read_by(self, node: Node) -> Iterator[dg.AssetKey]:
        """The assets that a model reads; also those of ephemeral models, which are part of its query."""
        for parent in node["depends_on"]["nodes"]:
            if parent in self.manifest["sources"]:
                yield dg.AssetKey(self.manifest["sources"][parent]["config"]["meta"]["dagster"]["asset_key"])
            elif _is_table(self._nodes[parent]):
                yield self.keys[self._nodes[parent]["name"]]
            else:
                yield from self._read_by(self._nodes[parent])


def _is_table(node: Node) -> bool:
    return node["resource_type"] in TABLES and bool(node["config"]["materialized"] != "ephemeral")


def _asks(test: Node, table: Node) -> bool:
    """Whether a test that asks rules asks those of a table."""
    if table["resource_type"] == "seed":
        return bool(test["config"]["meta"].get("of") == "seeds")
    return bool(table["unique_id"] in test["depends_on"]["nodes"])


def _only_warns(broken: BrokenRule) -> bool:
    return broken.rule.endswith(f" {NOT_BINDING}")  # as broken_rules.sql words it


def _result(check: dg.AssetCheckKey, broken: Sequence[BrokenRule], *, warns: bool) -> dg.AssetCheckResult:
    if not broken:
        return dg.AssetCheckResult(asset_key=check.asset_key, check_name=check.name, passed=True)
    is_of_lists = len(check.asset_key.path) == 1
    named = [each._replace(rule=f"{each.table}: {each.rule}") if is_of_lists else each for each in broken]
    values = [(each.rule, value) for each in named for value in each.values]
    is_of_rules = check.name == HOLDS
    warns = warns or (is_of_rules and all(map(_only_warns, broken)))
    return dg.AssetCheckResult(
        asset_key=check.asset_key,
        check_name=check.name,
        passed=False,
        severity=dg.AssetCheckSeverity.WARN if warns else dg.AssetCheckSeverity.ERROR,
        metadata={
            ROWS_METADATA: sum(each.rows for each in broken),
            **({RULES_METADATA: rules_in_words(named)} if is_of_rules else {}),
            "broken_by": dg.MetadataValue.md(markdown_table(["rule", "value"], values, MOST_SHOWN)),
        },
    )
