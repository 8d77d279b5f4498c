"""Words for the reasons of the analysis, in the reader's language. One without words is left out, not shown bare."""

from ringvirkning.analysis import reasons
from ringvirkning.analysis.terms import Reason
from ringvirkning.web.notices import telling
from ringvirkning.web.sentences import in_words


def signal_said(code: str, words: str) -> str:
    """Return what was noticed in a notice."""
    return in_words(reasons.SIGNALS.get(code, ""), {"words": words})


def link_said(reason: Reason) -> str:
    """Return why a case and a notice may belong together."""
    told = [telling.cpv_said(word) if reason.code == "cpv" else word for word in reason.words]
    return in_words(reasons.LINKS.get(reason.code, ""), {"words": ", ".join(told)})
