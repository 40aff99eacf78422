"""The direct path: what it runs, what it must hold, and what it does not need."""

from __future__ import annotations

import doctest
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import duckdb
import polars as pl
import pytest
from one_form import FORM

from orchestration import library
from orchestration.direct.executing import BuildError, execute
from orchestration.direct.holding import ContractError, check_contracts
from orchestration.direct.plan import Key, Plan, PlanError, Table, load_plan, plan_as_json
from orchestration.direct.reading import NamedBytes, read_files, stage_bytes
from orchestration.direct.warehouse import built, current_plan
from orchestration.library import check, read
from tests.conftest import COMMAND, REPOSITORY

TARGET = "stg_amounts"
ONE_MORE = "(amount_yuan + 1)::decimal(20, 2) as amount_yuan"
SAMPLES = REPOSITORY / "warehouse" / "samples"


@pytest.fixture(scope="module")
def frames() -> dict[str, pl.DataFrame]:
    return stage_bytes([NamedBytes("one.txt", FORM.format(amount=1).encode())])


def changed(name: str, **changes: object) -> Plan:
    """The plan up to one table, with something of this table changed."""
    plan = current_plan().for_targets([name])
    tables = tuple(replace(table, **changes) if table.name == name else table for table in plan.tables)
    return replace(plan, tables=tables)


@contextmanager
def executed(plan: Plan, frames: dict[str, pl.DataFrame]) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        execute(connection, plan, frames)
        yield connection


def sql_of(name: str) -> str:
    (table,) = (table for table in current_plan().tables if table.name == name)
    return table.sql


@pytest.mark.parametrize(
    ("changes", "broken"),
    [
        pytest.param(
            {"sql": f"select * replace (null::varchar as form_id) from ({sql_of(TARGET)})"},
            "form_id of staging.amounts is never NULL",
            id="a NULL",
        ),
        pytest.param(
            {"sql": f"select * replace (amount_yuan::double as amount_yuan) from ({sql_of(TARGET)})"},
            "the column amount_yuan of staging.amounts is DECIMAL(20,2), not DOUBLE",
            id="another type",
        ),
        pytest.param(
            {"sql": f"select *, 1 as more from ({sql_of(TARGET)})"},
            "the column more of staging.amounts is not declared",
            id="a column too many",
        ),
        pytest.param(
            {"sql": f"select * exclude (unit) from ({sql_of(TARGET)})"},
            "the column unit of staging.amounts is VARCHAR, not absent",
            id="a column too few",
        ),
        pytest.param(
            {"sql": f"from ({sql_of(TARGET)}) union all from ({sql_of(TARGET)})"},
            "amount_id of staging.amounts is unique",
            id="a key twice",
        ),
        pytest.param(
            {"sql": f"select * replace ('guessed' as amount_kind) from ({sql_of(TARGET)})"},
            "amount_kind of staging.amounts is one of its 3 codes",
            id="a code that is none",
        ),
        pytest.param(
            {"sql": f"select * replace ('nowhere' as line_id) from ({sql_of(TARGET)})"},
            "line_id of staging.amounts is found in stg_lines",
            id="a reference to nothing",
        ),
        pytest.param(
            {"sql": f"select * replace ({ONE_MORE}) from ({sql_of(TARGET)})"},
            "assert_yuan_is_the_printed_figure_times_its_unit",
            id="a figure that is not the printed one",
        ),
    ],
)
def test_a_table_that_is_not_what_it_must_be_is_noticed(
    frames: dict[str, pl.DataFrame], changes: dict[str, object], broken: str
) -> None:
    plan = changed(TARGET, **changes)
    needed = current_plan().for_targets([TARGET, "stg_lines"])
    names = {table.name for table in plan.tables}
    tables = (*plan.tables, *(table for table in needed.tables if table.name not in names))
    plan = replace(plan, tables=tables, assertions=needed.assertions)
    with executed(plan, frames) as connection, pytest.raises(ContractError) as raised:
        check_contracts(connection, plan)
    assert broken in str(raised.value)


def test_what_holds_is_not_complained_of(frames: dict[str, pl.DataFrame]) -> None:
    with built(frames) as connection:
        assert connection.sql("select count(*) from marts.dim_document").fetchall() == [(1,)]


