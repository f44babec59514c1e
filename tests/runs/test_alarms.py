"""Alarms reach people by mail and webhook: each once, and once more when it is over."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from errno import ENOSPC
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from crawler.reports.alarms import alarms_of
from crawler.reports.tally import RunTally
from crawler.reports.write import keep_history, report_of_fault
from crawler.runs.ended import Ended, run_facts
from crawler.runs.exit_code import exit_code
from crawler.runs.notify import read_receivers, tell_alarms
from crawler.runs.run import Run
from crawler.store import Store, open_store
from tests.commands.running import ROOT, scrapy
from tests.runs.alarm_receivers import SECRET, Webhook, mail_server
from tests.runs.replaying import archive, crawl, settings_of
from tests.runs.test_exit_codes import CUT, HALF_BARRED, PART, QUIET, STOPPED, WELL
from tests.site import misbehaviour as bad


@pytest.fixture
def webhook() -> Iterator[Webhook]:
    with Webhook() as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def receivers(folder: Path, *addresses: str) -> list[Any]:
    (folder / "alarms.txt").write_text("# who is told\n\n" + "\n".join(addresses) + "\n", encoding="utf-8")
    return read_receivers(Settings({"ALARMS_TO": str(folder / "alarms.txt")}))


OPEN: list[Store] = []


@pytest.fixture(autouse=True)
def stores() -> Iterator[None]:
    """Close the stores of a test's runs."""
    yield
    while OPEN:
        OPEN.pop().close()


class Runs:
    """Runs on one store, whose alarms go to some receivers."""

    def __init__(self, told: list[Any], store: Store | None = None) -> None:
        self._told = told
        self.store = store or open_store(None)
        OPEN.append(self.store)
        self._number = 0

    def run(self, *outlets: Ended) -> int:
        """End a run of some outlets, and return its exit code."""
        self._number += 1
        moment = _moment(self._number)
        crawls = [replace(each, requests=each.requests or sum(each.articles.values())) for each in outlets]
        report = keep_history(run_facts(f"r{self._number}", moment, moment, crawls), RunTally(), self.store)
        code = exit_code(report)
        tell_alarms(self._told, report, code, self.store, int(moment.timestamp()))
        return code


def _moment(number: int) -> datetime:
    return datetime(2026, 11, 24, tzinfo=UTC) + timedelta(minutes=15 * number)


def named(ended: Ended) -> Ended:
    return replace(ended, outlet="zee")


def test_an_alarm_is_told_once_and_once_more_when_it_is_over(webhook: Webhook, tmp_path: Path) -> None:
    runs = Runs(receivers(tmp_path, webhook.address))

    for ended in (WELL, HALF_BARRED, HALF_BARRED, *[HALF_BARRED] * 8, WELL, WELL):
        runs.run(named(ended), QUIET)

    first, last = webhook.bodies
    assert first["title"] == "Videsh alarms: 1 new"
    assert first["message"].startswith("ALARM zee: blocked: 3 of 5 answers turned us away\n  to do: wait some hours")
    assert last["title"] == "Videsh alarms: 1 over"
    assert last["message"].startswith("OVER zee: blocked (since 2026-11-24 00:30 UTC)")


def test_a_failure_that_becomes_usual_is_over_only_when_it_is_gone(webhook: Webhook, tmp_path: Path) -> None:
    runs = Runs(receivers(tmp_path, webhook.address))

    codes = [runs.run(named(PART)) for _ in range(6)]
    told = len(webhook.bodies)
    runs.run(named(WELL))

    assert codes == [3, 3, 3, 0, 0, 0]
    assert told == 1
    assert webhook.bodies[1]["title"] == "Videsh alarms: 1 over"


def test_mails_and_webhooks_are_told_alike(webhook: Webhook, tmp_path: Path) -> None:
    with mail_server() as (mails, port):
        mail = f"mailto://127.0.0.1:{port}/?from=videsh@khabar.example&to=desk@khabar.example"
        runs = Runs(receivers(tmp_path, mail, webhook.address))
        runs.run(named(CUT))
        runs.run(named(WELL))

    assert [to for to, _, _ in mails.received] == [["desk@khabar.example"]] * 2
    assert [subject for _, subject, _ in mails.received] == [body["title"] for body in webhook.bodies]
    assert "its time ran out" in mails.received[0][2]


