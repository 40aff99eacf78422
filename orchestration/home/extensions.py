"""DuckDB's extensions, from the packages that bring them: nothing is downloaded when a command runs."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

import duckdb

from orchestration.texts.quoting import literal

OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
"""Settings of a connection that fetches no extension by itself."""


class MissingExtensionError(RuntimeError):
    """No installed package has an extension for this DuckDB; the message names the one to install."""


def load_extension(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Load an extension from its package. Raises :class:`MissingExtensionError`."""
    connection.execute(f"load {literal(str(extension_file(name)))}")


def extension_file(name: str) -> Path:
    """The file of an extension that fits the DuckDB in use. Raises :class:`MissingExtensionError`."""
    package = f"duckdb-extension-{name.replace('_', '-')}"
    try:
        found = [file.locate() for file in files(package) or () if file.suffix == ".duckdb_extension"]
    except PackageNotFoundError:
        found = []
    for path in found:
        if Path(str(path)).parent.name == f"v{duckdb.__version__}":
            return Path(str(path))
    raise MissingExtensionError(
        f"The extension {name} for DuckDB {duckdb.__version__} is not installed. "
        f"Install the package {package} of the same version."
    )
