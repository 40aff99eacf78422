"""Counts of things under a heading that nobody knows, beside money."""

from __future__ import annotations

from extract.forms import understand
from extract.printed import PrintedDocument, PrintedFacts
from tests.extract.drawing import DOCUMENT_ID, VOCABULARY, blocks


def document(table: str) -> PrintedDocument:
    facts = PrintedFacts(DOCUMENT_ID, "a.txt", "text/plain", "0", "read")
    drawn = f"某某市财政局2023年部门预算\n\n政府采购支出预算表\n单位：元\n\n{table}"
    return understand(blocks(drawn), facts, VOCABULARY)


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
    | 项目     | 核定数   | 按支出用途 |          |
    |          |          | 项目       | 核定数   |
    | 一、教育 | 213.9135 | 一、维持   | 213.9135 |
    | 二、文化 | 112.7992 | 二、建设   | 112.7992 |
    | 三、其他 | 20.9892  | 三、预留   | 20.9892  |
    """)
    assert len(found.amounts) == 6
    assert not found.rejects
