"""All checks, one after the other."""

from __future__ import annotations

from collections.abc import Iterator

from orchestration.doctor import built, lake, landing, shared, surroundings
from orchestration.doctor.fault import Check, Fault
from orchestration.home.paths import Paths

CHECKS: tuple[Check, ...] = (
    *landing.CHECKS,
    *lake.CHECKS,
    *shared.CHECKS,
    *built.CHECKS,
    *surroundings.CHECKS,
)


def examine(paths: Paths) -> Iterator[tuple[Check, list[Fault]]]:
    """Every check with the faults it finds. The caller holds the build lock, so that nothing moves."""
    for check in CHECKS:
        yield check, list(check.faults(paths))


def mend(faults: list[Fault]) -> list[Fault]:
    """Mend what can be mended without losing anything; give what was."""
    mended = [fault for fault in faults if fault.mend is not None]
    for fault in mended:
        if fault.mend is not None:
            fault.mend()
    return mended
