"""The lake that is shared with other machines, where one is."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from orchestration.doctor.fault import Check, Fault
from orchestration.home.lake import Lake
from orchestration.home.paths import Paths, SettingError
from orchestration.shared_lake.address import SharedLake, configured_shared_lake
from orchestration.shared_lake.connection import SharedLakeError
from orchestration.shared_lake.sharing import not_shared_yet


def unreachable_lake(paths: Paths) -> Iterator[Fault]:
    """A shared lake that does not answer, and documents of this machine that it has not."""
    try:
        lake = configured_shared_lake()
        if lake is not None:
            yield from _not_shared(paths, lake)
    except (SettingError, SharedLakeError) as error:
        yield Fault("the shared lake", str(error), "mend the setting, start what does not answer, or run")


def _not_shared(paths: Paths, lake: SharedLake) -> Iterator[Fault]:
    try:
        own = Lake(paths.lake).staging.manifest()
    except (pl.exceptions.PolarsError, OSError):
        return  # a fault of its own
    if waiting := not_shared_yet(own, lake).height:
        what = f"{waiting:,} documents of this machine are not in it"
        yield Fault(str(lake.catalogue), what, "run again")


CHECKS = (Check("shared.lake", "the shared lake, if any, answers and has our documents", unreachable_lake),)
