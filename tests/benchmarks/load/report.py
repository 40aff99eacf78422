"""What the runs took, and what the warehouse takes on disk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.table import Table

from tests.benchmarks.load.runs import Run

_PHASES = ("landing", "reading", "staging", "dbt", "publishing", "starting and checks")


def times(title: str, runs: Iterable[Run]) -> Table:
    """One row per run."""
    table = Table(title=title, title_justify="left")
    for heading in ("run", "made anew", "s", "CPU s", "peak MiB", *_PHASES):
        table.add_column(heading, justify="left" if heading == "run" else "right")
    for run in runs:
        phases = [f"{run.phases[phase]:.1f}" if phase in run.phases else "" for phase in _PHASES]
        figures = (f"{run.touched:,}", f"{run.seconds:.1f}", f"{run.cpu_seconds:.1f}", f"{run.peak_mib:,}")
        table.add_row(run.name, *figures, *phases)
    return table


def sizes(mib: Mapping[str, float], documents: int) -> Table:
    """One row per part of the warehouse."""
    table = Table(title="On disk, after all runs", title_justify="left")
    for heading in ("", "MiB", "KiB a document"):
        table.add_column(heading, justify="right" if heading else "left")
    for name, size in mib.items():
        table.add_row(name, f"{size:,.0f}", f"{size * 1024 / documents:,.1f}")
    return table


def ratios(large: Iterable[Run], empty: Iterable[Run]) -> Table:
    """Seconds of the same documents in the large warehouse, and in an empty one."""
    table = Table(title="The same documents", title_justify="left")
    for heading in ("", "large, s", "empty, s", "ratio", "ratio of CPU"):
        table.add_column(heading, justify="right" if heading else "left")
    alone = {run.name: run for run in empty}
    for run in large:
        if other := alone.get(run.name):
            table.add_row(
                run.name,
                f"{run.seconds:.1f}",
                f"{other.seconds:.1f}",
                f"{run.seconds / other.seconds:.2f}",
                f"{run.cpu_seconds / other.cpu_seconds:.2f}",
            )
    return table
