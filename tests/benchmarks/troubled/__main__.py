"""What becomes of each figure of troubled PDFs.

Run ``python -m tests.benchmarks.troubled [--seed N] [--kind KIND]``.

The expected figures are those of the samples' own texts. ``right`` may be marked with a doubt; ``wrong`` is
another figure in its place that nobody doubts, ``lost`` one that is nowhere.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter
from pathlib import Path
from random import Random

import polars as pl

from extract import printed_frames, read_document, stage
from extract.landing import LandedFile
from extract.readers.encoding import decode
from tests.benchmarks.troubled.drawing import DIGITAL, PICTURES, Trouble, design_of, drawn, plain
from tests.typesetting import samples
from tests.typesetting.from_text import content_of
from tests.typesetting.samples import SAMPLES

_EACH = 14  # variants of each kind of digital pages
_EACH_PICTURE = 3
_PLACE = ["form_key", "row_label", "code", "measure", "fund", "budget_version", "column_year"]


def figures(data: bytes, media_type: str) -> pl.DataFrame:
    """The amounts of a document's forms by place, without those of performance, which need their rules."""
    landed = LandedFile(hashlib.sha256(data).hexdigest(), "disclosure", media_type, len(data))
    amounts = stage(printed_frames([read_document(landed, data)]))["amounts"]
    return amounts.filter(~pl.col("form_key").fill_null("performance").str.starts_with("performance")).select(
        *_PLACE, "amount_text", "doubt"
    )


def compared(expected: pl.DataFrame, read: pl.DataFrame) -> Counter[str]:
    """Count the figures that are right, right and marked, wrong without a doubt, and lost."""
    wanted = Counter(expected.drop("doubt").iter_rows())
    sure = Counter(read.filter(pl.col("doubt").is_null()).drop("doubt").iter_rows())
    any_ = Counter(read.drop("doubt").iter_rows())
    return Counter(
        figures=wanted.total(),
        right=(wanted & sure).total(),
        marked=(wanted & any_).total() - (wanted & sure).total(),
        wrong=(sure - wanted).total(),
        lost=(wanted - any_).total(),
    )


def variants(seed: int, kind: str | None = None) -> list[tuple[str, str, bytes]]:
    """Kind, sample and bytes of each variant."""
    texts = sorted([*SAMPLES.glob("*.txt"), *Path(samples.__file__).parent.glob("*.txt")])
    random = Random(seed)
    troubles: list[tuple[str, Trouble, str]] = [
        *((name, trouble, "all") for name, trouble in DIGITAL.items() for _ in range(_EACH)),
        *((f"{rules} rules", plain, rules) for rules in ("level", "none") for _ in range(_EACH)),
        *((name, trouble, "all") for name, trouble in PICTURES.items() for _ in range(_EACH_PICTURE)),
    ]
    made = []
    for number, (name, trouble, rules) in enumerate(troubles):
        path, design = random.choice(texts), design_of(random, rules)
        if kind in (None, name):
            content = content_of(decode(path.read_bytes()).text)
            made.append((name, path.name, drawn(content, design, trouble, seed + number)))
    return made


def main() -> None:
    """Print a table by kind, and each variant with a wrong or lost figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--kind")
    arguments = parser.parse_args()
    texts = {path.name: path for path in SAMPLES.glob("*.txt")}
    texts |= {path.name: path for path in Path(samples.__file__).parent.glob("*.txt")}
    expected = {name: figures(path.read_bytes(), "text/plain") for name, path in texts.items()}
    totals: dict[str, Counter[str]] = {}
    for kind, name, data in variants(arguments.seed, arguments.kind):
        counted = compared(expected[name], figures(data, "application/pdf"))
        totals.setdefault(kind, Counter()).update(counted, variants=1)
        if counted["wrong"] or counted["lost"]:
            print(f"{kind:14} {name:48} {dict(counted)}")
    for kind, counted in totals.items():
        print(f"{kind:14} " + " ".join(f"{key} {value}" for key, value in counted.items()))


if __name__ == "__main__":
    main()
