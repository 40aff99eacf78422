"""Copies of text disclosures as publishers make them: saved again, zipped, in another encoding or format."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import duckdb
import polars as pl

from extract.landing import content_id
from extract.normalize.landing_names import with_said
from extract.sources.archive import archive_members
from extract.sources.found import FoundFile
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
    """A disclosure, and six more editions of it, two under addresses of a session, two places in an archive.

    One file of the archive is bytes that stand elsewhere, too; one was saved again.
    """
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
    return [
        *files,
        *_zipped(f"https://d/{name}.zip", {f"{name}.txt": text, f"copy/{name}.txt": f"{saved}\n\n"}),
    ]


def _zipped(uri: str, texts: Mapping[str, str]) -> list[Found]:
    """The files of an archive at an address."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            archive.writestr(name, text.encode())
    whole = FoundFile(uri, uri.rpartition("/")[2], None, None, data.getvalue)
    return [
        Found(NamedBytes(member.file_name, member.read()), member.uri)
        for member in archive_members(lambda: io.BytesIO(data.getvalue()), whole)
    ]


def landings_of(found: Iterable[Found]) -> pl.DataFrame:
    """Where files were found, one after the other (``orchestration.home.lake.LANDINGS_SCHEMA``)."""
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
        pl.col("found_at").cast(pl.Datetime("us")),
        link_text=pl.lit(None, dtype=pl.String),
        published_on=pl.lit(None, dtype=pl.Date),
        published_as=pl.lit(None, dtype=pl.String),
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
