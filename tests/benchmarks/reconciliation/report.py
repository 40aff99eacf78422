"""What each model took a document, side by side for each number of documents."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
from rich.table import Table

from tests.benchmarks.reconciliation.building import LAYERS, Build


def times(builds: Sequence[Build]) -> Table:
    """One row per model, slowest first within its layer, and one per layer.

    ``builds`` go from few documents to many; the ratio is that of the time which a document takes in the
    last of them to that in the first.
    """
    table = Table(title="Time of models", title_justify="left")
    table.add_column("model")
    for each in builds:
        table.add_column(f"{each.documents:,}: s", justify="right")
        table.add_column("ms/document", justify="right")
    table.add_column("ratio", justify="right")
    for layer in LAYERS:
        rows = _rows(builds, layer)
        if rows.is_empty():
            continue
        for row in rows.iter_rows():
            table.add_row(*_cells(builds, row))
        sums = (layer, *(rows[name].sum() for name in rows.columns[1:]))
        table.add_row(*_cells(builds, sums), style="bold", end_section=True)
    return table


def sizes(builds: Sequence[Build]) -> Table:
    """What was reconciled, and what else it took."""
    table = Table(title="What was reconciled", title_justify="left")
    table.add_column("")
    for each in builds:
        table.add_column(f"{each.documents:,} documents", justify="right")
    for name in builds[0].counts:
        table.add_row(name, *(f"{each.counts[name]:,}" for each in builds))
    table.add_row("CPU of dbt, s", *(f"{each.dbt_cpu_seconds:.0f}" for each in builds))
    table.add_row("peak memory of dbt, MiB", *(f"{each.peak_mib:,}" for each in builds))
    table.add_row("warehouse file, MiB", *(f"{each.file_mib:,}" for each in builds))
    return table


def _rows(builds: Sequence[Build], layer: str) -> pl.DataFrame:
    rows = pl.concat(
        [each.models.filter(layer=layer).with_columns(documents=each.documents) for each in builds]
    ).pivot(on="documents", index="model", values="seconds")
    return rows.sort(rows.columns[-1], descending=True)


def _cells(builds: Sequence[Build], row: tuple[object, ...]) -> list[str]:
    name, *seconds = row
    each = [float(str(value)) for value in seconds]
    a_document = [value / build.documents * 1000 for value, build in zip(each, builds, strict=True)]
    cells = [str(name)]
    for value, milliseconds in zip(each, a_document, strict=True):
        cells += [f"{value:.2f}", f"{milliseconds:.3f}"]
    return [*cells, f"{a_document[-1] / a_document[0]:.2f}"]
