"""Small things about words that hold in any Norwegian program."""

import re
import unicodedata

FOLDS = (("æ", "ae"), ("ä", "ae"), ("ø", "o"), ("ö", "o"), ("å", "a"), ("đ", "d"), ("ŋ", "n"), ("ŧ", "t"))
_FOREIGN = re.compile(r"[^\x00-\x7f]+")  # nearly nothing of a Norwegian text, once æ, ø and å are folded


def fold(text: str) -> str:
    """Return the text in lower case with letters beyond a–z written as their nearest plain ones.

    The digraphs people type for them fold alike: "Ås", "Aas" and "As" become "as"; "Bærum" and "Baerum" "baerum".
    """
    plain = unicodedata.normalize("NFC", text).lower()
    for letter, instead in FOLDS:
        plain = plain.replace(letter, instead)
    plain = plain.replace("aa", "a").replace("oe", "o")
    return _FOREIGN.sub(_without_marks, plain)


def _without_marks(letters: re.Match[str]) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", letters[0]) if not unicodedata.combining(c))


def slugify(text: str, most: int = 100) -> str:
    """Return the text as an address part: ``[a-z0-9-]``, at most ``most`` characters."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")[:most].strip("-")
