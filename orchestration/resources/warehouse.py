"""The resource by which a Dagster run has the warehouse to itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg

from extract.landing import LandingStore
from orchestration.home.build_lock import building
from orchestration.home.instance import clear_dead_runs, forget_old_runs, quick_event_log, run_tags
from orchestration.home.lake import Lake
from orchestration.home.paths import DEFAULT_VERSIONS_KEPT, Paths, announce_home


class Warehouse(dg.ConfigurableResource):  # type: ignore[type-arg]
    """The warehouse under ``home``. A run that uses it holds its build lock from first step to last."""

    home: str
    sources: list[str]
    versions_kept: int = DEFAULT_VERSIONS_KEPT
    registry: str | None = None
    wait_seconds: float = 3600
    """How long to wait while another run is building."""

    @property
    def paths(self) -> Paths:
        """Its locations."""
        return Paths(
            Path(self.home),
            tuple(Path(source) for source in self.sources),
            self.versions_kept,
            Path(self.registry) if self.registry else None,
        )

    @property
    def lake(self) -> Lake:
        """Its lake."""
        return Lake(self.paths.lake)

    @property
    def store(self) -> LandingStore:
        """Its landed documents."""
        return LandingStore(self.paths.landing)

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator[Warehouse]:
        """Take the lock, clear what killed runs left, and give the warehouse up when the run ends."""
        run = context.run
        purpose = f"Dagster run {run.run_id}" if run else "a Dagster step"
        with (
            building(self.paths.build_lock, purpose=purpose, wait_seconds=self.wait_seconds),
            quick_event_log(),
        ):
            announce_home(self.paths)
            if run and context.instance:
                context.instance.add_run_tags(run.run_id, run_tags())
                clear_dead_runs(context.instance, run.run_id)
                forget_old_runs(context.instance)
            for healed in self.lake.prepare():
                if context.log:
                    context.log.warning(f"Healed: {healed}.")
            yield self
