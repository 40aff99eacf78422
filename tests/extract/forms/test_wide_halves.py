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
