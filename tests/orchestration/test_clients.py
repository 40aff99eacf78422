"""Other programs open the published file with their own drivers and find words, keys and exact money.

What PostgreSQL's clients find in its copy is in ``test_postgres_copy.py``.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import adbc_driver_duckdb
import adbc_driver_manager
import adbc_driver_manager.dbapi
import pytest
import sqlalchemy as sa
from tiny_warehouse import MADE_FROM, RELATIONS

from orchestration.home.paths import Paths
from orchestration.publishing.publish import publish


@pytest.fixture
def published_file(built: Paths) -> str:
    publish(built, RELATIONS, MADE_FROM)
    return str(built.published_file)


@pytest.fixture
def engine(published_file: str) -> Iterator[sa.Engine]:
    """SQLAlchemy 2, as the guides tell people to open the file."""
    address = f"duckdb:///{published_file}?access_mode=read_only&enable_external_access=false"
    engine = sa.create_engine(address, poolclass=sa.NullPool)
    yield engine
    engine.dispose()


@pytest.fixture
def adbc(published_file: str) -> Iterator[adbc_driver_manager.dbapi.Connection]:
    with adbc_driver_manager.dbapi.connect(
        driver=adbc_driver_duckdb.driver_path(),
        entrypoint="duckdb_adbc_init",
        db_kwargs={"path": published_file, "access_mode": "read_only"},
        autocommit=True,
    ) as connection:
        yield connection


def test_sqlalchemy_reflects_words_keys_and_types(engine: sa.Engine) -> None:
    table = sa.Table("fct_amount", sa.MetaData(), schema="marts", autoload_with=engine)
    assert table.comment == "One row per amount. ｜ 金额：每个金额一行。"
    amount = table.c.amount_yuan
    assert (amount.comment, amount.nullable) == ("In yuan. ｜ 金额（元）", True)
    assert isinstance(amount.type, sa.Numeric)
    assert (amount.type.precision, amount.type.scale) == (20, 2)
    assert [column.name for column in table.primary_key] == ["amount_id"]
    (key,) = table.c.document_id.foreign_keys
    assert key.target_fullname == "marts.dim_document.document_id"


def test_sqlalchemy_joins_by_the_keys_it_found_and_keeps_decimals(engine: sa.Engine) -> None:
    metadata = sa.MetaData()
    facts = sa.Table("fct_amount", metadata, schema="marts", autoload_with=engine)
    documents = metadata.tables["marts.dim_document"]
    query = sa.select(sa.func.sum(facts.c.amount_yuan)).select_from(facts.join(documents))
    with engine.connect() as connection:
        assert connection.execute(query).scalar_one() == Decimal("1.10")


def test_sqlalchemy_finds_the_chinese_views(engine: sa.Engine) -> None:
    found = sa.inspect(engine)
    assert found.get_view_names(schema="zh") == ["金额"]
    assert [column["name"] for column in found.get_columns("金额", schema="zh")] == [
        "金额编号",
        "文件编号",
        "金额（元）",
    ]
    view = sa.Table("金额", sa.MetaData(), schema="zh", autoload_with=engine)
    with engine.connect() as connection:
        rows = connection.execute(sa.select(view.c["金额（元）"]).order_by(view.c.金额编号)).scalars().all()
    assert rows == [Decimal("1.10"), None]


@pytest.mark.parametrize(
    "statement", ["delete from marts.fct_amount", "select * from read_text('/etc/hostname')"]
)
def test_sqlalchemy_can_neither_write_nor_read_files(engine: sa.Engine, statement: str) -> None:
    with engine.connect() as connection, pytest.raises(sa.exc.DBAPIError):
        connection.execute(sa.text(statement))


def test_adbc_keeps_decimals(adbc: adbc_driver_manager.dbapi.Connection) -> None:
    with adbc.cursor() as cursor:
        cursor.execute("select amount_yuan from marts.fct_amount order by amount_id")
        answered = cursor.fetch_arrow_table()
    assert str(answered.schema.field("amount_yuan").type) == "decimal128(20, 2)"
    assert answered["amount_yuan"].to_pylist() == [Decimal("1.10"), None]


def test_adbc_finds_tables_and_chinese_views(adbc: adbc_driver_manager.dbapi.Connection) -> None:
    (catalogue,) = adbc.adbc_get_objects(depth="tables", catalog_filter="disclosures").read_all().to_pylist()
    found = {
        (schema["db_schema_name"], table["table_name"])
        for schema in catalogue["catalog_db_schemas"]
        for table in schema["db_schema_tables"]
    }
    assert {("marts", "fct_amount"), ("zh", "金额"), ("meta", "version")} <= found


def test_adbc_cannot_write(adbc: adbc_driver_manager.dbapi.Connection) -> None:
    with adbc.cursor() as cursor, pytest.raises(adbc_driver_manager.Error, match="read-only"):
        cursor.execute("delete from marts.fct_amount")
