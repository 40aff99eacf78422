"""Read small disclosures with one trouble each, and print a table by kind.

python -m tests.benchmarks.variants --count 300 [--pictures 12] [--seed 1] [--only KIND] [--trouble]
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Sequence

from tests.benchmarks.cases import Found, outcome_of, print_table
from tests.benchmarks.variants import KINDS, PICTURES, variants


def main(arguments: Sequence[str] | None = None) -> None:
    """Read variants and print a table by kind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--pictures", type=int, default=0, help="so many more that are recognised")
    parser.add_argument("--only", help="one kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--trouble", action="store_true", help="list each figure that is not right")
    options = parser.parse_args(arguments)
    by_kind: dict[str, Found] = defaultdict(Found)
    kinds = {name: kind for name, kind in KINDS.items() if options.only in (None, name)}
    drawn = variants(options.count, options.seed, kinds) if kinds else []
    pictures = {name: kind for name, kind in PICTURES.items() if options.only in (None, name)}
    drawn += variants(options.pictures, options.seed, pictures) if pictures else []
    for variant in drawn:
        found = outcome_of(variant.file_name, variant.data, variant.expected)
        by_kind[variant.kind].outcomes.update(found.outcomes)
        if options.trouble:
            print(*(f"{variant.kind}: {line}" for line in found.trouble), sep="\n")
    print_table(by_kind)


if __name__ == "__main__":
    main()
