"""What can be odd about a notice, and why one cannot be read at all: codes, and their words in bokmål.

An oddity is a note on a record that was read; a refusal means there is no record. Every sentence says what it was and
what we did, or what to do. ``{values}`` are filled in last, so that a face can translate the sentence first.
"""

from ringvirkning.foundation.sentences import sentence as _
from ringvirkning.sources.notices.record import Oddity

MOST = 100  # oddities kept of one notice: past that, the file is wrong in one way many times
LONGEST = 100  # characters kept of a value

ODDITIES: dict[str, str] = {
    # Text
    "control-characters": _("Teksten hadde styretegn. Vi tok dem bort."),
    "mojibake": _("Æ, ø og å var ødelagt i teksten. Vi rettet dem."),
    "letters-lost": _("Bokstaver i teksten er gått tapt før den kom til oss."),
    "e-mail": _("Teksten hadde en e-postadresse. Vi tok den bort."),
    "telephone": _("Teksten hadde et telefonnummer. Vi tok det bort."),
    "person-name": _("Teksten hadde navnet på en kontaktperson. Vi tok det bort."),
    "identity-number": _("Teksten hadde et fødselsnummer. Vi tok det bort."),
    "cut": _("En tekst var over {most} tegn. Vi tok med begynnelsen."),
    "language": _("Språkkoden «{code}» er ukjent. Teksten er ført under «und»."),
    "withheld": _("{field} er unntatt fra offentlighet. Vi lot feltet stå tomt."),
    # Organisations
    "identifier-missing": _("Virksomheten mangler organisasjonsnummer."),
    "identifier-is-a-name": _("Det stod et navn der organisasjonsnummeret skulle stå. Vi lot feltet stå tomt."),
    "identifier-written-oddly": _("Organisasjonsnummeret «{given}» var skrevet på en uvanlig måte. Vi leste {number}."),
    "identifier-not-valid": _("«{given}» er ikke et gyldig norsk organisasjonsnummer. Vi tok det med som det stod."),
    "natural-person": _("En leverandør er en privatperson, og er ikke tatt med."),
    "perhaps-person": _("En leverandør uten nummer kan være en privatperson, og er ikke tatt med."),
    "organisation-unknown": _("Kunngjøringen viser til en virksomhet den ikke har med: {reference}."),
    "country": _("Landkoden «{code}» er ukjent. Vi lot feltet stå tomt."),
    # Codes
    "cpv-unknown": _("CPV-koden «{code}» finnes ikke. Vi tok den ikke med."),
    "nuts-old": _("Stedskoden «{code}» gjelder ikke lenger. Vi tok den med som den stod."),
    "kind-unknown": _("Kunngjøringstypen «{code}» er ukjent. Fasen er lest av skjemaet."),
    "phase-unknown": _("Det står ikke hva slags kunngjøring dette er. Vi førte den som planlegging."),
    # Sums
    "amount-written-oddly": _("Beløpet «{given}» var skrevet på en uvanlig måte. Vi leste {amount}."),
    "amount-unreadable": _("Beløpet «{given}» kan ikke leses. Vi tok det ikke med."),
    "amount-negative": _("Beløpet «{given}» er negativt. Vi tok det ikke med."),
    "amount-zero": _("Beløpet i {field} er null."),
    "amount-improbable": _("Beløpet {amount} i {field} er usannsynlig stort. Vi tok det med som det stod."),
    "value-is-a-range": _("Verdien i {field} er bare oppgitt som {low}–{high} {currency}. Vi lot den stå tom."),
    "currency-missing": _("Beløpet i {field} mangler valuta. Vi tok det ikke med."),
    "currency-unknown": _("Valutaen «{code}» er ukjent. Vi tok ikke med beløpet."),
    # Time
    "date-unreadable": _("Datoen «{given}» kan ikke leses. Vi tok den ikke med."),
    "zone-missing": _("Klokkeslettet i {field} mangler tidssone. Vi regnet med norsk tid."),
    "zone-of-country": _("Klokkeslettet i {field} mangler tidssone. Vi regnet med tiden i oppdragsgiverens land."),
    "duration-unreadable": _("Varigheten «{given}» kan ikke leses. Vi tok den ikke med."),
    "duration-converted": _("Varigheten var oppgitt som {given}. Vi regnet den om til måneder."),
    "ends-before-it-begins": _("Kontrakten slutter før den begynner. Vi tok med datoene som de stod."),
    # The notice
    "not-a-procurement": _(
        "Dette er en registrering av et foretak, ikke en anskaffelse. Vi førte den som planlegging."
    ),
    "number-of-another": _(
        "Kunngjøringsnummeret {given} gjelder en tidligere kunngjøring. Vi førte det som henvisning."
    ),
    "number-from-name": _("Kunngjøringsnummeret står ikke i filen. Vi tok det fra filnavnet."),
    "publication-number": _("Kunngjøringsnummeret «{given}» kan ikke leses. Vi tok det ikke med."),
    "uuid-missing": _("Kunngjøringen mangler id."),
    "uuid-not-valid": _("Kunngjøringens id «{given}» har ikke riktig form. Vi tok den med som den stod."),
    "uuid-is-a-number": _("Kunngjøringsnummeret {given} stod i stedet for id-en. Vi brukte det som nummer."),
    "subtype-missing": _("Kunngjøringen sier ikke hvilket skjema den er."),
    "subtype-unknown": _("Skjemaet «{code}» er ukjent. Vi leste det vi kjente igjen."),
    "title-missing": _("Kunngjøringen mangler tittel."),
    "title-from-ted": _("Skjemaet har ingen tittel. Vi brukte den TED har laget."),
    "buyer-missing": _("Kunngjøringen har ingen oppdragsgiver."),
    "lot-without-id": _("En delkontrakt mangler id. Vi ga den {given}."),
    "lot-twice": _("Delkontrakten {lot} står to ganger. Vi beholdt den første."),
    "lot-unknown": _("Resultatet viser til en delkontrakt som ikke er med: {lot}."),
    "too-many-lots": _("Kunngjøringen har over {most} delkontrakter. Vi tok med de første."),
    "weight-unreadable": _("Vekten «{given}» kan ikke leses. Vi tok den ikke med."),
    "url-unreadable": _("Nettadressen kan ikke leses. Vi tok den ikke med."),
    "url-with-sign-in": _("Nettadressen hadde brukernavn i seg. Vi tok det bort."),
    "count-unreadable": _("Antallet «{given}» kan ikke leses. Vi tok det ikke med."),
    "reference-unreadable": _("Henvisningen til en annen kunngjøring, «{given}», kan ikke leses. Vi tok den ikke med."),
    "from-row": _("Dette er lest av en rad i en tabell, ikke av selve kunngjøringen. Mye mangler."),
    "part-unreadable": _("{count} deler av filen kunne ikke leses og er utelatt."),
    "test-notice": _("Dette ser ut som en prøvekunngjøring."),
    "sdk-missing": _("Kunngjøringen sier ikke hvilken utgave av eForms den følger."),
    "sdk-unknown": _("Utgaven «{given}» av eForms er ukjent. Vi leste kunngjøringen som den nærmeste."),
    "too-many-oddities": _("Kunngjøringen har enda flere avvik. Vi sluttet å telle."),
}

