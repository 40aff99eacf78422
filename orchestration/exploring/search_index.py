"""A search that needs no server: files of entries, and files that say in which entries two characters stand.

Scripts rather than JSON, since a browser reads no other file from a disk. A search loads the file of the
first two characters of its first word, then the entries it names, and looks whether they contain all
of the words.
"""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from orchestration.exploring.asking import Asking
from orchestration.exploring.links import file_of
from orchestration.exploring.wording import Wording

SHARDS = 64
ENTRIES_A_FILE = 400
MOST_A_PAIR = 3_000
"""Entries that are kept of one pair of characters: what is in more is no word to search by."""
_LONGEST = 160  # characters of an entry


class _Kind(NamedTuple):
    key: str
    query: str
    path: str


# Publishers first: of a pair that is everywhere, the first entries are kept.
_KINDS = (
    _Kind(
        "publishers",
        "select publisher_name, publisher_name from marts.dim_publisher order by 1",
        "/publishers/",
    ),
    _Kind(
        "documents",
        """
        select document_id, concat_ws(' ', publisher_name, fiscal_year, file_name)
        from marts.dim_document order by 1
        """,
        "/documents/",
    ),
    _Kind("findings", "select cause_id, message_zh from marts.fct_causes order by 1", "/causes/"),
    _Kind(
        "forms",
        "select form_id, printed_title from staging.forms where printed_title is not null order by 1",
        "/forms/",
    ),
    _Kind(
        "prose",
        """
        select distinct document_id, concat_ws(' ', subject, amount_text, reason)
        from marts.fct_claims order by all
        """,
        "/documents/",
    ),
    _Kind(
        "indicators",
        """
        select distinct document_id, concat_ws(' ', indicator, target_text)
        from marts.fct_performance_indicators order by all
        """,
        "/documents/",
    ),
    _Kind(
        "rows_of_forms",
        """
        select distinct form_id, row_label from staging.lines
        where length(row_label) > 1 order by all
        """,
        "/forms/",
    ),
)


def write_index(asking: Asking, wording: Wording, folder: Path) -> int:
    """Write the files of the index into ``folder``; give how many."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    pairs: defaultdict[str, list[int]] = defaultdict(list)
    block: list[tuple[str, str, str]] = []
    blocks = 0
    for count, entry in enumerate(_entries(asking, wording)):
        text = entry[1]
        for pair in {text[at : at + 2] for at in range(len(text) - 1)}:
            if len(pairs[pair]) < MOST_A_PAIR:
                pairs[pair].append(count)
        block.append(entry)
        if len(block) == ENTRIES_A_FILE:
            _write(folder, f"entries-{blocks}", block)
            block, blocks = [], blocks + 1
    if block:
        _write(folder, f"entries-{blocks}", block)
        blocks += 1
    shards: defaultdict[int, dict[str, list[int]]] = defaultdict(dict)
    for pair, found in pairs.items():
        shards[shard_of(pair)][pair] = found
    for shard in range(SHARDS):
        _write(folder, f"pairs-{shard}", shards[shard])
    return blocks + SHARDS


def shard_of(pair: str) -> int:
    """In which file two characters are; ``search.js`` reckons the same."""
    return (ord(pair[0]) * 31 + ord(pair[1])) % SHARDS


def _entries(asking: Asking, wording: Wording) -> Iterator[tuple[str, str, str]]:
    """What each entry is, what it says, and the file it leads to."""
    for kind in _KINDS:
        for found, text in asking.answer(kind.query).rows:
            # Characters beyond the first 65,536 are two to a script: left out of what is searched.
            plain = "".join(sign for sign in str(text) if ord(sign) < 0x10000)[:_LONGEST]
            if len(plain) > 1:
                yield wording[kind.key], plain, file_of(f"{kind.path}{found}", {})


def _write(folder: Path, name: str, content: object) -> None:
    text = json.dumps(content, ensure_ascii=True, separators=(",", ":"))
    (folder / f"{name}.js").write_text(f'found("{name}",{text})\n', encoding="ascii")
