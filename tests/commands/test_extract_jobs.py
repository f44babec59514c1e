"""scrapy extract in several processes, into parts that are whole, and stopped in the middle."""

import json
import signal
import time
from pathlib import Path

import pytest

from tests.archive.test_damaged import written
from tests.commands.extracting import NEPAL, extract, url_of
from tests.commands.running import Done, scrapy, start
from tests.commands.test_extract_archives import archive_of

PAGE = NEPAL.read_bytes()
EMPTY = b"<html><p>404</p></html>"
PIPELINES = '{"tests.commands.deadly_pipeline.DeadlyPipeline": 50}'


def url(word: str, number: int) -> str:
    return f"https://www.indiatv.in/world/asia/page-{word}-2026-11-23-{number}"


def archive(path: Path, *words: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    return archive_of(
        path, *((url(word, n), {}, EMPTY if word == "empty" else PAGE) for n, word in enumerate(words, start=1))
    )


def urls(text: str) -> list[str]:
    return [json.loads(line)["url"] for line in text.splitlines()]


def test_several_processes_give_the_same_bytes_as_one(tmp_path: Path) -> None:
    archive(tmp_path / "crawls" / "a.warc.gz", *("good",) * 40, "empty", *("good",) * 5)
    archive(tmp_path / "crawls" / "b.warc.gz", "empty", "good")
    cut = tmp_path / "crawls" / "c.warc.gz"
    cut.write_bytes(archive(cut, "good", "good").read_bytes()[:-600])

    one, three = (scrapy("extract", tmp_path / "crawls", "--jobs", jobs) for jobs in ("1", "3"))

    assert one == three
    assert one.code == 3
    assert one.out.count("\n") == 47
    assert [line.split(":")[-2].strip() for line in one.err.splitlines()[:2]] == ["soft-404"] * 2
    assert "c.warc.gz: cut short or damaged at byte" in one.err


def test_folders_patterns_and_lists_of_archives_are_read_each_archive_once(tmp_path: Path) -> None:
    one = archive(tmp_path / "2026" / "खबर 1.warc.gz", "good", "good")
    other = tmp_path / "2026" / "05" / "b.warc.gz"
    other.parent.mkdir()
    archive(other, "good")
    (tmp_path / "2026" / ".c.warc.gz").write_bytes(b"half")
    (tmp_path / "all.paths").write_text("#\r\n\r\n05/b.warc.gz\r\nखबर 1.warc.gz\r\n", encoding="utf-8")
    named = scrapy("extract", "--jobs", "1", other, one)

    by_folder = scrapy("extract", "--jobs", "1", tmp_path / "2026")
    by_pattern = scrapy("extract", "--jobs", "1", tmp_path / "20*", other)
    by_list = scrapy("extract", "--jobs", "1", tmp_path / "all.paths", "--base", tmp_path / "2026")
    nothing = scrapy("extract", tmp_path / "2026" / "*.arc")

    assert (named.code, len(urls(named.out))) == (0, 3)
    assert named.out == by_folder.out == by_pattern.out == by_list.out
    assert (nothing.code, nothing.out) == (2, "")
    assert f"{tmp_path}/2026/*.arc: no file matches this pattern" in nothing.err


def test_a_list_with_an_archive_that_is_not_there_is_read_without_it(tmp_path: Path) -> None:
    archive(tmp_path / "a.warc.gz", "good")
    (tmp_path / "all.paths").write_text("nowhere.warc.gz\na.warc.gz\n", encoding="utf-8")

    done = scrapy("extract", "--jobs", "1", tmp_path / "all.paths")

    assert (done.code, urls(done.out)) == (3, [url("good", 1)])
    assert "nowhere.warc.gz: cannot be read" in done.err


def test_a_page_that_ends_its_process_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    words = ["good", "kill", "good", "exit", "kill", "memory", *["good"] * 20]
    path = archive(tmp_path / "a.warc.gz", *words)

    done = scrapy("extract", path, "--jobs", "2", "-s", f"ITEM_PIPELINES={PIPELINES}")

    assert urls(done.out) == [url(word, n) for n, word in enumerate(words, start=1) if word == "good"]
    assert done.code == 3
    complaints = [line for line in done.err.splitlines() if ": refused: " in line]
    named = [line.partition(": refused: unreadable: ")[0] for line in complaints]
    assert named == [url("kill", 2), url("exit", 4), url("kill", 5), url("memory", 6)]
    whys = ("ended by signal 9", "ended with code 1", "ended by signal 9", "MemoryError: no room")
    assert all(why in line for why, line in zip(whys, complaints, strict=True))


def test_each_archive_gets_a_part_and_a_part_that_is_there_is_not_read_again(tmp_path: Path) -> None:
    crawls, out = tmp_path / "crawls", tmp_path / "out"
    archive(crawls / "a.warc.gz", "good", "empty", "good")
    archive(crawls / "b.warc.gz", "good")
    (crawls / "c.warc.gz").write_bytes(b"<html>no archive</html>")
    (out / "sub").mkdir(parents=True)

    first = scrapy("extract", crawls, "--out", out, "--jobs", "2")

    assert (first.code, first.out) == (3, "")
    assert sorted(path.name for path in out.iterdir()) == [
        "a.warc.gz.jsonl",
        "a.warc.gz.refused.jsonl",
        "b.warc.gz.jsonl",
        "sub",
    ]
    assert urls((out / "a.warc.gz.jsonl").read_text(encoding="utf-8")) == [url("good", 1), url("good", 3)]
    (refused,) = map(json.loads, (out / "a.warc.gz.refused.jsonl").read_text(encoding="utf-8").splitlines())
    assert (refused["url"], refused["reason"]) == (url("empty", 2), "soft-404")
    assert "c.warc.gz: not a WARC file" in first.err

    (out / "a.warc.gz.jsonl").write_text("mine\n")
    (out / "b.warc.gz.jsonl").unlink()
    archive(crawls / "d.warc.gz", "good")
    (crawls / "c.warc.gz").unlink()
    again = scrapy("extract", crawls, "--out", out)

    assert again == Done(0, "", f"{out}: 1 parts were there, and stay\n")
    assert (out / "a.warc.gz.jsonl").read_text() == "mine\n"
    assert all((out / f"{name}.warc.gz.jsonl").stat().st_size for name in "bd")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_run_ends_clean_and_goes_on(tmp_path: Path, number: int) -> None:
    crawls, out = tmp_path / "crawls", tmp_path / "out"
    archive(crawls / "a.warc.gz", "good")
    archive(crawls / "b.warc.gz", *["slow"] * 150)
    given = ("extract", crawls, "--out", out, "--jobs", "2", "-s", f"ITEM_PIPELINES={PIPELINES}")

    running = start(*given)
    latest = time.monotonic() + 60
    while not (out / "a.warc.gz.jsonl").exists() and time.monotonic() < latest:
        time.sleep(0.02)
    running.send_signal(number)
    done = running.wait()

    assert done == Done(130, "", "stopped: what was printed or written is whole\n")
    assert [path.name for path in out.iterdir()] == ["a.warc.gz.jsonl"]

    (crawls / "b.warc.gz").unlink()
    archive(crawls / "b.warc.gz", "good")
    assert scrapy(*given).code == 0
    assert (out / "b.warc.gz.jsonl").exists()


def test_an_archive_on_standard_input_is_read_as_it_comes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = archive(tmp_path / "a.warc.gz", "good", "empty")
    with path.open("rb") as file:
        monkeypatch.setattr("sys.stdin", type("Stdin", (), {"buffer": file}))
        done = extract(capsys, "-")

    assert urls(done.out) == [url("good", 1)]
    assert done.code == 3


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--jobs", "0"], "0: write a number from 1 to 256"),
        (["--jobs", "-1"], "-1: write a number from 1 to 256"),
        (["--jobs", "viele"], "viele: write a number from 1 to 256"),
        (["--language", "hindi"], "hindi: write the two letters of a language, as hi"),
        (["--outlet", "india_tv"], 'did you mean "indiatv"'),
        (["--url", "https://a.example"], "--url is for a single page"),
        (["--out", ""], "--out is empty: name a folder"),
        (["--out", "{archive}"], "a.warc.gz: cannot be written: "),
        (["--out", "{archive}/out"], "a.warc.gz/out: cannot be written: "),
        (["{folder}/other/a.warc.gz", "--out", "{folder}/out"], "a.warc.gz: both would be written to"),
        (["{folder}/nowhere.warc.gz"], "nowhere.warc.gz: no such file"),
        (["{folder}/page.html"], "name one page, one manifest, or archives alone"),
    ],
)
def test_what_cannot_be_meant_is_wrong_use(tmp_path: Path, options: list[str], message: str) -> None:
    path = archive(tmp_path / "a.warc.gz", "good")
    (tmp_path / "other").mkdir()
    archive(tmp_path / "other" / "a.warc.gz", "empty")
    (tmp_path / "page.html").write_bytes(PAGE)

    done = scrapy("extract", path, *(each.format(archive=path, folder=tmp_path) for each in options))

    assert (done.code, done.out) == (2, "")
    assert message in done.err
    assert "Traceback" not in done.err


