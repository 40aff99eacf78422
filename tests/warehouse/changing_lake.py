"""A lake whose documents come, go, are corrected and are read anew: what builds have to follow.

The documents are samples that are compared with each other: a department and its unit, a department and the
unit of its own name, budgets and final accounts of several years.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import polars as pl

from extract.printed import DOCUMENT_ID_PREFIX
from orchestration.home.durable import replace_parquet
from orchestration.home.lake import Lake
from tests.benchmarks.reconciliation.copies import altered

FOUND_AT = "2026-01-05T06:00:00+08:00"
Frames = Mapping[str, pl.DataFrame]

SAMPLES = (
    "department-budget-2023-example.txt",
    "department-budget-2024-example.txt",
    "unit-budget-2024-example.txt",
    "final-accounts-2023-example.txt",
    "final-accounts-2024-example.txt",
    "shanghai-department-budget-2025-example.pdf",
    "shanghai-unit-budget-2025-example.xlsx",
    "blank-template.txt",
)


class Change(NamedTuple):
    """What happens to one document of :data:`SAMPLES`."""

    kind: str  # of CHANGES
    sample: int


class ChangingLake:
    """The lake under ``home`` and the documents that are in it."""

    def __init__(self, home: Path, samples: list[Frames]) -> None:
        self.lake = Lake(home / "lake")
        self._samples = samples
        self._versions = 0
        self._found: list[dict[str, str | None]] = []  # the catalogue of landing
        self.current: dict[int, list[Frames]] = {number: [] for number in range(len(samples))}

    def apply(self, change: Change) -> None:
        """Let one thing happen, if it can: nothing is withdrawn that is not there."""
        CHANGES[change.kind](self, change.sample)

    def add(self, sample: int) -> None:
        """A file is found that was not there, or one more that says almost the same."""
        present = self.current[sample]
        frames = self._samples[sample]
        found = self._under_a_new_id(frames) if present else frames
        self._find(found, f"file:///{sample}/{len(present)}")
        self.put(sample, found)

    def restore(self, sample: int) -> None:
        """The lake is a copy of one in which the file was found."""
        self._find(self._samples[sample], f"file:///{sample}/0")
        self.current[sample] = [self._samples[sample]]

    def id_of(self, sample: int, version: int) -> str:
        """The document that was the version of a sample, counted from 0."""
        return _id(self.current[sample][version])

    def withdraw(self, sample: int) -> None:
        """All files of the document are gone."""
        gone = [_id(frames) for frames in self.current[sample]]
        self.current[sample] = []
        staging = self.lake.staging
        replace_parquet(staging.manifest().filter(~pl.col("document_id").is_in(gone)), staging.manifest_file)

    def correct(self, sample: int) -> None:
        """The publisher puts another file in place of the first."""
        if self.current[sample]:
            self.withdraw(sample)
            self.put(sample, self._under_a_new_id(self._samples[sample]))

    def supersede(self, sample: int) -> None:
        """Another file is found at the address of the first; the first stays in the warehouse."""
        if self.current[sample]:
            newer = self._under_a_new_id(self._samples[sample])
            self._find(newer, f"file:///{sample}/0")
            self.put(sample, newer)

    def find_again(self, sample: int) -> None:
        """The oldest file that is still there is back at its address."""
        if self.current[sample]:
            self._find(self.current[sample][0], f"file:///{sample}/0")

    def read_without_a_form(self, sample: int) -> None:
        """A new extractor no longer finds the last form of the document."""
        for frames in self._replaced(sample):
            lost = frames["forms"]["form_id"].tail(1).to_list()
            self.put(
                sample,
                {
                    table: frame.filter(~pl.col("form_id").is_in(lost) | pl.col("form_id").is_null())
                    if "form_id" in frame.columns
                    else frame
                    for table, frame in frames.items()
                },
            )

    def read_with_other_figures(self, sample: int) -> None:
        """A new extractor reads some figures otherwise."""
        for frames in self._replaced(sample):
            self.put(sample, {**frames, "amounts": altered(frames["amounts"])})

    def read_as_of_another_publisher(self, sample: int) -> None:
        """A new extractor takes the publisher of the next sample for that of this one."""
        other = self._samples[(sample + 1) % len(self._samples)]["documents"]["publisher_name"].item()
        for frames in self._replaced(sample):
            named = frames["documents"].with_columns(publisher_name=pl.lit(other, pl.String))
            self.put(sample, {**frames, "documents": named})

    def read_as_of_the_next_year(self, sample: int) -> None:
        """A new extractor takes another year for that of the document."""
        for frames in self._replaced(sample):
            dated = frames["documents"].with_columns(pl.col("fiscal_year") + 1)
            self.put(sample, {**frames, "documents": dated})

    def read_anew(self, sample: int) -> None:
        """A new extractor reads the very same."""
        for frames in self._replaced(sample):
            self.put(sample, frames)

    def _replaced(self, sample: int) -> list[Frames]:
        frames = self.current[sample]
        self.current[sample] = []
        return frames

    def put(self, sample: int, frames: Frames) -> None:
        """Add one version of the document, staged as ``frames``."""
        self.current[sample].append(frames)
        self.lake.staging.write_batch(self.lake.next_batch(), frames, frames["documents"])

    def _find(self, frames: Frames, uri: str) -> None:
        """Land the document of ``frames``, found at ``uri``."""
        entry = {"document_id": _id(frames), "file_name": "found.txt", "uri": uri, "found_at": FOUND_AT}
        entry |= dict.fromkeys(("link_text", "published_on", "published_as"))
        self._found.append(entry)
        self.lake.write_landings(pl.DataFrame(self._found))

    def _under_a_new_id(self, frames: Frames) -> Frames:
        self._versions += 1
        old = _id(frames)
        new = hashlib.sha256(f"{old} {self._versions}".encode()).hexdigest()
        renamed = {
            table: frame.with_columns(
                pl.col(name).str.replace(old[:DOCUMENT_ID_PREFIX], new[:DOCUMENT_ID_PREFIX], literal=True)
                for name in frame.columns
                if name.endswith("_id")
            ).with_columns(document_id=pl.lit(new))
            for table, frame in frames.items()
        }
        return {**renamed, "amounts": altered(renamed["amounts"])}


CHANGES: dict[str, Callable[[ChangingLake, int], None]] = {
    change.__name__: change
    for change in (
        ChangingLake.add,
        ChangingLake.withdraw,
        ChangingLake.correct,
        ChangingLake.supersede,
        ChangingLake.find_again,
        ChangingLake.read_without_a_form,
        ChangingLake.read_with_other_figures,
        ChangingLake.read_as_of_another_publisher,
        ChangingLake.read_as_of_the_next_year,
        ChangingLake.read_anew,
    )
}


def _id(frames: Frames) -> str:
    return str(frames["documents"]["document_id"].item())
