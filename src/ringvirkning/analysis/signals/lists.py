"""The word lists of ``data/innovation``, made ready for reading. Their form is told in docs/how-to/innovasjonsord.md.

A phrase is words with single spaces. ``*`` stands for any letters at the end of a word; ``…`` between words for up to
four other words in the same sentence. Between two words there may be any space, comma or hyphen.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ringvirkning.sources.tables import data_folder

LANGUAGES = ("nb", "nn", "da", "sv", "en")
# Between words of a phrase: anything but letters and the end of a sentence; a few characters only, so it stays quick.
BETWEEN = r"[^\w.!?]{1,6}"
SHORTEST, START = 3, 4  # letters
WORD_START = re.compile(rf"(?<![\w&])[\w&]{{{SHORTEST},{START}}}")
PART = re.compile(r"[\w&]+|§")
OTHER_WORDS = rf"(?:{BETWEEN}\w+){{0,4}}{BETWEEN}"


@dataclass(frozen=True)
class Rule:
    """One kind of signal: what it weighs, why, and the BT-776 code it points at."""

    code: str
    weight: float
    why: str
    suggests: str | None
    example: str
    phrases: dict[str, tuple[str, ...]]  # language → phrases
    file: str


@dataclass(frozen=True)
class Phrase:
    """A phrase as it is looked for: each of ``needles``, the longest first, must stand in a text to try ``pattern``."""

    rule: Rule
    words: str
    needles: tuple[str, ...]
    pattern: re.Pattern[str]


def list_files() -> list[Path]:
    """Return the files of word lists."""
    return sorted((data_folder() / "innovation").glob("*.yaml"))


@cache
def rules() -> tuple[Rule, ...]:
    """Return every rule of the files. Raises ``ValueError`` naming the file and the rule that cannot be used."""
    return tuple(
        rule_of(row, path.name)
        for path in list_files()
        for row in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    )


def rule_of(row: dict[str, Any], file: str) -> Rule:
    """Return one entry of a file as a rule. Raises ``ValueError`` when something is missing or cannot be looked for."""
    missing = {"code", "weight", "why", "example"} - set(row)
    if missing:
        raise ValueError(f"{file}: {row.get('code', 'an entry')} lacks {', '.join(sorted(missing))}")
    phrases = {language: tuple(str(one) for one in row.get(language, ())) for language in LANGUAGES}
    rule = Rule(row["code"], float(row["weight"]), row["why"], row.get("suggests"), row["example"], phrases, file)
    for one in (phrase for listed in phrases.values() for phrase in listed):
        if not _can_be_looked_for(one):
            raise ValueError(f"{file}: «{one}» of {rule.code} needs a word of three letters, or four before «*»")
    return rule


def _can_be_looked_for(phrase: str) -> bool:
    longest = needles_of(phrase)[0] if needles_of(phrase) else ""
    return len(longest) >= (START if f"{longest}*" in phrase.lower() else SHORTEST)


@cache
def phrases_by_start() -> dict[str, tuple[Phrase, ...]]:
    """Return the phrases by the first letters of their longest word: most words of a text begin none of them."""
    found: dict[str, tuple[Phrase, ...]] = {}
    for phrase in phrases():
        start = phrase.needles[0][:START]
        found[start] = (*found.get(start, ()), phrase)
    return found


def starts_in(text: str) -> set[str]:
    """Return the first letters of every word of a lower-case text."""
    return set(WORD_START.findall(text))


@cache
def phrases() -> tuple[Phrase, ...]:
    """Return every phrase of every rule, each wording once for a rule: neighbouring languages share many."""
    return tuple(
        Phrase(rule, words, needles_of(words), pattern_of(words))
        for rule in rules()
        for words in dict.fromkeys(phrase.lower() for language in LANGUAGES for phrase in rule.phrases[language])
    )


def needles_of(phrase: str) -> tuple[str, ...]:
    """Return the words of a phrase, the longest first: where one is missing, the phrase is missing."""
    return tuple(sorted(PART.findall(phrase.lower()), key=len, reverse=True))


def pattern_of(phrase: str) -> re.Pattern[str]:
    """Return a phrase as a regular expression over lower-case text. Gaps are bounded, so no text makes it slow."""
    pattern = ""
    for piece in phrase.lower().split():
        if piece == "…":
            pattern += OTHER_WORDS
        elif PART.search(piece):
            joined = BETWEEN if pattern and not pattern.endswith(OTHER_WORDS) else ""
            pattern += joined + _word(piece)
    return re.compile(rf"(?<!\w){pattern}(?!\w)")


def _word(piece: str) -> str:
    inner = BETWEEN.join(re.escape(part) for part in PART.findall(piece))
    return inner + (r"\w*" if piece.endswith("*") else "")
