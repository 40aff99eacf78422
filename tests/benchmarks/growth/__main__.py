"""What a large warehouse takes, and what one more document takes in it: time, memory, disk.

Run ``uv run python -m tests.benchmarks.growth --documents 10 10000``. Each warehouse holds altered copies of
the same documents, is built from nothing, and then gets more. Not a test: it asserts nothing about time.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from contextlib import nullcontext
from pathlib import Path

from extract import printed_frames, stage
from orchestration.command.terminal import output
from tests.benchmarks.growth.report import sizes, times
from tests.benchmarks.growth.steps import grow
from tests.benchmarks.reading import read

_SAMPLES = Path(__file__).parents[3] / "warehouse" / "samples"


def main() -> None:
    """Grow one warehouse for each number of documents, one after the other, and print what it took."""
    options = _options()
    files = [path for folder in options.source or [_SAMPLES] for path in sorted(folder.glob("*.txt"))]
    originals = stage(printed_frames([read(path.read_bytes(), path.name) for path in files]))
    grown = []
    with nullcontext(options.home) if options.home else tempfile.TemporaryDirectory() as folder:
        for documents in sorted(options.documents):
            home = Path(folder) / str(documents)
            grown.append(grow(home, originals, documents))
            if not options.home:
                shutil.rmtree(home)
    console = output()
    console.print(times(grown))
    console.print(sizes(grown))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=Path, action="append", help="folder of text disclosures; repeatable")
    parser.add_argument("--documents", type=int, nargs="+", default=[10, 10_000], help="copies to start with")
    parser.add_argument("--home", type=Path, help="new folder to keep the warehouses in")
    options = parser.parse_args()
    if options.home and options.home.exists():
        parser.error(f"{options.home} is there already; name a new folder")
    return options


if __name__ == "__main__":
    main()
