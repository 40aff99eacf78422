"""``disclosures dashboard``: Apache Superset with the dashboard that is shipped, on the published file."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import subprocess
from pathlib import Path

import duckdb

from orchestration.bi.superset.bundle import ASSETS, DASHBOARD, assets_of, keep_assets, stored_assets
from orchestration.bi.superset.environment import (
    READ_OUT,
    SET_UP,
    SETTINGS,
    is_current,
    make_secret_key,
    python_of,
)
from orchestration.bi.superset.keeping import kept_assets
from orchestration.command.published import published
from orchestration.command.terminal import CommandError, UsageError, messages
from orchestration.home.paths import (
    Paths,
    command_as_typed,
    environment_of_children,
    superset_environment,
    superset_password,
)

ADMINISTRATOR = "admin"
_LINES_OF_A_FAILURE = 5
_PROCESSES = max(2, min(4, os.cpu_count() or 1))
_SECONDS_OF_A_REQUEST = 120


def import_dashboard(paths: Paths) -> None:
    """Import the bundle over what an earlier import left, after seeing to Superset's own database.

    The password of a new administrator is printed, once. Raises :class:`UsageError` when there is nothing
    to show or Superset is not installed, :class:`CommandError` when it refuses.
    """
    environment = _installed()
    assets = _assets(paths)
    chosen = superset_password()
    password = chosen or secrets.token_urlsafe(12)
    make_secret_key(paths.superset)
    order = {
        "assets": assets,
        "username": ADMINISTRATOR,
        "password": password,
        "reset": chosen is not None,
    }
    messages().print("setting up Superset and importing the dashboard …")
    outcome = _run(paths, environment, SET_UP, order=order).strip()
    _imported(paths).write_text(_digest(assets), encoding="ascii")
    if outcome == "created" and chosen is None:
        messages().print(
            f"Log in as {ADMINISTRATOR} with the password {password} (shown this once).", markup=False
        )


def serve_dashboard(paths: Paths, port: int) -> None:
    """Become Superset's server, after an import where the bundle or the home has changed. Does not return.

    Raises as :func:`import_dashboard` does.
    """
    environment = _installed()
    imported = _imported(paths)
    if not imported.exists() or imported.read_text(encoding="ascii") != _digest(_assets(paths)):
        import_dashboard(paths)
    messages().print(
        f"The dashboard: http://127.0.0.1:{port}/superset/dashboard/{DASHBOARD}/ (Ctrl+C stops it)",
        markup=False,
    )
    server = [
        *(str(python_of(environment)), "-m", "gunicorn", "--bind", f"127.0.0.1:{port}"),
        # One request at a time in each process: DuckDB shares a file that is open, so threads that are
        # never idle together would go on reading the file that a publish has replaced.
        *("--workers", str(_PROCESSES), "--worker-class", "sync", "--timeout", str(_SECONDS_OF_A_REQUEST)),
        "superset.app:create_app()",
    ]
    os.execve(server[0], server, _environment_of_superset(paths))


def keep_dashboard(paths: Paths) -> None:
    """Write the dashboard as it is in this warehouse's Superset over the files of the repository.

    Raises as :func:`exported_dashboard` does.
    """
    changed = keep_assets(kept_assets(exported_dashboard(paths), stored_assets()))
    for path in changed:
        messages().print(f"changed: {path}", markup=False)
    messages().print(f"{len(changed)} files changed in {ASSETS}", markup=False)


def exported_dashboard(paths: Paths) -> dict[str, str]:
    """The dashboard with all that it shows, as this warehouse's Superset exports it: text by path.

    Raises :class:`UsageError` when it was never imported, :class:`CommandError` when Superset refuses.
    """
    environment = _installed()
    if not _imported(paths).exists():
        raise UsageError(
            f"Nothing was imported in {paths.home} yet. Run `{command_as_typed()} dashboard import` first."
        )
    exported: dict[str, str] = json.loads(_run(paths, environment, READ_OUT, DASHBOARD, ADMINISTRATOR))
    return exported


def _installed() -> Path:
    environment = superset_environment()
    if not is_current(environment):
        raise UsageError(
            f"Superset is not installed in {environment}, or not in the versions that are required. "
            "Run `make superset` in the repository first."
        )
    return environment


def _assets(paths: Paths) -> dict[str, str]:
    with published(paths) as connection:
        try:
            return assets_of(paths.published_file, connection)
        except ValueError as error:
            raise UsageError(str(error)) from error
        except duckdb.Error as error:
            raise UsageError(
                f"{paths.published_file} was published by another version and lacks what is shown: {error}\n"
                f"Run `{command_as_typed()} run` first."
            ) from error


def _run(paths: Paths, environment: Path, script: Path, *arguments: str, order: object = None) -> str:
    """What a script prints that runs in Superset's environment; what else it says is kept in a log."""
    done = subprocess.run(
        [python_of(environment), "-P", script, *arguments],
        input=json.dumps(order),
        env=_environment_of_superset(paths),
        capture_output=True,
        text=True,
        check=False,
    )
    log = paths.superset / f"{script.stem}.log"
    log.write_text(done.stderr, encoding="utf-8")
    if done.returncode != 0:
        said = "\n".join(done.stderr.strip().splitlines()[-_LINES_OF_A_FAILURE:])
        raise CommandError(f"Superset refuses ({script.stem}):\n{said}\nAll that it said is in {log}.")
    return done.stdout


def _environment_of_superset(paths: Paths) -> dict[str, str]:
    return environment_of_children(paths, SUPERSET_CONFIG_PATH=str(SETTINGS))


def _imported(paths: Paths) -> Path:
    return paths.superset / "imported.sha256"


def _digest(assets: dict[str, str]) -> str:
    return hashlib.sha256(json.dumps(assets, sort_keys=True).encode()).hexdigest()
