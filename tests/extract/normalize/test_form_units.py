"""The unit of a form: printed, printed in a header, or inferred where figures confirm it; never guessed."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl
import pytest

from extract.normalize.form_units import with_units
from extract.vocabulary import load_vocabulary

Figures = dict[str, list[str]]


def units(
    printed: dict[str, str | None],
    figures: Figures,
    headers: dict[str, list[str]] | None = None,
    marked: Collection[str] = ("a", "b", "c"),
) -> dict[str, tuple[str | None, str | None]]:
    """Unit and source of each form of one document, by the units, figures and headers that they print.

    ``marked`` are those near which something looks like a unit.
    """
    forms = pl.DataFrame(
        [(form, "d", unit, form in marked) for form, unit in printed.items()],
        schema={
            "form_id": pl.String,
            "document_id": pl.String,
            "unit_text": pl.String,
            "has_unit_mark": pl.Boolean,
        },
        orient="row",
    )
    columns = [(form, path) for form, paths in (headers or {}).items() for path in paths]
    amounts = [(form, text) for form, texts in figures.items() for text in texts]
    staged = with_units(
        forms,
        pl.DataFrame(columns, schema={"form_id": pl.String, "column_path": pl.String}, orient="row"),
        pl.DataFrame(amounts, schema={"form_id": pl.String, "amount_text": pl.String}, orient="row"),
        load_vocabulary(),
    )
    return {
        form: (unit, source) for form, unit, source in staged.select("form_id", "unit", "unit_source").rows()
    }


def test_a_printed_unit_stands() -> None:
    assert units({"a": "万元", "b": "元"}, {}) == {"a": ("万元", "printed"), "b": ("元", "printed")}


def test_a_unit_in_a_header_is_the_forms() -> None:
    headers = {"a": ["合计（万元）", "基本支出"], "b": ["金额(单位：元)"], "c": ["金额（千元）"]}
    assert units({"a": None, "b": None, "c": None}, {}, headers) == {
        "a": ("万元", "printed"),
        "b": ("元", "printed"),
        "c": ("千元", "printed"),
    }


def test_headers_of_two_units_leave_the_form_without_one() -> None:
    assert units({"a": None}, {}, {"a": ["合计(万元)", "其中(元)"]}) == {"a": (None, None)}


def test_a_figure_in_both_confirms_the_unit_of_all_others() -> None:
    figures = {"a": ["1,234.50"], "b": ["98.76", "1234.5"], "c": ["5.00"]}
    assert units({"a": "万元", "c": "万元", "b": None}, figures)["b"] == ("万元", "inferred")


@pytest.mark.parametrize(
    ("printed", "figures"),
    [
        pytest.param(
            {"a": "万元", "b": None}, {"a": ["1,234.50"], "b": ["12,345,000"]}, id="no figure in both"
        ),
        pytest.param(
            {"a": "万元", "c": "元", "b": None},
            {"a": ["1,234.50"], "c": ["7"], "b": ["1,234.50"]},
            id="the others disagree",
        ),
        pytest.param({"a": "万元", "b": None}, {"a": ["12.50"], "b": ["12.50"]}, id="few digits, by chance"),
        pytest.param({"a": "万元", "b": None}, {"a": ["0.00"], "b": ["0.00"]}, id="zeros"),
        pytest.param({"a": None, "b": None}, {"a": ["1,234.50"], "b": ["1,234.50"]}, id="no unit anywhere"),
    ],
)
def test_what_nothing_confirms_stays_unknown(printed: dict[str, str | None], figures: Figures) -> None:
    assert units(printed, figures)["b"] == (None, None)


def test_a_unit_is_absent_where_nothing_looks_like_one() -> None:
    assert units({"a": "万元", "b": None, "c": None}, {}, marked=["a", "c"]) == {
        "a": ("万元", "printed"),
        "b": (None, "absent"),
        "c": (None, None),
    }


def test_a_unit_that_figures_confirm_is_not_absent() -> None:
    figures = {"a": ["1,234.50"], "b": ["1234.5"]}
    assert units({"a": "万元", "b": None}, figures, marked=["a"])["b"] == ("万元", "inferred")
