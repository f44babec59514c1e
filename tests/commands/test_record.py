"""scrapy record saves a page and its reading as a test pair."""

import json
import shutil
from pathlib import Path

import pytest

from crawler.archive.reader import read_answers
from crawler.text.instants import utc
from tests.commands.running import ROOT, Done, scrapy

ARCHIVE = ROOT / "demo" / "demo.warc.gz"
PAIR = ROOT / "tests" / "pages" / "indiatv" / "nepal_bridge_bhasha.json"
URL = json.loads(PAIR.read_text(encoding="utf-8"))["page"]["url"]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project to record into."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copy(ROOT / "scrapy.cfg", folder)
    for room in ("crawler", "spiders", "pipelines"):
        (folder / room).symlink_to(ROOT / room)
    return folder


def record(checkout: Path, *arguments: str | Path) -> Done:
    return scrapy("record", *arguments, folder=checkout)


def test_the_pair_holds_the_page_and_its_record_and_the_source_of_each_field_is_printed(checkout: Path) -> None:
    done = record(checkout, "indiatv", URL, "bridge", "--from", ARCHIVE)

    assert done.code == 0, done.err
    pair = checkout / "tests" / "pages" / "indiatv" / "bridge"
    assert pair.with_suffix(".html").read_bytes() == PAIR.with_suffix(".html").read_bytes()
    recorded_pair = json.loads(pair.with_suffix(".json").read_text(encoding="utf-8"))
    assert recorded_pair["article"] == json.loads(PAIR.read_text(encoding="utf-8"))["article"]
    (recorded,) = (answer for answer in read_answers(ARCHIVE) if answer.url == URL)
    assert recorded_pair["page"] == {"url": URL, "fetched_at": utc(recorded.at)}
    assert any(line.split()[:2] == ["headline", "json-ld"] for line in done.out.splitlines())
    assert "correct the .json by hand" in done.out

    again = record(checkout, "indiatv", URL, "bridge", "--from", ARCHIVE)
    assert again.code == 2
    assert "bridge.html: exists already" in again.err


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["indiatvv", URL, "x", "--from", str(ARCHIVE)], 2, 'did you mean "indiatv"?'),
        (["indiatv", URL, "A Name", "--from", str(ARCHIVE)], 2, "use only a-z, 0-9 and _ in a name"),
        (["indiatv", URL, "x", "--from", "nowhere.warc.gz"], 2, "nowhere.warc.gz: no such archive"),
        (["indiatv", f"{URL}9", "x", "--from", str(ARCHIVE)], 3, "not in the archive"),
        (
            ["indiatv", "https://www.indiatv.in/robots.txt", "x", "--from", str(ARCHIVE)],
            3,
            "no article, nothing is saved",
        ),
        (["dw_hindi", URL, "x", "--from", str(ARCHIVE)], 3, "not on a host of dw_hindi"),
    ],
)
def test_a_page_that_cannot_be_recorded_is_named_and_nothing_is_written(
    checkout: Path, arguments: list[str], code: int, message: str
) -> None:
    done = record(checkout, *arguments)

    assert done.code == code
    assert message in done.err
    assert not list(checkout.glob("tests/pages/*/x.*"))
