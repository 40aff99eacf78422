"""Every location of the warehouse, and the only reader of environment variables.

``DISCLOSURES_HOME``
    The folder of everything that is written; the repository's ``warehouse/`` unless set, and where this is
    installed outside of one, ``disclosures`` in the user's folder of data.
``DISCLOSURES_SOURCE_REGISTRY``
    The file that declares the sources; ``sources.yaml`` in the home unless set. It need not be there.
``DISCLOSURES_SOURCES``
    Without that file: folders in which disclosures are looked for, separated as in ``PATH``; unless set,
    ``warehouse/samples`` of the repository, and none outside of one.
``DISCLOSURES_VERSIONS_KEPT``
    How many published versions are kept, the current one among them; 3 unless set.
``DISCLOSURES_PUBLISHED``
    ``all`` to publish the tables of steps in between (``int_…``) too; ``read`` unless set: those that
    somebody reads.
``DISCLOSURES_WORKERS``
    Who reads documents: the address of a dask scheduler, or a number of dask workers to start here. As many
    processes as there are processors unless set.
``DISCLOSURES_SHARED_LAKE``, ``DISCLOSURES_SHARED_LAKE_DATA``
    The lake that several machines share: ``postgresql://…`` of its catalogue, and the absolute path or
    ``s3://bucket/folder`` of its files. None unless set: then a build is of this machine's documents.
``DISCLOSURES_BUILDS``
    ``no`` on a machine that only adds to the shared lake; ``yes`` unless set.
``AWS_ACCESS_KEY_ID``, ``AWS_SECRET_ACCESS_KEY``, ``AWS_SESSION_TOKEN``, ``AWS_REGION``, ``AWS_ENDPOINT_URL``
    How to get at a bucket; secrets. Of these names because every tool of object stores knows them.
``DISCLOSURES_BUILD_MEMORY``
    Memory that DuckDB may take to build and to publish; ``4GB`` unless set. dbt reads it too (profiles.yml).
``DISCLOSURES_ALERT_WEBHOOK``
    Address that alerts are sent to as JSON; a secret. None unless set.
``DISCLOSURES_SUPERSET``
    The environment that Superset is installed in; the repository's ``.superset/`` unless set.
``DISCLOSURES_SUPERSET_PASSWORD``
    The password of Superset's administrator; a random one unless set.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from orchestration.home.state import STATE_FILE, State

HOME_VARIABLE = "DISCLOSURES_HOME"
SOURCES_VARIABLE = "DISCLOSURES_SOURCES"
REGISTRY_VARIABLE = "DISCLOSURES_SOURCE_REGISTRY"
VERSIONS_VARIABLE = "DISCLOSURES_VERSIONS_KEPT"
DEFAULT_VERSIONS_KEPT = 3
PUBLISHED_VARIABLE = "DISCLOSURES_PUBLISHED"
WORKERS_VARIABLE = "DISCLOSURES_WORKERS"
BUILDS_VARIABLE = "DISCLOSURES_BUILDS"
SHARED_LAKE_VARIABLE = "DISCLOSURES_SHARED_LAKE"
MEMORY_VARIABLE = "DISCLOSURES_BUILD_MEMORY"
CHANGING_THE_CONNECTION = (MEMORY_VARIABLE, SHARED_LAKE_VARIABLE)  # of dbt: see profiles.yml
WEBHOOK_VARIABLE = "DISCLOSURES_ALERT_WEBHOOK"
SUPERSET_VARIABLE = "DISCLOSURES_SUPERSET"
SUPERSET_PASSWORD_VARIABLE = "DISCLOSURES_SUPERSET_PASSWORD"

REPOSITORY = Path(__file__).resolve().parents[2]
DBT_PROJECT = REPOSITORY / "dbt_project"
DAGSTER_SETTINGS = Path(__file__).resolve().parents[1] / "dagster.yaml"


class SettingError(ValueError):
    """An environment variable has a value that means nothing; the message names both."""


@dataclass(frozen=True, slots=True)
class Paths:
    """One warehouse: where it is kept and where its documents come from. All paths are absolute.

    ``sources`` are the folders that are searched where no ``registry`` declares other sources.
    """

    home: Path
    sources: tuple[Path, ...]
    versions_kept: int = DEFAULT_VERSIONS_KEPT
    registry: Path | None = None

    @property
    def landing(self) -> Path:
        """The landed bytes and their catalogue."""
        return self.home / "landing"

    @property
    def listing(self) -> Path:
        """What the last landing found, one row per file."""
        return self.landing / "last_listing.parquet"

    @property
    def visited(self) -> Path:
        """What is remembered of websites; losing it costs requests, nothing else."""
        return self.landing / "visited"

    @property
    def arriving(self) -> Path:
        """What came from websites and is not landed yet."""
        return self.landing / "arriving"

    @property
    def lake(self) -> Path:
        """Parquet by batch."""
        return self.home / "lake"

    @property
    def state(self) -> State:
        """What is remembered beside the data."""
        return State(self.lake / STATE_FILE)

    @property
    def decisions(self) -> Path:
        """What people decided about documents of this warehouse, beside the rows of the project's seeds."""
        return self.home / "decisions"

    @property
    def build_folder(self) -> Path:
        """What only a run uses."""
        return self.home / "build"

    @property
    def build_file(self) -> Path:
        """The DuckDB file that dbt builds; readers never open it."""
        return self.build_folder / "warehouse.duckdb"

    @property
    def build_lock(self) -> Path:
        """Held by whoever builds."""
        return self.build_folder / "lock"

    @property
    def dbt_target(self) -> Path:
        """What dbt parses and compiles."""
        return self.build_folder / "dbt"

    @property
    def published_file(self) -> Path:
        """The DuckDB file that readers open."""
        return self.home / "disclosures.duckdb"

    @property
    def published_manifest(self) -> Path:
        """What the published file is, as JSON."""
        return self.published_file.with_suffix(".json")

    @property
    def published_folder(self) -> Path:
        """The last versions of the published file, the current one among them."""
        return self.home / "published"

    def version_file(self, version: str) -> Path:
        """The file of a version. Its stem is a name that SQL takes without quotation marks."""
        return self.published_folder / f"{self.published_file.stem}_{version}{self.published_file.suffix}"

    @property
    def dagster_home(self) -> Path:
        """Dagster's runs, events and schedules."""
        return self.home / "dagster"

    @property
    def logs(self) -> Path:
        """One file per run of the command."""
        return self.home / "logs"

    @property
    def alerts(self) -> Path:
        """What an operator should hear of, one line of JSON each."""
        return self.home / "alerts" / "alerts.jsonl"

    @property
    def superset(self) -> Path:
        """Superset's own state: users, charts, dashboards; no figures."""
        return self.home / "superset"

    @property
    def docs(self) -> Path:
        """Pages about the warehouse."""
        return self.home / "docs"

    @property
    def written(self) -> tuple[Path, ...]:
        """Everything a run writes, so that no run takes it for a source."""
        return (
            self.landing,
            self.lake,
            self.build_folder,
            self.published_file,
            self.published_manifest,
            self.published_folder,
            self.dagster_home,
            self.logs,
            self.alerts.parent,
            self.superset,
            self.docs,
        )


