"""One printed text has one folded form, and what is a number is decided once."""

from __future__ import annotations

import re
import time

import pytest

from extract import figures
from extract.folding import fold, fold_number
from extract.numerals import is_amount, is_dash, is_money_shaped, is_numeric_cell, is_ordinal, is_rate


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("项 目", "项目"),
        ("（按大类）", "(按大类)"),
        ("“三公”经费", "三公经费"),
        ("单位：万元", "单位:万元"),
        ("１２３", "123"),
        ("\u3000合\u3000计\ufeff", "合计"),
    ],
)
def test_width_spaces_and_quotes_do_not_tell_texts_apart(printed: str, folded: str) -> None:
    assert fold(printed) == folded


def test_every_dash_is_one_dash_in_a_number() -> None:
    assert {fold_number(text) for text in ("−5", "－5", "–5", "—5", "-5")} == {"-5"}


@pytest.mark.parametrize(
    "text",
    ["1", "1,234.50", "２，４２９", "28 万", "99.21%", "301", "-3", "1.2.3", "1,2345", "(12.5)", "3万元"],
)
def test_a_cell_of_one_numeral_is_numeric_even_when_malformed(text: str) -> None:
    assert is_numeric_cell(text)


@pytest.mark.parametrize("text", ["", "-", "——", "表1", "2024年", "1-12月", "6人", "100%；90%", "一、", "."])
def test_words_dashes_and_lists_are_not_numeric_cells(text: str) -> None:
    assert not is_numeric_cell(text)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("0.00", True),
        ("2,429,867.00", True),
        ("-5.38", True),
        ("(5.38)", True),
        ("28 万", True),
        ("1.2.3", False),
        ("1,2345", False),
        ("12,34.5", False),
        ("99%", False),
        ("", False),
    ],
)
def test_an_amount_is_one_well_formed_number(text: str, verdict: bool) -> None:
    assert is_amount(text) is verdict


def test_no_rewriting_names_a_word_but_those_of_figures() -> None:
    """So that a cell with any other ideograph need not be rewritten to be known as no numeral."""
    rewritings = (*figures.BEFORE_FOLDING, *figures.AFTER_FOLDING)
    named = set(re.findall(r"[\u4e00-\u9fff]", "".join(each.pattern for each in rewritings)))
    assert named <= set(figures.WORDS_OF_FIGURES)
    assert not [word for word in figures.WORDS_OF_FIGURES if is_numeric_cell(f"某{word}1.00")]
    assert all(map(is_numeric_cell, ("一1.00", "负3", "人民币1.00元", "5.00（注一）", "1.00圆整", "1万")))


def test_many_different_labels_are_told_from_numerals_at_once() -> None:
    labels = [f"某项目{number}" for number in range(200_000)]  # more than are remembered
    began = time.process_time()
    assert not any(map(is_numeric_cell, labels))
    assert time.process_time() - began < 2


def test_money_ordinals_rates_and_dashes_are_told_apart() -> None:
    shapes = {
        text: (is_money_shaped(text), is_ordinal(text), is_rate(text), is_dash(text))
        for text in ("220,000.00", "220.00", "99", "81%", "—")
    }
    assert shapes == {
        "220,000.00": (True, False, False, False),
        "220.00": (True, False, False, False),
        "99": (False, True, False, False),
        "81%": (False, False, True, False),
        "—": (False, False, False, True),
    }
