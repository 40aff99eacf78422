"""What goes wrong is told, in a file and to a webhook; telling harms nothing and gives no secret away."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer

import dagster as dg
import duckdb
import pytest

from orchestration.collecting.overdue import overdue
from orchestration.defs.alerting import (
    alert_of_failed_checks,
    alert_of_failed_runs,
    alert_of_overdue_publications,
)
from orchestration.home.alerts import Alert, raise_alert
from orchestration.home.paths import WEBHOOK_VARIABLE, Paths

SECRET = "token-that-nobody-may-read"


class Hook(HTTPServer):
    """A webhook that keeps what it is told."""

    told: list[dict[str, object]]
    status: int = 200


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hook]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            server.told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(server.status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = Hook(("127.0.0.1", 0), Handler)
    server.told = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv(WEBHOOK_VARIABLE, f"http://127.0.0.1:{server.server_port}/{SECRET}")
    yield server
    server.shutdown()
    server.server_close()


def written(paths: Paths) -> list[dict[str, object]]:
    return [json.loads(line) for line in paths.alerts.read_text(encoding="utf-8").splitlines()]


def test_an_alert_is_a_line_and_a_message(paths: Paths, hook: Hook) -> None:
    raise_alert(paths, Alert("run_failed", "某步失败", run_id="r1", about="dbt_models"))
    (line,) = written(paths)
    told = (line["kind"], line["text"], line["run_id"], line["about"])
    assert told == ("run_failed", "某步失败", "r1", "dbt_models")
    assert hook.told == [line]


def test_without_a_webhook_it_is_a_line(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(WEBHOOK_VARIABLE, raising=False)
    raise_alert(paths, Alert("run_failed", "one"))
    raise_alert(paths, Alert("run_failed", "two"))
    assert [line["text"] for line in written(paths)] == ["one", "two"]


def test_a_webhook_that_refuses_is_written_down_without_its_address(paths: Paths, hook: Hook) -> None:
    hook.status = 500
    raise_alert(paths, Alert("run_failed", "it failed"))
    assert [line["kind"] for line in written(paths)] == ["run_failed", "webhook_failed"]
    assert "it answered 500" in str(written(paths)[1]["text"])
    assert SECRET not in paths.alerts.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "address", [f"http://127.0.0.1:1/{SECRET}", f"nonsense://{SECRET}", f"http://[{SECRET}"]
)
def test_a_webhook_that_is_not_there_harms_nothing(
    paths: Paths, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv(WEBHOOK_VARIABLE, address)
    raise_alert(paths, Alert("run_failed", "it failed"))
    assert [line["kind"] for line in written(paths)] == ["run_failed", "webhook_failed"]
    assert SECRET not in paths.alerts.read_text(encoding="utf-8")


def test_a_failed_step_is_named_with_its_reason(paths: Paths) -> None:
    @dg.op
    def breaks_down() -> None:
        raise ValueError("the disk is full")

    @dg.job
    def job() -> None:
        breaks_down()

    with dg.DagsterInstance.ephemeral() as instance:
        result = job.execute_in_process(instance=instance, raise_on_error=False)
        context = dg.build_run_status_sensor_context(
            sensor_name="alert_of_failed_runs",
            dagster_event=result.get_run_failure_event(),
            dagster_instance=instance,
            dagster_run=result.dagster_run,
        ).for_run_failure()
        alert_of_failed_runs(context)
    (line,) = written(paths)
    assert line["kind"] == "run_failed"
    assert line["text"] == "breaks_down: ValueError: the disk is full"
    assert line["run_id"] == result.run_id


@pytest.mark.parametrize("passed", [True, False])
def test_failed_checks_of_a_run_are_named_and_others_are_not(paths: Paths, passed: bool) -> None:
    @dg.asset
    def landed() -> None:
        """An asset."""

    @dg.asset_check(asset=landed)
    def is_whole() -> dg.AssetCheckResult:
        return dg.AssetCheckResult(passed=passed, severity=dg.AssetCheckSeverity.WARN)

    with dg.DagsterInstance.ephemeral() as instance:
        result = dg.materialize([landed, is_whole], instance=instance)
        context = dg.build_run_status_sensor_context(
            sensor_name="alert_of_failed_checks",
            dagster_event=result.get_run_success_event(),
            dagster_instance=instance,
            dagster_run=result.dagster_run,
        )
        alert_of_failed_checks(context)
    assert paths.alerts.exists() is not passed
    if not passed:
        assert written(paths)[0]["text"] == "1 check failed: is_whole of landed"


def _publish(paths: Paths, status: str) -> None:
    paths.published_file.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(paths.published_file) as connection:
        connection.execute("create schema marts")
        connection.execute(
            """
            create table marts.mart_publication_status as
            select
                '示例县教育局' as publisher_name, 2020 as fiscal_year, 'budget' as stage,
                date '2020-02-20' as due_on, $status as publication_status
            """,
            {"status": status},
        )


@pytest.mark.parametrize(
    ("status", "told"), [("not_published", True), ("published_late", False), ("exempt", False), (None, False)]
)
def test_what_is_overdue_after_a_run_is_named_and_what_is_there_is_not(
    paths: Paths, status: str | None, told: bool
) -> None:
    """Also where nothing was published yet."""

    @dg.asset
    def landed() -> None:
        """An asset."""

    if status is not None:
        _publish(paths, status)
    with dg.DagsterInstance.ephemeral() as instance:
        result = dg.materialize([landed], instance=instance)
        context = dg.build_run_status_sensor_context(
            sensor_name="alert_of_overdue_publications",
            dagster_event=result.get_run_success_event(),
            dagster_instance=instance,
            dagster_run=result.dagster_run,
        )
        alert_of_overdue_publications(context)
    assert paths.alerts.exists() is told
    if told:
        (line,) = written(paths)
        assert line["kind"] == "publications_overdue"
        assert str(line["text"]).startswith("1 overdue: 示例县教育局 2020 budget (")


def test_a_file_published_before_there_was_a_roster_has_nothing_overdue() -> None:
    with duckdb.connect() as connection:
        assert overdue(connection, date(2030, 1, 1)) == []
