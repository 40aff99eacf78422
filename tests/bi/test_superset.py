"""The shipped dashboard in the real Superset: what it shows, what it keeps safe, and a publish beneath it."""

from __future__ import annotations

import json
import shutil
import stat
import threading
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.bi.superset.bundle import ASSETS, METADATA, stored_assets
from orchestration.bi.superset.keeping import kept_assets
from orchestration.command.dashboard import exported_dashboard
from orchestration.home.paths import Paths
from tests.bi.conftest import Superset

pytestmark = [pytest.mark.superset, pytest.mark.xdist_group("superset")]

# What the figures of each chart must add up to, asked in another way where the published file has one.
TOTALS = {
    "documents": """
        select count(*) as document_count from marts.dim_document where status = 'read' and not is_template
    """,
    "publishers": "select count(*) as publisher_count from marts.dim_publisher",
    "reconciled_share": """
        select count(*) filter (trust = 'reconciled') / count(*) as reconciled_share
        from staging.amounts inner join reconciliation.amount_trust using (amount_id)
    """,
    "causes_to_correct": """
        select count(distinct cause_id) as cause_count from marts.fct_findings
        where severity in ('discrepancy', 'suspect')
    """,
    "spending_by_publisher_and_year": """
        select sum(total_yuan) / 10000 as total_wan from marts.mart_publisher_year
    """,
    "budget_and_final_accounts": """
        select sum(budget.total_yuan) / 10000 as budget_wan, sum(final.total_yuan) / 10000 as final_wan
        from marts.mart_publisher_year as budget
        inner join marts.mart_publisher_year as final
            using (publisher_name, fiscal_year, document_level)
        where budget.stage = 'budget' and final.stage = 'final_accounts'
    """,
    "composition_of_spending": """
        select
            sum(personnel_yuan) / 10000 as personnel_wan,
            sum(public_operating_yuan) / 10000 as public_operating_wan,
            sum(project_yuan) / 10000 as project_wan
        from marts.mart_publisher_year
    """,
    "three_public": """
        select
            sum(overseas_travel_yuan) / 10000 as overseas_travel_wan,
            sum(official_reception_yuan) / 10000 as official_reception_wan,
            sum(official_vehicles_yuan) / 10000 as official_vehicles_wan
        from marts.mart_publisher_year
        where three_public_yuan is not null
    """,
    "spending_by_function": """
        select sum(amount_yuan) / 10000 as amount_wan
        from marts.mart_function_tree
        where code_level = 1 and document_id in (select document_id from marts.mart_publisher_year)
    """,
    "spending_by_economic_item": """
        with statements as (
            select document_id, spending_kind, leaves_yuan from marts.dim_restatement
            where
                classification = 'economic' and fund = 'general_public' and is_most_detailed
                and document_id in (select document_id from marts.mart_publisher_year)
        )

        select sum(leaves_yuan) / 10000 as amount_wan
        from statements
        where
            spending_kind = 'basic'
            or (
                spending_kind in ('personnel', 'public_operating')
                and document_id not in (select document_id from statements where spending_kind = 'basic')
            )
    """,
    "execution_of_the_budget": """
        select count(*) as rows, sum(budget_yuan) as budget_yuan, sum(final_yuan) as final_yuan
        from marts.mart_budget_vs_final where compared in ('two_documents', 'three_public_form')
    """,
    "trust_of_figures": """
        select
            count(*) filter (trust = 'reconciled') as reconciled,
            count(*) filter (trust = 'unchecked') as unchecked,
            count(*) filter (trust = 'disputed') as disputed,
            count(*) filter (trust = 'quarantined') as quarantined
        from staging.amounts inner join reconciliation.amount_trust using (amount_id)
    """,
    "findings_by_severity": "select count(*) as finding_count from marts.fct_findings",
    "causes": "select count(*) as rows from marts.fct_causes where not is_acknowledged",
    "scorecard": """
        select count(*) as rows, sum(identities_asked) as identities_asked
        from marts.fct_disclosure_scorecard
    """,
    "indicators_by_level": """
        select
            count(*) filter (is_quantitative) as quantified,
            count(*) filter (not is_quantitative) as not_quantified
        from marts.fct_performance_indicators
    """,
    "targets": "select count(*) as rows from marts.fct_performance_indicators",
}


