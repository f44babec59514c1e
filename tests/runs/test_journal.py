"""What `scrapy newsroom` writes without a terminal: little by default, all that is unusual, and JSON when asked."""

import json
import logging
import subprocess
from pathlib import Path

import pytest

from crawler.runs.journal import JOURNAL, Quiet
from tests.commands.running import ROOT, Done, scrapy, scrapy_anew
from tests.runs.replaying import archive
from tests.site import misbehaviour as bad

DEMO = ROOT / "demo" / "demo.warc.gz"
SECRET = "gehe1mes"
ODD = ("-s", "SPIDER_MODULES=spiders,tests.runs.oddities")
DUMPS = ("Overridden settings", "Enabled extensions", "Versions:", "Dumping Scrapy stats")


def newsroom(folder: Path, *arguments: str, replay: Path = DEMO) -> Done:
    options = ("--replay", str(replay), "--out", str(folder / "exports"), "-s", f"STORE=sqlite:///{folder}/v.db")
    return scrapy("newsroom", *arguments, *options)


def test_a_usual_run_writes_one_line(tmp_path: Path) -> None:
    first, quiet = (newsroom(tmp_path, "indiatv", "bbc_hindi") for _ in range(2))

    (line,) = first.err.splitlines()
    assert (first.code, first.out) == (0, "")
    assert line.startswith(str(tmp_path / "exports"))
    assert line.endswith(": 8 articles, 0 copies, 0 unchanged, 0 gone, 0 refused, 0 failed (exit code 0)")
    assert (quiet.code, quiet.out, len(quiet.err.splitlines())) == (0, "", 1)
    assert "0 articles" in quiet.err


def test_each_outlet_that_is_not_as_usual_has_one_line_with_what_to_do(tmp_path: Path) -> None:
    replay = archive(tmp_path / "bad_day.warc.gz", bad.bad_day())

    done = newsroom(tmp_path, "broken", "indiatv", *ODD, replay=replay)

    lines = done.err.splitlines()
    outlets = [line for line in lines if line.startswith(("broken: ", "indiatv: "))]
    assert done.code == 3
    assert [line.split(": ")[:2] for line in outlets] == [["broken", "broke"], ["indiatv", "failing"]]
    assert outlets[0].endswith("to do: see why: scrapy crawl broken")
    assert "1 timeout, 1 cut-short of listing https://www.indiatv.in/" in outlets[1]
    assert lines[-1].endswith("(exit code 3)")


def test_verbosely_each_outlet_has_a_line(tmp_path: Path) -> None:
    done = newsroom(tmp_path, "indiatv", "bbc_hindi", "-v")

    assert [line.split(": ")[0] for line in done.err.splitlines()[:-1]] == ["bbc_hindi", "indiatv"]
    assert "indiatv: well, 4 articles, 0 copies" in done.err


@pytest.mark.parametrize("more", [(), ("-v",), ("-L", "INFO"), ("-L", "DEBUG"), ("-L", "INFO", "--logfile", "LOG")])
def test_with_json_each_line_is_one_object_with_the_figures_as_keys(more: tuple[str, ...], tmp_path: Path) -> None:
    words = [str(tmp_path / "log") if word == "LOG" else word for word in more]

    done = newsroom(tmp_path, "indiatv", "broken", "--log", "json", *words, *ODD)

    text = (tmp_path / "log").read_text(encoding="utf-8") if "LOG" in more else done.err
    rows = [json.loads(line) for line in text.splitlines()]
    assert all({"time", "level", "logger", "message"} <= row.keys() for row in rows)
    (run,) = [row for row in rows if row.get("event") == "run"]
    assert (run["exported"], run["exit_code"]) == (4, done.code)
    outlets = {row["outlet"]: row for row in rows if row.get("event") == "outlet"}
    assert outlets["broken"]["state"] == "broke"
    assert ("indiatv" in outlets) == bool(more)
    assert any("Traceback" in row.get("exception", "") for row in rows)


