"""The calls to pdfium that every character needs, without the checks that cost more than the calls do.

pypdfium2 checks each argument of each call; of a page of 700 characters that is a third of the time it takes
to read. These are the same functions of the same library, called with what is known to be right.
"""

from __future__ import annotations

import ctypes
from typing import Any

from pypdfium2 import raw

_POINTER = ctypes.c_void_p


class Handle(ctypes.c_void_p):
    """What pdfium gives out. A class of its own, or ctypes would turn it into a number and back again."""


def _unchecked(name: str, result: type | None = None) -> Any:
    function = getattr(raw, name)
    address = ctypes.cast(function, _POINTER).value
    assert address is not None
    return ctypes.CFUNCTYPE(result or ctypes.c_int)(address)


def address(handle: object) -> ctypes.c_void_p:
    """A handle of pdfium's as these functions take it."""
    return _POINTER(ctypes.cast(handle, _POINTER).value)  # type: ignore[arg-type]


get_unicode = _unchecked("FPDFText_GetUnicode", ctypes.c_uint)
get_origin = _unchecked("FPDFText_GetCharOrigin")
get_box = _unchecked("FPDFText_GetLooseCharBox")
get_object = _unchecked("FPDFPage_GetObject", Handle)
get_form_object = _unchecked("FPDFFormObj_GetObject", Handle)
get_type = _unchecked("FPDFPageObj_GetType")
get_text_object = _unchecked("FPDFText_GetTextObject", _POINTER)
get_render_mode = _unchecked("FPDFTextObj_GetTextRenderMode")
get_fill_colour = _unchecked("FPDFPageObj_GetFillColor")
get_stroke_colour = _unchecked("FPDFPageObj_GetStrokeColor")
get_bounds = _unchecked("FPDFPageObj_GetBounds")
get_clip = _unchecked("FPDFPageObj_GetClipPath", Handle)
count_clips = _unchecked("FPDFClipPath_CountPaths")
count_marks = _unchecked("FPDFPageObj_CountMarks")
get_clip_segment = _unchecked("FPDFClipPath_GetPathSegment", Handle)
get_clip_address = _unchecked("FPDFClipPath_GetPathSegment", _POINTER)
count_clip_segments = _unchecked("FPDFClipPath_CountPathSegments")
get_point = _unchecked("FPDFPathSegment_GetPoint")
get_segment_type = _unchecked("FPDFPathSegment_GetType")
get_segment = _unchecked("FPDFPath_GetPathSegment", Handle)
count_segments = _unchecked("FPDFPath_CountSegments")
get_close = _unchecked("FPDFPathSegment_GetClose")
get_draw_mode = _unchecked("FPDFPath_GetDrawMode")
get_matrix = _unchecked("FPDFPageObj_GetMatrix")
