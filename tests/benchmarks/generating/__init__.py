"""Text disclosures in any number, made by altering the figures of given ones."""

from tests.benchmarks.generating.altering import Original
from tests.benchmarks.generating.corpus import Generated, generated, originals_in

__all__ = ["Generated", "Original", "generated", "originals_in"]
