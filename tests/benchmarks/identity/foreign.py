"""Files that are no disclosures: what becomes of each."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from extract import printed_frames, read_or_fail, stage
from extract.landing import LandedFile, content_id
from extract.media_type import media_type

_MOST_BYTES = 3_000_000
_TABLES = ("forms", "amounts", "claims", "indicators")


def foreign_figures(folder: Path) -> str:
    """Count statuses of all files below a folder, and what was taken from those that were taken "
    "for disclosures."""
    statuses: Counter[str] = Counter()
    rows: Counter[str] = Counter()
    publishers: Counter[str] = Counter()
    taken: list[str] = []
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.stat().st_size > _MOST_BYTES:
            continue
        data = path.read_bytes()
        landed = LandedFile(content_id(data), path.name, media_type(data), len(data))
        frames = stage(printed_frames([read_or_fail(landed, data)]))
        (document,) = frames["documents"].to_dicts()
        statuses[document["status"]] += 1
        rows.update({table: frames[table].height for table in _TABLES})
        if document["publisher_name"]:
            publishers[document["publisher_name"]] += 1
        if document["status"] == "read":
            taken.append(str(path.relative_to(folder)))
    lines = [f"{statuses.total()} foreign files: {dict(statuses)}", f"rows taken: {dict(rows)}"]
    lines.append(f"publishers: {dict(publishers)}")
    return "\n".join([*lines, *(f"  read: {name}" for name in taken)])
