"""What becomes of damaged documents: mutated copies of real ones, each read by a worker within its limits.

Run ``uv run python -m tests.benchmarks.faults --source FOLDER --count 500``. Each copy must end as read, or
as failed with a reason; nothing may hang, crash, or stay running. Exits with 1 when one did anything else.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import random
import re
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path

import pypdfium2 as pdfium

from extract.landing import LandingStore
from extract.sources import FoundFile
from orchestration.processes import Lost, WorkerProcesses
from orchestration.reading import Job, ReadingLimits, read_job

_MARKUP = (".html", ".htm", ".xml", ".txt", ".csv", ".rtf")
_AT_ONCE = 1_000
_WORD = re.compile(rb"(<[^>]{0,400}>|[0-9.,]+|\s+)")
LIMITS = ReadingLimits(seconds=120, seconds_per_mib=60)


def main() -> None:
    """Mutate, read, and say what became of the copies."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=Path, required=True, help="folder of documents in any format")
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    files = sorted(path for path in options.source.rglob("*") if path.is_file() and path.stat().st_size)
    began = time.perf_counter()
    copies = mutated(files, options.count, options.seed)
    ends: Counter[str] = Counter()
    while portion := list(islice(copies, _AT_ONCE)):
        ends += what_becomes(portion)
    print(f"{options.count} mutated copies of {len(files)} documents, {time.perf_counter() - began:.0f} s")
    for end, number in ends.most_common():
        print(f"{number:>6}  {end}")
    left = running_workers()
    print(f"processes left: {len(left)}")
    sys.exit(bool(left or any("LOST" in end for end in ends)))


def mutated(files: Sequence[Path], count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Copies with a kind of damage each, the documents in turn."""
    chance = random.Random(seed)
    for number in range(count):
        path = files[number % len(files)]
        data = path.read_bytes()
        kinds = [flipped, cut_short, doubled, overwritten]
        if zipfile.is_zipfile(io.BytesIO(data)):
            kinds += [with_a_part_damaged] * 6  # else most are refused for their checksums, unread
        elif path.suffix in _MARKUP:
            kinds += [with_words_moved] * 3
        if path.suffix == ".pdf":
            kinds += [with_more_pages, with_more_pages]
        kind = chance.choice(kinds)
        yield f"{number:04}-{kind.__name__}-{path.name}", kind(data, chance)


def flipped(data: bytes, chance: random.Random) -> bytes:
    """A few bits flipped."""
    damaged = bytearray(data)
    for _ in range(chance.choice([1, 4, 16, 256])):
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def cut_short(data: bytes, chance: random.Random) -> bytes:
    """The end missing."""
    return data[: chance.randrange(1, len(data) + 1)]


def doubled(data: bytes, chance: random.Random) -> bytes:
    """A stretch of it twice."""
    start = chance.randrange(len(data))
    stop = min(len(data), start + chance.choice([16, 1024, 65_536]))
    return data[:stop] + data[start:]


def overwritten(data: bytes, chance: random.Random) -> bytes:
    """A stretch of it noise."""
    start = chance.randrange(len(data))
    length = min(len(data) - start, chance.choice([8, 64, 4096]))
    return data[:start] + chance.randbytes(length) + data[start + length :]


def with_a_part_damaged(data: bytes, chance: random.Random) -> bytes:
    """A zip whose checksums are right, and one or two parts of which are damaged."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
    for name in chance.sample(sorted(parts), min(len(parts), chance.choice([1, 1, 2]))):
        if parts[name]:
            parts[name] = chance.choice([flipped, cut_short, doubled, overwritten, with_words_moved])(
                parts[name], chance
            )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


def with_words_moved(data: bytes, chance: random.Random) -> bytes:
    """Tags, numbers and words in other places: taken out, put in again elsewhere, many times over."""
    words = _WORD.split(data)
    for _ in range(chance.choice([1, 4, 32])):
        taken = words[chance.randrange(len(words))]
        at = chance.randrange(len(words))
        words[at : at + chance.choice([0, 1])] = [taken] * chance.choice([0, 1, 1, 2, 100])
        words = words or [b""]
    return b"".join(words)


def with_more_pages(data: bytes, chance: random.Random) -> bytes:
    """Pages inserted: blank, huge, or its own again. What is no PDF stays as it is."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError:
        return data
    with document:
        for _ in range(chance.choice([1, 3, 30])):
            at = chance.randrange(len(document) + 1)
            if chance.random() < 0.5:
                with contextlib.suppress(pdfium.PdfiumError):  # of a damaged page
                    document.import_pages(pdfium.PdfDocument(data), [chance.randrange(len(document)) % 3], at)
            else:
                document.new_page(chance.choice([1, 595, 14_000]), chance.choice([1, 842, 14_000]), at)
        file = io.BytesIO()
        document.save(file)
    return file.getvalue()


def what_becomes(copies: Sequence[tuple[str, bytes]]) -> Counter[str]:
    """Count how copies end."""
    ends: Counter[str] = Counter()
    for name, reason in read_all(copies, LIMITS):
        ends[_kind(reason)] += 1
        if reason is not None and ("LOST" in reason or "please report" in reason):
            print(f"{name}: {reason}", file=sys.stderr, flush=True)
    return ends


def read_all(copies: Sequence[tuple[str, bytes]], limits: ReadingLimits) -> Iterator[tuple[str, str | None]]:
    """Land copies and read each by a worker: its name, and why it failed, or None when it was read.

    A copy whose worker came to nothing, as none should, is ``LOST``.
    """
    with tempfile.TemporaryDirectory() as folder, WorkerProcesses(limits.memory_mib) as workers:
        landing = Path(folder)
        files = [
            FoundFile(f"file:///{name}", name, None, None, lambda data=data: data) for name, data in copies
        ]
        listing = LandingStore(landing).land(files, datetime.now(UTC))
        jobs = [
            Job(document_id, name, len(data))
            for (document_id, name), (_, data) in zip(
                listing.select("document_id", "file_name").iter_rows(), copies, strict=True
            )
        ]
        function = partial(read_job, landing=landing, limits=limits)
        for number, result in workers.map(function, jobs, limits.seconds_for):
            if isinstance(result, Lost):
                yield jobs[number].file_name, f"LOST: {result.reason}"
                continue
            (document,) = result.frames["documents"].to_dicts()
            yield jobs[number].file_name, document["failure_reason"]


def running_workers() -> list[int]:
    """Processes that this one started and that still run, and those that multiprocessing's server forked.

    The server itself and the tracker of resources stay by design, and end with their parent.
    """
    own = _children(os.getpid())
    helpers = [process for process in own if _is_helper(process)]
    return [process for process in own if process not in helpers] + [
        forked for helper in helpers for forked in _children(helper)
    ]


def _children(process: int) -> list[int]:
    return [
        int(child)
        for children in Path(f"/proc/{process}/task").glob("*/children")
        for child in children.read_text().split()
    ]


def _is_helper(process: int) -> bool:
    command = Path(f"/proc/{process}/cmdline").read_bytes()
    return b"forkserver" in command or b"resource_tracker" in command


def _kind(reason: str | None) -> str:
    """A reason without what differs from file to file."""
    if reason is None:
        return "read"
    return "failed: " + re.sub(r"\(.*\)|\d[\d,.]*|'[^']*'|: .*", "…", reason)[:90]


if __name__ == "__main__":
    main()
