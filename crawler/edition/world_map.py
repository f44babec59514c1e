"""The map of a day: a circle for each place of a dateline, as large as it has stories, on the outline of the land."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from math import sqrt

from crawler.edition.entry import EditionEntry, EditionPlace
from crawler.edition.projection import NORTH, SOUTH, WIDTH, height, project

MOST_CIRCLES = 150
_RADIUS = 4.5
"""Radius of the circle of one story; its area grows with their number."""
_LARGEST = 30.0
_MARGIN = 16
"""Room for circles at the antimeridian, on both sides."""
_LABELS = 10
_LETTER = 9.0
"""Width that a letter of a label takes, about."""
_LINE = 20.0
_PATH = re.compile(r'<path d="([^"]+)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class MapCircle:
    """A place on the map."""

    place: EditionPlace
    stories: int
    articles: int
    x: float
    y: float
    radius: float
    is_labelled: bool
    """Whether its name fits beside it."""

    @property
    def key(self) -> str:
        """Return its identifier in the address of a list."""
        return self.place.key


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldMap:
    """The map of a day."""

    circles: list[MapCircle]
    """The place of most stories first."""
    unshown: int
    """Places for which there is no room, those of the fewest stories."""
    unplaced: int
    """Articles without a dateline whose place is known."""
    land: str
    """The outline as the `d` of an SVG path."""
    box: str
    """The viewBox of the map."""


def world_map(entries: Iterable[EditionEntry]) -> WorldMap:
    """Return the map of a day."""
    stories: dict[str, set[str]] = defaultdict(set)
    articles: dict[str, int] = defaultdict(int)
    places: dict[str, EditionPlace] = {}
    unplaced = 0
    for entry in entries:
        located = {place.key: place for place in entry.places if _is_located(place)}
        unplaced += not located
        for key, place in located.items():
            places[key] = min(places.get(key, place), place, key=lambda each: each.name)
            stories[key].add(entry.story)
            articles[key] += 1
    ordered = sorted(places, key=lambda key: (-len(stories[key]), key))
    circles: list[MapCircle] = []
    for key in ordered[:MOST_CIRCLES]:
        circles.append(_circle(places[key], len(stories[key]), articles[key], circles))
    return WorldMap(
        circles=circles,
        unshown=len(ordered) - len(circles),
        unplaced=unplaced,
        land=_land(),
        box=f"{-_MARGIN} 0 {WIDTH + 2 * _MARGIN} {height():.0f}",
    )


def _is_located(place: EditionPlace) -> bool:
    return place.latitude is not None and place.longitude is not None and SOUTH < place.latitude < NORTH


def _circle(place: EditionPlace, stories: int, articles: int, before: list[MapCircle]) -> MapCircle:
    x, y = project(place.latitude or 0, place.longitude or 0)
    radius = min(_RADIUS * sqrt(stories), _LARGEST)
    labelled = [each for each in before if each.is_labelled]
    fits = len(labelled) < _LABELS and not any(_touch(place, x, y, radius, each) for each in before)
    return MapCircle(
        place=place,
        stories=stories,
        articles=articles,
        x=round(x, 1),
        y=round(y, 1),
        radius=round(radius, 1),
        is_labelled=fits and x + radius + _width(place) < WIDTH,
    )


def _touch(place: EditionPlace, x: float, y: float, radius: float, other: MapCircle) -> bool:
    """Return whether the label right of a circle would lie on another circle or on its label."""
    left, right = x - radius, x + radius + _width(place)
    others_right = other.x + other.radius + (_width(other.place) if other.is_labelled else 0)
    overlaps = left < others_right and other.x - other.radius < right
    return overlaps and abs(other.y - y) < max(_LINE, other.radius)


def _width(place: EditionPlace) -> float:
    return max(len(place.name), len(place.english)) * _LETTER


@lru_cache(maxsize=1)
def _land() -> str:
    svg = resources.files("crawler.data").joinpath("land.svg").read_text(encoding="utf-8")
    found = _PATH.search(svg)
    if found is None:
        raise ValueError("crawler/data/land.svg: no path in it; build it anew: tools/build_world.py")
    return found[1]
