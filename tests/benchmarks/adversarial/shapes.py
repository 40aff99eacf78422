"""Every shape by its name: its media type (none: as its bytes say), and what makes so many bytes of it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain

from tests.benchmarks.adversarial.packages import packages
from tests.benchmarks.adversarial.pages import pages
from tests.benchmarks.adversarial.texts import texts

SHAPES: dict[str, tuple[str | None, Callable[[int], bytes]]] = {
    name: (kind, make) for name, kind, make in chain(texts(), pages(), packages())
}
