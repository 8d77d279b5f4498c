"""Words for the codes of notices, in the reader's language.

``data/eforms_labels.json`` holds the official words (bokmål and English), ``data/eforms_words.yaml`` our own: nynorsk
for all, and plainer words than the official. A code nobody has words for is shown as it is: never a guess.
"""

from functools import cache
from typing import Any

import yaml

from ringvirkning.sources.tables import data_folder, table

OFFICIAL = {"nb": 0, "en": 1}
# Where to look when the language itself has no word.
THEN = {"nb": ("nb", "en"), "nn": ("nn", "nb", "en"), "en": ("en", "nb")}
SHORTEST_REGION = 2


@cache
def _own() -> dict[str, dict[str, dict[str, str]]]:
    text = (data_folder() / "eforms_words.yaml").read_text(encoding="utf-8")
    words: dict[str, dict[str, dict[str, str]]] = yaml.load(text, Loader=yaml.CSafeLoader)
    return words


def _official() -> dict[str, Any]:
    labels: dict[str, Any] = table("eforms_labels.json")
    return labels


@cache
def words(group: str, language: str = "nb") -> dict[str, str]:
    """Return code → word of a whole group ("kind", "procedure", "innovation", …), in the order of our own words."""
    own, official = _own().get(group, {}), _official()["groups"].get(group, {})
    return {code: _word(own.get(code, {}), official.get(code, ["", ""]), language) for code in {**own, **official}}


def _word(own: dict[str, str], official: list[str], language: str) -> str:
    """Return our own word in the nearest language, else the official one."""
    for near in THEN.get(language, THEN["nb"]):
        found = own.get(near) or (official[OFFICIAL[near]] if near in OFFICIAL else "")
        if found:
            return found
    return ""


def label(group: str, code: str, language: str = "nb") -> str:
    """Return the word for a code, and the code itself when there is none."""
    return words(group, language).get(code) or code


def region(code: str, language: str = "nb") -> str:
    """Return the name of a NUTS region, "" when we have none for it or for any larger one around it."""
    own, official = _own()["nuts"], _official()["nuts"]
    for end in range(len(code), SHORTEST_REGION - 1, -1):
        part = code[:end]
        if part in own or part in official:
            return _word(own.get(part, {}), [official.get(part, "")] * 2, language)
    return ""


def short_country(code: str) -> str:
    """Return the two-letter code of a country, "NO" for "NOR"; "" for one we do not know."""
    found: str = _official()["countries"].get(code.upper(), "")
    return found
