"""Names of files that systems and programs leave lying about, which are nobody's disclosures."""

from __future__ import annotations

_HIDDEN = "."
_TEMPORARY_PREFIXES = ("~$",)  # lock files that office programs put beside an open document
_TEMPORARY_SUFFIXES = ("~", ".tmp", ".temp", ".part", ".partial", ".crdownload", ".download", ".swp")
_LITTER = {"thumbs.db", "desktop.ini", "__macosx"}


def is_litter(name: str) -> bool:
    """Whether a file or folder of this name is hidden, temporary or of a system."""
    lowered = name.lower()
    return (
        lowered.startswith((_HIDDEN, *_TEMPORARY_PREFIXES))
        or lowered.endswith(_TEMPORARY_SUFFIXES)
        or lowered in _LITTER
    )
