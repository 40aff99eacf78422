"""A number in a workbook is the text that a person sees in the cell."""

from __future__ import annotations

import datetime as dt

import pytest

from extract.readers.number_formats import printed_date, printed_number, stored_number

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
    ],
)
def test_a_number_is_printed_as_its_format_says(value: float, code: str, printed: str) -> None:
    assert printed_number(value, code) == printed


@pytest.mark.parametrize("code", ["0.00E+00", "# ?/?", "[>100]0.0;0.00", r"0\.0,0", "qqq"])
def test_a_format_that_is_not_carried_out_gives_the_stored_number(code: str) -> None:
    assert printed_number(1234.5, code) == stored_number(1234.5) == "1234.5"


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
