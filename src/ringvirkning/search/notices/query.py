"""From a need to weighted terms for notices, which are written in many languages."""

from dataclasses import replace

from ringvirkning.search.query import WORD, Understood, understand
from ringvirkning.search.text.analyser import analyser
from ringvirkning.search.text.repair import mender
from ringvirkning.search.text.tongues import other_stems
from ringvirkning.search.text.words import words


def understand_anywhere(text: str) -> Understood:
    """Read a need as Norwegian, and its words also as they would stand in other languages."""
    understood = understand(text)
    terms = dict(understood.terms)
    for word in words(understood.text):
        reading = analyser().read_word(word)
        if not reading.small and not analyser().is_padding(word.form):
            for stem in other_stems(word.form, known=mender().knows(word.form)):
                terms[stem] = max(terms.get(stem, 0.0), WORD)
    return replace(understood, terms=terms)
