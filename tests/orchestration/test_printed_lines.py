"""Where a figure stands in its line: drawn with the figure in brackets."""

from __future__ import annotations

import pytest

from orchestration.command.printed_lines import spans_of_figures


def drawn(lines: list[str], *figures: dict[str, object]) -> list[str]:
    """The lines with brackets around what is marked."""
    marked = list(lines)
    for number, spans in spans_of_figures(lines, figures, {}).items():
        line = marked[number - 1]
        for span in reversed(spans):
            line = f"{line[: span.start]}[{line[span.start : span.end]}]{line[span.end :]}"
        marked[number - 1] = line
    return marked


def cell(line_no: int, field_no: int) -> dict[str, object]:
    return {"figure_id": "a", "line_no": line_no, "field_no": field_no, "printed_text": "", "occurrence": 1}


def claim(text: str, line_no: int = 1, occurrence: int = 1) -> dict[str, object]:
    return {
        "figure_id": "c",
        "line_no": line_no,
        "field_no": None,
        "printed_text": text,
        "occurrence": occurrence,
    }


def test_a_cell_is_its_field_without_the_space_around_it() -> None:
    assert drawn(["210\t 卫生 \t 1.00 \t"], cell(1, 2)) == ["210\t 卫生 \t [1.00] \t"]


def test_a_claim_is_found_with_spaces_that_its_text_does_not_have() -> None:
    assert drawn(["收入 12.39 万元。"], claim("12.39万元")) == ["收入 [12.39 万元]。"]


def test_a_claim_is_not_the_end_of_a_longer_figure() -> None:
    assert drawn(["收入 112.39万元，支出 2.39万元。"], claim("2.39万元")) == [
        "收入 112.39万元，支出 [2.39万元]。"
    ]


@pytest.mark.parametrize(
    ("occurrence", "expected"), [(1, "收入 [5万元]，支出 5万元"), (2, "收入 5万元，支出 [5万元]")]
)
def test_of_the_same_figure_twice_the_one_that_is_meant_is_marked(occurrence: int, expected: str) -> None:
    assert drawn(["收入 5万元，支出 5万元"], claim("5万元", occurrence=occurrence)) == [expected]


def test_a_figure_that_goes_on_in_the_next_line_is_marked_in_both() -> None:
    assert drawn(["较上年减少 12.39", "万元，因故"], claim("12.39万元")) == [
        "较上年减少 [12.39]",
        "[万元]，因故",
    ]


@pytest.mark.parametrize("figure", [cell(1, 9), cell(7, 0), claim("9万元"), claim("9万元", line_no=0)])
def test_a_figure_that_is_not_found_is_marked_nowhere(figure: dict[str, object]) -> None:
    assert drawn(["收入 5万元"], figure) == ["收入 5万元"]


def test_two_figures_in_one_place_are_marked_once() -> None:
    assert drawn(["占 5%"], claim("5%"), claim("5%")) == ["占 [5%]"]
