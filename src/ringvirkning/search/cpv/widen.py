"""Widening a need with the CPV codes it seems to ask for: their labels, in Norwegian and English, as slight terms.

Notices have the labels of their codes in Norwegian and English, so a Norwegian need finds a Finnish notice whose words
it shares none of.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from ringvirkning.search.cpv.suggest import SuggestedCpv, suggest_cpv
from ringvirkning.search.notices.query import understand_anywhere
from ringvirkning.search.query import Understood
from ringvirkning.search.text.tongues import terms_in
from ringvirkning.sources.tables import cpv_labels

WEIGHT = 2.0  # of a label's words, times how sure the suggestion is: measured on the tuning half of the notices
MOST = 3  # codes


def widened(text: str, *, without: Collection[str] = ()) -> Understood:
    """Return a need as it is understood in all languages, with the words of the codes suggested for it."""
    return with_codes(understand_anywhere(text), suggest_cpv(text, most=MOST, without=without))


def with_codes(understood: Understood, codes: Sequence[SuggestedCpv]) -> Understood:
    """Return what was understood with the words of these codes' labels. Words of the need keep their own weight."""
    terms = dict(understood.terms)
    for one in codes:
        for language, label in zip(("nb", "en"), cpv_labels()[one.code][:2], strict=False):
            for term in terms_in(language, label):
                terms[term] = max(terms.get(term, 0.0), WEIGHT * one.score)
    return replace(understood, terms=terms)
