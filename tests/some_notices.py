"""Invented notices: the whole life of one innovative procurement, and single ones to change field by field."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from ringvirkning.sources.notices.record import (
    Criterion,
    Link,
    Lot,
    Money,
    Notice,
    Oddity,
    Organisation,
    Reference,
)
from ringvirkning.sources.notices.terms import Format, Phase, Source, ValueKind

LARVIK = Organisation(
    name="Larvik kommune", identifier="918 082 956", number="918082956", country="NOR", nuts="NO093", buyer_type="la"
)
UNKNOWN_BUYER = Organisation(name="Nabobyen eiendom KF", country="NOR")
WINNER = Organisation(name="Eksempel Teknologi AS", country="NOR", size="small", lots=("LOT-0001",))
NORWEGIAN_SUMMER = timezone(timedelta(hours=2))


def uuid(number: int) -> str:
    """An id of the form that notices have."""
    return f"{number:08x}-0000-4000-8000-{number:012x}"


def a_notice(number: int = 1, **fields: Any) -> Notice:
    """A call for competition in Doffin, with fields replaced."""
    given: dict[str, Any] = {
        "file": f"{number}.xml",
        "source": Source.DOFFIN,
        "format": Format.EFORMS,
        "sdk": "eforms-sdk-1.10",
        "notice_uuid": uuid(number),
        "version": "01",
        "publication_number": f"2026-{100000 + number}",
        "doffin_number": f"2026-{100000 + number}",
        "procedure_id": uuid(9_000_000 + number),
        "publication_date": date(2026, 11, 2),
        "deadline": datetime(2026, 12, 11, 11, 0, tzinfo=UTC),
        "subtype": "16",
        "kind": "cn-standard",
        "phase": Phase.COMPETITION,
        "legal_basis": "32014L0024",
        "language": "nb",
        "titles": {"nb": f"Bedre nattilsyn for eldre {number}"},
        "descriptions": {
            "nb": "Kommunen trenger en løsning som varsler når eldre faller om natta. Løsningen finnes ikke i markedet "
            "i dag, og skal utvikles sammen med en leverandør."
        },
        "buyers": (LARVIK,),
        "countries": ("NOR",),
        "nuts": ("NO093",),
        "cpv": ("33196000", "48000000"),
        "contract_nature": "services",
        "procedure": "innovation",
        "values": (Money(amount=12_500_000.0, currency="NOK", kind=ValueKind.ESTIMATED, field="BT-27-Procedure"),),
        "lots": (Lot(lot_id="LOT-0001", titles={"nb": "Nattilsyn"}, months=24.0),),
        "links": (Link(kind="documents", url="https://eksempel.no/dokumenter"),),
    }
    return Notice(**{**given, **fields})


def a_life(number: int = 1) -> list[Notice]:
    """Dialogue, competition, award, change and completion of one procurement, in the order of time."""
    one = {"procedure_id": uuid(9_000_000 + number)}
    dialogue = a_notice(
        number * 10 + 1,
        **one,
        kind="pmc",
        subtype="E1",
        phase=Phase.DIALOGUE,
        publication_date=date(2024, 3, 4),
        deadline=datetime(2024, 4, 5, 12, 0, tzinfo=NORWEGIAN_SUMMER),
        titles={"nb": "Dialogkonferanse om nattilsyn"},
        procedure=None,
        values=(),
        national=True,
    )
    competition = a_notice(
        number * 10 + 2,
        **one,
        publication_date=date(2024, 9, 2),
        deadline=datetime(2024, 10, 11, 12, 0, tzinfo=NORWEGIAN_SUMMER),
        innovation=("mar-nov",),
        criteria=(
            Criterion(kind="price", names={"nb": "Pris"}, weight=30.0, weight_kind="per-exa", lot="LOT-0001"),
            Criterion(kind="quality", names={"nb": "Løsning"}, weight=70.0, weight_kind="per-exa", lot="LOT-0001"),
        ),
        references=(Reference(relation="previous-planning", notice_uuid=uuid(number * 10 + 1)),),
    )
    award = a_notice(
        number * 10 + 3,
        **one,
        kind="can-standard",
        subtype="29",
        phase=Phase.RESULT,
        publication_date=date(2025, 1, 20),
        deadline=None,
        winners=(WINNER,),
        values=(
            Money(amount=12_500_000.0, currency="NOK", kind=ValueKind.ESTIMATED, field="BT-27-Procedure"),
            Money(amount=11_250_000.0, currency="NOK", kind=ValueKind.AWARDED, field="BT-161-NoticeResult"),
        ),
        lots=(Lot(lot_id="LOT-0001", titles={"nb": "Nattilsyn"}, result="selec-w", tenders_received=4),),
    )
    change = a_notice(
        number * 10 + 4,
        **one,
        kind="can-modif",
        subtype="38",
        phase=Phase.CHANGE,
        publication_date=date(2025, 9, 1),
        deadline=None,
        winners=(WINNER,),
        references=(Reference(relation="modified", notice_uuid=uuid(number * 10 + 3)),),
    )
    completion = a_notice(
        number * 10 + 5,
        **one,
        kind="compl",
        subtype="E5",
        phase=Phase.COMPLETION,
        publication_date=date(2026, 10, 1),
        deadline=None,
        winners=(WINNER,),
    )
    return [dialogue, competition, award, change, completion]


def many_lots(count: int = 54) -> Notice:
    """A notice with so many lots that a page must fold them."""
    lots = tuple(
        Lot(
            lot_id=f"LOT-{number:04}",
            titles={"nb": f"Delområde {number}"},
            descriptions={"nb": f"Vedlikehold av bygg i område {number}."},
            cpv=("50700000",),
            values=(Money(amount=100_000.0 * number, currency="NOK", kind=ValueKind.ESTIMATED, field="BT-27-Lot"),),
            deadline=datetime(2026, 12, 11, 11, 0, tzinfo=UTC),
        )
        for number in range(1, count + 1)
    )
    return a_notice(540, titles={"nb": "Vedlikehold av bygg"}, lots=lots, procedure="open", cpv=("50700000",))


def an_odd_one() -> Notice:
    """A notice with little in it, much of it odd."""
    return a_notice(
        77,
        titles={"en": "Control system for water treatment", "fi": "Ohjausjärjestelmä"},
        descriptions={},
        language="fi",
        source=Source.TED,
        publication_number="71501-2024",
        doffin_number=None,
        ted_number="71501-2024",
        buyers=(UNKNOWN_BUYER,),
        nuts=("FI1B1",),
        countries=("FIN",),
        values=(Money(amount=1_234_567.5, currency="EUR", kind=ValueKind.ESTIMATED, field="BT-27-Procedure"),),
        oddities=(Oddity(code="cpv-unknown", values={"code": "99999999"}), Oddity(code="subtype-missing")),
        cpv=(),
        procedure="unpublished",
        deadline=None,
    )
