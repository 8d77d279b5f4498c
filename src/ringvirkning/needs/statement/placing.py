"""Which words of a need could be placed, which themes it is within, and what to remark when little was understood."""

from collections import defaultdict
from collections.abc import Iterable

from ringvirkning.needs.statement.around import Shares
from ringvirkning.needs.statement.clean import is_foreign_script
from ringvirkning.needs.statement.language import WORDS, Tongue
from ringvirkning.needs.statement.reading import ReadConcept, ReadTheme
from ringvirkning.needs.statement.remarks import Remark
from ringvirkning.needs.statement.understanding import Need
from ringvirkning.search.text.analyser import analyser
from ringvirkning.search.text.repair import mender
from ringvirkning.search.text.stopwords import SMALL
from ringvirkning.search.text.tongues import ENGLISH, other_stems, stem_in
from ringvirkning.search.text.words import forms
from ringvirkning.sources.tables import themes

MOST_UNPLACED, MOST_THEMES = 20, 3
THEME_SHARE = 0.4  # of the weightiest theme's weight


def meaningful(texts: Iterable[str], tongue: Tongue) -> list[str]:
    """Return the words that say something, each once: no small words, no numbers."""
    small = WORDS[tongue] | SMALL if tongue in {Tongue.DA, Tongue.SV} else SMALL
    said = dict.fromkeys(form for text in texts for form in forms(text))
    return [form for form in said if form not in small and any(sign.isalpha() for sign in form)]


def unplaced_words(said: list[str], need: Need, concepts: Iterable[ReadConcept], shares: Shares) -> tuple[str, ...]:
    """Return words that neither the vocabulary knows, nor any document has, nor mending could guess."""
    placed = {word for concept in concepts for word in concept.words} | need.understood.mended.keys()
    unknown = [form for form in said if form not in placed and not _is_known(form)]
    stems = {form: (*_whole_stems(form), stem_in(ENGLISH, form)) for form in unknown}
    share = shares({stem for own in stems.values() for stem in own}) if stems else {}
    return tuple(form for form, own in stems.items() if not any(share.get(stem) for stem in own))[:MOST_UNPLACED]


def _whole_stems(form: str) -> tuple[str, ...]:
    """Return the stems a word may have as a whole; a part of it that some document has does not place it."""
    return (analyser().read_form(form)[0], *other_stems(form, known=False))


def _is_known(form: str) -> bool:
    return analyser().is_padding(form) or mender().knows(form)


def read_themes(concepts: Iterable[ReadConcept], reader: str) -> tuple[ReadTheme, ...]:
    """Return the themes of the concepts, the weightiest first; those far below it are left out."""
    weights: dict[str, float] = defaultdict(float)
    for concept in concepts:
        weights[analyser().concepts[concept.id].theme] += concept.weight
    known = themes()
    ranked = sorted((one for one in known if weights[one]), key=lambda one: -weights[one])
    kept = [one for one in ranked if weights[one] >= THEME_SHARE * weights[ranked[0]]][:MOST_THEMES]
    return tuple(ReadTheme(one, known[one][reader]) for one in kept)


def remarks(text: str, said: list[str], unplaced: tuple[str, ...], *, shortened: bool) -> tuple[Remark, ...]:
    """Return what to tell the writer about an odd text."""
    code = _why_nothing(text, said, unplaced)
    codes = ([code] if code else []) + (["shortened"] if shortened else [])
    return tuple(Remark(one) for one in codes)


def is_understood(odd: Iterable[Remark]) -> bool:
    """Tell whether there is a need to ask further about: nothing odd but its length."""
    return all(one.code == "shortened" for one in odd)


def _why_nothing(text: str, said: list[str], unplaced: tuple[str, ...]) -> str:
    """Return why a text says nothing to us; "" when it does."""
    if not text.strip():
        return "empty"
    if not any(sign.isalpha() for sign in text):
        return "no-words"
    if is_foreign_script(text):
        return "foreign-script"
    if not said:
        return "small-words"
    return "not-understood" if set(said) <= set(unplaced) else ""
