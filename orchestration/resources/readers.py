"""The resource by which a run reads documents: with the processes of this machine, or on a cluster."""

from __future__ import annotations

import dagster as dg

from orchestration.building.reading import ReadingSummary, read_pending
from orchestration.resources.warehouse import Warehouse


class Readers(dg.ConfigurableResource):  # type: ignore[type-arg]
    """Whoever reads. ``cluster`` is a number of dask workers or their scheduler's address."""

    cluster: str | None = None

    def read_pending(self, warehouse: Warehouse) -> ReadingSummary:
        """Read what is new; the client of a cluster is open as long as that takes.

        Raises :class:`orchestration.building.cluster.ClusterError`.
        """
        return read_pending(warehouse.lake, warehouse.store, cluster=self.cluster)
