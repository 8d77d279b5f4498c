import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringvirkning.foundation import projection
from ringvirkning.foundation.projection import HEIGHT, WIDTH, project
from ringvirkning.sources.tables import table

latitudes = st.floats(57.5, 71.5)
longitudes = st.floats(4, 32)


def test_the_origin_falls_where_it_is_said_to() -> None:
    assert project(65.0, 15.0) == pytest.approx((projection.ORIGIN_X, projection.ORIGIN_Y))


@given(latitudes, longitudes)
def test_further_north_is_always_higher_up(lat: float, lon: float) -> None:
    assert project(lat + 0.1, lon)[1] < project(lat, lon)[1]


@given(latitudes, longitudes)
def test_further_east_is_always_further_right(lat: float, lon: float) -> None:
    assert project(lat, lon + 0.1)[0] > project(lat, lon)[0]


@given(latitudes, st.floats(0, 15))
def test_the_map_is_even_about_its_middle_line(lat: float, away: float) -> None:
    west, east = project(lat, 15 - away), project(lat, 15 + away)
    assert west[1] == pytest.approx(east[1])
    assert projection.ORIGIN_X - west[0] == pytest.approx(east[0] - projection.ORIGIN_X)


@pytest.mark.parametrize("parallel", [projection.FIRST_PARALLEL, projection.SECOND_PARALLEL])
def test_distances_are_true_along_the_standard_parallels(parallel: float) -> None:
    from math import cos, dist, radians

    step = 0.01
    drawn = dist(project(parallel, 15), project(parallel, 15 + step))
    assert drawn == pytest.approx(projection.SCALE * cos(radians(parallel)) * radians(step), rel=1e-4)


def test_every_municipality_falls_on_the_map() -> None:
    places = [project(row["lat"], row["lon"]) for row in table("municipalities.json")["municipalities"]]
    assert all(0 < x < WIDTH and 0 < y < HEIGHT for x, y in places)


def test_places_lie_as_on_any_map_of_norway() -> None:
    oslo, bergen, tromso, vardo = (project(*p) for p in ((59.9, 10.7), (60.4, 5.3), (69.6, 19.0), (70.4, 31.1)))
    assert bergen[0] < oslo[0] < tromso[0] < vardo[0]
    assert tromso[1] < bergen[1] < oslo[1]
