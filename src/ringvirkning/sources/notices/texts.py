"""Free text as it is kept: whole, readable, and without persons.

Control characters go, Norwegian letters that were read in the wrong encoding somewhere on the way are put right, and
``persons.mask`` takes out what identifies people.
"""

import re
from collections.abc import Callable, Iterable

from ringvirkning.sources.notices import persons
from ringvirkning.sources.notices.oddities import Noted

LONGEST = 50_000  # characters of one text
WITHHELD = "unpublished"  # what TED puts in place of a text that is withheld (BT-195)

# Control characters but tab and line feed; marks that turn the direction of writing; invisible ones.
_CONTROL = dict.fromkeys([*range(9), *range(11, 32), *range(127, 160), 0x200B, *range(0x202A, 0x202F), 0x2060, 0xFEFF])
_CONTROLS = re.compile("[" + "".join(map(re.escape, map(chr, _CONTROL))) + "]")
_CARRIAGE = re.compile(r"\r\n?")
# A letter of UTF-8 read as Windows-1252 or Latin-1: its first byte as Ã, Â, Å, Ä or â, then one or two more.
_AFTER = "\x80-\xbfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™"
_MOJIBAKE = re.compile(f"[ÃÂÅÄ][{_AFTER}]|â[{_AFTER}][{_AFTER}]")
_TEST_SIGNS = ("test notice", "test-notice", "testkunngj", "prøvekunngj", "please disregard")
_LOST = "\ufffd"


# What most short texts are: letters and signs that are never in the way.
_PLAIN = re.compile(r"[A-Za-zÆØÅæøåÄÖÜäöüßÉéèêàçñóáíÓłąęśżźćńčšžřěůőű ,.;:()/&«»\"'’–+!?%\-]*")


class Cleaner:
    """Cleans the texts of one notice. The same text is often said of every lot: it is cleaned once."""

    def __init__(
        self, noted: Noted, contacts: Iterable[str] = (), organisations: Callable[[], Iterable[str]] = tuple
    ) -> None:
        """``contacts``: names of contacts; those of persons are taken out, but not names of ``organisations``."""
        self._noted = noted
        self._contacts = tuple(name for name in contacts if " " in name)  # one word alone says nobody's name
        self._organisations = organisations
        self._known: dict[str, str | None] = {}

    def __call__(self, raw: str | None) -> str | None:
        """Return a text as it is kept; None when there is nothing in it."""
        if not raw:
            return None
        if raw not in self._known:
            self._known[raw] = self._cleaned(raw)
        return self._known[raw]

    def _cleaned(self, raw: str) -> str | None:
        text = raw.strip()
        plain = _PLAIN.fullmatch(text) is not None and "(at)" not in text  # "(at)" is how an e-mail is hidden
        if not plain:
            text = _readable(text, self._noted)
        if len(text) > LONGEST:
            text = text[:LONGEST]
            self._noted("cut", most=LONGEST)
        if not text or text == WITHHELD:
            return None
        without_persons = persons.mask_names if plain else persons.mask
        return without_persons(text, self._noted, self._persons_in(text))

    def _persons_in(self, text: str) -> list[str]:
        named = [name for name in self._contacts if name in text]
        return [name for name in named if persons.is_personal(name, self._organisations())] if named else named


def _readable(text: str, noted: Noted) -> str:
    mended = text if text.isascii() else repaired(text, noted)
    return _without_controls(mended, noted).strip()


def is_a_test(title: str) -> bool:
    """Tell whether a notice was published only to try how it is done: some of those are in production."""
    small = title.lower()
    return any(sign in small for sign in _TEST_SIGNS) or small.strip(" -–*!.") == "test"


def repaired(text: str, noted: Noted) -> str:
    """Return the text with letters that were read in the wrong encoding put right."""
    if _LOST in text:
        noted("letters-lost")
    if not ("Ã" in text or "Â" in text or "â€" in text):
        return text
    mended = _MOJIBAKE.sub(_as_meant, text)
    if mended != text:
        noted("mojibake")
    return mended


def _as_meant(found: re.Match[str]) -> str:
    """Return the letter these were meant to be; themselves when they were meant."""
    try:
        meant = b"".join(_byte(letter) for letter in found[0]).decode("utf-8")
    except UnicodeError:
        return found[0]
    return meant


def _byte(letter: str) -> bytes:
    return letter.encode("latin-1") if ord(letter) < 256 else letter.encode("cp1252")


def _without_controls(text: str, noted: Noted) -> str:
    if "\r" in text:
        text = _CARRIAGE.sub("\n", text)
    # Asking whether all can be printed is far quicker than looking for each control character.
    if (text.replace("\n", "") if "\n" in text else text).isprintable() or not _CONTROLS.search(text):
        return text
    noted("control-characters")
    return text.translate(_CONTROL)
