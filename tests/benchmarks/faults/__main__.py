"""What becomes of damaged documents: mutated copies of real ones, each read by a worker within its limits.

Run ``uv run python -m tests.benchmarks.faults --source FOLDER --count 500`` (``--suffix .xlsx .xls`` for some
formats). Each copy must end as read, or as failed with a reason; nothing may hang, crash, or stay running;
and no figure may be read, with nothing to mark it, that the copy does not say (:mod:`.figures`).
``--save FOLDER`` keeps copies whose figures stand for other things than in the original, with what differs.
Exits with 1 when anything was otherwise.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import polars as pl

from extract import stage
from orchestration.home.processes import Lost
from tests.benchmarks.faults.damaging import Copy, mutated
from tests.benchmarks.faults.figures import Bytes, Figure, figures_of, judged
from tests.benchmarks.faults.reading import LIMITS, Frames, read_all, reason_of, running_workers

_AT_ONCE = 200


class Original(NamedTuple):
    """A document before it was damaged."""

    figures: list[Figure]
    bytes: Bytes


def main() -> None:
    """Mutate, read, and say what became of the copies and of their figures."""
    options = _options()
    files = sorted(
        path
        for source in options.source
        for path in source.rglob("*")
        if path.is_file() and path.stat().st_size and (not options.suffix or path.suffix in options.suffix)
    )
    began = time.perf_counter()
    originals = _read_originals(files, options.processes)
    copies = mutated(files, options.count, options.seed)
    ends: Counter[str] = Counter()
    figures: Counter[str] = Counter()
    while portion := list(islice(copies, _AT_ONCE)):
        results = dict(
            read_all([(copy.original.name, copy.data) for copy in portion], LIMITS, options.processes)
        )
        ends += _how_they_end(portion, results)
        figures += _what_is_read(portion, results, originals, options.save)
        print(
            f"{portion[-1].number + 1} copies, {time.perf_counter() - began:.0f} s",
            file=sys.stderr,
            flush=True,
        )
    print(f"{options.count} mutated copies of {len(files)} documents, {time.perf_counter() - began:.0f} s")
    for counted in (ends, figures):
        for what, number in counted.most_common():
            print(f"{number:>9,}  {what}")
    left = running_workers()
    print(f"processes left: {len(left)}")
    sys.exit(bool(left or figures["figures invented"] or any("LOST" in end for end in ends)))


def _read_originals(files: Sequence[Path], processes: int | None) -> dict[Path, Original]:
    datas = [path.read_bytes() for path in files]
    results = dict(
        read_all([(path.name, data) for path, data in zip(files, datas, strict=True)], LIMITS, processes)
    )
    figures = _figures(results)
    return {
        path: Original(figures.get(place, []), Bytes(data))
        for place, (path, data) in enumerate(zip(files, datas, strict=True))
    }


def _how_they_end(portion: Sequence[Copy], results: dict[int, Frames | Lost]) -> Counter[str]:
    ends: Counter[str] = Counter()
    for place, result in sorted(results.items()):
        reason = reason_of(result)
        ends[_kind(result, reason)] += 1
        if reason is not None and ("LOST" in reason or "stopped with" in reason):
            print(f"{portion[place].name}: {reason}", file=sys.stderr, flush=True)
    return ends


def _what_is_read(
    portion: Sequence[Copy],
    results: dict[int, Frames | Lost],
    originals: dict[Path, Original],
    save: Path | None,
) -> Counter[str]:
    """Count what the unmarked figures of copies are."""
    counted: Counter[str] = Counter()
    for place, figures in _figures(results).items():
        copy = portion[place]
        original = originals[copy.original]
        told = list(judged(figures, Bytes(copy.data), original.figures, original.bytes))
        counted.update(f"figures {what}" for what, _ in told)
        others = [(what, figure) for what, figure in told if what != "as before"]
        if save is not None and any(what != "said by the copy" for what, _ in others):
            save.mkdir(parents=True, exist_ok=True)
            (save / copy.name).write_bytes(copy.data)
            said = [
                [what, figure.thing, figure.text, str(figure.yuan), figure.page] for what, figure in others
            ]
            (save / f"{copy.name}.json").write_text(json.dumps(said, ensure_ascii=False, default=str))
    return counted


def _figures(results: dict[int, Frames | Lost]) -> dict[int, list[Figure]]:
    """The unmarked figures of what was read, staged all at once."""
    read = {place: result for place, result in results.items() if not isinstance(result, Lost)}
    if not read:
        return {}
    ids = {place: one["documents"]["document_id"][0] for place, one in read.items()}
    once = [read[place] for place in {document_id: place for place, document_id in ids.items()}.values()]
    of_documents = figures_of(stage({table: pl.concat([one[table] for one in once]) for table in once[0]}))
    return {place: of_documents.get(document_id, []) for place, document_id in ids.items()}


def _kind(result: Frames | Lost, reason: str | None) -> str:
    """A reason without what differs from file to file."""
    status = "failed" if isinstance(result, Lost) else result["documents"]["status"][0]
    if reason is None:
        return str(status)
    return f"{status}: " + re.sub(r"\(.*\)|\d[\d,.]*|'[^']*'|: .*", "…", reason)[:90]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--source", type=Path, nargs="+", required=True, help="folders of documents in any format"
    )
    parser.add_argument("--suffix", nargs="+", help="only files whose names end so")
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, help="how many documents are read at once")
    parser.add_argument("--save", type=Path, help="where to keep copies that give other figures")
    return parser.parse_args()


if __name__ == "__main__":
    main()
