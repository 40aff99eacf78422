"""Targets and results that are dates: the last day that a period or a deadline (2024年6月底前) allows."""

from __future__ import annotations

import polars as pl

from extract.normalize.numbers import folded

_ISO = r"^(?P<y>20\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})日?(?:前|之前|以前|完成)*$"
_LED_BY = r"(?:截至|截止到?|不晚于|不迟于|预计|计划|确保|于|在|至|到)*"
_PERIOD = (
    rf"^{_LED_BY}(?P<y>20\d\d)年度?(?:(?P<m>\d{{1,2}})月?份?)?(?:(?P<d>\d{{1,2}})[日号])?"
    r"(?P<range>[-~至到]+(?:(?P<y2>20\d\d)年度?)?(?:(?P<m2>\d{1,2})月份?)?(?:(?P<d2>\d{1,2})[日号])?)?"
    r"(?P<end>年?[底末]|全年|内)?(?P<before>前|之前|以前)?(?:全部|按时|按期|及时|完成)*[。;；]?$"
)


def last_day(text: pl.Expr) -> pl.Expr:
    """The last day in ISO form; NULL for what is no date, and where what is meant is open.

    A year must be printed. What is due before a month or a year (2024年6月前) is open: some mean its end.
    """
    plain = folded(text)
    iso, period = plain.str.extract_groups(_ISO).struct, plain.str.extract_groups(_PERIOD).struct
    is_range = period.field("range").is_not_null()
    year = pl.coalesce(iso.field("y"), period.field("y2"), period.field("y"))
    month = pl.coalesce(iso.field("m"), period.field("m2"), period.field("m"))
    day = pl.coalesce(iso.field("d"), period.field("d2"), pl.when(~is_range).then(period.field("d")))
    is_open = period.field("before").is_not_null() & period.field("end").is_null() & day.is_null()
    first = pl.concat_str(year, pl.lit("-"), month.str.zfill(2), pl.lit("-01")).str.to_date(
        "%Y-%m-%d", strict=False
    )
    exact = pl.concat_str(year, pl.lit("-"), month.str.zfill(2), pl.lit("-"), day.str.zfill(2)).str.to_date(
        "%Y-%m-%d", strict=False
    )
    found = (
        pl.when(day.is_not_null())
        .then(exact)
        .when(month.is_not_null())
        .then(first.dt.month_end())
        .otherwise(pl.concat_str(year, pl.lit("-12-31")).str.to_date("%Y-%m-%d", strict=False))
    )
    return pl.when(year.is_not_null() & ~is_open.fill_null(False)).then(found.dt.to_string("%Y-%m-%d"))
