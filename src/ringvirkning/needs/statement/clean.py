"""Text as it was pasted, made plain: no control or invisible signs, letters composed, tables as text."""

import re
import unicodedata

INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
ODD = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
LINES = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def plain(text: str) -> str:
    """Return the text with lines and tabs kept and everything that cannot be seen taken out."""
    return unicodedata.normalize("NFC", ODD.sub(" ", INVISIBLE.sub("", LINES.sub("\n", text)))).strip()


def is_foreign_script(text: str) -> bool:
    """Tell whether most letters of a text are not Latin ones."""
    letters = [character for character in text[:5_000] if character.isalpha()]
    latin = sum(1 for one in letters if one < "\u0250" or "\u1e00" <= one < "\u1f00")
    return bool(letters) and latin * 2 < len(letters)
