"""Real disclosures held against the rules: what was found in their raw text, beside what comes out.

``golden/inspection.csv`` has, of the five texts and ten PDFs, the rules that they were read for: which forms
are printed, which chapters there are, procurement and its small firms, the day of the assets, blank forms,
contents against body, numbers of forms, the cover. Read once, in plain extracts of the files, by who wrote
the rules and knew what comes out; what was too long to be read for (codes, changes, counts) is not in it.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from orchestration.direct.reading import read_files
from orchestration.direct.warehouse import built

pytestmark = [pytest.mark.end_to_end, pytest.mark.xdist_group("real inspection")]

READ = Path(__file__).parent / "golden" / "inspection.csv"
# (file, rule): why it is not as it was read
DIFFERENCES = {
    (
        "000_968a4590931fbfcf.txt",
        "prose.agency_operating",
    ): "公用经费 is explained instead, which leaves it open",
    ("002_e16550085fe66be4.txt", "procurement.parts"): "the sum has no unit, so that it is no money",
    (
        "npc-office-2018-budget.pdf",
        "blank.printed",
    ): "a line of the prose is taken for a grid, which leaves it open",
    ("npc-office-2018-budget.pdf", "contents.body"): "the same",
    ("npc-office-2018-budget.pdf", "numbering.forms"): "the same",
    ("npc-office-2019-budget-prose.pdf", "procurement.parts"): "a form of procurement may have the works",
    (
        "putuo-commerce-2025-budget-department.pdf",
        "contents.body",
    ): "the chapter is there under its projects' names",
}
_SAME = {"remark": "not_met"}  # what was not verified is not met, and only a remark


def as_read() -> dict[tuple[str, str], str]:
    with READ.open(encoding="utf-8") as file:
        return {
            (row["file_name"], rule): row["read"]
            for row in csv.DictReader(file)
            for rule in row["rules"].split()
        }


def test_what_comes_out_is_what_was_read_but_for_what_is_listed(corpus: Path) -> None:
    files = [*sorted((corpus / "text").glob("*.txt")), *sorted((corpus / "pdf").rglob("*.pdf"))]
    with built(read_files(files), ["fct_disclosure_checks"]) as connection:
        rows = connection.execute(
            "select file_name, rule_id, outcome from marts.fct_disclosure_checks"
        ).fetchall()
    told = {(name, rule): _SAME.get(outcome, outcome) for name, rule, outcome in rows}
    read = as_read()
    differing = {key for key, outcome in read.items() if told[key] != outcome}
    assert differing == set(DIFFERENCES)
    assert len(read) > 300
    assert len(differing) / len(read) < 0.05
