"""The form lottery: what it draws is consistent, is what it says, and knows nothing of the reader."""

from __future__ import annotations

import ast
import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from tests.benchmarks import lottery
from tests.benchmarks.lottery.drawing import DrawnSet, begun, draw_set, draw_sets
from tests.benchmarks.lottery.families import FAMILIES, forms_of
from tests.benchmarks.lottery.findings import score_findings
from tests.benchmarks.lottery.look import Look, printed
from tests.benchmarks.lottery.matching import matched
from tests.benchmarks.lottery.national import national_sets
from tests.benchmarks.lottery.printing import print_set
from tests.benchmarks.lottery.slips import with_another_digit
from tests.benchmarks.lottery.truth import CellTruth, FormTruth, SetTruth, broken
from tests.benchmarks.lottery.wording import words
from tests.typesetting.content import Break, Paragraph, Table

FOLDER = Path(lottery.__file__).parent
READS = {"reading_sets.py"}
RECONCILES = {"reconciling.py"}
"""The one module that has the reader under test read."""
SETS = 40

FORMS = {
    "agency_operating", "balance_list", "economic_list", "economic_sides", "expenditure_list",
    "fiscal_summary", "fiscal_summary_outlined", "function_list", "function_list_detail", "groups_left",
    "matrix", "procurement_outline", "projects", "projects_by_source", "revenue_list_by_function",
    "revenue_list_by_unit", "single_row", "summary_of_1_amounts", "summary_of_3_amounts",
    "summary_of_three_sides", "three_public_1_versions_with_more", "three_public_2_versions",
    "three_public_2_versions_with_more", "three_public_vertical", "three_public_vertical_with_change",
    "three_public_vertical_with_counts", "three_public_vertical_with_counts_with_change", "years_list",
}  # fmt: skip


@pytest.fixture(scope="module")
def sets() -> list[DrawnSet]:
    return list(draw_sets(1, SETS))


def test_the_generator_imports_nothing_of_the_reader_and_names_no_seeds() -> None:
    modules = sorted(FOLDER.glob("*.py"))
    assert len(modules) > 20
    for path in modules:
        source = path.read_text(encoding="utf-8")
        names = {name.partition(".")[0] for name in _imports(source)}
        assert "dbt_project" not in names, path.name
        assert "orchestration" not in names or path.name in RECONCILES, path.name
        assert "extract" not in names or path.name in READS, path.name
        assert not re.search(r"seeds|vocabulary/|column_headers|form_titles", source), path.name


def test_drawing_and_printing_a_set_loads_no_module_of_the_reader() -> None:
    program = (
        "import sys\n"
        "from tests.benchmarks.lottery.drawing import draw_set\n"
        "from tests.benchmarks.lottery.printing import print_set\n"
        "assert print_set(draw_set(1, 1)).data\n"
        "print(sorted(name for name in sys.modules if name.split('.')[0] in ('extract', 'orchestration')))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=FOLDER.parents[2]
    )
    assert done.stdout.strip() == "[]"


def _imports(source: str) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def test_a_number_always_has_the_same_set_and_another_seed_another() -> None:
    first, again, other = (draw_set(seed, 7) for seed in (1, 1, 2))
    assert first is not None
    assert first == again
    assert print_set(first).data == print_set(again).data  # type: ignore[arg-type]
    assert first != other


def test_every_equation_of_a_clean_set_holds_of_what_is_printed(sets: list[DrawnSet]) -> None:
    asked = Counter[str]()
    for drawn in sets:
        if drawn.truth.slip is None:
            assert broken(drawn.truth.equations, _values(drawn.truth)) == (), drawn.truth.set_no
            asked.update(
                f"{equation.kind}{' across' if equation.is_across else ''}"
                for equation in drawn.truth.equations
            )
    assert asked["sum"] > 3000
    assert asked["same across"] > 500


def test_a_planted_slip_breaks_exactly_the_equations_it_says(sets: list[DrawnSet]) -> None:
    slipped = [drawn.truth for drawn in sets if drawn.truth.slip]
    assert [truth.set_no for truth in slipped] == [10, 20, 30, 40]
    for truth in slipped:
        slip = truth.slip
        assert slip is not None
        cell = truth.cells[slip.cell_id]
        assert cell.text == slip.printed
        assert sum(one != other for one, other in zip(slip.meant, slip.printed, strict=True)) == 1
        assert broken(truth.equations, _values(truth)) == slip.broken != ()
        assert all(slip.cell_id in truth.equations[number].cells for number in slip.broken)


