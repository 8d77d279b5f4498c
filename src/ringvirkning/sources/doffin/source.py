"""Doffin: where Norwegian public buyers publish, above and below the EEA thresholds."""

from datetime import date

from ringvirkning.sources.declaration import Declaration
from ringvirkning.sources.notices.terms import Source

SETTING = "RINGVIRKNING_DOFFIN_URL"
KEY_SETTING = "RINGVIRKNING_DOFFIN_KEY"

DOFFIN = Declaration(
    source=Source.DOFFIN,
    name="Doffin",
    publisher="Direktoratet for forvaltning og økonomistyring (DFØ)",
    about="Alle kunngjøringer fra norske offentlige oppdragsgivere, også under EØS-terskelverdiene.",
    access="Public API v2. Krever en gratis abonnementsnøkkel, som sendes i feltet Ocp-Apim-Subscription-Key.",
    licence="CC BY 4.0 etter oppføringen på data.norge.no. Vilkårene for programgrensesnittet er ikke lest.",
    licence_address="https://data.norge.no/datasets/a77b0408-85f9-3e12-8a66-8d500b492e9d",
    formats="eForms (XML), med de nasjonale skjemaene",
    addresses={
        "tjenesten": "https://api.doffin.no",
        "søk": "/public/v2/search",
        "nedlasting": "/public/v2/download/{nummer}",
    },
    limits=(
        "Et søk viser fram høyst 1 000 treff. Vi deler opp etter dato, en full dag etter type og CPV.",
        "Etter omtrent 30 forespørsler på rad svarer tjenesten 429 og sier hvor lenge vi skal vente.",
    ),
    caveats=(
        "Ukjente valg i et søk blir oversett uten beskjed, og svaret er da hele registeret. Vi sjekker treffene.",
        "Svarene kan ha rå styretegn i tekstene.",
        "En retting er en ny kunngjøring med nytt nummer; det finnes ikke noe tidspunkt for sist endret.",
        "Kunngjøringer fra før eForms kan mangle fil. De telles som manglende.",
        "De fleste filene er ikke gyldige etter skjemaet i eForms. Vi leser dem likevel.",
    ),
    per_second=2.0,
    checked_on=date(2026, 11, 27),
    checked_by="Lest i andres kode og notater fra ekte bruk, sist i september 2026. Vi har ikke prøvd tjenesten selv.",
)