def test_an_alarm_that_nobody_took_is_told_by_the_next_run(
    webhook: Webhook, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    runs = Runs(receivers(tmp_path, webhook.address))
    webhook.status = 500

    runs.run(named(CUT))
    webhook.status = 200
    runs.run(named(CUT))
    webhook.status = 500
    runs.run(named(WELL))
    webhook.status = 200
    runs.run(named(WELL))

    assert [body["title"] for body in webhook.bodies] == ["Videsh alarms: 1 new", "Videsh alarms: 1 over"]
    assert "receiver 1 did not take the alarms; the next run tries again" in caplog.text
    assert SECRET not in caplog.text


def test_a_run_that_is_killed_while_it_tells_repeats_nothing(webhook: Webhook, tmp_path: Path) -> None:
    class Killed(BaseException):
        """Stands for the signal that ends a process."""

    class Receiver:
        def notify(self, **_: str) -> bool:
            raise Killed

    store = open_store(f"sqlite:///{tmp_path}/v.db")
    with pytest.raises(Killed):
        Runs([Receiver()], store).run(named(CUT))
    store.close()

    Runs(receivers(tmp_path, webhook.address), open_store(f"sqlite:///{tmp_path}/v.db")).run(named(CUT))

    assert webhook.bodies == []


def test_a_run_that_somebody_stopped_tells_nothing_and_ends_no_alarm(webhook: Webhook, tmp_path: Path) -> None:
    runs = Runs(receivers(tmp_path, webhook.address))

    for ended in (CUT, STOPPED, CUT):
        runs.run(named(ended))

    assert [body["title"] for body in webhook.bodies] == ["Videsh alarms: 1 new"]


def test_a_run_of_other_outlets_ends_no_alarm(webhook: Webhook, tmp_path: Path) -> None:
    runs = Runs(receivers(tmp_path, webhook.address))

    runs.run(named(CUT))
    runs.run(QUIET)

    assert len(webhook.bodies) == 1


@pytest.mark.parametrize(("is_store_whole", "told"), [(True, ["1 new", "1 over"]), (False, ["1 new", "1 new"])])
def test_a_run_that_cannot_write_its_report_is_told_and_has_metrics(
    is_store_whole: bool, told: list[str], webhook: Webhook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(ENOSPC, "No space left on device", "exports/date=2026-11-24")

    receivers(tmp_path, webhook.address)
    names = {"ALARMS_TO": f"{tmp_path}/alarms.txt", "METRICS": f"{tmp_path}/v.prom"}
    codes = []
    for number in range(2):
        settings = settings_of(tmp_path, tmp_path, RUN_ID=f"r{number}", **names)
        run = Run(settings)
        if not is_store_whole:
            run.store.database.connection.execute("PRAGMA query_only = ON")  # type: ignore[attr-defined]
        monkeypatch.setattr(run.export, "end", fail)
        codes.append(run.end())
    Runs(read_receivers(settings), open_store(settings["STORE"])).run(named(WELL))

    metrics = (tmp_path / "v.prom").read_text(encoding="utf-8")
    assert codes == [3, 3]
    assert [body["title"].removeprefix("Videsh alarms: ") for body in webhook.bodies] == told
    text = (
        "ALARM all outlets: fault: exports/date=2026-11-24: cannot be written (No space left on device)\n  to do: read"
    )
    assert webhook.bodies[0]["message"].startswith(text)
    assert "videsh_run_exit_code 3.0" in metrics
    assert "videsh_run_end_seconds 1" in metrics
    assert 'videsh_outlet_alarm{kind="fault",outlet="all outlets"} 1.0' in metrics


def test_a_run_that_cannot_write_its_report_ends_no_alarm(webhook: Webhook, tmp_path: Path) -> None:
    store, told = open_store(None), receivers(tmp_path, webhook.address)
    OPEN.append(store)
    fault = report_of_fault(run_facts("r", _moment(1), _moment(1), ()), "the disk is full")

    store.alarms.change({("all outlets", "unreachable"): "nothing came in"}, 0, outlets=())
    tell_alarms(told, fault, 3, store, 900)

    assert [body["title"] for body in webhook.bodies] == ["Videsh alarms: 1 new"]


def test_the_alarm_of_a_run_is_one_of_its_own() -> None:
    report: dict[str, Any] = {"warnings": [], "outlets": {}}

    assert alarms_of(report, 5).keys() == {("all outlets", "unreachable")}
    assert alarms_of(report, 0) == {}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (f"nosuch://{SECRET}@khabar.example", "line 1 is no address that apprise knows"),
        ("what", "line 1 is no address that apprise knows"),
        (None, "cannot be read"),
    ],
)
def test_a_file_of_receivers_that_is_wrong_is_named_before_the_run_without_its_secrets(
    line: str | None, message: str, tmp_path: Path
) -> None:
    path = tmp_path / "alarms.txt"
    if line:
        path.write_text(line, encoding="utf-8")

    with pytest.raises(UsageError) as refused:
        read_receivers(Settings({"ALARMS_TO": str(path)}))

    assert message in str(refused.value)
    assert str(path) in str(refused.value)
    assert SECRET not in str(refused.value)


