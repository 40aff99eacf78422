"""How fast disclosures are read: documents a second, CPU and peak memory, on one core.

Run ``uv run python -m tests.benchmarks.reading --copies 1000``. Copies of the documents get altered figures,
so that no two have the same bytes. Not a test: it asserts nothing about time.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
import resource
import time
from collections.abc import Iterator
from pathlib import Path

from extract import printed_frames, read_document, stage
from extract.landing import LandedFile
from extract.printed import PrintedDocument

_FIGURE = re.compile(r"\d+\.\d\d")
_BATCH = 250


def main() -> None:
    """Read the documents once, then altered copies of them, and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    default = Path(__file__).parents[2] / "warehouse" / "samples"
    parser.add_argument("--source", type=Path, default=default, help="folder of text disclosures")
    parser.add_argument("--copies", type=int, default=1000, help="altered copies in all")
    options = parser.parse_args()
    texts = [path.read_bytes() for path in sorted(options.source.glob("*.txt"))]
    read(texts[0])  # the vocabulary is read once a process
    _report("once each", list(texts))
    _report("altered copies", list(altered(texts, options.copies)))


def altered(texts: list[bytes], copies: int, seed: int = 1) -> Iterator[bytes]:
    """Copies of UTF-8 documents in which some figures are changed."""
    chance = random.Random(seed)
    plain = [text.decode("utf-8", errors="ignore") for text in texts]
    for number in range(copies):
        text = plain[number % len(plain)]
        yield (
            _FIGURE.sub(
                lambda match: f"{chance.random() * 1000:.2f}" if chance.random() < 0.1 else match.group(),
                text,
            ).encode()
            + f"\n{number}\n".encode()
        )


def read(data: bytes, file_name: str = "copy.txt", media_type: str = "text/plain") -> PrintedDocument:
    """Read one document's bytes."""
    landed = LandedFile(hashlib.sha256(data).hexdigest(), file_name, media_type, len(data))
    return read_document(landed, data)


def _report(what: str, documents: list[bytes]) -> None:
    began, cpu = time.perf_counter(), time.process_time()
    amounts, reading, staging = 0, 0.0, 0.0
    for start in range(0, len(documents), _BATCH):
        at = time.perf_counter()
        printed = [read(data) for data in documents[start : start + _BATCH]]
        reading += time.perf_counter() - at
        at = time.perf_counter()
        amounts += len(stage(printed_frames(printed))["amounts"])
        staging += time.perf_counter() - at
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{what}: {len(documents)} documents, {amounts} amounts; {seconds:.2f} s "
        f"(reading {reading:.2f}, staging {staging:.2f}), CPU {time.process_time() - cpu:.2f} s; "
        f"{len(documents) / seconds:.1f} documents/s; peak memory {peak:.0f} MiB"
    )


if __name__ == "__main__":
    main()
