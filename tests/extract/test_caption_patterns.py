"""Captions are asked with one pattern of all, and say what the first of their own patterns says."""

from __future__ import annotations

import re

from extract.caption_patterns import Captions

CAPTIONS = Captions(
    [
        ("unit", re.compile(r"单位:(?P<unit>万?元)")),
        ("holder", re.compile(r"单位:(?P<holder>.+)")),
        ("date", re.compile(r"\d{4}年")),
    ]
)


def test_the_first_pattern_that_fits_says_the_kind() -> None:
    assert CAPTIONS.read("单位:万元") == ("unit", "万元")
    assert CAPTIONS.read("单位:某某局") == ("holder", "某某局")


def test_a_pattern_without_a_group_states_all_of_the_text() -> None:
    assert CAPTIONS.read("2024年") == ("date", "2024年")


def test_prose_is_no_caption() -> None:
    assert CAPTIONS.read("本单位2024年增加") is None


def test_one_kind_is_asked_whatever_else_a_text_may_be() -> None:
    assert CAPTIONS.value("holder", "单位:万元") == "万元"
    assert CAPTIONS.value("date", "单位:万元") is None


def test_a_kind_that_the_table_has_no_row_of_states_nothing() -> None:
    assert CAPTIONS.value("department", "单位:万元") is None


def test_patterns_stay_in_their_order() -> None:
    assert [kind for kind, _ in CAPTIONS] == ["unit", "holder", "date"]
