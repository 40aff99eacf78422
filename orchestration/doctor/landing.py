"""The landed bytes: what cannot be made anew, so nothing here is mended without a person."""

from __future__ import annotations

from collections.abc import Iterator

from extract.landing import CatalogueError, LandingStore
from orchestration.doctor.fault import Check, Fault
from orchestration.home.checksums import sha256
from orchestration.home.paths import Paths


def damaged_catalogue(paths: Paths) -> Iterator[Fault]:
    """A line of the catalogue that cannot be read."""
    try:
        LandingStore(paths.landing).catalogue()
    except CatalogueError as error:
        what, _, remedy = str(error).partition("; ")
        yield Fault(str(paths.landing / "catalogue.jsonl"), what, remedy)


def missing_bytes(paths: Paths) -> Iterator[Fault]:
    """Documents of the catalogue without their bytes."""
    store = LandingStore(paths.landing)
    for document_id, file_name in _catalogued(store).items():
        if not store.object_path(document_id).exists():
            yield Fault(
                str(store.object_path(document_id)),
                f"the landed bytes of {file_name} are gone",
                "put the file back in a source and run again, or take it from a backup",
            )


def damaged_bytes(paths: Paths) -> Iterator[Fault]:
    """Landed bytes that are no longer the ones that were landed."""
    store = LandingStore(paths.landing)
    for document_id, file_name in _catalogued(store).items():
        path = store.object_path(document_id)
        if path.exists() and sha256(path) != document_id:
            yield Fault(
                str(path),
                f"the landed bytes of {file_name} were damaged after landing",
                "delete this file, put the original back in a source and run again",
            )


def uncatalogued_bytes(paths: Paths) -> Iterator[Fault]:
    """Landed bytes that the catalogue does not know: of a landing that was killed, or of a lost catalogue."""
    store = LandingStore(paths.landing)
    known = set(_catalogued(store))
    for path in sorted((paths.landing / "objects").glob("??/*")):
        if path.name not in known:
            yield Fault(
                str(path),
                "no line of the catalogue names these bytes",
                "run again with the source they came from; what no source has any more may be deleted",
            )


def _catalogued(store: LandingStore) -> dict[str, str]:
    """File names by document; none when the catalogue is damaged, which is a fault of its own."""
    try:
        return dict(store.documents().select("document_id", "file_name").iter_rows())
    except CatalogueError:
        return {}


CHECKS = (
    Check("landing.catalogue", "the catalogue of landing can be read", damaged_catalogue),
    Check("landing.missing", "the bytes of every landed document are there", missing_bytes),
    Check("landing.damaged", "landed bytes are the ones that were landed", damaged_bytes),
    Check("landing.uncatalogued", "all landed bytes are in the catalogue", uncatalogued_bytes),
)
