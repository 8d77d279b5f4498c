"""From latitude and longitude to a place on the map of Norway.

A Lambert conformal conic projection with two standard parallels, on a sphere. Earth being slightly
flattened moves nothing visible at the size of this map, and the outline in ``data/map.json`` and every
dot drawn on it pass through the same function. Source for the formulas: Snyder, "Map Projections: A
Working Manual" (USGS Professional Paper 1395), chapter 15. The constants below also stand in
``data/map.json``, which ``script/make-map-data.py`` writes from them.
"""

from math import cos, log, pi, radians, sin, tan

WIDTH = 600
HEIGHT = 746

FIRST_PARALLEL = 60.0
SECOND_PARALLEL = 69.0
CENTRAL_MERIDIAN = 15.0
ORIGIN_LATITUDE = 65.0

SCALE = 3150.0
"""Map units to one radius of the earth."""

ORIGIN_X = 290.3
ORIGIN_Y = 366.2
"""Where the point at the central meridian and the origin latitude falls on the map."""


def _half_angle(latitude: float) -> float:
    return tan(pi / 4 + radians(latitude) / 2)


_CONE = log(cos(radians(FIRST_PARALLEL)) / cos(radians(SECOND_PARALLEL))) / log(
    _half_angle(SECOND_PARALLEL) / _half_angle(FIRST_PARALLEL)
)
_FACTOR = SCALE * cos(radians(FIRST_PARALLEL)) * _half_angle(FIRST_PARALLEL) ** _CONE / _CONE


def _distance_from_pole(latitude: float) -> float:
    return float(_FACTOR / _half_angle(latitude) ** _CONE)


def project(lat: float, lon: float) -> tuple[float, float]:
    """Return map x (to the right) and y (downwards) for a place given in degrees.

    >>> x, y = project(65.0, 15.0)
    >>> round(x, 1), round(y, 1)
    (290.3, 366.2)
    """
    angle = _CONE * radians(lon - CENTRAL_MERIDIAN)
    radius = _distance_from_pole(lat)
    x = ORIGIN_X + radius * sin(angle)
    y = ORIGIN_Y - _distance_from_pole(ORIGIN_LATITUDE) + radius * cos(angle)
    return x, y
