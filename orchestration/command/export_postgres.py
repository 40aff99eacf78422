"""``disclosures export-postgres``: the published file as schemas of a PostgreSQL database."""

from __future__ import annotations

from orchestration.command.published import catalogue, published
from orchestration.command.terminal import CommandError, UsageError, escape, messages, output
from orchestration.home.extensions import MissingExtensionError
from orchestration.home.paths import Paths
from orchestration.home.postgres_address import AddressError, parse_address
from orchestration.postgres.connection import PostgresError
from orchestration.postgres.copying import copy_to_postgres
from orchestration.postgres.statements import UnsupportedTypeError
from orchestration.publishing.meta import RELATIONS as META


def export_to_postgres(paths: Paths, url: str, reader: str) -> None:
    """Copy everything published into the database at ``url``, where the role ``reader`` may read it.

    Raises :class:`UsageError` when ``url`` is no address, :class:`CommandError` with PostgreSQL's reason.
    """
    try:
        address = parse_address(url)
    except AddressError as error:
        raise UsageError(str(error)) from None
    with published(paths) as connection:
        relations = [*catalogue(connection), *META]
    try:
        copied = copy_to_postgres(paths.published_file, relations, address, reader)
    except (PostgresError, UnsupportedTypeError, MissingExtensionError) as error:
        raise CommandError(address.redacted(str(error))) from None
    output().print(
        f"Version {copied.version}: {len(copied.rows)} tables with {sum(copied.rows.values()):,} rows copied "
        f"to {escape(str(address))}, where the role {escape(reader)} may read them."
    )
    if copied.created_reader:
        role = escape(reader)
        messages().print(
            f"The role {role} is new and cannot log in. Grant it to roles that can, or let it: "
            f"alter role \"{role}\" login password '…'"
        )
    if copied.left_behind:
        messages().print("Tables of the copy before are still being read; the next copy removes them.")
