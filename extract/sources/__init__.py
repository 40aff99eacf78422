"""Where disclosures come from. A source lists what it has; nothing is read until landing asks for it."""

from extract.sources.folder import find_files
from extract.sources.found import FoundFile

__all__ = ["FoundFile", "find_files"]
