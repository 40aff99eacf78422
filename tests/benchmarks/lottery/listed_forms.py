"""Lists of projects and of purchases: rows with names of their own."""

from __future__ import annotations

import random

from tests.benchmarks.lottery.books import FISCAL, Leaf
from tests.benchmarks.lottery.codes import functions
from tests.benchmarks.lottery.logical import Column, Context, Form, Line, Side

PURCHASE = "purchase"
_FRONTS = ("年度", "专项", "基层", "信息化", "社区", "便民", "综合", "常规", "重点")
_ENDS = ("工作经费", "维护项目", "建设项目", "服务项目", "保障经费", "补助资金", "整治项目")
_PURCHASES = (
    ("货物", (("办公设备", ("台式计算机", "打印机", "复印机")), ("家具用具", ("办公桌", "文件柜")))),
    ("服务", (("物业服务", ("保洁服务", "安保服务")), ("信息技术服务", ("运行维护服务",)))),
    ("工程", (("修缮工程", ("房屋修缮",)),)),
)


def project_names(context: Context, chance: random.Random) -> dict[str, str]:
    """A name for the project that each functional code with project money pays."""
    codes = context.books.functions(("expenditure",), "", "project", context.now)
    return {code: f"{chance.choice(_FRONTS)}{functions()[code][:8]}{chance.choice(_ENDS)}" for code in codes}


def projects(context: Context, names: dict[str, str], *, by_source: bool) -> Form:
    """One row a project, perhaps by source."""
    version, year = context.now
    columns = [Column(("total",), {}, ("project", "total"), ("all",), version, year)]
    if by_source:
        columns = [Column(("total",), {}, ("project", "total"), ("all",), version, year, parts=(1, 2, 3, 4))]
        columns += [
            Column((name,), {"fund": name}, ("project", "total"), (name,), version, year) for name in FISCAL
        ]
        columns.append(Column(("=单位资金",), {"fund": "not_fiscal"}, (), (), version, year))
    lines = [Line("row.total", level=0)]
    lines += [Line(name, "", 1, (0, 0), {"function": code}) for code, name in names.items()]
    at = {"flow": "expenditure", "kind": "project"}
    side = Side("project", "", tuple(columns), tuple(lines), at)
    drawing = "projects_by_source" if by_source else "projects"
    return Form("budget_special_projects", "budget.projects", "", (side,), drawing)


def procurement(context: Context, chance: random.Random) -> Form:
    """Purchases in an outline of three levels, with quantities in a column of their own."""
    version, year = context.now
    columns = (
        Column(("quantity",), {}, (), (), version, year, nature="count"),
        Column(("procurement_amount",), {}, ("total",), (), version, year),
    )
    lines = [Line("row.total", level=0)]
    counts: dict[int, tuple[int, ...]] = {}
    at: dict[str, int] = {}
    for leaf in context.books.leaves[context.now]:
        if leaf.flow != PURCHASE:
            continue
        names = leaf.economic.split("/")
        parent = 0
        for level, name in enumerate(names, start=1):
            path = "/".join(names[:level])
            if path not in at:
                at[path] = len(lines)
                lines.append(Line(name, "", level, (0, parent), {"economic": path}))
            parent = at[path]
        counts[parent] = (chance.randint(1, 40),)
    side = Side("purchase", "", columns, tuple(lines), {"flow": PURCHASE})
    return Form("budget_procurement", "budget.procurement", "", (side,), "procurement_outline", counts=counts)


def purchases(chance: random.Random, step: int) -> list[Leaf]:
    """Bookings of what is bought: a class, a group and an item each, which no other form prints."""
    drawn = []
    for number, (kind, groups) in enumerate(_PURCHASES):
        if number and chance.random() < 0.3:
            continue
        for group, items in groups:
            for item in items:
                fen = max(step, round(chance.uniform(2e5, 4e7) / step) * step)
                drawn.append(Leaf(PURCHASE, "", "", "", f"{kind}/{group}/{item}", fen))
    return drawn
