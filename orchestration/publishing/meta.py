"""The schema ``meta`` of the published file: what the file is, and the catalogue of all that it holds.

So a published file explains itself to people, and is all that an export of it needs.
"""

from __future__ import annotations

from itertools import groupby

import duckdb

from orchestration.building.catalogue import Column, Description, ForeignKey, Relation, parse_description

SCHEMA = "meta"


def _column(name: str, data_type: str, description: str, *, is_nullable: bool = False) -> Column:
    return Column(name, data_type, parse_description(description), is_nullable)


_SCHEMA_NAME = _column("schema_name", "VARCHAR", "Schema of the table. ｜ 模式")
_TABLE_NAME = _column("table_name", "VARCHAR", "Name of the table. ｜ 表名")
_ENGLISH = _column("description_en", "VARCHAR", "What it is, in English. ｜ 英文说明")
_NAME_ZH = _column("name_zh", "VARCHAR", "What it is called in Chinese. ｜ 中文名", is_nullable=True)
_CHINESE = _column("description_zh", "VARCHAR", "What it is, in Chinese. ｜ 中文说明", is_nullable=True)
_OF_TABLE = ForeignKey(("schema_name", "table_name"), SCHEMA, "tables", ("schema_name", "table_name"))

VERSION = Relation(
    SCHEMA,
    "version",
    parse_description("One row: which version of the warehouse this file is. ｜ 版本：本文件是哪一次发布。"),
    (
        _column("version", "VARCHAR", "Name of the version, which its file has too. ｜ 版本号"),
        _column("published_at", "TIMESTAMP", "When it was published, in UTC. ｜ 发布时间：世界协调时。"),
        _column("documents", "BIGINT", "Documents it was made from, read or not. ｜ 文件数"),
        _column(
            "documents_sha256",
            "VARCHAR",
            "Digest of their ids, batches and readings. ｜ 文件摘要：文件有增减或重读时改变。",
        ),
        _column("dbt_project", "VARCHAR", "Fingerprint of the models that made it. ｜ 模型指纹"),
        _column("extractor_version", "VARCHAR", "Version of the reading code. ｜ 读取程序版本"),
        _column("duckdb_version", "VARCHAR", "Version of DuckDB that wrote it. ｜ 数据库版本"),
    ),
    primary_key=("version",),
)
TABLES = Relation(
    SCHEMA,
    "tables",
    parse_description("One row per table of this file, with its meaning and size. ｜ 数据表：含义和行数。"),
    (
        _SCHEMA_NAME,
        _TABLE_NAME,
        _ENGLISH,
        _NAME_ZH,
        _CHINESE,
        _column("primary_key", "VARCHAR[]", "Columns of the primary key; empty without one. ｜ 主键"),
        _column("row_count", "BIGINT", "Rows of the table. ｜ 行数"),
    ),
    primary_key=("schema_name", "table_name"),
)
COLUMNS = Relation(
    SCHEMA,
    "columns",
    parse_description("One row per column of this file, with its meaning. ｜ 数据项：各列的含义。"),
    (
        _SCHEMA_NAME,
        _TABLE_NAME,
        _column("column_name", "VARCHAR", "Name of the column. ｜ 列名"),
        _column("position", "BIGINT", "Which column of the table, counted from 1. ｜ 序号"),
        _column("data_type", "VARCHAR", "DuckDB's type. ｜ 数据类型"),
        _column("is_nullable", "BOOLEAN", "Whether it can be NULL. ｜ 可为空"),
        _ENGLISH,
        _NAME_ZH,
        _CHINESE,
    ),
    primary_key=("schema_name", "table_name", "column_name"),
    foreign_keys=(_OF_TABLE,),
)
FOREIGN_KEYS = Relation(
    SCHEMA,
    "foreign_keys",
    parse_description("One row per foreign key, each tested before the file was published. ｜ 外键"),
    (
        _SCHEMA_NAME,
        _TABLE_NAME,
        _column("columns", "VARCHAR[]", "Columns that refer. ｜ 列"),
        _column("referenced_schema", "VARCHAR", "Schema of the table referred to. ｜ 引用模式"),
        _column("referenced_table", "VARCHAR", "The table referred to. ｜ 引用表"),
        _column("referenced_columns", "VARCHAR[]", "Its primary key. ｜ 引用列"),
    ),
    foreign_keys=(_OF_TABLE,),
)
RELATIONS = (VERSION, TABLES, COLUMNS, FOREIGN_KEYS)


def read_meta(connection: duckdb.DuckDBPyConnection) -> list[Relation]:
    """The catalogue of a published file, in the order in which it was written.

    Raises :class:`duckdb.CatalogException` when the file has none.
    """
    name = "schema_name, table_name"
    columns = connection.execute(
        f"""
        select {name}, column_name, data_type, is_nullable, description_en, name_zh, description_zh
        from meta.columns order by {name}, position
        """
    ).fetchall()
    columns_of = {
        table: tuple(
            Column(column, data_type, Description(*words), is_nullable)
            for _, _, column, data_type, is_nullable, *words in rows
        )
        for table, rows in groupby(columns, key=lambda row: row[:2])
    }
    foreign_keys_of: dict[tuple[str, str], list[ForeignKey]] = {}
    for schema, table, own, to_schema, to_table, referenced in connection.execute(
        "from meta.foreign_keys order by rowid"
    ).fetchall():
        key = ForeignKey(tuple(own), to_schema, to_table, tuple(referenced))
        foreign_keys_of.setdefault((schema, table), []).append(key)
    tables = connection.execute(
        f"select {name}, description_en, name_zh, description_zh, primary_key from meta.tables order by rowid"
    ).fetchall()
    return [
        Relation(
            schema,
            table,
            Description(*words),
            columns_of[schema, table],
            tuple(primary_key),
            tuple(foreign_keys_of.get((schema, table), ())),
        )
        for schema, table, *words, primary_key in tables
    ]
