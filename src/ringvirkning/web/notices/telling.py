"""What a notice says, as named facts in the reader's words: shown on its page, and compared from version to version."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from babel import Locale
from django.utils.translation import gettext as _

from ringvirkning.sources.notices import labels
from ringvirkning.sources.notices.record import Criterion, Lot, Money, Notice
from ringvirkning.sources.notices.terms import ValueKind
from ringvirkning.sources.tables import cpv_labels
from ringvirkning.web.notices import money, words
from ringvirkning.web.notices.deadlines import Deadline, span_said
from ringvirkning.web.notices.saying import nearest, page_language
from ringvirkning.web.templatetags.rv import day, locale, number

RUN = 3  # lots in a row that are told as one stretch
CODED = ("kind", "procedure", "legal_basis")


@dataclass(frozen=True)
class Fact:
    """One thing a notice says: its name, what to call it, and its values in words."""

    name: str
    values: tuple[str, ...]

    @property
    def label(self) -> str:
        """Return what the fact is called."""
        return str(words.FACTS[self.name])


def facts_of(record: Notice) -> list[Fact]:
    """Return every fact with something in it, in the order of ``words.FACTS``."""
    told: dict[str, Iterable[str]] = {
        "title": [nearest(record.titles, record.language).text],
        "description": [nearest(record.descriptions, record.language).text],
        "buyer": [buyer.name or "" for buyer in record.buyers],
        "deadline": [moment_said(record)],
        "cpv": [cpv_said(code) for code in record.cpv],
        "nature": [labels.label("nature", record.contract_nature, page_language())] if record.contract_nature else [],
        "place": places_said(record.nuts, record.countries),
        "techniques": techniques_said(record),
        "duration": durations_said(record.lots),
        **{kind: sums_said(record.values, ValueKind(kind)) for kind in words.VALUE_KINDS},
        "lots": [lot_line(lot, record) for lot in record.lots] if len(record.lots) > 1 else [],
        "criteria": [criterion_said(one, record.language) for one in record.criteria],
        "winner": [winner.name or "" for winner in record.winners],
        "not_awarded": codes_said("not_awarded", (lot.not_awarded_reason for lot in record.lots)),
        **{group: codes_said(group, getattr(record, group)) for group in ("innovation", "green", "social")},
        **{kind: [one.url for one in record.links if one.kind == kind] for kind in ("documents", "submission")},
        **{name: codes_said(name, [getattr(record, name)]) for name in CODED},
    }
    facts = [Fact(name, tuple(dict.fromkeys(one for one in told.get(name, ()) if one))) for name in words.FACTS]
    return [fact for fact in facts if fact.values]


def codes_said(group: str, codes: Iterable[str | None]) -> list[str]:
    """Return the words for codes of a group, each once."""
    return [labels.label(group, code, page_language()) for code in dict.fromkeys(codes) if code]


def cpv_said(code: str) -> str:
    """Return the name of a CPV code with the code behind."""
    named = cpv_labels().get(code)
    if not named:
        return code
    return f"{named[1] if page_language() == 'en' else named[0]} ({code})"


def moment_said(record: Notice) -> str:
    """Return the deadline as one reads it, without how long it is."""
    return Deadline(record.deadline, date.min).said if record.deadline else ""


def places_said(nuts: Iterable[str], countries: Iterable[str]) -> list[str]:
    """Return the regions where it happens, and the country of what has no named region."""
    named = [place_said(code) for code in nuts]
    return list(dict.fromkeys(one for one in named if one)) or [country_said(code) for code in countries]


def place_said(code: str) -> str:
    """Return the name of a NUTS region, or of its country when we have no name for it."""
    if code.startswith("anyw"):
        return labels.label("place", code, page_language())
    return labels.region(code, page_language()) or short_country_said(code[:2])


def country_said(code: str) -> str:
    """Return the name of a country by its three letters."""
    return short_country_said(labels.short_country(code)) or code


def short_country_said(code: str) -> str:
    """Return the name of a country by its two letters; NUTS has its own for Greece and the United Kingdom."""
    name: str = Locale.parse(locale()).territories.get({"EL": "GR", "UK": "GB"}.get(code, code), "")
    return name


def techniques_said(record: Notice) -> list[str]:
    """Return how the contract is made: framework agreement with its kind, dynamic purchasing, auction."""
    frameworks = {record.framework, *(lot.framework for lot in record.lots)} - {None, "none"}
    kinds = codes_said("framework", sorted(one for one in frameworks if one))
    others = [str(words.TECHNIQUES.get(one, one)) for one in record.techniques if not (kinds and one == "framework")]
    return [*kinds, *others]


def durations_said(lots: Iterable[Lot]) -> list[str]:
    """Return how long contracts last, each length once."""
    return list(dict.fromkeys(one for one in map(duration_said, lots) if one))


def duration_said(lot: Lot) -> str:
    """Return how long one lot's contract lasts: a length, from day to day, or a length from a day."""
    length = span_said(lot.months) if lot.months else ""
    if lot.start and lot.end:
        days = f"{day(lot.start)}–{day(lot.end)}"
        return f"{length}, {days}" if length else days
    if lot.start:
        told = {"length": length, "day": day(lot.start)}
        return (_("%(length)s fra %(day)s") if length else _("fra %(day)s")) % told
    if lot.end and not length:
        return _("til %(day)s") % {"day": day(lot.end)}
    return length


