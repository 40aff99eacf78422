"""dbt's own documentation as one file: lineage, tests and SQL of every model."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from orchestration.building.catalogue import Relation
from orchestration.building.dbt_process import run_dbt
from orchestration.building.dbt_project import DbtProjectError
from orchestration.building.parsed_project import take_over
from orchestration.building.project_files import project_fingerprint
from orchestration.home.paths import DBT_PROJECT, HOME_VARIABLE, Paths, environment_of_children


def dbt_page(catalogue: Sequence[Relation]) -> str:
    """Let dbt write its page, which needs no network to be viewed.

    dbt takes the types of columns from a database. It gets one with the declared tables, all of them empty:
    so nothing need be built yet, no run is disturbed, and no data is looked at. Paths of this machine are not
    in the page.
    Raises :class:`DbtProjectError`.
    """
    with TemporaryDirectory(prefix="disclosures-docs-") as folder:
        scratch = Paths(Path(folder), ())
        scratch.build_folder.mkdir()
        _create_tables(scratch.build_file, catalogue)
        take_over(scratch.dbt_target, scratch.home, project_fingerprint())
        status, said = run_dbt(
            ["docs", "generate", "--static"],
            DBT_PROJECT,
            environment_of_children(
                scratch,
                DBT_PROFILES_DIR=str(DBT_PROJECT),
                DBT_TARGET_PATH=str(scratch.dbt_target),
                DBT_LOG_PATH=str(scratch.logs),
                DBT_SEND_ANONYMOUS_USAGE_STATS="false",  # also keeps the page from reporting who views it
            ),
        )
        if status != 0:
            raise DbtProjectError(f"dbt cannot write its documentation:\n{said}")
        page = (scratch.dbt_target / "static_index.html").read_text(encoding="utf-8")
    return page.replace(folder, f"${HOME_VARIABLE}").replace(str(DBT_PROJECT), DBT_PROJECT.name)


def _create_tables(file: Path, catalogue: Sequence[Relation]) -> None:
    with closing(duckdb.connect(file)) as connection:
        for relation in catalogue:
            columns = ", ".join(f'"{column.name}" {column.data_type}' for column in relation.columns)
            connection.execute(f'create schema if not exists "{relation.schema}"')
            connection.execute(f'create table "{relation.schema}"."{relation.name}" ({columns})')
