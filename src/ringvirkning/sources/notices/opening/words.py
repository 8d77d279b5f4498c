"""Why something was not opened, or was left out: codes, and their words in bokmål. Codes differ from those of reading.

A refusal is something that should have been read and could not. A skip is of a kind that is never a notice.
"""

from ringvirkning.foundation.sentences import sentence as _

REFUSALS: dict[str, str] = {
    # Paths
    "missing": _("Filen eller mappen finnes ikke. Kontroller stien."),
    "no-access": _("Vi får ikke lov til å lese den. Kontroller rettighetene."),
    "not-a-file": _("Dette er verken fil eller mappe, og er ikke åpnet."),
    "link-outside": _("Dette er en snarvei ut av mappen, og er ikke fulgt."),
    "link-to-folder": _("Dette er en snarvei til en mappe, og er ikke fulgt. Mappen leses der den ligger."),
    # Archives
    "damaged": _("Arkivet er skadet. Det vi fant før skaden, er lest. Last det ned på nytt."),
    "cut-off": _("Arkivet slutter for tidlig. Det vi fant før det, er lest. Last det ned på nytt."),
    "not-zip": _("Filen begynner som en zip-fil, men er det ikke. Last den ned på nytt."),
    "too-many": _("Arkivet har over {most} filer. Resten er ikke lest. Del det opp."),
    "too-much": _("Arkivet er over {most} GB når det pakkes ut. Resten er ikke lest. Del det opp."),
    "bomb": _("Den blir urimelig stor når den pakkes ut, og er ikke lest videre."),
    "nested": _("Dette er et arkiv inne i et arkiv inne i et arkiv. Pakk ut det ytterste og prøv igjen."),
    "packing": _("Den er pakket på en måte vi ikke leser. Pakk den som zip, tar eller gzip."),
    # Members
    "outside": _("Navnet peker ut av arkivet. Filen er ikke lest."),
    "link-in-archive": _("Dette er en snarvei inne i arkivet, og er ikke fulgt."),
    "device": _("Dette er ikke en fil, men en enhet. Den er ikke åpnet."),
    "unknown-sort": _("Arkivet sier ikke på en måte vi forstår hva dette er. Det er ikke lest."),
    "locked": _("Filen er låst med passord. Pakk arkivet uten passord."),
    "member-damaged": _("Filen er skadet inne i arkivet. Last arkivet ned på nytt."),
}

SKIPPED: dict[str, str] = {
    "office-document": _("Kontordokumenter er aldri kunngjøringer. Den er utelatt."),
    "picture": _("Bilder er aldri kunngjøringer. Det er utelatt."),
    "pdf": _("Vi leser ikke kunngjøringer fra PDF. Hent XML-en i stedet. Filen er utelatt."),
    "web-page": _("Nettsider er ikke kunngjøringer. Hent XML-en i stedet. Siden er utelatt."),
    "text": _("Ren tekst er ikke en kunngjøring. Den er utelatt."),
    "unknown-kind": _("Innholdet er verken XML, JSON eller et arkiv. Filen er utelatt."),
    "empty-file": _("Filen er tom. Den er utelatt."),
    "system-file": _("Filen hører til operativsystemet. Den er utelatt."),
}
