"""Languages of notices, and bokmål told from nynorsk.

Sources write Norwegian as NOR, NOB or NNO, and both NOR and NOB hold nynorsk. So we look at the words.
"""

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
# Small words that one form has and the other has not.
NYNORSK = frozenset(
    "ikkje frå eit ein vere kva dei berre nokon nokre noko korleis gjere verte vert eg mykje fleire heile saman kven "
    "sjølv gjeld tenester tenesta tenestene tilbod leverandørar oppdragsgivar innkjøpar".split()
)
BOKMAAL = frozenset(
    "ikke fra et en være hva bare noen noe hvordan gjøre jeg mye flere hele sammen hvem selv gjelder tjenester "
    "tjenesten tjenestene tilbud leverandører oppdragsgiver innkjøper".split()
)
ENOUGH = 2  # words of one form before it counts
CLEARLY = 2  # times as many as of the other
READ = 20_000  # characters looked at


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
    words = " ".join(texts)[:READ].lower().split()
    nynorsk = sum(word in NYNORSK for word in words)
    bokmaal = sum(word in BOKMAAL for word in words)
    if nynorsk >= ENOUGH and nynorsk > CLEARLY * bokmaal:
        return "nn"
    if bokmaal >= ENOUGH and bokmaal > CLEARLY * nynorsk:
        return "nb"
    return None
