"""Hand-made records and facts of a run, for the tests of its report."""

import json
from collections import Counter
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from crawler.discovery.counts import ListingCounts
from crawler.downloading.answers import Answers, HostTime
from crawler.exports.part import whole_part
from crawler.items import Article, Block, Image, Story
from crawler.reports.facts import OutletFacts, RunFacts
from crawler.shelves import Shelf
from crawler.text.parts import Credit, Dateline, Place
from crawler.whole_files import write_json

SEOUL = Place(name="सियोल", english="Seoul", country="KR", geonames_id=1835848, latitude=37.57, longitude=126.98)
AP = Credit(agency="ap", name="एसोसिएटेड प्रेस", raw="(एपी)", where="tail")
ARTICLE = Article(
    id="a1",
    outlet="indiatv",
    url="https://khabar.example/world/1",
    headline="क्षेत्रीय सम्मेलन में नदी-जल समझौते पर हस्ताक्षर",
    byline=["डिजिटल डेस्क"],
    dateline=Dateline(raw="सियोल:", places=(SEOUL,)),
    credits=[AP],
    published_at="2026-11-24T04:00:00Z",
    published_on="2026-11-24",
    published_precision="minute",
    body=[Block(kind="paragraph", text="सियोल: नाव चली। (एपी)")],
    text="नाव चली।",
    images=[Image(url="https://khabar.example/1.jpg", credit="एपी"), Image(url="https://khabar.example/2.jpg")],
    language="hi",
    story=Story(id="s1", relation="original"),
    provenance={"headline": "json-ld", "body": "selector"},
    fetched_at="2026-11-24T05:00:00Z",
    run_id="r1",
    reader_version="1.0",
)


def record(**changes: Any) -> dict[str, Any]:
    """Return a record as a line of the export."""
    changed: dict[str, Any] = json.loads(json.dumps(asdict(replace(ARTICLE, **changes))))
    return changed


def copy(number: int, outlet: str) -> dict[str, Any]:
    """Return a wire copy of the article from another outlet."""
    story = Story(id="s1", relation="wire-copy", of="a1", similarity=0.97, because="the same six lines")
    return record(id=f"c{number}", outlet=outlet, url=f"https://{outlet}.example/{number}", story=story)


ARTICLES = [
    record(),
    record(
        id="a2",
        url="https://khabar.example/world/2",
        dateline=None,
        credits=[],
        story=Story(id="s2", relation="original"),
    ),
]
COPIES = [copy(1, "jagran"), copy(2, "zee")]
REFUSED = [
    {
        "outcome": "refused",
        "outlet": "zee",
        "url": "https://zee.example/9?a=1&b=<2>",
        "reason": "no-body",
        "where": "page",
        "detail": "selector matched nothing",
    },
    {"outcome": "failed", "outlet": "zee", "url": "javascript:alert(1)", "reason": "scheme", "where": "download"},
]
LISTING = ListingCounts(url="https://khabar.example/rss.xml", announced=5, articles=2, new=2, read=1)
ANSWERS = Answers(statuses=Counter({200: 3}), hosts={"khabar.example": HostTime(answers=3, seconds=1.5)})
FACTS = RunFacts(
    run_id="20261124T050000Z-9f3c",
    started="2026-11-24T05:00:00+00:00",
    ended="2026-11-24T05:01:30+00:00",
    reader_version="1.0",
    outlets={
        "indiatv": OutletFacts(
            requests=2, outcomes={"exported": 2}, listings=[LISTING], answers=ANSWERS, finish_reason="finished"
        ),
        "jagran": OutletFacts(requests=1, outcomes={"copy": 1}),
        "zee": OutletFacts(requests=3, outcomes={"copy": 1, "refused/no-body": 1, "failed/scheme": 1}),
    },
)


def write_run(folder: Path) -> Path:
    """Write a run's parts and manifest into a folder, as a crawl does."""
    folder.mkdir(parents=True)
    parts = []
    for shelf, records in ((Shelf.ARTICLES, ARTICLES), (Shelf.COPIES, COPIES), (Shelf.REFUSED, REFUSED)):
        path = folder / f"{shelf}.jsonl"
        path.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in records), encoding="utf-8")
        parts.append(asdict(whole_part(path, shelf)))
    entries = {"run_id": FACTS.run_id, "reader_version": "1.0", "started_at": FACTS.started, "ended_at": FACTS.ended}
    write_json(folder / "manifest.json", entries | {"state": "complete", "parts": parts})
    return folder
