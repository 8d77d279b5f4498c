"""Who won what: from lot results by way of contracts, tenders and parties to organisations, and never to persons."""

from eforms_xml import document, lot, notice, odd, organisation, read
from ringvirkning.sources.notices.terms import ValueKind


def lot_result(lot_id: str, *, tenders: str = "", contracts: str = "", result: str = "selec-w", more: str = "") -> str:
    named = "".join(f"<efac:LotTender><cbc:ID>{name}</cbc:ID></efac:LotTender>" for name in tenders.split())
    signed = "".join(
        f"<efac:SettledContract><cbc:ID>{name}</cbc:ID></efac:SettledContract>" for name in contracts.split()
    )
    return (
        f"<efac:LotResult><cbc:TenderResultCode>{result}</cbc:TenderResultCode>{more}{named}{signed}"
        f"<efac:TenderLot><cbc:ID>{lot_id}</cbc:ID></efac:TenderLot></efac:LotResult>"
    )


def tender(name: str, lot_id: str, party: str, *, sum_: str = "", rank: str = "") -> str:
    paid = f'<cbc:PayableAmount currencyID="NOK">{sum_}</cbc:PayableAmount>' if sum_ else ""
    return (
        f"<efac:LotTender><cbc:ID>{name}</cbc:ID>{f'<cbc:RankCode>{rank}</cbc:RankCode>' if rank else ''}"
        f"<cac:LegalMonetaryTotal>{paid}</cac:LegalMonetaryTotal><efac:TenderingParty><cbc:ID>{party}</cbc:ID>"
        f"</efac:TenderingParty><efac:TenderLot><cbc:ID>{lot_id}</cbc:ID></efac:TenderLot></efac:LotTender>"
    )


def contract(name: str, tenders: str) -> str:
    named = "".join(f"<efac:LotTender><cbc:ID>{one}</cbc:ID></efac:LotTender>" for one in tenders.split())
    return f"<efac:SettledContract><cbc:ID>{name}</cbc:ID>{named}</efac:SettledContract>"


def party(name: str, members: str) -> str:
    named = "".join(f"<efac:Tenderer><cbc:ID>{one}</cbc:ID></efac:Tenderer>" for one in members.split())
    helper = "<efac:SubContractor><cbc:ID>ORG-0001</cbc:ID></efac:SubContractor>"
    return f"<efac:TenderingParty><cbc:ID>{name}</cbc:ID>{named}{helper}</efac:TenderingParty>"


SMALL = "<efbc:CompanySizeCode>small</efbc:CompanySizeCode>"
PERSON = "<efbc:NaturalPersonIndicator>true</efbc:NaturalPersonIndicator>"
ORGANISATIONS = (
    organisation()
    + organisation(2, name="Nattlys AS", identifier="923609016", more=SMALL)
    + organisation(3, name="Sensor AB", identifier="556016-0680", country="SWE")
    + organisation(4, name="Ola Normann", identifier="12345", before=PERSON)
)
PARTIES = party("TPA-0001", "ORG-0002") + party("TPA-0002", "ORG-0003") + party("TPA-0003", "ORG-0004 ORG-0003")
TENDERS = (
    tender("TEN-0001", "LOT-0001", "TPA-0001", sum_="100")
    + tender("TEN-0002", "LOT-0001", "TPA-0002", sum_="120")
    + tender("TEN-0003", "LOT-0002", "TPA-0002", sum_="200.50")
    + tender("TEN-0004", "LOT-0002", "TPA-0003", sum_="210")
)


def result(inner: str, *, lots: str = lot() + lot(2)) -> bytes:
    return document(
        root="ContractAwardNotice",
        subtype="29",
        kind="<cbc:NoticeTypeCode>can-standard</cbc:NoticeTypeCode>",
        organisations=ORGANISATIONS,
        top=f"<efac:NoticeResult>{inner}{TENDERS}{PARTIES}</efac:NoticeResult>",
        lots=lots,
    )


def winners(content: bytes) -> dict[str | None, tuple[str, ...]]:
    return {one.name: one.lots for one in read(content).winners}


def awarded(content: bytes) -> dict[str, list[float]]:
    found = read(content).lots
    return {one.lot_id: [value.amount for value in one.values if value.kind is ValueKind.AWARDED] for one in found}


def test_those_with_a_contract_won_whoever_else_is_named() -> None:
    content = result(
        lot_result("LOT-0001", tenders="TEN-0001 TEN-0002", contracts="CON-0001")
        + lot_result("LOT-0002", tenders="TEN-0003", contracts="CON-0002")
        + contract("CON-0001", "TEN-0001")
        + contract("CON-0002", "TEN-0003")
    )
    assert winners(content) == {"Nattlys AS": ("LOT-0001",), "Sensor AB": ("LOT-0002",)}
    assert awarded(content) == {"LOT-0001": [100], "LOT-0002": [200.5]}
    assert read(content).lots[0].values[0].field == "BT-720-Tender"


def test_one_contract_for_several_lots_gives_each_lot_its_own_tender() -> None:
    content = result(
        lot_result("LOT-0001", contracts="CON-0001")
        + lot_result("LOT-0002", contracts="CON-0001")
        + contract("CON-0001", "TEN-0002 TEN-0003")
    )
    assert winners(content) == {"Sensor AB": ("LOT-0001", "LOT-0002")}
    assert awarded(content) == {"LOT-0001": [120], "LOT-0002": [200.5]}


