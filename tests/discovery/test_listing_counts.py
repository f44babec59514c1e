"""A dead, broken or damaged listing is counted under its reason."""

from crawler.notes import notes_of
from tests.spiders.crawl import FEED, PAGE, listed, rss, spider


def test_a_dead_listing_is_counted_under_its_reason_and_a_broken_one_apart() -> None:
    crawl = spider()

    list(crawl.read_listing(listed(FEED, "<!doctype html><html>")))
    list(crawl.read_listing(listed(FEED, rss((PAGE, "क", ""))[:-10] + "<item><link>https://x")))

    assert crawl.tally.of(FEED.url).dead == "html"
    assert crawl.tally.of(FEED.url).broken == "cut-short"
    stats = dict(crawl.tally.stats("indiatv"))
    assert (stats["listing/dead"], stats["listing/broken"]) == (1, 1)
    assert stats[f"listing/indiatv/{FEED.url}/dead"] == "html"


def test_a_damaged_listing_is_read_and_its_skipped_entries_are_counted() -> None:
    crawl = spider()
    other = PAGE.replace("1184188", "1184189")
    body = rss(("http://[link]/x", "क", ""), (PAGE, "ख\x07", ""), (other, "ग", ""))
    response = listed(FEED, body)

    requests = list(crawl.read_listing(response))

    assert [request.url for request in requests] == [PAGE, other]
    assert crawl.tally.of(FEED.url).skipped == 1
    assert crawl.tally.of(FEED.url).broken == "bad-bytes"
    assert crawl.tally.of(FEED.url).read == 1
    assert not notes_of(response).is_whole
