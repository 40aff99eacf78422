"""What a cause rests on: each place once, with its role, its printed text and what it should say."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from orchestration.direct.reading import NamedBytes, stage_bytes
from orchestration.direct.warehouse import built
from tests.typesetting.samples import SAMPLES
from tests.warehouse.whole_disclosure import whole


def pieces(*texts: str) -> list[tuple[str, str | None, str | None, int | None]]:
    """Role, printed text, text that is meant, and line, of what is a discrepancy."""
    files = [NamedBytes(f"{number}.txt", text.encode()) for number, text in enumerate(texts)]
    with built(stage_bytes(files), ["fct_causes", "evidence"]) as connection:
        return connection.execute(
            """
            select evidence.role, evidence.printed_text, evidence.meant_text, evidence.line_no
            from reconciliation.evidence as evidence
            inner join marts.fct_causes as causes using (cause_id)
            where causes.severity = 'discrepancy'
            order by evidence.line_no, evidence.field_no
            """
        ).fetchall()


def altered(before: str, after: str) -> str:
    text = whole()
    assert text.count(before) == 1, before
    return text.replace(before, after)


def line_of(text: str, begins: str) -> int:
    return next(number for number, line in enumerate(text.split("\n"), 1) if line.startswith(begins))


def test_a_whole_disclosure_has_no_cause_and_no_evidence_of_one() -> None:
    assert pieces(whole()) == []


def test_the_figure_that_is_wrong_is_the_suspect_and_says_what_is_meant() -> None:
    text = altered("公务接待费\t2.00\t1.00", "公务接待费\t2.00\t7.00")
    found = pieces(text)
    suspects = [(printed, meant, line) for role, printed, meant, line in found if role == "suspect"]
    assert suspects == [("7.00", "1.00", line_of(text, "公务接待费\t"))]
    roles = {printed: role for role, printed, _, _ in found}
    assert roles["5.00"] == "total"
    assert roles["4.00"] == "part"


def test_what_states_the_same_figure_confirms_it() -> None:
    text = altered("“三公”经费支出决算5.00万元", "“三公”经费支出决算5.60万元")
    roles = {(role, printed) for role, printed, _, _ in pieces(text)}
    assert ("suspect", "5.60万元") in roles
    assert ("confirms", "5.00") in roles


@pytest.fixture(scope="module")
def samples() -> Iterator[duckdb.DuckDBPyConnection]:
    files = [NamedBytes(path.name, path.read_bytes()) for path in sorted(SAMPLES.glob("*.txt"))]
    with built(stage_bytes(files), ["fct_findings", "fct_causes", "evidence"]) as connection:
        yield connection


def test_every_finding_of_the_samples_has_evidence_and_every_cause_one_suspect(
    samples: duckdb.DuckDBPyConnection,
) -> None:
    (findings,) = samples.execute("select count(*) from marts.fct_findings").fetchone() or (0,)
    without = samples.execute(
        """
        select rule_id from marts.fct_findings
        where finding_id not in (select unnest(finding_ids) from reconciliation.evidence) and places != []
        """
    ).fetchall()
    assert (findings > 20, without) == (True, [])
    unsuspected = samples.execute(
        """
        select cause_id from marts.fct_causes
        where cause_kind = 'figure' and cause_id not in (
            select cause_id from reconciliation.evidence where role = 'suspect' and cause_id is not null
        )
        """
    ).fetchall()
    assert unsuspected == []


def test_each_place_of_a_cause_is_one_piece(samples: duckdb.DuckDBPyConnection) -> None:
    twice = samples.execute(
        """
        select cause_id, line_no, field_no, amount_id, count(*) from reconciliation.evidence
        where cause_id is not null
        group by all having count(*) > 1
        """
    ).fetchall()
    assert twice == []