def test_of_several_columns_that_are_a_key_null_equals_null() -> None:
    """As in dbt's test of that name."""
    table = Table("t", "main", "t", "", (), (("a", "INTEGER"), ("b", "INTEGER")), (), (Key(("a", "b")),))
    plan = Plan(Path(), "", (), (table,), ())
    with duckdb.connect() as connection:
        connection.execute("create table t as from (values (1, null::integer), (1, 2)) as t (a, b)")
        check_contracts(connection, plan)
        connection.execute("insert into t values (1, null)")
        with pytest.raises(ContractError, match="is unique: broken by 1 row"):
            check_contracts(connection, plan)


def test_sql_that_fails_names_its_table(frames: dict[str, pl.DataFrame]) -> None:
    plan = changed(TARGET, sql="select nonsense")
    with pytest.raises(BuildError, match="the table stg_amounts could not be made"):
        execute(duckdb.connect(), plan, frames)


def test_only_what_is_asked_for_and_what_it_rests_on_is_built(frames: dict[str, pl.DataFrame]) -> None:
    with built(frames, ["stg_amounts"]) as connection:
        tables = connection.sql("select table_name from duckdb_tables() where schema_name = 'staging'")
        assert tables.fetchall() == [("amounts",)]


def test_a_table_nobody_knows_is_no_target() -> None:
    with pytest.raises(KeyError, match="fct_nothing"):
        current_plan().for_targets(["fct_nothing"])


def test_a_warehouse_can_be_a_file(frames: dict[str, pl.DataFrame], tmp_path: Path) -> None:
    with built(frames, ["stg_amounts"], tmp_path / "new.duckdb"):
        pass
    with duckdb.connect(tmp_path / "new.duckdb", read_only=True) as connection:
        assert connection.sql("select count(*) > 0 from staging.amounts").fetchall() == [(True,)]


# Joined by a pattern or an "or", so that every row of one side is held against every row of the other: one
# side is a short vocabulary, and the other does not grow with the documents or is each wording once.
HELD_AGAINST_A_VOCABULARY = frozenset(
    {
        "int_rule_terms",
        "int_claim_dimensions",
        "int_indicator_observations",
        "fct_disclosure_checks",
    }
)


def compares_all_with_all(connection: duckdb.DuckDBPyConnection, sql: str) -> bool:
    return "BLOCKWISE_NL_JOIN" in connection.execute(f"explain {sql}").fetchall()[0][1]


def test_no_table_compares_every_row_with_every_other(frames: dict[str, pl.DataFrame]) -> None:
    """Such a join takes no time in a test of three documents, and hours with ten thousand."""
    with built(frames) as connection:
        slow = {table.name for table in current_plan().tables if compares_all_with_all(connection, table.sql)}
        assert slow == HELD_AGAINST_A_VOCABULARY
        assert compares_all_with_all(
            connection,
            "select * from staging.lines as a left join staging.lines as b "
            "on a.line_id = b.line_id and a.row_kind = 'total'",
        )


def test_a_plan_that_is_not_there_or_damaged_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="make setup"):
        load_plan(tmp_path)
    (tmp_path / "plan.json").write_text("{", encoding="utf-8")
    with pytest.raises(PlanError, match="damaged"):
        load_plan(tmp_path)


def test_a_plan_is_read_as_it_was_written(tmp_path: Path) -> None:
    plan = current_plan()
    (tmp_path / "plan.json").write_text(plan_as_json(plan), encoding="utf-8")
    assert replace(load_plan(tmp_path), folder=plan.folder) == plan


def test_many_files_are_read_by_processes_and_give_what_one_process_gives(tmp_path: Path) -> None:
    paths = []
    for number in range(10):
        path = tmp_path / f"{number}.txt"
        path.write_text(FORM.format(amount=number), encoding="utf-8")
        paths.append(path)
    here = stage_bytes([NamedBytes(path.name, path.read_bytes()) for path in paths])
    for table, frame in read_files(paths, in_processes=True).items():
        assert frame.equals(here[table])


