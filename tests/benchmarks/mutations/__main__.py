"""How many slips are noticed: each mutant of a disclosure has one, and its findings are counted.

Run ``uv run python -m tests.benchmarks.mutations --mutations 2000``. Not a test: it asserts nothing.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path

import polars as pl

from extract.landing import content_id
from orchestration.command.terminal import output
from orchestration.direct.reading import NamedBytes
from tests.benchmarks.mutations.drawing import Disclosure, mutants, read_disclosures
from tests.benchmarks.mutations.report import figures
from tests.benchmarks.mutations.scoring import findings, score
from tests.benchmarks.mutations.warehouse import Built, build

_SAMPLES = Path(__file__).parents[3] / "warehouse" / "samples"


def main() -> None:
    """Draw the mutants, build one warehouse of them and their originals, and say what was noticed."""
    options = _options()
    began = time.perf_counter()
    console = output()
    originals = read_disclosures(options.source or [_SAMPLES])
    drawn = list(mutants(originals, options.mutations, options.seed))
    unchanged = [NamedBytes(original.file_name, original.data) for original in originals]
    mutated = [NamedBytes(mutant.original.file_name, mutant.data) for mutant in drawn]
    with nullcontext(options.home) if options.home else tempfile.TemporaryDirectory() as folder:
        built = build(Path(folder) / "mutants", unchanged, mutated)
        alone = build(Path(folder) / "originals", unchanged)
        rows = score(built.build_file, drawn)
        same = _same_findings(built, alone, originals)
    _write(rows, options.json)
    console.print(figures(rows, "kind"))
    console.print(figures(rows, "form_key"))
    console.print(f"{len(originals)} unchanged originals, with mutants and alone: {same}")
    console.print(
        f"{len(drawn)} mutants, seed {options.seed}: {time.perf_counter() - began:.0f} s "
        f"(staging {built.staging_seconds:.0f}, building {built.build_seconds:.0f}); "
        f"peak memory {_peak()} MiB"
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=Path, action="append", help="folder of text disclosures; repeatable")
    parser.add_argument("--mutations", type=int, default=2000, help="mutated copies in all")
    parser.add_argument("--seed", type=int, default=1, help="the same seed draws the same mutants")
    parser.add_argument("--home", type=Path, help="new folder to keep the warehouses in")
    parser.add_argument("--json", type=Path, help="file for one row per mutant; Parquet if named so")
    options = parser.parse_args()
    if options.home and options.home.exists():
        parser.error(f"{options.home} is there already; name a new folder")
    return options


def _same_findings(built: Built, alone: Built, originals: list[Disclosure]) -> str:
    ids = [content_id(original.data) for original in originals]
    with_mutants, by_themselves = (findings(each.build_file, ids) for each in (built, alone))
    if with_mutants.equals(by_themselves):
        return f"same findings ({len(by_themselves)})"
    return f"DIFFERENT findings ({len(with_mutants)} and {len(by_themselves)})"


def _write(rows: pl.DataFrame, path: Path | None) -> None:
    if path is None:
        return
    if path.suffix == ".parquet":
        rows.write_parquet(path)
    else:
        rows.write_json(path)


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
