"""A small disclosure before it is typeset, with figures drawn by lot that add up, and what it should say."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import NamedTuple

from extract.folding import fold
from tests.benchmarks.cases import Place

Rows = list[list[str]]
_REVENUE = "budget_revenue"
_FUNCTION = "budget_expenditure_by_function"
_MEASURES = ("total", "personnel", "public_operating", "special_project")


class Draft(NamedTuple):
    """A disclosure before it is typeset: lines above each table, its rows, and what it should say."""

    heads: tuple[tuple[str, ...], ...]
    tables: tuple[Rows, ...]
    expected: dict[Place, Decimal]


Kind = Callable[[Draft, random.Random], tuple[str, bytes]]
"""Typesets a draft with one trouble: a file's name, which tells its format, and its bytes."""


class Variant(NamedTuple):
    """A file with one trouble, and what it should say; figures that nobody can read are not expected."""

    kind: str
    file_name: str
    data: bytes
    expected: Mapping[Place, Decimal]


def draft(chance: random.Random) -> Draft:
    """Draw consistent figures: revenue by unit, spending by functional code."""
    personnel, operating, project = (Decimal(chance.randint(10_000, 900_000)) / 100 for _ in range(3))
    housing = Decimal(chance.randint(1_000, 60_000)) / 100
    total = personnel + operating + project + housing
    rows = [
        ("", "合计", total, personnel + housing, operating, project),
        ("213", "农林水支出", total - housing, personnel, operating, project),
        ("21301", "农业农村", total - housing, personnel, operating, project),
        ("2130104", "事业运行", personnel + operating, personnel, operating, None),
        ("2130122", "农业生产发展", project, None, None, project),
        ("221", "住房保障支出", housing, housing, None, None),
        ("22102", "住房改革支出", housing, housing, None, None),
        ("2210201", "住房公积金", housing, housing, None, None),
    ]
    expected = {
        Place(_FUNCTION, code or fold(label), measure, "general_public"): figure * 10_000
        for code, label, *figures in rows
        for measure, figure in zip(_MEASURES, figures, strict=True)
        if figure is not None
    }
    units = [("", "合计"), ("301", "示例县农业农村局"), ("301007", "示例县农业技术服务中心")]
    expected |= {
        Place(_REVENUE, code or fold(name), "total", fund): total * 10_000
        for code, name in units
        for fund in ("all", "general_public")
    }
    revenue = [
        ["单位编码", "单位名称", "合计", "公共预算拨款", "政府性基金拨款", "事业收入", "其他收入"],
        *([code, name, text(total), text(total), "", "", ""] for code, name in units),
    ]
    spending = [
        ["功能科目编码", "功能科目名称", "合计", "人员经费支出", "公用经费支出", "专项业务经费支出", "备注"],
        *(
            [code, label, *("" if figure is None else text(figure) for figure in figures), ""]
            for code, label, *figures in rows
        ),
    ]
    cover = (
        "示例县农业技术服务中心",
        "2024年单位预算",
        "第二部分 公开报表",
        "单位名称：示例县农业技术服务中心",
    )
    return Draft(
        (
            (*cover, "表2", "2024年单位综合预算收入总表", "单位：万元"),
            ("表5", "2024年单位综合预算一般公共预算支出明细表（按支出功能分类科目）", "单位：万元"),
        ),
        (revenue, spending),
        expected,
    )


def text(figure: Decimal) -> str:
    """A figure as it is usually printed."""
    return f"{figure:,.2f}"


def number(printed: str) -> float:
    """What a workbook stores for it."""
    return float(printed.replace(",", ""))


def is_figure(printed: str) -> bool:
    """Whether a cell of a draft is money."""
    return "." in printed
