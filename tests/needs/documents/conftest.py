"""An assessment with something in every part, and what a document needs to know besides."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from PIL import Image

from ringvirkning.needs.assessment import (
    Adjusted,
    Assessment,
    ProblemValue,
    Question,
    Range,
    Solution,
    Timing,
    Told,
    ZeroAlternative,
)
from ringvirkning.needs.documents.context import Contact, Context, Facts, FoundKind, SimilarNeed, Understood
from ringvirkning.needs.documents.logo import Logo, stored_logo
from ringvirkning.needs.terms import Certainty

ADDED = date(2026, 11, 20)


def guess(low: int | None = None, likely: int | None = None, high: int | None = None) -> Range:
    ends = [None if one is None else Decimal(one) for one in (low, likely, high)]
    return Range(low=ends[0], likely=ends[1], high=ends[2])


@pytest.fixture
def full() -> Assessment:
    return Assessment.model_validate(
        {
            "title": "Fall om natten i omsorgsboliger",
            "need": "Beboere faller om natten.\n\nVi vil vite det fortere, uten å filme noen.",
            "told": Told(
                today="Nattevakten går tre runder.\nHver runde tar en time.",
                whom="54 beboere",
                often="To ganger i uken",
                better="Hjelpen kommer innen ti minutter",
                tried="Trykkalarm, som halvparten ikke brukte",
            ),
            "adjusted": Adjusted(struck=["85100000", "natten"], added=["radar"], cpv=["33196200"]),
            "timing": Timing(wanted="høsten 2027", size_kroner=guess(2_000_000, 3_000_000, 5_000_000)),
            "solutions": [
                Solution(
                    kind="case", key="k1", title="Radar i taket", buyer="Larvik kommune", added=ADDED,
                    address="https://example.no/saker/radar", approach="digitalt-tilsyn", fit="fits",
                    because="Varsler innen ett minutt", notes="Krever bedre nett.\n\nSpør om falske varsler.",
                ),
                Solution(
                    kind="notice", key="n2", title="Smartgulv", buyer="Bergen kommune", added=ADDED, fit="partly",
                    because="Gulvet må byttes", source="Doffin 2026-1", checked="2026-11",
                ),
                Solution(kind="case", key="k3", title="Kamera i fellesrom", added=ADDED, fit="no"),
            ],
            "zero": ZeroAlternative(
                text="Vi må ansette to nattevakter til.",
                value=ProblemValue(
                    times_a_year=guess(80, 100, 140), minutes_each=guess(60, 90, 180), people_each=guess(likely=2),
                    wage_an_hour=guess(480, 520, 600), other_kroner_a_year=guess(400_000, 900_000, 1_600_000),
                    assumptions="Lønn om natten.",
                ),
            ),
            "questions": [
                Question(to="Larvik kommune", organisation="larvik", about="k1", text="Falske?", answer="Fire."),
                Question(to="Bergen kommune", text="Hva kostet gulvet?"),
            ],
            "conclusion": "Vi går videre med radar.",
        }
    )  # fmt: skip


@pytest.fixture
def logo() -> Logo:
    drawn = BytesIO()
    Image.new("RGB", (240, 80), "#064653").save(drawn, "PNG")
    found = stored_logo(drawn.getvalue())
    assert found
    return found


@pytest.fixture
def context(logo: Logo) -> Context:
    return Context(
        made=date(2026, 11, 27),
        organisation="Eksempel kommune",
        people=("Kari Eksempel", "Ola Eksempel"),
        address="https://example.no/behov/1",
        logo=logo,
        understood=Understood(
            concepts=("fallulykke", "omsorgsbolig"),
            themes=("Omsorgstemaet",),
            cpv=(("85144100", "Boligpleie"),),
            unplaced=("rundegang",),
        ),
        certainty=Certainty.FOUND,
        found=(FoundKind("digitalt-tilsyn", 12, 34, 1), FoundKind("", 3, 8)),
        facts=(Facts("k1", how_far="i bruk", source="Larviks egne ord", checked="2026-10-02"),),
        contacts=(Contact("larvik", ("Postmottaket", "post@larvik.example", "33 17 10 00")),),
        similar=(
            SimilarNeed(
                "Trygge netter",
                "Tønsberg kommune",
                38.4,
                "våren 2027",
                guess(likely=2_500_000),
                "https://example.no/b/2",
            ),
        ),
    )


@pytest.fixture
def bare() -> Assessment:
    return Assessment(title="Bare et behov", need="Noen faller.")


@pytest.fixture
def nothing() -> Context:
    return Context(made=date(2026, 11, 27))
