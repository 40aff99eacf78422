"""Headers over several columns, headers with two rows, and tables side by side."""

from __future__ import annotations

from extract.forms.grid_shape import split_header
from extract.forms.headers import resolve_columns
from extract.forms.sides import split_sides
from tests.extract.drawing import VOCABULARY, grid


def columns_of(drawing: str, form_key: str | None = None):
    header, _ = split_header(grid(drawing).rows, VOCABULARY)
    return resolve_columns(header, form_key, VOCABULARY)


def test_a_heading_over_several_columns_belongs_to_each() -> None:
    columns = columns_of(
        """
        | 科目编码 | 项目 科目名称 | 本年支出 合计 | 基本支出 |          |          | 项目支出 |
        |          |               |               | 小计     | 人员经费 | 公用经费 |          |
        |          | 合 计         | 990.23        | 690.67   | 649.56   | 41.11    | 299.56   |
        """
    )
    assert ["/".join(column.path) for column in columns] == [
        "科目编码",
        "项目科目名称",
        "本年支出合计",
        "基本支出/小计",
        "基本支出/人员经费",
        "基本支出/公用经费",
        "项目支出",
    ]
    assert [column.meaning.measure for column in columns if column.role == "amount"] == [
        "total",
        "basic",
        "personnel",
        "public_operating",
        "project",
    ]


def test_a_blank_cell_without_anything_beneath_is_no_heading() -> None:
    columns = columns_of("""
        | 项 目    |         | 合计 |
        | 科目编码 | 科目名称 |      |
        """)
    assert [column.path for column in columns] == [("项目", "科目编码"), ("项目", "科目名称"), ("合计",)]


def test_a_lone_total_row_is_data_not_a_header() -> None:
    header, body = split_header(grid("| 项目 | 预算数 |\n| 合计 | |").rows, VOCABULARY)
    assert (len(header), len(body)) == (1, 1)


def test_tables_side_by_side_are_sides_of_their_own() -> None:
    sides = split_sides(
        columns_of("""
        | 收入 |        | 支出                       |        |                                  |        |
        | 项目 | 预算数 | 支出功能分类科目(按大类)   | 预算数 | 部门预算支出经济分类科目(按大类) | 预算数 |
        """)
    )
    assert [(side.key, side.label, [c.index for c in side.amounts]) for side in sides] == [
        ("revenue", 0, [1]),
        ("function", 2, [3]),
        ("economic", 4, [5]),
    ]


def test_codes_belong_to_the_label_that_follows_them() -> None:
    (side,) = split_sides(
        columns_of("""
        | 部门经济科目编码 | 部门经济科目名称 | 政府经济科目编码 | 政府经济科目名称 | 合计 |
        """)
    )
    assert (side.key, [code.index for code in side.codes], side.government_codes) == ("economic", [0], [2])


def test_a_bare_name_column_takes_its_meaning_from_the_code_beside_it() -> None:
    (by_function,) = split_sides(columns_of("| 功能分类科目编码 | 科目名称 | 合计 |"))
    (by_item,) = split_sides(columns_of("| 经济分类科目编码 | 科目名称 | 合计 |"))
    assert (by_function.key, by_item.key) == ("function", "economic")


def test_an_unknown_header_has_no_meaning_and_moves_no_other() -> None:
    columns = columns_of("| 功能科目编码 | 功能科目名称 | 神秘经费 | 合计 |")
    assert [column.role for column in columns] == ["function_code", "label", None, "amount"]


def test_a_row_of_the_vocabulary_for_one_form_wins_over_the_general_row() -> None:
    (_, note) = columns_of("| 二级指标 | 备注 |", "performance_project_target")
    (_, text) = columns_of("| 二级指标 | 备注 |", "budget_expenditure")
    assert (note.role, text.role) == ("note", "text")


def test_labels_of_money_overleaf_are_no_header() -> None:
    rows = grid(
        "| 一般公共预算财政拨款 | | |\n| 政府性基金预算财政拨款 | | |\n| 收入总计 | 7.00 | 7.00 |"
    ).rows
    assert split_header(rows, VOCABULARY) == ((), tuple(rows))


def test_a_heading_over_a_header_is_one() -> None:
    rows = grid("| 财政拨款 | | |\n| 项目 | 合计 | 基本支出 |\n| 教育支出 | 7.00 | 7.00 |").rows
    header, body = split_header(rows, VOCABULARY)
    assert (len(header), len(body)) == (2, 1)
