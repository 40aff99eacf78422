"""``disclosures status``: what this warehouse holds, and what the next run has to do."""

from __future__ import annotations

import polars as pl
from rich.table import Table

from extract import extractor_version
from extract.landing import LandingStore
from orchestration.command.current_version import version_in_words
from orchestration.command.terminal import escape, output
from orchestration.home.lake import Lake
from orchestration.home.paths import Paths
from orchestration.texts.failures import failed_documents, failures_of_last_run, last_listing


def show_status(paths: Paths) -> None:
    """Print where the warehouse is, what is in it and what is waiting."""
    landed = LandingStore(paths.landing).documents()
    lake = Lake(paths.lake)
    current = lake.staging.manifest()
    waiting = lake.to_read(landed, extractor_version()).height
    failed = failed_documents(paths)
    listing = last_listing(paths)
    not_landed = failures_of_last_run(paths).filter(pl.col("document_id").is_null())

    table = Table(show_header=False, show_edge=False, box=None)
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    table.add_row("home", escape(str(paths.home)))
    table.add_row("sources", escape(", ".join(str(source) for source in paths.sources)))
    table.add_row("published", _published(paths))
    table.add_row("extractor", extractor_version())
    table.add_row("found last time", f"{listing.height:,} files, {not_landed.height:,} of them not landed")
    table.add_row("landed", f"{landed.height:,} documents")
    table.add_row("in the warehouse", f"{current.height:,} documents, {failed.height:,} of them failed")
    table.add_row("waiting for a run", f"{waiting:,} documents")
    console = output()
    console.print(table)
    for file_name, _, reason in pl.concat([not_landed, failed]).iter_rows():
        console.print(f"[red]failed[/] {escape(file_name)}: {escape(reason)}")


def _published(paths: Paths) -> str:
    if not paths.published_file.exists():
        return "not yet"
    size = paths.published_file.stat().st_size / 1e6
    return f"{escape(str(paths.published_file))}, {version_in_words(paths)}, {size:,.1f} MB"
