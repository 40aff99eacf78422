"""Slips planted in the prose of real disclosures: which are noticed, and whether the right figure is named.

python -m tests.benchmarks.prose_slips --source FOLDER --count 60 --seed 1 [--misses]

Each copy of a text has one slip: a digit of a level, change, rate or share, a direction, or the name of
an item. A last digit that rounding may explain is counted apart. Only figures that another one speaks of are
altered: those that state a relation that is asked, or are a term of an equation that holds.
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from orchestration.direct.reading import read_files
from orchestration.direct.warehouse import built
from orchestration.library import Finding, check
from tests.benchmarks.mutations.changes import flip_digit

_DIRECTIONS = {"增加": "减少", "减少": "增加", "增长": "下降", "下降": "增长"}
_ITEM = re.compile(r"(?<=（款）)[^（）]{3,}(?=（项）)")
_OTHER_ITEM = "老旧设备更新"
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_COUNTED = ("planted", "noticed", "named", "rounding")
_OF_INTEREST = ("discrepancy", "suspect", "note")
_ROUNDING = ("rounding",)  # said, and no slip: a last digit that rounding may explain


@dataclass(frozen=True, slots=True)
class Slip:
    """One change of a text: what kind, in which line, what stood there and what stands there now."""

    kind: str
    line_no: int
    before: str
    after: str

    @property
    def figure(self) -> str:
        """What a finding that names it says: the figure as it stands now, or the name."""
        found = _NUMBER.search(self.after)
        return found.group() if found else self.after


def spoken_of(path: Path) -> list[dict[str, object]]:
    """The figures of a text's prose that another figure speaks of, in an equation that holds."""
    query = """
        select distinct claims.claim_id, claims.kind, claims.direction, claims.amount_text, claims.line_no
        from reconciliation.int_identity_terms as terms
        inner join reconciliation.identity_results as results using (identity_id)
        inner join staging.claims as claims on terms.cell_id = claims.claim_id
        where results.outcome = 'holds' and claims.line_no is not null
        union
        select distinct claims.claim_id, claims.kind, claims.direction, claims.amount_text, claims.line_no
        from staging.relations as relations
        inner join staging.claims as claims on relations.claim_id = claims.claim_id
        where
            relations.not_asked_because is null
            and relations.kind in ('change', 'rate_of_change', 'share', 'completion')
        order by all
    """
    with built(lambda: read_files([path]), ["identity_results", "int_identity_terms"]) as connection:
        cursor = connection.execute(query)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def slips(path: Path, draw: random.Random) -> Iterator[Slip]:
    """Slips of one text in random order, without end where there are any."""
    lines = path.read_text(encoding="utf-8").split("\n")
    claims = spoken_of(path)
    items = [
        (number, found.group()) for number, line in enumerate(lines, 1) for found in _ITEM.finditer(line)
    ]
    while claims or items:
        if items and draw.random() < 0.1:
            number, name = draw.choice(items)
            if lines[number - 1].count(name) == 1:
                yield Slip("name", number, name, _OTHER_ITEM)
            continue
        claim = draw.choice(claims)
        number, text = int(str(claim["line_no"])), str(claim["amount_text"])
        printed = _NUMBER.findall(text)
        line = lines[number - 1]
        if len(printed) != 1 or len(re.findall(rf"(?<![\d.]){re.escape(printed[0])}(?![\d.])", line)) != 1:
            continue
        direction = re.search(rf"(增加|减少|增长|下降)(?={re.escape(printed[0])})", line)
        if direction and draw.random() < 0.3:
            word = direction.group()
            yield Slip("direction", number, word + printed[0], _DIRECTIONS[word] + printed[0])
        elif altered := flip_digit(printed[0]):
            yield Slip(str(claim["kind"]), number, printed[0], draw.choice(altered))


def planted(text: str, slip: Slip) -> str:
    """The text with one slip."""
    lines = text.split("\n")
    # 2022年支出0万元: the nought, not one of the digits of the year
    before = re.compile(rf"(?<![\d.]){re.escape(slip.before)}(?![\d.])")
    lines[slip.line_no - 1] = before.sub(slip.after, lines[slip.line_no - 1], count=1)
    return "\n".join(lines)


def seen(
    findings: tuple[Finding, ...], severities: tuple[str, ...] = _OF_INTEREST
) -> Counter[tuple[object, ...]]:
    """Findings by rule, places and words, to hold those of a copy against the original's."""
    return Counter(
        (each.rule_id, each.places, each.message_zh) for each in findings if each.severity in severities
    )


def main() -> None:
    """Plant slips one at a time and print what became of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=Path, required=True)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    draw = random.Random(options.seed)
    paths = sorted(options.source.rglob("*.txt"))
    drawn = {path: slips(path, draw) for path in paths}
    unaltered = {path: check([path]).findings for path in paths}
    known = {path: seen(findings) for path, findings in unaltered.items()}
    rounded = {path: seen(findings, _ROUNDING) for path, findings in unaltered.items()}
    counts: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(options.count):
            path = paths[number % len(paths)]
            slip = next(drawn[path])
            copy = Path(folder) / path.name
            copy.write_text(planted(path.read_text(encoding="utf-8"), slip), encoding="utf-8")
            findings = check([copy]).findings
            new = seen(findings) - known[path]
            named = [
                each
                for each in findings
                if (each.rule_id, each.places, each.message_zh) in new and slip.figure in each.message_zh
            ]
            counts[slip.kind, "planted"] += 1
            counts[slip.kind, "noticed"] += bool(new)
            counts[slip.kind, "named"] += bool(named)
            told = "" if new else "rounding" if seen(findings, _ROUNDING) - rounded[path] else "MISSED"
            counts[slip.kind, "rounding"] += told == "rounding"
            if options.misses and not named:
                print(told or "NAMED", path.name, slip, list(new)[:2])
    kinds = sorted({kind for kind, _ in counts})
    for kind in kinds:
        print(kind, *(f"{what} {counts[kind, what]}" for what in _COUNTED))
    print("all", *(f"{what} {sum(counts[kind, what] for kind in kinds)}" for what in _COUNTED))


if __name__ == "__main__":
    main()