def sums_said(values: Iterable[Money], kind: ValueKind) -> list[str]:
    """Return the sums of one kind. Kinds are never mixed."""
    return [money.exactly(one) for one in values if one.kind is kind]


def lot_line(lot: Lot, record: Notice) -> str:
    """Return a lot on one line, for telling one version from another."""
    sums = [f"{words.VALUE_KINDS[one.kind]}: {money.exactly(one)}" for one in lot.values]
    title = nearest(lot.titles, record.language).text
    own = Deadline(lot.deadline, date.min).said if lot.deadline and lot.deadline != record.deadline else ""
    return ", ".join(part for part in (lot_name(lot.lot_id), title, *sums, own) if part)


def lot_name(lot_id: str) -> str:
    """Return what a lot is called: its number without zeros and letters, "3" for "LOT-0003"."""
    tail = lot_id.rpartition("-")[2]
    return tail.lstrip("0") or lot_id if tail.isdecimal() else lot_id


def lot_order(lot_id: str) -> tuple[bool, int, str]:
    """Return what lots are ordered by: their numbers, then those that have none."""
    name = lot_name(lot_id)
    return not name.isdecimal(), int(name) if name.isdecimal() else 0, name


def lot_names(lot_ids: Iterable[str]) -> list[str]:
    """Return what lots are called together: "1", "3–11", "A"."""
    names = [lot_name(one) for one in lot_ids]
    numbers = sorted({int(name) for name in names if name.isdecimal()})
    told: list[str] = []
    for _gap, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        members = [number for _place, number in run]
        few = len(members) < RUN
        told += [str(one) for one in members] if few else [f"{members[0]}–{members[-1]}"]
    return told + [name for name in names if not name.isdecimal()]


def criterion_said(criterion: Criterion, language: str | None) -> str:
    """Return a criterion with its weight: "Kvalitet: Løsning, 40 %"."""
    return ", ".join(part for part in (criterion_name(criterion, language), weight_said(criterion)) if part)


def criterion_name(criterion: Criterion, language: str | None) -> str:
    """Return what a criterion is called: its kind, and its own name when that says more."""
    kind = labels.label("criterion", criterion.kind, page_language()) if criterion.kind else ""
    name = nearest(criterion.names, language).text
    if not (kind and name):
        return name or kind
    same = {labels.label("criterion", criterion.kind or "", one).casefold() for one in ("nb", "nn", "en")}
    return kind if name.strip().casefold() in same else f"{kind}: {name}"


def share(criterion: Criterion) -> float | None:
    """Return a weight as a part of a hundred, when it is one."""
    kind, weight = criterion.weight_kind or "", criterion.weight
    if weight is None:
        return None
    if kind.startswith("dec"):
        weight = weight * 100 if weight <= 1 else weight
    elif not kind.startswith("per"):
        return None
    return round(weight, 2) if 0 < weight <= 100 else None


def weight_said(criterion: Criterion) -> str:
    """Return a weight with what it counts: "40 %", "40 poeng", "1 (rekkefølge etter viktighet)"."""
    part = share(criterion)
    if part is not None:
        return f"{number(part)} %"
    if criterion.weight is None:
        return ""
    kind = labels.label("weight", criterion.weight_kind, page_language()) if criterion.weight_kind else ""
    return f"{number(criterion.weight)} {kind}".strip()


def untitled() -> str:
    """Return what a notice without a title is called."""
    return _("Kunngjøring uten tittel")
