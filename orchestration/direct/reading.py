"""Files → staged frames, in this process for a few of them, in worker processes for many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import polars as pl

from extract import failed_document, printed_frames, read_or_fail, stage
from extract.landing import LandedFile, content_id
from extract.media_type import media_type
from extract.printed import PrintedDocument
from extract.sources import FoundFile, find_files

_FEW = 8  # starting worker processes takes longer than reading as many as these
_SECONDS = 300.0  # for one file; only worker processes can be stopped
_MEMORY_MIB = 2048
_NO_TYPE = "application/octet-stream"
_STAGED_AT_ONCE = 250  # bounds the memory of many


class NamedBytes(NamedTuple):
    """A document's bytes, and the name they came under."""

    file_name: str
    data: bytes


def found_files(paths: Iterable[Path]) -> list[FoundFile]:
    """The files that are named, and those in folders and .zip archives that are.

    Raises :class:`FileNotFoundError` for a path that is not there.
    """
    return [file for path in paths for file in find_files(path)]


def read_files(
    paths: Sequence[Path], *, in_processes: bool = False, also_few: bool = False
) -> dict[str, pl.DataFrame]:
    """Staged frames of some files, folders and archives; the same bytes twice are one document.

    See ``extract.records`` for the frames. ``in_processes`` reads many files side by side, each within
    limits; a program that asks for it must be one whose main module can be imported again. With ``also_few``
    it reads few so, too: a file that ends a library then ends only the process that reads it. A file that
    cannot be understood, or not be taken out of its archive, is a document with status ``failed`` and the
    reason. Raises :class:`OSError` for a file that cannot be opened.
    """
    files = found_files(paths)
    if not in_processes or (len(files) <= _FEW and not also_few):
        return _staged([_read_file(file) for file in files])
    from orchestration.home.processes import Lost, WorkerProcesses

    printed: dict[int, PrintedDocument] = {}
    with WorkerProcesses(_MEMORY_MIB) as workers:
        for number, result in workers.map(_read_file, files, lambda _: _SECONDS):
            file = files[number]
            printed[number] = (
                failed_document(_landed(file.file_name, file.read()), result.reason)
                if isinstance(result, Lost)
                else result
            )
    return _staged([printed[number] for number in range(len(files))])


def stage_bytes(documents: Sequence[NamedBytes]) -> dict[str, pl.DataFrame]:
    """The same, of bytes that are in memory, in this process."""
    return _staged([_read(*document) for document in documents])


def _read_file(file: FoundFile) -> PrintedDocument:
    try:
        data = file.read()
    except OSError as error:
        if error.errno is not None:  # the system's own: nothing could be opened
            raise
        unknown = LandedFile(content_id(file.uri.encode()), file.file_name, _NO_TYPE, 0)
        return failed_document(unknown, str(error))
    return _read(file.file_name, data)


def _read(file_name: str, data: bytes) -> PrintedDocument:
    return read_or_fail(_landed(file_name, data), data)


def _landed(file_name: str, data: bytes) -> LandedFile:
    return LandedFile(content_id(data), file_name, media_type(data), len(data))


def _staged(printed: Sequence[PrintedDocument]) -> dict[str, pl.DataFrame]:
    once = list({document.facts.document_id: document for document in printed}.values())
    parts: list[Mapping[str, pl.DataFrame]] = [
        stage(printed_frames(once[start : start + _STAGED_AT_ONCE]))
        for start in range(0, max(len(once), 1), _STAGED_AT_ONCE)
    ]
    return {table: pl.concat([part[table] for part in parts]) for table in parts[0]}