def test_with_json_a_warning_before_the_run_and_the_traceback_that_ends_it_are_lines_too(tmp_path: Path) -> None:
    off = 'EXTENSIONS={"crawler.crawling.handover.HandoverExtension": null}'
    broken = ("-s", f"DNS_RESOLVER=http://user:{SECRET}@no.such.Resolver")

    options = ("--log", "json", "--replay", DEMO, "--out", tmp_path, "-s", off)
    done = scrapy_anew("newsroom", "indiatv", *options, *broken, folder=ROOT)

    first, *_, last = [json.loads(line) for line in done.err.splitlines()]
    assert done.code == 1
    assert (first["level"], first["logger"]) == ("warning", "crawler.runs.components")
    assert first["message"].startswith("EXTENSIONS: crawler.crawling.handover.HandoverExtension is switched off")
    assert (last["level"], last["logger"]) == ("critical", "videsh")
    assert last["exception"].startswith("Traceback")
    assert "***@no" in last["exception"]
    assert SECRET not in done.err


@pytest.mark.parametrize("level", ["INFO", "DEBUG"])
@pytest.mark.parametrize("command", ["crawl", "newsroom"])
def test_what_scrapy_says_of_itself_is_for_debugging(command: str, level: str, tmp_path: Path) -> None:
    settings = ("-s", f"ARCHIVE_REPLAY={DEMO}", "-s", "STORE=", "-s", f"EXPORTS={tmp_path}", "-L", level)

    done = scrapy(command, "zee", *settings)

    assert [dump in done.err for dump in DUMPS] == [level == "DEBUG"] * len(DUMPS)
    assert "Spider opened" in done.err
    assert done.err.splitlines()[-1].endswith("(exit code 0)") or level == "DEBUG"


def record(name: str, level: int, message: str, **fields: str) -> logging.LogRecord:
    made = logging.LogRecord(name, level, __file__, 1, message, (), None)
    made.fields = fields
    return made


def test_a_quiet_log_keeps_errors_and_what_concerns_the_run_once() -> None:
    quiet = Quiet()
    records = [
        record("scrapy.core.scraper", logging.ERROR, "Spider error processing %(request)s"),
        record("scrapy.core.scraper", logging.ERROR, "Spider error processing %(request)s"),
        record("crawler.runs.run", logging.WARNING, "taken over from a run that died"),
        record("crawler.downloading.robots", logging.WARNING, "robots.txt of a host cannot be fetched"),
        record("scrapy.core.engine", logging.INFO, "Spider opened"),
        record(JOURNAL.name, logging.INFO, "zee: well", event="outlet"),
        record(JOURNAL.name, logging.WARNING, "ndtv: blocked", event="outlet"),
        record(JOURNAL.name, logging.INFO, "12 articles", event="run"),
    ]

    assert [quiet.filter(each) for each in records] == [True, False, True, False, False, False, True, True]
    assert Quiet(every_outlet=True).filter(records[5])
    assert not Quiet(no_lines=True).filter(records[7])


PIP = """#!/bin/sh
[ "$2" = pip ] || exit 0
for number in $(seq 45); do echo "Collecting package-$number>=1 (from videsh==0.1)"; done
echo "Installing build dependencies: started"
echo "Installing collected packages: package-1, package-2"
"""


def test_make_demo_says_what_it_does_while_pip_works_and_what_to_open_next(tmp_path: Path) -> None:
    programs = tmp_path / "venv" / "bin"
    programs.mkdir(parents=True)
    for name, text in (("python", PIP), ("scrapy", '#!/bin/sh\necho "ran: $@"\n')):
        (programs / name).write_text(text, encoding="utf-8")
        (programs / name).chmod(0o755)

    command = ["make", "--no-print-directory", "demo", f"VENV={programs.parent}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)

    first, *packages, replaying, ran, then, edition, built = done.stdout.splitlines()
    assert "(once; one to three minutes)" in first
    assert [line.split(":")[0] for line in packages] == [
        "  package 1",
        "  package 21",
        "  package 41",
        "  installing 45 packages",
    ]
    assert "some seconds" in replaying
    assert ran == "ran: newsroom --replay demo/demo.warc.gz --show"
    assert "scrapy crawl indiatv -O out.jsonl" in then
    assert "to read in a browser" in edition
    assert built == "ran: edition"


def test_make_demo_ends_with_the_failure_of_pip(tmp_path: Path) -> None:
    programs = tmp_path / "venv" / "bin"
    programs.mkdir(parents=True)
    (programs / "python").write_text("#!/bin/sh\necho no such package >&2\nexit 1\n", encoding="utf-8")
    (programs / "python").chmod(0o755)

    done = subprocess.run(
        ["make", "demo", f"VENV={programs.parent}"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )

    assert done.returncode == 2
    assert "no such package" in done.stderr
    assert not (programs.parent / ".installed").exists()