@pytest.fixture(scope="module")
def charts(superset: Superset) -> dict[str, int]:
    """The number of each chart in this Superset, by the name of its file."""
    names = {
        asset["uuid"]: Path(path).stem
        for path, asset in stored_assets().items()
        if path.startswith("charts/")
    }
    return {names[chart["uuid"]]: chart["id"] for chart in superset.client.all_of("chart")}


def test_every_chart_was_imported(charts: dict[str, int]):
    assert charts.keys() == TOTALS.keys()


@pytest.mark.parametrize("name", TOTALS)
def test_a_chart_shows_rows(superset: Superset, charts: dict[str, int], name: str):
    answer = superset.client.get(f"/api/v1/chart/{charts[name]}/data/")

    assert answer.status == 200, answer.body
    assert all(result["data"] for result in answer.body["result"]), answer.body


@pytest.mark.parametrize("name", TOTALS)
def test_the_figures_of_a_chart_add_up_to_what_sql_says(
    superset: Superset, charts: dict[str, int], name: str
):
    rows = _rows_of_chart(superset, charts[name])

    said = {column: _rounded(value) for column, value in _sql(superset, TOTALS[name]).items()}
    assert {column: _total(rows, column) for column in said} == said


def test_a_filter_narrows_the_charts(superset: Superset, charts: dict[str, int]):
    one_year = {"col": "fiscal_year", "op": "IN", "val": [2024]}
    stage = {"col": "stage", "op": "IN", "val": ["budget"]}

    rows = _rows_of_chart(superset, charts["spending_by_publisher_and_year"], one_year, stage)

    expected = """
        select sum(total_yuan) / 10000 as total_wan from marts.mart_publisher_year
        where fiscal_year = 2024 and stage = 'budget'
    """
    assert _total(rows, "total_wan") == _rounded(_sql(superset, expected)["total_wan"])


def test_columns_carry_the_words_of_the_published_file(superset: Superset):
    dataset = next(
        dataset
        for dataset in superset.client.all_of("dataset")
        if dataset["table_name"] == "mart_publisher_year"
    )
    columns = superset.client.get(f"/api/v1/dataset/{dataset['id']}").body["result"]["columns"]

    described = _sql(
        superset,
        """
        select comment from duckdb_columns()
        where schema_name = 'marts' and table_name = 'mart_publisher_year' and column_name = 'total_yuan'
        """,
    )
    (total,) = [column for column in columns if column["column_name"] == "total_yuan"]
    assert (total["verbose_name"], total["description"]) == (
        "支出总计（元） total_yuan",
        described["comment"],
    )


@pytest.mark.parametrize(
    "statement",
    [
        "select * from read_text('/etc/hostname')",
        "select * from read_csv('/etc/passwd')",
        "select * from glob('/etc/*')",
        "attach '/etc/hostname' as other",
        "install httpfs",
        "set enable_external_access = true",
        "copy (select 1) to '{folder}/written.csv'",
        "create table marts.written as select 1",
        "insert into marts.dim_form select * from marts.dim_form",
        "delete from marts.dim_form",
        "drop table marts.dim_form",
    ],
)
def test_a_query_reads_nothing_else_and_writes_nothing(superset: Superset, tmp_path: Path, statement: str):
    before = superset.published_file.read_bytes()

    answer = _ask(superset, statement.format(folder=tmp_path))

    assert answer.status >= 400, answer.body
    assert superset.published_file.read_bytes() == before
    assert list(tmp_path.iterdir()) == []


def test_a_query_reads_the_published_file(superset: Superset):
    answer = _ask(superset, "select count(*) as documents from marts.dim_document")

    assert answer.status == 200, answer.body
    assert answer.body["data"] == [_sql(superset, "select count(*) as documents from marts.dim_document")]


