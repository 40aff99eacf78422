"""Office documents that are zip archives: whether it is safe to unpack one, by what its directory says."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from extract.readers.reading import UnreadableDocumentError

_MIB = 1024 * 1024
_MOST_PARTS = 10_000
_MOST_UNPACKED_MIB = 1_024
# Sheets of repeated cells shrink to a fiftieth; what shrinks to less than a two-hundredth was made to burst.
_MOST_RATIO = 200
_SMALL_MIB = 50  # below, no ratio does harm
_BESIDE_FIGURES = re.compile(r"docProps/|thumbnails/|xl/(?:theme|printerSettings)/", re.IGNORECASE)


def check_zip(data: bytes) -> None:
    """Refuse an archive that is damaged, locked, or unpacks to more than any document has.

    Raises:
        UnreadableDocumentError: with the reason.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableDocumentError(
            f"the document is damaged or cut short ({error}); open it and save it again"
        ) from error
    unpacked = sum(part.file_size for part in parts)
    packed = max(1, sum(part.compress_size for part in parts))
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableDocumentError("the document is locked by a password; save it without one")
    if len(parts) > _MOST_PARTS:
        raise UnreadableDocumentError(
            f"the document has {len(parts):,} parts; at most {_MOST_PARTS:,} are read"
        )
    if unpacked > _MOST_UNPACKED_MIB * _MIB:
        raise UnreadableDocumentError(
            f"the document unpacks to {unpacked / _MIB:,.0f} MiB; at most {_MOST_UNPACKED_MIB:,} are read"
        )
    if unpacked > _SMALL_MIB * _MIB and unpacked > _MOST_RATIO * packed:
        raise UnreadableDocumentError(
            f"the document unpacks to {unpacked / packed:,.0f} times its size, as decompression bombs do"
        )


def what_figures_need(data: bytes) -> bytes:
    """Give a workbook's archive without the parts that say nothing about figures, whatever is in them.

    Raises:
        UnreadableDocumentError: when another part is not what was saved. Not every reader looks at checksums,
            and what was damaged while it was packed unpacks to other digits.
    """
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as archive,
        zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as copy,
    ):
        for name in dict.fromkeys(archive.namelist()):
            if _BESIDE_FIGURES.match(name.replace("\\", "/")):
                continue
            try:
                copy.writestr(name, archive.read(name))
            except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError) as error:
                raise UnreadableDocumentError(
                    f"the document is damaged: {name} is not what was saved ({error}); "
                    "download it again, or open it and save it again"
                ) from error
    return written.getvalue()
