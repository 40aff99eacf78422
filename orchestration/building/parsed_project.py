"""The dbt project, parsed once per version and handed to every warehouse, which need not parse it itself.

dbt keeps what it parsed in a file that holds the path of one home: in the places of the lake, and in a digest
of the connection that tells it whether the file is still good. So the project is parsed for a home that does
not exist, whose path is replaced by that of a real one. Where anything else differs, dbt notices and parses
anew; nothing depends on the file.

``python -m orchestration.building.parsed_project`` parses where that is needed; ``make setup`` calls it.
"""

from __future__ import annotations

import ast
import hashlib
import pprint
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgpack

from orchestration.building.dbt_process import ask_dbt
from orchestration.building.project_files import project_fingerprint
from orchestration.home.durable import replacing
from orchestration.home.paths import (
    CHANGING_THE_CONNECTION,
    DBT_PROJECT,
    HOME_VARIABLE,
    connection_is_usual,
    environment_with,
)

PARSED = Path(__file__).parents[1] / "parsed"
MANIFEST, CACHE = "manifest.json", "partial_parse.msgpack"
_CONNECTION, _FINGERPRINT = "connection", "fingerprint"
_NO_HOME = "/the-home-of-a-warehouse"


def take_over(target: Path, home: Path, fingerprint: str, parsed: Path = PARSED) -> bool:
    """Write what dbt parsed of the project into ``target``, as if it were parsed for ``home``.

    False, and nothing is written, where it was not parsed in advance, is of another version of the project
    than ``fingerprint``, or where settings make another connection.
    """
    try:
        if (parsed / _FINGERPRINT).read_text(encoding="utf-8") != fingerprint:
            return False
    except FileNotFoundError:
        return False
    if not connection_is_usual():
        return False
    target.mkdir(parents=True, exist_ok=True)
    cache: Any = _moved(msgpack.unpackb((parsed / CACHE).read_bytes(), strict_map_key=False), str(home))
    connection = ast.literal_eval((parsed / _CONNECTION).read_text(encoding="utf-8"))
    cache["state_check"]["profile_hash"]["checksum"] = _digest(_moved(connection, str(home)))
    with replacing(target / CACHE) as unfinished:
        unfinished.write_bytes(msgpack.packb(cache))
    manifest = (parsed / MANIFEST).read_text(encoding="utf-8")
    with replacing(target / MANIFEST) as unfinished:
        unfinished.write_text(manifest.replace(_NO_HOME, _in_json(home)), encoding="utf-8")
    return True


def parse_project(parsed: Path, fingerprint: str) -> str | None:
    """Let dbt parse the project for all homes; give what it says if it fails."""
    parsed.mkdir(parents=True, exist_ok=True)
    (parsed / _FINGERPRINT).unlink(missing_ok=True)
    settings = {HOME_VARIABLE: _NO_HOME, **dict.fromkeys(CHANGING_THE_CONNECTION, "")}
    environment = {name: value for name, value in environment_with(**settings).items() if value}
    with tempfile.TemporaryDirectory(prefix="parsing-") as target:
        if (said := ask_dbt(["parse"], DBT_PROJECT, Path(target), environment)) is not None:
            return said
        for name in (MANIFEST, CACHE):
            (parsed / name).write_bytes(Path(target, name).read_bytes())
    (parsed / _CONNECTION).write_text(repr(_connection(environment)), encoding="utf-8")
    (parsed / _FINGERPRINT).write_text(fingerprint, encoding="utf-8")
    return None


def _connection(environment: dict[str, str]) -> list[tuple[str, Any]]:
    """What dbt makes its digest of the connection of."""
    from argparse import Namespace

    from dbt.config.runtime import load_profile
    from dbt.flags import set_from_args
    from dbt_common.context import set_invocation_context

    set_invocation_context(environment)
    set_from_args(Namespace(PROFILES_DIR=str(DBT_PROJECT)), None)
    return sorted(load_profile(str(DBT_PROJECT), {}).credentials.connection_info())


def _digest(connection: Iterable[Any]) -> str:
    return hashlib.sha256(pprint.pformat(list(connection)).encode()).hexdigest()


def _moved(parsed: Any, home: str) -> Any:
    """The same, with another home in every text."""
    if isinstance(parsed, str):
        return parsed.replace(_NO_HOME, home)
    if isinstance(parsed, dict):
        return {_moved(key, home): _moved(value, home) for key, value in parsed.items()}
    if isinstance(parsed, list):
        return [_moved(value, home) for value in parsed]
    if type(parsed) is tuple:  # not msgpack's own, of which there is one for what it does not know
        return tuple(_moved(value, home) for value in parsed)
    return parsed


def _in_json(home: Path) -> str:
    return str(home).replace("\\", "\\\\").replace('"', '\\"')


def main() -> None:
    """Parse where that is needed; end with 1 and what dbt says when it cannot."""
    fingerprint = project_fingerprint()
    known = PARSED / _FINGERPRINT
    if known.exists() and known.read_text(encoding="utf-8") == fingerprint:
        return
    if (said := parse_project(PARSED, fingerprint)) is not None:
        print(f"dbt cannot parse the project in dbt_project/:\n{said}", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
