"""The visible part of a page, and how it is turned upright."""

from __future__ import annotations

from typing import NamedTuple


class Frame(NamedTuple):
    """The visible part of a page, and how far its text is turned, in quarters anticlockwise."""

    left: float
    bottom: float
    right: float
    top: float
    quarter: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the upright page."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.quarter % 2 else (width, height)

    def upright(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page's own axes as it lies on the upright page, from the top left corner."""
        if self.quarter == 1:
            return y - self.bottom, x - self.left
        if self.quarter == 2:
            return self.right - x, y - self.bottom
        if self.quarter == 3:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def on_paper(self, x: float, y: float) -> tuple[float, float]:
        """The way back: a point of the upright page in the page's own axes."""
        if self.quarter == 1:
            return y + self.left, x + self.bottom
        if self.quarter == 2:
            return self.right - x, y + self.bottom
        if self.quarter == 3:
            return self.right - y, self.top - x
        return x + self.left, self.top - y
