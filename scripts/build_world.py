"""Build pipeline/report/world.csv: the outlines of the world's countries for the map of the report.

    npm pack world-atlas@2 && tar xf world-atlas-2.*.tgz
    python scripts/build_world.py package/countries-50m.json        # needs the package pycountry

The projection is Equal Earth (Šavrič, Patterson, Jenny 2018, doi:10.1080/13658816.2018.1504949); map.js projects points
in the same way. Lines are made simpler by Douglas and Peucker's method, each border once, so that neighbours still
touch. What lies across 180° is drawn whole, a little beyond the edge of the map. Antarctica is left out, and so are
islands that would be a dot, but for a country's biggest.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pycountry

HEAD = """\
# Outlines of the world's countries and territories, on a map 10,000 wide and 4,340 high in the Equal Earth projection.
# Built by scripts/build_world.py from countries-50m.json of world-atlas 2 (https://github.com/topojson/world-atlas).
# Source: Natural Earth (https://www.naturalearthdata.com), public domain; world-atlas: copyright 2013-2019 Michael
# Bostock, ISC licence (THIRD_PARTY.md). Selected, projected and simplified.
# country: ISO 3166-1 alpha-2, two hyphens where there is none; path: as in an SVG path, in steps.
country,path
"""
WIDTH = 10_000
FARTHEST = 2.7066299836960748  # x of 180° east on the equator, for a sphere of radius 1
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
TOLERANCE, SMALLEST = 2.2, 50  # map units; map units squared
TARGET = Path(__file__).resolve().parents[1] / "pipeline" / "report" / "world.csv"

Point = tuple[float, float]


def project(longitude: float, latitude: float) -> Point:
    """Where a place is on the map."""
    t = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    slope = A1 + 3 * A2 * t**2 + t**6 * (7 * A3 + 9 * A4 * t**2)
    x = 2 * math.radians(longitude) * math.cos(t) / (math.sqrt(3) * slope)
    y = A1 * t + A2 * t**3 + t**7 * (A3 + A4 * t**2)
    scale = WIDTH / 2 / FARTHEST
    return WIDTH / 2 + x * scale, 2434 - y * scale


def simpler(line: list[Point]) -> list[Point]:
    """The line with as few of its points as leave none of the others farther off than the tolerance."""
    if len(line) < 3:
        return line
    off, at = max((distance(line[0], line[-1], p), n) for n, p in enumerate(line[1:-1], 1))
    if off <= TOLERANCE:
        return [line[0], line[-1]]
    return simpler(line[: at + 1])[:-1] + simpler(line[at:])


def distance(start: Point, end: Point, point: Point) -> float:
    """How far a point is from a stretch of line."""
    along = (end[0] - start[0], end[1] - start[1])
    length = along[0] ** 2 + along[1] ** 2
    to = (point[0] - start[0], point[1] - start[1])
    part = max(0.0, min(1.0, (to[0] * along[0] + to[1] * along[1]) / length)) if length else 0.0
    return math.hypot(to[0] - part * along[0], to[1] - part * along[1])


def arcs(topology: dict[str, Any]) -> list[list[Point]]:
    """The lines of a TopoJSON file in degrees, made simpler as the map shows them."""
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            line.append((x * kx + dx, y * ky + dy))
        found.append(kept(unbroken(line)))
    return found


def unbroken(line: list[Point]) -> list[Point]:
    """A line that goes on beyond 180° where it would jump to the other side of the map."""
    found = line[:1]
    for longitude, latitude in line[1:]:
        found.append((longitude - 360 * round((longitude - found[-1][0]) / 360), latitude))
    return found


def kept(line: list[Point]) -> list[Point]:
    """The points of a line in degrees that are left when it is made simpler on the map."""
    degrees = {project(*point): point for point in line}
    places = [project(*point) for point in line]
    return [degrees[place] for place in (closed(places) if places[0] == places[-1] else simpler(places))]


def closed(ring: list[Point]) -> list[Point]:
    """A ring made simpler in two halves, which a line from a point to itself cannot be."""
    middle = max(range(len(ring)), key=lambda n: math.dist(ring[0], ring[n]))
    return simpler(ring[: middle + 1])[:-1] + simpler(ring[middle:])


def rings(geometry: dict[str, Any], lines: list[list[Point]]) -> Iterator[list[Point]]:
    """The rings of a country on the map, without the point that closes them."""
    polygons = geometry.get("arcs", [])
    for polygon in [polygons] if geometry["type"] == "Polygon" else polygons:
        for ring in polygon:
            points: list[Point] = []
            for arc in ring:
                points += (lines[arc] if arc >= 0 else lines[~arc][::-1])[:-1]
            yield [project(*point) for point in unbroken(points)]


def area(ring: list[Point]) -> float:
    """The area of a ring."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True))) / 2


def path(geometry: dict[str, Any], lines: list[list[Point]]) -> str:
    """The outline of a country as an SVG path; empty where it is too small to be drawn."""
    found = sorted((ring for ring in rings(geometry, lines) if len(ring) > 2), key=area, reverse=True)
    return "".join(steps(ring) for n, ring in enumerate(found) if not n or area(ring) >= SMALLEST)


def steps(ring: list[Point]) -> str:
    """A ring as an SVG path of whole numbers, each point counted from the one before."""
    whole = [(round(x), round(y)) for x, y in ring]
    first, *others = [(b[0] - a[0], b[1] - a[1]) for a, b in zip([(0, 0), *whole], whole, strict=False)]
    return f"M{first[0]} {first[1]}l" + " ".join(f"{x} {y}" for x, y in others if x or y) + "z"


def code(geometry: dict[str, Any]) -> str:
    """The alpha-2 code of a country."""
    found = pycountry.countries.get(numeric=geometry["id"]) if "id" in geometry else None
    return found.alpha_2 if found else "--"


def main(source: Path) -> None:
    """Write the outlines, sorted by country."""
    topology = json.loads(source.read_text("utf-8"))
    outline = partial(path, lines=arcs(topology))
    outlines = sorted((code(g), outline(g)) for g in topology["objects"]["countries"]["geometries"])
    body = "".join(f"{country},{line}\n" for country, line in outlines if line and country != "AQ")
    TARGET.write_text(HEAD + body, "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
