"""Write exports of an invented month: 30 days of 2,000 articles, in our own words, about events that never happened.

    python tools/synthetic_month.py FOLDER [--days 30] [--articles 2000]

The outlets, places and agencies are those of the project. Of ten articles, about four repeat another newsroom's text,
and one in twenty has a later edition. The same numbers give the same bytes.
"""

import argparse
import hashlib
import json
import random
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scrapy.utils.project import get_project_settings  # noqa: E402

from crawler.exports.catalog import CATALOG, catalog_of_manifests  # noqa: E402
from crawler.exports.part import whole_part  # noqa: E402
from crawler.exports.storage import LocalStorage  # noqa: E402
from crawler.items import Article, Block, Publisher, Story, record  # noqa: E402
from crawler.outlets import load_outlets  # noqa: E402
from crawler.shelves import Shelf  # noqa: E402
from crawler.text.agencies import Agency, agencies  # noqa: E402
from crawler.text.credit.credits import Credit  # noqa: E402
from crawler.text.dateline.opening import Dateline  # noqa: E402
from crawler.text.gazetteer import gazetteer  # noqa: E402
from crawler.text.places import Place  # noqa: E402
from crawler.whole_files import write_json  # noqa: E402

FIRST_DAY = datetime(2026, 10, 26, tzinfo=UTC)
_THINGS = (
    "पुल नहर झील बाँध सड़क रेलमार्ग बंदरगाह संग्रहालय पुस्तकालय उद्यान विद्यालय अस्पताल बाज़ार मेला सम्मेलन चुनाव बजट समझौता "
    "वार्ता प्रदर्शन हड़ताल मुक़ाबला अभियान शोध उपग्रह दूरबीन कारख़ाना खदान जंगल तूफ़ान भूकंप हिमपात बारिश सूखा फ़सल मछुआरे"
).split()
_HOW = "नया पुराना विशाल अधूरा ऐतिहासिक विवादित महँगा अनोखा साझा लंबा ठप बहाल प्रस्तावित सरकारी निजी अंतरराष्ट्रीय".split()
_WHAT = (
    "शुरू हुआ|रोक दिया गया|फिर खुला|टल गया|पूरा हुआ|चर्चा में आया|बंद रहा|दुनिया भर में देखा गया|अदालत पहुँचा|सराहा गया|"
    "जाँच के घेरे में|लोगों के लिए खोला गया"
).split("|")
_WHO = "मंत्री महापौर वैज्ञानिक किसान छात्र मछुआरे डॉक्टर अधिकारी खिलाड़ी कलाकार यात्री पड़ोसी इंजीनियर शिक्षक".split()
_SAID = (
    "ने बताया कि काम तय समय से पहले हो जाएगा|का कहना है कि अभी कई सवाल बाक़ी हैं|ने इसे बरसों की मेहनत का नतीजा बताया|"
    "के अनुसार इससे हज़ारों परिवारों को फ़ायदा होगा|ने माना कि ख़र्च उम्मीद से ज़्यादा रहा|ने अगली बैठक जल्द बुलाने को कहा"
).split("|")
_KINDS = ("report",) * 40 + ("video", "gallery", "opinion", "live-blog")
_PARAGRAPHS = 6


