"""What this machine reads beyond the formats that are always read: what is read depends on it.

Told without loading a reader, since it is part of the extractor's version.
"""

from __future__ import annotations

import importlib.util
import shutil

_FOR_SCANS = ("cv2", "numpy", "onnxruntime", "rapidocr")
_OFFICE_PROGRAMS = ("soffice", "libreoffice")


def abilities() -> frozenset[str]:
    """The names of those that are there."""
    found = {"scans": scans_are_read(), "old Word formats": office_program() is not None}
    return frozenset(name for name, is_there in found.items() if is_there)


def scans_are_read() -> bool:
    """Whether the libraries of the ``ocr`` extra are there."""
    return all(importlib.util.find_spec(name) is not None for name in _FOR_SCANS)


def office_program() -> str | None:
    """The path of LibreOffice's command; None where it is not installed."""
    return next((path for name in _OFFICE_PROGRAMS if (path := shutil.which(name))), None)