def test_another_digit_is_another_number() -> None:
    chance = random.Random(1)
    for _ in range(50):
        changed = with_another_digit(chance, "1,005.70")
        assert changed[0] != "0"
        assert Decimal(changed.replace(",", "")) != Decimal("1005.70")


def _values(truth: SetTruth) -> dict[int, Decimal]:
    return {cell.cell_id: cell.yuan or Decimal(0) for cell in truth.cells if cell.is_money}


def test_every_figure_stands_where_the_truth_says(sets: list[DrawnSet]) -> None:
    for drawn in sets:
        texts = {
            (number, place.row, place.column): place.text
            for number, item in enumerate(drawn.content)
            if isinstance(item, Table)
            for place in item.places
        }
        assert all(texts[cell.item, cell.row, cell.column] == cell.text for cell in drawn.truth.cells)


def test_no_two_cells_of_a_table_cover_the_same_place_and_none_is_left_open(sets: list[DrawnSet]) -> None:
    for drawn in sets:
        for item in drawn.content:
            if isinstance(item, Table):
                covered = Counter(
                    (place.row + down, place.column + across)
                    for place in item.places
                    for down in range(place.row_span)
                    for across in range(place.column_span)
                )
                assert set(covered.values()) == {1}
                assert len(covered) == item.height * item.width


def test_every_kind_of_form_is_drawn_in_two_hundred_sets() -> None:
    drawn: Counter[str] = Counter()
    for number in range(1, 201):
        chance = random.Random(number)
        family = list(FAMILIES)[number % len(FAMILIES)]
        publisher, _, context = begun(chance, family)
        drawn.update(form.drawing for form in forms_of(family, context, chance, publisher.name))
    assert set(drawn) >= FORMS, FORMS - set(drawn)


def test_every_alternative_of_a_layout_is_printed(sets: list[DrawnSet]) -> None:
    layouts = [form.layout for drawn in sets for form in drawn.truth.forms]
    seen = {name: {layout[name] for layout in layouts} for name in layouts[0]}
    assert seen["code_style"] == {"one", "split", "merged", "joined", "outline", "inherited", "headed"}
    assert len(seen["column_numbers"]) == 9
    assert len(seen["line_numbers"]) == 5
    assert len(seen["title"]) == 7
    assert len(seen["caption"]) == 7
    assert seen["cut"] == {"none", "repeated", "bare", "continued"}
    assert seen["unit"] == {"元", "万元"}
    assert all(len(values) > 1 for values in seen.values())


def test_a_third_of_titles_and_of_headers_hold_a_rare_word(sets: list[DrawnSet]) -> None:
    forms = [form for drawn in sets for form in drawn.truth.forms]
    for flag in ("has_rare_title", "has_rare_header"):
        assert 0.3 <= sum(getattr(form, flag) for form in forms) / len(forms) <= 0.5


def test_the_unit_and_the_rare_words_of_a_form_are_printed_in_it(sets: list[DrawnSet]) -> None:
    rare = {
        table: [word for each in words(table).values() for word in each.rare]
        for table in ("words.csv", "title_words.csv")
    }
    asked = Counter[str]()
    for drawn in sets:
        for form, around, tables in _printed(drawn):
            unit = re.compile(rf"(单位[:：]\s*|[（(]){form.unit}")
            assert bool(unit.search(around + tables)) == form.is_unit_printed, (drawn.truth.set_no, form)
            asked.update(["unit"] if form.is_unit_printed else ["no unit"])
            if form.has_rare_header:
                assert any(word in tables for word in rare["words.csv"]), (drawn.truth.set_no, form)
            if form.has_rare_title:
                title = form.title.replace(" ", "")
                assert any(word in title for word in rare["title_words.csv"]), form.title
    assert asked["unit"] > 300
    assert asked["no unit"] > 3


def _printed(drawn: DrawnSet) -> Iterator[tuple[FormTruth, str, str]]:
    """Each form that has figures, the text between the last form and its first table, and its tables."""
    before = 0
    for form in drawn.truth.forms:
        items = {cell.item for cell in drawn.truth.cells if cell.form_no == form.form_no}
        if not items:
            continue
        first, last = min(items), max(items)
        texts = [_text(item) for item in drawn.content]
        yield form, "\n".join(texts[before:first]), "\n".join(texts[first : last + 1])
        before = last + 1


