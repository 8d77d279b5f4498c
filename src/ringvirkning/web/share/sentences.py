"""How a figure will read, told while it is being filled in. What is still missing shows as an ellipsis."""

from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from ringvirkning.publishing.terms import Step
from ringvirkning.sources.casefile.model import Figure
from ringvirkning.web.figures import condition, condition_label, kind_label
from ringvirkning.web.share.fields import as_dict, as_list, is_blank
from ringvirkning.web.share.opened import Opened
from ringvirkning.web.templatetags.rv import amount, plain, unit_words

MISSING = {"nb": "…"}


def sentences(work: Opened) -> dict[str, str]:
    """Return each figure's place → how it will read. A figure without number or unit has no sentence yet."""
    typed = as_list(work.content(Step.FIGURES).get("figures"))
    places = [f"figures.{number}" for number, item in enumerate(typed) if not is_blank(item)]
    told = zip(places, as_list(work.document.get("figures")), strict=False)
    return {place: sentence for place, figure in told if (sentence := sentence_of(figure))}


def sentence_of(figure: Any) -> str:
    """Return how a composed figure reads, "" when it says too little."""
    filled = {"label": MISSING, "effect": "quality", "id": "tall", "sources": ["egen"], **as_dict(figure)}
    if filled.get("kind") == "potential":
        filled.setdefault("assumption", MISSING)
    try:
        return _said(Figure.model_validate(filled))
    except ValidationError:
        return ""


def _said(figure: Figure) -> str:
    number = f"{kind_label(figure)}: {amount(figure)} {unit_words(figure)}"
    told = [number, plain(figure.label)]
    if figure.assumption:
        told.append(f"{condition_label(figure)} {plain(condition(figure))}")
    if figure.basis:
        told.append(plain(figure.basis))
    elif figure.kind != "potential":
        told.append(_("Hvordan vet dere det? …"))
    return " ".join(one if one.endswith((".", "…", "!", "?")) else f"{one}." for one in told)