REFUSALS: dict[str, str] = {
    "empty": _("Filen er tom. Last den ned på nytt."),
    "too-large": _("Filen er over {most} MB. En kunngjøring er mye mindre; kontroller at dette er riktig fil."),
    "not-a-notice": _("Filen er verken XML eller JSON. Kontroller at den er en kunngjøring."),
    "broken-xml": _("XML-en er ødelagt ved linje {line}. Last filen ned på nytt."),
    "broken-json": _("JSON-en er ødelagt ved linje {line}. Last filen ned på nytt."),
    "not-ocds": _("Filen er JSON, men verken OCDS eller rader med kunngjøringer. Kontroller at dette er riktig fil."),
    "encoding": _("Tegnkodingen stemmer ikke med det filen selv sier. Last filen ned på nytt."),
    "doctype": _("Filen har en DOCTYPE. Kunngjøringer har ikke det, og av sikkerhet åpner vi den ikke."),
    "text-too-large": _("Ett felt i filen er altfor stort. Kontroller at dette er en kunngjøring."),
    "too-many-parts": _(
        "Filen har over {most} elementer og felt. En kunngjøring har langt færre; kontroller at dette er riktig fil."
    ),
    "too-deep": _("Filen har altfor mange nivåer. Kontroller at dette er en kunngjøring."),
    "unknown-root": _("Filen er XML, men ikke en kunngjøring vi kjenner: den begynner med <{root}>."),
    "not-published": _("Filen er en samling prøver av regler, ikke en kunngjøring: den begynner med <{root}>."),
    "no-content": _("Kunngjøringen er tom: den har verken id, tittel eller oppdragsgiver."),
}


class Unreadable(Exception):
    """Bytes that are no notice. ``code`` is one of ``REFUSALS``; ``values`` fill its sentence."""

    def __init__(self, code: str, /, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = {name: _short(str(value)) for name, value in values.items()}

    def __str__(self) -> str:
        return said(REFUSALS, self.code, self.values)


class Noted:
    """The oddities of one notice while it is being read: each is kept once, in the order they were met."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, ...], Oddity] = {}

    def __call__(self, code: str, /, **values: object) -> None:
        """Note an oddity. Values must not hold anything about a person."""
        short = {name: _short(str(value)) for name, value in values.items()}
        key = (code, *short.values())
        if len(self._found) < MOST:
            self._found.setdefault(key, Oddity(code=code, values=short))
        elif key not in self._found:
            self._found[("too-many-oddities",)] = Oddity(code="too-many-oddities")

    def all(self) -> tuple[Oddity, ...]:
        """Return what was noted."""
        return tuple(self._found.values())


def sentence_of(oddity: Oddity) -> str:
    """Return the sentence of an oddity, in bokmål."""
    return said(ODDITIES, oddity.code, oddity.values)


def said(words: dict[str, str], code: str, values: dict[str, str]) -> str:
    """Return the sentence of a code with its values filled in; a code from another version is said as it is."""
    text = words.get(code, code)
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def _short(value: str) -> str:
    return value if len(value) <= LONGEST else f"{value[: LONGEST - 1]}…"
