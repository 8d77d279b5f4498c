"""Each field of an eForms notice comes from its place, and is absent when the notice says nothing."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from eforms_xml import (
    ID,
    PROCEDURE,
    document,
    extended,
    lot,
    notice,
    odd,
    organisation,
    project,
    read,
    the_lot,
)
from ringvirkning.sources.notices.read import read_document
from ringvirkning.sources.notices.record import Criterion, Link, Money, Reference
from ringvirkning.sources.notices.terms import Format, Phase, Source, ValueKind

WINTER = timezone(timedelta(hours=1))


def amount(place: str, sum_: str = "1000", currency: str = "NOK") -> str:
    return f'<{place} currencyID="{currency}">{sum_}</{place}>'


# Who it is


def test_ids_version_and_times() -> None:
    found = notice()
    assert (found.notice_uuid, found.version, found.procedure_id) == (ID, "01", PROCEDURE)
    assert (found.format, found.sdk, found.legal_basis) == (Format.EFORMS, "eforms-sdk-1.10", "32014L0024")
    assert found.dispatched == datetime(2026, 3, 2, 10, 20, 30, tzinfo=WINTER)
    assert found.publication_date is None
    assert not found.oddities


PUBLISHED = (
    "<efac:Publication><efbc:NoticePublicationID>{}</efbc:NoticePublicationID>"
    "<efbc:PublicationDate>2026-03-05+01:00</efbc:PublicationDate></efac:Publication>"
)


@pytest.mark.parametrize(
    ("number", "source", "kept"),
    [
        ("00453076-2026", Source.TED, "453076-2026"),
        ("453076-2026", Source.TED, "453076-2026"),
        ("2026/S 084-228541", Source.TED, "228541-2026"),
        ("2026-101219", Source.DOFFIN, "2026-101219"),
        ("n.a.", Source.TED, None),
        ("", Source.TED, None),
    ],
)
def test_the_form_of_the_number_tells_the_source(number: str, source: Source, kept: str | None) -> None:
    found = notice(top=PUBLISHED.format(number))
    assert (found.source, found.publication_number) == (source, kept)
    assert (found.doffin_number if source is Source.DOFFIN else found.ted_number) == kept
    assert found.publication_date == date(2026, 3, 5)


@pytest.mark.parametrize(
    ("file", "source", "number"),
    [
        ("pakke.zip/2026-101219.xml", Source.DOFFIN, "2026-101219"),
        ("ContractNotice_2026-101219.xml", Source.DOFFIN, "2026-101219"),
        ("00000372_2026.xml", Source.TED, "372-2026"),
        ("2026-03/noe.xml", Source.TED, None),
    ],
)
def test_a_number_that_is_only_in_the_name_is_taken_from_there(file: str, source: Source, number: str | None) -> None:
    found = read(document(), file=file)
    assert (found.source, found.publication_number) == (source, number)
    assert ("number-from-name" in odd(found)) == (number is not None)


def test_norwegian_rules_tell_doffin_and_whoever_knows_better_is_believed() -> None:
    norwegian = (
        "<cbc:CustomizationID>eforms-sdk-1.7#extended#urn:fdc:anskaffelser.no:2023:eforms:eu</cbc:CustomizationID>"
    )
    assert notice(sdk=norwegian).source is Source.DOFFIN
    assert read(document(sdk=norwegian), source=Source.TED).source is Source.TED
    assert read(document(), source=Source.DOFFIN, file="372-2026.xml").publication_number is None


def test_a_notice_carried_over_from_the_old_doffin_has_its_number_for_an_id() -> None:
    found = notice(id="<cbc:ID>2022-319091</cbc:ID>", top=PUBLISHED.format("2022/S 084-228541"))
    assert (found.source, found.publication_number, found.notice_uuid) == (Source.DOFFIN, "2022-319091", None)
    assert found.ted_number is None, "the number beside it is that of an earlier notice"
    assert odd(found) == {"uuid-is-a-number", "number-of-another"}


# What kind it is


@pytest.mark.parametrize(
    ("kind", "subtype", "phase"),
    [
        ("pin-buyer", "1", Phase.PLANNING),
        ("pin-only", "4", Phase.PLANNING),
        ("pin-only", "E2", Phase.PLANNING),
        ("pin-rtl", "7", Phase.PLANNING),
        ("pin-tran", "T01", Phase.PLANNING),
        ("pmc", "E1", Phase.DIALOGUE),
        ("pin-cfc-standard", "10", Phase.COMPETITION),
        ("pin-cfc-standard", "CEI", Phase.COMPETITION),
        ("pin-cfc-social", "12", Phase.COMPETITION),
        ("qu-sy", "15", Phase.COMPETITION),
        ("cn-standard", "16", Phase.COMPETITION),
        ("cn-standard", "E3", Phase.COMPETITION),
        ("cn-standard", "N16", Phase.COMPETITION),
        ("cn-social", "20", Phase.COMPETITION),
        ("subco", "22", Phase.COMPETITION),
        ("cn-desg", "23", Phase.COMPETITION),
        ("veat", "25", Phase.RESULT),
        ("can-standard", "29", Phase.RESULT),
        ("can-standard", "E4", Phase.RESULT),
        ("can-social", "33", Phase.RESULT),
        ("can-desg", "36", Phase.RESULT),
        ("can-tran", "T02", Phase.RESULT),
        ("can-modif", "38", Phase.CHANGE),
        ("can-modif", "E6", Phase.CHANGE),
        ("compl", "E5", Phase.COMPLETION),
    ],
)
def test_the_phase_follows_from_the_form(kind: str, subtype: str, phase: Phase) -> None:
    said = f'<cbc:NoticeTypeCode listName="x">{kind}</cbc:NoticeTypeCode>'
    with_kind, with_subtype_only = notice(kind=said, subtype=subtype), notice(kind="", subtype=subtype)
    assert (with_kind.kind, with_kind.phase, with_kind.subtype) == (kind, phase, subtype)
    assert (with_subtype_only.kind, with_subtype_only.phase) == (kind, phase)
    assert with_kind.national == (subtype[0] in "EN")


@pytest.mark.parametrize(
    ("root", "phase"),
    [
        ("PriorInformationNotice", Phase.PLANNING),
        ("ContractNotice", Phase.COMPETITION),
        ("ContractAwardNotice", Phase.RESULT),
    ],
)
def test_without_kind_and_subtype_the_document_tells_the_phase(root: str, phase: Phase) -> None:
    found = notice(root=root, kind="", subtype="")
    assert (found.kind, found.phase) == (None, phase)
    assert odd(found) == {"subtype-missing"}


def test_unknown_kinds_and_subtypes_are_noted() -> None:
    found = notice(kind="<cbc:NoticeTypeCode>cn-ny</cbc:NoticeTypeCode>", subtype="99")
    assert (found.kind, found.phase, found.subtype) == (None, Phase.COMPETITION, "99")
    assert odd(found) == {"kind-unknown", "subtype-unknown"}


def test_registrations_of_companies_are_no_procurements() -> None:
    found = notice(
        root="BusinessRegistrationInformationNotice",
        kind="<cbc:NoticeTypeCode>brin-ecs</cbc:NoticeTypeCode>",
        subtype="X02",
    )
    assert (found.kind, "not-a-procurement" in odd(found)) == ("brin-ecs", True)


def test_a_correction_keeps_the_phase_of_its_form() -> None:
    changes = (
        "<efac:Changes><efbc:ChangedNoticeIdentifier>76f2960c-5463-4919-9ac1-4e4cd5fac8c4-01"
        "</efbc:ChangedNoticeIdentifier><efac:Change><efbc:ChangeDescription languageID='NOB'>Fristen er flyttet."
        "</efbc:ChangeDescription></efac:Change><efac:ChangeReason><cbc:ReasonCode>update-add</cbc:ReasonCode>"
        "<efbc:ReasonDescription languageID='NOB'>Mange spurte.</efbc:ReasonDescription></efac:ChangeReason>"
        "</efac:Changes>"
    )
    found = notice(top=changes, kind="<cbc:NoticeTypeCode listName='change'>corr</cbc:NoticeTypeCode>")
    assert (found.kind, found.phase) == ("cn-standard", Phase.COMPETITION)
    assert found.change is not None
    assert found.change.notice == "76f2960c-5463-4919-9ac1-4e4cd5fac8c4-01"
    assert (found.change.reason, found.change.texts) == ("update-add", {"nb": "Fristen er flyttet.\nMange spurte."})
    assert found.references == (
        Reference(relation="changed", notice_uuid="76f2960c-5463-4919-9ac1-4e4cd5fac8c4", version="01"),
    )


# What is asked for


def test_titles_and_descriptions_in_every_language() -> None:
    said = "".join(
        f'<cbc:{place} languageID="{code}">{text} {code}</cbc:{place}>'
        for place, text in (("Name", "Tittel"), ("Description", "Tekst"))
        for code in ("NOB", "NNO", "ENG", "SME")
    )
    found = notice(project=f"<cac:ProcurementProject>{said}</cac:ProcurementProject>")
    assert found.titles == {"nb": "Tittel NOB", "nn": "Tittel NNO", "en": "Tittel ENG", "se": "Tittel SME"}
    assert found.descriptions["en"] == "Tekst ENG"
    assert found.language == "nb"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("TEST Notice. Please disregard", True),
        ("Testkunngjøring fra KGV-leverandøren", True),
        ("Prøvekunngjering", True),
        ("- TEST -", True),
        ("Test og utprøving av velferdsteknologi", False),
        ("Testing av sprinkler", False),
    ],
)
def test_trials_in_production_are_noted(title: str, expected: bool) -> None:
    assert ("test-notice" in odd(notice(project=project(title=title)))) is expected


def test_a_text_goes_on_inside_other_elements() -> None:
    found = notice(project=project(described="Først.<br/>Så <b>dette</b>."))
    assert found.descriptions == {"nb": "Først.Så dette."}


def test_codes_of_what_and_where() -> None:
    inner = (
        "<cbc:ProcurementTypeCode>services</cbc:ProcurementTypeCode>"
        "<cac:MainCommodityClassification><cbc:ItemClassificationCode>48000000</cbc:ItemClassificationCode>"
        "</cac:MainCommodityClassification><cac:AdditionalCommodityClassification><cbc:ItemClassificationCode>"
        "33196000-0</cbc:ItemClassificationCode></cac:AdditionalCommodityClassification>"
        "<cac:RealizedLocation><cac:Address><cbc:CountrySubentityCode>NO093</cbc:CountrySubentityCode></cac:Address>"
        "</cac:RealizedLocation>"
    )
    found = notice(project=project(inner), lots=lot(inner=inner.replace("33196000-0", "851")))
    assert found.cpv == ("48000000", "33196000", "85100000")
    assert found.lots[0].cpv == ("48000000", "85100000")
    assert (found.nuts, found.contract_nature, found.procedure) == (("NO093",), "services", "open")


def test_codes_that_do_not_exist_are_left_out_and_noted() -> None:
    inner = (
        "<cac:MainCommodityClassification><cbc:ItemClassificationCode>99999999</cbc:ItemClassificationCode>"
        "</cac:MainCommodityClassification><cac:RealizedLocation><cac:Address><cbc:CountrySubentityCode>NO082"
        "</cbc:CountrySubentityCode></cac:Address></cac:RealizedLocation>"
    )
    found = notice(project=project(inner))
    assert (found.cpv, found.nuts, odd(found)) == ((), ("NO082",), {"cpv-unknown", "nuts-old"})


@pytest.mark.parametrize(("code", "expected"), [("accelerated-procedure", True), ("direct-award-justification", False)])
def test_accelerated(code: str, expected: bool) -> None:
    reason = f'<cbc:ProcessReasonCode listName="{code}">true</cbc:ProcessReasonCode>'
    process = (
        f"<cac:TenderingProcess><cac:ProcessJustification>{reason}</cac:ProcessJustification></cac:TenderingProcess>"
    )
    assert notice(process=process).accelerated is expected


def test_techniques_and_framework() -> None:
    systems = "".join(
        f'<cac:ContractingSystem><cbc:ContractingSystemTypeCode listName="{name}">{code}'
        "</cbc:ContractingSystemTypeCode></cac:ContractingSystem>"
        for name, code in (("framework-agreement", "fa-wo-rc"), ("dps-usage", "dps-list"))
    )
    auction = (
        "<cac:AuctionTerms><cbc:AuctionConstraintIndicator>true</cbc:AuctionConstraintIndicator></cac:AuctionTerms>"
    )
    found = notice(lots=lot(process=systems + auction) + lot(2))
    assert (found.techniques, found.framework) == (("framework", "dps", "auction"), "fa-wo-rc")
    assert (found.lots[0].framework, found.lots[0].dynamic_purchasing) == ("fa-wo-rc", "dps-list")
    none = systems.replace("fa-wo-rc", "none").replace("dps-list", "none")
    assert (notice(lots=lot(process=none)).techniques, notice(lots=lot(process=none)).framework) == ((), "none")


def test_strategic_fields_of_lots_come_together() -> None:
    def said(group: str, code: str) -> str:
        return (
            f'<cac:ProcurementAdditionalType><cbc:ProcurementTypeCode listName="{group}">{code}'
            "</cbc:ProcurementTypeCode></cac:ProcurementAdditionalType>"
        )

    first = said("strategic-procurement", "inn-pur") + said("innovative-acquisition", "mar-nov")
    second = said("innovative-acquisition", "rd-act") + said("environmental-impact", "clim-mitig")
    social = said("social-objective", "opp") + said("transport-service", "bus-s")
    found = notice(lots=lot(inner=first) + lot(2, inner=second + social))
    assert (found.innovation, found.green) == (("mar-nov", "rd-act"), ("clim-mitig",))
    assert (found.social, found.strategic) == (("opp",), ("inn-pur",))
    assert (found.lots[0].innovation, found.lots[1].innovation) == (("mar-nov",), ("rd-act",))


# Values


def test_each_value_says_its_field_and_estimated_is_never_mixed_with_awarded() -> None:
    asked = (
        f"<cac:RequestedTenderTotal>{extended(amount('efbc:FrameworkMaximumAmount', '900'))}"
        f"{amount('cbc:EstimatedOverallContractAmount', '500')}</cac:RequestedTenderTotal>"
    )
    result = (
        f"<efac:NoticeResult>{amount('cbc:TotalAmount', '450')}"
        f"{amount('efbc:OverallApproximateFrameworkContractsAmount', '800')}"
        f"{amount('efbc:OverallMaximumFrameworkContractsAmount', '850')}</efac:NoticeResult>"
    )
    found = notice(project=project(asked), lots=lot(inner=asked), top=result)
    said = {value.field: (value.amount, value.kind) for value in found.values}
    assert said == {
        "BT-27-Procedure": (500, ValueKind.ESTIMATED),
        "BT-271-Procedure": (900, ValueKind.FRAMEWORK_MAXIMUM),
        "BT-161-NoticeResult": (450, ValueKind.AWARDED),
        "BT-118-NoticeResult": (850, ValueKind.FRAMEWORK_MAXIMUM),
        "BT-1118-NoticeResult": (800, ValueKind.ESTIMATED),
    }
    assert found.total(ValueKind.AWARDED) == Money(
        amount=450, currency="NOK", kind=ValueKind.AWARDED, field="BT-161-NoticeResult"
    )
    assert {value.field for value in found.lots[0].values} == {"BT-27-Lot", "BT-271-Lot"}


def test_parts_of_a_planning_notice_are_lots_and_groups_of_lots_are_not() -> None:
    asked = f"<cac:RequestedTenderTotal>{amount('cbc:EstimatedOverallContractAmount')}</cac:RequestedTenderTotal>"
    part = lot(scheme="Part", name="PAR-0001", inner=asked)
    found = notice(lots=part + lot(scheme="LotsGroup", name="GLO-0001"))
    assert [(one.lot_id, one.values[0].field) for one in found.lots] == [("PAR-0001", "BT-27-Part")]


# Lots


def period(day: str, time: str = "") -> str:
    return f"<cbc:EndDate>{day}</cbc:EndDate>" + (f"<cbc:EndTime>{time}</cbc:EndTime>" if time else "")


@pytest.mark.parametrize(
    "place",
    [
        "<cac:TenderSubmissionDeadlinePeriod>{}</cac:TenderSubmissionDeadlinePeriod>",
        "<cac:ParticipationRequestReceptionPeriod>{}</cac:ParticipationRequestReceptionPeriod>",
        extended("<efac:InterestExpressionReceptionPeriod>{}</efac:InterestExpressionReceptionPeriod>"),
        extended("<efac:AnswerReceptionPeriod>{}</efac:AnswerReceptionPeriod>"),
    ],
)
def test_the_deadline_is_the_earliest_of_the_lots(place: str) -> None:
    late, early = (place.format(period(f"2026-04-{day}+02:00", "12:00:00+02:00")) for day in ("20", "10"))
    found = notice(lots=lot(process=late) + lot(2, process=early))
    assert found.deadline == datetime(2026, 4, 10, 10, 0, tzinfo=UTC)
    assert found.lots[0].deadline == datetime(2026, 4, 20, 10, 0, tzinfo=UTC)


def test_other_dates_are_not_deadlines() -> None:
    place = "cac:AdditionalInformationRequestPeriod"
    assert the_lot(process=f"<{place}>{period('2026-04-01Z', '12:00:00Z')}</{place}>").deadline is None


def test_a_deadline_without_zone_is_norwegian_time_and_one_without_a_time_is_none() -> None:
    place = "<cac:TenderSubmissionDeadlinePeriod>{}</cac:TenderSubmissionDeadlinePeriod>"
    summer = notice(lots=lot(process=place.format(period("2026-07-01", "12:00:00"))))
    assert (summer.deadline, odd(summer)) == (datetime(2026, 7, 1, 10, 0, tzinfo=UTC), {"zone-missing"})
    assert notice(lots=lot(process=place.format(period("2026-07-01")))).deadline is None


@pytest.mark.parametrize(("land", "hour"), [("FIN", 9), ("SWE", 10), ("PRT", 11)])
def test_a_deadline_without_zone_is_on_the_clock_of_the_buyers_country(land: str, hour: int) -> None:
    place = "<cac:TenderSubmissionDeadlinePeriod>{}</cac:TenderSubmissionDeadlinePeriod>"
    norwegian = document(lots=lot(process=place.format(period("2026-07-01", "12:00:00"))))
    (found,) = read_document(norwegian.replace(b"NOR<", f"{land}<".encode()), file="invented.xml")
    assert (found.deadline, odd(found)) == (datetime(2026, 7, 1, hour, 0, tzinfo=UTC), {"zone-of-country"})


def planned(inner: str) -> str:
    return f"<cac:PlannedPeriod>{inner}</cac:PlannedPeriod>"


@pytest.mark.parametrize(
    ("unit", "count", "months", "noted"),
    [
        ("MONTH", "18", 18, set()),
        ("YEAR", "2", 24, set()),
        ("YEARS", "2", 24, set()),
        ("DAY", "365", 12, {"duration-converted"}),
        ("WEEK", "26", 6, {"duration-converted"}),
        ("DECADE", "1", None, {"duration-unreadable"}),
        ("MONTH", "mange", None, {"duration-unreadable"}),
        ("MONTH", "NaN", None, {"duration-unreadable"}),
        ("YEAR", "1e308", None, {"duration-unreadable"}),
    ],
)
def test_duration_in_months(unit: str, count: str, months: float | None, noted: set[str]) -> None:
    measure = planned(f'<cbc:DurationMeasure unitCode="{unit}">{count}</cbc:DurationMeasure>')
    found = notice(lots=lot(inner=measure))
    assert (found.lots[0].months, odd(found)) == (months, noted)


def test_start_and_end() -> None:
    days = planned("<cbc:StartDate>2026-05-01+02:00</cbc:StartDate><cbc:EndDate>2028-04-30+02:00</cbc:EndDate>")
    found = the_lot(inner=days)
    assert (found.start, found.end) == (date(2026, 5, 1), date(2028, 4, 30))
    wrong = notice(lots=lot(inner=days.replace("2028", "2025")))
    assert (wrong.lots[0].end, odd(wrong)) == (date(2025, 4, 30), {"ends-before-it-begins"})


def test_a_lot_without_an_id_gets_one_and_the_second_of_two_alike_is_left_out() -> None:
    found = notice(lots=lot().replace("LOT-0001", "") + lot(7) + lot(7))
    assert [one.lot_id for one in found.lots] == ["LOT-0001", "LOT-0007"]
    assert odd(found) == {"lot-without-id", "lot-twice"}


# Criteria


def criterion(kind: str = "price", name: str = "Pris", *, weight: str = "40", how: str = "per-exa") -> str:
    inner = (
        f'<efac:AwardCriterionParameter><efbc:ParameterCode listName="number-weight">{how}</efbc:ParameterCode>'
        f"<efbc:ParameterNumeric>{weight}</efbc:ParameterNumeric></efac:AwardCriterionParameter>"
    )
    return (
        f"<cac:AwardingTerms><cac:AwardingCriterion><cac:SubordinateAwardingCriterion>{extended(inner)}"
        f'<cbc:AwardingCriterionTypeCode>{kind}</cbc:AwardingCriterionTypeCode><cbc:Name languageID="NOB">{name}'
        "</cbc:Name></cac:SubordinateAwardingCriterion></cac:AwardingCriterion></cac:AwardingTerms>"
    )


def test_a_criterion_that_holds_for_all_lots_is_said_once() -> None:
    same, own = criterion(), criterion("quality", "Miljø", weight="30", how="dec-exa")
    found = notice(lots=lot(terms=same) + lot(2, terms=same + own))
    assert found.criteria == (
        Criterion(kind="price", names={"nb": "Pris"}, weight=40, weight_kind="per-exa"),
        Criterion(kind="quality", names={"nb": "Miljø"}, weight=30, weight_kind="dec-exa", lot="LOT-0002"),
    )


def test_limits_are_no_weights_and_a_weight_in_words_is_noted() -> None:
    limit = criterion().replace("number-weight", "number-threshold")
    assert notice(lots=lot(terms=limit)).criteria[0].weight is None
    assert odd(notice(lots=lot(terms=criterion(weight="førti")))) == {"weight-unreadable"}
    assert odd(notice(lots=lot(terms=criterion(weight="inf")))) == {"weight-unreadable"}
    assert notice(lots=lot(terms=criterion(weight="40,5 %"))).criteria[0].weight == 40.5


# Around it


def test_links_and_references() -> None:
    documents = (
        "<cac:CallForTendersDocumentReference><cac:Attachment><cac:ExternalReference><cbc:URI>"
        "https://permalink.example.no/1</cbc:URI></cac:ExternalReference></cac:Attachment>"
        "</cac:CallForTendersDocumentReference><cac:TenderRecipientParty><cbc:EndpointID>www.example.no/send"
        "</cbc:EndpointID></cac:TenderRecipientParty>"
    )
    earlier = "<cac:NoticeDocumentReference><cbc:ID>{}</cbc:ID></cac:NoticeDocumentReference>"
    planned_before = earlier.format("123456-2025") + earlier.format("i fjor")
    found = notice(
        lots=lot(terms=documents, process=earlier.format(f"{ID}-02")) + lot(2, terms=documents),
        process=f"<cac:TenderingProcess>{planned_before}</cac:TenderingProcess>",
        top="<efac:ContractModification><efbc:ChangedNoticeIdentifier>2025-101219</efbc:ChangedNoticeIdentifier>"
        "</efac:ContractModification>",
    )
    assert found.links == (
        Link(kind="documents", url="https://permalink.example.no/1"),
        Link(kind="submission", url="https://www.example.no/send"),
    )
    assert found.references == (
        Reference(relation="modified", publication_number="2025-101219"),
        Reference(relation="previous-planning", publication_number="123456-2025"),
        Reference(relation="previous-planning", notice_uuid=ID, version="02"),
    )
    assert odd(found) == {"reference-unreadable"}


# Buyers


def test_the_buyer_is_read_whole() -> None:
    (buyer,) = notice().buyers
    assert (buyer.name, buyer.identifier, buyer.number) == ("Larvik kommune", "918082956", "918082956")
    assert (buyer.country, buyer.nuts, buyer.town) == ("NOR", "NO093", "Larvik")
    assert (buyer.buyer_type, buyer.activity, buyer.size) == ("la", "gen-pub", None)
    assert notice().countries == ("NOR",)


def test_a_touch_point_of_a_buyer_is_the_buyer() -> None:
    point = (
        "<efac:TouchPoint><cac:PartyIdentification><cbc:ID>TPO-0001</cbc:ID></cac:PartyIdentification>"
        "<cac:PartyName><cbc:Name>Innkjøp</cbc:Name></cac:PartyName></efac:TouchPoint>"
    )
    body = document(organisations=organisation(before=point)).replace(
        b"<cac:PartyIdentification><cbc:ID>ORG-0001</cbc:ID></cac:PartyIdentification></cac:Party>",
        b"<cac:PartyIdentification><cbc:ID>TPO-0001</cbc:ID></cac:PartyIdentification></cac:Party>",
    )
    assert [one.name for one in read(body).buyers] == ["Larvik kommune"]


def test_a_buyer_that_is_not_there_is_noted() -> None:
    found = notice(organisations=organisation(7))
    assert (found.buyers, odd(found)) == ((), {"organisation-unknown", "buyer-missing"})


def test_what_is_not_said_is_absent() -> None:
    found = notice(
        buyer="", process="", language="", law="", version="", procedure_id="", issued="", lots="", sdk="",
        project="<cac:ProcurementProject/>",
    )  # fmt: skip
    known = {name for name in found.__struct_fields__ if getattr(found, name) not in (None, (), {}, False)}
    assert known == {"file", "source", "format", "notice_uuid", "subtype", "kind", "phase", "oddities"}
    assert odd(found) == {"buyer-missing", "title-missing", "sdk-missing"}
