"""The books of an invented publisher: money by source, kind, function and economic item.

A figure of a form is never drawn: it is the sum of what the books hold at its coordinate. So whatever forms
print of one set of books agrees, and whatever adds up in the books adds up on paper.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tests.benchmarks.lottery.codes import leaves_below

FISCAL = ("general_public", "government_fund", "state_capital")
OWN = ("superior_subsidy", "institution_income", "business_income", "affiliate_remittance", "other_income")
SPECIAL_ACCOUNT = "special_account"
_GROUPS = {
    "fiscal_appropriation": frozenset(FISCAL),
    "unit_money": frozenset(OWN),
    "not_fiscal": frozenset((*OWN, SPECIAL_ACCOUNT)),
    "basic": frozenset(("personnel", "public_operating")),
    "other_use": frozenset(("remittance_up", "business", "affiliate_subsidy")),
}
TURNOVER_IN = ("income", "carry_in", "surplus_used")
TURNOVER_OUT = ("expenditure", "carry_out", "surplus_allocated")
_FLOWS = {"turnover_in": TURNOVER_IN, "turnover_out": TURNOVER_OUT}
THREE_PUBLIC = ("30212", "30217", "30231", "31013")
_KINDS_OF = {
    "superior_subsidy": ("project",),
    "institution_income": ("personnel", "public_operating", "project"),
    "business_income": ("business",),
    "affiliate_remittance": ("affiliate_subsidy",),
    "other_income": ("project", "remittance_up"),
    SPECIAL_ACCOUNT: ("public_operating", "project"),
}
_PERSONNEL = ("30101", "30102", "30103", "30106", "30107", "30112", "30199", "30305", "30309", "30399")
_OPERATING = (
    "30201", "30202", "30204", "30205", "30206", "30207", "30208", "30209", "30211", "30213", "30215",
    "30216", "30228", "30229", "30239", "30299", "31002",
)  # fmt: skip
_PROJECT = ("30201", "30203", "30214", "30218", "30226", "30227", "30299", "31003", "31006", "31007", "31204")
_SOCIAL = (
    ("2080501", "30302", 0.5),
    ("2080505", "30108", 1),
    ("2080506", "30109", 1),
    ("2101101", "30110", 1),
    ("2101103", "30111", 0.5),
    ("2210201", "30113", 1),
    ("2210203", "30102", 0.3),
)
"""Social functions, the item booked there, and how often."""
_OTHER = {"personnel": "30107", "remittance_up": "39999", "business": "30299", "affiliate_subsidy": "39999"}


class Coordinate(NamedTuple):
    """What a figure is of. An empty dimension is all of it; codes stand for everything below them."""

    flow: str = ""
    fund: str = ""
    kind: str = ""
    function: str = ""
    economic: str = ""
    version: str = ""
    year: int = 0


class Leaf(NamedTuple):
    """One booking, in fen."""

    flow: str
    fund: str
    kind: str
    function: str
    economic: str
    fen: int


@dataclass
class Books:
    """Bookings by budget version and year."""

    leaves: dict[tuple[str, int], list[Leaf]]
    _sums: dict[Coordinate, int] = field(default_factory=dict)

    def fen(self, at: Coordinate) -> int:
        """The sum of what is booked at a coordinate, in fen."""
        known = self._sums.get(at)
        if known is None:
            flows = _FLOWS.get(at.flow, (at.flow,))
            funds = _GROUPS.get(at.fund, frozenset((at.fund,)))
            kinds = _GROUPS.get(at.kind, frozenset((at.kind,)))
            items = THREE_PUBLIC if at.economic == "three_public" else tuple(at.economic.split("+"))
            known = self._sums[at] = sum(
                leaf.fen
                for leaf in self.leaves.get((at.version, at.year), ())
                if leaf.flow in flows
                and (not at.fund or leaf.fund in funds)
                and (not at.kind or leaf.kind in kinds)
                and leaf.function.startswith(at.function)
                and (not at.economic or leaf.economic.startswith(items))
            )
        return known

    def at_function(self, function: str, fund: str, when: tuple[str, int], kind: str = "") -> int:
        """What is spent on a function from a source, in fen."""
        version, year = when
        return self.fen(Coordinate("expenditure", fund, kind, function, "", version, year))

    def at_project(self, function: str, fund: str, when: tuple[str, int]) -> int:
        """What is spent on the projects under a function, in fen."""
        return self.at_function(function, fund, when, "project")

    def functions(self, flows: Iterable[str], fund: str, kind: str, when: tuple[str, int]) -> list[str]:
        """The functions of seven digits that have any money of a source and kind, in order."""
        found = {
            leaf.function
            for leaf in self.leaves[when]
            if leaf.flow in flows and leaf.fen and _is_in(leaf.fund, fund) and _is_in(leaf.kind, kind)
        }
        return sorted(found)

    def economic(self, fund: str, kind: str, when: tuple[str, int]) -> list[str]:
        """The economic items of five digits that have any spending of a source and kind, in order."""
        found = {
            leaf.economic
            for leaf in self.leaves[when]
            if leaf.flow == "expenditure" and leaf.fen and _is_in(leaf.fund, fund) and _is_in(leaf.kind, kind)
        }
        return sorted(found)


def _is_in(value: str, wanted: str) -> bool:
    return not wanted or value == wanted or value in _GROUPS.get(wanted, ())


def draw_books(
    chance: random.Random,
    main: str,
    step: int,
    when: Sequence[tuple[str, int]],
    sources: Sequence[str],
    *,
    allocates: bool,
) -> Books:
    """Draw books for some versions and years, the later ones as variations of the first.

    Args:
        chance: what draws.
        main: the functional code of five digits that the publisher lives on.
        step: every booking is a multiple of so many fen, so that what is printed is exact.
        when: versions and years.
        sources: the sources other than fiscal appropriation that may have money.
        allocates: whether a surplus may be allocated, which only final accounts print.
    """
    spending = _spending(chance, main, step, sources)
    leaves = {}
    for number, version_and_year in enumerate(when):
        if number:
            varied = [
                leaf._replace(fen=_rounded(leaf.fen * chance.uniform(0.75, 1.3), step)) for leaf in spending
            ]
        else:
            varied = spending
        leaves[version_and_year] = [*varied, *_balances(chance, varied, step, allocates=allocates)]
    return Books(leaves)


class _Drawer:
    """Draws bookings of expenditure; amounts vary around a scale that is the publisher's own."""

    def __init__(self, chance: random.Random, step: int) -> None:
        self._chance = chance
        self._step = step
        self._scale = 10 ** chance.uniform(6.2, 8.6)  # fen of a typical booking
        self.drawn: list[Leaf] = []

    def book(self, fund: str, kind: str, function: str, items: Sequence[str], share: float) -> None:
        """Book something of a typical size, or a share of it, on each of some economic items."""
        for item in items:
            fen = _rounded(self._scale * share * self._chance.uniform(0.05, 2.5), self._step)
            self.drawn.append(Leaf("expenditure", fund, kind, function, item, max(self._step, fen)))