def test_the_same_bytes_twice_are_one_document(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(FORM.format(amount=1), encoding="utf-8")
    assert len(check(sorted(tmp_path.iterdir())).documents) == 1


def test_a_file_that_cannot_be_read_is_a_failed_document_beside_the_others(tmp_path: Path) -> None:
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.4 nothing")
    (tmp_path / "good.txt").write_text(FORM.format(amount=1), encoding="utf-8")
    checked = check(sorted(tmp_path.iterdir()))
    assert [(each.file_name, each.status) for each in checked.documents] == [
        ("bad.pdf", "failed"),
        ("good.txt", "read"),
    ]


def test_what_an_archive_does_not_give_is_a_failed_document_beside_its_others(tmp_path: Path) -> None:
    inner, outer = tmp_path / "inner.zip", tmp_path / "sent.zip"
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("kept.txt", FORM)
    with zipfile.ZipFile(outer, "w") as archive:
        archive.write(inner, "inner.zip")
        archive.writestr("form.txt", FORM)
    documents = read_files([outer])["documents"].sort("file_name")
    assert documents["status"].to_list() == ["read", "failed"]
    assert "an archive inside an archive" in documents["failure_reason"][1]


def test_the_examples_of_the_library_are_true(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(REPOSITORY)
    tried = doctest.testmod(library)
    assert (tried.attempted > 0, tried.failed) == (True, 0)


def run_command(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [COMMAND, "check", *arguments],
        env={**os.environ, "DISCLOSURES_HOME": str(home)},
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_says_what_is_wrong_and_leaves_nothing_behind(tmp_path: Path) -> None:
    ran = run_command(str(SAMPLES / "final-accounts-2023-example.txt"), home=tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert "提示" in ran.stdout
    assert "共 1 份文件" in ran.stderr
    assert list(tmp_path.iterdir()) == []


OF_NO_STANDARD_FORM = """示例县水利局2024年部门预算

2024年机关运行经费支出预算表
单位：万元
科目编码\t科目名称\t金额
30201\t办公费\t5.00
30202\t印刷费\t2.00
\t合计\t7.00
"""


def test_forms_that_nobody_could_name_are_told_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "unknown.txt").write_text(OF_NO_STANDARD_FORM, encoding="utf-8")
    ran = run_command("unknown.txt", home=tmp_path)
    assert "有 1 张报表未能识别种类：2024年机关运行经费支出预算表" in ran.stderr
    assert "其中 3 个数字已读取" in ran.stderr
    assert "title_words.csv" in ran.stderr


def test_the_command_gives_json(tmp_path: Path) -> None:
    sample = SAMPLES / "final-accounts-2023-example.txt"
    ran = run_command(str(sample), "--format", "json", home=tmp_path)
    told = json.loads(ran.stdout)
    assert told["documents"][0]["file_name"] == sample.name
    assert {finding["severity"] for finding in told["findings"]} <= {
        "discrepancy", "suspect", "rounding", "note",
    }  # fmt: skip
    assert told["counts"]["amounts"] == read(sample).frames["amounts"].height


def test_the_command_names_a_file_that_is_not_there_or_cannot_be_read(tmp_path: Path) -> None:
    absent = run_command("nowhere.txt", home=tmp_path)
    assert (absent.returncode, "没有找到 nowhere.txt" in absent.stderr) == (2, True)
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.4 nothing")
    unreadable = run_command("bad.pdf", home=tmp_path)
    assert (unreadable.returncode, "未能读取 bad.pdf" in unreadable.stderr) == (1, True)


HELP = "from orchestration.cli import app; app(['--help'], standalone_mode=False)"
STATE = """
from orchestration.command.status import show_status
from orchestration.home.paths import configured
show_status(configured())
"""
FINDINGS = "import orchestration.command.findings"
SAMPLE = SAMPLES / "unit-budget-2024-example.txt"
A_TEXT = f"from orchestration.library import check; check([{str(SAMPLE)!r}])"
OF_OTHER_FORMATS = ("openpyxl", "xlrd", "python_calamine", "pdfplumber", "pypdfium2", "lxml")
# what is asked -> what it must not load
NOT_LOADED = {
    HELP: ("polars", "duckdb", "dagster", "dbt", "extract"),
    STATE: ("dagster", "dbt", "extract.forms", "extract.readers", "extract.vocabulary", *OF_OTHER_FORMATS),
    FINDINGS: ("dagster", "dbt", "extract", "polars"),
    A_TEXT: ("dagster", "dbt", "pyarrow", "PIL", *OF_OTHER_FORMATS),
}


@pytest.mark.parametrize(
    ("code", "unneeded"), NOT_LOADED.items(), ids=["the help", "the state", "the findings", "a text"]
)
def test_a_question_loads_only_what_it_needs(code: str, unneeded: tuple[str, ...], tmp_path: Path) -> None:
    told = f"{code}\nimport sys, json; sys.stderr.write(json.dumps(sorted(sys.modules)))"
    ran = subprocess.run(
        [sys.executable, "-c", told],
        env={**os.environ, "DISCLOSURES_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(json.loads(ran.stderr))
    assert "orchestration" in loaded
    assert loaded.isdisjoint(unneeded)
