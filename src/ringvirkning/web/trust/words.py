"""Words for grades of evidence, what they ask for, and what would lift a case."""

from django.utils.translation import gettext_lazy as _

GRADES = {
    "told": _("Fortalt"),
    "documented": _("Dokumentert"),
    "measured": _("Målt"),
    "measured_and_confirmed": _("Målt og bekreftet"),
}
GRADE_MEANINGS = {
    "told": _("Vi har det bare fra én kilde, og den viser ikke til papirer du kan kontrollere."),
    "documented": _(
        "Du kan kontrollere det selv: i papirer, eller hos flere kilder som ikke er avhengige av hverandre."
    ),
    "measured": _("Du kan kontrollere det, og noen har målt hva det ga."),
    "measured_and_confirmed": _("Noen har målt hva det ga og sier hvordan. Oppdragsgiveren har nylig bekreftet saken."),
}
RULES = {
    "can_be_checked": _("Det finnes papirer du kan åpne, eller minst to uavhengige kilder."),
    "something_measured": _("Minst ett tall om resultatet er målt etterpå."),
    "says_how": _("Et målt tall sier hvordan og når det ble målt."),
    "confirmed": _("Oppdragsgiveren har bekreftet saken de siste 18 månedene."),
}
LIFTS = {
    "can_be_checked": _("en rapport, en kunngjøring eller en uavhengig kilde til"),
    "something_measured": _("et tall om resultatet, målt etter at løsningen ble tatt i bruk"),
    "says_how": _("hvordan og når tallet ble målt"),
    "confirmed": _("at oppdragsgiveren bekrefter at saken stemmer"),
}
