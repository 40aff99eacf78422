"""The dbt project → the plan of the direct path: SQL, contracts and typed seeds, compiled once per version.

``python -m orchestration.direct.compiling`` writes it where it is of other files than the project's; ``make
setup`` and the build of the wheel call that.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from orchestration.building.catalogue import read_catalogue
from orchestration.building.dbt_process import ask_dbt
from orchestration.building.project_files import project_fingerprint
from orchestration.building.table_rules import TABLES, Node, Rule, all_of, asked_rules
from orchestration.direct.plan import (
    COMPILED,
    Assertion,
    Key,
    Plan,
    PlanError,
    Seed,
    Table,
    load_plan,
    plan_as_json,
)
from orchestration.home.paths import DBT_PROJECT, environment_with
from orchestration.texts.quoting import literal

_TARGET = "direct"  # of dbt_project/profiles.yml
_DATABASE = '"memory".'  # how dbt names the database of that target, before each schema
_SELECTED = "resource_type:model test_type:singular"
_ASSERTION = re.compile(r"^-- assertion (\w+)$", re.MULTILINE)  # see dbt_project/macros/assertions_hold.sql
_RELATION = re.compile(r'"(\w+)"\."(\w+)"')


def compile_project(folder: Path, fingerprint: str) -> None:
    """Let dbt compile the project, and write what the direct path needs of it, whole or not at all."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="compiling-", dir=folder.parent) as beside:
        unfinished = Path(beside) / folder.name
        unfinished.mkdir()
        manifest = _compiled_manifest(Path(beside) / "dbt")
        plan = plan_of(manifest, unfinished, fingerprint)
        _write_seeds(manifest, plan, unfinished)
        (unfinished / "plan.json").write_text(plan_as_json(plan), encoding="utf-8")
        if folder.exists():
            folder.rename(Path(beside) / "replaced")
        unfinished.rename(folder)


def plan_of(manifest: Mapping[str, Any], folder: Path, fingerprint: str) -> Plan:
    """What dbt's manifest says of tables, seeds and assertions, in terms of the direct path."""
    nodes: Mapping[str, Node] = manifest["nodes"]
    relations = {(relation.schema, relation.name): relation for relation in read_catalogue(manifest)}
    canonical = _canonical_types(
        column.data_type for relation in relations.values() for column in relation.columns
    )
    rules = asked_rules(manifest)
    tables = []
    for unique_id, node in _built_models(nodes):
        relation = relations[node["schema"], node["alias"]]
        tables.append(
            Table(
                name=node["name"],
                schema=node["schema"],
                alias=node["alias"],
                sql=_without_database(node["compiled_code"]),
                needs=_needs(node, nodes),
                types=tuple((column.name, canonical[column.data_type]) for column in relation.columns),
                never_null=tuple(column.name for column in relation.columns if not column.is_nullable),
                keys=tuple(_keys(rules.get(unique_id, []))),
                codes=tuple(
                    (rule.columns[0], rule.codes) for rule in all_of(rules.get(unique_id, []), "one_of")
                ),
            )
        )
    return Plan(
        folder,
        fingerprint,
        tuple(
            Seed(node["name"], node["schema"], node["alias"], f"{node['name']}.parquet")
            for node in nodes.values()
            if node["resource_type"] == "seed"
        ),
        tuple(tables),
        tuple(_assertions(manifest)),
    )


def _compiled_manifest(target: Path) -> dict[str, Any]:
    arguments = ["compile", "--target", _TARGET, "--select", _SELECTED]
    said = ask_dbt(arguments, DBT_PROJECT, target, environment_with())
    if said is not None:
        raise PlanError(f"dbt cannot compile the project in dbt_project/:\n{said}")
    manifest: dict[str, Any] = json.loads((target / "manifest.json").read_bytes())
    return manifest


def _built_models(nodes: Mapping[str, Node]) -> Iterator[tuple[str, Node]]:
    for unique_id, node in nodes.items():
        if node["resource_type"] == "model" and node["config"]["materialized"] != "ephemeral":
            yield unique_id, node