def test_without_contracts_the_first_ranked_won_else_all_that_are_named() -> None:
    ranked = TENDERS.replace("<cbc:ID>TEN-0002</cbc:ID>", "<cbc:ID>TEN-0002</cbc:ID><cbc:RankCode>1</cbc:RankCode>")
    both = result(lot_result("LOT-0001", tenders="TEN-0001 TEN-0002"))
    one = both.replace(TENDERS.encode(), ranked.encode())
    assert winners(both) == {"Nattlys AS": ("LOT-0001",), "Sensor AB": ("LOT-0001",)}
    assert winners(one) == {"Sensor AB": ("LOT-0001",)}


def test_a_lot_nobody_won_has_a_reason_and_no_winner() -> None:
    reason = "<efac:DecisionReason><efbc:DecisionReasonCode>no-rece</efbc:DecisionReasonCode></efac:DecisionReason>"
    content = result(lot_result("LOT-0001", tenders="TEN-0001", result="clos-nw", more=reason))
    (first, second) = read(content).lots
    assert (first.result, first.not_awarded_reason, first.values) == ("clos-nw", "no-rece", ())
    assert (second.result, second.not_awarded_reason) == (None, None)
    assert not read(content).winners


def test_several_results_of_one_lot_come_together_and_a_tender_is_paid_once() -> None:
    content = result(
        lot_result("LOT-0001", tenders="TEN-0001")
        + lot_result("LOT-0001", tenders="TEN-0002")
        + lot_result("LOT-0001", tenders="TEN-0001", result="clos-nw")
        + lot_result("LOT-0001", tenders="TEN-0001")
    )
    assert awarded(content)["LOT-0001"] == [100, 120]
    assert read(content).lots[0].result == "selec-w"


def test_tenders_received_are_those_counted_as_tenders() -> None:
    def received(code: str, number: str) -> str:
        return (
            f"<efac:ReceivedSubmissionsStatistics><efbc:StatisticsCode>{code}</efbc:StatisticsCode>"
            f"<efbc:StatisticsNumeric>{number}</efbc:StatisticsNumeric></efac:ReceivedSubmissionsStatistics>"
        )

    content = result(lot_result("LOT-0001", more=received("t-sme", "2") + received("tenders", "5")))
    assert read(content).lots[0].tenders_received == 5
    assert read(content.replace(b">5<", b">-1<")).lots[0].tenders_received is None
    assert "count-unreadable" in odd(read(content.replace(b">5<", b">fem<")))


def test_frameworks_of_a_lot_have_values_of_their_own() -> None:
    values = (
        '<efac:FrameworkAgreementValues><cbc:MaximumValueAmount currencyID="NOK">900</cbc:MaximumValueAmount>'
        '<efbc:ReestimatedValueAmount currencyID="NOK">700</efbc:ReestimatedValueAmount>'
        "</efac:FrameworkAgreementValues>"
    )
    found = read(result(lot_result("LOT-0001", more=values))).lots[0].values
    assert [(one.field, one.kind, one.amount) for one in found] == [
        ("BT-709-LotResult", ValueKind.FRAMEWORK_MAXIMUM, 900),
        ("BT-660-LotResult", ValueKind.ESTIMATED, 700),
    ]


def test_natural_persons_are_left_out_and_noted_with_their_names() -> None:
    content = result(
        lot_result("LOT-0002", tenders="TEN-0004", contracts="CON-0001") + contract("CON-0001", "TEN-0004")
    )
    found = read(content.replace(b"Varsler n\xc3\xa5r", b"Ola Normann varsler n\xc3\xa5r"))
    assert [one.name for one in found.winners] == ["Sensor AB"]
    assert odd(found) == {"natural-person", "person-name"}
    assert "Normann" not in repr(found)


def test_winners_are_read_whole() -> None:
    content = result(lot_result("LOT-0001", tenders="TEN-0001 TEN-0002"))
    norwegian, swedish = read(content).winners
    assert (norwegian.number, norwegian.size, norwegian.country) == ("923609016", "small", "NOR")
    assert (swedish.identifier, swedish.number, swedish.country) == ("556016-0680", None, "SWE")
    assert norwegian.buyer_type is None


def test_results_of_lots_that_are_not_there_are_noted() -> None:
    content = result(lot_result("LOT-0009", tenders="TEN-0001"))
    assert odd(read(content)) == {"lot-unknown"}
    assert winners(content) == {"Nattlys AS": ("LOT-0009",)}


def test_what_is_withheld_is_absent_and_noted() -> None:
    content = result(lot_result("LOT-0001", tenders="TEN-0001")).replace(b">100<", b">-1<")
    assert awarded(content)["LOT-0001"] == []
    assert odd(read(content)) == {"withheld"}
    assert (
        notice(project="<cac:ProcurementProject><cbc:Name>unpublished</cbc:Name></cac:ProcurementProject>").titles == {}
    )


def test_a_tender_told_of_inside_its_lot_result_is_read_there() -> None:
    inside = lot_result("LOT-0001").replace(
        "<efac:TenderLot>", tender("TEN-0009", "LOT-0001", "TPA-0001", sum_="77") + "<efac:TenderLot>", 1
    )
    assert awarded(result(inside))["LOT-0001"] == [77]
    assert winners(result(inside)) == {"Nattlys AS": ("LOT-0001",)}
