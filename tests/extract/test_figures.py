"""However a figure is printed, it is one number; what may be a figure and something else is not."""

from __future__ import annotations

from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import read_document
from extract.figures import has_odd_gap
from extract.folding import fold_number
from extract.forms.counts import read_counts
from extract.forms.paragraphs import paragraphs
from extract.landing import LandedFile
from extract.normalize.numbers import last_digit, numeral, to_number
from extract.numerals import holds_figure, is_amount, is_error, is_misspelt
from extract.printed import PrintedCount
from extract.readers.text import read_text
from extract.vocabulary import load_vocabulary

POSITIVE = (
    "1,836.42", "１，８３６．４２", "￥1,836.42", "¥ 1,836.42", "RMB1,836.42",
    "CNY 1,836.42", "人民币1,836.42", "1,836.42RMB", "1\u2009836.42",
    "1\u00a0836.42", "1 836.42", "1，836.42", "1、836.42", "1,836·42", "1,836。42",
    "1‚836.42", "1’836.42", "1'836.42", "\ufffc1,836.42",
    "\u200e1,836.42\u200e", "1\u00ad,836.42", "\u202a1,836.42\u202c",
    "1\u200b,836.42", "1.83642E+03", "1.83642E+3", "1.836420e+03", "1,836.42¹", "1,836.42①",
    "1,836.42*", "①1,836.42", "1,836.42（注1）", "1,836.42[1]", "1,836.42【注】",
    "1, 836. 42", "1 8 3 6 . 4 2",
)  # fmt: skip
NEGATIVE = (
    "-444.46", "−444.46", "－444.46", "–444.46", "—444.46", "―444.46", "─444.46",
    "⁃444.46", "➖444.46", "一444.46", "△444.46", "▲444.46", "负444.46",
    "(444.46)", "（444.46）", "【444.46】", "[444.46]", "444.46-", "444.46－",
    "444.46CR", "￥-444.46", "-￥444.46", "(￥444.46)", "(-444.46)", "△ 444.46",
)  # fmt: skip


def counts(prose: str) -> tuple[PrintedCount, ...]:
    return read_counts(paragraphs(read_text(prose)), "d" * 64, load_vocabulary())


def numbers(texts: tuple[str, ...]) -> list[Decimal | None]:
    return pl.DataFrame({"text": texts}).select(to_number(pl.col("text"))).to_series().to_list()


@pytest.mark.parametrize("text", POSITIVE)
def test_a_figure_is_the_same_number_however_it_is_printed(text: str) -> None:
    assert is_amount(text)
    assert numbers((text,)) == [Decimal("1836.42")]
    assert not has_odd_gap(text)


@pytest.mark.parametrize("text", NEGATIVE)
def test_a_negative_figure_is_negative_however_its_sign_is_printed(text: str) -> None:
    assert is_amount(text)
    assert numbers((text,)) == [Decimal("-444.46")]


@pytest.mark.parametrize("text", ["1.2.3", "1,195.84\n444.46", "444.46\n1", "$1.00", "1836(1)", "一二"])
def test_what_is_no_figure_is_no_number(text: str) -> None:
    assert not is_amount(text)
    assert numbers((text,)) == [None]


@pytest.mark.parametrize("text", ["1,836,42", "1.836,42", "18,36.42"])
def test_groups_of_thousands_have_three_digits(text: str) -> None:
    assert not is_amount(text)


def test_a_figure_of_forty_digits_is_no_number_and_no_error() -> None:
    assert numbers(("1" * 40, "0" * 40 + "7.5", "9" * 18)) == [None, Decimal("7.5"), Decimal("9" * 18)]


def test_scientific_notation_is_as_exact_as_its_digits() -> None:
    texts = pl.DataFrame({"text": ["1.84E+03", "1.836420E+03", "5E+02", "1.2E-07"]})
    rows = texts.select(to_number(pl.col("text")), last=last_digit(pl.col("text"))).rows()
    assert rows[:3] == [(1840, 10), (Decimal("1836.42"), Decimal("0.001")), (500, 100)]
    assert rows[3][0] is None  # finer than any figure of money


