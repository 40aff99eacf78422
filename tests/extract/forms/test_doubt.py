"""Why a figure may not be what a person sees goes with it, from its cell to its trust."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract import printed_frames, stage
from extract.blocks import Block, Cell, Doubt, Grid
from extract.forms import understand
from extract.printed import PrintedDocument, PrintedFacts
from orchestration.direct.warehouse import built
from tests.extract.drawing import DOCUMENT_ID, VOCABULARY, blocks, collector

BUDGET = """
    部门收支总表
    单位：万元
    | 项目 | 预算数 |
    | 合计 | 30.00 |
    | 一般公共预算拨款 | 20.00 |
    | 政府性基金拨款 | 10.00 |
"""
FUNCTIONS = """
    一般公共预算支出表
    单位：万元
    | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |
    | | 合计 | 30.00 | {basic} | 10.00 |
    | 213 | 农林水支出 | 30.00 | {basic} | 10.00 |
    | 21301 | 农业农村 | 30.00 | {basic} | 10.00 |
    | 2130101 | 行政运行 | 30.00 | {last} | 10.00 |
"""


def doubted(drawn: tuple[Block, ...], texts: set[str], doubt: Doubt) -> tuple[Block, ...]:
    """The same blocks with a doubt on the cells that print one of the texts."""

    def marked(cell: Cell) -> Cell:
        return cell._replace(doubt=doubt) if cell.text in texts else cell

    return tuple(
        replace(block, rows=tuple(tuple(map(marked, row)) for row in block.rows))
        if isinstance(block, Grid)
        else block
        for block in drawn
    )


def understood(drawn: tuple[Block, ...]) -> PrintedDocument:
    facts = PrintedFacts(
        DOCUMENT_ID, "budget.txt", "text/plain", "0", "read", year_text="2026", stage="budget"
    )
    return understand(drawn, facts, VOCABULARY)


def judged(drawing: str, texts: set[str], doubt: Doubt) -> tuple[dict[str, set[str]], set[str]]:
    """The trust of each printed text that the doubt is about, and the severities of broken identities."""
    frames = stage(printed_frames([understood(doubted(blocks(drawing), texts, doubt))]))
    with built(frames) as connection:
        trust = connection.sql(
            """
            select amounts.amount_text, list(distinct decided.trust)
            from staging.amounts as amounts
            inner join reconciliation.amount_trust as decided on amounts.amount_id = decided.amount_id
            where amounts.doubt is not null
            group by amounts.amount_text
            """
        ).fetchall()
        severities = connection.sql(
            "select distinct severity from marts.fct_findings where residual_yuan is not null"
        ).fetchall()
    return {text: set(all_) for text, all_ in trust}, {severity for (severity,) in severities}


@pytest.mark.parametrize("doubt", ["glued", "hidden", "format", "text_layer"])
def test_the_doubt_of_a_cell_is_that_of_its_amount(doubt: Doubt) -> None:
    document = understood(doubted(blocks(BUDGET), {"20.00"}, doubt))
    assert {amount.amount_text: amount.doubt for amount in document.amounts} == {
        "30.00": None,
        "20.00": doubt,
        "10.00": None,
    }


def test_a_recognised_cell_is_doubtful_as_recognised_unless_its_reader_says_more() -> None:
    taken = collector()
    taken.amount(Cell("1.00", 1, 0, confidence=0.99), "line", 0)
    taken.amount(Cell("2.00", 1, 1, confidence=0.99, doubt="text_layer"), "line", 1)
    taken.amount(Cell("3.00", 1, 2), "line", 2)
    assert [amount.doubt for amount in taken.amounts] == ["recognised", "text_layer", None]


def test_a_figure_joined_of_cells_is_as_doubtful_as_one_of_them() -> None:
    parts = (Cell("1,204.", 1, 0), Cell("31", 1, 1, doubt="hidden"))
    taken = collector()
    taken.amount(Cell("1,204.31", 1, 0, parts=parts), "line", 0)
    assert [amount.doubt for amount in taken.amounts] == ["hidden"]


def test_a_break_with_a_doubtful_figure_is_never_called_the_publishers() -> None:
    wrong = FUNCTIONS.format(basic="20.00", last="25.00")
    _, severities = judged(wrong, {"25.00"}, "glued")
    assert severities == {"suspect"}
    _, without_doubt = judged(wrong, set(), "glued")
    assert without_doubt == {"discrepancy"}


def test_a_doubtful_figure_is_reconciled_where_others_confirm_it_and_not_among_its_like() -> None:
    right = FUNCTIONS.format(basic="20.00", last="20.00")
    confirmed, _ = judged(right, {"20.00"}, "format")
    assert confirmed == {"20.00": {"reconciled"}}
    alike, _ = judged(right, {"10.00", "20.00", "30.00"}, "format")
    assert alike == {text: {"quarantined"} for text in ("10.00", "20.00", "30.00")}


@pytest.mark.parametrize(
    ("printed", "doubt", "reason"),
    [
        ("￼", "unread", "not_read"),  # a picture, a field without its result
        ("2024-03-05", "format", "not_a_number"),  # a figure under the format of a date
        ("-", "format", "not_a_number"),  # one that its format shows as nothing
        ("1、15,779.51", "glued", "not_a_number"),
        ("20B.59", None, "not_a_number"),  # a letter that a font says for a digit
        ("\ue001\ue002.\ue003", None, "not_a_number"),  # digits of private use
    ],
)
def test_what_stands_for_a_figure_is_rejected_and_leaves_no_form_blank(
    printed: str, doubt: Doubt | None, reason: str
) -> None:
    lines = "\n".join(f"| {name} | {printed} |" for name in ("合计", "一般公共预算拨款", "政府性基金拨款"))
    drawn = blocks(f"部门收支总表\n单位：万元\n| 项目 | 预算数 |\n{lines}")
    document = understood(doubted(drawn, {printed}, doubt) if doubt else drawn)
    assert [(reject.printed_text, reject.reason_code) for reject in document.rejects] == [
        (printed, reason)
    ] * 3
    assert [form.is_blank for form in document.forms] == [False]
