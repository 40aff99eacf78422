"""What each step took, side by side for each number of documents."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table

from tests.benchmarks.growth.steps import Growth, Step

_SIZES = {"build file, MiB": "build_mib", "published file, MiB": "published_mib", "rows": "rows"}


def times(grown: Sequence[Growth]) -> Table:
    """One row per step; the ratio is of the seconds of CPU in the last warehouse to those in the first."""
    table = Table(title="Steps", title_justify="left")
    table.add_column("")
    for each in grown:
        table.add_column(f"{each.documents:,}: touched", justify="right")
        for name in ("s", "CPU s", "CPU ms/touched", "peak MiB"):
            table.add_column(name, justify="right")
    table.add_column("ratio", justify="right")
    for steps in zip(*(each.steps for each in grown), strict=True):
        cells = [cell for step in steps for cell in _cells(step)]
        table.add_row(steps[0].name, *cells, f"{steps[-1].cpu_seconds / steps[0].cpu_seconds:.2f}")
    return table


def sizes(grown: Sequence[Growth]) -> Table:
    """How large the files became, in all and by document."""
    table = Table(title="Files, after all steps", title_justify="left")
    table.add_column("")
    for each in grown:
        table.add_column(f"{each.documents:,} documents", justify="right")
        table.add_column("a document", justify="right")
    for name, of in _SIZES.items():
        cells = []
        for each in grown:
            value = getattr(each, of)
            cells += [f"{value:,.0f}", f"{value / each.documents:,.3f}"]
        table.add_row(name, *cells)
    return table


def _cells(step: Step) -> list[str]:
    each = f"{1000 * step.cpu_seconds / step.touched:,.1f}" if step.touched else ""
    peak = f"{step.peak_mib:,}" if step.peak_mib else ""
    return [f"{step.touched:,}", f"{step.seconds:.1f}", f"{step.cpu_seconds:.1f}", each, peak]
