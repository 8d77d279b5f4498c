"""Why a hit is here: the matching words, marked, and the part they stand in."""

from dataclasses import dataclass
from typing import NamedTuple

from ringvirkning.foundation.memo import Memo
from ringvirkning.search.casedoc import passages
from ringvirkning.search.query import Understood
from ringvirkning.search.text.analyser import Mention, Reading, analyser
from ringvirkning.search.text.words import composed
from ringvirkning.sources.casefile.model import CaseFile

WIDTH = 170  # characters in a snippet
MOST_SNIPPETS = 2
MOST_LISTED = 5
# Running text tells a reader more than lists of words do.
PART_WORTH = {"title": 1.3, "need": 1.2, "summary": 0.6, "solution": 1.1}
LISTS = {"keywords": 0.3, "codes": 0.2, "theme": 0.2, "who": 0.6}


@dataclass(frozen=True)
class Reason:
    """A snippet of one part of a case. ``marks`` are [start, end) places of the matching words in ``text``."""

    part: str
    text: str
    marks: tuple[tuple[int, int], ...]
    words: tuple[str, ...]


class ReadPassage(NamedTuple):
    """A passage with its words read: the same for every need."""

    part: str
    text: str
    readings: list[Reading]
    mentions: list[Mention]


_read_passages: Memo[list[ReadPassage]] = Memo(300)


def _read(case_file: CaseFile) -> list[ReadPassage]:
    found = []
    for passage in passages(case_file):
        text = composed(passage.text)
        readings = analyser().read(text)
        found.append(ReadPassage(passage.part, text, readings, analyser().mentions(readings)))
    return found


def reasons(digest: str, case_file: CaseFile, understood: Understood) -> list[Reason]:
    """Return the most telling snippets of a case for this need, best first; the title only when nothing else fits.

    ``digest`` tells revisions apart, so that a text is read once and not for every visitor.
    """
    found: list[tuple[float, Reason]] = []
    listed: dict[str, list[tuple[float, Reason]]] = {}
    for passage in _read_passages.get(digest, lambda: _read(case_file)):
        weights = _weights(passage, understood)
        if not weights:
            continue
        score, snippet = _best_window(passage.text, passage.readings, weights)
        reason = Reason(passage.part, *snippet)
        if passage.part in LISTS:
            listed.setdefault(passage.part, []).append((score * LISTS[passage.part], reason))
        else:
            found.append((score * PART_WORTH.get(passage.part, 1.0), reason))
    found += [_joined(part, items) for part, items in listed.items()]
    found.sort(key=lambda one: -one[0])
    return _different_parts([reason for _, reason in found])


def _joined(part: str, items: list[tuple[float, Reason]]) -> tuple[float, Reason]:
    """Return the matching items of a list as one reason: only they are shown."""
    best = sorted(items, key=lambda one: -one[0])[:MOST_LISTED]
    text, marks, matched = "", [], []
    for _, reason in best:
        shift = len(text) + (2 if text else 0)
        text = f"{text}, {reason.text}" if text else reason.text
        marks += [(start + shift, end + shift) for start, end in reason.marks]
        matched += list(reason.words)
    return best[0][0], Reason(part, text, tuple(marks), tuple(dict.fromkeys(matched)))


def _weights(passage: ReadPassage, understood: Understood) -> dict[int, float]:
    """Return reading number → how much it has to do with the need."""
    weights: dict[int, float] = {}
    for number, reading in enumerate(passage.readings):
        if reading.small:
            continue
        weight = max((understood.terms.get(stem, 0.0) for stem in reading.stems), default=0.0)
        if weight >= 0.3:
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
