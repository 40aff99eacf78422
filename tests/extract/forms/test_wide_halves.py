"""Forms cut in width: the second half names the rows again, and adds columns to them."""

from __future__ import annotations

from extract.forms import understand
from extract.printed import PrintedDocument, PrintedFacts
from tests.extract.drawing import DOCUMENT_ID, VOCABULARY, blocks

TITLE = "某某市财政局2023年部门决算\n\n支出决算表\n单位：万元"
FIRST = """
    | 科目编码 | 科目名称     | 本年支出合计 | 基本支出 |
    | 208      | 社会保障支出 | 9.00         | 5.00     |
    | 210      | 卫生健康支出 | 4.00         | 1.00     |
"""


def document(second: str) -> PrintedDocument:
    facts = PrintedFacts(DOCUMENT_ID, "a.txt", "text/plain", "0", "read")
    drawn = "\n\n".join((TITLE, FIRST, "支出决算表（续）\n单位：万元", second))
    return understand(blocks(drawn), facts, VOCABULARY)


SECOND = """
    | 科目编码 | 科目名称     | 项目支出 | 经营支出 |
    | 208      | 社会保障支出 | 3.00     | 1.00     |
    | 210      | 卫生健康支出 | 2.00     | 1.00     |
"""


def test_the_columns_of_the_second_half_belong_to_the_rows_of_the_first() -> None:
    found = document(SECOND)
    assert [(line.code, line.side_no) for line in found.lines] == [("208", 0), ("210", 0)]
    first = [amount.amount_text for amount in found.amounts if amount.line_id == found.lines[0].line_id]
    assert first == ["9.00", "5.00", "3.00", "1.00"]
    assert len({column.col_no for column in found.columns}) == len(found.columns) == 4
    assert {column.part_of_col for column in found.columns[1:]} == {found.columns[0].col_no}


def test_a_second_half_with_other_rows_is_another_table() -> None:
    other = SECOND.replace("210 ", "221 ").replace("卫生健康支出", "住房保障支出")
    assert [line.code for line in document(other).lines] == ["208", "210", "208", "221"]


UNKNOWN = """
    | 机构全名 | 预算单位编码 | 收入合计 | 财政拨款收入 |
    | 某某局   | 301          | 9.00     | 5.00         |
    | 某某局本级 | 301007     | 9.00     | 5.00         |
    | 合计     |              | 9.00     | 5.00         |
"""


def continued(second: str) -> PrintedDocument:
    facts = PrintedFacts(DOCUMENT_ID, "a.txt", "text/plain", "0", "read")
    title = "某某市财政局2023年部门决算\n\n收入决算表\n单位：万元"
    return understand(blocks("\n\n".join((title, UNKNOWN, "续表", second))), facts, VOCABULARY)


def test_rows_printed_again_beside_columns_of_unknown_headings_are_the_same_rows() -> None:
    found = continued("""
    | 机构全名 | 预算单位编码 | 其他 | 上级给予款 |
    | 某某局   | 301          | 3.00 | 1.00       |
    | 某某局本级 | 301007     | 3.00 | 1.00       |
    | 合计     |              | 3.00 | 1.00       |
    """)
    assert [line.row_label for line in found.lines] == ["某某局", "某某局本级", "合计"]
    total = [amount.amount_text for amount in found.amounts if amount.line_id == found.lines[-1].line_id]
    assert total == ["9.00", "5.00", "3.00", "1.00"]
    assert not found.rejects


def test_a_form_printed_a_second_time_is_not_its_own_other_half() -> None:
    found = continued(UNKNOWN)
    assert len(found.amounts) == 12
    assert {column.column_path for column in found.columns} == {"收入合计", "财政拨款收入"}


def test_rows_of_which_one_differs_are_no_other_half() -> None:
    found = continued("""
    | 机构全名 | 预算单位编码 | 其他 | 上级给予款 |
    | 某某局   | 301          | 3.00 | 1.00       |
    | 另一个局 | 302          | 3.00 | 1.00       |
    | 合计     |              | 3.00 | 1.00       |
    """)
    assert "另一个局" in {line.row_label for line in found.lines}


def test_figures_without_any_name_go_on_under_other_headings_on_the_next_page() -> None:
    facts = PrintedFacts(DOCUMENT_ID, "a.txt", "text/plain", "0", "read")
    drawn = """某某市财政局2023年部门预算

“三公”经费、会议费、培训费支出预算表
单位：万元

    | “三公”经费合计 | 因公出国（境）费 | 会议费用 |
    |                |                  |          |
    | 4.88           | 1.89             | 7.07     |

续表

    | 公务用车购置和运行费 |      |        | 培训费 | 公务接待费用 |
    | 金额                 | 购置 | 运行费 |        |              |
    | 0.70                 | -    | 0.70   | -      | 2.28         |
"""
    found = understand(blocks(drawn), facts, VOCABULARY)
    assert len(found.lines) == 1
    printed = [amount.amount_text for amount in found.amounts]
    assert printed == ["4.88", "1.89", "7.07", "0.70", "-", "0.70", "-", "2.28"]
    assert not found.rejects
