"""Reading what people type: numbers, dates, addresses, telephone numbers. Pure, and never a guess.

Each ``read_*`` gives the value in the case file's own form, or None when it cannot be known; the caller then keeps the
words as they were typed, so that the fault can be told at the field. What is already in the case file's form is read
as itself.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from ringvirkning.foundation.orgnumber import clean_organisation_number
from ringvirkning.sources.casefile.terms import Per, Unit

SPACES = re.compile(r"[\s\u00a0\u2007\u202f\u200b\ufeff]+")
# Nobody sees them, so nobody can be asked to take them away. Word's soft line break is among them.
UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u200b\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
SOFT_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\u2028\u2029\x85]")
MOST_TYPED = 200  # characters of something that is to be read as a number or a date; longer is prose


def tidy(text: str) -> str:
    """Return the text in one line, with single plain spaces and nothing around it."""
    return SPACES.sub(" ", UNSEEN.sub("", text)).strip()


def tidy_line(text: str) -> str:
    """Return a text that is to be one line, without unseen characters. Spaces that keep words together stay."""
    return re.sub(r"[ \t\n]+", " ", tidy_text(text))


def tidy_text(text: str) -> str:
    """Return running text without unseen characters, nor space around it or at the ends of lines."""
    whole = UNSEEN.sub("", SOFT_BREAKS.sub("\n", text))
    return "\n".join(line.rstrip() for line in whole.split("\n")).strip()


# Numbers.


@dataclass(frozen=True)
class Amount:
    """A number as somebody wrote it: exact, a range, or one end of it; with the unit and span they named."""

    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: Unit | None = None
    per: Per | None = None
    currency: str | None = None


DIGITS = r"[-−–]?\d[\d .,']*\d|[-−–]?\d"
NUMBER = re.compile(rf"^({DIGITS}) ?(.*)$")
MINUS = str.maketrans("−–", "--")
ROUGHLY = re.compile(
    r"^(?:~|≈|(?:c|ca|cirka|circa|omtrent|omkring|rundt|kring|om lag|omlag|anslagsvis|cirka|about|approx)\b\.?) ?"
)
AT_LEAST = re.compile(r"^(?:>=?|≥|(?:over|mer enn|meir enn|minst|fra|frå|minimum|more than|at least)\b) ?")
AT_MOST = re.compile(
    r"^(?:<=?|≤|(?:under|inntil|opptil|opp til|inntil|maks|maksimalt|høyst|høgst|mindre enn|til|up to|at most)\b\.?) ?"
)
BETWEEN = re.compile(r"^(?:mellom|between|fra|frå|from) (.+?) (?:og|til|and|to) (.+)$")
RANGE = re.compile(r"^(.*?\d.*?) ?(?:-|–|—|−|\btil\b|\.\.\.?|…) ?((?:[-−–] ?)?(?:kr ?)?\d.*)$")
SCALES = {
    "tusen": 10**3, "tnok": 10**3, "tkr": 10**3,
    "mill": 10**6, "million": 10**6, "millioner": 10**6, "millionar": 10**6, "mnok": 10**6, "mkr": 10**6,
    "mrd": 10**9, "milliard": 10**9, "milliarder": 10**9, "milliardar": 10**9,
}  # fmt: skip
UNIT_WORDS = {
    "%": Unit.PERCENT, "prosent": Unit.PERCENT, "pst": Unit.PERCENT,
    "årsverk": Unit.PERSON_YEARS,
    "time": Unit.HOURS, "timer": Unit.HOURS, "timar": Unit.HOURS,
    "tonn": Unit.TONNES_CO2E,
    "person": Unit.PEOPLE, "personer": Unit.PEOPLE, "personar": Unit.PEOPLE,
    "dag": Unit.DAYS, "dager": Unit.DAYS, "dagar": Unit.DAYS, "døgn": Unit.DAYS,
    "stk": Unit.UNITS, "stykk": Unit.UNITS,
    "virksomhet": Unit.ORGANISATIONS, "virksomheter": Unit.ORGANISATIONS, "verksemder": Unit.ORGANISATIONS,
    "skip": Unit.SHIPS,
}  # fmt: skip
CURRENCY_WORDS = {
    "kr": "NOK", "kroner": "NOK", "krone": "NOK", "nok": "NOK", "mnok": "NOK", "tnok": "NOK", "mkr": "NOK",
    "tkr": "NOK", ",-": "NOK", "euro": "EUR", "eur": "EUR", "€": "EUR", "sek": "SEK", "dkk": "DKK",
}  # fmt: skip
PER_WORDS = re.compile(r" ?(?:(?:per|pr\.?|i|hvert|kvart|om) ?år(?:et)?|/ ?år|årlig|årleg|årlege|per year|a year)$")
SMALL = {
    "en": 1, "én": 1, "ein": 1, "ett": 1, "eitt": 1, "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "sju": 7,
    "syv": 7, "åtte": 8, "ni": 9, "ti": 10, "elleve": 11, "tolv": 12,
}  # fmt: skip
SPELLED = re.compile(rf"^({'|'.join(SMALL)})\b(?= |$)")


def read_amount(text: str) -> Amount | None:
    """Read "1 250 000", "ca. 10", "2,5 mill", "10–12 prosent", "over 13", "inntil 85 timer per år".

    Rounding words go: a figure may be rounded. None when it is anything else, or could be read in two ways.
    """
    wanted = tidy(text).lower()
    if not wanted or len(wanted) > MOST_TYPED:
        return None
    per = Per.YEAR if PER_WORDS.search(wanted) else None
    wanted = PER_WORDS.sub("", wanted)
    for reader in (_both_ends, _one_number, _one_end):
        found = reader(wanted)
        if found:
            return Amount(**{**found, "per": per})
    return None


_Found = dict[str, Any]


def _one_number(text: str) -> _Found | None:
    part = _part(ROUGHLY.sub("", text))
    return {"value": part.whole, "unit": part.unit, "currency": part.currency} if part else None


def _one_end(text: str) -> _Found | None:
    for opening, end in ((AT_LEAST, "low"), (AT_MOST, "high")):
        if opening.match(text):
            part = _part(ROUGHLY.sub("", opening.sub("", text, count=1)))
            return {end: part.whole, "unit": part.unit, "currency": part.currency} if part else None
    if text.endswith("+"):
        part = _part(text[:-1].strip())
        return {"low": part.whole, "unit": part.unit, "currency": part.currency} if part else None
    return None


def _both_ends(text: str) -> _Found | None:
    bare = ROUGHLY.sub("", text)
    match = BETWEEN.match(bare) or RANGE.match(bare)
    low, high = (_part(match.group(1)), _part(match.group(2))) if match else (None, None)
    if low is None or high is None or low.number < 0:
        return None
    if _differ(low.unit, high.unit) or _differ(low.currency, high.currency):
        return None
    first, last = share_scale(low, high)
    if first >= last:
        return None
    return {"low": first, "high": last, "unit": high.unit or low.unit, "currency": high.currency or low.currency}


def _differ(one: object, other: object) -> bool:
    return bool(one and other and one != other)


@dataclass(frozen=True)
class Part:
    """One number with the words that followed it."""

    number: Decimal
    scale: int | None
    unit: Unit | None
    currency: str | None

    @property
    def whole(self) -> Decimal:
        """Return the number itself, millions written out."""
        return self.number * (self.scale or 1)


def share_scale(low: Part, high: Part) -> tuple[Decimal, Decimal]:
    """Return both ends written out. "2–3 mill" is two to three millions; "500 000 – 1 mill" half a million to one."""
    if low.scale is None and high.scale is not None and low.number < high.number:
        return low.number * high.scale, high.whole
    return low.whole, high.whole


def read_part(text: str) -> Part | None:
    """Read the number at one end of a range, with its scale and unit: "ca 3 mill", "over 13"."""
    bare = tidy(text).lower() if len(text) <= MOST_TYPED else ""
    for opening in (AT_LEAST, AT_MOST, ROUGHLY):
        bare = opening.sub("", bare, count=1)
    return _part(bare)


def _part(text: str) -> Part | None:
    """Read a number and nothing but known words after it; "kr" may stand before it."""
    leading = re.match(r"^(?:kr|nok|mnok|tnok|mkr|tkr|eur|sek|dkk)\b\.? ?|^€ ?", text)
    rest = text[leading.end() :] if leading else text
    spelled = SPELLED.match(rest)
    if spelled:
        rest = f"{SMALL[spelled.group(1)]}{rest[spelled.end() :]}"
    match = NUMBER.match(rest.replace(",-", " ,-") if rest.endswith(",-") else rest)
    number = _digits(match.group(1)) if match else None
    if match is None or number is None:
        return None
    named = [leading.group(0).strip(" .")] if leading else []
    return _with_words(number, [*named, *match.group(2).split()])


def _with_words(number: Decimal, words: list[str]) -> Part | None:
    scale: int | None = None
    unit: Unit | None = None
    currency: str | None = None
    for word in (one if one == ",-" else one.strip(".,") for one in words):
        known = word in SCALES or word in UNIT_WORDS or word in CURRENCY_WORDS
        twice = (word in SCALES and scale) or (word in UNIT_WORDS and unit)
        if not known or twice:
            return None
        scale = SCALES.get(word, scale)
        unit = UNIT_WORDS.get(word, unit)
        currency = CURRENCY_WORDS.get(word, currency)
    if unit and currency:
        return None
    return Part(number, scale, Unit.NOK if currency == "NOK" else unit, currency)


STORED = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")  # a number in a stored document
PLAIN = re.compile(r"-?\d+(?:[.,]\d+)?")
IN_THOUSANDS = re.compile(r"-?\d{1,3}(?:([ .,'])\d{3})(?:\1\d{3})*(?:[.,]\d+)?")
IN_TWO_WAYS = re.compile(r"(?<![\d.,])[1-9]\d{0,2}[.,]\d{3}(?![\d.,])")
ODD_ORE = re.compile(r"(?:(?:ca|kr|nok)\b\.? ?)*[1-9]\d{0,2},\d{3} ?(?:kr|kroner|nok|,-)?")
TWO_WAYS = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")


def is_ambiguous(text: str) -> bool:
    """Tell whether a number can be read in two ways: "1.250" is 1250 to one and one and a quarter to another."""
    return bool(IN_TWO_WAYS.search(tidy(text)))


def has_odd_ore(text: str) -> bool:
    """Tell whether kroner are written "1,250": nobody has thousandths of a krone, so a thousand may be meant."""
    return bool(ODD_ORE.fullmatch(tidy(text).lower()))


def _digits(written: str) -> Decimal | None:
    """Read digits as Norwegians group and divide them: a comma divides, spaces or several dots group."""
    text = written.translate(MINUS)
    if TWO_WAYS.fullmatch(text):
        return None
    if not PLAIN.fullmatch(text):
        grouped = IN_THOUSANDS.fullmatch(text)
        if not grouped:
            return None
        text = _ungrouped(text, grouped.group(1))
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None


def _ungrouped(text: str, mark: str) -> str:
    """Take the marks between thousands away; the last part keeps its comma or dot when that is another mark."""
    return text.replace(mark, "")


def read_number(text: str) -> int | float | None:
    """Read one exact number as JSON writes it."""
    amount = read_amount(text)
    return plain_number(amount.value) if amount and amount.value is not None else None


def plain_number(number: Decimal) -> int | float:
    """Return the number as JSON writes it: whole where it is whole."""
    return int(number) if number == number.to_integral_value() else float(number)


def read_count(text: str) -> int | None:
    """Read how many: "20", "ca. 20", "rundt 20 leverandører"."""
    wanted = ROUGHLY.sub("", tidy(text).lower())
    counted = re.fullmatch(r"(\d[\d ]*)((?: [^\W\d_]+){0,2})", wanted)
    if counted and not set(counted.group(2).split()) & set(SCALES):
        wanted = counted.group(1).strip()
    number = read_number(wanted)
    return number if isinstance(number, int) else None


def written(number: object) -> str:
    """Return a number as people type it, so that ``read_amount`` gives it back: "1 250 000", "1,5"."""
    exact = Decimal(str(number))
    if exact == exact.to_integral_value():
        return f"{int(exact):,}".replace(",", " ")
    whole, _, rest = f"{exact.normalize():f}".partition(".")
    return f"{whole},{rest}"


# Dates.

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar jan january", "februar feb february", "mars mar march", "april apr", "mai may", "juni jun june",
            "juli jul july", "august aug", "september sep sept", "oktober okt october oct", "november nov",
            "desember des december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
MONTH = rf"({'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?"
YEAR = r"((?:19|20)\d{2})"
AROUND = re.compile(
    r"^(?:(?:ca|cirka|omkring|rundt|kring|omtrent|i|in|primo|medio|ultimo|tidlig|tidleg|sent|seint|midt i|året|år|"
    r"begynnelsen av|starten av|slutten av|våren|sommeren|sommaren|høsten|hausten|vinteren|"
    r"[1-4]\. ?(?:kvartal|halvår)|[hq][1-4]|"
    r"(?:man|tirs|tys|ons|tors|fre|lør|laur|søn|sun)dag(?: den)?|den)\b[.,]? )+"
)
DATE_FORMS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), parts)
    for pattern, parts in (
        (YEAR, "y"),
        (rf"{YEAR}-(\d{{1,2}})", "ym"),
        (rf"{YEAR}-(\d{{1,2}})-(\d{{1,2}})", "ymd"),
        (rf"{YEAR}[./](\d{{1,2}})[./](\d{{1,2}})", "ymd"),
        (rf"{YEAR}(\d{{2}})(\d{{2}})", "ymd"),
        (rf"(\d{{1,2}})[./-]{YEAR}", "my"),
        (rf"(\d{{1,2}})[./-] ?(\d{{1,2}})[./ -] ?{YEAR}", "dmy"),
        (rf"(\d{{1,2}})(?:\.|st|nd|rd|th)? ?{MONTH} {YEAR}", "dMy"),
        (rf"{MONTH} {YEAR}", "My"),
        (rf"{MONTH} (\d{{1,2}})(?:st|nd|rd|th)?,? {YEAR}", "Mdy"),
    )
)


def read_date(text: str) -> str | None:
    """Read "14.06.2019", "14. juni 2019", "juni 2019", "06/2019", "våren 2019" as exactly as they say: ISO parts."""
    wanted = tidy(text).lower().rstrip(".") if len(text) <= MOST_TYPED else ""
    wanted = AROUND.sub("", wanted)
    for form, parts in DATE_FORMS:
        match = form.fullmatch(wanted)
        if match:
            return _iso(dict(zip(parts, match.groups(), strict=True)))
    return None


def _iso(parts: dict[str, str]) -> str | None:
    month = MONTHS[parts["M"]] if "M" in parts else int(parts["m"]) if "m" in parts else None
    day = int(parts["d"]) if "d" in parts else None
    try:
        date(int(parts["y"]), month or 1, day or 1)
    except ValueError:
        return None
    return "-".join([parts["y"], *(f"{part:02}" for part in (month, day) if part is not None)])


# Addresses and numbers people are known by.

HOST = re.compile(r"[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)+(?::\d+)?(?:[/?#]\S*)?")


def read_address(text: str) -> str | None:
    """Read an address of a page; the https:// people leave out is put in front."""
    bare = tidy(text).strip("<>").strip() if len(text) <= 2_000 else " "
    scheme = re.match(r"https?://", bare, re.IGNORECASE)
    if " " in bare:
        return None
    if scheme:
        return scheme.group().lower() + bare[scheme.end() :]
    return f"https://{bare}" if HOST.fullmatch(bare) else None


