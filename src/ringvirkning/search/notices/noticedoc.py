"""A notice as something to be found: its parts in words, its facets, its numbers to sort and narrow by."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from ringvirkning.catalogue.notices.models import Notice, NoticeParty
from ringvirkning.catalogue.notices.terms import PartyRole
from ringvirkning.search.approaches import approaches_in
from ringvirkning.search.notices.places import county_of
from ringvirkning.search.plan import Document, Range, Shape
from ringvirkning.search.text.tongues import terms_in
from ringvirkning.sources.notices.record import Money, Organisation, Texts
from ringvirkning.sources.notices.record import Notice as Record
from ringvirkning.sources.notices.terms import ValueKind
from ringvirkning.sources.tables import cpv_labels

KIND = "notice"
CPV_LEVELS = (2, 3, 4, 5, 8)  # division, group, class, category, code
NUTS_LEVELS = (2, 3, 4, 5)
NOTICES = Shape(
    kinds=(KIND,),
    fields={"text": 1.0},  # one field: several cost much with many notices, and gave nothing (docs/decisions/0013)
    facets=(
        "source", "phase", "kind", "country", "county", "nuts", "cpv", "buyer", "winner", "procedure", "nature",
        "technique", "estimated", "awarded", "innovation", "innovation_code", "language", "level", "standing", "year",
        "approach",
    ),
    ranks=("published", "deadline", "estimated", "awarded", "likelihood"),
    ascending=frozenset({"deadline"}),
    told="approach",
    trees={"cpv": CPV_LEVELS, "nuts": NUTS_LEVELS},
)  # fmt: skip
# Kroner: a value belongs to the first band whose limit it is below.
BANDS = ((1_000_000, "under-1m"), (5_000_000, "1m-5m"), (20_000_000, "5m-20m"), (100_000_000, "20m-100m"))
LARGEST_BAND = "over-100m"
OUR_CURRENCY = "NOK"
MOST_CHARACTERS = 60_000  # of a notice's text: the longest real ones have a third of this
MOST_RANK = 2**62
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Innovation(NamedTuple):
    """What the analysis and people say of a notice, as search needs it."""

    standing: str = ""  # ``analysis.terms.Standing``
    code: str = ""  # BT-776 code that a person has confirmed
    likelihood: float | None = None


class Passage(NamedTuple):
    """Some words of a notice, the part they stand in, and their language."""

    part: str
    text: str
    language: str


def passages(record: Record) -> list[Passage]:
    """Return everything a notice says in words, in the order a reader meets it."""
    found = [*_texts("title", record.titles), *_texts("description", record.descriptions)]
    for lot in record.lots:
        found += [*_texts("lot", lot.titles), *_texts("lot", lot.descriptions)]
    return [*_once(found), *_names(record), *_codes(record)]


def _texts(part: str, texts: Texts) -> list[Passage]:
    return [Passage(part, text, language) for language, text in texts.items() if text.strip()]


def _once(found: Iterable[Passage]) -> Iterator[Passage]:
    """Yield each text once, as long as there is room: many lots say the same as the whole."""
    seen, left = set(), MOST_CHARACTERS
    for passage in found:
        if passage.text not in seen and left > 0:
            seen.add(passage.text)
            yield passage._replace(text=passage.text[:left])
            left -= len(passage.text)


def _names(record: Record) -> list[Passage]:
    named = [("buyer", one) for one in record.buyers] + [("winner", one) for one in record.winners]
    return [Passage(part, said, "no") for part, one in dict.fromkeys(named) for said in _called(one)]


def _called(organisation: Organisation) -> list[str]:
    return [said for said in (organisation.name, organisation.number) if said]


def _codes(record: Record) -> list[Passage]:
    """Return the goods and services in Norwegian and English: so a Norwegian need finds a Finnish notice."""
    labels = cpv_labels()
    return [
        Passage("codes", label, language)
        for code in dict.fromkeys(record.cpv)
        for label, language in zip(labels.get(code, ()), ("nb", "en"), strict=False)
    ]


def notice_document(notice: Notice, record: Record, parties: Iterable[NoticeParty], innovation: Innovation) -> Document:
    """Return the notice as a document for an engine. ``parties`` come with their organisations."""
    said = passages(record)
    return Document(
        key=f"{KIND}/{notice.key}",
        kind=KIND,
        terms={"text": terms_of(said)},
        facets={**_facets(notice, record, list(parties), innovation), "approach": approaches_of(said)},
        ranks=_ranks(notice, record, innovation),
    )


def approaches_of(said: Iterable[Passage]) -> list[str]:
    """Return the solution approaches that a notice tells of, the weightiest first."""
    return [found.approach for found in approaches_in(said)]


def terms_of(said: Iterable[Passage]) -> list[str]:
    """Return the terms of some passages. What stands in the title is said twice."""
    terms: list[str] = []
    for passage in said:
        terms += terms_in(passage.language, passage.text) * (2 if passage.part == "title" else 1)
    return terms


def _facets(notice: Notice, record: Record, parties: list[NoticeParty], innovation: Innovation) -> dict[str, list[str]]:
    """Return the values a notice has in each facet; unknown is no value."""
    published = notice.published
    codes = [*record.innovation, *([innovation.code] if innovation.code else [])]
    return {
        "source": _sources(record),
        "phase": [notice.phase],
        "kind": [notice.kind] if notice.kind else [],
        "country": sorted({*record.countries, *([notice.country] if notice.country else [])}),
        "county": _counties(record, parties),
        "nuts": sorted({code[:length] for code in _all_nuts(record) for length in NUTS_LEVELS if len(code) >= length}),
        "cpv": sorted({above for code in _all_cpv(record) for above in cpv_and_above(code)}),
        "buyer": _slugs(parties, PartyRole.BUYER),
        "winner": _slugs(parties, PartyRole.WINNER),
        "procedure": [record.procedure] if record.procedure else [],
        "nature": _natures(record),
        "technique": list(dict.fromkeys(record.techniques)),
        "estimated": _band(estimated(record)),
        "awarded": _band(awarded(record)),
        "innovation": [innovation.standing] if innovation.standing else [],
        "innovation_code": list(dict.fromkeys(codes)),
        "language": [record.language] if record.language else [],
        "level": ["national" if notice.national else "eea"],
        "standing": ["cancelled" if notice.cancelled else "standing"],
        "year": [str(published.year)] if published else [],
    }  # fmt: skip


def _ranks(notice: Notice, record: Record, innovation: Innovation) -> dict[str, int]:
    known = {
        "published": day_number(notice.published) if notice.published else None,
        "deadline": minute_number(notice.deadline) if notice.deadline else None,
        "estimated": _kroner(estimated(record)),
        "awarded": _kroner(awarded(record)),
        "likelihood": None if innovation.likelihood is None else round(innovation.likelihood * 1000),
    }
    return {name: number for name, number in known.items() if number is not None}


def _sources(record: Record) -> list[str]:
    """Return every place the notice was published in: twins are one notice with two addresses."""
    numbers = {"doffin": record.doffin_number, "ted": record.ted_number}
    return sorted({record.source.value, *(source for source, number in numbers.items() if number)})


def _natures(record: Record) -> list[str]:
    return sorted({one for one in (record.contract_nature, *(lot.contract_nature for lot in record.lots)) if one})


def _all_cpv(record: Record) -> set[str]:
    return {*record.cpv, *(code for lot in record.lots for code in lot.cpv)}


def _all_nuts(record: Record) -> set[str]:
    codes = {*record.nuts, *(code for lot in record.lots for code in lot.nuts)}
    codes |= {buyer.nuts for buyer in record.buyers if buyer.nuts}
    return {code for code in codes if code.isalnum()}


def cpv_and_above(code: str) -> list[str]:
    """Return a CPV code with its division, group, class and category, as far as it goes down itself."""
    told = code.rstrip("0").ljust(2, "0")
    return [told[:length] for length in CPV_LEVELS[:-1] if len(told) >= length] + [code]


def _counties(record: Record, parties: list[NoticeParty]) -> list[str]:
    of_buyers = {one.organisation.county for one in parties if one.role == PartyRole.BUYER and one.organisation}
    return sorted({*of_buyers, *(county_of(code) for code in _all_nuts(record))} - {""})


def _slugs(parties: list[NoticeParty], role: PartyRole) -> list[str]:
    return sorted({one.organisation.slug for one in parties if one.role == role and one.organisation})


def estimated(record: Record) -> Money | None:
    """Return the estimated value of the whole; of the only lot when nothing is said of the whole."""
    return _value(record, (ValueKind.ESTIMATED, ValueKind.FRAMEWORK_MAXIMUM))


def awarded(record: Record) -> Money | None:
    """Return the awarded value of the whole; of the only lot when nothing is said of the whole."""
    return _value(record, (ValueKind.AWARDED,))


def _value(record: Record, kinds: tuple[ValueKind, ...]) -> Money | None:
    for kind in kinds:
        if found := record.total(kind):
            return found
    of_lot = record.lots[0].values if len(record.lots) == 1 else ()
    return next((value for kind in kinds for value in of_lot if value.kind is kind), None)


def _kroner(value: Money | None) -> int | None:
    """Return whole kroner. Other currencies are not converted: a rate would be a guess."""
    if value is None or value.currency != OUR_CURRENCY:
        return None
    return round(min(max(value.amount, 0), MOST_RANK))


def _band(value: Money | None) -> list[str]:
    kroner = _kroner(value)
    if kroner is None:
        return []
    return [next((band for limit, band in BANDS if kroner < limit), LARGEST_BAND)]


def day_number(day: date) -> int:
    """Return a day as the number it has in the index."""
    return day.toordinal()


def minute_number(at: datetime) -> int:
    """Return an instant as the number of the minute it has in the index."""
    return (at - EPOCH) // timedelta(minutes=1)


def open_at(at: datetime) -> Range:
    """Return the range of deadlines that have not passed."""
    return Range(minute_number(at), None)
