"""The rough value of a problem: what it costs in a year if nothing is done. Pure.

    hours   = times a year × minutes each / 60 × people each
    kroner  = hours × wage an hour + other kroner a year

Low is reckoned of all the lows, likely of all the likelies, high of all the highs: so the range is wider than the truth
probably is, and the sentences say so. A range where one number alone is given is that number throughout. What is not
known is absent: nothing is set to one, and no wage is ever guessed. Sums are exact; only the sentences round.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import format_decimal

from ringvirkning.foundation.sentences import sentence as _
from ringvirkning.needs.assessment import ProblemValue, Range

MINUTES_IN_HOUR = 60
HOURS_IN_YEAR = 8_760
PEOPLE_AT_MOST = 100_000  # whose whole year a problem may take before we ask
FIGURES = 2  # significant digits in kroner and hours when told
LOCALES = {"nb": "nb_NO", "nn": "nn_NO", "en": "en_GB"}
ENDS = ("low", "likely", "high")
PARTS = ("times_a_year", "minutes_each", "people_each", "wage_an_hour")

# Beyond these a number is hardly meant: then we ask, and reckon all the same. (least, most, sentence)
LIMITS: dict[str, tuple[int, int, str]] = {
    "times_a_year": (0, 100_000_000, _("Mer enn 100 millioner ganger i året er svært mye. Er tallet per år?")),
    "minutes_each": (0, 10_080, _("Mer enn en uke hver gang er svært lenge. Er tallet i minutter?")),
    "people_each": (0, 100_000, _("Mer enn 100 000 personer hver gang er svært mange. Er det så mange hver gang?")),
    "wage_an_hour": (150, 3_000, _("Timelønnen er uvanlig. Er den i kroner per time, med sosiale utgifter?")),
}
ABSURD = _("Til sammen blir dette mer tid enn 100 000 personer har på et helt år. Se over tallene.")
UNORDERED = _(
    "Det laveste anslaget er høyere enn det høyeste, eller det sannsynlige ligger utenfor. Bytt om på tallene."
)
MISSING = {
    "times_a_year": _("hvor ofte det skjer"),
    "minutes_each": _("hvor mange minutter det tar"),
    "people_each": _("hvor mange det gjelder hver gang"),
    "wage_an_hour": _("hva en time koster"),
}
HOURS_RANGE = _("Problemet tar mellom {low} og {high} timer i året, sannsynligvis {likely}.")
HOURS_ENDS = _("Problemet tar mellom {low} og {high} timer i året.")
HOURS_ONE = _("Problemet tar omtrent {likely} timer i året.")
KRONER_RANGE = _("Det koster mellom {low} og {high} kroner i året, sannsynligvis {likely}.")
KRONER_ENDS = _("Det koster mellom {low} og {high} kroner i året.")
KRONER_ONE = _("Det koster omtrent {likely} kroner i året.")
WITHOUT_TIME = _("Tiden det tar, er ikke regnet med i kronene. Det mangler: {missing}.")
LACKING = _("Tiden kan ikke regnes ut ennå. Det mangler: {missing}.")
HOW = _(
    "Laveste anslag er regnet av bare lave tall og høyeste av bare høye. Derfor er spennet trolig større enn i"
    " virkeligheten."
)
ROUGH = _("Tallene er grove anslag, rundet av til to gjeldende siffer.")


@dataclass(frozen=True)
class Amounts:
    """A number as a range. None where it cannot be reckoned."""

    low: Decimal | None = None
    likely: Decimal | None = None
    high: Decimal | None = None

    @property
    def known(self) -> bool:
        """Tell whether anything is known."""
        return any(one is not None for one in (self.low, self.likely, self.high))

    @property
    def is_one(self) -> bool:
        """Tell whether it is a single number."""
        return self.low == self.likely == self.high


@dataclass(frozen=True)
class Worth:
    """What a problem costs in a year. ``missing`` are the parts without which the time cannot be reckoned in kroner."""

    hours: Amounts
    time_kroner: Amounts
    other_kroner: Amounts
    kroner: Amounts  # time and other together, of what is known
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Doubt:
    """A number that is hardly meant. ``part`` is a field of ``ProblemValue``, or "" for all together."""

    part: str
    sentence: str  # in bokmål; nothing to fill in


@dataclass(frozen=True)
class Told:
    """A sentence in bokmål with what is to be filled in; numbers are rounded, faces write them as their language does.

    ``missing`` holds sentences of ours, to be translated before they stand in a list.
    """

    sentence: str
    numbers: Mapping[str, Decimal]
    missing: tuple[str, ...] = ()

    def filled(self, sentence: str, missing: Iterable[str], language: str = "nb") -> str:
        """Return a translation of the sentence filled in, with the numbers as its language writes them."""
        numbers = {name: format_decimal(one, locale=LOCALES[language]) for name, one in self.numbers.items()}
        return sentence.format(**numbers, missing=", ".join(missing))

    @property
    def in_bokmal(self) -> str:
        """Return the sentence filled in, in bokmål."""
        return self.filled(self.sentence, self.missing)


def worth_of(value: ProblemValue) -> Worth:
    """Return what a problem costs in a year, as far as the parts that are known reach."""
    times, minutes, people, wage = (_amounts(getattr(value, part)) for part in PARTS)
    hours = _product(times, minutes, people, divisor=MINUTES_IN_HOUR)
    time_kroner, other = _product(hours, wage), _amounts(value.other_kroner_a_year)
    missing = tuple(part for part in PARTS if not _amounts(getattr(value, part)).known)
    return Worth(hours, time_kroner, other, _together(time_kroner, other), missing)


def _amounts(given: Range | None) -> Amounts:
    """Return a range as it is reckoned with: one number alone is known to be so, and stands for all three."""
    if given is None:
        return Amounts()
    told = [one for one in (given.low, given.likely, given.high) if one is not None]
    return Amounts(told[0], told[0], told[0]) if len(told) == 1 else Amounts(given.low, given.likely, given.high)


def _product(*factors: Amounts, divisor: int = 1) -> Amounts:
    found: dict[str, Decimal | None] = {}
    for end in ENDS:
        numbers = [getattr(factor, end) for factor in factors]
        found[end] = None if None in numbers else _multiplied(numbers) / divisor
    return Amounts(**found)


def _multiplied(numbers: list[Decimal]) -> Decimal:
    product = Decimal(1)
    for one in numbers:
        product *= one
    return product


def _together(one: Amounts, other: Amounts) -> Amounts:
    """Add two costs up. When one of them is not known at all, the other is what is known."""
    if not (one.known and other.known):
        return one if one.known else other
    ends = {end: (getattr(one, end), getattr(other, end)) for end in ENDS}
    return Amounts(**{end: None if None in pair else sum(pair) for end, pair in ends.items()})


def doubts_about(value: ProblemValue) -> list[Doubt]:
    """Return what is hardly meant: ends in the wrong order, units that look mistaken, more hours than there are."""
    found = [Doubt(part, UNORDERED) for part in (*PARTS, "other_kroner_a_year") if _unordered(getattr(value, part))]
    for part, (least, most, sentence) in LIMITS.items():
        if any(not least <= one <= most for one in _numbers(getattr(value, part))):
            found.append(Doubt(part, sentence))
    return [*found, *_too_many_hours(value)]


def _numbers(given: Range | None) -> list[Decimal]:
    return [] if given is None else [one for one in (given.low, given.likely, given.high) if one is not None]


def _unordered(given: Range | None) -> bool:
    numbers = _numbers(given)
    return numbers != sorted(numbers)


def _too_many_hours(value: ProblemValue) -> Iterator[Doubt]:
    hours = worth_of(value).hours
    least = next((one for one in (hours.low, hours.likely, hours.high) if one is not None), Decimal(0))
    if least > HOURS_IN_YEAR * PEOPLE_AT_MOST:
        yield Doubt("", ABSURD)


def told(value: ProblemValue) -> list[Told]:
    """Return the value in sentences, the hours before the kroner; nothing when nothing is known."""
    worth = worth_of(value)
    found = [
        *_sentence(worth.hours, HOURS_RANGE, HOURS_ENDS, HOURS_ONE),
        *_sentence(worth.kroner, KRONER_RANGE, KRONER_ENDS, KRONER_ONE),
    ]
    found += _lacking(worth)
    if any(one.known and not one.is_one for one in (worth.hours, worth.kroner)):
        found.append(Told(HOW, {}))
    return [*found, Told(ROUGH, {})] if worth.hours.known or worth.kroner.known else found


def _lacking(worth: Worth) -> list[Told]:
    """Say what is missing, once something has been told of the problem."""
    anything = len(worth.missing) < len(PARTS) or worth.other_kroner.known
    if not worth.missing or not anything:
        return []
    words = tuple(MISSING[part] for part in worth.missing)
    return [Told(WITHOUT_TIME if worth.other_kroner.known or worth.hours.known else LACKING, {}, words)]


def _sentence(amounts: Amounts, whole: str, ends: str, one: str) -> list[Told]:
    numbers = {name: rounded(value) for name in ENDS if (value := getattr(amounts, name)) is not None}
    if len(numbers) == len(ENDS) and not amounts.is_one:
        return [Told(whole, numbers)]
    if "likely" in numbers:
        return [Told(one, {"likely": numbers["likely"]})]
    return [Told(ends, numbers)] if {"low", "high"} <= set(numbers) else []


def rounded(number: Decimal, figures: int = FIGURES) -> Decimal:
    """Return a number with so many significant digits: 1 437 500 becomes 1 400 000; 0 stays 0."""
    if not number:
        return Decimal(0)
    place = Decimal(1).scaleb(number.adjusted() - figures + 1)
    return ((number / place).quantize(Decimal(1), ROUND_HALF_UP) * place).normalize() + 0
