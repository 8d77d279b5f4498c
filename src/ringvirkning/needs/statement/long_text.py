"""A long document made short: the sentences that tell most of a need, in the order they stand.

Sentences are scored twice. First cheaply: words that needs are told with, and words this document keeps coming back to.
The best of them are then read with the vocabulary. What is not running text is skipped: headings, tables, lists of
contents, page numbers, and paragraphs about law and tendering.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ringvirkning.search.text.analyser import analyser
from ringvirkning.search.text.stopwords import EVERYDAY, PADDING, SMALL
from ringvirkning.search.text.words import forms

MOST_WORDS, MOST_CHARACTERS = 360, 9_000  # what is searched for; understanding reads no more than 400 words
SECOND_LOOK = 300  # sentences
LONGEST_SENTENCE = 60  # words; longer ones are lists in disguise and are cut
SHORTEST_SENTENCE = 4
NEED, MOST_NEED, CONCEPT = 1.5, 3, 1.0  # what a need word counts, how many of them, what a concept counts
LAW = -10.0
OPENING = 0.5  # the first running sentence often says what it is all about

# Looked for in lower case: a pattern that ignores case takes many times as long over hundreds of pages.
NEED_WORDS = re.compile(
    r"\b(?:behov\w*|utfordring\w*|problem\w*|vansk\w*|mangl\w*|må|treng\w*|bruker? (?:for )?(?:lang|mye|mykje) tid|"
    r"tar (?:for )?(?:lang|mye) tid|lang tid|ventetid\w*|klag\w*|risiko\w*|farlig\w*|farleg\w*|utrygg\w*|skad\w*|"
    r"ulykke\w*|for (?:mange|mye|mykje|få|lite|dyr\w*|sent|seint)|i dag|får ikke|får ikkje|klarer ikke|klarar ikkje|"
    r"ønsk\w*|bedre|betre|redus\w*|unngå\w*|slippe|kapasitet\w*|øk(?:er|ende|t)|need\w*|challenge\w*|must|lack\w*|"
    r"difficult\w*|hard to|too (?:many|much|few|late)|takes? (?:too )?(?:long|a lot)|currently|today|behöv\w*|svår\w*|"
    r"svær\w*|brug for|mangler|saknas)\b"
)
BOILERPLATE = re.compile(
    r"§|\bjf\.|\bjfr\.|\b(?:lov(?:en|a)? om|forskrift\w*|offent(?:lig|leg)lova|forvaltningslov\w*|anskaffelseslov\w*|"
    r"tilbyder\w*|tilbudsfrist\w*|konkurransegrunnlag\w*|kvalifikasjonskrav\w*|kontraktsvilkår\w*|force majeure|"
    r"erstatningsansvar\w*|mislighold\w*|oppsigelse\w*|taushetsplikt\w*|personvernerklæring\w*|klagefrist\w*|"
    r"verneting\w*|innstilling til vedtak|saksnummer|arkivsak\w*|journalpost\w*|opphavsrett\w*|copyright|"
    r"all rights reserved|pursuant to|hereinafter|tenderer\w*|liabilit\w*|indemnif\w*)"
)
PAGE_NUMBER = re.compile(r"^\W*(?:(?:side|page|s\.)\s*)?\d{1,4}(?:\s*(?:av|of|/)\s*\d{1,4})?\W*$", re.I)
CONTENTS = re.compile(r"(?:\.\s?){4,}|…{2,}|_{4,}")
CELLS = re.compile(r"\t|\||;.*;.*;|\S {3,}\S.* {3,}\S")
DIVIDED = re.compile(r"(?<=\w)-\n(?=[a-zæøåäö])")
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
    once = {one.words: one for one in reversed(list(_sentences(text)))}  # what stands on every page is said once
    found = list(once.values())
    often = Counter(word for one in found for word in set(one.words))
    worth = {word: _worth(word, many, len(found)) for word, many in often.items()}
    likely = sorted(found, key=lambda one: (-_cheap_score(one, worth), one.place))[:SECOND_LOOK]
    ranked = [one for one in likely if not BOILERPLATE.search(one.text.lower())]
    ranked.sort(key=lambda one: (-_score(one, worth), one.place))
    chosen = _within(ranked, most_words)
    return "\n".join(one.text for one in sorted(chosen, key=lambda one: one.place)) or _beginning(text, most_words)


def _within(ranked: Iterable[Sentence], most_words: int) -> list[Sentence]:
    """Return sentences from the front until the limit is reached."""
    chosen: list[Sentence] = []
    left, characters = most_words, MOST_CHARACTERS
    for one in ranked:
        if one.length <= left and len(one.text) < characters:
            chosen.append(one)
            left, characters = left - one.length, characters - len(one.text) - 1
    return chosen


def _beginning(text: str, most_words: int) -> str:
    return " ".join(text[: MOST_CHARACTERS * 4].split()[:most_words])[:MOST_CHARACTERS]


def _sentences(text: str) -> Iterator[Sentence]:
    place = 0
    for paragraph in _paragraphs(text):
        for written in SENTENCE_END.split(paragraph):
            typed = forms(written)[:LONGEST_SENTENCE]
            if len(typed) >= SHORTEST_SENTENCE:
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
    whole = DIVIDED.sub("", "\n".join(lines)).replace("\n", " ") if len(lines) > 1 else "".join(lines)
    is_heading = len(lines) == 1 and len(whole) < 70 and not whole.endswith(ENDS)
    if whole and (not is_heading or NEED_WORDS.search(whole.lower())):
        yield whole


def _worth(word: str, times: int, sentences: int) -> float:
    """Return what a word of this document says, whatever it stands beside; much below nothing for a word of the law."""
    if BOILERPLATE.fullmatch(word):
        return LAW
    return NEED * bool(NEED_WORDS.fullmatch(word)) + _subject(word, times, sentences)


def _subject(word: str, times: int, sentences: int) -> float:
    """Return 0–1: a word that comes back, yet is not everywhere, is what the document is about."""
    if word in PADDING or word in EVERYDAY:
        return 0.0
    return min(math.log2(1 + times), 4) / 4 * (1 - times / sentences)


def _cheap_score(one: Sentence, worth: Mapping[str, float]) -> float:
    """Return what the sentence's words say, for its length."""
    return sum(map(worth.__getitem__, set(one.words))) / math.sqrt(one.length)


def _score(one: Sentence, worth: Mapping[str, float]) -> float:
    """Return the cheap score with what takes a closer look: expressions of need, and needs the vocabulary names."""
    asked = len(set(NEED_WORDS.findall(one.text.lower())))
    entries = [entry for form in set(one.words) if (entry := analyser().entries[form])]
    named = {concept for entry in entries for concept in entry.named}
    known = CONCEPT * min(len(named), 6) / math.sqrt(max(one.length, 8) / 8)
    return _cheap_score(one, worth) + NEED * min(asked, MOST_NEED) + known + OPENING * (not one.place)
