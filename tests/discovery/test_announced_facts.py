"""Titles and times that listings announce fill the gaps of a page, and decide whether it is too old."""

from datetime import UTC, datetime

import pytest

from crawler.discovery.frontier import TooOld, refuse_too_old
from crawler.discovery.links import Link
from crawler.items import Article
from tests.spiders.crawl import FEED, PAGE, PAGES, SILENT, article_page, spider


def test_the_announced_title_and_time_are_used_if_the_page_has_none() -> None:
    link = Link(
        url=PAGE, listing=FEED.url, title="नेपाल में नया कानून", published=datetime(2026, 11, 23, 4, 30, tzinfo=UTC)
    )

    (article,) = spider().read_article(article_page(link, SILENT))

    assert isinstance(article, Article)
    assert (article.headline, article.published_at) == ("नेपाल में नया कानून", "2026-11-23T04:30:00Z")
    assert (article.provenance["headline"], article.provenance["published_at"]) == ("feed", "feed")


@pytest.mark.parametrize(
    ("announced", "read"),
    [
        ("2026-11-23T20:15:00+00:00", ("2026-11-23T20:15:00Z", "2026-11-24", "minute")),
        ("2026-11-23T20:15:08+00:00", ("2026-11-23T20:15:08Z", "2026-11-24", "second")),
        ("2026-11-23T00:00:00+05:30", (None, "2026-11-23", "day")),
        ("2026-11-23T00:00:00+00:00", (None, "2026-11-23", "day")),
    ],
)
def test_an_announced_midnight_is_a_day_without_a_time(announced: str, read: tuple[str | None, str, str]) -> None:
    link = Link(url=PAGE, listing=FEED.url, title="नेपाल में नया कानून", published=datetime.fromisoformat(announced))

    (article,) = spider().read_article(article_page(link, SILENT))

    assert (article.published_at, article.published_on, article.published_precision) == read
    assert (article.provenance.get("published_at"), article.provenance["published_on"]) == (read[0] and "feed", "feed")


def test_an_announced_time_does_not_replace_a_day_that_the_page_prints() -> None:
    stated = '<head><meta name="publish-date" content="2026-11-22"></head>'
    page = SILENT.replace("<body>", f"{stated}<body>")
    link = Link(
        url=PAGE, listing=FEED.url, title="नेपाल में नया कानून", published=datetime(2026, 11, 23, 4, 30, tzinfo=UTC)
    )

    (article,) = spider().read_article(article_page(link, page))

    assert (article.published_at, article.published_on) == (None, "2026-11-22")


@pytest.mark.parametrize(("since", "refused"), [("2026-11-23T10:00", False), ("2026-11-24", True)])
def test_a_day_alone_is_too_old_only_if_the_whole_day_is(since: str, refused: bool) -> None:
    article = Article(id="a", outlet="indiatv", url=PAGE, headline="नया कानून", published_on="2026-11-23")
    wanted = spider(since=since).arguments.since

    if refused:
        with pytest.raises(TooOld, match="published 2026-11-23T23:59:59"):
            refuse_too_old(article, wanted)
    else:
        refuse_too_old(article, wanted)


def test_the_page_has_priority_over_the_announcement() -> None:
    page = (PAGES / "indiatv" / "nepal_bridge_bhasha.html").read_text(encoding="utf-8")
    link = Link(url=PAGE, listing=FEED.url, title="कुछ और", published=datetime(2020, 1, 1, tzinfo=UTC))

    (article,) = spider().read_article(article_page(link, page))

    assert article.headline.startswith("नेपाल में 11 महीने बाद")
    assert "feed" not in article.provenance.values()
