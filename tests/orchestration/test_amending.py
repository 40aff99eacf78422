"""A version is amended where that gives what a copy of the whole build would, and copied whole elsewhere.

That it does give the same, whatever changed, is tested with the real models in
``tests/warehouse/test_incremental_equals_full_refresh.py``.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import duckdb
import pytest
from declared import relation
from tiny_warehouse import AMOUNTS, DIM_DOCUMENT, MADE_FROM, RELATIONS

from orchestration.building.catalogue import ForeignKey
from orchestration.home.paths import Paths
from orchestration.publishing import amending
from orchestration.publishing.publish import Published, publish

UNITS = relation(
    "marts.dim_unit",
    "One row per unit.",
    ("unit!", "As printed."),
    ("documents", "How many documents print it."),
    primary_key=("unit",),
)
LINES = relation(
    "marts.fct_line",
    "One row per line.",
    ("line_id!", "Which line."),
    ("document_id!", "Which document."),
    ("unit", "Its unit."),
    primary_key=("line_id",),
    foreign_keys=(ForeignKey(("unit",), "marts", "dim_unit", ("unit",)),),
)
TOTALS = relation("marts.mart_total", "One row: how many lines there are.", ("lines", "Lines."))
SMALL = [replace(LINES, is_by_document=True), UNITS, TOTALS]

FIRST_BUILD = """
create schema marts; create schema build_state;
create table marts.dim_unit as select '元' as unit, 2 as documents;
create table marts.fct_line as
from (values (1, 'a', '元'), (2, 'b', '元')) as lines (line_id, document_id, unit);
create table marts.mart_total as select 2 as lines;
create table build_state.touched_documents (document_id varchar);
create table build_state.builds as
select 2 as documents, 2 as touched_documents, 'asked for' as why_everything, 'build 1' as invocation_id,
    true as is_complete, null::varchar as follows;
