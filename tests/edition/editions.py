"""Articles of invented days, and the edition that is built from them."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from scrapy.cmdline import execute

from crawler.text.parts import Credit, Dateline, Place
from tests.exports.published_runs import edition, publish, write_catalog

PLACES = {
    "सियोल": Place(name="सियोल", english="Seoul", country="KR", geonames_id=1835848, latitude=37.57, longitude=126.98),
    "तेहरान": Place(name="तेहरान", english="Tehran", country="IR", geonames_id=112931, latitude=35.69, longitude=51.42),
    "लीमा": Place(name="लीमा", english="Lima", country="PE", geonames_id=3936456, latitude=-12.04, longitude=-77.03),
}
AGENCIES = {"ap": "एसोसिएटेड प्रेस", "reuters": "रॉयटर्स", "afp": "एजेंसी फ़्रांस प्रेस"}
PUBLISHERS = {"indiatv": "इंडिया टीवी", "aajtak": "आज तक", "jagran": "दैनिक जागरण", "bbc_hindi": "बीबीसी हिन्दी"}


def printed(
    name: str,
    headline: str,
    *,
    at: str | None = "2026-11-24T04:00:00Z",
    day: str | None = "2026-11-24",
    outlet: str = "indiatv",
    place: str | None = None,
    agency: str | None = None,
    text: str = "नाव चली और किनारे पर भीड़ जमा हो गई।",
    revision: int = 1,
    **more: Any,
) -> dict[str, Any]:
    """Return a record of an article; `name` is its identifier and the end of its address."""
    dateline = Dateline(raw=f"{place}:", places=(PLACES[place],)) if place else None
    signed = [Credit(agency=agency, name=AGENCIES[agency], raw=f"({agency})", where="tail")] if agency else []
    values: dict[str, Any] = {
        "published_at": at,
        "published_on": day,
        "outlet": outlet,
        "dateline": dateline,
        "credits": signed,
    }
    record = edition(name, revision, text=text, byline=[], **values, **more)
    publisher = {"name": outlet, "name_hi": PUBLISHERS.get(outlet), "host": f"{outlet}.example", "group": "television"}
    return record | {"headline": headline, "publisher": publisher}


def exports(root: Path, *records: dict[str, Any], **rows: list[dict[str, Any]]) -> Path:
    """Write exports with one run of some articles, and rows of other shelves; return their folder."""
    publish(root, 6, articles=list(records), **rows)
    write_catalog(root)
    return root


def run_edition(*args: str | Path) -> int:
    """Run `scrapy edition` in this process and return its exit code."""
    with pytest.raises(SystemExit) as left:
        execute(["scrapy", "edition", *map(str, args)])
    return int(left.value.code or 0)


def built(root: Path, out: Path, *args: str | Path) -> Path:
    """Build the edition of exports into a folder, and return that."""
    assert run_edition("-s", f"EXPORTS={root}", "--out", out, *args) == 0
    return out


def data_of(out: Path, day: str) -> dict[str, Any]:
    """Return the data that the page of a day loads."""
    page = (out / f"{day}.html").read_text(encoding="utf-8")
    (name,) = re.findall(r'src="(data/[^"]+)"', page)
    text = (out / name).read_text(encoding="utf-8").split("Videsh.day = ")[1].removesuffix(";\n")
    day_data: dict[str, Any] = json.loads(text)
    return day_data


def headlines(out: Path, day: str) -> list[str]:
    """Return the headlines on the page of a day, in their order."""
    found: list[str] = data_of(out, day)["headline"]
    return found


def all_text(out: Path) -> str:
    """Return the text of all files of an edition."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(out.rglob("*")) if path.is_file())
