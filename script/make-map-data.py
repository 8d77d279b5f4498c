#!/usr/bin/env python3
"""Write src/ringvirkning/data/map.json: the outline of Norway, one SVG path per county.

    script/make-map-data.py COUNTIES.geojson [OUT.json] [--preview OUT.svg]

COUNTIES.geojson holds the counties as polygons in degrees (WGS 84), each feature with ``id`` and
``name``: the county borders of Kartverket, as GeoJSON. Svalbard is left out.

How the outline is made
1. Project. Every point goes through ``ringvirkning.foundation.projection.project``, a Lambert conformal
   conic with standard parallels 60 and 69 degrees north and central meridian 15 degrees east. The
   program draws its dots with the same function, so a dot always lands on the outline. The constants
   are written into the file, for those who read it with another language.
2. Cut the borders into stretches where two counties meet, so that both sides keep the same line and no
   gap opens between neighbours.
3. Simplify each stretch with Douglas-Peucker, and drop islands too small to see.
4. Write coordinates with one decimal; every point after the first is relative to the one before.

``--preview`` also writes an SVG with a few towns, to look at.
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from math import hypot
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from ringvirkning.foundation import projection  # noqa: E402

TOLERANCE = 0.45
SMALLEST_ISLAND = 1.6
SVALBARD = {"21", "22"}

Point = tuple[float, float]
Ring = list[Point]

TOWNS = {
    "Oslo": (59.9127, 10.7461),
    "Bergen": (60.3913, 5.3221),
    "Trondheim": (63.4305, 10.3951),
    "Tromsø": (69.6492, 18.9553),
    "Kirkenes": (69.7271, 30.0450),
    "Kristiansand": (58.1467, 7.9956),
    "Bodø": (67.2804, 14.4049),
    "Stavanger": (58.9700, 5.7331),
}


def rings_of(feature: dict) -> Iterator[Ring]:
    """The outer rings and holes of one county, projected, without the repeated last point."""
    geometry = feature["geometry"]
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for polygon in polygons:
        for ring in polygon:
            yield [projection.project(lat, lon) for lon, lat, *_ in ring[:-1]]


def area(ring: Ring) -> float:
    """The area inside a ring, in square map units."""
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


def distance(point: Point, start: Point, end: Point) -> float:
    """How far a point lies from the straight line between two others."""
    length = hypot(end[0] - start[0], end[1] - start[1])
    if length == 0:
        return hypot(point[0] - start[0], point[1] - start[1])
    across = (end[0] - start[0]) * (start[1] - point[1]) - (start[0] - point[0]) * (end[1] - start[1])
    return abs(across) / length


def simplify(line: Ring) -> Ring:
    """Douglas-Peucker: keep the ends and every point that would be missed."""
    keep = {0, len(line) - 1}
    todo = [(0, len(line) - 1)]
    while todo:
        first, last = todo.pop()
        if last - first < 2:
            continue
        far = max(range(first + 1, last), key=lambda i: distance(line[i], line[first], line[last]))
        if distance(line[far], line[first], line[last]) > TOLERANCE:
            keep.add(far)
            todo += [(first, far), (far, last)]
    return [line[i] for i in sorted(keep)]


def simplify_shared(line: Ring) -> Ring:
    """Simplify the same way whichever county walks the line."""
    if line[0] <= line[-1]:
        return simplify(line)
    return simplify(line[::-1])[::-1]


def owners_of(counties: dict[str, list[Ring]]) -> dict[Point, frozenset[str]]:
    """Which counties touch each point."""
    owners: dict[Point, set[str]] = defaultdict(set)
    for number, rings in counties.items():
        for ring in rings:
            for point in ring:
                owners[point].add(number)
    return {point: frozenset(numbers) for point, numbers in owners.items()}


def corners(ring: Ring, owners: dict[Point, frozenset[str]]) -> list[int]:
    """Where a stretch begins: the last point before the set of touching counties grows or changes."""
    found = []
    for i, point in enumerate(ring):
        before, after = owners[ring[i - 1]], owners[ring[(i + 1) % len(ring)]]
        here = owners[point]
        if len(here) > 2 or (len(here) == 2 and (before != here or after != here)):
            found.append(i)
    return found


def simplify_ring(ring: Ring, owners: dict[Point, frozenset[str]]) -> Ring:
    """A ring with every stretch between its corners simplified."""
    cuts = corners(ring, owners)
    if len(cuts) < 2:
        far = max(range(len(ring)), key=lambda i: hypot(ring[i][0] - ring[0][0], ring[i][1] - ring[0][1]))
        cuts = [0, far]
    result: Ring = []
    for start, end in zip(cuts, [*cuts[1:], cuts[0] + len(ring)], strict=True):
        stretch = [ring[i % len(ring)] for i in range(start, end + 1)]
        result += simplify_shared(stretch)[:-1]
    return result


def number(value: int) -> str:
    """Tenths of a map unit as short text: 12 -> "1.2", 30 -> "3", -5 -> "-.5"."""
    text = f"{value / 10:.1f}".removesuffix(".0")
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def join(values: Iterable[int]) -> str:
    """Numbers side by side, with a space only where one is needed."""
    text = ""
    for value in values:
        part = number(value)
        text += part if not text or part.startswith("-") else " " + part
    return text


def path_of(ring: Ring) -> str:
    """One closed SVG subpath. Rounding comes before the differences, so errors do not add up."""
    tenths = [point for point, _ in groupby((round(x * 10), round(y * 10)) for x, y in ring)]
    if len(set(tenths)) < 3:
        return ""
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(tenths)]
    return f"M{join(tenths[0])}l{join(value for step in steps for value in step)}z"


def make(source: Path) -> dict:
    """The whole file as a dictionary."""
    collection = json.loads(source.read_text("utf-8"))
    features = [f for f in collection["features"] if f["properties"]["id"] not in SVALBARD]
    counties = {f["properties"]["id"]: list(rings_of(f)) for f in features}
    owners = owners_of(counties)
    for point in owners:
        if not (0 <= point[0] <= projection.WIDTH and 0 <= point[1] <= projection.HEIGHT):
            raise SystemExit(f"{point} falls outside the map. Adjust the constants in projection.py.")
    names = {f["properties"]["id"]: f["properties"]["name"] for f in features}
    rows = []
    for county, rings in sorted(counties.items()):
        largest = max(map(area, rings))
        kept = sorted((r for r in rings if area(r) >= min(SMALLEST_ISLAND, largest)), key=area, reverse=True)
        path = "".join(path_of(simplify_ring(ring, owners)) for ring in kept)
        rows.append({"number": county, "name": names[county].split(" - ")[0], "path": path})
    return {
        "about": "Outline of Norway by county from 2024, reduced for small maps. Svalbard, Jan Mayen and the"
        " smallest islands are left out. Not for measuring.",
        "source": "Kartverket, Norske fylker og kommuner",
        "licence": "CC-BY-4.0",
        "viewbox": [projection.WIDTH, projection.HEIGHT],
        "projection": {
            "kind": "lambert-conformal-conic, sphere",
            "first_parallel": projection.FIRST_PARALLEL,
            "second_parallel": projection.SECOND_PARALLEL,
            "central_meridian": projection.CENTRAL_MERIDIAN,
            "origin_latitude": projection.ORIGIN_LATITUDE,
            "scale": projection.SCALE,
            "origin_x": projection.ORIGIN_X,
            "origin_y": projection.ORIGIN_Y,
        },
        "counties": rows,
    }


def preview(data: dict) -> str:
    """An SVG of the map with a few towns, for a look."""
    width, height = data["viewbox"]
    paths = "".join(
        f'<path d="{c["path"]}" fill="#d7e6f2" stroke="#51718a" stroke-width=".6"/>' for c in data["counties"]
    )
    dots = ""
    for name, (lat, lon) in TOWNS.items():
        x, y = projection.project(lat, lon)
        dots += f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="#b3261e"/>'
        dots += f'<text x="{x + 5:.1f}" y="{y + 4:.1f}">{name}</text>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}"'
        f' height="{height}" font-family="sans-serif" font-size="13">'
        f'<rect width="100%" height="100%" fill="#fff"/>{paths}{dots}</svg>'
    )


def main() -> None:
    """Read the arguments and write the files."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("counties", type=Path, help="county borders as GeoJSON")
    parser.add_argument("out", type=Path, nargs="?", default=ROOT / "src/ringvirkning/data/map.json")
    parser.add_argument("--preview", type=Path, help="also write an SVG to look at")
    wanted = parser.parse_args()
    data = make(wanted.counties)
    wanted.out.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", "utf-8")
    if wanted.preview:
        wanted.preview.write_text(preview(data), "utf-8")
    print(f"{wanted.out.name}: {wanted.out.stat().st_size} bytes, {len(data['counties'])} counties")


if __name__ == "__main__":
    main()
