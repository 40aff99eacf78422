"""Sets of the lottery: each is one disclosure, drawn from its number and the seed alone."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.benchmarks.lottery.books import OWN, SPECIAL_ACCOUNT, Books, draw_books
from tests.benchmarks.lottery.composing import Composer
from tests.benchmarks.lottery.equations import cell_truths, equations_of
from tests.benchmarks.lottery.families import FAMILIES, forms_of
from tests.benchmarks.lottery.listed_forms import purchases
from tests.benchmarks.lottery.logical import Context
from tests.benchmarks.lottery.look import MONEY, coarsest_step, drawn_look, varied
from tests.benchmarks.lottery.printed_forms import PrintedForm, print_form, print_performance
from tests.benchmarks.lottery.publishers import Publisher, drawn_publisher
from tests.benchmarks.lottery.slips import planted
from tests.benchmarks.lottery.titles import NUMBERINGS, numbered
from tests.benchmarks.lottery.truth import SetTruth
from tests.typesetting.content import Content
from tests.typesetting.workbook import LONGEST_NAME

FORMATS = {"text": 30, "html": 24, "xlsx": 24, "docx": 7, "pdf": 15}
"""Share in a hundred of each format."""
SLIP_EVERY = 10


@dataclass(frozen=True)
class DrawnSet:
    """A disclosure: what to typeset, and the truth about it."""

    truth: SetTruth
    content: Content


def draw_sets(
    seed: int, count: int, family: str | None = None, formats: Sequence[str] = ()
) -> Iterator[DrawnSet]:
    """Draw sets 1 to ``count``. A family or formats leave out the others; numbers stay as they are."""
    for number in range(1, count + 1):
        drawn = draw_set(seed, number, family=family, formats=formats)
        if drawn is not None:
            yield drawn


def draw_set(
    seed: int, number: int, *, family: str | None = None, formats: Sequence[str] = ()
) -> DrawnSet | None:
    """Draw the set of a number, or nothing if it is of another family or format."""
    chance = random.Random(f"{seed}/{number}")
    drawn_family = _weighted(chance, {name: share for name, (_, share, _) in FAMILIES.items()})
    format_name = _weighted(chance, FORMATS)
    if (family and family != drawn_family) or (formats and format_name not in formats):
        return None
    return make_set(chance, number, drawn_family, format_name, has_slip=number % SLIP_EVERY == 0)


def make_set(
    chance: random.Random, number: int, family: str, format_name: str, *, has_slip: bool
) -> DrawnSet:
    """Make one set of a family in a format."""
    publisher, money, context = begun(chance, family)
    look = drawn_look(chance, money)
    numbering = chance.choice(NUMBERINGS)
    printed: list[PrintedForm] = []
    for form in forms_of(family, context, chance, publisher.name):
        look_here = varied(chance, look, money)
        number_here = numbered(numbering, len(printed) + 1, context.stage)
        printed.append(print_form(form, context, look_here, chance, publisher.name, number_here))
    for performance in _performance(chance, context):
        look_here = varied(chance, look, money)
        number_here = numbered(numbering, len(printed) + 1, context.stage)
        printed.append(
            print_performance(performance, context, look_here, chance, publisher.name, number_here)
        )
    return assembled(chance, number, family, format_name, publisher, context, printed, has_slip=has_slip)


def begun(chance: random.Random, family: str) -> tuple[Publisher, list[tuple[str, int]], Context]:
    """Draw who publishes, in which units and digits, and the books."""
    publisher = drawn_publisher(chance)
    stage, _, _ = FAMILIES[family]
    year = chance.randint(2017, 2026)
    money = [chance.choice(MONEY)]
    if chance.random() < 0.15:
        money.append(chance.choice(MONEY))
    return publisher, money, _context(chance, publisher, stage, family, year, coarsest_step(money))


def assembled(
    chance: random.Random,
    number: int,
    family: str,
    format_name: str,
    publisher: Publisher,
    context: Context,
    printed: list[PrintedForm],
    *,
    has_slip: bool,
) -> DrawnSet:
    """Compose printed forms into one disclosure with its truth, perhaps with one slip."""
    equations, numbers = equations_of(printed)
    slip = planted(chance, printed, equations, numbers) if has_slip else None
    composer = Composer(chance)
    _front(composer, chance, publisher, context, printed)
    sheets = format_name == "xlsx" and chance.random() < 0.7
    is_ruled = format_name != "xlsx" or chance.random() < 0.85
    for form_no, form in enumerate(printed, start=1):
        is_named = sheets and form.look.title == "sheet" and len(form.title.whole) <= LONGEST_NAME
        if is_named:
            composer.new_sheet(form.title.whole)
        elif form_no == 1 or sheets or chance.random() < 0.7:
            composer.new_sheet(f"{form_no}{form.title.words}" if chance.random() < 0.5 else f"表{form_no}")
        composer.add_form(
            form_no, form.rendered, form.title, form.look, publisher.name, form.note,
            is_titled=not is_named, is_ruled=is_ruled,
        )  # fmt: skip
    truth = SetTruth(
        number, family, context.stage, context.year, publisher.name, publisher.province, publisher.level,
        format_name, tuple(form.truth(number) for number, form in enumerate(printed, start=1)),
        cell_truths(printed, numbers, composer.at), equations, slip,
    )  # fmt: skip
    return DrawnSet(truth, tuple(composer.items))


def _context(
    chance: random.Random, publisher: Publisher, stage: str, family: str, year: int, step: int
) -> Context:
    if stage == "final":
        when = (("final", year), ("budget", year), ("adjusted_budget", year), ("final", year - 1))
        last = when[3]
    else:
        last = (chance.choice(("execution", "budget")), year - 1)
        when = (("budget", year), last)
    own = OWN if family in ("national_nine", "central") else (*OWN, SPECIAL_ACCOUNT)
    books: Books = draw_books(chance, publisher.main, step, when, own, allocates=stage == "final")
    books.leaves[when[0]] += purchases(chance, step)
    return Context(books, stage, year, last)


def _performance(chance: random.Random, context: Context) -> list[str]:
    if chance.random() < 0.5:
        return []
    if context.stage == "final":
        return ["project_self_evaluation"] * chance.randint(1, 2)
    return [chance.choice(("project_target", "overall_target")) for _ in range(chance.randint(1, 2))]


def _front(
    composer: Composer,
    chance: random.Random,
    publisher: Publisher,
    context: Context,
    printed: list[PrintedForm],
) -> None:
    """The cover, a list of contents now and then, a heading, a sentence."""
    what = "预算" if context.stage == "budget" else "决算"
    level = chance.choice(("部门", "单位", "部门"))
    year = chance.choice((f"{context.year}年度", f"{context.year}年"))
    if chance.random() < 0.6:
        composer.say(publisher.name, f"{year}{level}{what}")
    else:
        composer.say(f"{publisher.name}{year}{level}{what}公开")
    if chance.random() < 0.4:
        composer.say("目  录")
        dots = chance.choice(("……", "..........", " "))
        for number, form in enumerate(printed, start=1):
            page = f"{dots}{number + 3}" if chance.random() < 0.95 else ""
            composer.say(f"{form.title.whole}{page}")
    composer.say("第一部分 基本情况", "本单位是虚构的，名称和数字均为随机生成。")
    composer.say(chance.choice((f"第二部分 {year}{level}{what}表", f"第二部分  {level}{what}公开表格")))


def _weighted(chance: random.Random, shares: dict[str, int]) -> str:
    return chance.choices(list(shares), list(shares.values()))[0]
