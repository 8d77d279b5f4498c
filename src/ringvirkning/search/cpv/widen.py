"""Widening a need with the CPV codes it seems to ask for: their labels, in Norwegian and English, as slight terms.

Notices have the labels of their codes in Norwegian and English, so a Norwegian need finds a Finnish notice whose words
it shares none of.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace

from ringvirkning.search.cpv.suggest import suggest_cpv
from ringvirkning.search.notices.query import understand_anywhere
from ringvirkning.search.query import TELLING, Understood
from ringvirkning.search.text.tongues import terms_in
from ringvirkning.sources.tables import cpv_labels

# Of a label's words, times how sure the suggestion is, beside what makes a word telling: enough to bring in a notice
# that says nothing else of the need, and less than a word of the need weighs, since a code may be wrong.
WEIGHT = 0.5
MOST = 3  # codes
LEAST = 0.27  # of a suggestion's score: below it about one in five is right


def widened(text: str, *, without: Collection[str] = ()) -> Understood:
    """Return a need as it is understood in all languages, with the words of the codes suggested for it."""
    suggested = suggest_cpv(text, most=MOST, without=without)
    return with_codes(understand_anywhere(text), {one.code: one.score for one in suggested})


def with_codes(understood: Understood, codes: Mapping[str, float]) -> Understood:
    """Return what was understood with the words of the labels of some codes, each with how sure we are of it, 0–1.

    Words of the need keep their own weight. Only the ``MOST`` surest codes count, and none we are less sure of than
    ``LEAST``: a wrong code brings in notices about something else.
    """
    terms = dict(understood.terms)
    for code in sorted((code for code in codes if codes[code] >= LEAST), key=lambda code: -codes[code])[:MOST]:
        for language, label in zip(("nb", "en"), cpv_labels().get(code, ())[:2], strict=False):
            for term in terms_in(language, label):
                terms[term] = max(terms.get(term, 0.0), TELLING + WEIGHT * codes[code])
    return replace(understood, terms=terms)
