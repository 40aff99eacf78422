"""What belongs to each layout family: real documents or typeset ones, real titles, real headers.

Titles and headers of a region belong to its family; of other regions, final accounts to the national nine,
forms called 情况表 to the family of that name, and those of central bodies to the central one. What is of no
family is outside all of them. What is of no noted region is in none and outside none: it would shield rows.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from extract.media_type import media_type
from tests.benchmarks.lottery.drawing import DrawnSet
from tests.benchmarks.lottery.national import national_sets

FAMILIES = ("shaanxi", "shanghai", "jiangsu", "national_nine", "central", "situation")
ELSEWHERE = "elsewhere"
_REGIONS = {"陕西": "shaanxi", "上海": "shanghai", "江苏": "jiangsu", "中央": "central", "广东": "situation"}
_OF_FOLDERS = {"text/*.txt": "shaanxi", "pdf/*putuo*.pdf": "shanghai", "pdf/jiangsu/*.pdf": "jiangsu"}
_UNKNOWN = "未注明"
_NAME_OF_SITUATION = "情况表"


class RealDocument(NamedTuple):
    """A file of a real publisher."""

    file_name: str
    media_type: str
    data: bytes


class Title(NamedTuple):
    """A real printed title, and the stage of its document."""

    text: str
    stage: str


class Header(NamedTuple):
    """A real path of a column, from top to bottom, and the title it stood under."""

    title: str
    path: tuple[str, ...]


def real_documents(corpus: Path, family: str) -> Iterator[RealDocument]:
    """Give the files of a family, in order of their names; none where it is typeset or they are absent."""
    for pattern, owner in _OF_FOLDERS.items():
        for path in sorted(corpus.glob(pattern)) if owner == family else ():
            data = path.read_bytes()
            yield RealDocument(path.name, media_type(data), data)


def typeset_sets(family: str, formats: Sequence[str], seed: int = 1) -> Iterator[DrawnSet]:
    """Give the national sets of a family; none where it is real."""
    return (drawn for drawn in national_sets(seed, formats) if drawn.truth.family == family)


def titles(corpus: Path) -> dict[str, list[Title]]:
    """Real titles by family, where their list stands beside the corpus."""
    found: dict[str, list[Title]] = {}
    for row in _rows(corpus.parent / "titles.csv"):
        if row["province_or_ministry"] != _UNKNOWN:
            is_final = row["stage"] == "final_accounts"
            family = _family(row["province_or_ministry"], row["title_as_printed"], is_final=is_final)
            found.setdefault(family, []).append(Title(row["title_as_printed"], row["stage"]))
    return found


def headers(corpus: Path) -> dict[str, list[Header]]:
    """Real paths of columns by family, where their list stands beside the corpus."""
    found: dict[str, list[Header]] = {}
    for row in _rows(corpus.parent / "headers.csv"):
        if row["province"] != _UNKNOWN:
            family = _family(row["province"], row["form_title"], is_final="决算" in row["form_title"])
            found.setdefault(family, []).append(
                Header(row["form_title"], tuple(row["header_path"].split(" / ")))
            )
    return found


def _family(region: str, title: str, *, is_final: bool) -> str:
    if region in _REGIONS:
        return _REGIONS[region]
    if is_final:
        return "national_nine"
    return "situation" if _NAME_OF_SITUATION in title else ELSEWHERE


def _rows(path: Path) -> Iterator[dict[str, str]]:
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)
