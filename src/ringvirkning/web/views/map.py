"""The map: where the cases are, and the same places as a list."""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ringvirkning.catalogue import queries
from ringvirkning.search.find import DEEPEST, MOST, Answer, Hit, find
from ringvirkning.sources.tables import themes
from ringvirkning.web import places


@dataclass(frozen=True)
class CountyGroup:
    """The places of one county, for the list."""

    number: str
    name: str
    places: list[places.Place]

    @property
    def cases(self) -> int:
        """Return how many cases the county's places have together."""
        return sum(len(place.hits) for place in self.places)


@require_safe
def map_page(request: HttpRequest) -> HttpResponse:
    """Answer with the map of the cases that fit the chosen theme and county."""
    theme = _chosen(request, "theme", themes())
    county = _chosen(request, "county", queries.county_names())
    answer, hits = everything({"theme": (theme,) if theme else (), "county": (county,) if county else ()})
    found, nowhere = places.gather(hits)
    here = [place for place in found if place.county == county] if county else found
    context = {
        "map": places.draw(here, county),
        "land": places.land(),
        "groups": _by_county(here),
        "elsewhere": [hit for place in found if place not in here for hit in place.hits],
        "nowhere": nowhere,
        "total": answer.total,
        "placed": sum(len(place.hits) for place in here),
        "ready": answer.ready,
        "theme": themes().get(theme),
        "county": {"number": county, "name": queries.county_names()[county]} if county else None,
        "theme_choices": [(label, answer.counts.get("theme", {}).get(name, 0)) for name, label in themes().items()],
        "county_choices": _county_choices(answer),
    }
    return render(request, "web/map.html", context)


def everything(filters: dict[str, tuple[str, ...]]) -> tuple[Answer, list[Hit]]:
    """Return the answer to these filters with every hit, not only a page of them."""
    answer = find(filters=filters, limit=MOST, with_reasons=False)
    return answer, list(_all_pages(answer, filters))


def _all_pages(first: Answer, filters: dict[str, tuple[str, ...]]) -> Iterator[Hit]:
    yield from first.hits
    for offset in range(MOST, min(first.total, DEEPEST), MOST):
        yield from find(filters=filters, offset=offset, limit=MOST, with_reasons=False).hits


def _chosen(request: HttpRequest, name: str, known: Container[str]) -> str:
    """Return the value in the address when we know it, else nothing: shared addresses outlive lists."""
    value = request.GET.get(name, "")
    return value if value in known else ""


def _by_county(found: list[places.Place]) -> list[CountyGroup]:
    names = queries.county_names()
    grouped = groupby(found, key=lambda place: place.county)
    return [CountyGroup(number, names.get(number, ""), list(members)) for number, members in grouped]


def _county_choices(answer: Answer) -> list[tuple[str, str, int]]:
    counts = answer.counts.get("county", {})
    named = sorted(queries.county_names().items(), key=lambda county: queries.norwegian_order(county[1]))
    return [(number, name, counts.get(number, 0)) for number, name in named]
