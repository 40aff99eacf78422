"""Layouts of money tables over the country: each is read without a rule of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from textwrap import dedent
from typing import NamedTuple

import pytest

from extract.forms.collector import Collector
from extract.forms.money_table import read_money_table
from extract.numerals import is_numeric_cell
from tests.extract.drawing import VOCABULARY, blocks, collector


class Figure(NamedTuple):
    name: str | None  # code, else label
    path: str
    text: str


def read(*drawings: str, form_key: str | None = None) -> Collector:
    records = collector()
    grids = blocks("\n\n".join(dedent(drawing).strip() for drawing in drawings))
    read_money_table(grids, form_key, records, VOCABULARY)
    numeric = [cell for g in grids for row in g.rows for cell in row if is_numeric_cell(cell.text)]
    assert len(records.numeric_cells) == len(numeric), "every numeric cell is filed once"
    return records


def figures(records: Collector) -> Iterator[Figure]:
    lines = {line.line_id: line for line in records.lines}
    columns = {(column.side_no, column.col_no): column for column in records.columns}
    for amount in records.amounts:
        line = lines[amount.line_id]
        column = columns[line.side_no, amount.col_no]
        yield Figure(line.code or line.row_label, column.column_path, amount.amount_text)


def ends(records: Collector) -> Counter[str]:
    return Counter(cell.destination for cell in records.numeric_cells)


ROW_AND_COLUMN_NUMBERS = {
    "with the word in the first column": """
        | 项目 | 行次 | 金额 | 项目 | 行次 | 金额 |
        | 栏次 | | 1 | 栏次 | | 2 |""",
    "with the word merged over the sides": """
        | 项目 | 行次 | 金额 | 项目 | 行次 | 金额 |
        | 栏次 | | 1 | | | 2 |""",
    "without the word": """
        | 项目 | 行次 | 金额 | 项目 | 行次 | 金额 |
        | | | 1 | | | 2 |""",
    "each side from one": """
        | 项目 | 行次 | 金额 | 项目 | 行次 | 金额 |
        | 栏次 | | 1 | 栏次 | | 1 |""",
    "rows without a word": """
        | 项目 | | 金额 | 项目 | | 金额 |
        | 栏次 | | 1 | 栏次 | | 2 |""",
    "with letters": """
        | 项目 | 序号 | 金额 | 项目 | 序号 | 金额 |
        | 甲 | 乙 | 1 | 丙 | 丁 | 2 |""",
}


@pytest.mark.parametrize("header", ROW_AND_COLUMN_NUMBERS.values(), ids=ROW_AND_COLUMN_NUMBERS.keys())
def test_numbers_of_rows_and_columns_are_no_money_in_either_half(header: str) -> None:
    records = read(
        f"""{dedent(header).strip()}
        | 一、财政拨款收入 | 1 | 10.00 | 一、一般公共服务支出 | 31 | 9.00 |
        | 二、上级补助收入 | 2 | | 二、外交支出 | 32 | |
        | 本年收入合计 | 3 | 10.00 | 本年支出合计 | 33 | 9.00 |""",
        """| 年初结转和结余 | 4 | | 年末结转和结余 | 34 | 1.00 |
        | 总计 | 5 | 10.00 | 总计 | 35 | 10.00 |""",
    )
    assert [(figure.name, figure.text) for figure in figures(records)] == [
        ("一、财政拨款收入", "10.00"),
        ("一、一般公共服务支出", "9.00"),
        ("本年收入合计", "10.00"),
        ("本年支出合计", "9.00"),
        ("年末结转和结余", "1.00"),
        ("总计", "10.00"),
        ("总计", "10.00"),
    ]
    assert ends(records) == {"amounts": 7, "ordinals": 10, "column_numbers": 2}


@pytest.mark.parametrize("numbers", ["类 | 款 | 项 | 栏次", "栏次 | | | ", "类 | 款 | 项 | "])
def test_column_numbers_beside_the_parts_of_a_code_are_no_money(numbers: str) -> None:
    records = read(
        f"""
        | 科目编码 | | | 科目名称 | 本年收入合计 | 财政拨款收入 | 其他收入 |
        | {numbers} | 1 | 2 | 3 |
        | | | | 合计 | 10.00 | 9.00 | 1.00 |
        | 201 | 01 | 03 | 机关服务 | 10.00 | 9.00 | 1.00 |"""
    )
    assert {figure.name for figure in figures(records)} == {"合计", "2010103"}
    assert ends(records) == {"amounts": 6, "column_numbers": 3, "codes": 3}


@pytest.mark.parametrize("numbers", ["1 | 2 | 3 | 4 | 5 | 6", "1=2+3+6 | 2 | 3=4+5 | 4 | 5 | 6"])
def test_column_numbers_that_add_up_by_chance_are_no_money(numbers: str) -> None:
    records = read(
        f"""
        | 合计 | 因公出国（境）费 | 公务用车购置及运行费 | | | 公务接待费 |
        | | | 小计 | 公务用车购置费 | 公务用车运行费 | |
        | {numbers} |
        | 5.00 | 1.00 | 3.00 | 1.00 | 2.00 | 1.00 |"""
    )
    assert [figure.text for figure in figures(records)] == ["5.00", "1.00", "3.00", "1.00", "2.00", "1.00"]
    assert {column.measure for column in records.columns} == {
        "three_public",
        "overseas_travel",
        "official_vehicles",
        "vehicle_purchase",
        "vehicle_operation",
        "official_reception",
    }


def test_small_figures_of_a_first_row_with_a_label_are_money() -> None:
    records = read("| 项目 | 会议费 | 培训费 |\n| 某局 | 1 | 2 |")
    assert [figure.text for figure in figures(records)] == ["1", "2"]


def test_three_tables_side_by_side_and_a_total_merged_over_two_of_them() -> None:
    records = read(
        """
        | 收入 | | 支出 | | | |
        | 项目名称 | 金额 | 功能分类 | | 支出用途 | |
        | | | 功能科目名称 | 金额 | 项目名称 | 金额 |
        | 一、财政拨款 | 9.00 | 一、教育支出 | 9.00 | 一、基本支出 | 5.00 |
        | 1.一般公共预算 | 9.00 | 二、科学支出 | | 二、项目支出 | 4.00 |
        | 收入合计 | 9.00 | 支出合计 | | | 9.00 |"""
    )
    assert [(line.side_key, line.row_label) for line in records.lines if "计" in (line.row_label or "")] == [
        ("revenue", "收入合计"),
        ("expenditure_kind", "支出合计"),
    ]
    assert len(records.amounts) == 7


@pytest.mark.parametrize("ordinal", ["", "行次 | "], ids=["plain", "rows numbered"])
def test_words_that_end_in_totals_of_their_own_are_a_table_beside_whatever_heads_them(ordinal: str) -> None:
    number = "1 | " if ordinal else ""
    blank = "| " if ordinal else ""
    records = read(
        f"""
        | 收入 | {blank}| 支出 | {blank}| 支出用途 | {blank}| |
        | 项目 | {ordinal}预算数 | 项目 | {ordinal}预算数 | 支出项目类别 | {ordinal}预算数 |
        | 财政拨款 | {number}9.00 | 教育支出 | {number}6.00 | 基本支出 | {number}5.00 |
        | 其他收入 | {number}1.00 | 卫生健康支出 | {number}4.00 | 项目支出 | {number}5.00 |
        | 收入合计 | {number}10.00 | 支出合计 | {number}10.00 | 支出合计 | {number}10.00 |"""
    )
    assert [(figure.name, figure.text) for figure in figures(records)][:3] == [
        ("财政拨款", "9.00"), ("教育支出", "6.00"), ("基本支出", "5.00"),
    ]  # fmt: skip
    assert {line.side_key for line in records.lines} == {"revenue", "function", "expenditure_kind"}


def test_words_between_figures_without_totals_of_their_own_describe_the_rows() -> None:
    records = read(
        """
        | 项目名称 | 预算数 | 项目类别 | 其中：财政拨款 |
        | 甲项目 | 6.00 | 一般性项目 | 5.00 |
        | 乙项目 | 4.00 | 专项 | 4.00 |
        | 合计 | 10.00 | | 9.00 |"""
    )
    assert {line.row_label for line in records.lines} == {"甲项目", "乙项目", "合计"}
    assert [figure.text for figure in figures(records)][1] == "5.00"


@pytest.mark.parametrize(
    ("left", "right", "sides"),
    [
        ("收入", "支出", ["revenue", "function"]),
        ("本年收入", "本年支出", ["revenue", "function"]),
        ("收入", "支出经济分类", ["revenue", "economic"]),
        ("甲", "乙", ["item", "item"]),
    ],
)
def test_what_alone_heads_the_names_of_rows_says_what_they_are(
    left: str, right: str, sides: list[str]
) -> None:
    records = read(
        f"""
        | {left} | 金额 | {right} | 金额 |
        | 财政拨款 | 9.00 | 教育支出 | 6.00 |
        | 其他收入 | 1.00 | 卫生健康支出 | 4.00 |
        | 合计 | 10.00 | 合计 | 10.00 |"""
    )
    assert list(dict.fromkeys(line.side_key for line in records.lines)) == list(dict.fromkeys(sides))


def test_groups_on_the_left_and_items_on_the_right_are_an_outline() -> None:
    records = read(
        """
        | 项目名称 | | 金额 |
        | 收入总计 | | 9.00 |
        | 一般公共预算资金 | 小计 | 9.00 |
        | | 公共财政拨款 | 8.00 |
        | | 专项收入 | 1.00 |"""
    )
    levels = {line.row_label: line.outline_level for line in records.lines}
    assert list(levels) == ["收入总计", "一般公共预算资金", "公共财政拨款", "专项收入"]
    assert levels["一般公共预算资金"] < levels["公共财政拨款"] == levels["专项收入"]


def test_a_form_of_one_row_without_a_label_is_read() -> None:
    records = read("| 合计 | 基本支出 | 单位预留机动经费 |\n| 9.00 | 8.00 | 1.00 |")
    (line,) = records.lines
    assert (line.row_label, line.code) == (None, None)
    assert [(column.column_path, column.measure) for column in records.columns] == [
        ("合计", "total"),
        ("基本支出", "basic"),
        ("单位预留机动经费", None),
    ]


def test_an_outline_in_columns_has_levels_from_left_to_right() -> None:
    records = read(
        """
        | 采购品目大类 | 专项名称 | 经济科目 | 采购物品名称 | 采购组织形式 | 总计 |
        | 合计 | | | | | 10.00 |
        | 一、货物A | | | | | 6.00 |
        | | 办公费 | 设备购置 | | | 6.00 |
        | | | | 台式机 | 分散 | 6.00 |
        | 三、服务C | | | | | 4.00 |
        | | | 会议费 | | | 4.00 |
        | | | | 会议服务 | 分散 | 4.00 |"""
    )
    levels = [line.outline_level for line in records.lines[1:4]]
    assert levels == sorted(level for level in levels if level is not None)
    assert [line.detail for line in records.lines if line.row_label == "设备购置"] == ["办公费"]


def test_years_side_by_side_keep_their_version_and_year() -> None:
    records = read(
        """
        | 功能分类科目 | | 2023年执行数 | 2024年预算数 | | 2024年预算数比2023年执行数 | |
        | 科目编码 | 科目名称 | | 小计 | 基本支出 | 增减额 | 增减% |
        | 201 | 公共服务 | 10.00 | 12.00 | 5.00 | 2.00 | 20.00 |"""
    )
    assert [(c.measure, c.budget_version, c.column_year, c.nature) for c in records.columns] == [
        ("total", "execution", "2023", "figure"),
        ("total", "budget", "2024", "figure"),
        ("basic", "budget", "2024", "figure"),
        (None, "budget", "2024", "change"),
    ]
    assert ends(records) == {"amounts": 4, "rates": 1, "codes": 1}


def test_years_alone_head_columns() -> None:
    records = read("| 项目 | 2022 | 2023 |\n| 基本支出 | 1.00 | 2.00 |")
    assert [(c.measure, c.column_year) for c in records.columns] == [("total", "2022"), ("total", "2023")]


def test_counts_among_the_rows_of_a_money_form_are_counts() -> None:
    records = read(
        """
        | 项目 | 2016-执行数 | 2017-预算数 |
        | 一、公务接待费 | 3.00 | 2 |
        | 相关统计数 | | |
        | 1.公务接待批次（个） | 2 | 3 |
        | 2.公务用车保有量（辆） | 4 | 单位不需填列 |"""
    )
    assert [figure.text for figure in figures(records)] == ["3.00", "2"]
    assert ends(records) == {"amounts": 2, "quantities": 3}
    assert records.rejects == []


@pytest.mark.parametrize(
    "drawing",
    [
        """
        | 功能分类科目 | 合计 |
        | 201一般公共服务支出 | 3.00 |
        | 20101 人大事务 | 3.00 |
        | [2010101]行政运行 | 3.00 |""",
        """
        | 科目编码及名称 | | 合计 |
        | 201 | 一般公共服务支出 | 3.00 |
        | 20101 | 人大事务 | 3.00 |
        | 2010101 | 行政运行 | 3.00 |""",
        """
        | 科目编码 | | | 科目名称 | 合计 |
        | 类 | 款 | 项 | | |
        | 201 | | | 一般公共服务支出 | 3.00 |
        | | 01 | | 人大事务 | 3.00 |
        | | | 01 | 行政运行 | 3.00 |""",
    ],
    ids=[
        "before the name in its cell",
        "under a heading merged over both",
        "in parts, the upper ones merged",
    ],
)
def test_codes_are_read_however_they_are_printed(drawing: str) -> None:
    records = read(drawing)
    assert [line.code for line in records.lines] == ["201", "20101", "2010101"]
    assert records.rejects == []


def test_a_code_and_name_merged_over_rows_go_on() -> None:
    records = read(
        """
        | 功能科目编码 | 功能科目名称 | 经济科目编码 | 经济科目名称 | 合计 |
        | 2010101 | 行政运行 | 30101 | 基本工资 | 3.00 |
        | | | 30102 | 津贴补贴 | 2.00 |
        | 2010102 | 一般事务 | 30201 | 办公费 | 1.00 |"""
    )
    assert [(line.code, line.row_label, line.detail) for line in records.lines] == [
        ("2010101", "行政运行", None),
        ("2010101", "行政运行", "津贴补贴"),
        ("2010102", "一般事务", None),
    ]


def test_the_code_of_a_publisher_stands_before_its_name() -> None:
    (line,) = read("| 单位名称 | 合计 |\n| 920下口镇财政所 | 10.00 |").lines
    assert (line.code, line.row_label, line.label_plain) == ("920", "920下口镇财政所", "下口镇财政所")


def test_a_number_before_a_word_is_no_code_where_the_column_has_none() -> None:
    records = read("| 项目名称 | 金额 |\n| 110接处警 | 1.00 |\n| 宣传 | 2.00 |\n| 培训 | 2.00 |")
    assert [line.code for line in records.lines] == [None, None, None]


def test_codes_that_the_header_does_not_name_are_economic_by_their_numbers() -> None:
    records = read(
        "| 科目编码 | 科目名称 | 金额 |\n| 301 | 工资福利支出 | 1.00 |\n| 30101 | 基本工资 | 1.00 |"
    )
    assert {line.side_key for line in records.lines} == {"economic"}


def test_economic_items_as_columns_are_amounts_of_an_open_kind() -> None:
    records = read(
        """
        | 功能分类科目编码 | 科目名称 | 合计 | 工资福利支出 | | 商品和服务支出 | |
        | | | | 小计 | 基本工资 | 小计 | 办公费 |
        | 201 | 公共服务 | 6.00 | 3.00 | 3.00 | 3.00 | 3.00 |"""
    )
    assert [(column.column_path, column.measure) for column in records.columns] == [
        ("合计", "total"),
        ("工资福利支出/小计", None),
        ("工资福利支出/基本工资", None),
        ("商品和服务支出/小计", None),
        ("商品和服务支出/办公费", None),
    ]


def test_the_other_columns_of_a_form_too_wide_for_a_page_belong_to_its_rows() -> None:
    records = read(
        """
        | 科目编码 | 科目名称 | 合计 | 基本支出 |
        | 201 | 甲 | 1.00 | 0.50 |
        | 208 | 乙 | 2.00 | 1.50 |""",
        """
        | 项目支出 | 经营支出 |
        | 0.50 | |
        | 0.40 | 0.10 |""",
    )
    assert [(figure.name, figure.path) for figure in figures(records) if figure.text in ("0.40", "0.10")] == [
        ("208", "项目支出"),
        ("208", "经营支出"),
    ]


def test_columns_with_their_rows_named_again_are_a_table_of_their_own() -> None:
    records = read(
        "| 科目编码 | 科目名称 | 合计 |\n| 201 | 甲 | 1.00 |",
        "| 科目编码 | 科目名称 | 项目支出 |\n| 201 | 甲 | 0.50 |",
    )
    assert [(figure.name, figure.path, figure.text) for figure in figures(records)] == [
        ("201", "合计", "1.00"),
        ("201", "项目支出", "0.50"),
    ]


def test_a_header_may_go_on_after_the_page() -> None:
    records = read(
        "| 科目编码 | 科目名称 | 本年支出 | |",
        "| | | 小计 | 基本支出 |\n| 201 | 甲 | 1.00 | 0.50 |",
    )
    assert [figure.path for figure in figures(records)] == ["本年支出/小计", "本年支出/基本支出"]


def test_a_caption_in_the_first_rows_of_a_grid_is_no_header() -> None:
    records = read(
        """
        | 2024年收支预算总表 | | | |
        | 部门：某某局 | | | 单位：万元 |
        | 收入 | | 支出 | |
        | 项目 | 金额 | 项目 | 金额 |
        | 一、财政拨款 | 1.00 | 一、基本支出 | 1.00 |"""
    )
    assert [figure.path for figure in figures(records)] == ["收入/金额", "支出/金额"]


def test_a_table_without_a_header_is_read_by_what_stands_in_it() -> None:
    records = read("| 一、财政拨款 | 1.00 |\n| 二、其他 | 3.00 |")
    assert list(figures(records)) == [
        ("一、财政拨款", "(无表头)", "1.00"),
        ("二、其他", "(无表头)", "3.00"),
    ]


def test_of_two_names_the_one_that_tells_rows_apart_is_the_label() -> None:
    records = read(
        """
        | 单位名称 | 项目名称 | 金额 |
        | 某局 | 培训项目 | 5.00 |
        | 某局 | 会议项目 | 4.00 |"""
    )
    assert [(line.row_label, line.detail) for line in records.lines] == [
        ("培训项目", "某局"),
        ("会议项目", "某局"),
    ]


def test_long_project_codes_and_years_in_a_column_are_no_money() -> None:
    records = read(
        """
        | 年度 | 项目代码 | 项目名称 | 金额 |
        | 2024 | 5100002100000001 | 甲 | 5.00 |
        | 2024 | 5100002100000002 | 乙 | 4.00 |"""
    )
    assert ends(records) == {"amounts": 2, "codes": 2, "descriptions": 2}


def test_two_tables_under_one_title_keep_their_own_columns() -> None:
    records = read(
        "| 项目 | 预算数 |\n| 基本支出 | 1.00 |",
        "| 单位名称 | 车辆购置费 | 会议费 |\n| 某局 | 2.00 | 3.00 |",
    )
    assert list(figures(records)) == [
        ("基本支出", "预算数", "1.00"),
        ("某局", "车辆购置费", "2.00"),
        ("某局", "会议费", "3.00"),
    ]


def test_codes_under_no_header_are_told_by_their_order_and_beginnings() -> None:
    records = read(
        "| 30109 | 职业年金缴费 | 5.00 |\n| 30113 | 住房公积金 | 4.00 |\n| 302 | 商品和服务支出 | 3.00 |"
    )
    assert ends(records) == {"codes": 3, "amounts": 3}


def test_dashes_alone_under_a_header_that_nobody_listed_are_those_of_money() -> None:
    records = read(
        "| 科目编码 | 科目名称 | 合计 | 甲乙款 | 项目支出 |\n"
        "| 201 | 甲 | 5.00 | — | 5.00 |\n"
        "| 208 | 乙 | 4.00 | — | 4.00 |"
    )
    assert [figure.text for figure in figures(records)] == ["5.00", "—", "5.00", "4.00", "—", "4.00"]


def test_a_few_words_right_of_figures_begin_no_table() -> None:
    records = read(
        """
        | 项目 | 合计 | 甲乙款 | 项目支出 |
        | 培训 | 5.00 | 单位不需填列 | 5.00 |
        | 会议 | 4.00 | | 4.00 |
        | 宣传 | 3.00 | | 3.00 |"""
    )
    assert [figure.text for figure in figures(records)] == ["5.00", "5.00", "4.00", "4.00", "3.00", "3.00"]


def test_a_page_on_which_the_parts_of_a_code_have_no_columns_goes_on() -> None:
    records = read(
        """
        | 科目编码 | | | 科目名称 | 行次 | 合计 | 基本支出 |
        | 类 | 款 | 项 | | | | |
        | 208 | | | 社会保障和就业支出 | 1 | 3.00 | 3.00 |""",
        "| 221 | 住房保障支出 | 2 | 5.00 | 4.00 |\n| 22102 | 住房改革支出 | 3 | 5.00 | 4.00 |",
    )
    assert [(line.code, line.row_label) for line in records.lines[1:]] == [
        ("221", "住房保障支出"),
        ("22102", "住房改革支出"),
    ]
    assert ends(records) == {"amounts": 6, "codes": 3, "ordinals": 3}


def test_a_row_too_wide_for_a_page_goes_on_under_a_header_of_fewer_rows() -> None:
    records = read(
        """
        | 三公经费小计 | 因公出国（境）费 | 公务用车购置及运行费 | |
        | | | 小计 | 公务用车购置费 |
        | 1=2+3+5 | 2 | 3 | 4 |
        | 0.24 | 0.00 | 0.14 | 0.14 |""",
        """
        | 公务接待费 | 会议费 | 培训费 |
        | 5 | 6 | 7 |
        | 0.10 | 0.00 | 2.00 |""",
    )
    assert [figure.path for figure in figures(records)][-3:] == ["公务接待费", "会议费", "培训费"]
    assert len(records.lines) == 1
    assert ends(records) == {"amounts": 7, "column_numbers": 6}


def test_a_total_by_another_name_in_the_column_of_codes_names_its_row() -> None:
    records = read("| 科目编码 | 科目名称 | 合计 |\n| 全部数 | | 3.00 |\n| 201 | 甲 | 3.00 |")
    assert [line.row_label for line in records.lines] == ["全部数", "甲"]


def test_a_title_that_nobody_knows_in_the_first_row_is_no_row_of_the_body() -> None:
    records = read(
        """
        | 一、本级进出汇总 | | |
        | 项目 | 行次 | 本年预算 |
        | 一、财政拨款 | 1 | 5.00 |
        | 合计 | 2 | 5.00 |"""
    )
    assert list(figures(records)) == [
        ("一、财政拨款", "本年预算", "5.00"),
        ("合计", "本年预算", "5.00"),
    ]
