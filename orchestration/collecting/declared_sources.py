"""Which sources this warehouse has: those of its registry, or the configured folders where there is none."""

from __future__ import annotations

from extract.sources.declared import Registry
from extract.sources.registry import read_registry, registry_of_folders
from orchestration.home.paths import Paths


def declared_sources(paths: Paths) -> Registry:
    """The sources, checked. Raises :class:`extract.sources.registry.RegistryError`."""
    return registry_of_folders(paths.sources) if paths.registry is None else read_registry(paths.registry)
