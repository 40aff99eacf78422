"""Performance forms as grids: money in the head, indicators in levels that are merged on the left."""

from __future__ import annotations

import random
from typing import NamedTuple

from tests.benchmarks.lottery.grid import Matrix
from tests.benchmarks.lottery.logical import Context, Place
from tests.benchmarks.lottery.look import Look, printed
from tests.benchmarks.lottery.rendering import Figure, Rendered, Sum
from tests.benchmarks.lottery.wording import Wording

_LEVELS = (
    ("产出指标", ("数量指标", "质量指标", "时效指标", "成本指标")),
    ("效益指标", ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标")),
    ("满意度指标", ("服务对象满意度指标",)),
)
_INDICATORS = {
    "数量指标": (
        ("开展培训场次", "≥", "12", "场"),
        ("维护设备数量", "≥", "35", "台"),
        ("巡查次数", "=", "240", "次"),
    ),
    "质量指标": (("验收合格率", "=", "100", "%"), ("任务完成率", "≥", "95", "%")),
    "时效指标": (("按时完成率", "≥", "98", "%"), ("资金支付及时率", "≥", "90", "%")),
    "成本指标": (("成本控制率", "≤", "100", "%"), ("每场平均成本", "≤", "0.8", "万元")),
    "经济效益指标": (("节约开支比例", "≥", "5", "%"),),
    "社会效益指标": (("群众知晓率", "≥", "85", "%"), ("受益人数", "≥", "1500", "人")),
    "生态效益指标": (("绿化覆盖率", "≥", "38", "%"),),
    "可持续影响指标": (("制度健全情况", "", "健全", ""),),
    "服务对象满意度指标": (("群众满意度", "≥", "90", "%"), ("工作人员满意度", "≥", "92", "%")),
}
_POINTS, _POINTS_IN_ALL = 10, 90
_TASKS = ("日常履职保障", "重点工作推进", "队伍能力提升", "公共服务改善", "基础设施维护")


class Money(NamedTuple):
    """What a form of performance says of money: a whole and its parts, in fen, by column."""

    whole: tuple[int, ...]
    fiscal: tuple[int, ...]
    other: tuple[int, ...]


def money_of(context: Context, function: str, when: tuple[tuple[str, int], ...]) -> Money:
    """The money of the projects under one functional code, in some versions."""
    from_books = context.books.at_project
    whole = tuple(from_books(function, "", version) for version in when)
    fiscal = tuple(from_books(function, "fiscal_appropriation", version) for version in when)
    return Money(whole, fiscal, tuple(all_ - part for all_, part in zip(whole, fiscal, strict=True)))


class _Writer:
    """A grid of performance as it is written: rows, figures of money, sums."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.matrix = Matrix()
        self.figures: dict[Place, Figure] = {}
        self.sums: list[Sum] = []
        self.row = 0

    def figure(
        self, column: int, value: int, label: str, measure: tuple[str, ...], fund: tuple[str, ...],
        version: str, year: int, columns: int = 1,
    ) -> Place:  # fmt: skip
        """Write a figure of money into the current row."""
        place = Place(0, self.row, column)
        text = printed(value, self.look)
        # what was spent of a budget is an execution to one reader, a final account to the other
        said = ("execution", "final") if version == "final" else (version,)
        self.figures[place] = Figure(text, value, "figure", label, "", measure, fund, said, year, None)
        self.matrix.put(self.row, column, text, 1, columns, place)
        return place

    def pair(self, *cells: tuple[int, int, str]) -> None:
        """Write a row of cells: column, how many columns, text."""
        for column, columns, text in cells:
            self.matrix.put(self.row, column, text, 1, columns)
        self.row += 1

    def adds_up(self, places: list[Place]) -> None:
        """Note that the first figure is the sum of the others."""
        self.sums.append((places[0], tuple((1, place) for place in places[1:])))

    def done(self) -> Rendered:
        """The grid with what is in it."""
        return Rendered(self.matrix, 0, 0, self.figures, self.sums)


def project_target(
    context: Context,
    look: Look,
    wording: Wording,
    chance: random.Random,
    name: str,
    publisher: str,
    function: str,
) -> Rendered:
    """Targets of one project: its money in three rows, its indicators below."""
    out = _Writer(look)
    money = money_of(context, function, (context.now,))
    version, year = context.now
    out.pair((0, 1, "项目名称"), (1, 4, name))
    out.pair((0, 1, "主管部门"), (1, 1, publisher), (2, 1, "实施单位"), (3, 2, publisher))
    head = wording.say("funds.head").replace("万元", look.unit)
    out.matrix.put(out.row, 0, head if look.unit in head else f"{head}（{look.unit}）", 3, 1)
    places = []
    for word, value, fund in (
        ("funds.total", money.whole[0], ("all",)),
        ("funds.fiscal", money.fiscal[0], ("fiscal_appropriation",)),
        ("funds.other", money.other[0], ()),
    ):
        label = wording.say(word)
        out.matrix.put(out.row, 1, label, 1, 2)
        measure = ("total", "project", "annual_budget")
        places.append(out.figure(3, value, label, measure, fund, version, year, 2))
        out.row += 1
    out.adds_up(places)
    out.pair((0, 1, "总体目标"), (1, 4, "按计划完成年度任务，保障工作正常开展。"))
    _indicators(out, chance, has_results=False)
    return out.done()


def self_evaluation(
    context: Context,
    look: Look,
    wording: Wording,
    chance: random.Random,
    name: str,
    publisher: str,
    function: str,
) -> Rendered:
    """Targets and results of one project: three columns of money beside points, rate and score."""
    out = _Writer(look)
    when = (("budget", context.year), ("adjusted_budget", context.year), ("final", context.year))
    money = money_of(context, function, when)
    out.pair((0, 1, "项目名称"), (1, 7, name))
    out.pair((0, 1, "主管部门"), (1, 3, publisher), (4, 1, "实施单位"), (5, 3, publisher))
    head = wording.say("funds.head").replace("万元", look.unit)
    out.matrix.put(out.row, 0, head if look.unit in head else f"{head}（{look.unit}）", 4, 1)
    names = [
        wording.say(word) for word in ("performance.initial", "performance.annual", "performance.executed")
    ]
    for column, text in enumerate(("", *names, "分值", "执行率", "得分"), start=1):
        out.matrix.put(out.row, column, text)
    out.row += 1
    measures = ((), ("annual_budget",), ("annual_execution",))
    columns: list[list[Place]] = [[], [], []]
    for word, values, fund in (
        ("funds.total", money.whole, ("all",)),
        ("funds.fiscal", money.fiscal, ("fiscal_appropriation",)),
        ("funds.other", money.other, ()),
    ):
        label = wording.say(word)
        out.matrix.put(out.row, 1, label)
        for number, (version, year) in enumerate(when):
            place = out.figure(2 + number, values[number], label, measures[number], fund, version, year)
            columns[number].append(place)
        rate = values[2] * 100 / values[1] if values[1] else None
        is_whole = word == "funds.total"
        out.matrix.put(out.row, 5, "10" if is_whole else "-")
        out.matrix.put(out.row, 6, f"{rate:.2f}%" if rate is not None else "")
        out.matrix.put(out.row, 7, f"{min(10, rate / 10):.2f}" if is_whole and rate is not None else "-")
        out.row += 1
    for places in columns:
        out.adds_up(places)
    out.pair((0, 1, "年度目标"), (1, 7, "按计划完成年度任务，保障工作正常开展。"))
    _indicators(out, chance, has_results=True)
    return out.done()


def overall_target(
    context: Context, look: Look, wording: Wording, chance: random.Random, publisher: str
) -> Rendered:
    """Tasks of the whole publisher with their money, then its indicators."""
    out = _Writer(look)
    books, (version, year) = context.books, context.now
    functions = books.functions(("expenditure",), "", "", context.now)[: chance.randint(2, len(_TASKS))]
    out.pair((0, 1, "部门（单位）名称"), (1, 5, publisher))
    out.matrix.put(out.row, 0, "年度主要任务", len(functions) + 3, 1)
    out.matrix.put(out.row, 1, "任务名称", 2, 1)
    out.matrix.put(out.row, 2, "主要内容", 2, 1)
    out.matrix.put(out.row, 3, f"预算金额（{look.unit}）", 1, 3)
    out.row += 1
    for column, text in enumerate(("总额", "财政拨款", "其他资金"), start=3):
        out.matrix.put(out.row, column, text)
    out.row += 1
    columns: list[list[Place]] = [[], [], []]
    totals = [0, 0, 0]
    for task, function in zip(_TASKS, functions, strict=False):
        values = _task_money(context, function)
        out.matrix.put(out.row, 1, task)
        out.matrix.put(out.row, 2, "按年度计划组织实施")
        _task_row(out, values, task, columns, version, year)
        totals = [one + other for one, other in zip(totals, values, strict=True)]
    out.matrix.put(out.row, 1, "金额合计", 1, 2)
    _task_row(out, tuple(totals), "金额合计", columns, version, year)
    for places in columns:
        out.adds_up([places[-1], *places[:-1]])
    out.pair((0, 1, "年度总体目标"), (1, 5, "全面履行职责，提高服务质量。"))
    _indicators(out, chance, has_results=False)
    return out.done()


def _task_money(context: Context, function: str) -> tuple[int, int, int]:
    spent = context.books.at_function
    whole, fiscal = (spent(function, fund, context.now) for fund in ("", "fiscal_appropriation"))
    return whole, fiscal, whole - fiscal


def _task_row(
    out: _Writer, values: tuple[int, ...], label: str, columns: list[list[Place]], version: str, year: int
) -> None:
    row = []
    for number, fund in enumerate((("all",), ("fiscal_appropriation",), ())):
        place = out.figure(3 + number, values[number], label, ("total",), fund, version, year)
        columns[number].append(place)
        row.append(place)
    out.adds_up(row)
    out.row += 1


def _indicators(out: _Writer, chance: random.Random, *, has_results: bool) -> None:
    """Indicators with their levels merged on the left; comparator and unit may have columns of their own."""
    is_apart = chance.random() < 0.3 and has_results
    heads = ["绩效指标", "一级指标", "二级指标", "三级指标"]
    if is_apart:
        heads += ["指标性质", "指标值", "度量单位", "实际完成值"]
    elif has_results:
        heads += ["年度指标值", "实际完成值", "分值", "得分"]
    else:
        heads += [chance.choice(("指标值", "目标值", "年度指标值"))]
    rows = [
        (first, second, *chance.choice(_INDICATORS[second]))
        for first, seconds in _LEVELS
        for second in seconds
        if chance.random() < 0.8 or second == "数量指标"
    ]
    top = out.row
    for column, text in enumerate(heads[1:], start=1):
        out.matrix.put(top, column, text)
    out.matrix.put(top, 0, heads[0], len(rows) + 1, 1)
    out.row += 1
    for number, (first, second, name, comparator, value, unit) in enumerate(rows):
        if not number or rows[number - 1][0] != first:
            out.matrix.put(out.row, 1, first, sum(row[0] == first for row in rows[number:]), 1)
        actual = value if not value.isdigit() else str(int(value) + chance.randint(0, 2))
        target, result = f"{comparator}{value}{unit}", f"{actual}{unit}"
        texts = [second, name]
        if is_apart:
            texts += [comparator or "定性", value, unit, result]
        elif has_results:
            # all points come to a hundred with the ten of the execution
            points = str(_POINTS if number < len(rows) - 1 else _POINTS_IN_ALL - _POINTS * number)
            texts += [target, result, points, points]
        else:
            texts += [target]
        for column, text in enumerate(texts, start=2):
            out.matrix.put(out.row, column, text)
        out.row += 1
