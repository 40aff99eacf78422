"""A build of what changed leaves the rows that a build of everything would; so does an amended version."""

from __future__ import annotations

import json
import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from orchestration.building.catalogue import of_schemas, read_catalogue
from orchestration.direct.warehouse import current_plan
from orchestration.home.paths import Paths
from orchestration.publishing import amending
from orchestration.publishing.publish import publish
from orchestration.publishing.snapshot import PUBLISHED_SCHEMAS
from orchestration.publishing.version import Provenance
from tests.warehouse.altered_copies import staged
from tests.warehouse.changing_lake import CHANGES, SAMPLES, Change, ChangingLake, Frames
from tests.warehouse.dbt_warehouse import WITHOUT_UNIT_TESTS, Warehouse
from tests.warehouse.direct_rows import built_from, differences
from tests.warehouse.persistent_dbt import PersistentDbt

FOLDER = Path(__file__).parents[2] / "warehouse" / "samples"
EXAMPLES = int(os.environ.get("INCREMENTAL_EXAMPLES", "1"))
MADE_FROM = Provenance((), "documents", "models", "program", duckdb.__version__)
# However many documents of these few are touched, no build becomes one of everything because of it.
ALWAYS_INCREMENTAL = {"most_touched_pct": 100}
DEPARTMENT_2023, DEPARTMENT, UNIT, FINAL_2023, FINAL_2024, SHANGHAI, SHANGHAI_UNIT, TEMPLATE = range(
    len(SAMPLES)
)


class Growing:
    """A warehouse that starts with some documents, completely built, and is built again after each change."""

    def __init__(self, home: Path, samples: list[Frames], dbt: PersistentDbt) -> None:
        self.build_file = Warehouse(home).build_file
        self.home = home
        self.dbt = dbt
        self.paths = Paths(home, ())
        catalogue = read_catalogue(dbt.manifest())
        self._relations = of_schemas(catalogue, PUBLISHED_SCHEMAS)
        self._samples = samples
        self._start = home.with_name(f"{home.name}-start")

    def start(self) -> ChangingLake:
        """Begin again: the department, its unit and its final accounts are there, and were built."""
        lake = ChangingLake(self.home, self._samples)
        if not self._start.exists():
            lake.lake.prepare()
        else:
            for folder in ("lake", "build"):
                shutil.rmtree(self.home / folder)
                shutil.copytree(self._start / folder, self.home / folder)
        for sample in (DEPARTMENT, UNIT, FINAL_2023):
            lake.restore(sample) if self._start.exists() else lake.add(sample)
        if not self._start.exists():
            self.build()
            self._start.mkdir()
            for folder in ("lake", "build"):
                shutil.copytree(self.home / folder, self._start / folder)
        return lake

    def build(self, *arguments: str) -> None:
        """Build what changed."""
        outcome = self.dbt("run", *arguments)
        assert outcome.succeeded, outcome.failures

    def publish(self) -> int:
        """Publish what was built; give how many versions were amended since one was copied whole."""
        return publish(self.paths, self._relations, MADE_FROM).amendments

    def differences(self) -> dict[str, int]:
        """How many rows only this build or only one of everything has, by table.

        That of everything is the direct path's: the rows that dbt gives, in a tenth of its time.
        """
        with built_from(self.home) as everything:
            return differences(everything, self.build_file, current_plan())

    def differences_from_a_full_refresh(self) -> dict[str, list[tuple[object, ...]]]:
        """Rows that this build has and dbt's own one of everything has not, or the other way round."""
        incremental = self.home / "incremental.duckdb"
        shutil.copy(self.build_file, incremental)
        self.build("--full-refresh")
        return self._differences_from_the_build(incremental)

    def published_differences(self) -> dict[str, list[tuple[object, ...]]]:
        """Rows that the version for readers has and the build has not, or the other way round, by table."""
        return self._differences_from_the_build(self.paths.published_file)

    def _differences_from_the_build(self, incremental: Path) -> dict[str, list[tuple[object, ...]]]:
        with duckdb.connect() as connection:
            connection.execute(f"attach '{incremental}' as incremental (read_only)")
            connection.execute(f"attach '{self.build_file}' as whole (read_only)")
            tables = connection.execute(
                "select schema_name || '.' || table_name from duckdb_tables() "
                "where database_name = 'whole' and list_contains($schemas, schema_name)",
                {"schemas": list(PUBLISHED_SCHEMAS)},
            ).fetchall()
            found = {
                table: connection.sql(
                    f"(from incremental.{table} except all from whole.{table}) "
                    f"union all (from whole.{table} except all from incremental.{table})"
                ).fetchall()
                for (table,) in tables
            }
        return {table: rows for table, rows in found.items() if rows}

    def superseded(self) -> dict[str, str]:
        """Which document took the place of which."""
        with duckdb.connect(self.build_file, read_only=True) as connection:
            asked = "select document_id, superseded_by from marts.dim_document where is_superseded"
            return dict(connection.sql(asked).fetchall())

    def told(self) -> tuple[str | None, int]:
        """See the function of this name."""
        return told(self.build_file)


