"""TED: where public buyers of the EU and the EEA publish, above the thresholds."""

from datetime import date

from ringvirkning.sources.declaration import Declaration
from ringvirkning.sources.notices.terms import Source

API_SETTING = "RINGVIRKNING_TED_API_URL"
SITE_SETTING = "RINGVIRKNING_TED_URL"

TED = Declaration(
    source=Source.TED,
    name="TED",
    publisher="Den europeiske unions publikasjonskontor",
    about="Alle kunngjøringer over EØS-terskelverdiene fra EU og EØS, også de norske.",
    access="Search API v3 og nedlasting, åpent for alle uten nøkkel.",
    licence="Åpne offentlige data: gjenbruk med kildehenvisning. Les vilkårene hos kilden før dere gir data videre.",
    licence_address="https://ted.europa.eu/en/legal-notice",
    formats="eForms og det eldre TED_EXPORT (XML); dagspakker (tar.gz)",
    addresses={
        "søk": "https://api.ted.europa.eu/v3/notices/search",
        "nedlasting": "https://ted.europa.eu/en/notice/{nummer}/xml",
        "dagspakke": "https://ted.europa.eu/packages/daily/{år}{utgave}",
        "utgivelseskalender": "https://ted.europa.eu/en/release-calendar/-/download/file/CSV/{år}",
    },
    limits=(
        "Høyst 250 kunngjøringer på en side.",
        "Høyst 600 kunngjøringer lastet ned på 6 minutter, 700 forespørsler i minuttet og 3 pakker om gangen.",
    ),
    caveats=(
        "Et svar merket «timedOut» er ikke slutten på listen. Vi spør igjen, og deler så opp etter dato.",
        "Ett ukjent felt gjør at hele spørringen blir avvist.",
        "Et ugyldig merke for neste side gir feil 500. Vi begynner da på nytt med de samme dagene.",
        "Norske kunngjøringer har bare engelsk tekst her.",
        "Dagspakken blir ferdig rundt klokken 09.30. Vi venter med den til dagen etter.",
        "Nedlasting har vært stengt med robotkontroll for programmer som ikke ligner en nettleser. Da sier vi fra.",
    ),
    per_second=1.5,
    checked_on=date(2026, 11, 27),
    checked_by="Lest i dokumentasjonen og andres kode og notater, sist i september 2026. Vi har ikke prøvd tjenesten.",
)
