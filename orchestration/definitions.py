"""Everything Dagster runs, gathered from ``defs/``."""

import dagster as dg

from orchestration import defs
from orchestration.defs import resources as of_this_environment


@dg.definitions
def definitions() -> dg.Definitions:
    """Load every asset, check, job, schedule, sensor and resource under ``defs/``.

    Not by `load_from_defs_folder`, which imports every integration of Dagster that is installed, to know
    their components: seconds of each run, for components that there are none of.
    """
    return dg.Definitions.merge(
        dg.load_definitions_from_package_module(defs), of_this_environment.resources()
    )
