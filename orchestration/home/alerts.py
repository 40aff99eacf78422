"""What an operator should hear of: a line of JSON in a file, and a message to a webhook if there is one.

Telling must never harm what it tells of: a webhook that fails is itself a line in the file. Its address is a
secret and is written nowhere.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime

import httpx

from orchestration.home.paths import Paths, alert_webhook

_SECONDS = 10
_LONGEST_TEXT = 2000


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing to hear of. ``kind`` is for programs, ``text`` for people."""

    kind: str
    text: str
    run_id: str | None = None
    about: str | None = None
    """The step, check or source."""
    at: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds"))


def raise_alert(paths: Paths, alert: Alert) -> None:
    """Write an alert down, then send it to the webhook, if there is one."""
    _write(paths, alert)
    webhook = alert_webhook()
    if webhook and (trouble := _sent(webhook, alert)):
        _write(paths, Alert("webhook_failed", trouble, alert.run_id))


def _write(paths: Paths, alert: Alert) -> None:
    paths.alerts.parent.mkdir(parents=True, exist_ok=True)
    with paths.alerts.open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(alert), ensure_ascii=False) + "\n")


def _sent(webhook: str, alert: Alert) -> str | None:
    """Send it as JSON whose ``text`` chat programs show; give what went wrong, without the address."""
    message = {**asdict(alert), "text": alert.text[:_LONGEST_TEXT]}
    try:
        answer = httpx.post(webhook, json=message, timeout=_SECONDS, follow_redirects=False)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return f"the webhook could not be told: {type(error).__name__}"
    if answer.is_success:
        return None
    return f"the webhook could not be told: it answered {answer.status_code}"
