"""Rows of money tables: what each cell becomes, and that none is lost."""

from __future__ import annotations

from collections import Counter
from textwrap import dedent

import pytest

from extract.blocks import Cell
from extract.forms.collector import Collector
from extract.forms.money_table import read_money_table
from extract.numerals import is_numeric_cell
from tests.extract.drawing import VOCABULARY, blocks, collector

BY_FUNCTION = "| 功能科目编码 | 功能科目名称 | 合计 | 人员经费支出 | 公用经费支出 | 备注 |"
PAIRS = """| 收 入 |        | 支 出                      |        |
    | 项 目 | 预算数 | 支出功能分类科目（按大类） | 预算数 |"""


def read(*drawings: str, form_key: str | None = "budget_expenditure_by_function") -> Collector:
    records = collector()
    grids = blocks("\n\n".join(dedent(drawing).strip() for drawing in drawings))
    read_money_table(grids, form_key, records, VOCABULARY)
    numeric = [cell for g in grids for row in g.rows for cell in row if is_numeric_cell(cell.text)]
    assert len(records.numeric_cells) == len(numeric), "every numeric cell is filed once"
    return records


def lines(records: Collector) -> list[tuple[str | None, str | None, str]]:
    return [(line.code, line.row_label, line.row_kind) for line in records.lines]


def amounts(records: Collector) -> dict[str | None, list[str]]:
    labels = {line.line_id: line.row_label for line in records.lines}
    gathered: dict[str | None, list[str]] = {label: [] for label in labels.values()}
    for amount in records.amounts:
        gathered[labels[amount.line_id]].append(amount.amount_text)
    return gathered


def test_code_rows_keep_code_label_and_amounts() -> None:
    records = read(f"""
        {BY_FUNCTION}
        |         | 合计             | 3.00 | 2.00 | 1.00 | |
        | 208     | 社会保障和就业支出 | 3.00 | 2.00 | 1.00 | |
        """)
    assert lines(records) == [(None, "合计", "total"), ("208", "社会保障和就业支出", "item")]
    assert amounts(records) == {
        "合计": ["3.00", "2.00", "1.00"],
        "社会保障和就业支出": ["3.00", "2.00", "1.00"],
    }


def test_a_blank_a_dash_and_a_zero_stay_three_things() -> None:
    records = read(f"{BY_FUNCTION}\n| 208 | 社保 | 0.00 | — | | |")
    assert amounts(records) == {"社保": ["0.00", "—"]}


def test_a_line_whose_amounts_are_all_blank_is_still_a_line() -> None:
    assert lines(read(f"{BY_FUNCTION}\n| 2101502 | 一般行政管理事务 | | | | |")) == [
        ("2101502", "一般行政管理事务", "item")
    ]


def test_side_by_side_pairs_are_read_side_by_side() -> None:
    records = read(
        f"""{PAIRS}
        | 1、财政拨款  | 9.00 | 1、外交支出    |      |
        |              |      | 2、教育支出    | 9.00 |
        | 本年收入合计 | 9.00 | 本年支出合计   | 9.00 |
        """,
        form_key="budget_fiscal_appropriation_summary",
    )
    assert [(line.side_key, line.row_label, line.line_key) for line in records.lines] == [
        ("revenue", "1、财政拨款", "fiscal_appropriation"),
        ("function", "1、外交支出", None),
        ("function", "2、教育支出", None),
        ("revenue", "本年收入合计", "current_total"),
        ("function", "本年支出合计", "current_total"),
    ]


def test_an_of_which_row_and_an_unnumbered_row_after_the_total_are_memos() -> None:
    records = read(f"""{PAIRS}
        | 1、财政拨款                  | 9.00 | | |
        | 其中：专项资金               | 1.00 | | |
        | 本年收入合计                 | 9.00 | | |
        | 年初财政拨款结转和结余        | 2.00 | | |
        | 一般公共预算财政拨款          | 2.00 | | |
        | 收入总计                     | 11.00 | | |
        """)
    assert [(line.row_label, line.row_kind) for line in records.lines] == [
        ("1、财政拨款", "item"),
        ("其中：专项资金", "memo"),
        ("本年收入合计", "subtotal"),
        ("年初财政拨款结转和结余", "item"),
        ("一般公共预算财政拨款", "memo"),
        ("收入总计", "total"),
    ]