def told(build_file: Path) -> tuple[str | None, int]:
    """Why the last build was one of everything, if it was, and how many documents it touched."""
    with duckdb.connect(build_file, read_only=True) as connection:
        ((why, touched),) = connection.sql(
            "select why_everything, touched_documents from build_state.builds where is_complete"
        ).fetchall()
    return why, touched


@pytest.fixture(autouse=True, scope="module")
def versions_are_amended_however_they_grow() -> Iterator[None]:
    """The file of a few documents grows by much when some of them change."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(amending, "MOST_GROWTH", 100)
        yield


@pytest.fixture(scope="module")
def growing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Growing]:
    """One warehouse and one dbt for all tests of this module; each begins with ``start``."""
    home = tmp_path_factory.mktemp("growing") / "home"
    home.mkdir()
    files = home.with_name("samples")
    files.mkdir()
    for name in SAMPLES:
        shutil.copy(FOLDER / name, files)
    by_name = {frames["documents"]["file_name"].item(): frames for frames in staged(files).values()}
    with PersistentDbt(home, ALWAYS_INCREMENTAL) as dbt:
        yield Growing(home, [by_name[name] for name in SAMPLES], dbt)


changes = st.builds(Change, st.sampled_from(sorted(CHANGES)), st.integers(0, len(SAMPLES) - 1))
builds = st.lists(st.lists(changes, min_size=1, max_size=3), min_size=1, max_size=3)


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    # Each example builds a warehouse several times: what fails is shown as it was found.
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
@given(builds=builds)
def test_after_any_changes_every_table_has_the_rows_of_a_full_refresh(
    growing: Growing, builds: list[list[Change]]
) -> None:
    lake = growing.start()
    assert growing.publish() == 0
    for number, changes_before_build in enumerate(builds, start=1):
        for change in changes_before_build:
            lake.apply(change)
        growing.build()
        assert growing.told()[0] is None
        assert growing.publish() == number
    assert growing.published_differences() == {}
    assert growing.differences_from_a_full_refresh() == {}


@pytest.mark.long
def test_a_partner_in_another_document_comes_and_goes(growing: Growing) -> None:
    lake = growing.start()
    lake.withdraw(UNIT)
    growing.build()
    assert growing.differences() == {}
    lake.add(UNIT)
    lake.add(DEPARTMENT_2023)
    growing.build()
    assert growing.differences() == {}


def test_only_what_is_linked_with_a_new_document_is_touched(growing: Growing) -> None:
    lake = growing.start()
    growing.publish()
    lake.add(SHANGHAI)
    growing.build()
    assert growing.told() == (None, 1)
    lake.add(SHANGHAI_UNIT)
    growing.build()
    assert growing.told() == (None, 2)
    lake.add(FINAL_2024)
    growing.build()
    assert growing.told() == (None, 4)  # with the department, its unit and the final accounts before
    assert growing.publish() == 0, "the builds before were not published, so a version cannot be amended"
    lake.withdraw(SHANGHAI)
    growing.build()
    assert growing.publish() == 1
    assert growing.published_differences() == {}


@pytest.mark.long
def test_a_new_version_and_the_return_of_the_old_one_touch_what_is_compared_with_them(
    growing: Growing,
) -> None:
    lake = growing.start()
    lake.supersede(DEPARTMENT)
    growing.build()
    assert growing.told() == (None, 4)  # both versions, the unit and the final accounts
    assert growing.superseded() == {lake.id_of(DEPARTMENT, 0): lake.id_of(DEPARTMENT, 1)}
    lake.find_again(DEPARTMENT)
    growing.build()
    assert growing.told() == (None, 4)
    assert growing.superseded() == {lake.id_of(DEPARTMENT, 1): lake.id_of(DEPARTMENT, 0)}
    assert growing.differences() == {}


def test_a_build_without_changes_touches_nothing(growing: Growing) -> None:
    growing.start()
    growing.build()
    assert growing.told() == (None, 0)


@pytest.mark.long
def test_a_link_that_is_forgotten_shows(growing: Growing) -> None:
    """The comparison wakes: without old links, what was compared with a withdrawn document stays."""
    lake = growing.start()
    with duckdb.connect(growing.build_file) as connection:
        connection.execute("delete from reconciliation.int_document_links")
    lake.withdraw(UNIT)
    growing.build()
    assert "identity_results" in growing.differences()


@pytest.mark.long
def test_what_a_failing_test_stopped_the_next_build_makes_up_for(growing: Growing) -> None:
    lake = growing.start()
    growing.publish()
    lake.add(SHANGHAI)
    twice = lake.current[SHANGHAI][0]
    amounts = twice["amounts"]
    lake.withdraw(UNIT)
    lake.put(SHANGHAI, {**twice, "amounts": amounts.vstack(amounts.head(1))})
    stopped = growing.dbt("build", *WITHOUT_UNIT_TESTS)
    assert not stopped.succeeded
    assert any("rules_of_staging" in failure for failure in stopped.failures)
    lake.withdraw(SHANGHAI)
    growing.build()
    assert growing.told() == (None, 4)  # those marked by the build that failed
    assert growing.publish() == 1, "what the failed build touched is part of what this one did"
    assert growing.published_differences() == {}
    assert growing.differences() == {}


def test_what_a_killed_build_left_the_next_build_makes_up_for(growing: Growing) -> None:
    lake = growing.start()
    lake.withdraw(UNIT)
    lake.add(SHANGHAI)
    kill_after(growing.home, "staging.amounts")
    lake.withdraw(SHANGHAI)
    growing.build()
    assert growing.differences() == {}


def test_another_project_or_too_many_changes_are_built_as_everything(growing: Growing) -> None:
    lake = growing.start()
    # parsed into a folder of its own, so that the other tests need not parse their project again
    another_project = ("--vars", "{most_touched_pct: 30}", "--target-path", str(growing.home / "another"))
    growing.build(*another_project)
    assert growing.told() == ("the dbt project changed", 3)
    lake.withdraw(UNIT)
    growing.build(*another_project)
    assert growing.told() == ("most documents changed", 2)


@pytest.mark.long
def test_a_warehouse_that_was_moved_is_not_built_anew(growing: Growing, tmp_path: Path) -> None:
    growing.start()
    moved = Warehouse(tmp_path / "elsewhere")
    shutil.copytree(growing.home, moved.home)
    assert moved.dbt("run", "--vars", json.dumps(ALWAYS_INCREMENTAL)).returncode == 0
    assert told(moved.build_file) == (None, 0)


def test_a_table_that_is_missing_is_built_from_every_document(growing: Growing) -> None:
    growing.start()
    with duckdb.connect(growing.build_file) as connection:
        connection.execute("drop table marts.fct_findings")
    growing.build()
    assert growing.told() == ("a table is missing", 3)


def kill_after(home: Path, table: str) -> None:
    """Start a build and kill dbt as soon as it says that ``table`` is built."""
    with Warehouse(home).started("run", "--vars", json.dumps(ALWAYS_INCREMENTAL)) as dbt:
        assert dbt.stdout is not None
        for line in dbt.stdout:
            if f"OK created sql incremental model {table}" in line:
                dbt.send_signal(signal.SIGKILL)
    assert dbt.returncode == -signal.SIGKILL
