"""Sets of the lottery with damaged covers: what is believed of each, and what is true."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from extract import printed_frames, stage
from tests.benchmarks.identity.damages import DAMAGES, damaged
from tests.benchmarks.lottery.drawing import DrawnSet
from tests.benchmarks.lottery.printing import MEDIA_TYPES, SUFFIXES, design_for
from tests.benchmarks.reading import read
from tests.typesetting.content import Break, Content, Paragraph, Table
from tests.typesetting.pdf import as_pdf
from tests.typesetting.plain import as_text
from tests.typesetting.web import as_html
from tests.typesetting.word import as_docx
from tests.typesetting.workbook import as_xlsx

FACTS = ("publisher_name", "fiscal_year", "stage", "government_tier")
UNDAMAGED = "whole"
_PRINTERS = {"text": as_text, "html": as_html, "docx": as_docx, "xlsx": as_xlsx}
_BATCH = 40
_STAGES = {"budget": "budget", "final": "final_accounts"}


class Case(NamedTuple):
    """One damaged document and what is true of it."""

    damage: str
    file_name: str
    media_type: str
    data: bytes
    truth: dict[str, object]


class Miss(NamedTuple):
    """A fact that is not right: open, or wrong."""

    damage: str
    file_name: str
    fact: str
    believed: object
    true: object
    source: object


def cases(sets: Iterable[DrawnSet], damages: Iterable[str], seed: int) -> Iterator[Case]:
    """Each set once with its cover as it is, and once with each damage.

    Of a document that prints its year nowhere once its cover is gone, it is right to leave the year open.
    """
    names = list(damages)
    for drawn in sets:
        truth = drawn.truth
        true = {
            "publisher_name": truth.publisher,
            "fiscal_year": truth.year,
            "stage": _STAGES[truth.stage],
            "government_tier": truth.level,
        }
        cover = _cover(drawn.content, truth.publisher)
        for name in (UNDAMAGED, *names):
            chance = random.Random(f"{seed}/{truth.set_no}/{name}")
            content = (
                drawn.content if name == UNDAMAGED else damaged(drawn.content, cover, DAMAGES[name], chance)
            )
            told = true if _prints(content, truth.year) else {**true, "fiscal_year": None}
            file_name = f"identity-{truth.set_no:04d}.{SUFFIXES.get(truth.format_name, truth.format_name)}"
            yield Case(
                name, file_name, MEDIA_TYPES[truth.format_name], _typeset(content, truth.format_name), told
            )


def _cover(content: Content, publisher: str) -> int:
    """How many paragraphs are the cover: the name, and the title that may stand below it."""
    first = content[0]
    return 2 if isinstance(first, Paragraph) and first.text == publisher else 1


def _prints(content: Content, year: int) -> bool:
    """Whether a year stands anywhere in a document: in lines, broken or not, the name of a sheet, a cell."""
    lines = [item.text for item in content if isinstance(item, Paragraph)]
    cells = [place.text for item in content if isinstance(item, Table) for place in item.places]
    names = [item.name for item in content if isinstance(item, Break)]
    return any(re.search(rf"(?<!\d){year}(?!\d)", text) for text in ("".join(lines), *lines, *cells, *names))


def _typeset(content: Content, format_name: str) -> bytes:
    if format_name == "pdf":
        return as_pdf(content, design_for(content))
    return _PRINTERS[format_name](content)


def judged(documents: Iterable[Case]) -> tuple[dict[tuple[str, str], Counter[str]], list[Miss]]:
    """Read documents; count right, open and wrong by damage and fact, and list what is not right."""
    counts: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    misses: list[Miss] = []
    waiting = iter(documents)
    while some := list(islice(waiting, _BATCH)):
        read_ones = [read(case.data, case.file_name, case.media_type) for case in some]
        rows = stage(printed_frames(read_ones))["documents"].to_dicts()
        for case, row in zip(some, rows, strict=True):
            for fact in FACTS:
                believed, true = row[fact], case.truth[fact]
                verdict = "right" if believed == true else "open" if believed is None else "wrong"
                counts[case.damage, fact][verdict] += 1
                if verdict != "right":
                    source = row.get(f"{fact}_from")
                    misses.append(Miss(case.damage, case.file_name, fact, believed, true, source))
    return dict(counts), misses
