"""scrapy extract prints one JSON line per article, and names the pages that hold none."""

import json
from pathlib import Path

import pytest

from crawler.items import Article
from tests.commands.extracting import NEPAL, extract, pair_of, url_of
from tests.commands.running import scrapy

OF_A_RUN = ("first_seen_at", "sequence", "withdrawn_at", "fetched_at", "run_id", "reader_version", "story")


def manifest(folder: Path, *rows: object) -> Path:
    path = folder / "manifest.jsonl"
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), encoding="utf-8")
    return path


def test_a_page_gives_the_line_of_its_pair_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    done = extract(capsys, NEPAL, url=url_of(NEPAL))

    record = json.loads(done.out)
    assert (done.code, done.err, done.out.count("\n")) == (0, "", 1)
    assert {key: value for key, value in record.items() if key not in OF_A_RUN} == pair_of(NEPAL)["article"]
    assert (record["fetched_at"], record["run_id"], record["story"]) == (None, None, None)


def test_a_page_of_an_unknown_host_gets_the_generic_reader(capsys: pytest.CaptureFixture[str]) -> None:
    done = extract(capsys, NEPAL, url="https://kaunsi-khabar.example/world/1")

    record = json.loads(done.out)
    assert record["outlet"] is None
    assert record["headline"] == pair_of(NEPAL)["article"]["headline"]


def test_files_of_a_manifest_are_relative_to_it_and_a_bad_row_does_not_stop_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.html").write_bytes(NEPAL.read_bytes())
    (tmp_path / "pages" / "leer.html").write_bytes(b"")
    good = {"file": "pages/a.html", "url": url_of(NEPAL)}
    path = manifest(
        tmp_path,
        good,
        "",
        {"file": "pages/nowhere.html", "url": url_of(NEPAL)},
        {"file": "pages/leer.html", "url": "https://www.indiatv.in/world/leer"},
        {"file": "pages/a.html"},
        {"file": "pages/a.html", "url": "kein"},
        "[1]",
        "{not json",
        good,
    )

    done = extract(capsys, path)

    assert done.code == 3
    assert len(done.out.splitlines()) == 2
    problems = done.err.splitlines()
    assert [line.split("line ")[1].split(":")[0] for line in problems if "line " in line] == ["3", "5", "6", "7", "8"]
    assert "No such file" in problems[0]
    assert problems[1].startswith("https://www.indiatv.in/world/leer: refused: empty: ")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "not-html"),
        (NEPAL.read_bytes()[:700], "no-"),
        (b"<html><body>" + b"<div>" * 10_000 + "कुछ".encode() + b"</body></html>", "no-"),
    ],
)
def test_a_page_without_an_article_is_named_with_the_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], body: bytes, reason: str
) -> None:
    (tmp_path / "page.html").write_bytes(body)

    done = extract(capsys, tmp_path / "page.html", url="https://www.indiatv.in/world/x")

    assert (done.code, done.out) == (3, "")
    assert done.err.startswith(f"https://www.indiatv.in/world/x: refused: {reason}")
    assert done.err.count("https://www.indiatv.in/world/x") == 1


def test_keys_are_all_there_in_the_order_of_the_record(capsys: pytest.CaptureFixture[str]) -> None:
    record = json.loads(extract(capsys, NEPAL, url=url_of(NEPAL)).out)

    assert list(record) == list(Article.__dataclass_fields__)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere.html", "--url", "https://a.example"], "nowhere.html: no such file"),
        ([str(NEPAL)], "say where the page was fetched from: --url https://…"),
        ([str(NEPAL), "--url", "a page"], '"a page" is not an address'),
    ],
)
def test_wrong_use_is_refused_with_exit_code_2(arguments: list[str], message: str) -> None:
    done = scrapy("extract", *arguments)

    assert (done.code, done.out) == (2, "")
    assert message in done.err
