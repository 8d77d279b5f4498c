"""Languages of notices, and bokmål told from nynorsk.

Sources write Norwegian as NOR, NOB or NNO, and both NOR and NOB hold nynorsk. So we look at the words.
"""

import re
from collections.abc import Iterable

from ringvirkning.sources.notices.oddities import Noted

UNKNOWN = "und"
NORWEGIAN = frozenset({"no", "nb", "nn"})
# ISO 639-2 → 639-1, for the languages of Europe and its neighbours; others keep their three letters.
SHORT = dict(
    pair.split(":")
    for pair in (
        "NOR:no NOB:nb NNO:nn SME:se ISL:is DAN:da SWE:sv FIN:fi ENG:en DEU:de GER:de FRA:fr FRE:fr ITA:it SPA:es "
        "POR:pt NLD:nl DUT:nl GLE:ga MLT:mt ELL:el GRE:el BUL:bg HRV:hr CES:cs CZE:cs EST:et HUN:hu LAV:lv LIT:lt "
        "POL:pl RON:ro RUM:ro SLK:sk SLO:sk SLV:sl CAT:ca EUS:eu GLG:gl LTZ:lb SQI:sq MKD:mk SRP:sr BOS:bs TUR:tr "
        "UKR:uk RUS:ru ARA:ar"
    ).split()
)
# Words that one form has and the other has not; and when they do not tell, endings of words that are long enough.
NYNORSK = frozenset(
    "ikkje frå eit ein vere vore kva kvar kven korleis dei desse berre nokon nokre noko gjere gjer verte vert eg mykje "
    "fleire heile saman sjølv gjeld innan kjem følgjande tenester tenesta tenestene tilbod anskaffing "
    "leverandørar oppdragsgivar innkjøpar avtala kommunane verksemd verksemda moglegheit".split()
)
BOKMAAL = frozenset(
    "ikke fra et en være vært hva hver hvem hvordan hvilke hvilken hvor hvis disse bare noen noe gjøre gjør jeg mye "
    "flere hele sammen selv gjelder innen kommer følgende tjenester tjenesten tjenestene tilbud anskaffelse "
    "anskaffelsen leverandører oppdragsgiver oppdragsgivers innkjøper avtalen kommunene virksomhet virksomheten "
    "mulighet".split()
)
NYNORSK_ENDS = ("ande", "arar", "arane", "heit", "heita", "leik", "leiken", "ingane")
BOKMAAL_ENDS = ("ende", "het", "heten", "heter", "ingene", "erne")
LONG = 7  # letters of a word whose ending says something
ENOUGH = 2  # words of one form before it counts
CLEARLY = 2  # times as many as of the other
_WORDS = re.compile(r"[a-zæøåéòôü]+")
READ = 2_000  # characters looked at


def language(code: str | None, noted: Noted) -> str:
    """Return the language of a code of two or three letters, ISO 639-1 where there is one."""
    given = (code or "").strip().upper()
    if given in SHORT:
        return SHORT[given]
    if given.lower() in SHORT.values():
        return given.lower()
    if len(given) == 3 and given.isascii() and given.isalpha():
        return given.lower()
    if given:
        noted("language", code=given)
    return UNKNOWN


def form_of_norwegian(texts: Iterable[str]) -> str | None:
    """Return "nb" or "nn" for Norwegian texts when it is clear which, else None."""
    words = _WORDS.findall(" ".join(texts)[:READ].lower())
    nynorsk, bokmaal = (sum(map(known.__contains__, words)) for known in (NYNORSK, BOKMAAL))
    return _clear(nynorsk, bokmaal) or _clear(
        nynorsk + _ends(words, NYNORSK_ENDS), bokmaal + _ends(words, BOKMAAL_ENDS)
    )


def _ends(words: list[str], ends: tuple[str, ...]) -> int:
    return sum(len(word) >= LONG and word.endswith(ends) for word in words)


def _clear(nynorsk: int, bokmaal: int) -> str | None:
    if nynorsk >= ENOUGH and nynorsk > CLEARLY * bokmaal:
        return "nn"
    return "nb" if bokmaal >= ENOUGH and bokmaal > CLEARLY * nynorsk else None
