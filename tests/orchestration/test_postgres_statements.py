"""What PostgreSQL is told, and what it is never told."""

from __future__ import annotations

import pytest
from declared import relation, with_types

from orchestration.home.postgres_address import AddressError, parse_address
from orchestration.postgres.statements import UnsupportedTypeError, create_table, postgres_type


@pytest.mark.parametrize(
    ("data_type", "expected"),
    [
        ("VARCHAR", "text"),
        ("DECIMAL(20,2)", "numeric(20, 2)"),
        ("BIGINT[]", "bigint[]"),
        ("DECIMAL(24,6)[]", "numeric(24, 6)[]"),
        ("VARCHAR[][]", "text[]"),  # of any depth in PostgreSQL
        ("STRUCT(a INTEGER, b VARCHAR)", "jsonb"),
        ("STRUCT(a INTEGER, b VARCHAR)[]", "jsonb"),
        ("TIMESTAMP", "timestamp"),
    ],
)
def test_a_type_that_keeps_every_value(data_type: str, expected: str) -> None:
    assert postgres_type(data_type) == expected


def test_a_column_that_postgresql_cannot_hold_is_named() -> None:
    bits = with_types(relation("marts.t", "One row.", ("flags", "Flags.")), {"flags": "BIT"})
    with pytest.raises(UnsupportedTypeError, match=r"marts\.t\.flags: PostgreSQL has no type for BIT"):
        create_table(bits, "marts")


def test_an_address_has_the_keywords_of_libpq_and_keeps_its_password_apart() -> None:
    address = parse_address("postgresql://me:p%40ss@example.org:5433/my%20budgets?sslmode=require")
    assert address.keywords == {
        "host": "example.org",
        "port": "5433",
        "dbname": "my budgets",
        "user": "me",
        "connect_timeout": "10",
        "sslmode": "require",
    }
    assert address.password == "p@ss"
    assert str(address) == "me@example.org:5433/my budgets"
    assert "p@ss" not in repr(address) + address.dsn


def test_an_address_quotes_what_libpq_would_take_apart() -> None:
    assert "dbname='it\\'s \\\\ mine'" in parse_address("postgres:///it's%20%5C%20mine").dsn


def test_a_password_is_hidden_as_it_is_and_as_a_url_has_it() -> None:
    address = parse_address("postgresql://me:p%40ss@h/d")
    assert address.redacted("p@ss in postgresql://me:p%40ss@h/d") == "*** in postgresql://me:***@h/d"
    assert parse_address("postgresql://me@h/d").redacted("as it was") == "as it was"


@pytest.mark.parametrize("url", ["mysql://me:s3cret@h/d", "s3cret", "postgresql://me:s3cret@h:port/d", ""])
def test_what_is_no_address_is_not_repeated(url: str) -> None:
    with pytest.raises(AddressError, match="postgresql://USER@HOST") as raised:
        parse_address(url)
    assert "s3cret" not in str(raised.value)
