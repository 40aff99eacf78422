"""What reconciliation makes of the sets that were read: the one place here that builds a warehouse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from orchestration.command.published import rows
from orchestration.direct.warehouse import built
from tests.benchmarks.lottery.findings import FindingScores, score_findings
from tests.benchmarks.lottery.scoring import Scores


def reconciled(kept: Sequence[Mapping[str, pl.DataFrame]], scores: Scores) -> FindingScores:
    """Build a warehouse of what was read, up to its findings, and hold these against the truth."""
    frames = {table: pl.concat([each[table] for each in kept]) for table in kept[0]}
    with built(frames, ["fct_findings"]) as connection:
        return score_findings(
            scores.truths,
            scores.cell_of_amount,
            rows(connection, "select * from marts.fct_findings"),
            rows(connection, "select document_id, outcome, terms from reconciliation.identity_results"),
        )
