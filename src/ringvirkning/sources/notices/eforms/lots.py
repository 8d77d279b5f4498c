"""The lots of a notice, what is asked for in each, and how tenders are judged."""

from collections.abc import Iterable
from datetime import date, datetime

from ringvirkning.sources.notices import codes
from ringvirkning.sources.notices.criteria import Looks, merged
from ringvirkning.sources.notices.eforms.gather import Part, first
from ringvirkning.sources.notices.eforms.results import Award
from ringvirkning.sources.notices.eforms.voice import Voice
from ringvirkning.sources.notices.oddities import Noted
from ringvirkning.sources.notices.record import Criterion, Lot, Money
from ringvirkning.sources.notices.sums import finite, money
from ringvirkning.sources.notices.terms import ValueKind
from ringvirkning.sources.notices.when import Land, day, moment

MOST = 5_000
GROUP, PART = "LotsGroup", "Part"
NO_AWARD = Award()
STRATEGIC = {"innovative-acquisition": "innovation", "environmental-impact": "green", "social-objective": "social"}
VALUES = (
    ("estimated", ValueKind.ESTIMATED, "BT-27"),
    ("maximum", ValueKind.FRAMEWORK_MAXIMUM, "BT-271"),
    ("maximum_before", ValueKind.FRAMEWORK_MAXIMUM, "BT-271"),
)
DEADLINES = {"tenders_by": "BT-131", "requests_by": "BT-1311", "interest_by": "BT-630", "answers_by": "E1"}
MONTHS = {"MONTH": 1.0, "YEAR": 12.0, "WEEK": 12 / 52, "DAY": 12 / 365}
EXACT = frozenset({"MONTH", "YEAR"})


class Lots:
    """Reads the lots of one notice."""

    def __init__(self, voice: Voice, noted: Noted, land: Land) -> None:
        self._voice, self._noted, self._land = voice, noted, land

    def lots(self, parts: Iterable[Part], awards: dict[str, Award]) -> tuple[Lot, ...]:
        """Return lots, or the parts of a planning notice; groups of lots are no lots."""
        found: dict[str, Lot] = {}
        for number, part in enumerate(parts, start=1):
            scheme, name = first(part, "id") or (None, "")
            name = name.strip() or self._named(number)
            if name in found:
                self._noted("lot-twice", lot=name)
            elif scheme != GROUP and not self._is_full(found):
                found[name] = self._lot(name, scheme, part, awards.get(name, NO_AWARD))
        for name in awards:
            if name not in found:
                self._noted("lot-unknown", lot=name)
        return tuple(found.values())

    def _is_full(self, found: dict[str, Lot]) -> bool:
        if len(found) < MOST:
            return False
        self._noted("too-many-lots", most=MOST)
        return True

    def _named(self, number: int) -> str:
        name = f"LOT-{number:04d}"
        self._noted("lot-without-id", given=name)
        return name

    def _lot(self, name: str, scheme: str | None, part: Part, award: Award) -> Lot:
        start, end = self._period(part) if "start" in part or "end" in part else (None, None)
        systems = dict(part.get("systems", ()))
        return Lot(
            lot_id=name,
            titles=self._voice.texts(part.get("titles", ())),
            descriptions=self._voice.texts(part.get("descriptions", ())),
            cpv=cpv_of(part, self._noted),
            nuts=codes.nuts(part.get("nuts", ()), self._noted),
            contract_nature=first(part, "nature"),
            values=values_of(part, "Part" if scheme == PART else "Lot", self._noted) + tuple(award.values),
            framework=systems.get("framework-agreement"),
            dynamic_purchasing=systems.get("dps-usage"),
            months=self._months(*part["duration"][0]) if "duration" in part else None,
            start=start,
            end=end,
            deadline=deadline_of(part, self._noted, self._land),
            **strategic(part.get("strategic", ()), STRATEGIC),
            result=award.result,
            not_awarded_reason=award.reason,
            tenders_received=award.tenders_received,
        )

    def _period(self, part: Part) -> tuple[date | None, date | None]:
        start, end = day(first(part, "start"), self._noted), day(first(part, "end"), self._noted)
        if start and end and end < start:
            self._noted("ends-before-it-begins")
        return start, end

    def _months(self, given: str | None, text: str) -> float | None:
        unit = (given or "MONTH").upper().removesuffix("S")  # "DAYS" is common
        count = finite(text)
        if count is None or unit not in MONTHS:
            self._noted("duration-unreadable", given=f"{text} {unit}")
            return None
        if unit not in EXACT:
            self._noted("duration-converted", given=f"{text} {unit}")
        return round(count * MONTHS[unit], 2)

    def criteria(self, parts: Iterable[Part]) -> tuple[Criterion, ...]:
        """Return the award criteria; one that holds for every lot is said once, without a lot."""
        by_lot = {
            lot[1].strip(): self._of_lot(part) for part in parts if (lot := first(part, "id")) and lot[0] != GROUP
        }
        return merged(by_lot)

    def _of_lot(self, part: Part) -> list[Looks]:
        return [self._criterion(one) for one in part.get("criteria", ())]

    def _criterion(self, part: Part) -> Looks:
        names = self._voice.texts(part.get("names", ())) or self._voice.texts(part.get("descriptions", ()))
        weight_kind, weight = _weight(part)
        return first(part, "kind"), tuple(names.items()), self._number(weight), weight_kind

    def _number(self, text: str | None) -> float | None:
        if text is None:
            return None
        weight = finite(text.strip().rstrip("%").replace(",", "."))
        if weight is None:
            self._noted("weight-unreadable", given=text)
        return weight


def _weight(part: Part) -> tuple[str | None, str | None]:
    """Return how a weight is meant and the weight; limits and fixed sums are no weights."""
    for parameter in part.get("parameters", ()):
        group, code = first(parameter, "code") or (None, None)
        if group in {None, "number-weight"}:
            return code, first(parameter, "number")
    return None, first(part, "weight")


def cpv_of(part: Part, noted: Noted) -> tuple[str, ...]:
    """Return the CPV codes of a project, the main one first."""
    return codes.cpv(part.get("cpv", []) + part.get("more_cpv", []), noted)


def values_of(part: Part, place: str, noted: Noted) -> tuple[Money, ...]:
    """Return what a project is thought to cost, and the most that may be bought under a framework."""
    found = []
    for name, kind, field in VALUES:
        for currency, amount in part.get(name, ())[:1]:
            if value := money(amount, currency, kind, f"{field}-{place}", noted):
                found.append(value)
    return tuple(found)


def strategic(given: Iterable[tuple[str | None, str]], fields: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """Return the codes of the strategic fields that have any, given (list, code) and the field of each list."""
    found: dict[str, dict[str, None]] = {}
    for group, code in given:
        if group in fields:
            found.setdefault(fields[group], {})[code.strip()] = None
    return {field: tuple(codes) for field, codes in found.items()}


def deadline_of(part: Part, noted: Noted, land: Land) -> datetime | None:
    """Return the earliest moment something must be handed in."""
    found = []
    for name, field in DEADLINES.items():
        for period in part.get(name, ()):
            if by := moment(first(period, "day"), first(period, "time"), field, noted, land):
                found.append(by)
    return min(found) if found else None
