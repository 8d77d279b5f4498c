"""The words a reader sees for notices. Codes of eForms have theirs in ``sources/notices/labels.py``."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

SOURCES = {"doffin": "Doffin", "ted": "TED", "ocds": _("Andre kilder (OCDS)")}
PHASES = {
    "planning": _("Planlegging"),
    "dialogue": _("Dialog med markedet"),
    "competition": _("Konkurranse"),
    "result": _("Kontrakt inngått"),
    "change": _("Endring av kontrakt"),
    "completion": _("Fullført"),
}
# What a phase means, where there is room to say it.
PHASE_MEANINGS = {
    "planning": _("Oppdragsgiveren varsler et kjøp som kommer."),
    "dialogue": _("Oppdragsgiveren spør markedet før konkurransen er bestemt."),
    "competition": _("Leverandører kan delta nå, eller kunne det til fristen gikk ut."),
    "result": _("Konkurransen er avgjort."),
    "change": _("En kontrakt som er inngått, er endret."),
    "completion": _("Kontrakten er gjennomført."),
}
VALUE_KINDS = {
    "estimated": _("Anslått verdi"),
    "framework-maximum": _("Rammeavtalens øvre grense"),
    "awarded": _("Kontraktsverdi"),
}
# What each kind of sum is, said beside it so that nobody takes one for another.
VALUE_MEANINGS = {
    "estimated": _("Oppdragsgiverens anslag før konkurransen"),
    "framework-maximum": _("Det meste som kan kjøpes på avtalen"),
    "awarded": _("Det kontrakten ble inngått for"),
}
TECHNIQUES = {
    "framework": _("Rammeavtale"),
    "dps": _("Dynamisk innkjøpsordning"),
    "auction": _("Elektronisk auksjon"),
}
LINKS = {
    "documents": _("Dokumenter"),
    "submission": _("Levering av tilbud"),
    "buyer-profile": _("Kjøperprofil"),
    "notice": _("Kunngjøringen"),
}
# What a notice tells, in the order of its page. Also the names of what differs between two versions.
FACTS = {
    "title": _("Tittel"),
    "description": _("Beskrivelse"),
    "kind": _("Type kunngjøring"),
    "buyer": _("Oppdragsgiver"),
    "deadline": _("Frist"),
    "cpv": _("Hva som kjøpes"),
    "nature": _("Slag"),
    "place": _("Hvor"),
    "procedure": _("Prosedyre"),
    "legal_basis": _("Regelverk"),
    "techniques": _("Avtaleform"),
    "duration": _("Varighet"),
    "estimated": _("Anslått verdi"),
    "framework-maximum": _("Rammeavtalens øvre grense"),
    "awarded": _("Kontraktsverdi"),
    "lots": _("Delkontrakter"),
    "lot": _("delkontrakt"),
    "criteria": _("Tildelingskriterier"),
    "winner": _("Leverandør"),
    "not_awarded": _("Hvorfor ingen ble valgt"),
    "innovation": _("Innovasjon"),
    "green": _("Miljø"),
    "social": _("Sosiale hensyn"),
    "documents": _("Dokumenter"),
    "submission": _("Levering av tilbud"),
}
# Where the words of a reason stand.
SIGNAL_FIELDS = {
    "title": _("I tittelen"),
    "description": _("I beskrivelsen"),
    "criterion": _("I tildelingskriteriene"),
    "code": _("I kodene"),
}
# How sure a reading is, from the surest down: likelihood at least, and the words.
LIKELIHOODS = (
    (0.85, _("Svært sannsynlig en innovativ anskaffelse")),
    (0.5, _("Sannsynligvis en innovativ anskaffelse")),
    (0.2, _("Kanskje en innovativ anskaffelse")),
    (0.0, _("Ingen klare tegn til innovasjon")),
)
STANDINGS = {
    "confirmed": _("Bekreftet innovativ"),
    "likely": _("Trolig innovativ"),
    "possible": _("Kanskje innovativ"),
    "no": _("Ikke innovativ"),
    "rejected": _("Vurdert som ikke innovativ"),
}
# Kroner. A value belongs to the first band whose limit it is below (``search/notices/noticedoc.py``).
BANDS = {
    "under-1m": _("Under 1 million kroner"),
    "1m-5m": _("1–5 millioner kroner"),
    "5m-20m": _("5–20 millioner kroner"),
    "20m-100m": _("20–100 millioner kroner"),
    "over-100m": _("100 millioner kroner eller mer"),
}
LEVELS = {"national": _("Under EØS-terskelverdi"), "eea": _("Over EØS-terskelverdi")}
STATES = {"standing": _("Gjelder"), "cancelled": _("Avlyst")}
# In the order of the boxes.
FILTERS = {
    "phase": pgettext_lazy("facet", "Hvor i anskaffelsen"),
    "innovation": pgettext_lazy("facet", "Innovasjon"),
    "cpv": pgettext_lazy("facet", "Hva som kjøpes"),
    "approach": pgettext_lazy("facet", "Løsningsmåte"),
    "county": pgettext_lazy("facet", "Fylke"),
    "country": pgettext_lazy("facet", "Land"),
    "nuts": pgettext_lazy("facet", "Region"),
    "estimated": pgettext_lazy("facet", "Anslått verdi"),
    "awarded": pgettext_lazy("facet", "Kontraktsverdi"),
    "procedure": pgettext_lazy("facet", "Prosedyre"),
    "buyer": pgettext_lazy("facet", "Oppdragsgiver"),
    "winner": pgettext_lazy("facet", "Leverandør"),
    "source": pgettext_lazy("facet", "Kilde"),
    "year": pgettext_lazy("facet", "År"),
    "kind": pgettext_lazy("facet", "Type kunngjøring"),
    "nature": pgettext_lazy("facet", "Slag"),
    "innovation_code": pgettext_lazy("facet", "Slag innovasjon"),
    "level": pgettext_lazy("facet", "Terskelverdi"),
    "standing": pgettext_lazy("facet", "Avlyst"),
}
FILTERS_DEADLINE = pgettext_lazy("facet", "Frist")
SORTS = {
    "score": _("Mest relevant"),
    "published": _("Nyeste"),
    "deadline": _("Nærmeste frist"),
    "likelihood": _("Mest innovative"),
    "estimated": _("Høyeste anslåtte verdi"),
    "awarded": _("Høyeste kontraktsverdi"),
}
# Parts of a notice as they are named where a hit says why it is here.
PARTS = {
    "title": _("Tittel"),
    "description": _("Beskrivelse"),
    "lot": _("Delkontrakt"),
    "buyer": _("Oppdragsgiver"),
    "winner": _("Leverandør"),
    "codes": _("Hva som kjøpes"),
}
