"""Which colours of OFD are seen on paper: their lightness and how much they let through."""

from __future__ import annotations

from typing import NamedTuple

from extract.readers.ofd.package import Element, children

_BLACK = 0.0
_PALE = 0.85  # paler than this can hardly be seen on paper
_FAINT = 0.59  # watermarks are paler than this
_SHEER = 0.5  # lets more than half through
_OPAQUE = 0.8


class Colour(NamedTuple):
    """Lightness (0 black to 1 white) and opacity (0 to 1)."""

    lightness: float = _BLACK
    opacity: float = 1.0

    @property
    def is_pale(self) -> bool:
        """Whether it can hardly be told from white paper."""
        return self.lightness > _PALE or self.opacity < 1 - _PALE

    @property
    def is_faint(self) -> bool:
        """Whether a watermark may have it."""
        return self.lightness > _FAINT or self.opacity < _SHEER

    @property
    def covers(self) -> bool:
        """Whether nothing is seen through it."""
        return self.opacity >= _OPAQUE


def colour_of(drawn: Element, name: str, default: Element | None = None) -> Colour:
    """The colour ``name`` (FillColor, StrokeColor) of a drawing; black where none is stated."""
    stated = next(iter(children(drawn, name)), default)
    opacity = _share(drawn.get("Alpha"))
    if stated is None:
        return Colour(opacity=opacity)
    return Colour(_lightness(stated.get("Value", "")), opacity * _share(stated.get("Alpha")))


def _share(alpha: str | None) -> float:
    try:
        return min(1.0, max(0.0, float(alpha) / 255)) if alpha else 1.0
    except ValueError:
        return 1.0


def _lightness(value: str) -> float:
    """The lightness of channels from 0 to 255, also as #FF; of four the colours are inks."""
    try:
        channels = [int(part[1:], 16) if part.startswith("#") else float(part) for part in value.split()]
    except ValueError:
        return _BLACK
    if not channels:
        return _BLACK
    if len(channels) == 4:
        return max(0.0, 1 - min(1.0, (sum(channels[:3]) / 3 + channels[3]) / 255))
    return sum(channels) / len(channels) / 255
