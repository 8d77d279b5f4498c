"""From product wish to need: which gentle questions to ask. Words and questions are ``data/need_prompts.yaml``."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from ringvirkning.needs.assessment import Told
from ringvirkning.needs.statement.reading import Prompt
from ringvirkning.search.text.stopwords import SMALL
from ringvirkning.search.text.words import composed, forms
from ringvirkning.sources.tables import data_folder

MOST = 3
SHORT = 3  # meaningful words; a need this short says what it is about and no more
LONG, TOLD = 20, 13  # words in all; who writes this many, or fewer with how often, has told enough
TELLING = 10  # words in all; who writes this many and wishes for nothing, tells how things are
DETAILED = 3  # technical details that make a specification of a need
MEASURE = re.compile(
    r"\b\d+(?:[.,]\d+)?\s?(?:mm|cm|kg|kw|gb|tb|hz|mp|volt|watt|kvm|m2|lux|tommer|inch(?:es)?|liter|db)\b"
)
SENTENCE = re.compile(r"[.!?\n]+\s*")


@dataclass(frozen=True)
class Product:
    """A kind of thing people ask for, and an example of the need behind it, by language."""

    words: re.Pattern[str]
    example: dict[str, str]


@dataclass(frozen=True)
class Prompts:
    """The file, ready for use."""

    signs: dict[str, re.Pattern[str]]
    products: tuple[Product, ...]
    asked: dict[str, dict[str, dict[str, str]]]  # code → ``ask`` and ``example`` → language → sentence, in their order


@cache
def prompts_file() -> Prompts:
    """Return what the file says."""
    text = (data_folder() / "need_prompts.yaml").read_text(encoding="utf-8")
    rows: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return Prompts(
        {name: _pattern(listed) for name, listed in rows["signs"].items()},
        tuple(Product(_pattern(row["words"]), row["example"]) for row in rows["products"]),
        {row["code"]: {"ask": row["ask"], "example": row["example"]} for row in rows["prompts"]},
    )


def _pattern(listed: Iterable[object]) -> re.Pattern[str]:
    written = "|".join(_expression(str(one)) for one in sorted(map(str, listed), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{written})(?![\w])")


def _expression(one: str) -> str:
    """Return an expression of the file as a pattern: ``*`` any ending, ``=`` any beginning."""
    begins = r"[\w-]+" if one.startswith("=") else ""
    return begins + re.escape(one.removeprefix("=")).replace(r"\*", r"\w*").replace(r"\ ", r"\s+")


def prompts_for(wanted: str, told: Told, reader: str) -> tuple[Prompt, ...]:
    """Return the questions to ask about a need, the most useful first; none when it is good."""
    text = composed(wanted).lower()
    product = _product(text)
    codes = [code for code in prompts_file().asked if _asks(code, text, told, product)]
    return tuple(_prompt(code, product, reader) for code in _fewest(codes)[:MOST])


def _product(text: str) -> Product | None:
    """Return the first kind of thing that is asked for."""
    return next((one for one in prompts_file().products if one.words.search(text)), None)


def _has(sign: str, text: str) -> bool:
    return bool(prompts_file().signs[sign].search(text))


def _asks(code: str, text: str, told: Told, product: Product | None) -> bool:
    """Tell whether a question fits. A guided answer answers it, whatever its words."""
    says_today = bool(told.today) or _has("today", text)
    says_effect = bool(told.better) or _has("effect", text)
    says_need = says_today or says_effect
    fits = {
        "product": not says_need
        and (_has("buy", text) or (product is not None and (_has("want", text) or _is_short(text)))),
        "brand": _has("brands", text) and any(_names_brand(sentence) for sentence in SENTENCE.split(text)),
        "detailed": _details(text) >= DETAILED,
        "short": not says_today and _is_short(text),
        "today": not says_need and (_has("want", text) or len(forms(text)) < TELLING),
        "whom": not (told.whom or _has("whom", text)),
        "extent": not (_says_extent(text, told) or len(forms(text)) >= LONG),
    }
    tells = says_today and len(forms(text)) >= (TOLD if _says_extent(text, told) else LONG)
    return fits[code] and not (tells and code in {"whom", "extent"})


def _says_extent(text: str, told: Told) -> bool:
    return bool(told.often) or _has("extent", text) or any(sign.isdigit() for sign in text)


def _names_brand(sentence: str) -> bool:
    """Tell whether a sentence asks for a brand. One that is only told of ("i dag bruker vi Teams") is no demand."""
    is_asked = _has("must", sentence) or _has("want", sentence)
    return _has("brands", sentence) and is_asked and not re.search(r"\bi dag\b|\btoday\b", sentence)


def _details(text: str) -> int:
    said = {found[0] for found in prompts_file().signs["detail"].finditer(text)}
    return len(said | {found[0] for found in MEASURE.finditer(text)})


def _is_short(text: str) -> bool:
    return sum(1 for form in forms(text) if form not in SMALL) <= SHORT


def _fewest(codes: list[str]) -> list[str]:
    """Return the questions without those that a greater one asks already."""
    if "product" in codes or "short" in codes:
        first = "product" if "product" in codes else "short"
        return [code for code in codes if code in {"brand", "detailed", first}]
    return codes


def _prompt(code: str, product: Product | None, reader: str) -> Prompt:
    said = prompts_file().asked[code]
    example = product.example if code == "product" and product else said["example"]
    return Prompt(code, said["ask"][reader], example[reader])
