"""What becomes of each figure of small documents with known values: right, doubtful, wrong, rejected or lost.

Run ``uv run python -m tests.benchmarks.cases`` (``--cases DIR`` or ``DISCLOSURES_CASES``, by default
``../shared/cases``). A folder of cases holds files and ``expected.csv``: file, form_key, code_or_label,
measure, fund, expected_text, expected_yuan. Kinds are the first two digits of a file's name. ``--json FILE``
lists each figure that is not right, and each finding that blames the publisher.

=============  =====================================================================================
right          an amount of that place (form, code or label, measure, fund) with that value, no doubt
marked         the same, with a doubt: what was recognised in a picture, for example
doubtful       another value, with a doubt
wrong          another value, and nobody told
told           none, but a reject, a suspect finding, an illegible form or a failed document says why
lost           none, and nothing says so
unprinted      an amount that nobody printed, without a doubt
blamed         findings that call a discrepancy what the publisher printed right
=============  =====================================================================================
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import polars as pl

from extract.folding import fold
from orchestration.direct.reading import NamedBytes, stage_bytes
from orchestration.library import check_frames

REPOSITORY = Path(__file__).parents[2]
CASES = Path(os.environ.get("DISCLOSURES_CASES", REPOSITORY.parent / "shared" / "cases"))
OUTCOMES = ("right", "marked", "doubtful", "wrong", "told", "lost", "unprinted", "blamed")
KINDS = {
    "00": "control, PDF",
    "01": "scan with text layer",
    "02": "text that is not painted",
    "03": "watermark",
    "05": "note marks",
    "06": "tables without full rules",
    "08": "pictures of tables",
    "20": "controls",
    "21": "formulas without values",
    "22": "number formats",
    "23": "negative formats",
    "24": "figures as text",
    "25": "negatives as text",
    "26": "hidden rows",
    "28": "two rows in one cell",
    "29": "CSV",
    "30": "Strict OOXML",
    "31": "rich text",
    "32": "picture in a sheet",
    "33": "codes",
    "34": "shown rounded",
    "35": "copy of a sheet",
    "36": "errors",
    "40": "Word superscripts",
    "41": "Word, lines in a cell",
    "42": "Word, picture",
    "43": "web and text",
    "44": "form fields",
    "45": "broken text layers",
    "46": "OFD",
}


class Place(NamedTuple):
    """Where a figure belongs: its form, its row by code or folded label, and its column."""

    form_key: str
    row: str
    measure: str
    fund: str


@dataclass(frozen=True, slots=True)
class Found:
    """What became of the figures of one document."""

    outcomes: Counter[str] = field(default_factory=Counter)
    trouble: list[str] = field(default_factory=list)  # one line for each figure that is not right

    @property
    def expected(self) -> int:
        """How many figures a careful reader would take."""
        return sum(self.outcomes[name] for name in OUTCOMES[:6])


def expectations(folder: Path) -> dict[str, dict[Place, Decimal]]:
    """The figures of each file of a folder of cases, in yuan; none for files that have no rows."""
    expected: dict[str, dict[Place, Decimal]] = {
        path.name: {}
        for path in sorted(folder.iterdir())
        if path.suffix not in (".md", ".json") and path.name != "expected.csv"
    }
    with (folder / "expected.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            place = Place(row["form_key"], fold(row["code_or_label"]), row["measure"], row["fund"])
            expected[row["file"]][place] = Decimal(row["expected_yuan"])
    return expected


def outcome_of(file_name: str, data: bytes, expected: Mapping[Place, Decimal]) -> Found:
    """Read one document by itself and hold it against what it should say."""
    frames = stage_bytes([NamedBytes(file_name, data)])
    findings = check_frames(frames).findings
    found = Found()
    amounts: dict[Place, list[tuple[Decimal, str | None]]] = defaultdict(list)
    for row in frames["amounts"].filter(pl.col("amount_yuan").is_not_null()).iter_rows(named=True):
        for name in {row["code"], fold(row["row_label"] or "")} - {None, ""}:
            place = Place(row["form_key"] or "", name, row["measure"] or "", row["fund"] or "")
            amounts[place].append((row["amount_yuan"], row["doubt"]))
        places = [
            Place(row["form_key"] or "", name, row["measure"] or "", row["fund"] or "")
            for name in (row["code"] or "", fold(row["row_label"] or ""))
        ]
        if not any(place in expected for place in places) and row["doubt"] is None and row["amount_yuan"]:
            found.outcomes["unprinted"] += bool(expected)
            found.trouble.append(f"unprinted {places[0]} {row['amount_text']}")
    for place, yuan in expected.items():
        read = amounts.get(place, [])
        outcome = _of_read(yuan, read) if read else ("told" if _is_told(place, frames, findings) else "lost")
        found.outcomes[outcome] += 1
        if outcome != "right":
            found.trouble.append(f"{outcome} {place} expected {yuan}, read {read}")
    # a sign that is changed on purpose breaks identities that the publisher never printed
    if expected and all(yuan >= 0 for yuan in expected.values()):
        blaming = [finding for finding in findings if finding.severity == "discrepancy"]
        found.outcomes["blamed"] += len(blaming)
        found.trouble.extend(f"blamed {finding.message_en}" for finding in blaming)
    return found


def _of_read(yuan: Decimal, read: Sequence[tuple[Decimal, str | None]]) -> str:
    """The worst of what stands in one place: one figure printed twice is judged twice."""
    names = {
        (True, False): "right",
        (True, True): "marked",
        (False, True): "doubtful",
        (False, False): "wrong",
    }
    outcomes = {names[value == yuan, doubt is not None] for value, doubt in read}
    return max(outcomes, key=OUTCOMES.index)


def _is_told(place: Place, frames: Mapping[str, pl.DataFrame], findings: Iterable[object]) -> bool:
    """Whether anything says that the figures of this form were not all read."""
    if frames["documents"]["status"][0] == "failed":
        return "white space" not in frames["documents"]["failure_reason"][0]
    if re.search("were lost|not read", frames["documents"]["failure_reason"][0] or ""):
        return True  # characters of a broken text, files within the file
    forms = frames["forms"].filter(pl.col("form_key") == place.form_key)
    if forms.filter(pl.col("is_illegible")).height:
        return True
    if frames["rejects"].filter(pl.col("form_id").is_in(forms["form_id"].to_list())).height:
        return True
    is_nowhere = forms.height == 0
    return any(
        getattr(finding, "severity", None) == "suspect"
        and (getattr(finding, "form_key", None) == place.form_key or is_nowhere)
        for finding in findings
    ) or (is_nowhere and bool(frames["forms"].filter(pl.col("is_illegible")).height))


def main() -> None:
    """Read all cases and print a table by kind."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--cases", type=Path, default=CASES)
    parser.add_argument("--only", help="kinds to read, as 22,23")
    parser.add_argument("--json", type=Path, help="where to list each figure that is not right")
    parser.add_argument("--files", action="store_true", help="a line for each file, too")
    options = parser.parse_args()
    by_kind: dict[str, Found] = defaultdict(Found)
    listed: dict[str, list[str]] = {}
    for name, expected in expectations(options.cases).items():
        if options.only and name[:2] not in options.only.split(","):
            continue
        found = outcome_of(name, (options.cases / name).read_bytes(), expected)
        by_kind[name[:2]].outcomes.update(found.outcomes)
        listed[name] = found.trouble
        if options.files:
            print(f"{name:45}", *(f"{outcome} {count}" for outcome, count in found.outcomes.items() if count))
    print_table(by_kind)
    if options.json:
        options.json.write_text(json.dumps(listed, ensure_ascii=False, indent=1), encoding="utf-8")


def print_table(by_kind: Mapping[str, Found]) -> None:
    """Print one line for each kind, and one for all."""
    print(f"{'kind':30}{'figures':>8}" + "".join(f"{outcome:>10}" for outcome in OUTCOMES))
    total = Found()
    for kind, found in sorted(by_kind.items()):
        total.outcomes.update(found.outcomes)
        print(_line(f"{kind} {KINDS.get(kind, '')}", found))
    print(_line("all", total))


def _line(name: str, found: Found) -> str:
    counts = "".join(f"{found.outcomes[outcome] or '·':>10}" for outcome in OUTCOMES)
    return f"{name:30}{found.expected:>8}{counts}"


if __name__ == "__main__":
    main()
