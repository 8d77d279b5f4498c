"""The words a reader sees in needs assessments: the parts of the work, the fields in them, and codes."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ringvirkning.needs.terms import Section

Text = str | Promise


@dataclass(frozen=True)
class Guide:
    """How one part of the work is introduced; ``name`` is that of its address."""

    name: str
    heading: Text
    purpose: Text


GUIDES = {
    Section.NEED: Guide(
        "assessment-need",
        _("Behovet"),
        _("Beskriv hva som skal bli bedre, og for hvem. Vent med løsningen."),
    ),
    Section.READING: Guide(
        "assessment-reading",
        _("Slik leser vi behovet"),
        _("Stryk det som ikke hører til, og legg til det vi ikke så. Søket følger med."),
    ),
    Section.SOLUTIONS: Guide(
        "assessment-shortlist",
        _("Kortlisten"),
        _("Samle løsningene som kan passe, og vurder dem én for én."),
    ),
    Section.QUESTIONS: Guide(
        "assessment-questions",
        _("Spørsmål til andre"),
        _("Hva vil dere spørre dem som har gjort det, om? Skriv inn svarene når de kommer."),
    ),
    Section.VALUE: Guide(
        "assessment-value",
        _("Hvis ingenting gjøres"),
        _("Nullalternativet er det dere sammenligner med. Et grovt anslag holder."),
    ),
    Section.CONCLUSION: Guide(
        "assessment-conclusion",
        _("Konklusjonen"),
        _("Hva anbefaler dere å gjøre nå, og hvorfor?"),
    ),
}
VISIBILITIES = {
    "private": _("Bare du ser den"),
    "shared": _("Delt med kolleger"),
    "open": _("Behovet er åpent for alle"),
}
FITS = {"fits": _("Passer"), "partly": _("Passer delvis"), "no": _("Passer ikke")}
KINDS = {"case": _("Sak"), "notice": _("Kunngjøring")}
# The fields of an assessment, by their place in it.
FIELDS: dict[str, Text] = {
    "title": _("Tittel"),
    "language": _("Språk"),
    "need": _("Behovet"),
    "told.today": _("Hva skjer i dag?"),
    "told.whom": _("Hvem gjelder det?"),
    "told.often": _("Hvor ofte skjer det?"),
    "told.better": _("Hva skal bli bedre?"),
    "told.tried": _("Hva har dere prøvd?"),
    "timing.wanted": _("Når må noe være på plass?"),
    "timing.size_kroner": _("Omtrent hvor stort er det, i kroner?"),
    "zero.text": _("Hva skjer hvis ingenting gjøres?"),
    "zero.value.times_a_year": _("Hvor mange ganger i året skjer det?"),
    "zero.value.minutes_each": _("Hvor mange minutter tar det hver gang?"),
    "zero.value.people_each": _("Hvor mange personer er med hver gang?"),
    "zero.value.wage_an_hour": _("Hva koster en time, i kroner med sosiale utgifter?"),
    "zero.value.other_kroner_a_year": _("Andre kostnader i året, i kroner"),
    "zero.value.assumptions": _("Hva bygger tallene på?"),
    "conclusion": _("Konklusjonen"),
    "adjusted.struck": _("Strøket"),
    "adjusted.added": _("Lagt til"),
    "adjusted.cpv": _("CPV-koder lagt til"),
    "solutions": _("Kortlisten"),
    "questions": _("Spørsmål"),
}
ENDS = {"low": _("Lavt anslag"), "likely": _("Sannsynlig"), "high": _("Høyt anslag")}
# Fields of one solution and one question.
ITEM_FIELDS: dict[str, Text] = {
    "title": _("Løsning"),
    "buyer": _("Hvem har den"),
    "fit": _("Vurdering"),
    "because": _("Fordi"),
    "notes": _("Notater"),
    "to": _("Til hvem"),
    "about": _("Om hvilken løsning"),
    "text": _("Spørsmål"),
    "answer": _("Svar"),
}
# The forms an assessment can be had in.
FORMATS = {"word": _("Word"), "pdf": _("PDF"), "json": _("JSON")}


def field_word(place: str) -> str:
    """Return what a field is called, by its place: "Hvor ofte skjer det?", "Sannsynlig"."""
    if place in FIELDS:
        return str(FIELDS[place])
    parent, _dot, end = place.rpartition(".")
    return f"{FIELDS[parent]} {ENDS[end]}" if parent in FIELDS and end in ENDS else place
