"""What lists and cards say about a case in a line or two. Pure: a case file in, words out."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ringvirkning.sources.casefile.model import CaseFile, Figure, Party
from ringvirkning.sources.casefile.terms import Effect, FigureKind, PartyRole
from ringvirkning.web.figures import NO_GAIN

BENEFITS = set(Effect) - set(NO_GAIN)
# A full stop after an abbreviation ("St. Olavs", "kl. 8", "ca. 30") ends no sentence.
SENTENCE_END = re.compile(
    r"(?<!\bSt\.)(?<!\bkl\.)(?<!\bca\.)(?<!\bnr\.)(?<!\bdr\.)(?<!\bDr\.)(?<!\bpst\.)(?<=[.!?]) +(?=[A-ZÆØÅ0-9«])"
)
OPENING = 190  # characters; about two lines in a list


def opening(text: str, most: int = OPENING) -> str:
    """Return the first whole sentences of a text, as many as ``most`` characters hold, and never fewer than one."""
    sentences = SENTENCE_END.split(text)
    kept = sentences[0]
    for sentence in sentences[1:]:
        if len(kept) + 1 + len(sentence) > most:
            break
        kept = f"{kept} {sentence}"
    return kept


def buyers(case_file: CaseFile) -> tuple[str, str]:
    """Return the first buyer's name and how many more there are ("Larvik kommune", "og 28 andre"); empty if unknown."""
    lead = [party for party in case_file.parties if party.role is PartyRole.LEAD]
    bought_with = [party for party in case_file.parties if party.role is PartyRole.CO_BUYER]
    parties = sorted(lead + bought_with, key=lambda party: (party.role is not PartyRole.LEAD, not party.organisation))
    if not parties or parties[0].organisation is None:
        return "", ""
    return parties[0].organisation.name, _and_others(parties[1:])


def _and_others(others: list[Party]) -> str:
    if not others:
        return ""
    counts = [1 if party.organisation else party.group.count if party.group else None for party in others]
    if None in counts:
        return _("med flere")
    total = sum(count for count in counts if count)
    return ngettext("og én til", "og %(count)s andre", total) % {"count": total}


def is_measured_benefit(figure: Figure) -> bool:
    """Tell whether a figure is a benefit somebody measured: not a cost, and not how many took part."""
    return figure.kind is FigureKind.REALISED and figure.effect in BENEFITS


def measured_benefits(case_file: CaseFile) -> list[Figure]:
    """Return the benefits that were measured, those of the infographic first."""
    return infographic_first(case_file, [figure for figure in case_file.figures if is_measured_benefit(figure)])


def infographic_first(case_file: CaseFile, figures: list[Figure]) -> list[Figure]:
    """Return the figures, those the case chose for its infographic first."""
    shown = case_file.infographic.figures if case_file.infographic else []
    return sorted(figures, key=lambda figure: figure.id not in shown)
