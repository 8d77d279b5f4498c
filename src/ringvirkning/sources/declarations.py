"""All declared sources, and the page about them."""

from collections.abc import Iterator

from ringvirkning.sources.declaration import Declaration
from ringvirkning.sources.doffin.source import DOFFIN
from ringvirkning.sources.ocds.source import OCDS
from ringvirkning.sources.ted.source import TED

DECLARATIONS = (DOFFIN, TED, OCDS)

_HEAD = """# Kilder

Hvor kunngjøringene kommer fra, på hvilke vilkår, og hva du bør vite om hver kilde. Siden er laget av
`script/make-sources-page.py` fra erklæringene i koden; endre dem, ikke siden.
Slik henter du: [Hente kunngjøringer](../how-to/hente-kunngjoringer.md).
"""


def page() -> str:
    """Return ``docs/reference/kilder.md``."""
    return "\n".join([_HEAD, *("\n".join(_part(one)) for one in DECLARATIONS)])


def _part(one: Declaration) -> Iterator[str]:
    yield f"## {one.name}\n"
    yield f"{one.about}\n"
    yield "| | |\n| --- | --- |"
    for heading, told in _rows(one):
        yield f"| {heading} | {told} |"
    for heading, points in (("Grenser", one.limits), ("Vær oppmerksom på", one.caveats)):
        if points:
            yield f"\n{heading}:\n"
            yield from (f"- {point}" for point in points)
    yield ""


def _rows(one: Declaration) -> Iterator[tuple[str, str]]:
    yield "navn i programmet", f"`{one.source}`"
    yield "utgiver", one.publisher
    yield "tilgang", one.access
    yield "lisens", one.licence + (f" <{one.licence_address}>" if one.licence_address else "")
    yield "format", one.formats
    yield from ((what, f"`{where}`") for what, where in one.addresses.items())
    if one.per_second:
        yield "vårt tempo", f"høyst {one.per_second:g} forespørsler i sekundet".replace(".", ",")
    yield "kontrollert", f"{one.checked_on}. {one.checked_by}"
