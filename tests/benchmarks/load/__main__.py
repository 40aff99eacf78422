"""What the whole job takes on many documents, and what a few more take then: time, memory, disk.

Run ``uv run python -m tests.benchmarks.load --documents 10000``. The documents are generated; each run is
``disclosures run`` as an operator would start it: land, read, stage, build, test and publish. Not a test: it
asserts nothing about time.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from orchestration.command.terminal import output
from tests.benchmarks.generating import generated, originals_in
from tests.benchmarks.load.report import ratios, sizes, times
from tests.benchmarks.load.runs import new_warehouse

_SAMPLES = Path(__file__).parents[3] / "warehouse" / "samples"
_MORE = (1, 100)


def main() -> None:
    """Fill a warehouse, add to it, run it with nothing new, add the same to empty ones, and print it all."""
    options = _options()
    originals = originals_in(options.source or [_SAMPLES])
    first = options.documents
    added = {}
    for more in _MORE:
        added[f"{more} more"] = list(generated(originals, range(first, first + more), options.slips))
        first += more
    with new_warehouse(options.home) as large:
        large.add(generated(originals, range(options.documents), options.slips))
        runs = [large.run(f"{options.documents:,} documents")]
        for name, documents in added.items():
            large.add(documents)
            runs.append(large.run(name))
        runs.append(large.run("nothing new"))
        on_disk = large.mib()
    alone = []
    for name, documents in added.items():
        with new_warehouse(None) as empty:
            empty.add(documents)
            alone.append(empty.run(name))
    console = output()
    console.print(times(f"{options.documents:,} documents, then more", runs))
    console.print(times("In an empty warehouse", alone))
    console.print(ratios(runs, alone))
    console.print(sizes(on_disk, first))
    console.print(f"{options.documents / runs[0].seconds:.1f} documents/s at first")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=Path, action="append", help="folder of text disclosures; repeatable")
    parser.add_argument("--documents", type=int, default=10_000, help="generated documents to start with")
    parser.add_argument("--slips", type=float, default=0, help="share of money cells with a wrong digit")
    parser.add_argument("--home", type=Path, help="new folder to keep the large warehouse in")
    options = parser.parse_args()
    if options.home and options.home.exists():
        parser.error(f"{options.home} is there already; name a new folder")
    return options


if __name__ == "__main__":
    main()