def test_queries_go_on_while_the_file_is_replaced(superset: Superset, charts: dict[str, int], tmp_path: Path):
    documents = _sql(superset, TOTALS["documents"])["document_count"]
    versions = list(_versions(superset.published_file, tmp_path, count=6))
    as_it_was = shutil.copyfile(superset.published_file, tmp_path / "as-it-was.duckdb")
    answers: list[Any] = []
    published_all = threading.Event()

    def ask_without_end() -> None:
        while not published_all.is_set():
            answers.append(superset.client.get(f"/api/v1/chart/{charts['documents']}/data/"))

    readers = [threading.Thread(target=ask_without_end) for _ in range(3)]
    for reader in readers:
        reader.start()
    try:
        for number, (file, _) in enumerate(versions, start=1):
            while len(answers) < 4 * number and any(reader.is_alive() for reader in readers):
                threading.Event().wait(0.05)
            file.replace(superset.published_file)
    finally:
        published_all.set()
        for reader in readers:
            reader.join()

    assert {answer.status for answer in answers} == {200}
    counts = [answer.body["result"][0]["data"][0]["document_count"] for answer in answers]
    assert set(counts) <= {documents, *(count for _, count in versions)}
    assert len(set(counts)) > 2, "the file was not replaced while queries were asked"
    last = superset.client.get(f"/api/v1/chart/{charts['documents']}/data/")
    as_it_was.replace(superset.published_file)
    assert last.body["result"][0]["data"] == [{"document_count": versions[-1][1]}]


def test_what_superset_exports_is_what_is_kept(superset: Superset):
    exported = exported_dashboard(Paths(superset.home, ()))

    files = {
        path.relative_to(ASSETS).as_posix(): path.read_text(encoding="utf-8")
        for path in ASSETS.rglob("*.yaml")
    }
    del files[METADATA]
    assert kept_assets(exported, stored_assets()) == files


def test_only_the_owner_can_read_the_key_and_the_accounts(superset: Superset):
    folder = superset.home / "superset"

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "secret_key").stat().st_mode) == 0o600


def _rows_of_chart(superset: Superset, chart: int, *filters: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows that a chart draws, before they are pivoted or turned into shares."""
    saved = superset.client.get(f"/api/v1/chart/{chart}").body["result"]["query_context"]
    context = json.loads(saved)
    for query in context["queries"]:
        query["post_processing"] = []
        query["filters"] = [*query["filters"], *filters]
    answer = superset.client.post("/api/v1/chart/data", context)
    assert answer.status == 200, answer.body
    return list(answer.body["result"][0]["data"])


def _total(rows: list[dict[str, Any]], column: str) -> Decimal:
    if column == "rows":
        return _rounded(len(rows))
    return _rounded(sum(Decimal(str(row[column])) for row in rows if row[column] is not None))


def _rounded(value: Any) -> Decimal:
    """To a hundredth of a yuan in 万元: an answer in JSON is a float."""
    return Decimal(str(value)).quantize(Decimal("0.000001"))


def _sql(superset: Superset, query: str) -> dict[str, Any]:
    """The one row of a query of the published file."""
    with closing(duckdb.connect(superset.published_file, read_only=True)) as connection:
        cursor = connection.execute(query)
        names = [column[0] for column in cursor.description or []]
        (row,) = cursor.fetchall()
        return dict(zip(names, row, strict=True))


def _ask(superset: Superset, statement: str) -> Any:
    """Ask it in SQL Lab."""
    (database,) = superset.client.all_of("database")
    question = {"database_id": database["id"], "sql": statement, "runAsync": False}
    return superset.client.post("/api/v1/sqllab/execute/", question)


def _versions(published_file: Path, folder: Path, count: int) -> Iterator[tuple[Path, int]]:
    """Files to publish, each with one document fewer than the one before, and how many documents it has."""
    before = published_file
    for number in range(count):
        file = folder / f"version-{number}.duckdb"
        shutil.copyfile(before, file)  # not that it is read-only
        with closing(duckdb.connect(file)) as connection:
            connection.execute(
                """
                delete from marts.fct_disclosure_scorecard
                where document_id = (select min(document_id) from marts.fct_disclosure_scorecard)
                """
            )
            (documents,) = connection.execute(
                "select count(*) from marts.fct_disclosure_scorecard"
            ).fetchall()
        yield file, documents[0]
        before = file
