"""No figure of a small document is wrong, none is lost in silence, and no publisher is blamed for it.

Documents with known values are read where they are present (``DISCLOSURES_CASES``); others are drawn here.
"""

from __future__ import annotations

import pytest

from extract.readers import formulas
from tests.benchmarks.cases import CASES, expectations, outcome_of
from tests.benchmarks.variants import KINDS, PICTURES, variants

pytestmark = pytest.mark.end_to_end

NEVER = ("wrong", "lost", "unprinted", "blamed")
READ_OTHERWISE = {
    "another scale",
    "narrow column",
    "unreadable figures",
    "unreadable, not in workbooks",
    "pages, unreadable",
    "pages, written otherwise",  # what is wrapped in its cell may be glued
    "two rows in one",
    "broken byte",
    "web, no text",
    "web, notes",
    "Word, fields",
    "Word, signs",
    "Word, notes",
    "formats of others",
    "conditional formats",
    "runs of cells",
    "never computed",
    "OpenDocument",  # some are shown otherwise than stored
    "loose text",
    "PDF, over edges",
    "PDF, small notes",
    "PDF, raised decimals",
    "PDF, turned figures",
    "PDF, said twice",
    "PDF, seal in a picture",  # its ring may cover a digit
}  # doubtful on purpose
SHEETS = {"20", "21", "22", "23", "24", "25", "26", "28", "29", "30", "31", "32", "33", "34", "35", "36"}
FLOWS = {"40", "41", "42", "43", "46"}
EXPECTED = {
    name: of
    for name, of in (expectations(CASES) if (CASES / "expected.csv").is_file() else {}).items()
    if name[:2] in SHEETS | FLOWS
}


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_no_figure_of_a_case_is_wrong_or_lost_in_silence(name: str) -> None:
    found = outcome_of(name, (CASES / name).read_bytes(), EXPECTED[name])
    assert {kind: found.outcomes[kind] for kind in NEVER if found.outcomes[kind]} == {}, found.trouble


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_figure_of_a_drawn_document_is_wrong_or_lost_in_silence(kind: str) -> None:
    [variant] = variants(1, seed=7, kinds={kind: KINDS[kind]})
    found = outcome_of(variant.file_name, variant.data, variant.expected)
    # a row whose name is broken is no row that was expected
    never = NEVER if variant.kind != "broken byte" else ("wrong", "lost", "blamed")
    assert {kind: found.outcomes[kind] for kind in never if found.outcomes[kind]} == {}, found.trouble
    if variant.kind not in READ_OTHERWISE and (variant.kind != "formulas" or formulas.is_installed()):
        assert found.outcomes["right"] >= 0.95 * found.expected, found.trouble


def test_no_figure_of_a_recognised_picture_is_wrong_or_lost_in_silence() -> None:
    [variant] = variants(1, seed=7, kinds={"picture in OFD": PICTURES["picture in OFD"]})
    found = outcome_of(variant.file_name, variant.data, variant.expected)
    assert {kind: found.outcomes[kind] for kind in NEVER if found.outcomes[kind]} == {}, found.trouble
    assert found.outcomes["right"] == 0
    assert found.outcomes["marked"] >= 0.95 * found.expected, found.trouble


def test_a_wrong_figure_is_noticed() -> None:
    [control] = variants(1, kinds={"control": KINDS["control"]})
    slipped = {place: yuan + 10_000 for place, yuan in control.expected.items()}
    found = outcome_of(control.file_name, control.data, slipped)
    assert found.outcomes["wrong"] == found.expected == len(slipped)
