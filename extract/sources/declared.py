"""What a source is said to be: the fields of an entry of the registry, checked and frozen.

Three kinds: a folder, a website, and any location that fsspec opens. :mod:`extract.sources.registry` reads
them from a file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal
from urllib.parse import SplitResult, urlsplit

from fsspec import available_protocols
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

from extract.sources.seasons import Cadence, Season, months_of

DOCUMENTS = (
    "*.pdf", "*.doc", "*.docx", "*.wps", "*.rtf", "*.xls", "*.xlsx", "*.xlsm", "*.et", "*.ods", "*.csv",
    "*.txt", "*.zip", "*.rar", "*.7z", "*.jpg", "*.jpeg", "*.png", "*.tif", "*.tiff", "*.ofd",
)  # fmt: skip
"""What the names of disclosures on websites end in."""

BASE_FOLDER = "base_folder"
"""Key of the validation context: the folder that relative paths start from."""

_ID = r"[a-z0-9][a-z0-9_-]{0,62}"
_HOST = re.compile(r"(?:\*\.)?[\w.-]+(?::\d{1,5})?|\[[0-9a-fA-F:.]+\](?::\d{1,5})?")
_SECRET = re.compile(r"pass|secret|token|key|credential", re.IGNORECASE)
_MOST_SECONDS = 3600


def _listed(value: object) -> object:
    """One value where several may stand is a list of one."""
    return value if isinstance(value, (list, tuple)) else (value,)


def _compilable(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"a regular expression is expected; “{pattern}” is none: {error}") from error
    return pattern


Text = Annotated[str, Field(min_length=1)]
Patterns = Annotated[tuple[Text, ...], BeforeValidator(_listed)]
"""File names with ``*`` and ``?``, in any case."""
Expressions = Annotated[tuple[Annotated[Text, AfterValidator(_compilable)], ...], BeforeValidator(_listed)]
"""Regular expressions, any of which has to be found."""
Seconds = Annotated[float, Field(ge=0, le=_MOST_SECONDS)]
Timeout = Annotated[float, Field(gt=0, le=_MOST_SECONDS)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class Politeness(_Entry):
    """What a website is asked for at most. Times in seconds, sizes in MiB."""

    seconds_between_requests: Seconds = 1.0
    """Between the beginnings of two requests, one at a time; robots.txt can ask for more."""
    connect_timeout: Timeout = 15.0
    read_timeout: Timeout = 60.0
    """Without a byte arriving."""
    total_timeout: Timeout = 600.0
    """For a whole answer."""
    retries: Annotated[int, Field(ge=0, le=10)] = 3
    """After a request that failed for a reason that may pass."""
    longest_wait: Seconds = 120.0
    """Before a request is tried again, also where Retry-After asks for more: the next visit then tries."""
    size_limit: Annotated[float, Field(gt=0, le=10_000)] = 200.0
    """MiB of one file."""
    types: Annotated[tuple[Text, ...], BeforeValidator(_listed)] = ()
    """Media types that files are taken in, as ``application/pdf`` or ``image/*``; any when none is named."""
    user_agent: Text = "open-disclosures"


class Links(_Entry):
    """Which links of a website lead where. Patterns of pages and details are sought in the whole address."""

    titles: Expressions = ("预算|决算",)
    """What the text of a link to a detail page says."""
    details: Expressions = ()
    """Addresses of detail pages; any on an allowed host when none is named."""
    pages: Expressions = ()
    """Addresses of further list pages, besides the ones that next links and ``index_1.html`` give."""
    ignore: Expressions = ()
    """Addresses that are never followed."""


class _Source(_Entry):
    id: Annotated[Text, Field(pattern=f"^{_ID}$")]
    publisher: Text | None = None
    """Whose disclosures these are, where they are one publisher's."""
    region: Text | None = None
    """Name or code of the place."""
    files: Patterns = ()
    """Names of the files that are taken; all when none is named."""
    cadence: Cadence = timedelta(days=1)
    """Time between two visits in the season."""
    season: Season = ("budget", "final_accounts")
    off_season_cadence: Cadence = timedelta(weeks=1)
    """Time between two visits in other months."""

    @property
    def months(self) -> frozenset[int]:
        """The months of the season, 1 to 12."""
        return months_of(self.season)

    def cadence_on(self, day: date) -> timedelta:
        """How long after a visit the next one is due, on a day."""
        return self.cadence if day.month in self.months else self.off_season_cadence

    def takes(self, file_name: str) -> bool:
        """Whether a file of this name is wanted."""
        lowered = file_name.lower()
        return not self.files or any(fnmatchcase(lowered, pattern.lower()) for pattern in self.files)

    @property
    def places(self) -> tuple[str, ...]:
        """Where it is, as text."""
        raise NotImplementedError


class FolderSource(_Source):
    """A folder of this machine. A relative path starts from the folder of the registry."""

    kind: Literal["folder"] = "folder"
    where: Path
    follow_links: bool = False
    """Whether links that lead out of the folder are followed."""

    @field_validator("where")
    @classmethod
    def _absolute(cls, where: Path, info: ValidationInfo) -> Path:
        base = (info.context or {}).get(BASE_FOLDER, Path())
        return Path(base, where.expanduser()).absolute()

    @property
    def places(self) -> tuple[str, ...]:
        """The folder."""
        return (str(self.where),)


class WebsiteSource(_Source):
    """List pages of a website, the detail pages they lead to, and what is attached to these."""

    kind: Literal["website"]
    where: Annotated[tuple[Text, ...], BeforeValidator(_listed), Field(min_length=1)]
    """Addresses of first list pages."""
    files: Patterns = DOCUMENTS
    links: Links = Links()
    page_text: Literal["never", "without_attachments", "always"] = "without_attachments"
    """When the text of a detail page is a document of its own."""
    politeness: Politeness = Politeness()
    allowed_hosts: Annotated[tuple[Text, ...], BeforeValidator(_listed)] = ()
    """Hosts, or ``*.`` and the end of several, with a port where unusual; besides those of ``where``."""
    allow_private_addresses: bool = False
    """Whether its hosts may be in a private network or on this machine."""
    most_pages: Annotated[int, Field(ge=1, le=100_000)] = 2_000
    """List and detail pages of one visit."""
    most_depth: Annotated[int, Field(ge=1, le=100)] = 50
    """List pages one after the other."""
    most_files: Annotated[int, Field(ge=1, le=1_000_000)] = 5_000
    """Documents that one visit brings anew. What a limit leaves out, the next visits take first."""
    most_mib: Annotated[float, Field(gt=0, le=1_000_000)] = 8_000.0
    """MiB that one visit brings."""
    most_minutes: Annotated[float, Field(gt=0, le=10_000)] = 120.0
    """Minutes that one visit takes."""

    @field_validator("where")
    @classmethod
    def _web_addresses(cls, where: tuple[str, ...]) -> tuple[str, ...]:
        for address in where:
            _parts_without_password(address, "http://… or https://… is expected", ("http", "https"))
        return where

    @field_validator("allowed_hosts")
    @classmethod
    def _hosts(cls, hosts: tuple[str, ...]) -> tuple[str, ...]:
        for host in hosts:
            if not _HOST.fullmatch(host):
                raise ValueError(f"a host such as “www.example.gov.cn” is expected, not “{host}”")
        return tuple(host.lower() for host in hosts)

    @property
    def places(self) -> tuple[str, ...]:
        """The first list pages."""
        return self.where


class LocationSource(_Source):
    """A folder or file wherever fsspec opens it: a bucket, a server, an archive."""

    kind: Literal["location"]
    where: Text
    options: Mapping[str, str | bool | int | float] = Field(default_factory=dict)
    """What fsspec is told besides. Secrets belong in the environment or in the files of its libraries."""
    size_limit: Annotated[float, Field(gt=0, le=10_000)] = 500.0
    """MiB of one file."""

    @field_validator("where")
    @classmethod
    def _known_protocol(cls, where: str) -> str:
        protocols = [part.split("://")[0] for part in where.split("::")]
        if "://" not in where:
            raise ValueError(
                f"an address such as s3://bucket/folder is expected, not “{where}”; a folder is kind: folder"
            )
        for protocol in protocols:
            if protocol in ("http", "https"):
                raise ValueError("a website is not visited as a location; use kind: website")
            if protocol not in available_protocols():
                raise ValueError(f"“{protocol}” is no protocol that fsspec knows")
        _parts_without_password(where.rsplit("::", maxsplit=1)[-1], "an address is expected")
        return where

    @field_validator("options")
    @classmethod
    def _no_secrets(cls, options: Mapping[str, Any]) -> Mapping[str, Any]:
        for name in options:
            if _SECRET.search(name):
                raise ValueError(
                    f"“{name}” looks like a secret, which does not belong in this file; "
                    "give it in the environment, as the library behind the address reads it"
                )
        return options

    @property
    def places(self) -> tuple[str, ...]:
        """The address."""
        return (self.where,)


Source = FolderSource | WebsiteSource | LocationSource


class Registry(_Entry):
    """All sources, in the order in which they are declared."""

    KINDS: ClassVar[tuple[str, ...]] = ("folder", "website", "location")

    sources: tuple[Annotated[Source, Field(discriminator="kind")], ...]

    @model_validator(mode="after")
    def _distinct(self) -> Registry:
        if len({source.id for source in self.sources}) < len(self.sources):
            raise ValueError("an id stands twice; every source needs one of its own")
        return self

    @property
    def folders(self) -> tuple[FolderSource, ...]:
        """The folders among the sources."""
        return tuple(source for source in self.sources if isinstance(source, FolderSource))

    def of(self, source_id: str) -> Source:
        """The source of an id. Raises :class:`KeyError` when there is none."""
        for source in self.sources:
            if source.id == source_id:
                return source
        raise KeyError(source_id)


def _parts_without_password(address: str, expected: str, schemes: tuple[str, ...] = ()) -> SplitResult:
    try:
        parts = urlsplit(address)
        host, password, _ = parts.hostname, parts.password, parts.port
    except ValueError as error:
        raise ValueError(f"{expected}, not “{address}” ({error})") from error
    if password is not None:
        raise ValueError("a password does not belong in this file")
    if schemes and (parts.scheme not in schemes or not host):
        raise ValueError(f"{expected}, not “{address}”")
    return parts
