"""DuckDB with the published file on one side and a PostgreSQL database on the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import duckdb

from orchestration.home.extensions import OFFLINE, load_extension
from orchestration.home.postgres_address import Address
from orchestration.texts.quoting import literal

PUBLISHED = "published"
POSTGRES = "postgres"
_NO_TEXT_OF_POSTGRES = "\ufffd"  # in place of the one character that it cannot store, NUL


class PostgresError(RuntimeError):
    """PostgreSQL cannot be reached or refuses something; the message has its reason and no password."""


class Databases:
    """Both databases. What PostgreSQL refuses is a :class:`PostgresError`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, address: Address) -> None:
        self._connection = connection
        self._address = address

    def query(self, sql: str) -> list[tuple[object, ...]]:
        """Rows of a query that PostgreSQL answers."""
        return self.duckdb(f"from postgres_query({literal(POSTGRES)}, {literal(sql)})").fetchall()

    def execute(self, statements: Sequence[str]) -> None:
        """Let PostgreSQL run some statements."""
        if statements:
            script = ";\n".join(statements)
            self.duckdb(f"call postgres_execute({literal(POSTGRES)}, {literal(script)})")

    def duckdb(self, sql: str) -> duckdb.DuckDBPyConnection:
        """Let DuckDB run a statement, which may be about both databases."""
        try:
            return self._connection.execute(sql)
        except duckdb.Error as error:
            reason = self._address.redacted(_reason(error))
        # Outside the handler, so that no traceback shows DuckDB's own message, which repeats the statement.
        raise PostgresError(reason)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is done in the block, or nothing of it."""
        self.duckdb("begin")
        try:
            yield
            self.duckdb("commit")
        except BaseException:
            self._roll_back()
            raise

    def _roll_back(self) -> None:
        try:
            self._connection.execute("rollback")
        except duckdb.Error:  # the connection is lost, and the transaction with it
            return


@contextmanager
def connected(published_file: Path, address: Address) -> Iterator[Databases]:
    """Open both, with the extension of the installed package: nothing is fetched.

    Raises :class:`PostgresError` when PostgreSQL cannot be reached or does not let this user in.
    """
    with closing(duckdb.connect(config=OFFLINE)) as connection:
        load_extension(connection, "postgres_scanner")
        connection.execute(f"set pg_null_byte_replacement = {literal(_NO_TEXT_OF_POSTGRES)}")
        connection.execute(f"attach {literal(str(published_file))} as {PUBLISHED} (read_only)")
        databases = Databases(connection, address)
        secret = ""
        if address.password:  # beside the address, so that no message of DuckDB repeats it
            connection.execute(f"create secret login (type postgres, password {literal(address.password)})")
            secret = ", secret login"
        try:
            databases.duckdb(f"attach {literal(address.dsn)} as {POSTGRES} (type postgres{secret})")
        except PostgresError as error:
            raise PostgresError(f"Cannot connect to {address}: {error}") from None
        yield databases


def _reason(error: duckdb.Error) -> str:
    """What PostgreSQL said, without what DuckDB says around it, such as the statement."""
    text = str(error)
    for mark in ("ERROR:", "FATAL:", '": '):
        if mark in text:
            return text.rpartition(mark)[2].strip()
    return text.strip()