def _needs(node: Node, nodes: Mapping[str, Node]) -> tuple[str, ...]:
    """The tables and seeds that a node reads, also those of ephemeral models, which are part of its SQL."""
    found: set[str] = set()
    waiting = list(node["depends_on"]["nodes"])
    while waiting:
        parent = nodes.get(waiting.pop())  # a source is no node
        if parent is None:
            continue
        if parent["config"]["materialized"] == "ephemeral":
            waiting += parent["depends_on"]["nodes"]
        else:
            found.add(parent["name"])
    return tuple(sorted(found))


def _keys(rules: Sequence[Rule]) -> Iterator[Key]:
    for kind in ("unique", "unique_together", "refers_to"):
        for rule in all_of(rules, kind):
            yield Key(rule.columns, rule.model, (rule.field,) if rule.field else ())


def _assertions(manifest: Mapping[str, Any]) -> Iterator[Assertion]:
    """Every query of rows that must not be; of a test that gathers several, each for itself."""
    nodes: Mapping[str, Node] = manifest["nodes"]
    for node in nodes.values():
        is_singular = node["resource_type"] == "test" and not node.get("test_metadata")
        if not is_singular or node["config"].get("severity", "ERROR").upper() != "ERROR":
            continue
        sql, asks = _without_database(node["compiled_code"]), node["config"]["meta"].get("asks")
        if asks is None:
            yield Assertion(node["name"], sql, _needs(node, nodes), _in_one_line(node["description"]))
        elif asks == "assertions":
            yield from _gathered(sql, manifest)


def _gathered(sql: str, manifest: Mapping[str, Any]) -> Iterator[Assertion]:
    """The assertions of one query. Raises :class:`PlanError` where something stands before the first."""
    names = {(node["schema"], node["alias"]): node["name"] for node in _tables(manifest)}
    words = {macro["name"]: macro["description"] for macro in manifest["macros"].values()}
    before, *parts = _ASSERTION.split(sql)
    if before.strip():
        raise PlanError("an assertion reads an ephemeral model, so that dbt writes one query of all of them")
    for name, part in zip(parts[::2], parts[1::2], strict=True):
        query = part.strip().removesuffix("union all")
        needs = {names[relation] for relation in _RELATION.findall(query) if relation in names}
        yield Assertion(name, query, tuple(sorted(needs)), _in_one_line(words[name]))


def _tables(manifest: Mapping[str, Any]) -> Iterator[Node]:
    return (node for node in manifest["nodes"].values() if node["resource_type"] in TABLES)


def _in_one_line(text: str) -> str:
    return " ".join(text.split())


def _without_database(sql: str) -> str:
    return sql.replace(_DATABASE, "")


def _canonical_types(declared: Iterable[str]) -> dict[str, str]:
    """Each type as DuckDB writes it, by the type as it is declared."""
    with duckdb.connect() as connection:
        return {
            each: str(connection.execute(f"select typeof(null::{each})").fetchall()[0][0])
            for each in set(declared)
            if each
        }


def _write_seeds(manifest: Mapping[str, Any], plan: Plan, folder: Path) -> None:
    by_name = {node["name"]: node for node in manifest["nodes"].values() if node["resource_type"] == "seed"}
    (folder / "seeds").mkdir()
    with duckdb.connect() as connection:
        for seed in plan.seeds:
            node = by_name[seed.name]
            types = node["config"].get("column_types") or {}
            columns = ", ".join(f"{literal(name)}: {literal(kind)}" for name, kind in types.items())
            source = literal(str(DBT_PROJECT / node["original_file_path"]))
            target = literal(str(folder / "seeds" / seed.file))
            connection.execute(
                f"copy (from read_csv({source}, header = true, delim = ',', columns = {{{columns}}})) "
                f"to {target} (format parquet)"
            )


def main() -> None:
    """Compile where that is needed; leave an older plan in place and end with 1 when dbt cannot."""
    fingerprint = project_fingerprint()
    try:
        if load_plan().fingerprint == fingerprint:
            return
    except PlanError:
        pass
    try:
        compile_project(COMPILED, fingerprint)
    except PlanError as error:
        print(error, file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
