"""Leave one family out: rows that nothing else matches are lost, and the family is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.folding import fold
from extract.forms.titles import read_title
from extract.vocabulary import load_vocabulary
from tests.benchmarks.families.__main__ import first_contact, matched_by_family
from tests.benchmarks.families.firing import Row, noting
from tests.benchmarks.families.members import FAMILIES, Header, Title
from tests.benchmarks.families.reading_families import rows_matched
from tests.benchmarks.families.tables import TABLES, rows_of, write_without

TYPESET = ("central", "situation")  # both are budgets: what one is called, the other teaches
NOBODY = Path("no", "corpus")


def test_what_a_title_and_a_header_match_is_recorded_and_nothing_else() -> None:
    title = Title("表3 财政拨款支出预算明细表", "budget")
    matched = rows_matched([], [], [title], [Header("收入预算表", ("本年收入", "事业收入"))])
    assert {
        ("title_words", "财政拨款"),
        ("title_words", "支出"),
        ("header_words", "", "事业收入"),
    } <= matched
    assert not {("title_words", "决算"), ("header_words", "", "经营收入")} & matched
    assert {row[0] for row in matched} <= set(TABLES)


def test_evidence_counts_for_the_forms_that_are_there() -> None:
    fired = noting().fired
    fired.weighed = {
        ("form_evidence", "budget_revenue", "side", "revenue"),
        ("form_evidence", "other", "", ""),
    }
    fired.note_forms(["budget_revenue", None])
    assert fired.rows == {("form_evidence", "budget_revenue", "side", "revenue")}


def test_a_word_of_totals_is_recorded_where_a_label_needs_it() -> None:
    fired = noting().fired
    fired.note_labels(
        ["本年收入合计", "教育支出"], {"本年": "current", "收入": "flow", "合计": "total", "总计": "total"}
    )
    assert fired.rows == {("row_words", "本年"), ("row_words", "收入"), ("row_words", "合计")}


def test_a_row_that_nothing_matches_is_gone_and_a_value_of_evidence_with_it(tmp_path: Path) -> None:
    lost: set[Row] = {
        *((("title_words", word)) for word in ("三公", "三公经费")),
        ("form_evidence", "budget_revenue_expenditure_summary", "side", "economic"),
    }
    counts = write_without(lambda row: row in lost, tmp_path / "vocabulary")
    assert counts["title_words"][0] == 2
    assert counts["header_words"][0] == 0
    without = load_vocabulary(tmp_path / "vocabulary")
    title = fold("“三公”经费支出表")
    assert read_title(title, load_vocabulary(), "budget").subject == "three_public"
    assert read_title(title, without, "budget").subject is None
    values = {
        value
        for row in rows_of("form_evidence", tmp_path / "vocabulary")
        if row["form_key"] == "budget_revenue_expenditure_summary" and row["kind"] == "side"
        for value in row["value"].split("|")
    }
    assert "economic" not in values
    assert "expenditure_kind" in values


@pytest.fixture(scope="module")
def matched() -> dict[str, frozenset[Row]]:
    return matched_by_family(NOBODY, ["text"])


@pytest.mark.parametrize("family", TYPESET)
def test_a_family_is_read_by_what_other_families_teach(
    family: str, matched: dict[str, frozenset[Row]]
) -> None:
    score, counts = first_contact(family, matched, NOBODY, ["text"])
    assert family in FAMILIES
    assert sum(lost for lost, _ in counts.values()) > 500
    assert score.read >= 0.98 * score.cells > 500
    forms = score.right + score.open + score.wrong
    assert score.right >= 0.7 * forms > 20
    assert score.wrong <= 0.005 * forms
