"""The mutation bench makes one change at a time, and counts what was noticed of it."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.landing import content_id
from tests.benchmarks.mutations.changes import (
    FIGURE_CHANGES,
    NotPossibleError,
    change_cell,
    change_unit,
    double_digit,
    drop_digit,
    drop_row,
    flip_digit,
    move_point,
    number_in,
    shift_row,
    swap_digits,
    value,
)
from tests.benchmarks.mutations.drawing import (
    WEIGHTS,
    Cell,
    Change,
    Disclosure,
    Mutant,
    mutants,
    read_disclosures,
)
from tests.benchmarks.mutations.scoring import score

SAMPLES = Path(__file__).parents[2] / "warehouse" / "samples"

printed_numbers = st.builds(
    lambda number, places, grouped: f"{number:,.{places}f}" if grouped else f"{number:.{places}f}",
    st.decimals(min_value=0, max_value=10**9, places=2),
    st.integers(0, 4),
    st.booleans(),
)
cells_of_text = st.text(st.characters(exclude_characters="\t\n\r", exclude_categories=["N", "P", "C"]))


# Changes of a figure ---------------------------------------------------------


def test_a_digit_is_flipped_to_every_other():
    assert flip_digit("4.0") == [
        *("0.0", "1.0", "2.0", "3.0", "5.0", "6.0", "7.0", "8.0", "9.0"),
        *("4.1", "4.2", "4.3", "4.4", "4.5", "4.6", "4.7", "4.8", "4.9"),
    ]


@pytest.mark.parametrize(
    ("change", "before", "after"),
    [
        (swap_digits, "12.34", ["21.34", "13.24", "12.43"]),
        (swap_digits, "11.00", ["10.10"]),
        (swap_digits, "1,200", ["2,100", "1,020"]),
        (swap_digits, "10", []),  # 01 is no number that anyone prints
        (move_point, "12.34", ["1.234", "123.4"]),
        (move_point, "5.5", ["0.55", "55"]),
        (move_point, "0.50", ["0.050", "5.0"]),
        (move_point, "1,234.00", ["123.400", "12,340.0"]),
        (move_point, "123", []),
        (move_point, "0.00", []),
        (drop_digit, "12.34", ["2.34", "1.34", "12.4", "12.3"]),
        (drop_digit, "12.50", ["2.50", "1.50", "12.0"]),  # 12.5 is the same amount
        (drop_digit, "1,234", ["234", "134", "124", "123"]),
        (drop_digit, "7", []),
        (double_digit, "12.3", ["112.3", "122.3", "12.33"]),
        (double_digit, "1.0", ["11.0"]),  # 1.00 is the same amount
        (double_digit, "0.00", []),
    ],
)
def test_a_slip_makes_these_of_a_number(change, before, after):
    assert change(before) == after


@given(st.sampled_from(sorted(FIGURE_CHANGES)), printed_numbers)
def test_a_slip_always_changes_the_amount(kind, number):
    for changed in FIGURE_CHANGES[kind](number):
        assert value(changed) != value(number)
        assert number_in(changed) == changed
        assert number_in(f"{changed} 万") == changed


@pytest.mark.parametrize(
    ("cell", "number"), [("28 万", "28"), ("(1,234.50)", "1,234.50"), ("-", None), ("3 个 12.5", None)]
)
def test_a_cell_has_one_number_or_none(cell, number):
    assert number_in(cell) == number


# Changes of a text -----------------------------------------------------------

FORM = [
    "单位：万元",
    "科目\t合计\t基本支出\t项目支出",
    "教育支出\t3.00\t1.00\t2.00",
    "住房公积金\t4.00\t4.00\t",
    "合计\t7.00\t5.00\t2.00\r",
]


@given(
    st.lists(st.lists(cells_of_text, min_size=1, max_size=4), min_size=1, max_size=4),
    st.sampled_from(sorted(FIGURE_CHANGES)),
    printed_numbers,
    st.data(),
)
def test_exactly_one_cell_differs(rows, kind, number, data):
    line_no = data.draw(st.integers(1, len(rows)))
    field_no = data.draw(st.integers(0, len(rows[line_no - 1]) - 1))
    rows[line_no - 1][field_no] += number
    lines = ["\t".join(row) for row in rows]
    for changed in FIGURE_CHANGES[kind](number):
        rows[line_no - 1][field_no] = rows[line_no - 1][field_no].replace(number, changed)
        assert change_cell(lines, line_no, field_no, number, changed) == ["\t".join(row) for row in rows]
        rows[line_no - 1][field_no] = rows[line_no - 1][field_no].replace(changed, number)


def test_what_stands_around_a_number_stays():
    assert change_cell(["出国费\t 28 万 \r"], 1, 1, "28", "82") == ["出国费\t 82 万 \r"]


def test_a_dropped_row_is_gone():
    assert drop_row(FORM, 4) == [*FORM[:3], FORM[4]]


def test_a_row_moves_into_a_blank_field_to_its_right():
    assert shift_row(FORM, 4, [1, 2], to_right=True)[3] == "住房公积金\t\t4.00\t4.00"


def test_a_row_without_a_blank_field_gets_longer():
    assert shift_row(FORM, 5, [1, 2, 3], to_right=True)[4] == "合计\t\t7.00\t5.00\t2.00\r"


def test_a_row_moves_into_a_blank_field_to_its_left():
    assert shift_row(["合计\t\t7.00\t\t2.00"], 1, [2, 4], to_right=False) == ["合计\t7.00\t\t2.00\t"]


def test_a_row_does_not_move_over_its_label():
    with pytest.raises(NotPossibleError):
        shift_row(FORM, 3, [1, 2, 3], to_right=False)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("单位：万元", "单位：元"),
        ("金额单位: 元", "金额单位: 万元"),
        ("编制单位：甲局\t\t单位：人民币万元", "编制单位：甲局\t\t单位：人民币元"),
    ],
)
def test_a_caption_states_the_other_unit(before, after):
    assert change_unit([before], 1) == [after]


def test_only_a_caption_states_a_unit():
    with pytest.raises(NotPossibleError):
        change_unit(["支出 12 万元。"], 1)


# Draws -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def samples() -> list[Disclosure]:
    return read_disclosures([SAMPLES])


def test_draws_are_different_mutants_of_every_form_and_kind(samples):
    drawn = list(mutants(samples, 500, seed=1))
    assert len({mutant.data for mutant in drawn}) == len(drawn) == 500
    assert {mutant.change.cells[0].form_key for mutant in drawn} == {
        cell.form_key for sample in samples for cell in sample.cells
    }
    kinds = Counter(mutant.change.kind for mutant in drawn)
    assert kinds.keys() == WEIGHTS.keys()
    assert 0.4 < kinds["flip_digit"] / 500 < 0.65


def test_no_row_or_unit_of_zeros_is_changed(samples):
    for mutant in mutants(samples, 300, seed=2):
        assert any(value(cell.number) for cell in mutant.change.cells) or mutant.change.kind in FIGURE_CHANGES


def test_the_same_seed_draws_the_same_mutants(samples):
    once, again, other = ([mutant.data for mutant in mutants(samples, 50, seed)] for seed in (1, 1, 2))
    assert once == again
    assert once != other


def test_a_figure_is_changed_on_its_own_line_alone(samples):
    for mutant in mutants(samples, 300, seed=3):
        lines, changed = mutant.original.text.split("\n"), mutant.change.lines
        touched = {cell.line_no for cell in mutant.change.cells}
        match mutant.change.kind:
            case "drop_row":
                assert len(changed) == len(lines) - 1
            case "change_unit":
                assert _differing(lines, changed) == {mutant.change.line_no}
            case _:
                assert _differing(lines, changed) == touched


def _differing(lines: list[str], changed: list[str]) -> set[int]:
    pairs = enumerate(zip(lines, changed, strict=True), start=1)
    return {line_no for line_no, (before, after) in pairs if before != after}


# Scores ----------------------------------------------------------------------

ORIGINAL = Disclosure("form.txt", "\n".join(FORM), (), {})
EDUCATION = Cell(3, 1, "3.00", "form", "budget_expenditure", 0)


def mutant(kind: str, cell: Cell, lines: list[str]) -> Mutant:
    after = "dropped" if kind == "drop_row" else "8.00"
    change = Change(kind, cell.line_no, cell.field_no, cell.number, after, (cell,), lines)
    return Mutant(ORIGINAL, change, "\n".join(lines).encode())


class BuildFile:
    """A build file with only the tables that scores are made of."""

    def __init__(self, path: Path, documents: list[bytes]) -> None:
        self.path = path
        self.connection = duckdb.connect(path)
        self.connection.execute("""
            create schema staging; create schema reconciliation; create schema marts;
            create table staging.amounts (amount_id text, document_id text, line_no bigint, field_no bigint);
            create table reconciliation.int_identity_terms (identity_id text, amount_id text);
            create table reconciliation.identity_results
                (identity_id text, rule_id text, document_id text, outcome text);
            create table marts.fct_findings (
                finding_id text, document_id text, identity_id text, rule_id text, severity text,
                places bigint[], residual_yuan decimal(20, 2), suspected_amount_id text, suggested_text text
            )
        """)
        for data in documents:
            identifier = content_id(data)
            amount = f"{identifier[:16]}-L3F1"
            self.connection.execute("insert into staging.amounts values (?, ?, 3, 1)", [amount, identifier])
            self.connection.execute(
                "insert into reconciliation.int_identity_terms values (?, ?)", [identifier, amount]
            )
            self.connection.execute(
                "insert into reconciliation.identity_results values (?, 'row', ?, 'holds')",
                [identifier, identifier],
            )

    def finding(
        self,
        data: bytes,
        rule_id: str,
        places: list[int],
        *,
        residual: str | None = None,
        suspect: str | None = None,
        suggested: str | None = None,
        severity: str = "discrepancy",
    ) -> None:
        identifier = content_id(data)
        self.connection.execute(
            "insert into marts.fct_findings values ('F', ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                identifier,
                residual and f"{rule_id}:{identifier[:16]}-001|{identifier}",
                rule_id,
                severity,
                places,
                residual and Decimal(residual),
                suspect and f"{identifier[:16]}-{suspect}",
                suggested,
            ],
        )

    def score(self, mutated: Mutant) -> dict[str, object]:
        self.connection.close()
        return score(self.path, [mutated]).row(0, named=True)


@pytest.fixture
def flipped() -> Mutant:
    return mutant("flip_digit", EDUCATION, change_cell(FORM, 3, 1, "3.00", "8.00"))


@pytest.fixture
def built(tmp_path: Path, flipped: Mutant) -> BuildFile:
    return BuildFile(tmp_path / "warehouse.duckdb", [ORIGINAL.data, flipped.data])


def test_the_findings_of_the_original_are_not_the_mutant_s(built, flipped):
    for data in (ORIGINAL.data, flipped.data):
        built.finding(data, "row.total", [4], residual="1.00")
        built.finding(data, "form.unit_missing", [1])
    scored = built.score(flipped)
    assert (scored["noticed"], scored["localised"], scored["repaired"]) == (False, False, None)
    assert scored["in_identity"]


def test_a_break_that_suspects_the_cell_and_its_number_is_a_repair(built, flipped):
    built.finding(flipped.data, "row.total", [3], residual="5.00", suspect="L3F1", suggested="3")
    scored = built.score(flipped)
    assert scored["noticed"]
    assert scored["noticed_gravely"]
    assert (scored["localised"], scored["repaired"]) == (True, True)
    assert scored["new_rules"] == ["row.total"]


def test_another_number_is_no_repair(built, flipped):
    built.finding(flipped.data, "row.total", [3], residual="5.00", suspect="L3F1", suggested="4")
    scored = built.score(flipped)
    assert (scored["localised"], scored["repaired"]) == (True, False)


def test_a_suspected_neighbour_is_a_miss(built, flipped):
    built.finding(flipped.data, "row.total", [3], residual="5.00", suspect="L3F2", suggested="3")
    scored = built.score(flipped)
    assert (scored["noticed"], scored["localised"]) == (True, False)


def test_a_note_is_noticed_but_not_grave(built, flipped):
    built.finding(flipped.data, "cell.odd_precision", [3], severity="note")
    scored = built.score(flipped)
    assert (scored["noticed"], scored["noticed_gravely"]) == (True, False)


def test_a_finding_that_is_gone_is_noticed(built, flipped):
    built.finding(ORIGINAL.data, "row.total", [3], residual="1.00")
    assert built.score(flipped)["noticed"]


def test_lines_below_a_dropped_row_are_the_same_places(tmp_path):
    dropped = mutant("drop_row", EDUCATION, drop_row(FORM, 3))
    built = BuildFile(tmp_path / "warehouse.duckdb", [ORIGINAL.data, dropped.data])
    built.finding(ORIGINAL.data, "form.cells_rejected", [2, 3, 5], severity="note")
    built.finding(dropped.data, "form.cells_rejected", [2, 4], severity="note")
    assert not built.score(dropped)["noticed"]


def test_a_finding_beside_a_dropped_row_is_about_it(tmp_path):
    dropped = mutant("drop_row", EDUCATION, drop_row(FORM, 3))
    built = BuildFile(tmp_path / "warehouse.duckdb", [ORIGINAL.data, dropped.data])
    built.finding(dropped.data, "column.total", [3], residual="3.00")
    scored = built.score(dropped)
    assert (scored["noticed_gravely"], scored["localised"], scored["repaired"]) == (True, True, None)