def test_an_unnumbered_row_under_a_numbered_one_is_its_part() -> None:
    records = read(f"""{PAIRS}
        | 一、人员经费     | 3.00 | | |
        | 工资福利支出     | 3.00 | | |
        """)
    above, below = records.lines
    assert above.outline_level is not None
    assert below.outline_level is not None
    assert above.outline_level < below.outline_level


def test_a_total_may_stand_in_the_code_column() -> None:
    records = read(
        """
        | 经济分类科目编码 | 科目名称 | 本年支出合计 |
        | 合 计            |          | 690.67       |
        """,
        form_key="final_basic_by_economic",
    )
    assert lines(records) == [(None, "合 计", "total")]


def test_a_code_in_three_columns_is_one_code() -> None:
    records = read(
        """
        | 科目编码 |    |    | 单位编码 | 采购项目 | 数量 | 预算金额 |
        | 类       | 款 | 项 |          |          |      |          |
        | 210      | 15 | 02 | 509001   | 网络服务费 | 81 | 220,000.00 |
        """,
        form_key="budget_procurement",
    )
    assert lines(records) == [("2101502", "网络服务费", "item")]
    assert Counter(cell.destination for cell in records.numeric_cells) == {
        "codes": 4,
        "quantities": 1,
        "amounts": 1,
    }


def test_classes_that_follow_each_other_are_merged_codes_and_number_no_rows() -> None:
    records = read(
        """
        | 科目编码 |    | 经济分类科目 | 行次 | 合计 |
        | 类       | 款 |              |      |      |
        |          |    | 合计         | 1    | 10.00 |
        | 301      | 01 | 基本工资     | 2    | 2.00 |
        |          | 02 | 津贴补贴     | 3    | 2.00 |
        | 302      | 01 | 办公费       | 4    | 2.00 |
        |          | 02 | 印刷费       | 5    | 2.00 |
        | 303      | 05 | 生活补助     | 6    | 2.00 |
        """
    )
    assert [code for code, _, kind in lines(records) if kind == "item"] == [
        "30101", "30102", "30201", "30202", "30305",
    ]  # fmt: skip


def test_numbers_that_count_two_rows_under_a_heading_of_codes_are_no_codes() -> None:
    records = read(
        """
        | 编号 | 科目编码 |    |    | 科目名称 | 合计 |
        |      | 类       | 款 | 项 |          |      |
        | 1    |          |    |    | 合计     | 9.00 |
        | 2    | 223      | 01 | 05 | 退休人员社会化管理补助支出 | 9.00 |
        """
    )
    assert [code for code, _, kind in lines(records)] == [None, "2230105"]


def test_rows_printed_again_after_a_page_cut_are_repeats() -> None:
    records = read(
        f"{BY_FUNCTION}\n| | 合计 | 3.00 | | | |\n| 208 | 社保 | 3.00 | | | |",
        f"{BY_FUNCTION}\n| | 合计 | 3.00 | | | |\n| 221 | 住房 | 0.00 | | | |",
    )
    assert lines(records) == [
        (None, "合计", "total"),
        ("208", "社保", "item"),
        (None, "合计", "repeat"),
        ("221", "住房", "item"),
    ]


def test_a_label_that_returns_later_is_not_a_repeat() -> None:
    records = read(f"{BY_FUNCTION}\n| 20899 | 其他 | 1.00 | | | |\n| 20899 | 其他 | 2.00 | | | |")
    assert [line.row_kind for line in records.lines] == ["item", "item"]


def test_a_continuation_without_a_header_keeps_the_columns() -> None:
    records = read(f"{BY_FUNCTION}\n| 208 | 社保 | 1.00 | | | |", "| 221 | 住房 | 2.00 | 2.00 | | |")
    assert amounts(records) == {"社保": ["1.00"], "住房": ["2.00", "2.00"]}


