"""A warehouse in memory, of some documents, up to the tables that somebody asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from orchestration.building.project_files import project_fingerprint
from orchestration.direct.executing import execute_prepared, prepare, replace_seed
from orchestration.direct.holding import check_contracts
from orchestration.direct.plan import COMPILED, Plan, PlanError, load_plan
from orchestration.home.paths import is_checkout
from orchestration.home.progress import report

_IN_MEMORY = ":memory:"


@contextmanager
def built(
    frames: Mapping[str, pl.DataFrame] | Callable[[], Mapping[str, pl.DataFrame]],
    targets: Iterable[str] | None = None,
    file: Path | None = None,
    landings: pl.DataFrame | None = None,
    *,
    seeds: Mapping[str, pl.DataFrame] | None = None,
    check: bool = True,
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Build tables of staged frames, in memory or in a new ``file``, and give the connection to them.

    ``frames`` may be what gives them: then documents are read while the vocabulary is loaded beside them.
    ``targets`` are names of dbt models; without them everything is built. ``seeds`` are rows in the place of
    those of the seeds they are named after. ``check`` asks what the tables must
    hold; frames that somebody altered on purpose need not. Raises
    :class:`orchestration.direct.plan.PlanError`, :class:`orchestration.direct.executing.BuildError` and
    :class:`orchestration.direct.holding.ContractError`.
    """
    settings: dict[str, str | bool | int | float | list[str]] = {
        "preserve_insertion_order": False,
        "threads": 1,  # of each query; several are asked at once, and most are small: a third less work
    }
    with closing(duckdb.connect(file or _IN_MEMORY, config=settings)) as connection:
        with ThreadPoolExecutor(1) as beside:
            prepared = beside.submit(_prepared, connection, targets)
            given = frames() if callable(frames) else frames
            plan = prepared.result()
        for name, rows in (seeds or {}).items():
            replace_seed(connection, plan, name, rows)
        execute_prepared(connection, plan, given, landings)
        if check:
            check_contracts(connection, plan)
        yield connection


def rows_of(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    """Every row of a query, by the names of its columns."""
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _prepared(connection: duckdb.DuckDBPyConnection, targets: Iterable[str] | None) -> Plan:
    plan = current_plan()
    if targets is not None:
        plan = plan.for_targets(targets)
    with connection.cursor() as cursor:
        prepare(cursor, plan)
    return plan


def current_plan() -> Plan:
    """The compiled project; in a checkout, compiled again when a file of it has changed.

    Raises :class:`orchestration.direct.plan.PlanError`.
    """
    if not is_checkout():
        return load_plan()
    fingerprint = project_fingerprint()
    with suppress(PlanError):
        plan = load_plan()
        if plan.fingerprint == fingerprint:
            return plan
    from orchestration.direct.compiling import compile_project

    report("compiling the SQL", 0)
    compile_project(COMPILED, fingerprint)
    return load_plan()
