"""How far it is between two organisations. Pure.

Municipalities and counties have a point inside them (``data/municipalities.json``); the distance is in a straight line
between the points, and so says only roughly how far people would travel.
"""

from math import asin, cos, radians, sin, sqrt

from ringvirkning.catalogue.models import Organisation

EARTH_KM = 6_371.0


def kilometres(one: Organisation, other: Organisation) -> float | None:
    """Return the distance between two organisations in kilometres; None when one of them has no place."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    return great_circle(one.lat, one.lon, other.lat, other.lon)


def great_circle(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return the distance in kilometres between two points in degrees (haversine)."""
    north, east = radians(other_lat - lat) / 2, radians(other_lon - lon) / 2
    bent = sin(north) ** 2 + cos(radians(lat)) * cos(radians(other_lat)) * sin(east) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, bent)))
