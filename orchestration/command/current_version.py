"""Which version readers have: what the file beside the published one says, else what it says itself."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

from orchestration.home.paths import Paths


def version_in_words(paths: Paths, now: datetime | None = None) -> str:
    """Which version readers have, since when, and how long ago that was."""
    name, moment = _described(paths) or _asked(paths)
    version = "a version without a name" if name is None else f"version {name}"
    when = moment.astimezone().isoformat(sep=" ", timespec="seconds")
    return f"{version} of {when} ({_ago((now or datetime.now(UTC)) - moment)})"


def _described(paths: Paths) -> tuple[str, datetime] | None:
    """Of the manifest, if it is of this very file: a process killed between the two leaves an older one."""
    try:
        described = json.loads(paths.published_manifest.read_bytes())
        if described["bytes"] != paths.published_file.stat().st_size:
            return None
        return described["version"], datetime.fromisoformat(described["published_at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _asked(paths: Paths) -> tuple[str | None, datetime]:
    """Of the published file, in which a release may not have named its version."""
    # Here, because what stands in the manifest needs no database, which takes a third of the answer's time.
    import duckdb

    from orchestration.command.published import published

    with published(paths) as connection:
        try:
            found = connection.execute("select version, published_at from meta.version").fetchone()
        except duckdb.CatalogException:
            found = None
    if found is None:
        return None, datetime.fromtimestamp(paths.published_file.stat().st_mtime, UTC)
    return found[0], found[1].replace(tzinfo=UTC)


def _ago(age: timedelta) -> str:
    units = (("day", timedelta(days=1)), ("hour", timedelta(hours=1)), ("minute", timedelta(minutes=1)))
    for name, length in units:
        if (count := age // length) >= 1:
            return f"{count:,} {name}{'' if count == 1 else 's'} ago"
    return "less than a minute ago"