"""
# Document b has another line now, in a unit that nothing had before, and c is new.
SECOND_BUILD = """
delete from marts.fct_line where document_id = 'b';
insert into marts.dim_unit values ('万元', 2);
insert into marts.fct_line values (3, 'b', '万元'), (4, 'c', '万元');
update marts.mart_total set lines = 3;
insert into build_state.touched_documents values ('b'), ('c');
update build_state.builds
set why_everything = null, touched_documents = 2, invocation_id = 'build 2', follows = 'build 1';
"""


@pytest.fixture
def change(paths: Paths) -> Callable[[str], None]:
    """Let SQL do to the build what dbt would."""
    paths.build_folder.mkdir(parents=True)

    def change(sql: str) -> None:
        with duckdb.connect(paths.build_file) as connection:
            connection.execute(sql)

    change(FIRST_BUILD)
    return change


def published_now(paths: Paths) -> Published:
    return publish(paths, SMALL, MADE_FROM)


def rows(paths: Paths, table: str) -> list[tuple[object, ...]]:
    with duckdb.connect(paths.published_file, read_only=True) as connection:
        return connection.execute(f"from marts.{table} order by all").fetchall()


def test_the_rows_of_touched_documents_and_of_tables_about_all_are_those_of_the_build(
    paths: Paths, change: Callable[[str], None]
) -> None:
    assert published_now(paths).amendments == 0
    change(SECOND_BUILD)
    amended = published_now(paths)
    assert amended.amendments == 1
    assert rows(paths, "fct_line") == [(1, "a", "元"), (3, "b", "万元"), (4, "c", "万元")]
    assert rows(paths, "dim_unit") == [("万元", 2), ("元", 2)]
    assert rows(paths, "mart_total") == [(3,)]
    assert amended.rows == {"marts.fct_line": 3, "marts.dim_unit": 2, "marts.mart_total": 1}
    with duckdb.connect(paths.published_file, read_only=True) as connection:
        told = connection.execute("select version from meta.version").fetchall()
        counted = connection.execute("select table_name, row_count from meta.tables order by all").fetchall()
    assert told == [(amended.version.name,)]
    assert counted == [("dim_unit", 2), ("fct_line", 3), ("mart_total", 1)]


def test_rows_of_documents_that_are_not_touched_are_not_looked_at(
    paths: Paths, change: Callable[[str], None]
) -> None:
    """Which is what makes it quick, and wrong for a build that does not follow the version before."""
    published_now(paths)
    change(SECOND_BUILD + "update marts.fct_line set unit = null where document_id = 'a';")
    published_now(paths)
    assert (1, "a", "元") in rows(paths, "fct_line")


@pytest.mark.parametrize(
    "otherwise",
    [
        "update build_state.builds set follows = 'another build'",
        "update build_state.builds set follows = null",
        "update build_state.builds set is_complete = false",
        "update build_state.builds set why_everything = 'the dbt project changed'",
        "drop table build_state.builds",
        # a row that an untouched document refers to is no longer what it was
        "delete from marts.fct_line; delete from marts.dim_unit where unit = '元'; "
        "insert into marts.fct_line values (3, 'b', '万元')",
    ],
)
def test_a_build_that_does_not_follow_the_version_before_is_copied_whole(
    paths: Paths, change: Callable[[str], None], otherwise: str
) -> None:
    published_now(paths)
    change(SECOND_BUILD + "update marts.fct_line set unit = null where document_id = 'a';")
    change(otherwise)
    assert published_now(paths).amendments == 0
    assert (1, "a", "元") not in rows(paths, "fct_line")


def damage(paths: Paths) -> None:
    current = json.loads(paths.published_manifest.read_bytes())
    file = paths.published_folder / current["file"]
    file.chmod(0o644)
    with file.open("r+b") as opened:
        opened.seek(-1, 2)
        opened.write(b"\1")


def lose(paths: Paths) -> None:
    current = json.loads(paths.published_manifest.read_bytes())
    (paths.published_folder / current["file"]).unlink()


def forget_the_manifest(paths: Paths) -> None:
    paths.published_manifest.unlink()


def garble_the_manifest(paths: Paths) -> None:
    paths.published_manifest.write_text("{", encoding="utf-8")


@pytest.mark.parametrize("spoil", [damage, lose, forget_the_manifest, garble_the_manifest])
def test_a_version_that_is_not_what_was_published_is_not_amended(
    paths: Paths, change: Callable[[str], None], spoil: Callable[[Paths], None]
) -> None:
    published_now(paths)
    change(SECOND_BUILD)
    spoil(paths)
    assert published_now(paths).amendments == 0
    assert rows(paths, "mart_total") == [(3,)]


def test_other_models_another_duckdb_or_other_relations_are_copied_whole(
    paths: Paths, change: Callable[[str], None]
) -> None:
    for made_from, relations in (
        (replace(MADE_FROM, dbt_project="another"), SMALL),
        (replace(MADE_FROM, duckdb_version="1.5.6"), SMALL),
        (MADE_FROM, SMALL[1:]),
    ):
        published_now(paths)
        change("update build_state.builds set why_everything = null, follows = 'build 1'")
        assert publish(paths, relations, made_from).amendments == 0
        change("update build_state.builds set why_everything = 'asked for'")


def test_a_version_that_grew_too_large_by_amending_is_copied_whole(
    paths: Paths, change: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    published_now(paths)
    amendments = []
    for number, most_growth in enumerate((100, 100, 0, 100), start=2):
        monkeypatch.setattr(amending, "MOST_GROWTH", most_growth)
        change(
            "update build_state.builds set why_everything = null, "
            f"invocation_id = 'build {number}', follows = 'build {number - 1}'"
        )
        amendments.append(published_now(paths).amendments)
    assert amendments == [1, 2, 0, 1]


def test_a_build_that_says_nothing_of_itself_is_copied_whole(built: Paths) -> None:
    assert publish(built, RELATIONS, MADE_FROM).build is None
    assert publish(built, RELATIONS, MADE_FROM).amendments == 0
    assert not AMOUNTS.is_by_document
    assert not DIM_DOCUMENT.is_by_document
