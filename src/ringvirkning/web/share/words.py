"""Words of the guided steps: choices explained to somebody who has never filled this in before."""

from django.utils.translation import gettext_lazy as _

from ringvirkning.catalogue.queries import norwegian_order
from ringvirkning.sources.tables import table

WHO = {"named": _("Én virksomhet"), "group": _("Flere som ikke navngis")}
FIGURE_KINDS = {
    "realised": _("Målt"),
    "expected": _("Forventet"),
    "potential": _("Mulig"),
}
FIGURE_KINDS_EXPLAINED = {
    "realised": _("Vi har målt det etterpå. Slik ble det."),
    "expected": _("Vi regnet med dette på forhånd. Vi har ikke målt det ennå."),
    "potential": _("Dette kan det bli hvis noe bestemt skjer, for eksempel hvis alle gjør som oss."),
}
SHAPES = {
    "value": _("Ett tall, nøyaktig eller rundt regnet"),
    "between": _("Mellom to tall"),
    "over": _("Mer enn"),
    "upto": _("Inntil"),
}
PER = {
    "year": _("Hvert år"),
    "four_years": _("Fire år til sammen"),
    "ten_years": _("Ti år til sammen"),
    "site": _("Hvert sted"),
}
EFFECTS = {
    "cost_saved": _("Penger spart"),
    "time_saved": _("Tid spart"),
    "quality": _("Bedre tjeneste eller kvalitet"),
    "emissions": _("Utslipp"),
    "reach": _("Hvor mange som er med"),
    "business": _("Arbeid og inntekter hos leverandører"),
    "cost": _("Hva det kostet"),
}
PROCUREMENT_KINDS_EXPLAINED = {
    "innovation_procurement": _("Løsningen fantes ikke. Den ble utviklet."),
    "innovation_friendly": _("Leverandørene ble oppmuntret til å tilby noe bedre enn minstekravet."),
    "innovative_solution": _("Løsningen var helt ny på markedet, og få eller ingen hadde kjøpt den før."),
}
LICENCES = {
    "CC-BY-4.0": _("Bruke det fritt og oppgi hvor det kommer fra (CC BY 4.0)"),
    "CC0-1.0": _("Bruke det helt fritt (CC0)"),
    "NLOD-2.0": _("Norsk lisens for offentlige data (NLOD)"),
}
TEXT_LICENCES = {"CC-BY-4.0": _("Bruke den fritt og oppgi hvor den kommer fra"), "CC0-1.0": _("Bruke den helt fritt")}
TEXT_LICENCES_EXPLAINED = {
    "CC-BY-4.0": _("Creative Commons Navngivelse 4.0, den vanlige i biblioteket."),
    "CC0-1.0": _("Creative Commons Zero 1.0: dere gir fra dere alle rettigheter."),
}
# What a person named as contact has answered; "" when nobody has asked.
CONSENTS = {
    "": _("Får et brev når dere sender inn"),
    "asked": _("Er spurt, har ikke svart"),
    "given": _("Har sagt ja"),
    "refused": _("Har sagt nei"),
    "withdrawn": _("Har trukket seg"),
}
SOURCE_KINDS = {
    "buyer": _("Oppdragsgiveren selv"),
    "programme": _("Et program eller en støtteordning"),
    "supplier": _("Leverandøren"),
    "press": _("Avis, radio eller fagblad"),
    "report": _("En uavhengig rapport eller forskning"),
    "register": _("Et register, som Doffin"),
    "stated": _("Dere selv, fortalt til biblioteket"),
    "editor": _("En redaktør i biblioteket"),
}
_ROWS = table("municipalities.json")["municipalities"]
_NAMES = [row["name"] for row in _ROWS]
# Two municipalities are called Herøy and two Våler: the number tells them apart.
MUNICIPALITIES = {
    row["number"]: row["name"] if _NAMES.count(row["name"]) == 1 else f"{row['name']} ({row['number']})"
    for row in sorted(_ROWS, key=lambda row: norwegian_order(row["name"]))
}
