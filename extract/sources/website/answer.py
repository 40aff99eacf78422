"""What a website answered."""

from __future__ import annotations

from dataclasses import dataclass

from httpx import Headers


@dataclass(frozen=True, slots=True)
class Validators:
    """By what a later request can ask whether an answer is still the same."""

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        """The headers of a conditional request; none when nothing is known."""
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in asked.items() if value}


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
        return Validators(self.headers.get("etag"), self.headers.get("last-modified"))

    @property
    def media_type(self) -> str:
        """As the website says, in small letters and without parameters; empty when it does not say."""
        return str(self.headers.get("content-type", "")).partition(";")[0].strip().lower()
