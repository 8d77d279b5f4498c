"""Words for why a file is refused or could not be read: what is wrong, and what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ringvirkning.sources.documents.terms import Refusal

SENTENCES: dict[Refusal, str | Promise] = {
    Refusal.EMPTY: _("Filen er tom. Kontroller at du valgte riktig fil."),
    Refusal.TOO_LARGE: _("Filen er for stor. Grensen er %(most)s MB. Del den opp, eller legg inn adressen til den."),
    Refusal.SVG: _("Vi tar ikke imot SVG, fordi slike filer kan kjøre program. Lagre bildet som PNG og prøv igjen."),
    Refusal.MARKUP: _("Vi tar ikke imot nettsider og XML. Legg inn adressen til siden, eller lagre den som PDF."),
    Refusal.OLD_OFFICE: _(
        "Filen har et gammelt Office-format. Åpne den og lagre den som .docx, .xlsx eller .pptx, og prøv igjen."
    ),
    Refusal.RTF: _("Vi tar ikke imot RTF. Lagre dokumentet som .docx, .odt eller PDF og prøv igjen."),
    Refusal.MACROS: _("Filen inneholder makroer. Lagre den uten makroer (.docx, .xlsx eller .pptx) og prøv igjen."),
    Refusal.LOCKED: _("Filen er låst med passord. Fjern passordet og prøv igjen."),
    Refusal.PROGRAM: _("Filen er et program. Vi tar bare imot dokumenter og bilder."),
    Refusal.ARCHIVE: _("Filen er en pakket mappe. Pakk den ut og last opp dokumentene hver for seg."),
    Refusal.HEIC: _("Bildet er i et format ikke alle kan åpne. Lagre det som JPEG og prøv igjen."),
    Refusal.FILM: _("Vi tar ikke imot film og lyd. Legg inn adressen til der den ligger."),
    Refusal.OTHER_PICTURE: _("Vi kan ikke vise dette bildeformatet. Lagre bildet som PNG eller JPEG og prøv igjen."),
    Refusal.TWO_IN_ONE: _("Filen er satt sammen av flere slag filer. Åpne den, lagre den på nytt og prøv igjen."),
    Refusal.BROKEN: _("Filen er skadet og kan ikke åpnes. Lagre den på nytt og prøv igjen."),
    Refusal.BOMB: _("Filen vokser seg altfor stor når den pakkes ut. Lagre den på nytt og prøv igjen."),
    Refusal.TOO_MANY_PIXELS: _("Bildet er for stort. Gjør det mindre og prøv igjen."),
    Refusal.TOO_SLOW: _("Det tok for lang tid å lese filen. Del den opp og prøv igjen."),
    Refusal.TOO_HEAVY: _("Filen krever for mye for å leses. Del den opp og prøv igjen."),
    Refusal.UNKNOWN: _(
        "Vi kjenner ikke dette filformatet. Vi tar imot PDF, Word, Excel, PowerPoint, OpenDocument, bilder og tekst."
    ),
    Refusal.INFECTED: _("Virussøket fant noe skadelig i filen. Den er ikke tatt imot."),
    Refusal.SCANNER_SILENT: _("Vi får ikke sjekket filen for virus akkurat nå. Prøv igjen om litt."),
    Refusal.GONE: _("Filen er borte. Last den opp på nytt."),
}


def sentence(code: str, most: int = 0) -> str:
    """Return the words for a code, in the reader's language."""
    return str(SENTENCES.get(Refusal(code) if code in set(Refusal) else Refusal.BROKEN, "")) % {"most": most}
