"""`scrapy check` asks each outlet's first listing, and reads an article that it announces; it keeps nothing."""

from pathlib import Path

import pytest

from tests.commands.running import ROOT, Done, scrapy
from tests.crawling.site import NOW, address
from tests.site.publisher import Answer, Publisher

DEMO = ROOT / "demo" / "demo.warc.gz"
FEED = "https://www.indiatv.in/rssnews/topstory-world.xml"
QUICKLY = {"DOWNLOAD_DELAY": "0", "AUTOTHROTTLE_ENABLED": "0", "RETRY_TIMES": "0", "CONTACT": "tests@example.org"}


def check(folder: Path, *arguments: str, given: dict[str, str], environment: dict[str, str] | None = None) -> Done:
    settings = [part for name, value in given.items() for part in ("-s", f"{name}={value}")]
    home = {"PYTHONPATH": str(ROOT), **(environment or {})}
    return scrapy("check", *arguments, *settings, folder=folder, environment=home)


def feed(*urls: str) -> Answer:
    items = "".join(f"<item><link>{url}</link><title>नया पुल खुला</title></item>" for url in urls)
    return Answer(
        body=f'<rss version="2.0"><channel>{items}</channel></rss>'.encode(), headers={"Content-Type": "text/xml"}
    )


def test_every_outlet_keeps_its_contracts_in_the_demo(tmp_path: Path) -> None:
    done = check(tmp_path, given={"ARCHIVE_REPLAY": str(DEMO)})

    assert done.code == 0, done.err
    assert f"Ran {3 * 36} contracts" in done.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("answers", "fault"),
    [
        ({}, "[indiatv] read_listing (errback)"),
        ({FEED: feed()}, f"{FEED} announces no article"),
        ({FEED: feed()}, "Returned 0 requests, expected 1..inf"),
        ({FEED: feed(address(1), address(2))}, "2 articles were tried, none was read: "),
        (
            {FEED: feed(address(1)), address(1): Answer(body="<h1>पुल खुला</h1><p>…</p>".encode())},
            "1 articles were tried, none was read: ",
        ),
    ],
)
def test_a_contract_that_is_broken_is_named(answers: dict[str, Answer], fault: str, tmp_path: Path) -> None:
    robots = {"https://www.indiatv.in/robots.txt": Answer(body=b"User-agent: *\nDisallow:\n")}
    with Publisher({**robots, **answers}, tmp_path) as publisher:
        done = check(tmp_path, "indiatv", given={**QUICKLY, "CRAWL_TIME": NOW}, environment=publisher.environment)

    assert done.code == 1
    assert fault in done.err
