"""Convert the outline of the land from npm's `world-atlas` into crawler/data/land.svg, for the map of the edition.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python tools/build_world.py package/land-110m.json

The data are Natural Earth's, 1:110 million, in the public domain. Only land is drawn, no borders.
"""

import json
import sys
from collections.abc import Iterator
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from crawler.edition.projection import WIDTH, height, project  # noqa: E402

OUT = ROOT / "crawler" / "data" / "land.svg"
_SOUTHMOST = -60.0
"""Land that lies wholly south of this latitude, in degrees, is left out: Antarctica."""
_SMALLEST = 0.6
"""Extent on the map below which an island is left out."""

_Point = tuple[float, float]


def rings(topology: dict[str, Any]) -> Iterator[list[_Point]]:
    """Yield each ring of the land as longitudes and latitudes in degrees."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [
        [(x * sx + tx, y * sy + ty) for x, y in accumulate(arc, lambda at, step: [at[0] + step[0], at[1] + step[1]])]
        for arc in topology["arcs"]
    ]
    for geometry in topology["objects"]["land"]["geometries"]:
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for ring in (ring for polygon in polygons for ring in polygon):
            yield [point for number in ring for point in (arcs[number] if number >= 0 else arcs[~number][::-1])]


def cut(ring: list[_Point]) -> Iterator[list[_Point]]:
    """Yield the parts of a ring on both sides of the antimeridian, which Natural Earth's outline crosses."""
    unwrapped = [ring[0]]
    for longitude, latitude in ring[1:]:
        turns = round((unwrapped[-1][0] - longitude) / 360)
        unwrapped.append((longitude + 360 * turns, latitude))
    for turns in (-1, 0, 1):
        shifted = [(longitude + 360 * turns, latitude) for longitude, latitude in unwrapped]
        if part := _east_of(_mirrored(_east_of(_mirrored(shifted)))):
            yield [*part, part[0]]


def _east_of(ring: list[_Point]) -> list[_Point]:
    """Return the part of a ring that is not west of -180 degrees (Sutherland and Hodgman's clipping)."""
    kept: list[_Point] = []
    for (x1, y1), (x2, y2) in pairwise([*ring, *ring[:1]]):
        if (x1 < -180) != (x2 < -180):
            kept.append((-180.0, y1 + (y2 - y1) * (-180 - x1) / (x2 - x1)))
        if x2 >= -180:
            kept.append((x2, y2))
    return kept


def _mirrored(ring: list[_Point]) -> list[_Point]:
    return [(-x, y) for x, y in ring]


def path(topology: dict[str, Any]) -> str:
    """Return the land as the `d` of an SVG path, in steps that are rounded to a tenth."""
    drawn = []
    for ring in (part for whole in rings(topology) for part in cut(whole)):
        if max(latitude for _, latitude in ring) < _SOUTHMOST:
            continue
        points = [project(latitude, longitude) for longitude, latitude in ring]
        tenths = [(round(10 * x), round(10 * y)) for x, y in points]
        steps = [(x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(tenths[:-1]) if (x1, y1) != (x2, y2)]
        if max(x for x, _ in points) - min(x for x, _ in points) >= _SMALLEST and len(steps) > 1:
            drawn.append(f"M{_text(tenths[0])}l{' '.join(map(_text, steps))}z")
    return "".join(drawn)


def _text(tenths: tuple[int, int]) -> str:
    return " ".join(f"{each / 10:g}" for each in tenths)


def main() -> int:
    """Write the file and say how large it is."""
    topology = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    box = f"0 0 {WIDTH} {height():.0f}"
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}"><path d="{path(topology)}"/></svg>\n'
    OUT.write_text(svg, encoding="utf-8")
    print(f"{OUT.relative_to(ROOT)}: {len(svg)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
