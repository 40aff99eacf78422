"""Figures as large as those of the whole country go through every model, exact to the fen.

Decimals have an end: one product of two of them that is too large for its type ends the build for everybody.
"""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path

from extract import printed_frames, stage
from orchestration.direct.warehouse import built
from tests.benchmarks.generating import Original
from tests.benchmarks.reading import read

SAMPLES = Path(__file__).parents[2] / "warehouse" / "samples"
ENLARGED = 1_000_000
TRILLION = 10**12


def test_a_department_that_spends_ten_trillion_yuan_is_reconciled_like_any_other() -> None:
    printed = [
        read(Original.of_file(path).copy(ENLARGED, {}, 0.02, random.Random(1))[0].encode(), path.name)
        for path in sorted(SAMPLES.glob("final-accounts-*.txt"))
    ]
    frames = stage(printed_frames(printed))

    with built(frames) as connection:
        ((largest, outcomes),) = connection.sql(
            """
            select
                (select max(amount_yuan) from marts.fct_spending_lines),
                (select list_sort(list(distinct outcome)) from reconciliation.identity_results)
            """
        ).fetchall()
    assert largest == max(frames["amounts"]["amount_yuan"].drop_nulls()) > Decimal(10 * TRILLION)
    assert outcomes == ["breaks", "holds", "not_asked"]
