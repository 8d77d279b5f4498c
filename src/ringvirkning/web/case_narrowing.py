"""The facets of the list of cases."""

import re
from collections.abc import Mapping
from functools import cache

from django.utils.translation import get_language

from ringvirkning.catalogue.queries import county_names, norwegian_order
from ringvirkning.search.approaches import approaches
from ringvirkning.search.casedoc import CASES
from ringvirkning.sources.tables import themes
from ringvirkning.web import words
from ringvirkning.web.approach_words import approach_labels
from ringvirkning.web.narrowing import Counts, Narrowing

YEAR = re.compile(r"(19|20)[0-9]{2}", re.ASCII)


def _known(facet: str, code: str) -> bool:
    if facet == "approach":
        return code in approaches()
    return bool(YEAR.fullmatch(code)) if facet == "year" else code in labels(facet)


def labels(facet: str) -> dict[str, str]:
    """Return code → label of a facet in the page's language, in the order they are shown. Years have none."""
    return _labels(facet, get_language() or "nb")


@cache
def _labels(facet: str, language: str) -> dict[str, str]:
    """The labels come from our own tables and translations, which never change while the program runs."""
    if facet == "theme":
        return {code: names.get(language, names["nb"]) for code, names in themes().items()}
    if facet == "county":
        return counties()
    tables: dict[str, Mapping[str, object]] = {
        "status": words.STATUSES,
        "procedure": words.PROCEDURES,
        "kind": words.PROCUREMENT_KINDS,
        "buyer": words.ORGANISATION_KINDS,
        "size": words.SIZES,
        "figure": words.FIGURES,
    }
    return {code: str(label) for code, label in tables.get(facet, {}).items()}


def counties() -> dict[str, str]:
    """Return county number → name, in Norwegian order."""
    return dict(sorted(county_names().items(), key=lambda county: norwegian_order(county[1])))


def years(counts: Counts, chosen: tuple[str, ...]) -> dict[str, str]:
    """Return the years of a list, the newest first."""
    return {year: year for year in sorted({*counts, *chosen}, reverse=True)}


def _shown(facet: str, counts: Counts, chosen: tuple[str, ...]) -> dict[str, str]:
    if facet == "approach":
        return approach_labels(counts, chosen)
    return years(counts, chosen) if facet == "year" else labels(facet)


CASE_LIST = Narrowing(
    names={name: words.FACETS[name] for name in CASES.facets},
    knows=_known,
    labels=_shown,
    open=frozenset({"theme", "status"}),
)
