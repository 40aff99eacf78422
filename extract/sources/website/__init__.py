"""Websites: list pages, the detail pages they lead to, and what is attached to these."""

from extract.sources.website.fetching import Fetcher
from extract.sources.website.turns import Turns
from extract.sources.website.visit import visit
from extract.sources.website.visited import Counts, Visited, counts_of

__all__ = ["Counts", "Fetcher", "Turns", "Visited", "counts_of", "visit"]
