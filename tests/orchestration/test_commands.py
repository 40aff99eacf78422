"""The commands that read: what they print, what they refuse, and how they end."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import polars as pl
import pytest

from extract.landing import LandingStore
from extract.sources import find_files
from orchestration.cli import main
from orchestration.paths import Paths

TEXT = "表1 收支总表\t单位：万元\n一般公共预算\t239.16\n收入总计\t293.16\n"


class Ran:
    """What a command printed, and its exit status."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    def run(*arguments: str | Path) -> Ran:
        monkeypatch.setattr(sys, "argv", ["disclosures", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        return Ran(int(ended.value.code or 0), printed.out, printed.err)

    return run


@pytest.fixture
def landed(published: Paths) -> Paths:
    """The small published file, its document renamed to the hash of a text that is landed."""
    (published.sources[0] / "budget.txt").write_text(TEXT, encoding="utf-8")
    LandingStore(published.landing).land(find_files(published.sources[0]), datetime.now(UTC))
    document_id = hashlib.sha256(TEXT.encode()).hexdigest()
    with duckdb.connect(published.published_file) as connection:
        for table in ("staging.documents", "staging.forms", "staging.amounts", "marts.fct_findings"):
            connection.execute(f"update {table} set document_id = ?", [document_id])
        connection.execute("update reconciliation.identity_results set document_id = ?", [document_id])
    return published


def test_sql_prints_a_table(published: Paths, run: Run) -> None:
    ran = run("sql", "select amount_text, amount_yuan from staging.amounts order by all")
    assert ran.status == 0
    assert "239.16" in ran.out
    assert "2,391,600.00" in ran.out


def test_sql_prints_csv_with_exact_decimals_and_blanks_for_null(published: Paths, run: Run) -> None:
    ran = run("sql", "select amount_yuan, null as nothing from staging.amounts order by 1", "--format", "csv")
    assert list(csv.reader(io.StringIO(ran.out))) == [
        ["amount_yuan", "nothing"],
        ["2391600.00", ""],
        ["2931600.00", ""],
    ]


def test_sql_prints_json_with_decimals_that_nothing_rounds(published: Paths, run: Run) -> None:
    ran = run("sql", "select 0.10::decimal(20, 2) as yuan, '元' as unit", "--format", "json")
    assert json.loads(ran.out) == [{"yuan": "0.10", "unit": "元"}]


def test_sql_without_rows_is_an_empty_answer(published: Paths, run: Run) -> None:
    assert json.loads(run("sql", "from staging.rejects", "--format", "json").out) == []
    assert run("sql", "from staging.rejects", "--format", "csv").out == "document_id\n"


@pytest.mark.parametrize(
    "query",
    [
        "copy staging.amounts to '{folder}/stolen.csv'",
        "export database '{folder}/stolen'",
        "attach '{folder}/other.duckdb'",
        "create table marts.mine as select 1",
        "delete from staging.amounts",
        "drop table staging.amounts",
        "set enable_external_access = true",
        "select * from read_text('{folder}/secret.txt')",
        "select * from read_csv('{folder}/secret.txt')",
        "install httpfs",
    ],
)
def test_sql_can_neither_write_nor_read_files(published: Paths, run: Run, tmp_path: Path, query: str) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    before = published.published_file.read_bytes()
    ran = run("sql", query.format(folder=tmp_path))
    assert ran.status == 2
    assert "DuckDB refuses the query" in ran.err
    assert "secret\n" not in ran.out
    assert published.published_file.read_bytes() == before
    assert not list(tmp_path.glob("stolen*"))


def test_a_wrong_query_is_wrong_usage_said_in_words(published: Paths, run: Run) -> None:
    ran = run("sql", "select nothing from nowhere")
    assert (ran.status, ran.out) == (2, "")
    assert "nowhere does not exist" in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    "command", [["sql", "select 1"], ["findings"], ["explain", "x"], ["export", "folder"]]
)
def test_before_the_first_run_commands_say_what_to_do(paths: Paths, run: Run, command: list[str]) -> None:
    ran = run(*command)
    assert ran.status == 2
    assert "Nothing has been published" in ran.err
    assert "disclosures run" in ran.err


def test_findings_are_listed_gravest_first(published: Paths, run: Run) -> None:
    ran = run("findings")
    assert ran.status == 0
    assert 0 < ran.out.index("F-0001") < ran.out.index("F-0002")
    assert "540,000.00" in ran.out
    assert "2, 3" in ran.out
    assert "2 of 2 findings" in ran.err


def test_findings_of_one_severity(published: Paths, run: Run) -> None:
    ran = run("findings", "--severity", "note")
    assert "F-0002" in ran.out
    assert "F-0001" not in ran.out


def test_findings_of_one_document(published: Paths, run: Run) -> None:
    assert "F-0001" in run("findings", "--document", "budget").out
    assert "F-0001" in run("findings", "--document", "ABAB").out
    ran = run("findings", "--document", "accounts")
    assert ran.status == 2
    assert "“accounts”" in ran.err


def test_an_unknown_severity_is_wrong_usage(published: Paths, run: Run) -> None:
    ran = run("findings", "--severity", "grave")
    assert ran.status == 2
    assert "discrepancy" in ran.err


def test_an_amount_is_explained_back_to_its_printed_cell(landed: Paths, run: Run) -> None:
    ran = run("explain", "abab-L2F1")
    assert ran.status == 0
    for expected in (
        "239.16 万元",
        "2,391,600.00 元",
        "disputed",
        "表1 收支总表",
        "某区医疗保障局 2024 budget",
    ):
        assert expected in ran.out
    assert "breaks: column.form_total, off by 540,000.00 元" in ran.out
    assert "▶     2  一般公共预算 │ 【239.16】" in ran.out
    assert "      3  收入总计 │ 293.16" in ran.out


def test_a_finding_is_explained_with_both_sides_and_every_cell(landed: Paths, run: Run) -> None:
    ran = run("explain", "F-0001")
    assert ran.status == 0
    for expected in (
        "2,931,600.00 元",
        "2,391,600.00 元",
        "540,000.00 元",
        "100.000 元",
        "293.16",
        "合计不等于各项之和",
    ):
        assert expected in ran.out
    assert "▶     2  一般公共预算 │ 【239.16】" in ran.out
    assert "▶     3  收入总计 │ 【293.16】" in ran.out


def test_an_explanation_survives_bytes_that_are_gone(published: Paths, run: Run) -> None:
    ran = run("explain", "abab-L2F1")
    assert ran.status == 0
    assert "The printed text cannot be shown" in ran.out


def test_the_beginning_of_an_id_is_enough_while_it_names_one_thing(landed: Paths, run: Run) -> None:
    assert "F-0002" in run("explain", "F-0002").out
    assert "239.16 万元" in run("explain", "abab-L2").out
    ambiguous = run("explain", "abab")
    assert ambiguous.status == 2
    assert "2 amounts and findings begin with abab" in ambiguous.err
    unknown = run("explain", "nothing")
    assert unknown.status == 2
    assert "No amount or finding has the id nothing" in unknown.err


def test_export_writes_each_table_once(published: Paths, run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "export"
    ran = run("export", folder)
    assert ran.status == 0
    assert sorted(path.name for path in folder.iterdir()) == [
        "marts.fct_findings.parquet",
        "reconciliation.amount_trust.parquet",
        "reconciliation.identity_results.parquet",
        "staging.amounts.parquet",
        "staging.documents.parquet",
        "staging.forms.parquet",
        "staging.rejects.parquet",
    ]
    amounts = pl.read_parquet(folder / "staging.amounts.parquet")
    assert amounts.schema["amount_yuan"] == pl.Decimal(20, 2)
    assert amounts.height == 2


def test_export_overwrites_only_when_told_to(published: Paths, run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "mine.txt").touch()
    refused = run("export", folder)
    assert refused.status == 2
    assert "--force" in refused.err
    assert [path.name for path in folder.iterdir()] == ["mine.txt"]
    assert run("export", folder, "--force").status == 0
    assert (folder / "marts.fct_findings.parquet").exists()
    assert (folder / "mine.txt").exists()


def test_status_of_an_empty_warehouse(paths: Paths, run: Run) -> None:
    ran = run("status")
    assert ran.status == 0
    assert "not yet" in ran.out
    assert str(paths.home) in ran.out


def test_status_counts_what_waits_for_a_run(landed: Paths, run: Run) -> None:
    ran = run("status")
    lines = [" ".join(line.split()) for line in ran.out.splitlines()]
    assert "landed 1 documents" in lines
    assert "waiting for a run 1 documents" in lines


def test_a_missing_folder_is_wrong_usage(paths: Paths, run: Run, tmp_path: Path) -> None:
    ran = run("run", "--source", tmp_path / "nowhere")
    assert ran.status == 2
    assert f"There is no folder {tmp_path / 'nowhere'}" in ran.err
    assert not paths.home.exists()


def test_an_empty_folder_is_no_failure_and_keeps_what_is_published(published: Paths, run: Run) -> None:
    before = published.published_file.read_bytes()
    ran = run("run")
    assert ran.status == 0
    assert "No disclosures found under" in ran.err
    assert str(published.published_file) in ran.err
    assert published.published_file.read_bytes() == before


def test_an_unexpected_error_is_said_in_words(published: Paths, run: Run) -> None:
    published.published_file.write_bytes(b"not a database")
    ran = run("sql", "select 1")
    assert ran.status == 1
    assert "not a valid DuckDB database file" in ran.err
    assert "Traceback" not in ran.err


def test_reading_commands_do_not_wait_for_dagster_or_dbt(published: Paths) -> None:
    code = (
        "import sys\n"
        "from orchestration.cli import main\n"
        "sys.argv = ['disclosures', *sys.argv[1:]]\n"
        "try:\n    main()\n"
        "except SystemExit as ended:\n    assert not ended.code, ended.code\n"
        "heavy = {'dagster', 'dbt', 'dagster_dbt', 'polars'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    for arguments in (["--help"], ["sql", "select 1"], ["findings"]):
        subprocess.run([sys.executable, "-c", code, *arguments], check=True, capture_output=True)
