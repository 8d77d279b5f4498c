"""Danish and Swedish as Norwegian words, once the language of the need is known (``search/text/neighbours``)."""

from ringvirkning.needs.statement.language import Tongue
from ringvirkning.search.text.neighbours import neighbour
from ringvirkning.search.text.repair import mender

NEIGHBOURS = frozenset({Tongue.DA, Tongue.SV})


def in_norwegian(form: str, tongue: Tongue) -> str:
    """Return a word as Norwegian; "" when it is as it is there, a small word, or beyond us."""
    if tongue not in NEIGHBOURS or is_small(form, tongue):
        return ""
    meant = neighbour(tongue).meant(form).word
    return meant if meant != form else ""


def is_small(form: str, tongue: Tongue) -> bool:
    """Tell whether a word is a small one of the neighbour language, and no word of ours."""
    return tongue in NEIGHBOURS and form in neighbour(tongue).small and not mender().knows(form)
