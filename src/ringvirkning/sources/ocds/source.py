"""OCDS: notices in the Open Contracting Data Standard, from whoever publishes them. Loaded from files, not fetched."""

from datetime import date

from ringvirkning.sources.declaration import Declaration
from ringvirkning.sources.notices.terms import Source

OCDS = Declaration(
    source=Source.OCDS,
    name="OCDS",
    publisher="Den som gir ut filen; formatet holdes ved like av Open Contracting Partnership",
    about="Kunngjøringer fra andre land og systemer i et felles format.",
    access="Last ned filer fra utgiveren og last dem inn. Vi henter ikke selv.",
    licence="Står i filen («license») og hos utgiveren.",
    formats="JSON: releases, records og pakker av dem",
    addresses={
        "formatet": "https://standard.open-contracting.org/latest/en/",
        "utgivere": "https://data.open-contracting.org/",
    },
    limits=(),
    caveats=(
        "Utgivere fyller ut formatet ulikt. Det som ikke står der, vises som ukjent.",
        "Ett innkjøp kan stå som mange releases. Hver av dem blir en kunngjøring i samme livsløp.",
    ),
    checked_on=date(2026, 11, 27),
    checked_by="Etter formatets dokumentasjon.",
)
