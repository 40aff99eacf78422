"""The phrase lottery: what it composes is consistent, knows nothing of the reader, and is understood."""

from __future__ import annotations

import ast
import random
from decimal import Decimal
from pathlib import Path

import pytest

from tests.benchmarks import phrases
from tests.benchmarks.phrases.composing import WORDINGS, Wording, composed, with_slip, wordings
from tests.benchmarks.phrases.measuring import measure

FOLDER = Path(phrases.__file__).parent
READS = {"measuring.py"}
"""The one module that has the reader under test read."""
SEALED = WORDINGS.with_name("wordings_sealed.csv")


def test_the_bench_knows_nothing_of_the_reader_but_where_it_has_it_read() -> None:
    for path in FOLDER.glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        imported = {
            node.module if isinstance(node, ast.ImportFrom) else node.names[0].name
            for node in ast.walk(tree)
            if isinstance(node, ast.Import | ast.ImportFrom)
        }
        assert not {name for name in imported if name and name.startswith("extract")}, path.name
        if path.name not in READS:
            assert not {name for name in imported if name and name.startswith("orchestration")}, path.name


@pytest.mark.parametrize("wording", [*wordings(), *wordings(SEALED)], ids=lambda wording: wording.text[:40])
def test_composed_figures_fit_their_wording(wording: Wording) -> None:
    slots = composed(wording, 2023, random.Random(5)).slots
    number = {slot: Decimal(text.rstrip("万元%")) for slot, text in slots.items() if text[:1].isdigit()}
    sign = -1 if wording.direction in ("down", "below") else 1
    if "{D}" in wording.text and "B" in slots:
        assert number["A"] - number["B"] == sign * number["D"]
    if "{C}" in wording.text:
        assert abs(number["F"] / number["G"] * 100 - number["C"]) <= Decimal("0.005")
    if "{H}" in wording.text:
        assert abs(number["A"] / number["W"] * 100 - number["H"]) <= Decimal("0.005")


def test_a_slip_alters_one_digit_and_nothing_else() -> None:
    sentence = composed(Wording("up", "{S}{A}，较上年增加{D}，增长{R}"), 2023, random.Random(2))
    altered = with_slip(sentence, "D", random.Random(2))
    assert {slot for slot in sentence.slots if sentence.slots[slot] != altered.slots[slot]} == {"D"}
    pairs = zip(sentence.slots["D"], altered.slots["D"], strict=True)
    assert sum(left != right for left, right in pairs) == 1


@pytest.mark.parametrize("path", [WORDINGS, SEALED], ids=["open", "sealed"])
def test_each_wording_is_read_asked_and_its_slips_noticed(path: Path) -> None:
    ways = wordings(path)
    measured = measure(ways, len(ways), seed=1)
    assert measured.share("read", "figures") >= 97, measured.misses
    assert measured.share("right", "figures") >= 97, measured.misses
    assert measured.share("asked", "relations") >= 97, measured.misses
    assert measured.share("noticed", "slips") >= 90, measured.misses
    assert measured.share("named", "decidable") >= 90, measured.misses
    assert measured.counts["false findings"] == 0, measured.misses


def test_a_wording_that_nobody_can_understand_is_not_counted_as_understood() -> None:
    measured = measure([Wording("up", "{S}{A}，嗯{D}，啊{R}")], 2, seed=1)
    assert measured.share("right", "figures") < 50
    assert measured.misses