@pytest.mark.parametrize("blank_line", ["", "\n"])
def test_a_serial_number_column_that_starts_midway_is_taken_off(blank_line: str) -> None:
    first = f"{BY_FUNCTION}\n| 208 | 社保 | 1.00 | 1.00 | | |"
    rest = "| 18 | 210 | 卫生 | 2.00 | | 2.00 | |\n| 19 | 221 | 住房 | 3.00 | 3.00 | | |"
    records = read(first, rest) if blank_line else read(f"{first}\n{rest}")
    assert amounts(records) == {"社保": ["1.00", "1.00"], "卫生": ["2.00", "2.00"], "住房": ["3.00", "3.00"]}
    assert [cell.printed_text for cell in records.numeric_cells if cell.destination == "ordinals"] == [
        "18",
        "19",
    ]


def test_column_numbers_are_not_money() -> None:
    records = read(
        """
        | 项目 | 会议费 | 培训费 |
        |      | 1      | 2      |
        | 决算数 |      | 0.23   |
        """,
        form_key="final_three_public",
    )
    assert amounts(records) == {"决算数": ["0.23"]}


def test_a_row_that_slid_sideways_is_set_aside_whole() -> None:
    records = read(f"{BY_FUNCTION}\n| 208 | 社保 | 99 | 503 | 99 | 220,000.00 |")
    assert records.amounts == []
    assert {(reject.printed_text, reject.reason_code) for reject in records.rejects} == {
        (text, "row_shifted") for text in ("208", "99", "503", "220,000.00")
    }


@pytest.mark.parametrize(
    ("drawing", "printed_text", "reason"),
    [
        (f"{BY_FUNCTION}\n| 208 | 社保 | 1.2.3 | | | |", "1.2.3", "not_a_number"),
        (f"{BY_FUNCTION}\n| 208 | 社保 | 壹万 | | | |", "壹万", "not_a_number"),
        (f"{BY_FUNCTION}\n| | | 7.00 | | | |", "7.00", "no_label"),
        (f"{BY_FUNCTION}\n| 208 | 社保 | 1.00 | | | | 7 |", "7", "outside_header"),
        (f"{BY_FUNCTION}\n| 208 | 社保 | 1.00 | | | 7 |", "7", "number_in_text_column"),
    ],
)
def test_what_is_not_understood_is_set_aside_with_a_reason(
    drawing: str, printed_text: str, reason: str
) -> None:
    (reject,) = read(drawing).rejects
    assert (reject.printed_text, reject.reason_code) == (printed_text, reason)


def test_figures_under_a_header_that_nobody_listed_are_amounts_of_an_open_kind() -> None:
    records = read("| 功能科目编码 | 功能科目名称 | 神秘经费 | 合计 |\n| 208 | 社保 | 7.00 | 1.00 |")
    assert amounts(records) == {"社保": ["7.00", "1.00"]}
    assert [(column.column_path, column.measure) for column in records.columns] == [
        ("神秘经费", None),
        ("合计", "total"),
    ]


def test_units_and_their_projects_are_nested() -> None:
    records = read(
        """
        | 单位编码 | 单位（项目）名称 | 项目金额 | 项目简介 |
        |          | 合计             | 9.00     |          |
        | 509      | 医疗保障局       | 9.00     |          |
        | 509001   | 医疗保障局       | 9.00     |          |
        |          | 专用项目         | 9.00     |          |
        |          | 其他履职经费     | 9.00     |          |
        |          | 宣传经费         | 9.00     |          |
        """,
        form_key="budget_special_projects",
    )
    levels = [line.outline_level for line in records.lines]
    assert levels[0] is None
    assert levels[1:] == sorted(level for level in levels if level is not None)
    assert len(set(levels)) == 6


def test_the_ledger_refuses_to_file_a_cell_twice() -> None:
    records = collector()
    cell = Cell("1.00", 3, 2)
    records.file(cell, "amounts")
    with pytest.raises(ValueError, match="line 3, field 2"):
        records.file(cell, "codes")


def test_the_number_1_beside_the_total_of_an_empty_form_is_the_number_of_its_row() -> None:
    records = read("""
        | 科目名称 |   | 合计 | 基本支出 | 项目支出 |
        |          |   | 1    | 2        | 3        |
        | 合计     | 1 | —    | —        | —        |
        """)
    assert amounts(records) == {"合计": ["—", "—", "—"]}


