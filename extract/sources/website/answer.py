"""What a website answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from httpx import Headers


@dataclass(frozen=True, slots=True)
class Validators:
    """By what a later request can ask whether an answer is still the same."""

    etag: str | None = None
    last_modified: str | None = None

    @classmethod
    def of(cls, headers: Headers) -> Self:
        """As an answer gives them."""
        return cls(headers.get("etag"), headers.get("last-modified"))

    def headers(self) -> dict[str, str]:
        """The headers of a conditional request; none when nothing is known."""
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in asked.items() if value}


class LastingError(OSError):
    """A failure that will most likely be the same the next time: there is nothing, or nothing we take.

    ``validators`` are of what we do not take, so that a later request can ask whether it is still that.
    """

    def __init__(self, reason: str, validators: Validators | None = None) -> None:
        super().__init__(reason)
        self.validators = validators or Validators()


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer after all redirects. ``body`` is empty when ``is_unchanged``."""

    address: str
    status: int
    headers: Headers
    body: bytes

    @property
    def is_unchanged(self) -> bool:
        """Whether the validators that were sent still hold."""
        return self.status == 304

    @property
    def validators(self) -> Validators:
        """What to send the next time."""
        return Validators.of(self.headers)

    @property
    def media_type(self) -> str:
        """As the website says, in small letters and without parameters; empty when it does not say."""
        return str(self.headers.get("content-type", "")).partition(";")[0].strip().lower()
