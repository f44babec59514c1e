"""`scrapy parse` finds an outlet's spider by a URL, and runs its callbacks."""

from pathlib import Path

from crawler.reading.article_ids import article_id
from crawler.store import open_store
from crawler.store.values import Address
from spiders.indiatv import IndiatvSpider
from tests.commands.running import ROOT, Done, scrapy

PAGE = "https://www.indiatv.in/world/asia/nepal-suspension-bridge-reopens-after-repair-2026-11-23-1184188"
WAITING = "https://www.indiatv.in/world/asia/everest-trail-clean-up-2026-11-20-1183402"


def parse(folder: Path, url: str, callback: str) -> Done:
    given = {"ARCHIVE_REPLAY": ROOT / "demo" / "demo.warc.gz", "EXPORTS": "", "STORE": f"sqlite:///{folder}/store.db"}
    settings = [argument for name, value in given.items() for argument in ("-s", f"{name}={value}")]
    return scrapy("parse", url, "-c", callback, "--nocolour", *settings)


def test_an_article_is_read_by_the_spider_of_its_site_and_nothing_else_is_asked_for(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/store.db")
    key = article_id(WAITING, IndiatvSpider.outlet)
    store.addresses.announce([Address(id=key, outlet="indiatv", url=WAITING, listing="feed", first_seen=1)])
    store.close()

    done = parse(tmp_path, PAGE, "read_article")

    assert done.code == 0
    assert f"'id': '{article_id(PAGE, IndiatvSpider.outlet)}'" in done.out
    assert "'outlet': 'indiatv'" in done.out
    assert WAITING not in done.err


def test_a_listing_is_read_by_the_kind_that_the_outlet_declares(tmp_path: Path) -> None:
    done = parse(tmp_path, IndiatvSpider.listings[0].url, "read_listing")

    assert f"<GET {PAGE}>" in done.out


def test_an_outlet_knows_its_domains_before_a_spider_is_made() -> None:
    assert IndiatvSpider.allowed_domains == ["indiatv.in"]
