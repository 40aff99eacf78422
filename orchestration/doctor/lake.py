"""The lake: all of it can be read again from landing."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import polars as pl

from extract import extractor_version
from extract.landing import CatalogueError, LandingStore
from orchestration.doctor.fault import RUN_AGAIN, Check, Fault
from orchestration.home.lake import EMPTY_BATCH, UNAVAILABLE, Lake, Layer
from orchestration.home.paths import Paths


def unreadable_manifests(paths: Paths) -> Iterator[Fault]:
    """A manifest that cannot be read: the next run sets it aside and reads all documents again."""
    for layer in _layers(paths):
        if _manifest(layer) is None:
            yield Fault(str(layer.manifest_file), "the manifest cannot be read", RUN_AGAIN)


def unreadable_state(paths: Paths) -> Iterator[Fault]:
    """A file of what is remembered that cannot be read: the next run sets it aside and begins a new one."""
    if not paths.state.is_readable():
        yield Fault(str(paths.state.file), "what is remembered cannot be read", RUN_AGAIN)


def damaged_batches(paths: Paths) -> Iterator[Fault]:
    """A batch whose files are not what was written, byte for byte."""
    for layer in _layers(paths):
        manifest = _manifest(layer)
        for batch in sorted(set(manifest["batch"])) if manifest is not None else ():
            trouble = layer.trouble_with(batch, thorough=True)
            if trouble is None:
                continue
            documents = manifest.filter(pl.col("batch") == batch).height if manifest is not None else 0
            noticed = layer.trouble_with(batch) is not None
            remedy = RUN_AGAIN if noticed else "delete this folder and run again, or use --fix"
            what = f"{trouble}; {documents:,} documents are to be read again"
            yield Fault(str(layer.folder(batch)), what, remedy, partial(_drop, layer, batch))


def unnamed_batches(paths: Paths) -> Iterator[Fault]:
    """A batch that no manifest names: a run was killed before it counted."""
    for layer in _layers(paths):
        manifest = _manifest(layer)
        if manifest is None:
            continue
        named = {EMPTY_BATCH, *manifest["batch"]}
        for batch in layer.batch_names():
            if batch not in named:
                where = str(layer.folder(batch))
                yield Fault(where, "no manifest names this batch", RUN_AGAIN, layer.sweep)


def documents_out_of_nowhere(paths: Paths) -> Iterator[Fault]:
    """Documents in the warehouse that were never landed."""
    try:
        landed = LandingStore(paths.landing).documents()
    except CatalogueError:
        return
    manifest = _manifest(Lake(paths.lake).staging)
    if manifest is None:
        return
    for document_id in manifest.join(landed, on="document_id", how="anti")["document_id"]:
        yield Fault(
            str(paths.landing / "catalogue.jsonl"),
            f"document {document_id[:16]}… is in the lake and was never landed",
            "restore the catalogue from a backup, or run again with the source that has the document",
        )


def old_extractor(paths: Paths) -> Iterator[Fault]:
    """Documents that another version of the extractor read."""
    manifest = _manifest(Lake(paths.lake).staging)
    if manifest is None:
        return
    old = manifest.filter(pl.col("extractor_version") != extractor_version(), pl.col("status") != UNAVAILABLE)
    if old.height:
        versions = ", ".join(sorted(set(old["extractor_version"])))
        what = f"{old.height:,} documents were read by {versions}; this is {extractor_version()}"
        yield Fault(str(paths.lake), what, "run again: they are read anew")


def _layers(paths: Paths) -> tuple[Layer, Layer]:
    lake = Lake(paths.lake)
    return lake.printed, lake.staging


def _manifest(layer: Layer) -> pl.DataFrame | None:
    try:
        manifest = layer.manifest()
    except (pl.exceptions.PolarsError, OSError):
        return None
    return manifest if "document_id" in manifest.columns else None


def _drop(layer: Layer, batch: str) -> None:
    """Take a damaged batch's data away, so that the next run finds it gone and reads its documents again."""
    for file in layer.folder(batch).iterdir():
        if file.suffix == ".parquet":
            file.unlink()


CHECKS = (
    Check("lake.state", "what is remembered can be read", unreadable_state),
    Check("lake.manifest", "the manifests of the lake can be read", unreadable_manifests),
    Check("lake.damaged", "the batches of the lake are as they were written", damaged_batches),
    Check("lake.unnamed", "every batch of the lake counts", unnamed_batches),
    Check("lake.origin", "every document of the lake was landed", documents_out_of_nowhere),
    Check("lake.version", "every document was read by this version of the extractor", old_extractor),
)
