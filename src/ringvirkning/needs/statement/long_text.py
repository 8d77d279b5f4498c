"""A long document made short: the sentences that tell most of a need, in the order they stand.

Sentences are scored twice. First cheaply: words that needs are told with, and words this document keeps coming back to.
The best of them are then read with the vocabulary. What is not running text is skipped: headings, tables, lists of
contents, page numbers, and paragraphs about law and tendering.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ringvirkning.search.text.analyser import analyser
from ringvirkning.search.text.stopwords import EVERYDAY, PADDING, SMALL
from ringvirkning.search.text.words import forms

MOST_WORDS, MOST_CHARACTERS = 360, 9_000  # what is searched for; understanding reads no more than 400 words
SECOND_LOOK = 150  # sentences
LONGEST_SENTENCE = 60  # words; longer ones are lists in disguise and are cut
SHORTEST_SENTENCE = 4
NEED, MOST_NEED, CONCEPT = 1.5, 3, 1.0  # what a need word counts, how many of them, what a concept counts
OPENING = 0.5  # the first running sentence often says what it is all about

NEED_WORDS = re.compile(
    r"\b(?:behov\w*|utfordring\w*|problem\w*|vansk\w*|mangl\w*|må|treng\w*|bruker? (?:for )?(?:lang|mye|mykje) tid|"
    r"tar (?:for )?(?:lang|mye) tid|lang tid|ventetid\w*|klag\w*|risiko\w*|farlig\w*|farleg\w*|utrygg\w*|skad\w*|"
    r"ulykke\w*|for (?:mange|mye|mykje|få|lite|dyr\w*|sent|seint)|i dag|får ikke|får ikkje|klarer ikke|klarar ikkje|"
    r"ønsk\w*|bedre|betre|redus\w*|unngå\w*|slippe|kapasitet\w*|øk(?:er|ende|t)|need\w*|challenge\w*|must|lack\w*|"
    r"difficult\w*|hard to|too (?:many|much|few|late)|takes? (?:too )?(?:long|a lot)|currently|today|behöv\w*|svår\w*|"
    r"svær\w*|brug for|mangler|saknas)\b",
    re.I,
)
BOILERPLATE = re.compile(
    r"§|\bjf\.|\bjfr\.|\b(?:lov(?:en|a)? om|forskrift\w*|offent(?:lig|leg)lova|forvaltningslov\w*|anskaffelseslov\w*|"
    r"tilbyder\w*|tilbudsfrist\w*|konkurransegrunnlag\w*|kvalifikasjonskrav\w*|kontraktsvilkår\w*|force majeure|"
    r"erstatningsansvar\w*|mislighold\w*|oppsigelse\w*|taushetsplikt\w*|personvernerklæring\w*|klagefrist\w*|"
    r"verneting\w*|innstilling til vedtak|saksnummer|arkivsak\w*|journalpost\w*|opphavsrett\w*|copyright|"
    r"all rights reserved|pursuant to|hereinafter|tenderer\w*|liabilit\w*|indemnif\w*)",
    re.I,
)
PAGE_NUMBER = re.compile(r"^\W*(?:(?:side|page|s\.)\s*)?\d{1,4}(?:\s*(?:av|of|/)\s*\d{1,4})?\W*$", re.I)
CONTENTS = re.compile(r"(?:\.\s?){4,}|…{2,}|_{4,}")
CELLS = re.compile(r"\t|\||;.*;.*;|\S {3,}\S.* {3,}\S")
BULLET = re.compile(r"^\s*(?:[-–•*▪◦·o]|\d{1,2}[.)])\s+")
SENTENCE_END = re.compile(r"(?<=[.!?…])[\"»”)]?\s+(?=[\"«“(]?[A-ZÆØÅÄÖ0-9])")
ENDS = (".", "!", "?", ":", "…", "»", '"', "”", ")")


@dataclass(frozen=True)
class Sentence:
    """One sentence and its place in the document."""

    place: int
    text: str
    words: tuple[str, ...]  # the meaningful ones, lower case
    length: int  # in words, small ones too


def is_long(text: str) -> bool:
    """Tell whether a text is more than can be searched for at once."""
    return len(text) > MOST_CHARACTERS or len(forms(text)) > MOST_WORDS


def most_telling(text: str, most_words: int = MOST_WORDS) -> str:
    """Return the sentences that tell most, within the limit; the beginning when there is no running text."""
    found = list(_sentences(text))
    often = Counter(word for one in found for word in set(one.words))
    ranked = sorted(found, key=lambda one: (-_cheap_score(one, often, len(found)), one.place))[:SECOND_LOOK]
    ranked.sort(key=lambda one: (-_score(one, often, len(found)), one.place))
    chosen = _within(ranked, most_words)
    return "\n".join(one.text for one in sorted(chosen, key=lambda one: one.place)) or _beginning(text, most_words)


def _within(ranked: Iterable[Sentence], most_words: int) -> list[Sentence]:
    """Return sentences from the front until the limit is reached, none of them twice."""
    chosen: list[Sentence] = []
    said: set[tuple[str, ...]] = set()
    left, characters = most_words, MOST_CHARACTERS
    for one in ranked:
        if one.length <= left and len(one.text) < characters and one.words not in said:
            chosen.append(one)
            said.add(one.words)
            left, characters = left - one.length, characters - len(one.text) - 1
    return chosen


def _beginning(text: str, most_words: int) -> str:
    return " ".join(text[: MOST_CHARACTERS * 4].split()[:most_words])[:MOST_CHARACTERS]


def _sentences(text: str) -> Iterator[Sentence]:
    place = 0
    for paragraph in _paragraphs(text):
        if not BOILERPLATE.search(paragraph) or len(paragraph) > 1_500:
            for written in SENTENCE_END.split(paragraph):
                typed = forms(written)[:LONGEST_SENTENCE]
                if len(typed) >= SHORTEST_SENTENCE and not BOILERPLATE.search(written):
                    meaningful = tuple(form for form in typed if form not in SMALL and not form.isdigit())
                    yield Sentence(place, _cut(written), meaningful, len(typed))
                    place += 1


def _cut(written: str) -> str:
    split = written.split()
    return " ".join(split[:LONGEST_SENTENCE])


def _paragraphs(text: str) -> Iterator[str]:
    """Yield running text, its wrapped lines joined. A short line that does not end like a sentence is a heading."""
    lines: list[str] = []
    for line in [*text.split("\n"), ""]:
        bare = line.strip()
        if not bare or BULLET.match(line):
            yield from _joined(lines)
            lines = [BULLET.sub("", line).strip()] if bare else []
        elif not (PAGE_NUMBER.match(bare) or CONTENTS.search(bare) or CELLS.search(line.strip(" "))):
            lines.append(bare)


def _joined(lines: list[str]) -> Iterator[str]:
    whole = re.sub(r"(?<=\w)-\n(?=[a-zæøåäö])", "", "\n".join(lines)).replace("\n", " ")
    is_heading = len(lines) == 1 and len(whole) < 70 and not whole.endswith(ENDS)
    if whole and (not is_heading or NEED_WORDS.search(whole)):
        yield whole


def _cheap_score(one: Sentence, often: Counter[str], many: int) -> float:
    """Return need words, and how much the sentence's words are this document's own subject."""
    asked = len({found[0].lower() for found in NEED_WORDS.finditer(one.text)})
    subject = sum(_subject(word, often, many) for word in set(one.words))
    return NEED * min(asked, MOST_NEED) + subject / math.sqrt(one.length) + (OPENING if not one.place else 0)


def _subject(word: str, often: Counter[str], many: int) -> float:
    """Return 0–1: a word that comes back, yet is not everywhere, is what the document is about."""
    if word in PADDING or word in EVERYDAY:
        return 0.0
    share = often[word] / many
    return min(math.log2(1 + often[word]), 4) / 4 * (1 - share)


def _score(one: Sentence, often: Counter[str], many: int) -> float:
    """Return the cheap score, and what the vocabulary knows in the sentence: rare words and needs it names."""
    entries = [entry for form in set(one.words) if (entry := analyser().entries[form])]
    named = {concept for entry in entries for concept in entry.named}
    return _cheap_score(one, often, many) + CONCEPT * min(len(named), 6) / math.sqrt(max(one.length, 8) / 8)