def configured() -> Paths:
    """The warehouse that the environment names. Raises :class:`SettingError`."""
    home = Path(os.environ.get(HOME_VARIABLE) or _usual_home()).expanduser().absolute()
    named = [part for part in os.environ.get(SOURCES_VARIABLE, "").split(os.pathsep) if part]
    sources = named or ([str(REPOSITORY / "warehouse" / "samples")] if is_checkout() else [])
    folders = tuple(Path(part).expanduser().absolute() for part in sources)
    return Paths(home, folders, _versions_kept(), _registry(home))


def is_checkout() -> bool:
    """Whether this runs in the repository, and is not installed somewhere."""
    return (REPOSITORY / "pyproject.toml").exists()


def _usual_home() -> Path:
    if is_checkout():
        return REPOSITORY / "warehouse"
    from platformdirs import user_data_path

    return user_data_path("disclosures", appauthor=False)


def cluster() -> str | None:
    """A number of dask workers, or the address of their scheduler; ``None`` where none is wanted.

    Raises :class:`SettingError`.
    """
    where = os.environ.get(WORKERS_VARIABLE) or None
    if where and not ((where.isdigit() and int(where) > 0) or "://" in where):
        expected = "a number of workers is expected, or an address such as tcp://host:8786"
        raise SettingError(f"{WORKERS_VARIABLE} is “{where}”; {expected}.")
    return where


def shared_lake_setting() -> tuple[str, str, str] | None:
    """The variable's name, the catalogue's address (perhaps with a password) and where its files go."""
    catalogue = os.environ.get(SHARED_LAKE_VARIABLE)
    if not catalogue:
        return None
    return SHARED_LAKE_VARIABLE, catalogue, os.environ.get(f"{SHARED_LAKE_VARIABLE}_DATA", "")


