"""How fast the same disclosures are read in each format: documents a second on one core.

Run ``uv run python -m tests.benchmarks.formats``. The text samples are typeset in every format first,
which is not timed. Not a test: it asserts nothing about time.
"""

from __future__ import annotations

import argparse
import hashlib
import time
from collections.abc import Sequence
from pathlib import Path

from extract import read_document
from extract.landing import LandedFile
from extract.readers.encoding import decode
from tests.typesetting import FORMATS, SCAN
from tests.typesetting.from_text import content_of

_SAMPLES = Path(__file__).parents[2] / "warehouse" / "samples"


def main() -> None:
    """Typeset, read each format in turn, and print what it took; text is the measure of the others."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how often each document is read")
    parser.add_argument("--scans", type=int, default=1, help="documents that are read as scans too")
    options = parser.parse_args()
    texts = [decode(path.read_bytes()).text for path in sorted(_SAMPLES.glob("*.txt"))]
    contents = [content_of(text) for text in texts]
    of_text = _seconds("text/plain", [text.encode() for text in texts], options.rounds)
    print(f"{'text':>10}: {1 / of_text:7.1f} documents/s")
    for name, (media_type, typeset) in FORMATS.items():
        seconds = _seconds(media_type, [typeset(content) for content in contents], options.rounds)
        print(f"{name:>10}: {1 / seconds:7.1f} documents/s, {seconds / of_text:.1f} times as long as text")
    media_type, typeset = SCAN
    if options.scans:
        scans = [typeset(content) for content in contents[: options.scans]]
        seconds = _seconds(media_type, scans, 1)
        print(f"{'scan':>10}: {seconds:7.1f} s a document")


def _seconds(media_type: str, files: Sequence[bytes], rounds: int) -> float:
    """Seconds a document, all read ``rounds`` times after once to load what is loaded once."""
    landed = [
        LandedFile(hashlib.sha256(data).hexdigest(), "disclosure", media_type, len(data)) for data in files
    ]
    read_document(landed[0], files[0])
    began = time.perf_counter()
    for _ in range(rounds):
        for file, data in zip(landed, files, strict=True):
            read_document(file, data)
    return (time.perf_counter() - began) / rounds / len(files)


if __name__ == "__main__":
    main()
