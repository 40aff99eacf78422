"""Copies of text disclosures as publishers make them: saved again, in another encoding, format or address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import duckdb
import polars as pl

from extract.landing import content_id
from extract.normalize.landing_names import with_said
from extract.vocabulary import load_vocabulary
from orchestration.direct.reading import NamedBytes
from tests.typesetting.from_text import content_of
from tests.typesetting.web import as_html
from tests.typesetting.word import as_docx


class Found(NamedTuple):
    """A file, and the address where it was found."""

    file: NamedBytes
    uri: str


def editions_of(name: str, text: str) -> list[Found]:
    """A disclosure, and five more editions of it, two of them under addresses of a session."""
    content = content_of(text)
    saved = text.rstrip("\n") + "\n\n\n"
    files = [
        Found(NamedBytes(f"{name}.txt", text.encode()), f"https://a/{name}.txt"),
        Found(NamedBytes(f"{name}.txt", text.encode("gb18030")), f"https://b/{name}.txt"),
        Found(NamedBytes(f"{name}.html", as_html(content)), f"https://a/{name}.html"),
        Found(NamedBytes(f"{name}.docx", as_docx(content)), f"https://a/{name}.docx"),
        Found(NamedBytes(f"{name}.txt", saved.encode()), f"https://c/{name}.txt;jsessionid=1A"),
        Found(NamedBytes(f"{name}.txt", (saved + "\n").encode()), f"https://c/{name}.txt;jsessionid=2B"),
    ]
    return [found for found in files if found.file.data]


def landings_of(found: Iterable[Found]) -> pl.DataFrame:
    """Where files were found, one after the other (``orchestration.lake.LANDINGS_SCHEMA``)."""
    rows = [
        (
            content_id(each.file.data),
            each.uri,
            each.file.file_name,
            datetime(2026, 1, 1) + timedelta(number),
            number,
        )
        for number, each in enumerate(found)
    ]
    names = ["document_id", "uri", "file_name", "found_at", "found_no"]
    frame = pl.DataFrame(rows, schema=names, orient="row").with_columns(
        pl.col("found_at").cast(pl.Datetime("us")), link_text=pl.lit(None, dtype=pl.String)
    )
    return with_said(frame, load_vocabulary())


def figures_of(
    connection: duckdb.DuckDBPyConnection, queries: Mapping[str, str]
) -> dict[str, Sequence[object]]:
    """What queries give, without the columns that say which file or place a figure is from."""
    given: dict[str, Sequence[object]] = {}
    for name, query in queries.items():
        cursor = connection.execute(query)
        names = [column[0] for column in cursor.description or ()]
        kept = [number for number, column in enumerate(names) if not _is_of_a_file(column)]
        given[name] = sorted(str([row[number] for number in kept]) for row in cursor.fetchall())
    return given


def _is_of_a_file(column: str) -> bool:
    parts = (
        "document",
        "file",
        "uri",
        "place",
        "page",
        "line_no",
        "_id",
        "found_at",
        "media_type",
        "message",
        "printed_on",
    )
    return any(part in column for part in parts)
