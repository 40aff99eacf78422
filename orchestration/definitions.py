"""Everything Dagster runs, gathered from ``defs/``."""

from pathlib import Path

import dagster as dg

from orchestration import defs
from orchestration.defs import resources as of_this_environment
from orchestration.paths import is_checkout


@dg.definitions
def definitions() -> dg.Definitions:
    """Load every asset, check, job, schedule, sensor and resource under ``defs/``."""
    if is_checkout():
        return dg.load_from_defs_folder(path_within_project=Path(__file__).parent)
    # Dagster knows a project by a file that an installed package does not have.
    return dg.Definitions.merge(
        dg.load_definitions_from_package_module(defs), of_this_environment.resources()
    )
