"""Finding the phrases of the word lists in a notice's texts, with the exact place of the words that decided."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from ringvirkning.analysis.signals.lists import Phrase, phrases_by_start, starts_in
from ringvirkning.analysis.signals.terms import Signal
from ringvirkning.analysis.signals.texts import Place, lower, named, places
from ringvirkning.sources.notices.record import Notice

MASKS = ("only-a-name", "only-a-phrase")
# A word that turns the next few words round, in the same sentence: "not", "without", "no"; but not "not only".
_NOT = r"(?:ikke|ikkje|inte|ej|not|no|uten|utan|uden|without|ingen)"
_ONLY = r"(?:bare|kun|berre|kun|bara|endast|only|just|nødvendigvis|necessarily)"
NEGATED_BEFORE = re.compile(rf"(?<!\w){_NOT}(?!\W+{_ONLY}\b)(?:[^\w.,!?;:]{{1,3}}\w+){{0,3}}[^\w.,!?;:]{{1,3}}$")
NEGATED_AFTER = re.compile(
    r"[^\w.!?;:]{1,3}(?:er|blir|vil|skal|var|inngår|planlegges|gjennomføres|is|are|will|är|blir|ska|kommer)[^\w.!?;:]{1,3}"
    rf"(?:det[^\w]{{1,3}})?{_NOT}(?!\W+{_ONLY}\b)(?!\w)"
)
# Phrases that are themselves about what is not there, or against: a "not" belongs to them.
KEEP_THEIR_NOT = ("not-on-the-market", "said-not-to-be")
# A title says what is bought, a description also what lies around it.
IN_TITLE = 1.3
BACK = 40  # characters before a phrase where its "not" may stand


class Found(NamedTuple):
    """A phrase in a text."""

    phrase: Phrase
    place: Place
    start: int
    end: int

    def signal(self, why_not: str = "") -> Signal:
        """Return what was found as a signal; what does not count gets the reason as its code, and no weight."""
        rule = self.phrase.rule
        in_title = IN_TITLE if self.place.field == "title" else 1.0
        return Signal(
            code=why_not or rule.code,
            weight=0.0 if why_not else round(rule.weight * in_title, 2),
            field=self.place.field,
            lot=self.place.lot,
            language=self.place.language,
            start=self.start,
            end=self.end,
            words=self.place.text[self.start : self.end],
        )


def word_signals(notice: Notice) -> Iterator[Signal]:
    """Return one signal for each kind of phrase that stands in the notice: the first place it stands.

    What only stands in a name, a stock phrase or behind a "not" is told once, with no weight.
    """
    told: set[str] = set()
    aside: list[Signal] = []
    names = named(notice)
    for place in places(notice):
        for found, why_not in _judged(place, names):
            if why_not:
                aside.append(found.signal(why_not))
            elif found.phrase.rule.code not in told:
                told.add(found.phrase.rule.code)
                yield found.signal()
    yield from {one.code: one for one in reversed(aside)}.values()


def _judged(place: Place, names: list[str]) -> Iterator[tuple[Found, str]]:
    """Return what was found in a text, each with the reason it does not count, or an empty one."""
    text = lower(place.text)
    found = sorted(_found(text, place), key=lambda one: (one.start, -one.end, one.phrase.words))
    masks = [(one.start, one.end, one.phrase.rule.code) for one in found if one.phrase.rule.code in MASKS]
    masks += [(start, end, "only-a-name") for name in names for start, end in _spans(text, name)]
    for one in _longest([one for one in found if one.phrase.rule.code not in MASKS]):
        over = next((code for start, end, code in masks if start < one.end and one.start < end), "")
        yield one, over or ("said-not" if _negated(text, one) else "")


def _longest(found: list[Found]) -> list[Found]:
    """Return what does not lie inside something longer that was found: "FoU" says nothing more than "FoU-prosjekt"."""
    kept: list[Found] = []
    reached = 0
    for one in found:  # by start, the longest first
        if one.end > reached or (kept and (one.start, one.end) == (kept[-1].start, kept[-1].end)):
            kept.append(one)
            reached = max(reached, one.end)
    return kept


def _found(text: str, place: Place) -> Iterator[Found]:
    known = phrases_by_start()
    for start in known.keys() & starts_in(text):
        for phrase in known[start]:
            if phrase.needles[0] in text and all(needle in text for needle in phrase.needles):
                for match in phrase.pattern.finditer(text):
                    yield Found(phrase, place, match.start(), match.end())


def _spans(text: str, name: str) -> Iterator[tuple[int, int]]:
    start = text.find(name)
    while start >= 0:
        yield start, start + len(name)
        start = text.find(name, start + len(name))


def _negated(text: str, one: Found) -> bool:
    rule = one.phrase.rule
    if rule.weight <= 0 or rule.code in KEEP_THEIR_NOT:
        return False
    before = text[max(0, one.start - BACK) : one.start]
    return bool(NEGATED_BEFORE.search(before) or NEGATED_AFTER.match(text, one.end))
