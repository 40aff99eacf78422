"""The commands that read: what they print, what they refuse, and how they end."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from extract.landing import LandingStore
from extract.sources import find_files
from orchestration.cli import main
from orchestration.command.current_version import version_in_words
from orchestration.home.extensions import extension_file
from orchestration.home.paths import HOME_VARIABLE, VERSIONS_VARIABLE, Paths

TEXT = (
    "表1 收支总表\t单位：万元\n一般公共预算\t239.16\n收入总计\t293.16\n二、说明\n"
    "收入比上年增加 29.00 万元，增长 10%。\n"
)
ACCOUNTS = "年初预算收入 293.61 万元。\n"


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
    """The small published file, its documents renamed to the hashes of texts that are landed."""
    texts = {"ab" * 32: ("budget.txt", TEXT), "cd" * 32: ("accounts.txt", ACCOUNTS)}
    for file_name, text in texts.values():
        (published.sources[0] / file_name).write_text(text, encoding="utf-8")
    LandingStore(published.landing).land(find_files(published.sources[0]), datetime.now(UTC))
    with duckdb.connect(published.published_file) as connection:
        tables = connection.execute(
            "select schema_name || '.' || table_name from duckdb_columns() where column_name = 'document_id'"
        ).fetchall()
        for (table,) in tables:
            for name, (_, text) in texts.items():
                document_id = hashlib.sha256(text.encode()).hexdigest()
                query = f"update {table} set document_id = ? where document_id = ?"
                connection.execute(query, [document_id, name])
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


@pytest.mark.parametrize(
    "hostile",
    ["[red]markup[/]", "\x1b[2J\x1b]0;title\x07", "\u202e倒", "[link=http://evil.example]x[/link]"],
)
def test_what_a_document_says_does_nothing_to_the_terminal(published: Paths, run: Run, hostile: str) -> None:
    printed = run("sql", "select '" + hostile + "' as said").out
    assert not {"\x1b", "\x07", "\u202e"} & set(printed)
    if hostile.startswith("["):
        assert hostile in printed


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
        "from glob('{folder}/*')",
        "from '{folder}/secret.txt'",
        "select 1; create table marts.mine as select 1",
        "set lock_configuration = false",
        "install httpfs",
        "load httpfs",
        "load '{extension}'",
        "create secret (type postgres, host 'localhost')",
    ],
)
def test_sql_can_neither_write_nor_read_files(published: Paths, run: Run, tmp_path: Path, query: str) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    before = published.published_file.read_bytes()
    ran = run("sql", query.format(folder=tmp_path, extension=extension_file("postgres_scanner")))
    assert ran.status == 2
    assert "DuckDB refuses the query" in ran.err or "Only questions are asked here" in ran.err
    assert "secret\n" not in ran.out
    assert published.published_file.read_bytes() == before
    assert not list(tmp_path.glob("stolen*"))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "The query is empty."),
        (" ; ", "The query is empty."),
        ("call enable_logging('QueryLog')", "not call."),
        ("from enable_logging('QueryLog')", "not a function that changes the process."),
        ("pragma enable_profiling", "not pragma."),
        ("from query('from enable_' || 'logging()')", "not a function that changes the process."),
        ("from \"query\" /* */ ('select 1')", "not a function that changes the process."),
        (
            "from json_execute_serialized_sql(json_serialize_sql('select ' || '1'))",
            "not a function that changes the process.",
        ),
        ("from truncate_duckdb_logs()", "not a function that changes the process."),
        ("from force_checkpoint()", "not a function that changes the process."),
        ("create temp table mine as select 1", "not create."),
    ],
)
def test_what_is_no_question_is_refused_in_words(published: Paths, run: Run, query: str, said: str) -> None:
    ran = run("sql", query)
    assert (ran.status, ran.out) == (2, "")
    assert said in " ".join(ran.err.split())


def test_a_pivot_is_a_question(published: Paths, run: Run) -> None:
    ran = run("sql", "pivot (select 'a' as name, 1 as number) on name using sum(number)")
    assert ran.status == 0, ran.err


def test_a_wrong_query_is_wrong_usage_said_in_words(published: Paths, run: Run) -> None:
    ran = run("sql", "select nothing from nowhere")
    assert (ran.status, ran.out) == (2, "")
    assert "nowhere does not exist" in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    "command", [["sql", "select 1"], ["findings"], ["scorecard"], ["explain", "x"], ["export", "folder"]]
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
    assert "4 of 4 findings" in ran.err
    assert "findings --causes" in ran.err


def test_a_finding_that_people_explained_says_so(published: Paths, run: Run) -> None:
    (known,) = (line for line in run("findings").out.splitlines() if "F-0003" in line)
    assert "与预算不符 (acknowledged)" in known


def test_findings_of_one_severity(published: Paths, run: Run) -> None:
    ran = run("findings", "--severity", "note")
    assert "F-0002" in ran.out
    assert "F-0001" not in ran.out


def test_findings_of_one_document(published: Paths, run: Run) -> None:
    assert "F-0001" in run("findings", "--document", "budget").out
    assert "F-0001" in run("findings", "--document", "ABAB").out
    ran = run("findings", "--document", "template")
    assert ran.status == 2
    assert "“template”" in ran.err


def cells(ran: Ran, marked: str) -> list[str]:
    """The cells of the one row of a printed table in which ``marked`` stands."""
    (row,) = (line for line in ran.out.splitlines() if marked in line)
    return [cell.strip() for cell in row.split("│")]


def test_causes_say_what_to_correct_where_and_how_much_it_breaks(published: Paths, run: Run) -> None:
    ran = run("findings", "--causes")
    assert ran.status == 0
    what = "收支总表 · 一般公共预算"
    slip = "swapped digits"
    row = ["discrepancy", "budget.txt", what, "2", "239.16 ⇒ 293.16", slip, "2", "C-0001"]
    assert cells(ran, "C-0001") == row
    assert "4 of 4 causes" in ran.err


def test_a_cause_in_the_prose_is_not_said_to_be_in_a_form(published: Paths, run: Run) -> None:
    assert cells(run("findings", "--causes"), "C-0002")[2] == "说明 · 预算收入 (acknowledged)"


def test_a_cause_without_a_figure_has_its_sentence_and_the_first_of_its_places(
    published: Paths, run: Run
) -> None:
    ran = run("findings", "--causes")
    assert cells(ran, "C-0003")[2:7] == ["疑缺一行", "1, 2, 3, 4, 5, 6, …", "", "missing line", "2"]
    assert cells(ran, "C-0004")[2:7] == ["编码不符", "7", "⇒ 2101550", "", ""]


def test_causes_of_one_document_and_severity(published: Paths, run: Run) -> None:
    assert "C-0001" not in run("findings", "--causes", "--document", "accounts").out
    ran = run("findings", "--causes", "--severity", "suspect")
    assert "C-0004" in ran.out
    assert "1 of 1 causes" in ran.err
    assert "1 of 4 causes" in run("findings", "--causes", "--limit", "1").err
    nothing = run("findings", "--causes", "--severity", "suspect", "--document", "accounts")
    assert (nothing.status, nothing.out) == (0, "")
    assert "Nothing to correct" in nothing.err


@pytest.mark.parametrize("severity", ["note", "rounding"])
def test_what_needs_no_correction_has_no_causes(published: Paths, run: Run, severity: str) -> None:
    ran = run("findings", "--causes", "--severity", severity)
    assert (ran.status, ran.out) == (2, "")
    assert "Only discrepancy and suspect findings have causes" in ran.err


def test_the_scorecard_has_one_row_per_document(published: Paths, run: Run) -> None:
    ran = run("scorecard")
    assert ran.status == 0
    counts = ["6 / 8", "2", "", "1,208 / 1,210", "1", "3", "", "2", "92.50", "4 / 5", "9", "64.71"]
    assert cells(ran, "budget.txt") == ["budget.txt", "2024 budget", *counts]
    assert cells(ran, "accounts.txt")[:3] == ["accounts.txt (failed)", "2024 final_accounts", "0 / 8"]


def test_the_scorecard_of_one_document(published: Paths, run: Run) -> None:
    ran = run("scorecard", "--document", "accounts")
    assert "accounts.txt" in ran.out
    assert "budget.txt" not in ran.out
    unknown = run("scorecard", "--document", "template")
    assert (unknown.status, unknown.out) == (2, "")
    assert "“template”" in unknown.err


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
    assert "place line 2, field 1" in squeezed(ran)
    assert "breaks: column.form_total, off by 540,000.00 元 (F-0001 C-0001)" in ran.out
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
    for facts in (
        "what is wrong one figure is wrong (figure)",
        "slip two neighbouring digits are swapped (swapped_digits)",
        "evidence strong: one correction repairs several identities (several)",
        "suspected 239.16 万元 at 2 (一般公共预算) abab-L2F1",
        "suggested 293.16",
    ):
        assert facts in squeezed(ran)
    assert "▶     2  一般公共预算 │ 【239.16】⇒293.16" in ran.out
    assert "▶     3  收入总计 │ 【293.16】\n" in ran.out


def squeezed(ran: Ran) -> list[str]:
    """The printed lines without what only aligns them."""
    return [" ".join(line.split()) for line in ran.out.splitlines()]


def test_an_identity_is_an_equation_of_signed_terms_whose_blanks_are_only_counted(
    landed: Paths, run: Run
) -> None:
    ran = run("explain", "F-0001")
    assert cells(ran, "+2,931,600.00")[:4] == ["+", "293.16 万元", "+2,931,600.00", "收入总计"]
    assert cells(ran, "−2,391,600.00")[:2] == ["−", "239.16 万元 ⇒ 293.16"]
    assert cells(ran, "1 blank cell left out")[:3] == ["=", "", "+540,000.00"]
    assert "其他收入" not in ran.out


def test_a_rate_stands_beside_the_figure_it_multiplies(landed: Paths, run: Run) -> None:
    ran = run("explain", "F-0004")
    assert cells(ran, "−239,160.00")[:2] == ["− 0.1 ×", "239.16 万元 ⇒ 293.16"]
    assert cells(ran, "10% │")[:3] == ["rate", "10%", ""]


def test_a_cause_is_explained_with_all_that_it_breaks_and_each_line_once(landed: Paths, run: Run) -> None:
    ran = run("explain", "C-0001")
    assert ran.status == 0
    assert "findings 2" in squeezed(ran)
    assert "places 2, 3, 5" in squeezed(ran)
    assert ran.out.index("F-0004  claims.change_rate") < ran.out.index("F-0001  column.form_total")
    assert ran.out.count("【239.16】⇒293.16") == 1
    assert "▶     5  收入比上年增加 【29.00 万元】，增长 【10%】。" in ran.out


def test_a_term_in_another_document_is_shown_under_the_name_of_its_file(landed: Paths, run: Run) -> None:
    ran = run("explain", "F-0003")
    assert cells(ran, "−2,931,600.00")[6] == "budget.txt:3"
    own, other = ran.out.index("\naccounts.txt\n"), ran.out.index("\nbudget.txt\n")
    assert own < ran.out.index("▶     1  年初预算收入 【293.61 万元】⇒293.16万元。") < other
    assert other < ran.out.index("▶     3  收入总计 │ 【293.16】")
    assert "acknowledged the budget was adjusted in June" in squeezed(ran)


def test_a_claim_is_explained_in_its_sentence(landed: Paths, run: Run) -> None:
    ran = run("explain", "abab-C5N1")
    assert ran.status == 0
    for fact in ("printed 29.00万元", "exact 290,000.00 元", "trust reconciled", "kind change up"):
        assert fact in squeezed(ran)
    assert "▶     5  收入比上年增加 【29.00 万元】，增长 10%。" in ran.out
    assert "breaks: claims.change_rate, off by 50,840.00 元 (F-0004 C-0001)" in ran.out


def test_a_rate_is_explained_in_percent(landed: Paths, run: Run) -> None:
    ran = run("explain", "abab-C5N2")
    assert "exact 10 %" in squeezed(ran)
    assert "▶     5  收入比上年增加 29.00 万元，增长 【10%】。" in ran.out


def test_a_decision_about_a_figure_is_shown_with_its_reason(landed: Paths, run: Run) -> None:
    with duckdb.connect(landed.published_file) as connection:
        connection.execute(
            "update reconciliation.amount_trust set corrected_yuan = 2931600 where amount_id = 'abab-L2F1';"
            "insert into reconciliation.int_corrections values ('abab-L2F1', 'the total says so')"
        )
    shown = squeezed(run("explain", "abab-L2F1"))
    assert "corrected 2,931,600.00 元" in shown
    assert "because the total says so" in shown
    assert "corrected by decision" in run("explain", "F-0001").out


def test_what_rounding_explains_is_not_called_wrong(landed: Paths, run: Run) -> None:
    with duckdb.connect(landed.published_file) as connection:
        connection.execute(
            "update reconciliation.int_suspects set is_rounding = true where cell_id = 'abab-001-R1C1';"
            "update marts.fct_findings set severity = 'rounding', cause_id = null where finding_id = 'F-0001'"
        )
    ran = run("explain", "F-0001")
    assert any("each figure may be rounded as it should be" in line for line in squeezed(ran))
    assert "would be exact 293.16" in squeezed(ran)
    assert "【239.16】⇒293.16" in ran.out
    assert "strong" not in ran.out


def test_of_a_paged_document_whose_bytes_are_gone_the_pages_are_named(published: Paths, run: Run) -> None:
    with duckdb.connect(published.published_file) as connection:
        connection.execute("update staging.amounts set page_no = line_no + 10")
    ran = run("explain", "abab-L2F1")
    assert "The printed text cannot be shown" in ran.out
    assert "Of the published document, open page 12." in ran.out


def test_an_explanation_survives_bytes_that_are_gone(published: Paths, run: Run) -> None:
    ran = run("explain", "abab-L2F1")
    assert ran.status == 0
    assert "The printed text cannot be shown" in ran.out


def test_the_beginning_of_an_id_is_enough_while_it_names_one_thing(landed: Paths, run: Run) -> None:
    assert "F-0002" in run("explain", "F-0002").out
    assert "239.16 万元" in run("explain", "abab-L2").out
    ambiguous = run("explain", "abab")
    assert ambiguous.status == 2
    assert "4 things have an id that begins with abab" in ambiguous.err


@pytest.mark.parametrize("identifier", ["nothing", "F-9", "C-9", "abab-C7N1"])
def test_an_unknown_id_is_wrong_usage(published: Paths, run: Run, identifier: str) -> None:
    ran = run("explain", identifier)
    assert (ran.status, ran.out) == (2, "")
    assert f"No amount, claim, finding or cause has the id {identifier}" in ran.err


def test_export_overwrites_only_when_told_to(
    sample_warehouse: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(sample_warehouse))
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


def test_a_file_of_an_older_release_cannot_be_exported(published: Paths, run: Run, tmp_path: Path) -> None:
    ran = run("export", tmp_path / "export")
    assert ran.status == 2
    assert "older release" in ran.err
    assert not (tmp_path / "export").exists()


def test_export_into_a_file_is_wrong_usage(published: Paths, run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    ran = run("export", tmp_path / "file")
    assert (ran.status, "is a file" in ran.err) == (2, True)


def test_status_of_an_empty_warehouse(paths: Paths, run: Run) -> None:
    ran = run("status")
    assert ran.status == 0
    assert "not yet" in ran.out
    assert str(paths.home) in ran.out


@pytest.mark.parametrize(
    ("age", "said"),
    [
        (timedelta(seconds=59), "less than a minute ago"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(hours=23, minutes=59), "23 hours ago"),
        (timedelta(days=2), "2 days ago"),
    ],
)
def test_a_published_version_is_named_with_its_time_and_age(
    published: Paths, run: Run, age: timedelta, said: str
) -> None:
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    with duckdb.connect(published.published_file) as connection:
        connection.execute("create schema meta")
        connection.execute("create table meta.version (version varchar, published_at timestamp)")
        connection.execute("insert into meta.version values ('V1', '2026-03-01 12:00:00')")
    words = version_in_words(published, noon + age)
    assert words == f"version V1 of {noon.astimezone().isoformat(sep=' ')} ({said})"
    assert "version V1 of 2026-0" in run("status").out


def test_a_file_that_an_older_release_published_has_its_time(published: Paths, run: Run) -> None:
    assert "a version without a name of 2" in run("status").out


def test_status_counts_what_waits_for_a_run(landed: Paths, run: Run) -> None:
    ran = run("status")
    lines = [" ".join(line.split()) for line in ran.out.splitlines()]
    assert "landed 2 documents" in lines
    assert "waiting for a run 2 documents" in lines


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


def test_a_setting_that_means_nothing_is_wrong_usage(
    paths: Paths, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VERSIONS_VARIABLE, "none")
    ran = run("status")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"{VERSIONS_VARIABLE} is “none”")


def test_an_unexpected_error_is_said_in_words(published: Paths, run: Run) -> None:
    published.published_file.write_bytes(b"not a database")
    ran = run("sql", "select 1")
    assert ran.status == 1
    assert "not a valid DuckDB database file" in ran.err
    assert "Traceback" not in ran.err


@pytest.fixture
def described(published: Paths) -> Paths:
    """What a publish leaves: the file, and beside it what it is."""
    size = published.published_file.stat().st_size
    told = {"version": "V7", "published_at": "2026-03-01T12:00:00+00:00", "bytes": size}
    published.published_manifest.write_text(json.dumps(told))
    return published


@pytest.mark.parametrize(
    ("arguments", "left_out"),
    [
        (["--help"], {"polars", "duckdb"}),
        (["sql", "select 1"], {"polars"}),
        (["findings"], {"polars"}),
        (["scorecard"], {"polars"}),
        (["status"], {"duckdb"}),
    ],
)
def test_a_command_that_reads_waits_for_no_library_it_does_not_need(
    described: Paths, arguments: list[str], left_out: set[str]
) -> None:
    code = (
        "import sys\n"
        "from orchestration.cli import main\n"
        f"sys.argv = ['disclosures', *{arguments!r}]\n"
        "try:\n    main()\n"
        "except SystemExit as ended:\n    assert not ended.code, ended.code\n"
        f"heavy = {sorted({'dagster', 'dbt', *left_out})!r}\n"
        "assert not (found := set(heavy) & set(sys.modules)), found\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


def test_a_manifest_of_another_file_is_not_believed(described: Paths, run: Run) -> None:
    assert "version V7 of 2" in run("status").out
    with duckdb.connect(described.published_file) as connection:
        connection.execute("create table of_another_version as from range(100_000)")
    assert "a version without a name of 2" in run("status").out