class Month:
    """The articles of an invented month."""

    def __init__(self, articles: int) -> None:
        """`articles` is their number on each day."""
        self._chance = random.Random(2026)
        self._articles = articles
        outlets = load_outlets(get_project_settings())
        self._publishers = {slug: spider.outlet.publisher for slug, spider in outlets.items()}
        self._places = [
            Place(
                name=names[0],
                english=place.english,
                country=place.country,
                geonames_id=place.geonames_id,
                latitude=place.latitude,
                longitude=place.longitude,
            )
            for place, names in gazetteer().large(1_000_000)
            if place.latitude is not None
        ]
        self._chance.shuffle(self._places)
        self._agencies = [agency for agency in agencies() if agency.may_credit and agency.kind == "agency"][:14]
        self._number = 0

    def day(self, number: int) -> Iterator[tuple[Shelf, dict[str, Any]]]:
        """Yield the records of a day, with the shelf of each."""
        start, left = FIRST_DAY + timedelta(days=number, hours=-5.5), self._articles
        while left > 0:
            size = min(left, 1 if self._chance.random() < 0.7 else self._chance.randint(2, 12))
            left -= size
            yield from self._story(start, size)

    def _story(self, start: datetime, size: int) -> Iterator[tuple[Shelf, dict[str, Any]]]:
        """Yield the articles of a story: an original, reports on the same event, and copies."""
        chance = self._chance
        place = self._places[int(len(self._places) * chance.random() ** 3)]
        agency = chance.choice(self._agencies) if chance.random() < 0.5 else None
        headline, paragraphs = self._headline(place), self._paragraphs(place)
        first = start + timedelta(minutes=chance.triangular(0, 1380, 800))
        outlets = chance.sample(sorted(self._publishers), size)
        story = f"story-{outlets[0]}-{self._number}"
        for place_in_story, outlet in enumerate(outlets):
            is_copy = place_in_story > 0 and chance.random() < 0.6
            if not is_copy and place_in_story:
                headline, paragraphs = self._headline(place), self._paragraphs(place)
            self._number += 1
            at = first + timedelta(minutes=place_in_story * chance.uniform(2, 25))
            article = self._article(outlet, place, agency, headline, paragraphs, at)
            article.story = Story(
                id=story, relation="wire-copy" if is_copy else "near" if place_in_story else "original"
            )
            shelf = Shelf.COPIES if is_copy else Shelf.ARTICLES
            yield shelf, record(article)
            if chance.random() < 0.05:
                article.revision, article.headline = 2, f"{self._headline(place)}, नई जानकारी"
                yield shelf, record(article)

    def _article(
        self, outlet: str, place: Place, agency: Agency | None, headline: str, paragraphs: list[str], at: datetime
    ) -> Article:
        publisher: Publisher = self._publishers[outlet]
        has_place = self._chance.random() < 0.6
        lines = [f"{place.name}: {paragraphs[0]}" if has_place else paragraphs[0], *paragraphs[1:]]
        lines += [f"({agency.name})"] if agency else []
        printed = at.strftime("%Y-%m-%dT%H:%M:00Z")
        return Article(
            id=f"{outlet}-{hashlib.sha256(str(self._number).encode()).hexdigest()[:20]}",
            outlet=outlet,
            publisher=publisher,
            url=f"https://{publisher.host}/world/{hashlib.sha256(headline.encode()).hexdigest()[:24]}-{self._number}.html",
            headline=headline,
            byline=[self._chance.choice(_WHO)],
            dateline=Dateline(raw=f"{place.name}:", places=(place,)) if has_place else None,
            credits=[Credit(agency=agency.id, name=agency.name, raw=f"({agency.name})", where="tail")]
            if agency
            else [],
            published_at=printed,
            published_on=f"{at + timedelta(hours=5.5):%Y-%m-%d}",
            published_precision="minute",
            body=[Block(kind="paragraph", text=line) for line in lines],
            text="\n\n".join(lines),
            language="hi",
            kind=self._chance.choice(_KINDS),  # type: ignore[arg-type]
            fetched_at=printed,
            first_seen_at=printed,
        )

    def _headline(self, place: Place) -> str:
        return f"{place.name} में {self._thing()} {self._chance.choice(_WHAT)}, {self._sentence()}"

    def _paragraphs(self, place: Place) -> list[str]:
        return [f"{self._headline(place)}। {self._sentence()}। {self._sentence()}।" for _ in range(_PARAGRAPHS)]

    def _sentence(self) -> str:
        return f"{self._thing()} पर {self._chance.choice(_WHO)} {self._chance.choice(_SAID)}"

    def _thing(self) -> str:
        return f"{self._chance.choice(_HOW)} {self._chance.choice(_THINGS)}"


def write_month(exports: Path, *, days: int = 30, articles: int = 2000) -> None:
    """Write the exports of an invented month into a folder, with one run a day and the catalog."""
    month, sequence = Month(articles), 0
    for number in range(days):
        day = FIRST_DAY + timedelta(days=number)
        run = f"{day:%Y%m%d}T230000Z-{number:04x}"
        folder = exports / f"date={day:%Y-%m-%d}" / f"run={run}"
        folder.mkdir(parents=True)
        files = {shelf: (folder / f"{shelf}.jsonl").open("w", encoding="utf-8") for shelf in Shelf}
        for shelf, row in month.day(number):
            sequence += 1
            line = json.dumps(row | {"run_id": run, "sequence": sequence}, ensure_ascii=False)
            files[shelf].write(f"{line}\n")
        for file in files.values():
            file.close()
        parts = [asdict(whole_part(folder / f"{shelf}.jsonl", shelf)) for shelf in Shelf]
        times = {"started_at": f"{day:%Y-%m-%d}T23:00:00+00:00", "ended_at": f"{day:%Y-%m-%d}T23:10:00+00:00"}
        write_json(folder / "manifest.json", {"run_id": run, "state": "complete", "parts": parts, **times})
    (exports / CATALOG).write_text(catalog_of_manifests(LocalStorage(exports)).text(), encoding="utf-8")


def main() -> int:
    """Write the month, and say where."""
    parser = argparse.ArgumentParser(description="Write exports of an invented month.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--articles", type=int, default=2000, help="articles of each day")
    asked = parser.parse_args()
    write_month(asked.folder, days=asked.days, articles=asked.articles)
    print(f"{asked.folder}: {asked.days} days of {asked.articles} articles")
    return 0


if __name__ == "__main__":
    sys.exit(main())
