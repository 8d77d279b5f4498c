"""The zero alternative: what happens if nothing is done, and roughly what that costs."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from ringvirkning.needs.assessment import Assessment, ProblemValue, Range
from ringvirkning.needs.documents.context import Context
from ringvirkning.needs.documents.numbers import number
from ringvirkning.needs.documents.paper import Block, Cell, Grid, Heading, Note, Prose, Said
from ringvirkning.needs.value import Told, told

ENDS = ("low", "likely", "high")


def zero_alternative(assessment: Assessment, context: Context, language: str) -> Iterator[Block]:
    """Yield what was told, the guesses as a table, what they come to, and what they assume."""
    zero = assessment.zero
    blocks = [*_text(zero.text), *_value(zero.value, language)]
    if blocks:
        yield Heading(1, Said(_("Hvis vi ikke gjør noe")))
        yield from blocks


def _text(text: str | None) -> Iterator[Block]:
    if text:
        yield Prose(Said(text, typed=True))


def _value(value: ProblemValue | None, language: str) -> Iterator[Block]:
    if value is None:
        return
    rows = [(label, guess) for label, guess in _guesses(value) if guess and guess != Range()]
    if rows or value.assumptions:
        yield Heading(2, Said(_("Grovt anslag over hva problemet koster")))
    if rows:
        header = (_("Anslag"), _("Lavest"), _("Trolig"), _("Høyest"))
        numbers = tuple(((Said(label),), *_cells(guess, language)) for label, guess in rows)
        yield Grid(_("Tallene anslaget bygger på"), header, numbers, (49, 17, 17, 17), frozenset({1, 2, 3}))
    yield from _sums(value, language)
    if value.assumptions:
        yield Prose(Said(value.assumptions, typed=True), _("Forutsetninger"))


def _sums(value: ProblemValue, language: str) -> Iterator[Block]:
    """Yield what the guesses come to, and in small print how far that can be trusted."""
    sums = [one for one in told(value) if one.numbers]
    remarks = [one for one in told(value) if not one.numbers]
    if sums:
        yield Prose(Said(" ".join(_in_words(one, language) for one in sums), strong=True))
    if remarks:
        yield Note(Said(" ".join(_in_words(one, language) for one in remarks)))


def _guesses(value: ProblemValue) -> Iterator[tuple[str, Range | None]]:
    yield _("Hvor mange ganger i året"), value.times_a_year
    yield _("Minutter hver gang"), value.minutes_each
    yield _("Personer hver gang"), value.people_each
    yield _("Kroner for en time, med sosiale utgifter"), value.wage_an_hour
    yield _("Andre kostnader i året, i kroner"), value.other_kroner_a_year


def _cells(guess: Range, language: str) -> Iterator[Cell]:
    for end in ENDS:
        amount = getattr(guess, end)
        yield () if amount is None else (Said(number(amount, language)),)


def _in_words(one: Told, language: str) -> str:
    return one.filled(_(one.sentence), [_(missing) for missing in one.missing], language)
