"""DuckDB with the shared lake attached, by extensions that come in packages: nothing is downloaded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

import duckdb
from tenacity import retry, retry_if_exception, stop_after_attempt, wait_random

from orchestration.home.extensions import OFFLINE, MissingExtensionError, load_extension
from orchestration.home.paths import object_store_settings
from orchestration.shared_lake.address import SharedLake
from orchestration.texts.quoting import literal

NAME = "shared_lake"
"""What the lake is attached as."""
_IS_NOT_MADE = "creating a new DuckLake is explicitly disabled"
_NOT_MADE = "there is no lake yet; the first run of a machine that shares makes it"


class SharedLakeError(RuntimeError):
    """The shared lake cannot be reached or used; the message has no password."""


@contextmanager
def connected(
    lake: SharedLake, *, read_only: bool = False, snapshot: int | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a connection with the lake attached as :data:`NAME`.

    Raises :class:`SharedLakeError` when it cannot be reached, and for whatever DuckDB refuses in the block.
    """
    with closing(duckdb.connect(config=OFFLINE)) as connection:
        try:
            attach(connection, lake, read_only=read_only, snapshot=snapshot)
            yield connection
            return
        except (duckdb.Error, MissingExtensionError) as error:
            reason = _NOT_MADE if _IS_NOT_MADE in str(error) else _without_secrets(lake, str(error).strip())
        # Outside the handler: DuckDB's own message may repeat what it was told.
        raise SharedLakeError(f"The shared lake at {lake.catalogue} with its files in {lake.data}: {reason}")


def _without_secrets(lake: SharedLake, text: str) -> str:
    settings = object_store_settings()
    for secret in {settings.get("secret"), settings.get("session_token")} - {None}:
        text = text.replace(str(secret), "***")
    return lake.catalogue.redacted(text)


def attach(
    connection: duckdb.DuckDBPyConnection, lake: SharedLake, *, read_only: bool, snapshot: int | None
) -> None:
    """Attach the lake, as it is now or as it was at a snapshot. Raises :class:`duckdb.Error`."""
    for extension in ("postgres_scanner", "ducklake", *(["httpfs"] if lake.is_in_a_bucket else [])):
        load_extension(connection, extension)
    if lake.is_in_a_bucket and (settings := object_store_settings()):
        given = ", ".join(f"{name} {literal(value)}" for name, value in settings.items())
        connection.execute(f"create or replace secret lake_data (type s3, {given})")
    options = [f"data_path {literal(lake.data)}"]
    if lake.catalogue.password:  # beside the address, so that no message of DuckDB repeats it
        password = literal(lake.catalogue.password)
        connection.execute(f"create or replace secret lake_catalogue (type postgres, password {password})")
        options.append("meta_secret lake_catalogue")
    if read_only:
        options.append("read_only")
    if snapshot is not None:
        options.append(f"snapshot_version {snapshot}")
    address = literal(f"ducklake:postgres:{lake.catalogue.dsn}")
    _attach(connection, f"attach {address} as {NAME} ({', '.join(options)})")


def _is_being_made(error: BaseException) -> bool:
    """Whether another machine may be making the very catalogue that we would make; PostgreSQL lets one."""
    return isinstance(error, duckdb.Error) and "already exists" in str(error)


@retry(
    retry=retry_if_exception(_is_being_made),
    wait=wait_random(0.05, 0.5),
    stop=stop_after_attempt(10),
    reraise=True,
)
def _attach(connection: duckdb.DuckDBPyConnection, statement: str) -> None:
    connection.execute(statement)
