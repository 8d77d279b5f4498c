"""Danish and Swedish as Norwegian words: by the table ``data/neighbour_words.yaml``, and by how the three are spelt."""

import re
from functools import lru_cache

from ringvirkning.needs.statement.language import WORDS, Tongue, neighbour_words
from ringvirkning.search.text.repair import mender

# What is spelt otherwise; tried one after the other, each beside what came before it. (pattern, Norwegian)
SPELLINGS = {
    Tongue.SV: ((r"ä", "e"), (r"ä", "æ"), (r"ö", "ø"), (r"tion", "sjon"), (r"ck", "kk"), (r"tjänst", "tjeneste"),
                (r"(?<=.)or(na)?$", "er"), (r"ning(ar|arna|en)?$", "ning"), (r"x", "ks"), (r"and", "ann")),
    Tongue.DA: ((r"tion", "sjon"), (r"af", "av"), (r"ud", "ut"), (r"ej", "ei"), (r"øj", "øy"), (r"ind", "inn"),
                (r"(?<=[aeiouyæøå])d", "t"), (r"(?<=[aeiouyæøå])g", "k"), (r"(?<=[aeiouyæøå])b", "p"),
                (r"and", "ann"), (r"ld", "ll"), (r"æ", "e"), (r"kk?e$", "ke")),
}  # fmt: skip
MOST_TRIED = 64


@lru_cache(maxsize=20_000)
def in_norwegian(form: str, tongue: Tongue) -> str:
    """Return a word as Norwegian; "" when it is as it is there, a small word, or beyond us."""
    if tongue not in SPELLINGS or is_small(form, tongue):
        return ""
    meant = neighbour_words()[tongue].get(form)
    if meant is None and not mender().knows(form):
        meant = next((tried for tried in _respelt(form, tongue) if mender().knows(tried)), "")
    return meant if meant and meant != form else ""


def is_small(form: str, tongue: Tongue) -> bool:
    """Tell whether a word is a small one of the neighbour language, and no word of ours."""
    return form in WORDS[tongue] and form not in neighbour_words()[tongue] and not mender().knows(form)


def _respelt(form: str, tongue: Tongue) -> list[str]:
    """Return the ways the word may be spelt in Norwegian, the nearest first."""
    tried = [form]
    for pattern, instead in SPELLINGS[tongue]:
        tried += [other for one in tried if (other := re.sub(pattern, instead, one)) not in tried]
        tried = tried[:MOST_TRIED]
    return tried[1:]