def _spending(chance: random.Random, main: str, step: int, sources: Sequence[str]) -> list[Leaf]:
    drawer = _Drawer(chance, step)

    def some(of: Sequence[str], least: int, most: int) -> list[str]:
        return sorted(chance.sample(of, min(len(of), chance.randint(least, most))))

    inside = list(leaves_below(main))
    running, projects = inside[0], inside[1:] or inside
    general = "general_public"
    drawer.book(general, "personnel", running, sorted({"30101", *some(_PERSONNEL, 3, 6)}), 2)
    drawer.book(general, "public_operating", running, some(_OPERATING, 4, 11), 0.2)
    drawer.book(general, "public_operating", running, some(THREE_PUBLIC, 1, 4), 0.08)
    for function in some(projects, 1, 3):
        drawer.book(general, "project", function, some(_PROJECT, 1, 3), 1)
    for function, item, likely in _SOCIAL:
        if chance.random() < likely:
            drawer.book(general, "personnel", function, (item,), 0.5)
    if chance.random() < 0.25:
        drawer.book(general, "project", chance.choice(("2050803", "2080801", "2130314")), ("30299",), 0.4)
    if chance.random() < 0.5:
        for function in chance.sample(("2120801", "2120803", "2120899", "2121301", "2296002"), 2):
            drawer.book(
                "government_fund", "project", function, (chance.choice(("31003", "30227", "30299")),), 2
            )
    if chance.random() < 0.3:
        drawer.book("state_capital", "project", "2230105", ("30299",), 0.7)
        if chance.random() < 0.5:
            drawer.book("state_capital", "project", "2239999", ("31299",), 0.7)
    for fund in sources:
        if chance.random() < 0.35:
            for kind in _KINDS_OF[fund]:
                item = _OTHER.get(kind) or chance.choice(_PROJECT if kind == "project" else _OPERATING)
                drawer.book(fund, kind, projects[0] if kind == "project" else running, (item,), 0.6)
    return _merged(drawer.drawn)


def _balances(chance: random.Random, spending: list[Leaf], step: int, *, allocates: bool) -> list[Leaf]:
    """Revenue, what was carried over and what was done with a surplus, so that both sides are equal.

    What a source brought forward is less than is spent of it, so no revenue is negative.
    """
    by_source: dict[tuple[str, str], int] = {}
    for leaf in spending:
        key = leaf.fund, leaf.function
        by_source[key] = by_source.get(key, 0) + leaf.fen
    drawn = []
    has_carry = chance.random() < 0.7
    for (fund, function), spent in by_source.items():
        before = after = used = allocated = 0
        if has_carry and chance.random() < 0.4:
            before = _rounded(spent * chance.uniform(0, 0.5), step)
        if has_carry and chance.random() < 0.4:
            after = _rounded(spent * chance.uniform(0, 0.4), step)
        if fund == "institution_income" and chance.random() < 0.4:
            used = _rounded(spent * chance.uniform(0, 0.3), step)
        if allocates and fund == "business_income" and chance.random() < 0.5:
            allocated = _rounded(spent * chance.uniform(0, 0.3), step)
        income = spent + after + allocated - before - used
        for flow, fen in (
            ("income", income), ("carry_in", before), ("surplus_used", used),
            ("carry_out", after), ("surplus_allocated", allocated),
        ):  # fmt: skip
            if fen:
                drawn.append(Leaf(flow, fund, "", function, "", fen))
    return drawn


def _merged(leaves: list[Leaf]) -> list[Leaf]:
    """One booking a coordinate."""
    sums: dict[tuple[str, ...], int] = {}
    for leaf in leaves:
        sums[leaf[:-1]] = sums.get(leaf[:-1], 0) + leaf.fen
    return [Leaf(*key, fen) for key, fen in sums.items()]  # type: ignore[arg-type]


def _rounded(fen: float, step: int) -> int:
    return round(fen / step) * step