def read_email(text: str) -> str | None:
    """Read an e-mail address; its domain is written in small letters."""
    bare = re.sub(r"^mailto:", "", text.strip().strip("<>"), flags=re.IGNORECASE)
    name, at, domain = bare.rpartition("@")
    return f"{name}@{domain.lower()}" if at and name and domain and not SPACES.search(bare) else None


def read_phone(text: str) -> str | None:
    """Read a telephone number as people write it: "tlf. (+47) 12-34-56-78"."""
    bare = re.sub(r"^(?:tlf|tel|telefon|mobil|mob)\b\.?:? ?", "", tidy(text).lower())
    digits = tidy(re.sub(r"[().\-–/]", " ", bare))
    digits = re.sub(r"^00 ?(?=[1-9])", "+", re.sub(r"^\+ ", "+", digits))
    return digits if re.fullmatch(r"\+?[0-9 ]{5,20}", digits) else None


def read_organisation_number(text: str) -> str | None:
    """Read an organisation number: nine digits whose check digit fits, with or without spaces."""
    try:
        return clean_organisation_number(text)
    except ValueError:
        return None


def read_cpv(text: str) -> str | None:
    """Read a CPV code, with or without its check digit: "45210000-2"."""
    match = re.fullmatch(r"(\d{8})(?:-\d)?", SPACES.sub("", text))
    return match.group(1) if match else None
