"""Norway as a drawing: land, dots with rings, and the places that cases belong to. No Django requests in here."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from math import hypot, sqrt

from ringvirkning.catalogue import queries
from ringvirkning.catalogue.models import Organisation
from ringvirkning.foundation.projection import HEIGHT, WIDTH, project
from ringvirkning.foundation.words import slugify
from ringvirkning.search.find import Hit
from ringvirkning.sources.tables import table

Point = tuple[float, float]
NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")
SMALL_STEP = 2.6  # map units between the points we keep where the whole country is a few centimetres high
MARGIN = 12.0  # around a county that fills the drawing
EDGE = 12.0  # around the country, so that rings by the coast are whole
SMALLEST_VIEW = 110.0  # so that a dot in Oslo still has some land around it

# Around the Oslofjord places lie so close that they are drawn again, larger, under a lens in the empty corner.
LENS_MIDDLE = (170.0, 652.0)
LENS_REACH = 47.0
LENS_AT = (452.0, 566.0)
LENS_ZOOM = 2.8

TEXT = 13.0  # height of a name on the map, in units of the whole country
LETTER = 0.56  # average width of a letter against its height


@dataclass(frozen=True)
class View:
    """The part of the map that is shown. ``scale`` is its width against the whole country's."""

    left: float = -EDGE
    top: float = -EDGE
    width: float = WIDTH + 2 * EDGE
    height: float = HEIGHT + 2 * EDGE

    @property
    def box(self) -> str:
        """Return the ``viewBox``."""
        return f"{self.left:.1f} {self.top:.1f} {self.width:.1f} {self.height:.1f}"

    @property
    def scale(self) -> float:
        """Return how much smaller things are drawn, so that they look as large on the screen."""
        return max(self.width / WIDTH, self.height / HEIGHT)


@dataclass(frozen=True)
class Place:
    """Somewhere cases belong: a municipality, or a whole county when the buyer is the county."""

    key: str
    name: str
    county: str
    at: Point
    organisation: Organisation | None
    hits: list[Hit] = field(default_factory=list, compare=False)

    @property
    def whole_county(self) -> bool:
        """Return whether the dot stands for a county rather than a spot in it."""
        return self.organisation is not None and not self.organisation.municipality


@dataclass(frozen=True)
class Label:
    """A name beside a dot."""

    x: float
    y: float
    anchor: str

    @property
    def position(self) -> dict[str, str]:
        """Return x and y as SVG writes numbers."""
        return {"x": f"{self.x:.1f}", "y": f"{self.y:.1f}"}


@dataclass(frozen=True)
class Dot:
    """A place as it is drawn. Radii are in map units; ``svg`` has them as SVG writes numbers."""

    place: Place
    x: float
    y: float
    radius: float
    rings: tuple[float, ...]
    target: float
    label: Label | None = None

    @property
    def svg(self) -> dict[str, object]:
        """Return the numbers with a full stop, whatever the page's language."""
        numbers = {"x": self.x, "y": self.y, "r": self.radius, "target": self.target}
        return {name: f"{value:.1f}" for name, value in numbers.items()} | {"rings": [f"{r:.1f}" for r in self.rings]}


@dataclass(frozen=True)
class Drawing:
    """Everything a map shows. Dots under the lens are in ``dots`` too, so the order is the list's."""

    view: View
    dots: list[Dot]
    lens: bool = False
    specks: list[dict[str, str]] = field(default_factory=list)
    county: str = ""

    @property
    def text_size(self) -> str:
        """Return the height of names."""
        return f"{TEXT * self.view.scale:.1f}"

    @property
    def lens_shape(self) -> dict[str, str]:
        """Return the lens' circles and how the land moves under it, as SVG writes it."""
        (x, y), (at_x, at_y) = LENS_MIDDLE, LENS_AT
        reach = LENS_REACH * LENS_ZOOM
        move = f"translate({at_x - x * LENS_ZOOM:.1f} {at_y - y * LENS_ZOOM:.1f}) scale({LENS_ZOOM})"
        small = {"small_x": f"{x:.1f}", "small_y": f"{y:.1f}", "small_r": f"{LENS_REACH:.1f}"}
        line = _between_circles(LENS_MIDDLE, LENS_REACH, LENS_AT, reach)
        return {"x": f"{at_x:.1f}", "y": f"{at_y:.1f}", "r": f"{reach:.1f}", "move": move, "line": line, **small}


