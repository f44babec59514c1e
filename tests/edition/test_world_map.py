"""The map of datelines: where places lie on the land, how large their circles are, and what its data come from."""

import re
from dataclasses import asdict
from importlib import resources
from itertools import pairwise
from math import sqrt
from pathlib import Path
from zoneinfo import ZoneInfo

import lxml.html
import pytest

from crawler.edition.entry import EditionEntry, entry_of
from crawler.edition.projection import WIDTH, height, project
from crawler.edition.world_map import MOST_CIRCLES, world_map
from crawler.text.parts import Place
from tests.edition.editions import built, exports, printed

ON_LAND = {
    "Delhi": (28.6, 77.2),
    "Madrid": (40.4, -3.7),
    "Nairobi": (-1.3, 36.8),
    "Brasilia": (-15.8, -47.9),
    "Denver": (39.7, -105.0),
    "Alice Springs": (-23.7, 133.9),
    "Novosibirsk": (55.0, 82.9),
    "Anadyr, west of the antimeridian": (66.0, 173.0),
    "Uelen, east of it": (66.2, -171.0),
}
AT_SEA = {
    "Atlantic": (30.0, -40.0),
    "Pacific": (-10.0, -140.0),
    "Bay of Bengal": (14.0, 88.0),
    "Caspian Sea": (41.0, 51.0),
    "at the antimeridian": (0.0, 179.9),
    "Hudson Bay": (60.0, -85.0),
}


def rings() -> list[list[tuple[float, float]]]:
    """Return the outlines in crawler/data/land.svg."""
    svg = resources.files("crawler.data").joinpath("land.svg").read_text(encoding="utf-8")
    found = []
    for ring in re.findall(r"M([^Mz]+)z", svg):
        start, steps = ([float(each) for each in part.split()] for part in ring.split("l"))
        points = [(start[0], start[1])]
        for dx, dy in zip(steps[::2], steps[1::2], strict=True):
            points.append((points[-1][0] + dx, points[-1][1] + dy))
        found.append(points)
    return found


def is_land(latitude: float, longitude: float) -> bool:
    """Return whether a point lies in the outline, by the number of its edges to the right."""
    x, y = project(latitude, longitude)
    crossings = 0
    for ring in rings():
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
            crossings += (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1)
    return crossings % 2 == 1


@pytest.mark.parametrize("name", ON_LAND)
def test_cities_lie_on_the_land(name: str) -> None:
    assert is_land(*ON_LAND[name])


@pytest.mark.parametrize("name", AT_SEA)
def test_the_sea_is_no_land(name: str) -> None:
    assert not is_land(*AT_SEA[name])


def test_the_outline_lies_within_the_map_and_spans_no_antimeridian() -> None:
    assert all(-1 <= x <= WIDTH + 1 and -2 <= y <= height() + 2 for ring in rings() for x, y in ring)
    assert all(abs(x2 - x1) < 60 for ring in rings() for (x1, _), (x2, _) in pairwise(ring))


def entries(*places: str) -> list[EditionEntry]:
    """Return an article, of a story of its own, for each name of a place."""
    india = ZoneInfo("Asia/Kolkata")
    return [entry_of(printed(f"a{number}", "पुल", place=name), india) for number, name in enumerate(places)]


def test_the_area_of_a_circle_grows_with_the_stories_and_the_largest_comes_first() -> None:
    found = world_map(entries("लीमा", "सियोल", "सियोल", "सियोल", "सियोल"))

    assert [(circle.key, circle.stories) for circle in found.circles] == [("Seoul,KR", 4), ("Lima,PE", 1)]
    assert found.circles[0].radius == pytest.approx(found.circles[1].radius * sqrt(4))


def test_articles_of_one_story_count_once() -> None:
    india = ZoneInfo("Asia/Kolkata")
    same = [entry_of(printed(f"a{number}", "पुल", place="सियोल", story="s"), india) for number in range(3)]

    (circle,) = world_map(same).circles

    assert (circle.stories, circle.articles) == (1, 3)


def test_many_places_are_limited_and_the_rest_is_counted() -> None:
    india = ZoneInfo("Asia/Kolkata")
    many = []
    for number in range(MOST_CIRCLES + 20):
        place = Place(name=f"नगर {number}", english=f"Town {number}", country="IN", latitude=number / 3, longitude=70.0)
        record = printed(f"a{number}", "पुल")
        many.append(entry_of(record | {"dateline": {"agency": None, "places": [asdict(place)]}}, india))

    found = world_map(many)

    assert (len(found.circles), found.unshown) == (MOST_CIRCLES, 20)
    assert sum(circle.is_labelled for circle in found.circles) <= 10


def test_a_click_on_a_circle_filters_and_the_page_says_what_the_map_shows(tmp_path: Path) -> None:
    records = [printed("a", "पुल", place="सियोल"), printed("b", "नहर", place="सियोल"), printed("c", "बिना जगह")]

    page = lxml.html.parse(built(exports(tmp_path / "exports", *records), tmp_path / "out") / "2026-11-24.html")

    (link,) = page.xpath("//section[@id='places']//*[local-name()='svg']//*[local-name()='a']")
    assert (link.get("href"), link.get("aria-label")) == ("#place=Seoul%2CKR", "सियोल: 2 घटनाएँ")
    text = page.xpath("string(//section[@id='places'])")
    assert "कोई सीमा नहीं दिखाई गई है" in text
    assert "1 ख़बरों में कोई जानी-पहचानी जगह नहीं छपी" in text