def test_a_1_under_a_heading_of_money_is_money() -> None:
    records = read("""
        | 科目名称 | 合计 | 基本支出 |
        | 合计     | 1    | 1        |
        """)
    assert amounts(records) == {"合计": ["1", "1"]}


COUNTED = """
    | 品目名称 | 件头 | 金额      | 其中：当年 |
    | 计算机   | 24   | {0}       | 100.20     |
    | 打印机   | 38   | 94,578.76 | 200.30     |
    | 复印机   | 7    | 10,568.30 | 300.40     |
"""


def test_whole_numbers_under_an_unknown_heading_beside_money_with_decimals_are_counts() -> None:
    records = read(COUNTED.format("99,806.18"), form_key=None)
    assert amounts(records)["计算机"] == ["99,806.18", "100.20"]


def test_where_money_is_printed_without_its_decimals_too_whole_numbers_may_be_money() -> None:
    records = read(COUNTED.format("100"), form_key=None)
    assert amounts(records)["计算机"] == ["24", "100", "100.20"]


def test_counts_are_told_beside_money_of_four_decimals_and_where_groups_print_none() -> None:
    records = read(
        """
        | 品目名称 | 件头 | 金额     |
        | 货物     |      | 100.1263 |
        | 计算机   | 24   | 0.2003   |
        | 打印机   | 38   | 90.7000  |
        | 复印机   | 7    | 9.2260   |
        """,
        form_key=None,
    )
    assert amounts(records)["计算机"] == ["0.2003"]


def test_rates_below_a_heading_of_money_are_no_money() -> None:
    records = read(
        """
        | 科目编码 | 科目名称 | 上年执行数 | 预算数 | 预算数比上年执行数 |        |
        |          |          |            |        | 金额               | 升降幅 |
        | 201      | 甲       | 100.00     | 110.00 | 10.00              | 10.00  |
        | 208      | 乙       | 250.00     | 200.00 | -50.00             | -20.00 |
        | 210      | 丙       | 80.00      | 100.00 | 20.00              | 25.00  |
        """,
        form_key=None,
    )
    assert amounts(records)["甲"] == ["100.00", "110.00", "10.00"]


def test_the_number_of_an_empty_forms_only_row_is_no_money_beside_an_unknown_heading() -> None:
    records = read(
        """
        | 科目编码 | 科目名目 |   | 合计 | 基本支出 |
        | 合计     |          | 1 | 0    | 0        |
        """,
        form_key=None,
    )
    assert [amount.amount_text for amount in records.amounts] == ["0", "0"]


def test_a_name_with_a_dash_below_the_header_is_a_row_whatever_it_heads_elsewhere() -> None:
    records = read(
        """
        | 项目     | 项目         | 预算数 |
        |          | 上级补助收入 | —      |
        |          | 事业收入     | —      |
        |          | 经营收入     | 58.96  |
        | 收入合计 |              | 58.96  |
        """,
        form_key="budget_revenue",
    )
    assert amounts(records)["事业收入"] == ["—"]
    assert amounts(records)["经营收入"] == ["58.96"]


NAMED = """
    | 人员经费 |              |       | 公用经费 |              |       |
    | 科目编码 | 科目名目     | 金额  | 科目编码 | 科目名目     | 金额  |
    | 301      | 工资福利支出 | 12.00 | 302      | 商品服务支出 | 5.00  |
    | 30101    | 基本工资     | 7.00  | 30201    | 办公费       | 3.00  |
    | 30102    | 津贴补贴     | 5.00  | 30202    | 印刷费       | 2.00  |
    |          | 人员经费合计 | 12.00 |          | 公用经费合计 | 5.00  |
"""


def test_names_under_a_heading_of_money_name_the_rows() -> None:
    records = read(NAMED, form_key="final_basic_by_economic")
    assert amounts(records)["人员经费合计"] == ["12.00"]
    assert amounts(records)["公用经费合计"] == ["5.00"]
    assert not records.rejects


