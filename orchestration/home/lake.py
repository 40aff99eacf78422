"""The lake: Parquet by batch of documents, and manifests that say which batch is current for which document.

Layout under its root::

    printed/batch=b000001/<table>.parquet   as read, one file per printed table
    printed/manifest.parquet
    staging/batch=b000001/<table>.parquet   typed, one file per table of ``extract.records.RECORDS``
    manifest.parquet                        of staging: what is in the warehouse
    state.sqlite                            what else is remembered (:mod:`orchestration.home.state`), such as
                                            size, time and SHA-256 of each file, as it was written
    landings.parquet                        where each document was found, and which was found there later
    staging/batch=empty/…                   no rows; so that every table always has a file

A manifest has exactly one row per document (:data:`MANIFEST_SCHEMA`). A batch is written beside, renamed into
place, and counts only once the manifest names it; the manifest is replaced in one step. So a crash at any
point leaves the old manifest valid, and at worst a batch that nobody names, which :meth:`Lake.sweep` removes.
What happens to a batch behind our back is noticed when the next run starts (:meth:`Lake.heal`): its documents
are read again. Only one process may write at a time (see :mod:`orchestration.home.build_lock`); readers need
none.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import polars as pl

from extract.landing import CATALOGUE_SCHEMA, SAID_SCHEMA
from extract.records import RECORDS, schema
from orchestration.home.checksums import files_as_they_are, trouble_with
from orchestration.home.durable import TEMPORARY_PREFIX, replace_parquet, sync
from orchestration.home.state import STATE_FILE, State

MANIFEST_SCHEMA: dict[str, pl.DataType] = {
    "document_id": pl.String(),
    "batch": pl.String(),
    "extractor_version": pl.String(),
    "status": pl.String(),  # read | not_a_disclosure | failed | unavailable
}
LANDINGS_SCHEMA: dict[str, pl.DataType] = {
    "document_id": pl.String(),
    "uri": pl.String(),
    "file_name": pl.String(),
    "found_at": pl.Datetime("us"),  # in UTC, for the first time there
    "found_no": pl.Int64(),  # of two documents at one address, the one found later has the larger number
    "link_text": pl.String(),  # the words of the links that led to it
    "published_on": pl.Date(),  # the day that the website says, of several the first
    "published_as": pl.String(),  # what says so: list_page | page
    **SAID_SCHEMA,
}
UNDERSTOOD = ("read", "not_a_disclosure")  # of status: that a file is no disclosure is no failure
UNAVAILABLE = "unavailable"  # failed for a reason outside the document, so each run tries it again
EMPTY_BATCH = "empty"
MOST_DOCUMENTS_IN_A_BATCH = 500  # bounds the memory of reading and staging

_PREFIX = "batch="


class Layer:
    """One layer of the lake: batch folders and their manifest."""

    def __init__(self, batches: Path, manifest_file: Path, state: State) -> None:
        self.batches = batches
        self._state = state
        self.manifest_file = manifest_file

    def manifest(self) -> pl.DataFrame:
        """One row per document that this layer holds (:data:`MANIFEST_SCHEMA`)."""
        if not self.manifest_file.exists():
            return pl.DataFrame(schema=MANIFEST_SCHEMA)
        return pl.read_parquet(self.manifest_file)

    def write_batch(self, batch: str, tables: Mapping[str, pl.DataFrame], entries: pl.DataFrame) -> None:
        """Write a batch and make it the current one of the documents in ``entries``.

        ``entries`` has one row per document of the batch: ``document_id``, ``extractor_version``, ``status``.
        """
        self._write_tables(batch, tables)
        self._adopt(batch, entries)

    def read_table(self, batch: str, table: str) -> pl.DataFrame:
        """One table of one batch."""
        return pl.read_parquet(self.folder(batch) / f"{table}.parquet", hive_partitioning=False)

    def read_batch(self, batch: str) -> dict[str, pl.DataFrame]:
        """All tables of one batch."""
        tables = sorted(path.stem for path in self.folder(batch).glob("*.parquet"))
        return {table: self.read_table(batch, table) for table in tables}

    def current_rows(self, table: str) -> pl.LazyFrame:
        """The rows of a table that belong to current batches."""
        named = self.manifest().select("document_id", "batch").lazy()
        files = self.batches / f"{_PREFIX}*" / f"{table}.parquet"
        rows = pl.scan_parquet(files, hive_partitioning=True, hive_schema={"batch": pl.String()})
        return rows.join(named, on=["document_id", "batch"], how="semi")

    def folder(self, batch: str) -> Path:
        """The folder of a batch."""
        return self.batches / f"{_PREFIX}{batch}"

    def batch_names(self) -> list[str]:
        """The batches that are there, named by the manifest or not."""
        if not self.batches.exists():
            return []
        return sorted(path.name.removeprefix(_PREFIX) for path in self.batches.glob(f"{_PREFIX}*"))

    def trouble_with(self, batch: str, *, thorough: bool = False) -> str | None:
        """What is wrong with the files of a batch, in words; ``None`` when they are as they were written.

        Looks at sizes and times, and reads a file only where its time changed, or all when ``thorough``.
        """
        folder = self.folder(batch)
        if not folder.exists():
            return f"{folder} is gone"
        return trouble_with(folder, self._state.files_of(self.batches.name, batch), thorough=thorough)

    def forget(self, batches: Sequence[str]) -> pl.Series:
        """Name some batches no longer; give the documents that were in them."""
        manifest = self.manifest()
        of_them = pl.col("batch").is_in(list(batches))
        replace_parquet(manifest.filter(~of_them), self.manifest_file)
        return manifest.filter(of_them)["document_id"]

    def forget_documents(self, document_ids: pl.Series) -> None:
        """Name no batch for some documents any longer."""
        replace_parquet(
            self.manifest().filter(~pl.col("document_id").is_in(document_ids.to_list())), self.manifest_file
        )

    def set_aside_an_unreadable_manifest(self) -> Path | None:
        """Rename a manifest that cannot be read; give its new name, or ``None`` when it can be."""
        try:
            if self.manifest().schema == pl.Schema(MANIFEST_SCHEMA):
                return None
        except (pl.exceptions.PolarsError, OSError):
            pass
        aside = self.manifest_file.with_suffix(".damaged")
        self.manifest_file.replace(aside)
        return aside

    def sweep(self) -> None:
        """Remove what a crash left unfinished and every batch that the manifest no longer names."""
        if not self.batches.exists():
            return
        for leftover in self.batches.glob(f"{TEMPORARY_PREFIX}*"):
            _remove(leftover)
        for leftover in self.manifest_file.parent.glob(f"{TEMPORARY_PREFIX}*"):
            _remove(leftover)
        named = {EMPTY_BATCH, *self.manifest()["batch"]}
        for batch in self.batch_names():
            if batch not in named:
                _remove(self.folder(batch))
        self._state.keep_files(self.batches.name, named)

    def _write_tables(self, batch: str, tables: Mapping[str, pl.DataFrame]) -> None:
        unfinished = self.batches / f"{TEMPORARY_PREFIX}{batch}"
        _remove(unfinished)
        unfinished.mkdir(parents=True)
        for table, frame in tables.items():
            path = unfinished / f"{table}.parquet"
            frame.write_parquet(path)
            sync(path)
        self._state.set_files(self.batches.name, batch, files_as_they_are(unfinished))
        # A batch that nobody names yet may stand in the way when a step is tried again.
        _remove(self.folder(batch))
        unfinished.rename(self.folder(batch))
        sync(self.batches)

    def _adopt(self, batch: str, entries: pl.DataFrame) -> None:
        added = entries.with_columns(batch=pl.lit(batch)).select(list(MANIFEST_SCHEMA)).cast(MANIFEST_SCHEMA)  # type: ignore[arg-type]
        kept = self.manifest().join(added, on="document_id", how="anti")
        replace_parquet(pl.concat([kept, added]).sort("document_id"), self.manifest_file)


class Lake:
    """Both layers under one root, and what is still to do between them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.state = State(root / STATE_FILE)
        self.printed = Layer(root / "printed", root / "printed" / "manifest.parquet", self.state)
        self.staging = Layer(root / "staging", root / "manifest.parquet", self.state)
        self.landings_file = root / "landings.parquet"

    def prepare(self) -> list[str]:
        """Make an empty lake, or heal and clear what an earlier run left in this one. Harmless to repeat.

        Gives what had to be healed, in words.
        """
        healed = self.heal()
        self.sweep()
        tables = {record.table: pl.DataFrame(schema=schema(record)) for record in RECORDS}
        # Written every time: a new version of the extractor may have new columns.
        self.staging._write_tables(EMPTY_BATCH, tables)
        if not self.staging.manifest_file.exists():
            replace_parquet(self.staging.manifest(), self.staging.manifest_file)
        if not self.landings_file.exists():
            self.write_landings(pl.DataFrame(schema=CATALOGUE_SCHEMA))
        return healed

    def heal(self) -> list[str]:
        """Forget every batch that is not as it was written, so that its documents are read again; say which.

        They get a new batch, so that whatever was built of the damaged one is built anew.
        """
        healed = []
        if aside := self.state.set_aside_if_unreadable():
            healed.append(f"{self.state.file} could not be read and is now {aside.name}")
        for layer in (self.printed, self.staging):
            if aside := layer.set_aside_an_unreadable_manifest():
                healed.append(f"{layer.manifest_file} could not be read and is now {aside.name}")
        for layer, other in ((self.printed, self.staging), (self.staging, self.printed)):
            named = sorted(set(layer.manifest()["batch"]))
            damaged = {batch: trouble for batch in named if (trouble := layer.trouble_with(batch))}
            if damaged:
                other.forget_documents(documents := layer.forget(list(damaged)))
                healed += [f"{trouble}; its documents are read again" for trouble in damaged.values()]
                healed[-1] += f" ({len(documents):,} in all)"
        return healed

    def write_landings(self, catalogue: pl.DataFrame) -> None:
        """Keep which documents were found where, in which order, from the catalogue of landing."""
        from extract.normalize.landing_names import with_said
        from extract.vocabulary import load_vocabulary

        # Landing notes a place again when only its stamp, source or day is new: that finds nothing anew.
        is_another = pl.col("document_id").ne_missing(pl.col("document_id").shift().over("uri"))
        numbered = catalogue.with_row_index("found_no").with_columns(is_another.alias("is_another"))
        found = numbered.group_by("document_id", "uri", maintain_order=True)
        landings = found.agg(
            pl.col("file_name").last(),
            pl.col("found_at")
            .first()
            .str.to_datetime("%+", time_unit="us", time_zone="UTC")
            .dt.replace_time_zone(None),
            pl.col("found_no").filter("is_another").last(),
            pl.col("link_text").drop_nulls().last(),
            pl.col("published_on").cast(pl.String).str.to_date().sort().drop_nulls().first(),
            pl.col("published_as").sort_by("published_on").drop_nulls().first(),
        )
        landings = with_said(landings, load_vocabulary())
        replace_parquet(landings.select(list(LANDINGS_SCHEMA)).cast(LANDINGS_SCHEMA), self.landings_file)  # type: ignore[arg-type]

    def sweep(self) -> None:
        """Remove unfinished and superseded batches of both layers."""
        self.printed.sweep()
        self.staging.sweep()

    def to_read(self, landed: pl.DataFrame, extractor_version: str) -> pl.DataFrame:
        """The rows of ``landed`` (by ``document_id``) that this version of the extractor has not read yet."""
        known = self.printed.manifest().filter(
            pl.col("extractor_version") == extractor_version, pl.col("status") != UNAVAILABLE
        )
        return landed.join(known, on="document_id", how="anti", maintain_order="left")

    def to_stage(self) -> dict[str, pl.DataFrame]:
        """Batches that were read but are not staged yet, each with its entries of the printed manifest."""
        identity = ["document_id", "batch", "extractor_version"]
        waiting = self.printed.manifest().join(self.staging.manifest(), on=identity, how="anti")
        return {
            str(batch): rows
            for (batch,), rows in waiting.sort("batch").group_by("batch", maintain_order=True)
        }

    def put_off(self) -> frozenset[str]:
        """The documents that took too long to keep the others waiting, and are still to be read."""
        return self.state.put_off()

    def put_off_until_later(self, document_ids: Collection[str]) -> None:
        """Remember which documents are read apart from the others, the next time that anything is read."""
        self.state.set_put_off(sorted(document_ids))

    def next_batch(self) -> str:
        """A batch name that neither layer has used for anything that still counts."""
        numbered = [*self.printed.batch_names(), *self.staging.batch_names()]
        last = max((int(name[1:]) for name in numbered if name != EMPTY_BATCH), default=0)
        # The letter keeps DuckDB from reading the folder names as numbers.
        return f"b{last + 1:06d}"


def _remove(path: Path) -> None:
    if path.is_dir():
        # Renamed first, so that a crash half-way leaves no folder that looks like a whole batch.
        condemned = path.with_name(f"{TEMPORARY_PREFIX}removed-{path.name}")
        if condemned.exists():
            shutil.rmtree(condemned)
        path.rename(condemned)
        shutil.rmtree(condemned)
    else:
        path.unlink(missing_ok=True)
