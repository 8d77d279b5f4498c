"""From running text to words with their places."""

import re
import unicodedata
from typing import NamedTuple

WORD = re.compile(r"[^\W_]+(?:[-\u2010\u2011'’][^\W_]+)*")
HYPHENS = re.compile(r"[-\u2010\u2011'’]")


class Word(NamedTuple):
    """One word as it stands in the text: lower-case form and where it begins and ends."""

    form: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """Return the words of a text in order. Hyphenated words stay whole ("el-ferge").

    Letters typed as a base letter plus a mark (å as a + ring) are joined first, so places may shift only in such
    rare texts; the same text must be used for reading the places.
    """
    return [Word(match.group().lower(), match.start(), match.end()) for match in WORD.finditer(composed(text))]


def forms(text: str) -> list[str]:
    """Return the lower-case forms of the words of a text in order."""
    return [found.lower() for found in WORD.findall(composed(text))]


def composed(text: str) -> str:
    """Return the text in Unicode's composed form, the form all places refer to."""
    return unicodedata.normalize("NFC", text)


def pieces(form: str) -> list[str]:
    """Return the parts of a hyphenated word; one part when there is no hyphen."""
    return [piece for piece in HYPHENS.split(form) if piece]