@pytest.mark.parametrize("text", ["444.46 1", "18 36.42", "1,204.31 187.65", "12 3"])
def test_a_gap_where_none_belongs_may_part_two_texts(text: str) -> None:
    assert has_odd_gap(text)


def test_a_text_may_hold_a_figure_without_being_one() -> None:
    assert all(map(holds_figure, ["约1,204.31", "1,195.84\n444.46", "195\n444", "444.46（另有注）"]))
    assert not any(map(holds_figure, ["2024年预算数", "见表5", "第3项", "", "无"]))


def test_errors_of_workbooks_are_known() -> None:
    assert all(map(is_error, ["#REF!", "#DIV/0!", "#N/A", "#VALUE!", "####", "#NAME?"]))
    assert not any(map(is_error, ["#1", "REF", "1,204.31", "#"]))


LETTERS = "0123456789,.、·’ \n-−一△负()（）【】[]¥￥RMBCE+①¹*注万元%\u00ad\u200e１，．年"


def test_a_line_break_at_the_end_is_none_of_the_end_in_python_either() -> None:
    text = "0¹\n"
    (column,) = pl.DataFrame({"text": [text]}).select(numeral(pl.col("text"))).to_series()
    assert column == fold_number(text)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.text(LETTERS, max_size=14), min_size=1, max_size=40))
def test_python_and_polars_rewrite_alike(texts: list[str]) -> None:
    column = pl.DataFrame({"text": texts}).select(numeral(pl.col("text"))).to_series().to_list()
    assert column == [fold_number(text) for text in texts]


@settings(max_examples=300, deadline=None)
@given(st.text(LETTERS, max_size=14))
def test_what_is_taken_for_an_amount_has_a_number(text: str) -> None:
    (number,) = numbers((text,))
    decimals = fold_number(text).partition(".")[2].rstrip("0%‰万亿元)")
    if is_amount(text) and len(decimals) <= 6 and "E" not in fold_number(text).upper():
        assert number is not None


def test_a_count_of_forty_digits_is_none() -> None:
    prose = "人员编制{}人。"
    assert [count.count_text for count in counts(prose.format(12))] == ["12"]
    assert counts(prose.format("1" * 40)) == ()


@pytest.mark.parametrize("text", ["1O.5", "l,2O4.31", "-3o.00", "(1I.5)", "O.50万元", "O", "２Ｏ.5", "1O"])
def test_a_letter_that_looks_like_a_digit_makes_a_numeral_misspelt(text: str) -> None:
    assert is_misspelt(text)
    assert not is_amount(text)


@pytest.mark.parametrize("text", ["10.5", "301", "", "-", "II", "l", "OA系统", "GDP", "表1", "1Ol项", "约10"])
def test_a_numeral_or_a_word_is_not_misspelt(text: str) -> None:
    assert not is_misspelt(text)


def test_a_misspelt_figure_of_a_column_of_money_is_rejected_with_the_reason() -> None:
    rows = ["示例县林业站", "2024年单位预算", "表2", "2024年单位综合预算收入总表", "单位：万元"]
    rows += ["单位编码\t单位名称\t合计\t公共预算拨款\t其他收入", "\t合计\t110.5\t1O.5\t100.00"]
    rows += ["301\t示例县林业站\t110.5\t10.5\tO"]
    data = "\n".join(rows).encode()
    document = read_document(LandedFile("d" * 64, "a.txt", "text/plain", len(data)), data)
    assert [amount.amount_text for amount in document.amounts] == ["110.5", "100.00", "110.5", "10.5"]
    assert [(reject.printed_text, reject.reason_code) for reject in document.rejects] == [
        ("1O.5", "not_a_number"),
        ("O", "not_a_number"),
    ]
    assert all("letter" in (reject.hint or "") for reject in document.rejects)
