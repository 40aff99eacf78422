"""What the assets are given."""

import dagster as dg

from orchestration.home.paths import cluster, configured
from orchestration.resources.readers import Readers
from orchestration.resources.warehouse import Warehouse


@dg.definitions
def resources() -> dg.Definitions:
    """The warehouse of this environment, and one process for all steps of a run."""
    paths = configured()
    return dg.Definitions(
        resources={
            "warehouse": Warehouse(
                home=str(paths.home),
                sources=[str(source) for source in paths.sources],
                versions_kept=paths.versions_kept,
                registry=str(paths.registry) if paths.registry else None,
            ),
            "readers": Readers(cluster=cluster()),
        },
        # A process per step would cost three times as long, and the build lock is held by one process.
        executor=dg.in_process_executor,
    )
