"""The filters of lists of notices: what can be chosen, what it is called, and which range of deadlines it asks for."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ringvirkning.catalogue.queries import names_of_organisations
from ringvirkning.search.approaches import approaches
from ringvirkning.search.notices.noticedoc import CPV_LEVELS, NUTS_LEVELS, minute_number
from ringvirkning.search.plan import Range
from ringvirkning.sources.notices import labels
from ringvirkning.sources.tables import cpv_labels
from ringvirkning.web.approach_words import approach_labels
from ringvirkning.web.case_narrowing import YEAR, counties, years
from ringvirkning.web.narrowing import Chip, Counts, Filters, Narrowing, address_with
from ringvirkning.web.notices import telling, words
from ringvirkning.web.notices.deadlines import SOON
from ringvirkning.web.notices.saying import page_language
from ringvirkning.web.notices.trees import Tree

DEADLINE = "frist"
DEADLINES: dict[str, str | Promise] = {
    "": _("Alle"),
    "open": _("Åpne nå"),
    "soon": _("Frist innen to uker"),
}
MOST_BUYERS = 12
CPV = re.compile(r"[0-9]{2,5}|[0-9]{8}", re.ASCII)
NUTS = re.compile(r"[A-Z]{2}[0-9A-Z]{0,3}", re.ASCII)
SLUG = re.compile(r"[a-z0-9-]{1,100}", re.ASCII)
COUNTRY = re.compile(r"[A-Z0-9]{3}", re.ASCII)
HOME = "NOR"
# Groups of codes that have their words in ``labels``.
CODED = {"procedure": "procedure", "kind": "kind", "nature": "nature", "innovation_code": "innovation"}


def cpv_label(code: str) -> str:
    """Return the name of a CPV code or of the beginning of one."""
    named = cpv_labels().get(code.ljust(8, "0"))
    return named[1 if page_language() == "en" else 0] if named else code


def nuts_label(code: str) -> str:
    """Return the name of a region; its country and code when we have no name for it."""
    country = telling.short_country_said(code[:2])
    if len(code) == NUTS_LEVELS[0]:
        return country or code
    named = labels.region(code, page_language())
    return named if named and named != country else code


def _knows(facet: str, code: str) -> bool:
    patterns = {"year": YEAR, "nuts": NUTS, "buyer": SLUG, "winner": SLUG, "country": COUNTRY}
    if facet in patterns:
        return bool(patterns[facet].fullmatch(code))
    if facet == "approach":
        return code in approaches()
    if facet == "cpv":
        return bool(CPV.fullmatch(code)) and code.ljust(8, "0") in cpv_labels()
    return code in _fixed(facet)


def _fixed(facet: str) -> Mapping[str, str]:
    """Return code → label of a facet whose codes are all known."""
    if facet == "county":
        return counties()
    if facet in CODED:
        return labels.words(CODED[facet], get_language() or "nb")
    tables: dict[str, Mapping[str, object]] = {
        "source": words.SOURCES,
        "phase": words.PHASES,
        "innovation": words.STANDINGS,
        "estimated": words.BANDS,
        "awarded": words.BANDS,
        "level": words.LEVELS,
        "standing": words.STATES,
    }
    return {code: str(label) for code, label in tables.get(facet, {}).items()}


def _labels(facet: str, counts: Counts, chosen: tuple[str, ...]) -> Mapping[str, str]:
    if facet == "year":
        return years(counts, chosen)
    if facet == "approach":
        return approach_labels(counts, chosen)
    if facet in ("buyer", "winner"):
        most = sorted(counts, key=lambda slug: -counts[slug])[:MOST_BUYERS]
        named = names_of_organisations([*chosen, *most])
        return {slug: named[slug] for slug in dict.fromkeys([*chosen, *most]) if slug in named}
    if facet == "country":
        ordered = sorted({*counts, *chosen}, key=lambda code: (code != HOME, -counts.get(code, 0)))
        return {code: telling.country_said(code) for code in ordered}
    if facet in ("cpv", "nuts"):
        named_by = cpv_label if facet == "cpv" else nuts_label
        return {code: named_by(code) for code in chosen}
    return _fixed(facet)


# Facets with a box of their own, in order; the rest can be chosen by links and taken away again.
SHOWN = (
    "phase",
    "innovation",
    "cpv",
    "approach",
    "county",
    "country",
    "estimated",
    "awarded",
    "procedure",
    "buyer",
    "source",
    "year",
)
NOTICE_LIST = Narrowing(
    names=words.FILTERS,
    knows=_knows,
    labels=_labels,
    open=frozenset({"phase", "innovation", "cpv"}),
    trees={"cpv": Tree("cpv", CPV_LEVELS, cpv_label), "nuts": Tree("nuts", NUTS_LEVELS, nuts_label)},
)


def deadline_chosen(query: QueryDict) -> str:
    """Return which deadlines are asked for: "open", "soon" or ""."""
    asked = query.get(DEADLINE, "")
    return asked if asked in DEADLINES else ""


def deadline_range(chosen: str, today: date) -> dict[str, Range]:
    """Return the range of deadlines: from the beginning of this day, since a page is kept for as long as a day."""
    if not chosen:
        return {}
    last = _midnight(today + timedelta(days=SOON + 1)) if chosen == "soon" else None
    return {"deadline": Range(minute_number(_midnight(today)), minute_number(last) - 1 if last else None)}


def with_standing(filters: Filters, deadline: str) -> Filters:
    """Return the filters without what was called off, when only what can be answered is wanted."""
    return {**filters, "standing": ("standing",)} if deadline else filters


def deadline_chip(query: QueryDict, chosen: str) -> list[Chip]:
    """Return the chip that takes the choice of deadlines away."""
    if not chosen:
        return []
    return [Chip(str(words.FILTERS_DEADLINE), str(DEADLINES[chosen]), address_with(query, DEADLINE, []))]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=timezone.get_default_timezone())