def _between_circles(one: Point, reach: float, other: Point, far: float) -> str:
    """Return the path of the straight line between two circles' edges."""
    across, down = other[0] - one[0], other[1] - one[1]
    length = hypot(across, down)
    ends = (reach / length, 1 - far / length)
    return "M" + "L".join(f"{one[0] + across * end:.1f} {one[1] + down * end:.1f}" for end in ends)


def land() -> list[dict[str, str]]:
    """Return the counties with ``number``, ``name`` and ``path``."""
    counties: list[dict[str, str]] = table("map.json")["counties"]
    return counties


@cache
def small_land() -> list[dict[str, str]]:
    """Return the counties with fewer points, for a map of a few centimetres."""
    return [county | {"path": _coarse(county["path"])} for county in land()]


def point(lat: float, lon: float) -> dict[str, str]:
    """Return where a place stands on the map, as SVG writes numbers."""
    x, y = project(lat, lon)
    return {"x": f"{x:.1f}", "y": f"{y:.1f}"}


def shapes(path: str) -> Iterator[list[Point]]:
    """Yield the corners of each area of a path (``M x y l dx dy … z``)."""
    for part in path.split("M")[1:]:
        numbers = [float(number) for number in NUMBER.findall(part)]
        x, y = 0.0, 0.0
        corners = []
        for across, down in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + across, y + down
            corners.append((x, y))
        yield corners