def test_one_figure_printed_again_and_again_is_no_code() -> None:
    records = read(
        """
        | 科目编码 | 科目名称 | 项目支出 |
        | 201      | 甲       | 2010589  |
        | 20105    | 乙       | 2010589  |
        | 2010501  | 丙       | 2010589  |
        """,
        form_key=None,
    )
    assert [amount.amount_text for amount in records.amounts] == ["2010589"] * 3


def test_codes_that_go_up_are_no_money_under_a_heading_that_says_money() -> None:
    records = read(
        """
        | 人员经费支出 |              |       |
        | 科目代号     | 科目名称     | 金额  |
        | 301          | 工资福利支出 | 12.00 |
        | 30101        | 基本工资     | 7.00  |
        | 30102        | 津贴补贴     | 5.00  |
        | 303          | 对个人补助   | 2.00  |
        """,
        form_key="final_basic_by_economic",
    )
    assert [amount.amount_text for amount in records.amounts] == ["12.00", "7.00", "5.00", "2.00"]
    assert [line.code for line in records.lines] == ["301", "30101", "30102", "303"]


def test_a_few_names_are_no_money_where_names_stand_under_the_same_heading_on_the_left() -> None:
    records = read(
        """
        | 公用经费 |        |       |          |            |       |
        | 科目编码 | 科目名目 | 决算数 | 科目编码 | 科目名目   | 决算数 |
        | 302      | 商品和服务支出 | 12.00 | 30229 | 福利费 | 3.00 |
        | 30201    | 办公费   | 7.00  |          |            |       |
        | 30202    | 印刷费   | 2.00  |          |            |       |
        """,
        form_key="final_basic_by_economic",
    )
    labels = {(line.code, line.row_label) for line in records.lines}
    assert labels >= {("302", "商品和服务支出"), ("30229", "福利费")}
    assert {column.measure for column in records.columns} == {"total"}


def test_rates_under_an_unknown_heading_are_no_money() -> None:
    records = read(
        """
        | 科目名称     | 上年数 | 本年数 | 升降态势 |
        | 工资福利支出 | 12.00  | 15.00  | 25.00    |
        | 商品服务支出 | 8.00   | 6.00   | -25.00   |
        | 对个人补助   | 5.00   | 5.50   | 10.00    |
        """,
        form_key=None,
    )
    assert [amount.amount_text for amount in records.amounts] == [
        "12.00",
        "15.00",
        "8.00",
        "6.00",
        "5.00",
        "5.50",
    ]


def test_a_second_code_in_two_columns_is_one_code_and_what_a_merged_cell_leaves_out_goes_on() -> None:
    records = read(
        """| 部门预算支出经济分类科目 | | | 政府预算支出经济分类科目 | | | 合计 |
        | 类 | 款 | 科目名称 | 类 | 款 | 科目名称 | |
        | 301 | 01 | 基本工资 | 501 | 01 | 工资奖金津补贴 | 60.00 |
        | | 13 | 住房公积金 | | 03 | 住房公积金 | 30.00 |""",
        form_key="budget_basic_by_economic",
    )
    assert [(line.code, line.economic_code_government) for line in records.lines] == [
        ("30101", "50101"),
        ("30113", "50103"),
    ]
    assert not records.rejects


def test_the_second_part_of_a_code_is_of_the_classification_that_the_first_tells() -> None:
    records = read(
        """| 科目编码 | | 单位代码 | 单位名称（科目） | 合计 |
        | 类 | 款 | | | |
        | | | | 合计 | 90.00 |
        | 301 | 01 | 403001 | 基本工资 | 60.00 |
        | 302 | 27 | 403001 | 委托业务费 | 30.00 |""",
        form_key=None,
    )
    assert [line.code for line in records.lines] == [None, "30101", "30227"]


def test_a_code_may_stand_in_brackets() -> None:
    records = read("""| 科目编码 | 科目名称 | 合计 |
        | [207] | 文化支出 | 60.00 |
        | 【20701】 | 文化和旅游 | 60.00 |""")
    assert [(line.code, line.label_plain) for line in records.lines] == [
        ("207", "文化支出"),
        ("20701", "文化和旅游"),
    ]


