"""What the reader under test makes of printed sets: the one place here that runs ``extract``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

import polars as pl

from extract import printed_frames, stage
from tests.benchmarks.lottery.drawing import DrawnSet
from tests.benchmarks.lottery.printing import PrintedSet, print_set
from tests.benchmarks.reading import read

_BATCH = 40


@dataclass(frozen=True)
class ReadSet:
    """A set, its file, and the rows that staging has of it."""

    drawn: DrawnSet
    printed: PrintedSet
    document_id: str
    status: str
    amounts: list[dict[str, object]]
    forms: list[dict[str, object]]


def read_sets(
    sets: Iterable[DrawnSet], kept: list[Mapping[str, pl.DataFrame]] | None = None
) -> Iterator[ReadSet]:
    """Print and read sets, some at a time, for staging works on frames; these are added to ``kept``."""
    waiting = iter(sets)
    while some := list(islice(waiting, _BATCH)):
        printed = [print_set(drawn) for drawn in some]
        documents = [read(each.data, each.file_name, each.media_type) for each in printed]
        frames = stage(printed_frames(documents))
        if kept is not None:
            kept.append(frames)
        amounts, forms = (_by_document(frames[name]) for name in ("amounts", "forms"))
        status = dict(frames["documents"].select("document_id", "status").iter_rows())
        for drawn, file, document in zip(some, printed, documents, strict=True):
            key = document.facts.document_id
            yield ReadSet(drawn, file, key, status[key], amounts.get(key, []), forms.get(key, []))


def _by_document(frame: pl.DataFrame) -> dict[str, list[dict[str, object]]]:
    return {
        str(key): rows.to_dicts()
        for (key,), rows in frame.partition_by("document_id", as_dict=True, maintain_order=True).items()
    }
