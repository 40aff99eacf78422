"""What share of the changes was noticed, as a table."""

from __future__ import annotations

import polars as pl
from polars.dataframe.group_by import GroupBy
from rich.table import Table


def figures(rows: pl.DataFrame, by: str) -> Table:
    """One row per value of ``by``, and one for all; ``rows`` as ``scoring.score`` gives them.

    Noticed, gravely and localised are shares of the changes that touch an identity which was asked; repaired
    is a share of the figures localised. Changes that touch none are counted apart.
    """
    table = Table(title=f"Changes noticed, by {by}", title_justify="left")
    table.add_column(by)
    for heading in (
        "mutations",
        "in identity",
        "noticed %",
        "gravely %",
        "localised %",
        "repaired %",
        "in none",
        "noticed %",
    ):
        table.add_column(heading, justify="right")
    counted = _counts(rows.group_by(by)).sort("mutations", descending=True)
    everything = _counts(rows.group_by(pl.lit("all").alias(by)))
    for number, row in enumerate(
        [*counted.iter_rows(named=True), *everything.iter_rows(named=True)], start=1
    ):
        table.add_row(
            str(row[by]),
            f"{row['mutations']:,}",
            f"{row['in_identity']:,}",
            _share(row["noticed"], row["in_identity"]),
            _share(row["gravely"], row["in_identity"]),
            _share(row["localised"], row["in_identity"]),
            _share(row["repaired"], row["repairable"]),
            f"{row['mutations'] - row['in_identity']:,}",
            _share(row["noticed_outside"], row["mutations"] - row["in_identity"]),
            end_section=number == len(counted),
        )
    return table


def _counts(groups: GroupBy) -> pl.DataFrame:
    inside = pl.col("in_identity")
    return groups.agg(
        mutations=pl.len(),
        in_identity=inside.sum(),
        noticed=(inside & pl.col("noticed")).sum(),
        gravely=(inside & pl.col("noticed_gravely")).sum(),
        localised=(inside & pl.col("localised")).sum(),
        repaired=(inside & pl.col("repaired")).sum(),
        repairable=(inside & pl.col("repaired").is_not_null()).sum(),
        noticed_outside=(~inside & pl.col("noticed")).sum(),
    )


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}" if whole else "–"
