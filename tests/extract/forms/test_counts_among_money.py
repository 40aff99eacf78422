"""Counts of things under a heading that nobody knows, beside money."""

from __future__ import annotations

from extract.forms import understand
from extract.printed import PrintedDocument, PrintedFacts
from tests.extract.drawing import DOCUMENT_ID, VOCABULARY, blocks


def document(table: str) -> PrintedDocument:
    return drawn(f"某某市财政局2023年部门预算\n\n政府采购支出预算表\n单位：元\n\n{table}")


def drawn(drawing: str) -> PrintedDocument:
    facts = PrintedFacts(DOCUMENT_ID, "a.txt", "text/plain", "0", "read")
    return understand(blocks(drawing), facts, VOCABULARY)


def test_whole_numbers_that_no_total_is_printed_of_are_counts() -> None:
    found = document("""
    | 品目名称 | 件儿 | 金额 |
    | 总计     |      | 1000 |
    | 货物     |      | 900  |
    | 打印机   | 16   | 400  |
    | 复印机   | 2    | 300  |
    | 办公桌   | 9    | 200  |
    | 服务     | 1    | 100  |
    """)
    assert [amount.amount_text for amount in found.amounts] == ["1000", "900", "400", "300", "200", "100"]


def test_whole_numbers_with_a_total_are_money() -> None:
    found = document("""
    | 品目名称 | 件儿 | 金额 |
    | 总计     | 28   | 1000 |
    | 货物     | 27   | 900  |
    | 打印机   | 16   | 400  |
    | 复印机   | 2    | 300  |
    | 办公桌   | 9    | 200  |
    | 服务     | 1    | 100  |
    """)
    assert [amount.amount_text for amount in found.amounts][:4] == ["28", "1000", "27", "900"]


def test_figures_to_the_hundredth_and_finer_are_money_under_a_heading_of_names() -> None:
    found = document("""
    | 项目     | 拟列数   | 按支出用途 |          |
    |          |          | 项目       | 拟列数   |
    | 一、教育 | 213.9135 | 一、维持   | 213.9135 |
    | 二、文化 | 112.7992 | 二、建设   | 112.7992 |
    | 三、其他 | 20.9892  | 三、预留   | 20.9892  |
    """)
    assert len(found.amounts) == 6
    assert not found.rejects


COUNTED = """
    示例县民政局2023年度部门决算
    国有资产占用情况表
    {}
    | 项目 | 车辆合计 | 主要领导干部用车 | 其他车辆 | 单价100万元以上设备 | 设备账面（万元） |
    | 合计 | 5        | 1                | 4        | 2                   | 310.00           |
    """


def test_a_form_that_says_what_it_counts_has_no_money_but_under_a_unit_of_money() -> None:
    found = drawn(COUNTED.format("单位：台、辆、套"))
    assert [amount.amount_text for amount in found.amounts] == ["310.00"]
    assert sorted(cell.destination for cell in found.numeric_cells) == ["amounts", *["quantities"] * 4]


def test_a_unit_of_money_beside_what_is_counted_leaves_money() -> None:
    found = drawn(COUNTED.format("单位：万元、辆"))
    assert [amount.amount_text for amount in found.amounts] == ["5", "4", "2", "310.00"]


def test_rows_of_vehicles_count_them_unless_they_are_of_their_cost_or_value() -> None:
    found = document("""
    | 项目                     | 统计数 | 资产净值 |
    | 一、机关运行经费         | 85.00  |          |
    | （一）车辆数合计（辆）   | 3      | 60.50    |
    | 1.主要领导干部用车       | 1      | 20.50    |
    | 2.执法执勤用车           | 2      | 40.00    |
    | 二、执法执勤用车运行维护费 | 6.00   |          |
    """)
    assert [amount.amount_text for amount in found.amounts] == ["85.00", "60.50", "20.50", "40.00", "6.00"]
