"""What is kept of an export, so that the bundle is the same whatever warehouse it was edited on.

Dropped are numbers that a Superset gives out, and what is filled in again at an import: the address of the
published file, and columns that are not calculated.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import yaml

from orchestration.bi.superset.bundle import PLACEHOLDER, Asset

_OF_AN_INSTALLATION = ("datasource", "slice_id", "dashboards")
_AS_WIDE_AS_IT_IS = 1_000_000


def kept_assets(exported: Mapping[str, str], stored: Mapping[str, Asset]) -> dict[str, str]:
    """The files to keep, by path in the bundle; one that is ``stored``, by its uuid, keeps its path."""
    names = {asset["uuid"]: path for path, asset in stored.items() if "uuid" in asset}
    kept = {}
    for path, text in exported.items():
        kind, asset = path.split("/")[0], yaml.safe_load(text)
        if kind in _KEEP:
            kept[names.get(asset["uuid"]) or _without_number(path)] = _text(_KEEP[kind](asset))
    return kept


def _database(asset: Asset) -> Asset:
    return {**asset, "sqlalchemy_uri": PLACEHOLDER}


def _dataset(asset: Asset) -> Asset:
    calculated = [column for column in asset["columns"] if column["expression"]]
    return {
        **asset,
        "columns": sorted(calculated, key=lambda column: str(column["column_name"])),
        "metrics": sorted(asset["metrics"], key=lambda metric: str(metric["metric_name"])),
    }


def _chart(asset: Asset) -> Asset:
    context = json.loads(asset["query_context"]) if asset["query_context"] else None
    if context:
        context["datasource"] = {"id": 0, "type": "table"}  # filled in by Superset's import
        context["form_data"] = _without(context.get("form_data", {}))
    return {
        **asset,
        "params": _without(asset["params"]),
        "query_context": json.dumps(context, ensure_ascii=False, sort_keys=True) if context else None,
    }


def _dashboard(asset: Asset) -> Asset:
    position = {
        name: {**node, "meta": {**node["meta"], "chartId": 0}} if _shows_a_chart(node) else node
        for name, node in asset["position"].items()
    }
    return {**asset, "position": position}


_KEEP = {"databases": _database, "datasets": _dataset, "charts": _chart, "dashboards": _dashboard}


def _shows_a_chart(node: Any) -> bool:
    return isinstance(node, dict) and "chartId" in node.get("meta", {})


def _without(parameters: Mapping[str, Any]) -> dict[str, Any]:
    return {name: parameters[name] for name in sorted(parameters) if name not in _OF_AN_INSTALLATION}


def _without_number(path: str) -> str:
    """A path without the number that Superset puts behind the title."""
    return re.sub(r"_\d+(?=\.yaml$)", "", path)


class _Dumper(yaml.SafeDumper):
    """Writes text of several lines, such as SQL, as lines."""


def _written(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _written)


def _text(asset: Asset) -> str:
    return yaml.dump(asset, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_AS_WIDE_AS_IT_IS)