def test_a_code_that_is_printed_whole_beside_its_parts_is_read_once() -> None:
    records = read("""| 功能科目 | | | 科目编码 | 科目名称 | 合计 |
        | 类 | 款 | 项 | | | |
        | 205 | | | 205 | 教育支出 | 60.00 |
        | 205 | 01 | 02 | 2050102 | 一般行政管理事务 | 60.00 |
        | | | | 301001 | 示例县教育局本级 | 60.00 |""")
    assert [line.code for line in records.lines] == ["205", "2050102", "301001"]


def test_stars_stand_in_the_row_of_column_numbers_where_a_column_has_none() -> None:
    records = read("""| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |
        | ** | ** | 1 | 2 | 3 |
        | 213 | 农林水支出 | 60.00 | 40.00 | 20.00 |""")
    assert [line.row_label for line in records.lines] == ["农林水支出"]
    assert Counter(cell.destination for cell in records.numeric_cells)["column_numbers"] == 3


def test_a_code_without_its_class_has_that_above_where_the_codes_below_begin_with_both() -> None:
    records = read("""| 科目编码 | 科目名称 | 合计 |
        | 213 | 农林水支出 | 60.00 |
        | 03 | 水利 | 60.00 |
        | 2130305 | 水利工程建设 | 60.00 |
        | 08 | 别的 | 60.00 |""")
    assert [line.code for line in records.lines] == ["213", "21303", "2130305", "08"]


def test_the_name_beside_a_code_is_kept_where_the_row_is_called_otherwise() -> None:
    records = read(
        """| 项目名称 | 功能科目编码 | 功能科目名称 | 合计 |
        | 防控经费 | 2100408 | 基本公共卫生服务 | 50.00 |""",
        form_key="budget_special_projects",
    )
    assert [(line.row_label, line.code, line.code_name) for line in records.lines] == [
        ("防控经费", "2100408", "基本公共卫生服务")
    ]


def test_codes_go_on_under_the_same_unknown_heading_in_the_next_table() -> None:
    records = read(
        """| 科目号码 | 科目名称 | 决算数 | 科目号码 | 科目名称 | 决算数 |
        | 302 | 商品和服务支出 | 9.00 | 30229 | 福利费 | 4.00 |
        | 30206 | 电费 | 2.00 | 310 | 资本性支出 | 1.00 |
        | 30208 | 取暖费 | 3.00 | 公用经费小计 | | 10.00 |""",
        form_key="final_basic_by_economic",
    )
    assert [line.code for line in records.lines if line.side_no == 1] == ["30229", "310", None]
    assert {amount.amount_text for amount in records.amounts} == {
        "9.00",
        "2.00",
        "3.00",
        "4.00",
        "1.00",
        "10.00",
    }


@pytest.mark.parametrize(
    ("codes", "drawing"),
    [
        (
            ["201", "20113", "2011301"],
            """
        |     |    |    | 收入     | 收入     |
        |     |    |    | 合计     | 其他     |
        | 201 |    |    | 3,000.00 | 3,000.00 |
        | 201 | 13 |    | 2,000.00 | 2,000.00 |
        | 201 | 13 | 01 | 1,000.00 | 1,000.00 |
        """,
        ),
        (
            ["30101", "30102"],
            """
        | 项目     |    |        | 基本支出 | 基本支出 |
        | 科目编码 |    | 名称   | 合计     | 人员经费 |
        |          |    |        |          |          |
        | 类301    | 款 | 工资   | 3,000.00 | 3,000.00 |
        | 301      | 01 | 基本   | 2,000.00 | 2,000.00 |
        | 301      | 02 | 津贴   | 1,000.00 | 1,000.00 |
        """,
        ),
    ],
    ids=["no heading at all", "a rule of the heading is gone"],
)
def test_numbers_that_begin_with_a_zero_right_of_classes_are_codes_and_no_money(
    codes: list[str], drawing: str
) -> None:
    """Damaged pages lose headings; 201|13|01 are then 201, 13 and 1 yuan."""
    records = read(drawing, form_key=None)
    assert [line.code for line in records.lines if line.code] == codes
    assert {len(amount.amount_text) for amount in records.amounts} == {len("3,000.00")}
