"""The commands `scrapy report` and `scrapy doctor`."""

from pathlib import Path
from typing import Any

from crawler.reports.health import findings
from crawler.reports.write import write_report
from crawler.store import open_store
from tests.commands.running import scrapy
from tests.reports.runs import FACTS, write_run
from tests.reports.test_health import BLOCKED, USUAL


def test_report_prints_a_run_and_writes_its_page(tmp_path: Path) -> None:
    run = write_run(tmp_path / "run=1")
    write_report(run, FACTS)

    done = scrapy("report", run, "--html", tmp_path / "again.html")

    assert done.code == 0, done.err
    assert "6 addresses: 2 exported, 2 copy, 1 refused, 1 failed" in done.out
    assert "Agencies: ap 3" in done.out
    assert (tmp_path / "again.html").read_text(encoding="utf-8") == (run / "report.html").read_text(encoding="utf-8")


def test_report_refuses_a_path_that_is_not_a_run_folder(tmp_path: Path) -> None:
    missing, empty = scrapy("report", tmp_path / "nothing"), scrapy("report", tmp_path)

    assert (missing.code, empty.code) == (2, 2)
    assert "no such run folder" in missing.err
    assert "name a run" in empty.err


def test_report_says_which_file_cannot_be_read(tmp_path: Path) -> None:
    run = write_run(tmp_path / "run=1")
    for content in ("", "[]", '{"run": 5}', "[" * 5000):
        (run / "report.json").write_text(content, encoding="utf-8")
        done = scrapy("report", run)
        assert done.code == 2
        assert f"{run / 'report.json'}: cannot be read (" in done.err
        assert "Traceback" not in done.err


def test_doctor_names_what_to_fix_and_ends_with_4(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'store.db'}"
    store = open_store(address)
    keep(store, "indiatv", BLOCKED)
    keep(store, "zee", USUAL)
    store.close()

    bad, well = scrapy("doctor", "indiatv", "-s", f"STORE={address}"), scrapy("doctor", "zee", "-s", f"STORE={address}")

    assert bad.code == 4
    assert "indiatv: blocked (usually 10 articles a run, 3 hours old)" in bad.out
    assert "crawl more slowly" in bad.out
    assert (well.code, well.out.splitlines()[0]) == (0, "zee: well (usually 10 articles a run, 3 hours old)")


def test_doctor_examines_the_live_outlet_with_live(root: Path) -> None:
    settings = ("-s", "STORE=", "-s", "CRAWL_TIME=2026-11-24T18:00:00+00:00")

    done = scrapy("doctor", "indiatv", "--live", "--replay", root / "demo" / "demo.warc.gz", *settings)

    assert done.code == 0, done.out + done.err
    assert "well https://www.indiatv.in/world: " in done.out
    assert "paragraphs, read by " in done.out


def test_doctor_names_an_unknown_outlet_and_an_empty_store() -> None:
    assert "did you mean" in scrapy("doctor", "indiatvv").err
    assert "--live" in scrapy("doctor", "-s", "STORE=").err


def keep(store: Any, outlet: str, last: dict[str, Any]) -> None:
    """Store ten usual runs of an outlet, and the run `last`."""
    for number in range(10):
        store.runs.keep(f"r{number}", outlet, number, USUAL | {"run": f"r{number}", "state": "well", "findings": []})
    found = [{"kind": each.kind, "text": each.text, "alarm": each.alarm} for each in findings(last, [USUAL] * 10)]
    state = found[0]["kind"] if found else "well"
    store.runs.keep("last", outlet, 99, last | {"run": "last", "state": state, "findings": found})
