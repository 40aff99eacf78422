"""Where the shared lake is: a PostgreSQL database for its catalogue, a folder or bucket for its Parquet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from orchestration.home.paths import SettingError, shared_lake_setting
from orchestration.home.postgres_address import Address, AddressError, parse_address


@dataclass(frozen=True, slots=True)
class SharedLake:
    """The addresses of a shared lake. All machines name the same."""

    catalogue: Address
    data: str
    """An absolute path on a shared disk, or ``s3://bucket/folder``."""

    @property
    def is_in_a_bucket(self) -> bool:
        """Whether the Parquet files are in an object store."""
        return "://" in self.data


def configured_shared_lake() -> SharedLake | None:
    """The lake that the environment names; ``None`` where none is. Raises :class:`SettingError`."""
    setting = shared_lake_setting()
    if setting is None:
        return None
    name, catalogue, data = setting
    try:
        address = parse_address(catalogue)
    except AddressError as error:
        raise SettingError(f"{name}: {error}") from error
    if not data:
        raise SettingError(
            f"{name} is set and {name}_DATA is not; it says where the Parquet files go, such as "
            "/mnt/lake or s3://bucket/lake, and is the same on every machine."
        )
    if "://" not in data and not Path(data).is_absolute():
        raise SettingError(f"{name}_DATA is “{data}”; a path has to be absolute, or begin with s3://.")
    return SharedLake(address, data)