def _coarse(path: str) -> str:
    """Return the path with corners at least a step apart, and without the smallest islands."""
    kept = (_thinned(corners) for corners in shapes(path))
    return "".join("M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in corners) + "z" for corners in kept if len(corners) > 3)


def _thinned(corners: list[Point]) -> list[Point]:
    kept = corners[:1]
    for corner in corners[1:]:
        if hypot(corner[0] - kept[-1][0], corner[1] - kept[-1][1]) >= SMALL_STEP:
            kept.append(corner)
    return kept


@cache
def county_view(number: str) -> View:
    """Return the view that a county fills."""
    path = next(county["path"] for county in land() if county["number"] == number)
    corners = [corner for shape in shapes(path) for corner in shape]
    (left, right), (top, bottom) = ((min(axis), max(axis)) for axis in zip(*corners, strict=True))
    width, height = (max(side + 2 * MARGIN, SMALLEST_VIEW) for side in (right - left, bottom - top))
    return View((left + right - width) / 2, (top + bottom - height) / 2, width, height)


def gather(hits: Iterable[Hit]) -> tuple[list[Place], list[Hit]]:
    """Return the places with their cases, by county and name, and the cases without a place."""
    homes = queries.homes()
    places: dict[str, Place] = {}
    nowhere = []
    for hit in hits:
        if hit.case.lat is None or hit.case.lon is None:
            nowhere.append(hit)
            continue
        place = _place(hit, homes.get((hit.case.lat, hit.case.lon)))
        places.setdefault(place.key, place).hits.append(hit)
    return sorted(places.values(), key=_by_county_and_name), nowhere


def _place(hit: Hit, home: Organisation | None) -> Place:
    case = hit.case
    if home is None or home.lat is None or home.lon is None:
        at = project(case.lat or 0, case.lon or 0)
        return Place(slugify(case.place), case.place, case.county, at, None)
    name = home.name.removesuffix(" kommune").removesuffix(" fylkeskommune")
    return Place(home.slug, name, home.county, project(home.lat, home.lon), home)


def _by_county_and_name(place: Place) -> tuple[str, str]:
    county = queries.county_names().get(place.county, "")
    return queries.norwegian_order(county), queries.norwegian_order(place.name)


def draw(places: list[Place], county: str = "") -> Drawing:
    """Return the map of these places: one county when it is given, else the country with its lens."""
    if county:
        view = county_view(county)
        return Drawing(view, _labelled(_spaced([_dot(place, view.scale) for place in places]), view), county=county)
    view = View()
    under = {place.key: place for place in places if _under_lens(place.at)}
    if len(under) < 2:
        return Drawing(view, _labelled(_spaced([_dot(place) for place in places]), view))
    dots = [_dot(replace(place, at=_magnified(place.at)) if place.key in under else place) for place in places]
    specks = [{"x": f"{place.at[0]:.1f}", "y": f"{place.at[1]:.1f}"} for place in under.values()]
    return Drawing(view, _labelled(_spaced(dots), view), lens=True, specks=specks)


def _under_lens(at: Point) -> bool:
    return hypot(at[0] - LENS_MIDDLE[0], at[1] - LENS_MIDDLE[1]) < LENS_REACH - 3


def _magnified(at: Point) -> Point:
    x, y = (there + (here - middle) * LENS_ZOOM for here, middle, there in zip(at, LENS_MIDDLE, LENS_AT, strict=True))
    return x, y


def _dot(place: Place, scale: float = 1) -> Dot:
    """Return the dot: its area grows with the cases, and more cases send out more rings."""
    count = len(place.hits)
    radius = 4 + 2 * sqrt(min(count, 40))
    rings = [radius + gap for gap in (5, 11, 18)][: 1 + (count > 1) + (count > 4)]
    return Dot(place, *place.at, radius * scale, tuple(ring * scale for ring in rings), 24 * scale)


def _spaced(dots: list[Dot]) -> list[Dot]:
    """Return the dots with the area that answers a finger cut where a neighbour's begins."""
    spaced = []
    for dot in dots:
        nearest = min((hypot(dot.x - one.x, dot.y - one.y) for one in dots if one is not dot), default=1000)
        spaced.append(replace(dot, target=max(dot.radius, min(dot.target, nearest / 2))))
    return spaced


Box = tuple[float, float, float, float]


def _labelled(dots: list[Dot], view: View) -> list[Dot]:
    """Return the dots with a name where there is room for it, the places with most cases first."""
    taken: list[Box] = [
        (dot.x - dot.radius, dot.y - dot.radius, dot.x + dot.radius, dot.y + dot.radius) for dot in dots
    ]
    labels: dict[str, Label] = {}
    for dot in sorted(dots, key=lambda one: -len(one.place.hits)):
        for label, box in _label_choices(dot, TEXT * view.scale):
            if _inside(box, view) and not any(_overlap(box, other) for other in taken):
                labels[dot.place.key] = label
                taken.append(box)
                break
    return [replace(dot, label=labels.get(dot.place.key)) for dot in dots]


def _label_choices(dot: Dot, size: float) -> Iterator[tuple[Label, Box]]:
    """Yield where the name may stand: right, left, below, above."""
    width, gap = len(dot.place.name) * size * LETTER, dot.rings[0] + size * 0.25
    half = size * 0.5
    for side, anchor in ((1, "start"), (-1, "end")):
        near = dot.x + side * gap
        far = near + side * width
        yield Label(near, dot.y + half * 0.7, anchor), (min(near, far), dot.y - half, max(near, far), dot.y + half)
    for middle in (dot.y + gap + half, dot.y - gap - half):
        box = (dot.x - width / 2, middle - half, dot.x + width / 2, middle + half)
        yield Label(dot.x, middle + half * 0.7, "middle"), box


def _inside(box: Box, view: View) -> bool:
    right, bottom = view.left + view.width, view.top + view.height
    return box[0] >= view.left and box[1] >= view.top and box[2] <= right and box[3] <= bottom


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
