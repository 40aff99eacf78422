"""Small disclosures, each with one trouble that real files have, at a place and with figures drawn by lot.

Figures are consistent, so nothing may be blamed on the publisher; what becomes of each figure is told as in
:mod:`tests.benchmarks.cases`.
"""

from __future__ import annotations

import random
from collections.abc import Mapping

from tests.benchmarks.variants import flows, pages, reported, workbooks
from tests.benchmarks.variants.draft import Draft, Kind, Variant, draft

__all__ = ["KINDS", "PICTURES", "Draft", "Variant", "draft", "variants"]

KINDS: Mapping[str, Kind] = {**workbooks.KINDS, **flows.KINDS, **pages.KINDS, **reported.KINDS}
PICTURES: Mapping[str, Kind] = pages.PICTURES
"""Kinds that are recognised, which takes some seconds each."""


def variants(count: int, seed: int = 1, kinds: Mapping[str, Kind] = KINDS) -> list[Variant]:
    """Draw variants, each kind in turn."""
    found = []
    for number_of, kind in zip(range(count), sorted(kinds) * count, strict=False):
        chance = random.Random(f"{seed}/{number_of}")
        drawn = draft(chance)
        file_name, data = kinds[kind](drawn, chance)
        found.append(Variant(kind, file_name, data, drawn.expected))
    return found
