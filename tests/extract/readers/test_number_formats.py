"""A number in a workbook is the text that a person sees in the cell."""

from __future__ import annotations

import datetime as dt

import pytest

from extract.readers.date_formats import printed_date
from extract.readers.number_formats import displayed, printed_number, stored_number

ACCOUNTING = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("value", "code", "printed"),
    [
        (1234567.5, "#,##0.00", "1,234,567.50"),
        (1234.5, "0.00", "1234.50"),
        (0.005, "0.00", "0.01"),
        (1.005, "0.00", "1.01"),
        (-0.001, "0.00", "0.00"),
        (1234.5, "0", "1235"),
        (2080501, "General", "2080501"),
        (2080501.0, "General", "2080501"),
        (2995.3900000000003, "General", "2995.39"),
        (0.1 + 0.2, "General", "0.3"),
        (16122.2000000001, "General", "16122.2"),
        (16122.123456, "General", "16122.123456"),
        (12345678901.23, "General", "12345678901.23"),
        (1e-7, "General", "0.0000001"),
        (0.9921, "0.00%", "99.21%"),
        (0.5, "0%", "50%"),
        (201, "@", "201"),
        (5, "000", "005"),
        (1234.5, ACCOUNTING, "1,234.50"),
        (-1234.5, ACCOUNTING, "-1,234.50"),
        (0, ACCOUNTING, "-"),
        (-3.5, "#,##0.00;(#,##0.00)", "(3.50)"),
        (-3.5, "0.00_);[Red]\\(0.00\\)", "(3.50)"),
        (0, "0.00;-0.00;", ""),
        (0, "#,##0.00;-#,##0.00;;@", ""),
        (12.5, '0.00"万元"', "12.50万元"),
        (12.5, "[$¥-804]#,##0.00", "¥12.50"),
        (12.5, "#.##", "12.5"),
        (12, "#.##", "12"),
        (123456, "#,##0.00,", "123.46"),
        (1234567, "#,##0", "1,234,567"),
        (100, "0000!.00", "0001.00"),
    ],
)
def test_a_number_is_printed_as_its_format_says(value: float, code: str, printed: str) -> None:
    assert printed_number(value, code) == printed


@pytest.mark.parametrize(
    ("value", "code", "printed"),
    [
        (-444.46, "#,##0.00;[Red]#,##0.00", "-444.46"),
        (-444.46, "0.00_ ;[红色]0.00\\ ", "-444.46"),
        (-0.001, "0.00;[Red]0.00", "0.00"),
        (-444.46, '#,##0.00;"△"#,##0.00', "△444.46"),
        (-444.46, '"￥"#,##0.00;"￥"\\-#,##0.00', "￥-444.46"),
        (-444.46, "[DBNum3]#,##0.00", "-444.46"),
        (1836.42, "#,##0.00元", "1,836.42元"),
        (1836.42, 'General"元"', "1836.42元"),
        (12345.6, "# ##0.00", "12 345.60"),
        (1836.42, "0", "1836"),
        (1836.42, "0.00E+00", "1.84E+03"),
        (2130104, "0.00E+00", "2130104"),
        (1836.42, "[>=1000]#,##0.00;0.000", "1,836.42"),
        (36.42, "[>=1000]#,##0.00;0.000", "36.420"),
        (5, "0,000", "0,005"),
        (0, "0.00;;", ""),
    ],
)
def test_a_figure_that_is_only_rounded_or_marked_is_no_doubt(value: float, code: str, printed: str) -> None:
    seen = displayed(value, code)
    assert (seen.text, seen.is_certain, seen.is_doubtful) == (printed, True, False)


@pytest.mark.parametrize(
    ("value", "code", "printed"),
    [
        (18364200, "0!.0000", "1836.4200"),
        (18364200, r"0\.0,", "1836.4"),
        (18364200, "#,##0.00,", "18,364.20"),
        (18364200, "0.00,,", "18.36"),
        (18364200, "#,##0!.0000", "18,36.4,200"),
        (-444.46, "0.00;0.00", "444.46"),
        (-5, "[<0]0.00;0.00", "5.00"),
        (1836.42, ";;;", ""),
        (1836.42, '"略"', "略"),
        (1836.42, '[>1000]0.00,"千";0.00', "1.84千"),
    ],
)
def test_a_figure_that_is_displayed_otherwise_comes_with_what_is_stored(
    value: float, code: str, printed: str
) -> None:
    seen = displayed(value, code)
    assert (seen.text, seen.stored, seen.is_certain) == (printed, stored_number(value), True)
    assert seen.is_doubtful


@pytest.mark.parametrize(
    ("value", "code", "stored"),
    [
        (1836.42, "0", "1836.42"),
        (1836.42, "0.00E+00", "1836.42"),
        (1836.44, "#,##0.0", "1836.44"),
        (1836.424, "0.00", None),  # finer than a fen
        (1836.00, "0", None),
        (0.8564, "0%", None),
    ],
)
def test_a_figure_that_is_shown_with_fewer_digits_comes_with_what_is_stored(
    value: float, code: str, stored: str | None
) -> None:
    assert displayed(value, code).stored == stored


@pytest.mark.parametrize("code", ["# ?/?", "qqq", "[hh]:mm", "0.00E+00x", "[h]"])
def test_a_format_that_is_not_understood_gives_the_stored_number_with_a_doubt(code: str) -> None:
    assert displayed(1234.5, code)[:3] == ("1234.5", None, False)
    assert displayed(1234.5, code).is_doubtful


@pytest.mark.parametrize(
    ("code", "printed"),
    [
        ("yyyy-mm-dd", "2024-03-05"),
        ("yyyy/m/d", "2024/3/5"),
        ('yyyy"年"m"月"d"日"', "2024年3月5日"),
        ("yyyy\\-mm\\-dd hh:mm:ss", "2024-03-05 14:07:09"),
        ("General", "2024-03-05T14:07:09"),
    ],
)
def test_a_date_is_printed_as_its_format_says(code: str, printed: str) -> None:
    assert printed_date(dt.datetime(2024, 3, 5, 14, 7, 9), code) == printed