def test_pages_in_other_languages_are_counted_by_record_or_by_text(tmp_path: Path) -> None:
    english = b"<p>The river rose over its banks on Monday and the people of the town left for the hills. " * 4
    html, known = [("Content-Type", "text/html")], "WARC-Identified-Content-Language"
    path = written(
        tmp_path / "a.warc.gz",
        ("response", {"url": url("good", 1)}, html, PAGE),
        ("response", {"url": url("english", 2)}, html, english),
        ("response", {"url": url("english", 3), known: "hin,eng"}, html, english),
        ("response", {"url": url("good", 4), known: "mar"}, html, PAGE),
        ("response", {"url": url("good", 5)}, [*html, ("Content-Language", "en-US")], PAGE),
    )

    done = scrapy("extract", path, "--language", "hi", "--jobs", "2")

    assert urls(done.out) == [url("good", 1), url("good", 5)]
    first, last = done.err.splitlines()
    assert first.startswith(f"{url('english', 3)}: refused: ")
    assert last == f"{path}: 2 pages are not in the languages asked for"


def test_outlets_and_hosts_that_were_not_asked_for_are_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = archive_of(
        tmp_path / "a.warc.gz",
        (url_of(NEPAL), {}, PAGE),
        ("https://www.ndtv.in/world-news/x-1", {}, b"\x1f\x8b broken"),
        ("https://khabar.example/x", {}, PAGE),
    )

    done = scrapy("extract", path, "--outlet", "indiatv", "--host", "example")

    assert urls(done.out) == [url_of(NEPAL), "https://khabar.example/x"]
    assert done.err == f"{path}: 1 answers are not of the outlets and hosts asked for\n"
    assert done.code == 0
