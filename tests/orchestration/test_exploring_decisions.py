"""A decision on a page is a row of the home's decisions, and is undone as easily."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import duckdb
import pytest
from starlette.testclient import TestClient

from orchestration.exploring.decision_files import COLUMNS, Decision, DecisionFileError, DecisionFiles
from orchestration.exploring.wording import own_words
from orchestration.home.paths import DBT_PROJECT
from orchestration.reports.words import Language
from tests.orchestration.explored import client_of

WORDS = own_words(Language.ZH)
WHY = {"reason": "见表三", "decided_by": "王读者"}
CAUSE = """
    select cause_id, suspected_amount_id, suggested_text, identities_broken from marts.fct_causes
    where severity = 'discrepancy' and suspected_amount_id not like '%-C%' and evidence = 'several'
    order by cause_id limit 1
"""
KNOWN_BREAKS = """
    select document_id, rule_id,
        array_to_string([term.amount_text for term in terms if term.amount_text is not null], '|'),
        residual_yuan
    from reconciliation.identity_results
    where identity_id in (select identity_id from marts.fct_findings where cause_id = $cause)
"""


@pytest.fixture
def client(sample_warehouse: Path, tmp_path: Path) -> TestClient:
    return client_of(sample_warehouse, tmp_path)


@pytest.fixture
def cause(sample_warehouse: Path) -> tuple[str, str, str, int]:
    with duckdb.connect(sample_warehouse / "disclosures.duckdb", read_only=True) as connection:
        found: tuple[str, str, str, int] = connection.sql(CAUSE).fetchall()[0]
    return found


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return [*csv.DictReader(opened)]


def test_a_suggestion_is_accepted_as_a_correction_of_what_is_printed(
    client: TestClient, cause: tuple[str, str, str, int], tmp_path: Path, sample_warehouse: Path
) -> None:
    cause_id, figure, suggested, _ = cause
    sent = {"about": cause_id, "what": "corrections", "corrected_text": suggested, **WHY}
    answer = client.post("/decisions", data=sent)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/causes/{cause_id}")
    (row,) = rows_of(tmp_path / "corrections.csv")
    with duckdb.connect(sample_warehouse / "disclosures.duckdb", read_only=True) as connection:
        printed = connection.execute(
            "select document_id, line_no::varchar, field_no::varchar, amount_text from staging.amounts "
            "where amount_id = ?",
            [figure],
        ).fetchone()
    assert (row["document_id"], row["line_no"], row["field_no"], row["printed_text"]) == printed
    assert (row["corrected_text"], row["reason"], row["decided_by"]) == (suggested, "见表三", "王读者")
    page = client.get(f"/causes/{cause_id}").text
    assert WORDS["decided"] in page
    assert "见表三" in client.get("/decisions").text


def test_a_cause_is_dismissed_by_acknowledging_each_break(
    client: TestClient, cause: tuple[str, str, str, int], tmp_path: Path, sample_warehouse: Path
) -> None:
    cause_id, _, _, broken = cause
    client.post("/decisions", data={"about": cause_id, "what": "acknowledgements", **WHY})
    rows = rows_of(tmp_path / "acknowledgements.csv")
    assert len(rows) == broken
    with duckdb.connect(sample_warehouse / "disclosures.duckdb", read_only=True) as connection:
        breaks = connection.execute(KNOWN_BREAKS, {"cause": cause_id}).fetchall()
    names = ("document_id", "rule_id", "printed_texts", "residual_yuan")
    assert sorted(tuple(row[name] for name in names) for row in rows) == sorted(
        tuple(map(str, row)) for row in breaks
    )


def test_a_decision_is_undone_where_it_was_taken(
    client: TestClient, cause: tuple[str, str, str, int], tmp_path: Path
) -> None:
    sent = {"about": cause[0], "what": "acknowledgements", **WHY}
    client.post("/decisions", data=sent)
    page = client.get(f"/causes/{cause[0]}").text
    (keys,) = re.findall(r'name="keys" value="([^"]+)"', page)
    answer = client.post("/decisions/undo", data={"keys": keys, "next": f"/causes/{cause[0]}"})
    assert answer.headers["location"] == f"/causes/{cause[0]}"
    assert rows_of(tmp_path / "acknowledgements.csv") == []
    elsewhere = client.post("/decisions/undo", data={"keys": keys, "next": "//elsewhere.example/"})
    assert elsewhere.headers["location"] == "/decisions"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"reason": " "}, "refused_reason"),
        ({"decided_by": ""}, "refused_reason"),
        ({"corrected_text": "about three"}, "refused_number"),
        ({"corrected_unit": "dollars"}, "refused_number"),
        ({"what": "nothing"}, "refused_nothing"),
    ],
)
def test_what_is_incomplete_is_refused_in_words(
    client: TestClient, cause: tuple[str, str, str, int], change: dict[str, str], said: str, tmp_path: Path
) -> None:
    sent = {"about": cause[0], "what": "corrections", "corrected_text": "1.00", **WHY, **change}
    answer = client.post("/decisions", data=sent)
    assert answer.status_code == 400
    assert WORDS[said] in answer.text
    assert not (tmp_path / "corrections.csv").exists()


def test_a_reason_is_one_line_and_no_formula(
    client: TestClient, cause: tuple[str, str, str, int], tmp_path: Path
) -> None:
    reason = '=cmd|calc\r\nsecond "line", and more'
    sent = {"about": cause[0], "what": "acknowledgements", **WHY, "reason": reason}
    client.post("/decisions", data=sent)
    assert {row["reason"] for row in rows_of(tmp_path / "acknowledgements.csv")} == {
        'cmd|calc second "line", and more'
    }


def test_the_files_are_those_that_the_project_reads() -> None:
    for table, columns in COLUMNS.items():
        assert (DBT_PROJECT / "seeds" / "decisions" / f"{table}.csv").read_text(
            encoding="utf-8"
        ).splitlines()[0] == ",".join(columns)


def test_rows_of_others_stay_and_another_decision_takes_the_place_of_the_first(tmp_path: Path) -> None:
    files = DecisionFiles(tmp_path)

    def known(document: str, reason: str) -> Decision:
        said = {"document_id": document, "reason": reason}
        return Decision(
            "acknowledgements", {name: said.get(name, "x") for name in COLUMNS["acknowledgements"]}
        )

    files.decide([known("a", "first"), known("b", "of others")])
    files.decide([known("a", "second")])
    assert [(each.row["document_id"], each.row["reason"]) for each in files.all()] == [
        ("b", "of others"),
        ("a", "second"),
    ]


def test_a_file_of_another_form_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "corrections.csv").write_text("what,why\n1,2\n", encoding="utf-8")
    with pytest.raises(DecisionFileError, match="other columns"):
        DecisionFiles(tmp_path).all()
    assert (tmp_path / "corrections.csv").read_text(encoding="utf-8") == "what,why\n1,2\n"