def builds() -> bool:
    """Whether a run builds and publishes, or leaves that to another machine. Raises :class:`SettingError`."""
    value = os.environ.get(BUILDS_VARIABLE) or "yes"
    if value not in ("yes", "no"):
        raise SettingError(f"{BUILDS_VARIABLE} is “{value}”; yes or no is expected.")
    if value == "no" and shared_lake_setting() is None:
        raise SettingError(
            f"{BUILDS_VARIABLE} is no, and {SHARED_LAKE_VARIABLE} names no lake that another one could build."
        )
    return value == "yes"


def publishes_all() -> bool:
    """Whether the tables of steps in between are published too. Raises :class:`SettingError`."""
    value = os.environ.get(PUBLISHED_VARIABLE) or "read"
    if value not in ("all", "read"):
        raise SettingError(f"{PUBLISHED_VARIABLE} is “{value}”; all or read is expected.")
    return value == "all"


def object_store_settings() -> dict[str, str]:
    """What the environment says of a bucket, by DuckDB's names."""
    endpoint = os.environ.get("AWS_ENDPOINT_URL", "")
    scheme, _, host = endpoint.rpartition("://")
    settings = {
        "key_id": os.environ.get("AWS_ACCESS_KEY_ID", ""),
        "secret": os.environ.get("AWS_SECRET_ACCESS_KEY", ""),
        "session_token": os.environ.get("AWS_SESSION_TOKEN", ""),
        "region": os.environ.get("AWS_REGION", ""),
        "endpoint": host,
        "url_style": "path" if host else "",  # servers other than Amazon's seldom have a name per bucket
        "use_ssl": "false" if scheme == "http" else "",
    }
    return {name: value for name, value in settings.items() if value}


def build_memory() -> str:
    """The memory that DuckDB may take, as it writes it; what does not fit is put on disk."""
    return os.environ.get(MEMORY_VARIABLE) or "4GB"


def alert_webhook() -> str | None:
    """Where alerts are sent. Not part of :class:`Paths`, which is printed now and then."""
    return os.environ.get(WEBHOOK_VARIABLE) or None


def _registry(home: Path) -> Path | None:
    """The registry that is named, or the one that lies in the home."""
    named = os.environ.get(REGISTRY_VARIABLE)
    if not named:
        unnamed = home / "sources.yaml"
        return unnamed if unnamed.exists() else None
    registry = Path(named).expanduser().absolute()
    if not registry.is_file():
        raise SettingError(f"{REGISTRY_VARIABLE} names {registry}, which is no file.")
    return registry


def _versions_kept() -> int:
    value = os.environ.get(VERSIONS_VARIABLE) or str(DEFAULT_VERSIONS_KEPT)
    if not value.isdecimal() or int(value) < 1:
        raise SettingError(
            f"{VERSIONS_VARIABLE} is “{value}”; set it to how many versions to keep, 1 or more."
        )
    return int(value)


def superset_environment() -> Path:
    """Where Superset is installed, or would be."""
    return Path(os.environ.get(SUPERSET_VARIABLE) or REPOSITORY / ".superset").expanduser().absolute()


def superset_password() -> str | None:
    """The password that somebody chose for Superset's administrator."""
    return os.environ.get(SUPERSET_PASSWORD_VARIABLE) or None


def connection_is_usual() -> bool:
    """Whether no setting makes another connection to the build file than the one the dbt project declares."""
    return not any(os.environ.get(name) for name in CHANGING_THE_CONNECTION)


def locale_of_terminal() -> str:
    """The locale that messages are wanted in, such as ``zh_CN.UTF-8``; empty where none is set."""
    said = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return next(filter(None, said), "")


def announce_home(paths: Paths) -> None:
    """Let the programs that a run starts (dbt) see the same home, as an absolute path."""
    os.environ[HOME_VARIABLE] = str(paths.home)


def environment_with(**settings: str) -> dict[str, str]:
    """The environment for a program that works on no warehouse."""
    return {**os.environ, **settings}


def environment_of_children(paths: Paths, **settings: str) -> dict[str, str]:
    """The environment for a program that works on this warehouse."""
    return environment_with(**{HOME_VARIABLE: str(paths.home), **settings})


def announce_dagster_home(paths: Paths) -> None:
    """Let Dagster's own programs find the state of this warehouse."""
    announce_home(paths)
    os.environ["DAGSTER_HOME"] = str(paths.dagster_home)


def command_as_typed() -> str:
    """How the reader of a message can start the command from where this one was started."""
    if "UV_RUN_RECURSION_DEPTH" in os.environ:
        return "uv run disclosures"
    if "MAKELEVEL" in os.environ:  # make puts the environment on its own path, not on the reader's
        command = Path(sys.executable).with_name("disclosures")
        return str(command.relative_to(Path.cwd()) if command.is_relative_to(Path.cwd()) else command)
    return "disclosures"
