"""Adding up evidence for CPV codes: points per code or class, sharpened to shares, and put together with weights.

A class is the first four digits. A code that stops above it ("45000000") is the class "4500": no deeper than it says.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping

DIVISION, GROUP, CLASS = 2, 3, 4  # digits
NEXT = 3  # codes of a class that count in its points, the second a quarter of the first, the third a ninth
LEAST = 0.01  # of the largest, when sharpened: there are a thousand smaller shares, and they change nothing
Points = Mapping[str, float]


def add_up(weighted: Iterable[tuple[float, Points]]) -> dict[str, float]:
    """Return the weighted sum of several sets of points."""
    total: dict[str, float] = defaultdict(float)
    for weight, points in weighted:
        for key, value in points.items():
            total[key] += weight * value
    return dict(total)


def sharpened(points: Points, power: float) -> dict[str, float]:
    """Return points as shares that add up to 1, the largest standing out more the larger the power; the least go."""
    largest = max(points.values(), default=0.0)
    if largest <= 0:
        return {}
    least = largest * LEAST ** (1 / power)
    raised = {key: (value / largest) ** power for key, value in points.items() if value >= least}
    whole = math.fsum(raised.values())
    return {key: value / whole for key, value in raised.items()}


def by_class(codes: Points) -> dict[str, float]:
    """Return the points of each class: of its best code, and less of the next ones."""
    found: dict[str, list[float]] = defaultdict(list)
    for code, value in codes.items():
        found[code[:CLASS]].append(value)
    return {key: _of_best(values) for key, values in found.items()}


def _of_best(values: list[float]) -> float:
    if len(values) == 1:
        return values[0]
    best = sorted(values, reverse=True)[:NEXT]
    return math.fsum(value / (place + 1) ** 2 for place, value in enumerate(best))


def at_level(points: Points, digits: int) -> dict[str, float]:
    """Return the points of the codes above: those that begin alike are added up."""
    found: dict[str, float] = defaultdict(float)
    for key, value in points.items():
        found[key[:digits]] += value
    return dict(found)
