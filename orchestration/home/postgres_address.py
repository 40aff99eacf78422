"""Where a PostgreSQL database is, and who connects; the password is kept out of everything that is shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote, unquote, urlsplit

_SCHEMES = ("postgresql", "postgres")
_CONNECT_SECONDS = "10"
_HIDDEN = "***"


class AddressError(ValueError):
    """A text is no address of a PostgreSQL database; the message does not repeat it."""


@dataclass(frozen=True, slots=True)
class Address:
    """What libpq needs to connect, by its own keywords, without the password."""

    keywords: dict[str, str]
    password: str | None = field(default=None, repr=False)

    @property
    def dsn(self) -> str:
        """The keywords as libpq reads them."""
        return " ".join(f"{keyword}={_quoted(value)}" for keyword, value in self.keywords.items())

    def redacted(self, text: str) -> str:
        """The text without the password, as it is or as it stands in a URL."""
        for secret in {self.password, quote(self.password or "", safe="")} - {None, ""}:
            text = text.replace(str(secret), _HIDDEN)
        return text

    def __str__(self) -> str:
        """What people call it: user, host, port and database, as far as they are named."""
        user = f"{self.keywords['user']}@" if "user" in self.keywords else ""
        port = f":{self.keywords['port']}" if "port" in self.keywords else ""
        return f"{user}{self.keywords.get('host', '')}{port}/{self.keywords.get('dbname', '')}"


def parse_address(url: str) -> Address:
    """Read ``postgresql://user:password@host:port/database?sslmode=require``; every part may be left out.

    What is left out, libpq looks for where it always does: ``PGPASSWORD``, ``~/.pgpass``, ``PGHOST`` …
    Raises :class:`AddressError`.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise AddressError(_help("it has a port that is no number, or brackets that do not match")) from error
    if parts.scheme not in _SCHEMES:
        raise AddressError(_help("it does not begin with postgresql://"))
    named = {
        "host": unquote(parts.hostname or ""),
        "port": str(port or ""),
        "dbname": unquote(parts.path.removeprefix("/")),
        "user": unquote(parts.username or ""),
        "connect_timeout": _CONNECT_SECONDS,
        **dict(parse_qsl(parts.query)),
    }
    password = named.pop("password", None) or unquote(parts.password or "") or None
    return Address({keyword: value for keyword, value in named.items() if value}, password)


def _help(reason: str) -> str:
    return (
        f"This is no address of a PostgreSQL database: {reason}. "
        "Write postgresql://USER@HOST:5432/DATABASE, with the password in PGPASSWORD or ~/.pgpass."
    )


def _quoted(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