def _text(item: Table | Paragraph | Break) -> str:
    if isinstance(item, Table):
        return "\n".join(place.text for place in item.places)
    return item.text if isinstance(item, Paragraph) else item.name


def test_a_figure_that_its_unit_cannot_print_is_refused() -> None:
    look = Look(unit="万元", decimals=2)
    assert printed(123_450_000, look) == "123.45"
    with pytest.raises(ValueError, match="more digits"):
        printed(123_450_001, look)


def test_national_sets_are_typeset_in_six_ways_and_in_usual_words() -> None:
    truths = [drawn.truth for drawn in national_sets(formats=["text"])]
    assert len(truths) == 3 * 6
    ways = {
        (form.layout["column_numbers"], form.layout["line_numbers"], form.layout["cut"])
        for truth in truths
        for form in truth.forms
    }
    assert len(ways) == 6
    assert not any(form.has_rare_word for truth in truths for form in truth.forms)
    nine = [form.title for form in truths[0].forms[:3]]
    assert nine == ["公开01表 收入支出决算总表", "公开02表 收入决算表", "公开03表 支出决算表"]
    assert any(form.form_key == "performance_project_self_evaluation" for form in truths[0].forms)


def test_an_amount_is_matched_by_place_or_else_by_text_and_label() -> None:
    drawn = draw_set(1, 1)
    assert drawn is not None
    where = print_set(drawn).where
    money = [cell for cell in drawn.truth.cells if cell.is_money]
    first, second = money[:2]
    right = _amount(first, where[first.cell_id], "1")
    moved = {
        **_amount(second, where[second.cell_id], "2"),
        "line_no": 99_999,
        "page_no": None,
        "bbox_left": None,
    }
    phantom = {**right, "amount_id": "3", "amount_text": "62"}
    found, left = matched(money, where, [right, moved, phantom])
    assert found[first.cell_id]["amount_id"] == "1"
    assert "2" in {amount["amount_id"] for amount in found.values()}
    assert left == [phantom]


def _amount(cell: CellTruth, where: object, amount_id: str) -> dict[str, object]:
    page, line, field, box = where  # type: ignore[misc]
    edges = box or (None,) * 4
    return {
        "amount_id": amount_id, "amount_text": cell.text, "row_label": cell.row_label,
        "page_no": page, "line_no": line, "field_no": field,
        "bbox_left": edges[0], "bbox_top": edges[1], "bbox_right": edges[2], "bbox_bottom": edges[3],
    }  # fmt: skip


def test_findings_count_what_was_asked_accused_and_noticed() -> None:
    clean, slipped = (draw_set(1, number) for number in (1, 10))
    assert clean is not None
    assert slipped is not None
    truths = {"clean": clean.truth, "slipped": slipped.truth}
    cells = {
        name: {f"{name}{cell.cell_id}": cell.cell_id for cell in truth.cells}
        for name, truth in truths.items()
    }
    results = [
        {
            "document_id": name,
            "outcome": "holds",
            "terms": [{"amount_id": f"{name}{cell}"} for cell in equation.cells],
        }
        for name, truth in truths.items()
        for number, equation in enumerate(truth.equations)
        if truth.slip is None or number not in truth.slip.broken
    ]
    nothing = score_findings(truths, cells, [], [])
    assert (nothing.held, nothing.slips_noticed, nothing.clean_with_discrepancy) == (0, 0, 0)
    assert [miss["what"] for miss in nothing.misses] == ["slip"]
    findings = [
        {"document_id": "clean", "severity": "discrepancy", "rule_id": "r", "places": [1]},
        {"document_id": "slipped", "severity": "suspect", "rule_id": "r", "places": [1]},
    ]
    everything = score_findings(truths, cells, findings, results)
    assert everything.held == everything.equations == nothing.equations > 0
    assert (everything.slips_noticed, everything.slips_called_discrepancy) == (1, 0)
    assert (everything.clean_with_discrepancy, everything.clean_with_suspect) == (1, 0)
    assert [miss["what"] for miss in everything.misses] == ["accused"]