def test_a_newsroom_run_tells_its_alarms_and_no_secret_is_logged(webhook: Webhook, tmp_path: Path) -> None:
    replay = archive(tmp_path / "bad_day.warc.gz", bad.bad_day())
    (tmp_path / "alarms.txt").write_text(webhook.address, encoding="utf-8")
    settings = ("-s", f"STORE=sqlite:///{tmp_path}/v.db", "-s", f"ALARMS_TO={tmp_path}/alarms.txt", "-L", "DEBUG")
    command = ("newsroom", "indiatv", "--replay", replay, "--out", tmp_path / "e", *settings)

    done = [scrapy(*command, environment={"no_proxy": "127.0.0.1"}) for _ in range(2)]

    assert done[0].code == 3
    assert [body["title"] for body in webhook.bodies][:1] == ["Videsh alarms: 1 new"]
    assert "ALARM indiatv: failing: " in webhook.bodies[0]["message"]
    assert not [each for each in done if SECRET in each.out + each.err]
    written = [path for path in tmp_path.rglob("*") if path.is_file() and path.name != "alarms.txt"]
    assert not [path for path in written if SECRET.encode() in path.read_bytes()]


def test_without_apprise_the_setting_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "alarms.txt").write_text("json://127.0.0.1:9/", encoding="utf-8")
    code = (
        "import sys; sys.modules['apprise'] = None; from scrapy.settings import Settings; "
        "from crawler.runs.notify import read_receivers; "
        f"read_receivers(Settings({{'ALARMS_TO': '{tmp_path}/alarms.txt'}}))"
    )

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)

    assert "pip install 'videsh[alarms]'" in done.stderr


@pytest.mark.filterwarnings("ignore:Spider.log")  # Spidermon 1.27 calls it
def test_spidermon_fails_a_crawl_that_is_not_as_usual(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    replay = archive(tmp_path / "bad_day.warc.gz", bad.bad_day())
    settings = settings_of(
        tmp_path,
        replay,
        SPIDERMON_ENABLED=True,
        SPIDERMON_SPIDER_CLOSE_MONITORS=["crawler.runs.monitors.OutletMonitors"],
    )
    spidermon = {"spidermon.contrib.scrapy.extensions.Spidermon": 500}
    settings.set("EXTENSIONS", {**settings.getdict("EXTENSIONS"), **spidermon}, priority="cmdline")

    with caplog.at_level("INFO"):
        crawl(settings)

    assert "FAILURE" in caplog.text or "FAILED" in caplog.text
    assert "failing: " in caplog.text
