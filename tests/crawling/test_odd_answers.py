"""Responses with a wrong Content-Encoding, cut bodies, bad redirects or invalid URLs: each harms no other page."""

import gzip
import json
from dataclasses import replace

import pytest

from tests.crawling.crawls import Crawls, site
from tests.crawling.site import SITEMAP, address
from tests.site.publisher import Answer

REFRESH = b'<meta http-equiv="refresh" content="0;url=http://127.0.0.1/admin"></head>'


def labelled(answer: Answer, label: str, body: bytes | None = None) -> Answer:
    return replace(
        answer, body=answer.body if body is None else body, headers={**answer.headers, "Content-Encoding": label}
    )


def odd(count: int) -> dict[str, Answer]:
    """Return a site whose first eight articles are odd, each in its own way."""
    answers = site(count)
    page = [answers[address(number)] for number in range(count)]
    packed = gzip.compress(page[3].body)
    answers |= {
        address(0): labelled(page[0], "br"),
        address(1): labelled(page[1], "zstd", gzip.compress(page[1].body)),
        address(2): labelled(page[2], "utf-8"),
        address(3): replace(labelled(page[3], "gzip", packed), first=labelled(page[3], "gzip", packed[:-300])),
        address(4): labelled(page[4], "gzip", gzip.compress(page[4].body + bytes(40_000_000), compresslevel=1)),
        address(5): labelled(page[5], "gzip", bytes(range(256)) * 90),
        address(6): replace(page[6], body=page[6].body.replace(b"</head>", REFRESH)),
        address(7): Answer(status=302, headers={"Location": "http://[link]/x"}),
    }
    bad = b"<url><loc>http://[link]/world/asia/x-1</loc></url><url><loc>https://www.indiatv.in:99999/x</loc></url>"
    listing = answers[SITEMAP]
    broken = listing.body.replace(b"<url>", bad + b"<url>", 1)
    broken = broken.replace(b"</urlset>", b"<url><loc>x\x08</loc></url></urlset>")
    return answers | {SITEMAP: labelled(replace(listing, body=broken), "br")}


@pytest.fixture(scope="module")
def crawls(tmp_path_factory: pytest.TempPathFactory) -> Crawls:
    """Run two crawls of an odd site, the second a day later."""
    crawls = Crawls(tmp_path_factory.mktemp("odd"), odd(10))
    with crawls.publisher:
        crawls.run()
        crawls.run("-a", "only_new=1", now="2026-11-25T10:00:00+05:30")
    return crawls


def refusals(crawls: Crawls) -> list[dict[str, str]]:
    parts = sorted((crawls.folder / "exports").rglob("refused*.jsonl"), key=lambda path: path.stat().st_mtime)
    return [json.loads(line) for part in parts for line in part.read_text(encoding="utf-8").splitlines()]


def test_readable_pages_are_delivered_once(crawls: Crawls) -> None:
    delivered = [record["url"] for record in crawls.delivered()]

    assert sorted(delivered) == [address(number) for number in (0, 1, 2, 3, 6, 8, 9)]


def test_unreadable_pages_are_named_with_a_reason(crawls: Crawls) -> None:
    named = {(row["url"], row["reason"]) for row in refusals(crawls) if "/world/asia/" in row["url"]}

    assert named == {
        (address(3), "cut"),
        (address(4), "too-large"),
        (address(5), "damaged"),
        (address(7), "redirect"),
    }


def test_a_page_that_was_cut_is_requested_again_by_the_next_run(crawls: Crawls) -> None:
    assert crawls.publisher.urls().count(address(3)) == 2
    assert crawls.publisher.urls().count(address(0)) == 1


def test_entries_without_a_valid_url_are_counted(crawls: Crawls) -> None:
    reports = sorted((crawls.folder / "exports").rglob("report.json"), key=lambda path: path.stat().st_mtime)
    rows = json.loads(reports[0].read_text(encoding="utf-8"))["listings"]
    (row,) = [row for row in rows if row["articles"]]

    assert (row["state"], row["reason"], row["skipped"], row["articles"]) == ("broken", "bad-bytes", 3, 10)
