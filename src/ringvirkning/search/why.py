"""Why a hit is here: the matching words, marked, and the part they stand in."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ringvirkning.foundation.memo import Memo
from ringvirkning.search.casedoc import Texts, file_texts, passages
from ringvirkning.search.query import Understood
from ringvirkning.search.text.analyser import Mention, Reading, analyser
from ringvirkning.search.text.words import composed
from ringvirkning.sources.casefile.model import CaseFile

WIDTH = 170  # characters in a snippet
LEAST = 0.3  # weight of a word that is shown as a reason
MOST_SNIPPETS = 2
MOST_LISTED = 5
# Running text tells a reader more than lists of words do.
PART_WORTH = {"title": 1.3, "need": 1.2, "summary": 0.6, "solution": 1.1}
MOST_STRETCHES = 12  # of a long file, how many places are looked at
STRETCH = 400  # characters
LISTS = {"keywords": 0.3, "codes": 0.2, "theme": 0.2, "who": 0.6, "buyer": 0.4, "winner": 0.4}


@dataclass(frozen=True)
class Reason:
    """A snippet of one part of a case or notice. ``marks`` are [start, end) places of the matching words in ``text``.

    ``name`` is the title of the document when the part is one; ``language`` that of the text, "" where it is not known.
    """

    part: str
    text: str
    marks: tuple[tuple[int, int], ...]
    words: tuple[str, ...]
    name: str = ""
    language: str = ""


class ReadPassage(NamedTuple):
    """A passage with its words read: the same for every need."""

    part: str
    text: str
    readings: list[Reading]
    mentions: list[Mention]
    language: str = ""


_read_passages: Memo[list[ReadPassage]] = Memo(300)


def _read(case_file: CaseFile) -> list[ReadPassage]:
    return [read_passage(one.part, one.text, analyser().read, one.language) for one in passages(case_file)]


def read_passage(part: str, text: str, read: Callable[[str], list[Reading]], language: str = "") -> ReadPassage:
    """Return a passage with its words read by ``read``."""
    clean = composed(text)
    readings = read(clean)
    return ReadPassage(part, clean, readings, analyser().mentions(readings), language)


def reasons(
    digest: str, case_file: CaseFile, understood: Understood, texts: Callable[[], Texts] = dict
) -> list[Reason]:
    """Return the most telling snippets of a case for this need, best first; the title only when nothing else fits.

    ``digest`` tells revisions apart, so that a text is read once and not for every visitor. ``texts`` fetches those of
    the case's files; they are only looked at when the case itself says too little.
    """
    read = (digest, analyser().vocabulary.name)
    shown = most_telling(_read_passages.get(read, lambda: _read(case_file)), understood)
    told = [reason for reason in shown if reason.part != "title"]
    if not told and any(document.file for document in case_file.documents):
        told = _in_files(case_file, understood, texts())
    return told or shown


def most_telling(read: Iterable[ReadPassage], understood: Understood) -> list[Reason]:
    """Return the most telling snippets of different parts, best first; the title only when nothing else fits."""
    found: list[tuple[float, Reason]] = []
    listed: dict[str, list[tuple[float, Reason]]] = {}
    for passage in read:
        weights = _weights(passage, understood)
        if not weights:
            continue
        score, snippet = _best_window(passage.text, passage.readings, weights)
        reason = Reason(passage.part, *snippet, language=passage.language)
        if passage.part in LISTS:
            listed.setdefault(passage.part, []).append((score * LISTS[passage.part], reason))
        else:
            found.append((score * PART_WORTH.get(passage.part, 1.0), reason))
    found += [_joined(part, items) for part, items in listed.items()]
    found.sort(key=lambda one: -one[0])
    return _different_parts([reason for _, reason in found])


def _in_files(case_file: CaseFile, understood: Understood, texts: Texts) -> list[Reason]:
    """Return the most telling snippet of the files: they are long, so only stretches that look like hits are read."""
    found = []
    for title, text in file_texts(case_file, texts):
        for stretch in stretches(text, understood):
            readings = analyser().read(stretch)
            passage = ReadPassage("document", stretch, readings, analyser().mentions(readings))
            if weights := _weights(passage, understood):
                score, snippet = _best_window(stretch, readings, weights)
                found.append((score, Reason("document", *snippet, name=title)))
    return [reason for _, reason in sorted(found, key=lambda one: -one[0])[:1]]


def stretches(text: str, understood: Understood) -> Iterator[str]:
    """Yield stretches of a long text around places that begin like what is looked for, most weight first."""
    plain = " ".join(composed(text).split())
    lowered = plain.lower()
    seen: set[int] = set()
    for term, weight in sorted(understood.terms.items(), key=lambda one: -one[1]):
        place = lowered.find(term) if weight >= LEAST else -1
        while place >= 0 and len(seen) < MOST_STRETCHES:
            start = max(0, plain.rfind(" ", 0, max(0, place - STRETCH // 2)) + 1)
            if not any(abs(start - other) < STRETCH // 2 for other in seen):
                seen.add(start)
                yield plain[start : start + STRETCH]
            place = lowered.find(term, place + STRETCH // 2)


def _joined(part: str, items: list[tuple[float, Reason]]) -> tuple[float, Reason]:
    """Return the matching items of a list as one reason: only they are shown."""
    best = sorted(items, key=lambda one: -one[0])[:MOST_LISTED]
    text, marks, matched = "", [], []
    for _, reason in best:
        shift = len(text) + (2 if text else 0)
        text = f"{text}, {reason.text}" if text else reason.text
        marks += [(start + shift, end + shift) for start, end in reason.marks]
        matched += list(reason.words)
    languages = {reason.language for _, reason in best}
    language = languages.pop() if len(languages) == 1 else ""
    return best[0][0], Reason(part, text, tuple(marks), tuple(dict.fromkeys(matched)), language=language)


def _weights(passage: ReadPassage, understood: Understood) -> dict[int, float]:
    """Return reading number → how much it has to do with the need."""
    weights: dict[int, float] = {}
    for number, reading in enumerate(passage.readings):
        if reading.small:
            continue
        weight = max((understood.terms.get(stem, 0.0) for stem in reading.stems), default=0.0)
        if weight >= LEAST:
            weights[number] = weight
    for mention in passage.mentions:
        weight = understood.concepts.get(mention.concept, 0.0) * (0.4 if mention.hint else 1.0)
        for number in mention.readings:
            if weight > weights.get(number, 0.2):
                weights[number] = weight
    return weights


def _best_window(
    text: str, readings: list[Reading], weights: dict[int, float]
) -> tuple[float, tuple[str, tuple[tuple[int, int], ...], tuple[str, ...]]]:
    """Return the score and snippet of the stretch of text where most of the need is."""
    places = [
        (readings[number].word.start, readings[number].word.end, readings[number], weight)
        for number, weight in sorted(weights.items())
    ]
    best_score, best_start = 0.0, places[0][0]
    for start, *_ in places:
        inside = {place[2].stem: place[3] for place in places if start <= place[0] < start + WIDTH}
        score = sum(inside.values())
        if score > best_score:
            best_score, best_start = score, start
    begin, end = _cut(text, best_start)
    before, after = ("… " if begin else ""), (" …" if end < len(text) else "")
    shift = len(before) - begin
    marks = tuple((place[0] + shift, place[1] + shift) for place in places if begin <= place[0] and place[1] <= end)
    matched = dict.fromkeys(text[place[0] : place[1]].lower() for place in places if begin <= place[0] < end)
    return best_score, (before + text[begin:end] + after, marks, tuple(matched))


def _cut(text: str, start: int) -> tuple[int, int]:
    """Return where a snippet around ``start`` begins and ends, at word boundaries, from a sentence's start if near."""
    if len(text) <= WIDTH + 40:
        return 0, len(text)
    ends = max(text.rfind(mark, 0, start) for mark in (". ", "? ", "! "))
    sentence = ends + 2 if ends >= 0 else 0
    begin = sentence if start - sentence <= 60 else text.rfind(" ", 0, max(1, start - 40)) + 1
    end = begin + WIDTH
    if end >= len(text):
        return begin, len(text)
    return begin, max(text.rfind(" ", begin, end), begin + 1)


def _different_parts(found: list[Reason]) -> list[Reason]:
    chosen: dict[str, Reason] = {}
    for reason in found:
        if reason.part not in chosen and reason.part != "title":
            chosen[reason.part] = reason
    shown = list(chosen.values())[:MOST_SNIPPETS]
    return shown or [reason for reason in found if reason.part == "title"][:1]
