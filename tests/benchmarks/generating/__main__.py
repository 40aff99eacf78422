"""Write text disclosures in any number, made by altering the figures of given ones.

Run ``uv run python -m tests.benchmarks.generating FOLDER --documents 1000``. Whatever added up to the fen in
an original does so in its copies, but for the cells that are given a slip on purpose (``--slips 0.01``).
"""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.benchmarks.generating import generated, originals_in

SAMPLES = Path(__file__).parents[3] / "warehouse" / "samples"


def main() -> None:
    """Write the files, and say how many."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where to write them")
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0, help="number of the first one")
    parser.add_argument("--slips", type=float, default=0, help="share of money cells with a wrong digit")
    parser.add_argument("--source", type=Path, action="append", help="folder of text disclosures; repeatable")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    originals = originals_in(options.source or [SAMPLES])
    numbers = range(options.first, options.first + options.documents)
    slips = 0
    for one in generated(originals, numbers, options.slips):
        (options.folder / one.file_name).write_bytes(one.data)
        slips += one.slips
    print(f"{options.documents:,} documents from {len(originals)}, {slips:,} slips, in {options.folder}")


if __name__ == "__main__":
    main()
