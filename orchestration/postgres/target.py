"""Whether a PostgreSQL database can take a copy: asked before anything is written."""

from __future__ import annotations

from collections.abc import Sequence

from orchestration.postgres.connection import Databases, PostgresError
from orchestration.texts.quoting import literal

MARK = "open-disclosures"
"""Stands in the comment of every schema that a copy wrote, so that nobody else's schema is ever replaced."""


def check_target(databases: Databases, schemas: Sequence[str], reader: str) -> bool:
    """Say what stands in the way of a copy into ``schemas`` that ``reader`` may read.

    Gives whether the role ``reader`` exists. Raises :class:`PostgresError`.
    """
    names = ", ".join(literal(schema) for schema in schemas)
    _check_schemas(databases, names)
    _check_dependents(databases, names)
    return _check_reader(databases, reader)


def _check_schemas(databases: Databases, names: str) -> None:
    ((user, database, may_create),) = databases.query(
        "select current_user::text, current_database()::text, "
        "has_database_privilege(current_database(), 'create')"
    )
    if not may_create:
        raise PostgresError(
            f"The user {user} may not create schemas in the database {database}. "
            f'Let its owner run: grant create on database "{database}" to "{user}"'
        )
    found = databases.query(
        f"""
        select nspname::text, pg_get_userbyid(nspowner)::text, pg_has_role(nspowner, 'usage'),
            coalesce(obj_description(oid, 'pg_namespace') like '%{MARK}%', false)
        from pg_namespace where nspname in ({names})
        """
    )
    for schema, owner, is_own, is_marked in found:
        if not is_marked:
            raise PostgresError(
                f"The schema {schema} of the database {database} holds something else than a copy of a "
                "warehouse, and would be replaced. Rename it, or copy into another database."
            )
        if not is_own:
            raise PostgresError(
                f"The schema {schema} of the database {database} belongs to {owner}, so {user} cannot "
                f"replace it. Copy as {owner}."
            )


def _check_dependents(databases: Databases, names: str) -> None:
    """What others built on an earlier copy would be lost with it."""
    found = databases.query(
        f"""
        select distinct user_schema.nspname || '.' || dependent.relname
        from pg_depend as depends
        left join pg_rewrite as rule
            on depends.classid = 'pg_rewrite'::regclass and depends.objid = rule.oid
        left join pg_constraint as key
            on depends.classid = 'pg_constraint'::regclass and depends.objid = key.oid
        inner join pg_class as dependent on dependent.oid in (rule.ev_class, key.conrelid)
        inner join pg_namespace as user_schema on dependent.relnamespace = user_schema.oid
        inner join pg_class as copied
            on depends.refclassid = 'pg_class'::regclass and depends.refobjid = copied.oid
        inner join pg_namespace as schema on copied.relnamespace = schema.oid
        where schema.nspname in ({names}) and user_schema.nspname not in ({names})
        order by 1
        """
    )
    if found:
        dependents = ", ".join(str(name) for (name,) in found)
        raise PostgresError(
            f"{dependents} in the database read tables that a copy replaces. "
            "Drop them, and create them again after the copy."
        )


def _check_reader(databases: Databases, reader: str) -> bool:
    ((user, may_create_roles),) = databases.query(
        "select current_user::text, rolsuper or rolcreaterole from pg_roles where rolname = current_user"
    )
    found = databases.query(
        "select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb from pg_roles "
        f"where rolname = {literal(reader)}"
    )
    if reader == user or found == [(True,)]:
        because = "makes the copy" if reader == user else "may create databases or roles"
        raise PostgresError(
            f"The role {reader} can do more than read: it {because}. Name another one with --reader."
        )
    if not found and not may_create_roles:
        raise PostgresError(
            f"The role {reader} does not exist and the user {user} may not create roles. Let an "
            f'administrator run: create role "{reader}" nologin. Or name one that exists with --reader.'
        )
    return bool(found)
