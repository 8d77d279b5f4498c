"""Taking a person out of texts and documents. Pure.

A contact that is the person loses name, e-mail and phone and keeps role and organisation. Everywhere else the full
name, the addresses and the numbers are replaced by a word in brackets, so that readers see that something was there.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

NAME_GONE = "[navn fjernet]"
EMAIL_GONE = "[e-post fjernet]"
PHONE_GONE = "[telefon fjernet]"
IN_ADDRESS = "fjernet"  # a web address can hold neither spaces nor brackets
LINE = 300
LONGEST = 20_000


def same_name(one: object, other: object) -> bool:
    """Tell whether two names are the same, however they are spaced and capitalised."""
    return _folded(one) == _folded(other) != ""


def _folded(value: object) -> str:
    return " ".join(str(value or "").casefold().split())


@dataclass(frozen=True)
class Redactor:
    """Knows whom to take out: the names, e-mail addresses and phone numbers one person has been given here."""

    names: tuple[str, ...]
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()

    def document(self, value: Any) -> Any:
        """Return a document, or any part of one, without the person."""
        if isinstance(value, dict):
            kept = self._contact(value) if self.is_contact(value) else value
            return {key: self.document(one) for key, one in kept.items()}
        if isinstance(value, list):
            return [self.document(one) for one in value]
        return self.text(value) if isinstance(value, str) else value

    def is_contact(self, value: dict[str, Any]) -> bool:
        """Tell whether this part of a document is the person as a contact."""
        person = value.get("person")
        named = isinstance(person, dict) and any(same_name(person.get("name"), name) for name in self.names)
        reached = "role" in value and any(same_name(value.get("email"), email) for email in self.emails)
        return named or reached

    def _contact(self, value: dict[str, Any]) -> dict[str, Any]:
        return {key: one for key, one in value.items() if key not in ("person", "email", "phone")}

    def text(self, text: str) -> str:
        """Return a text without the person. It never grows past what a case file has room for."""
        if re.match(r"https?://", text, re.IGNORECASE):
            return _replaced(text, [(pattern, IN_ADDRESS) for pattern in (*self._in_addresses, *self._plain)])
        words = [(pattern, NAME_GONE) for pattern in self._names]
        words += [(pattern, EMAIL_GONE) for pattern in self._emails]
        words += [(pattern, PHONE_GONE) for pattern in self._phones]
        made = _replaced(text, words)
        return made if made == text else made[: LINE if len(text) <= LINE else LONGEST].rstrip()

    @cached_property
    def _names(self) -> list[re.Pattern[str]]:
        return [pattern for name in self.names for pattern in _name_patterns(name.split(), r"\s+")]

    @cached_property
    def _in_addresses(self) -> list[re.Pattern[str]]:
        whole = [name.split() for name in self.names if len(name.split()) > 1]
        spelled = [[_plain_letters(word) for word in words] for words in whole]
        return [one for words in (*whole, *spelled) for one in _name_patterns(words, r"(?:[-_.+]|%20)*", True)]

    @cached_property
    def _emails(self) -> list[re.Pattern[str]]:
        return [
            re.compile(rf"(?<![\w.+-]){re.escape(email)}(?![\w-])", re.IGNORECASE) for email in self.emails if email
        ]

    @cached_property
    def _phones(self) -> list[re.Pattern[str]]:
        return [pattern for phone in self.phones for pattern in _phone_pattern(phone)]

    @property
    def _plain(self) -> list[re.Pattern[str]]:
        return [*self._emails, *self._phones]


def _replaced(text: str, patterns: Iterable[tuple[re.Pattern[str], str]]) -> str:
    for pattern, word in patterns:
        text = pattern.sub(word, text)
    return text


def _name_patterns(words: list[str], between: str, in_address: bool = False) -> list[re.Pattern[str]]:
    """Return patterns for the whole name, for it without middle names, and for it with the last name first."""
    if not words:
        return []
    orders = [words]
    if len(words) > 2:
        orders.append([words[0], words[-1]])
    found = [between.join(re.escape(word) for word in order) for order in orders]
    if len(words) > 1 and not in_address:
        found.append(rf"{re.escape(words[-1])},\s*{re.escape(words[0])}")
    # One name alone may be a common word ("Storm"): then only with its capital letter.
    flags = re.IGNORECASE if len(words) > 1 else 0
    edge = r"[^\W_]" if in_address else r"\w"
    # "Kari Nordmanns" is Kari Nordmann's; "Kari Nordmannsen" is somebody else.
    return [re.compile(rf"(?<!{edge}){one}(?=s?(?!{edge}))", flags) for one in found]


def _plain_letters(word: str) -> str:
    return word.casefold().replace("æ", "ae").replace("ø", "o").replace("å", "a")


def _phone_pattern(phone: str) -> list[re.Pattern[str]]:
    digits = re.sub(r"\D", "", phone)
    digits = re.sub(r"^(?:00)?47(?=\d{8}$)", "", digits)
    if len(digits) < 5:
        return []
    spaced = r"[\s.\-]?".join(digits)
    return [re.compile(rf"(?<!\d)(?:(?:\+|00)47[\s.\-]?)?{spaced}(?!\d)")]
