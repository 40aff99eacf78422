"""What is understood of composed sentences: claims, relations, findings, and slips that were planted."""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from orchestration.library import check, read
from tests.benchmarks.phrases.composing import Sentence, Wording, composed, document, with_slip

YEAR = 2023
_OPEN_TO_SLIPS = {"change": "DX", "rate_of_change": "RQ", "share": "H", "completion": "C"}


@dataclass(slots=True)
class Measured:
    """Counts of one run; `misses` says what went wrong, a line each."""

    counts: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def share(self, part: str, whole: str) -> float:
        """One count in another, in percent; 100 of nothing."""
        return 100 * self.counts[part] / self.counts[whole] if self.counts[whole] else 100.0


def measure(ways: Sequence[Wording], count: int, seed: int) -> Measured:
    """Compose `count` sentences, every wording in its turn, and hold what is read against the truth."""
    draw = random.Random(seed)
    sentences = [composed(ways[number % len(ways)], YEAR, draw) for number in range(count)]
    measured = Measured()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "phrases.txt"
        text, places = document(sentences, YEAR)
        path.write_text(text, encoding="utf-8")
        frames = read(path).frames
        findings = [finding for finding in check([path]).findings if finding.severity == "discrepancy"]
    claims: dict[int, list[dict[str, object]]] = {}
    for claim in frames["claims"].iter_rows(named=True):
        claims.setdefault(claim["line_no"], []).append(claim)
    asked: dict[int, list[str]] = {}
    for relation in frames["relations"].iter_rows(named=True):
        if relation["not_asked_because"] is None and relation["kind"] not in ("list_sum", "comparison"):
            asked.setdefault(relation["line_no"], []).append(relation["kind"])
    for sentence, line in zip(sentences, places, strict=True):
        _compare(sentence, claims.get(line, []), sorted(asked.get(line, [])), measured)
        false = [finding for finding in findings if line in finding.places]
        measured.counts["false findings"] += len(false)
        measured.misses += [f"FALSE {sentence.text} {finding.message_zh}" for finding in false]
    _slips(sentences, draw, measured)
    return measured


def _compare(
    sentence: Sentence, claims: Sequence[dict[str, object]], asked: list[str], measured: Measured
) -> None:
    measured.counts["sentences"] += 1
    measured.counts["figures"] += len(sentence.figures)
    rest = list(claims)
    for figure in sentence.figures:
        claim = next((claim for claim in rest if claim["amount_text"] == figure.text), None)
        if claim is not None:
            rest = rest[rest.index(claim) + 1 :]
        if claim is None:
            measured.misses.append(f"UNREAD {figure.slot} {figure.text} {sentence.text}")
            continue
        measured.counts["read"] += 1
        year_text = claim["year_text"]
        year = {None: 0, "上年": -1, str(YEAR): 0, str(YEAR - 1): -1}.get(year_text)  # type: ignore[call-overload]
        is_right = (
            claim["kind"] == figure.kind
            and (figure.direction is None or claim["direction"] == figure.direction)
            and (figure.year is None or year == figure.year)
        )
        measured.counts["right"] += is_right
        if not is_right:
            said = f"{claim['kind']} {claim['direction']} {year_text}"
            measured.misses.append(f"WRONG {figure.slot} {figure.text} {said} {sentence.text}")
    measured.counts["relations"] += len(sentence.asked)
    kinds = Counter(sentence.asked)
    kinds.subtract(Counter(asked))
    missing = sum(number for number in kinds.values() if number > 0)
    measured.counts["asked"] += len(sentence.asked) - missing
    if any(kinds.values()):
        measured.misses.append(f"RELATIONS {sentence.asked} {asked} {sentence.text}")


def _slips(sentences: Sequence[Sentence], draw: random.Random, measured: Measured) -> None:
    planted: list[tuple[Sentence, str, str]] = []
    for sentence in sentences:
        slots = [
            figure.slot
            for figure in sentence.figures
            for kind in set(sentence.asked)
            if figure.slot[0] in _OPEN_TO_SLIPS[kind]
        ]
        if slots:
            slot = draw.choice(slots)
            altered = with_slip(sentence, slot, draw)
            planted.append((altered, altered.slots[slot], sentence.slots[slot]))
    if not planted:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "slips.txt"
        text, places = document([each for each, _, _ in planted], YEAR, [each for each, _, _ in planted])
        path.write_text(text, encoding="utf-8")
        findings = [finding for finding in check([path]).findings if finding.severity == "discrepancy"]
    for (sentence, wrong, right), line in zip(planted, places, strict=True):
        measured.counts["slips"] += 1
        of_line = [finding for finding in findings if line in finding.places]
        measured.counts["noticed"] += bool(of_line)
        if _is_decidable(sentence, wrong):
            measured.counts["decidable"] += 1
            is_named = any(wrong in each.message_zh and _same(each.suggested_text, right) for each in of_line)
            measured.counts["named"] += is_named
            if of_line and not is_named:
                named = [finding.suggested_text for finding in of_line]
                measured.misses.append(f"NAMED {named} not {right} for {wrong}: {sentence.text}")
        if not of_line:
            measured.misses.append(f"MISSED {wrong} for {right}: {sentence.text}")


def _is_decidable(sentence: Sentence, wrong: str) -> bool:
    """Whether other figures of the sentence, which a form repeats, say what the wrong one should be."""
    slot = next(slot for slot, text in sentence.slots.items() if text == wrong)
    needed = {"R": {"A", "B"}, "D": {"A", "B"}, "X": {"G"}, "C": {"G"}, "Q": {"G"}, "H": {"W"}, "H2": {"W"}}
    return needed[slot] <= {figure.slot for figure in sentence.figures}


def _same(suggested: str | None, right: str) -> bool:
    """Whether two printed figures are the same but for zeros at the end."""
    return suggested is not None and _bare(suggested) == _bare(right)


def _bare(text: str) -> tuple[Decimal, str]:
    number = text.rstrip("万元%")
    return Decimal(number), text[len(number) :]
