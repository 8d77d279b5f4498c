"""What a reader will miss in a draft, in words, each with the way to where it is told."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ringvirkning.web.share.steps import GUIDES

if TYPE_CHECKING:
    from ringvirkning.web.share.opened import Opened

MOST = 5
GAP_WORDS: dict[str, str | Promise] = {
    "title": _("Navn på saken"),
    "summary": _("Hele saken på to–tre setninger"),
    "need": _("Hva problemet var"),
    "themes": _("Hva saken handler om"),
    "before": _("Hvordan det var før"),
    "buyer": _("Hvem som kjøpte"),
    "when": _("Når det skjedde"),
    "approach": _("Hva dere gjorde, steg for steg"),
    "dialogue": _("Om dere snakket med leverandører på forhånd"),
    "specification": _("Hvordan dere beskrev behovet"),
    "procedure": _("Hvilken prosedyre dere brukte"),
    "cost": _("Hva det kostet"),
    "supplier": _("Hvem som leverte"),
    "solution": _("Hva dere fikk"),
    "availability": _("Om andre kan kjøpe løsningen"),
    "effect": _("Hva som ble bedre eller verre"),
    "reuse": _("Om andre har tatt det videre"),
    "gain": _("Hva det ga, målt etterpå"),
    "documents": _("Dokumenter å bruke om igjen"),
    "contact": _("Hvem man kan spørre"),
    "lessons": _("Hva dere lærte"),
}


@dataclass(frozen=True)
class Missed:
    """One thing a reader will miss."""

    words: str | Promise
    address: str


def missed(work: "Opened") -> list[Missed]:
    """Return the few things a reader will miss the most."""
    told = [gap for gap in work.gaps if gap.code in GAP_WORDS][:MOST]
    return [Missed(GAP_WORDS[gap.code], f"{work.address(GUIDES[gap.step])}#{gap.place}") for gap in told]
