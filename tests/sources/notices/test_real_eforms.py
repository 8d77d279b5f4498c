"""Every real eForms notice at hand is read, names no person, and says what a slow twin finds by asking field by field.

The twin looks each field up with XPath in the whole tree, one after the other: slow, and too simple to be wrong in the
same way as the walk.
"""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from ringvirkning.sources.notices.persons import is_personal
from ringvirkning.sources.notices.read import Unreadable, read_document
from ringvirkning.sources.notices.record import Notice, from_json, to_json
from ringvirkning.sources.tables import cpv_labels

NOTICES = Path(__file__).resolve().parents[4] / "shared" / "data" / "notices"
FOLDERS = {"doffin": 48, "ted": 220, "eforms_sdk_examples": 92, "eforms_sdk_nor_tests": 33}
FILES = [f"{folder}/{path.name}" for folder in FOLDERS for path in sorted((NOTICES / folder).glob("*.xml"))]
UBL = "urn:oasis:names:specification:ubl:schema:xsd:Common"
EU = "http://data.europa.eu/p27/eforms-ubl-extension"
SPACES = {
    "cac": f"{UBL}AggregateComponents-2",
    "cbc": f"{UBL}BasicComponents-2",
    "efac": f"{EU}-aggregate-components/1",
    "efbc": f"{EU}-basic-components/1",
    "efext": f"{EU}s/1",
}
# Refused, and rightly: an empty form, or tests of rules that hold pieces of notices.
REFUSED = {
    "eforms_sdk_examples/INVALID_can_24_empty.xml": "no-content",
    "eforms_sdk_examples/INVALID_cn_24_empty.xml": "no-content",
    "eforms_sdk_examples/INVALID_pin-only_24_empty.xml": "no-content",
    "eforms_sdk_examples/INVALID_pin-only_24_minimal.xml": "no-content",
    "eforms_sdk_nor_tests/eu__unit__BR-BT-00024-0210.xml": "not-published",
    "eforms_sdk_nor_tests/eu__unit__EFORMS-NOR-R006.xml": "not-published",
    "eforms_sdk_nor_tests/eu__unit__EFORMS-NOR-R008.xml": "not-published",
    "eforms_sdk_nor_tests/national__unit__EFORMS-NOR-R004.xml": "not-published",
}
READ = [file for file in FILES if file not in REFUSED]

SHORTEST_NUMBER = 8

pytestmark = pytest.mark.skipif(not NOTICES.is_dir(), reason="the real notices of ../shared/data are not here")


@cache
def record(file: str) -> Notice:
    (found,) = read_document((NOTICES / file).read_bytes(), file=file)
    return found


@cache
def tree(file: str) -> Any:
    return etree.parse(NOTICES / file).getroot()


def texts(file: str, path: str) -> list[str]:
    """Return the texts of the elements at a path, without those that are empty."""
    found = (one.text or "" for one in tree(file).xpath(path, namespaces=SPACES))
    return [text.strip() for text in found if text.strip()]


def test_every_file_is_here() -> None:
    assert {folder: len(list((NOTICES / folder).glob("*.xml"))) for folder in FOLDERS} == FOLDERS


@pytest.mark.parametrize("file", FILES)
def test_each_is_read_or_refused_as_expected(file: str) -> None:
    if file not in REFUSED:
        assert from_json(to_json(record(file))) == record(file)
        return
    with pytest.raises(Unreadable) as refused:
        record(file)
    assert refused.value.code == REFUSED[file]


# Persons


def persons(file: str) -> Iterator[str]:
    """Names of contacts, beneficial owners and jury members, as the XML has them; some are those of organisations."""
    organisations = texts(file, "//cac:PartyName/cbc:Name")
    yield from (name for name in texts(file, "//cac:Contact/cbc:Name") if is_personal(name, organisations))
    families = texts(
        file, "//efac:UltimateBeneficialOwner/cbc:FamilyName | //cac:TechnicalCommitteePerson/cbc:FamilyName"
    )
    yield from (name for name in families if name not in organisations)


def addresses(file: str) -> Iterator[str]:
    """E-mail addresses and telephone numbers, as the XML has them; "000" is no number, and some are identifiers too."""
    yield from texts(file, "//cbc:ElectronicMail")
    numbers = set(texts(file, "//cbc:Telephone | //cbc:Telefax")) - set(texts(file, "//cbc:CompanyID"))
    yield from (number for number in numbers if len(number) >= SHORTEST_NUMBER)


@pytest.mark.parametrize("file", READ)
def test_no_person_is_in_the_record(file: str) -> None:
    told = json.dumps(json.loads(to_json(record(file))), ensure_ascii=False)
    assert not [address for address in addresses(file) if address in told]
    words = set(told.replace('"', " ").replace(",", " ").split())
    assert not [name for name in persons(file) if (name in told if " " in name else name in words and len(name) > 4)]
    assert not re.search(r"[\w.]@\w+\.\w", told)


# The twin


def amounts(file: str, path: str) -> list[float]:
    """Return the sums at a path that are not withheld."""
    found = tree(file).xpath(path, namespaces=SPACES)
    return [
        round(float(one.text), 2)
        for one in found
        if (one.text or "").strip() and float(one.text) >= 0 and one.get("currencyID") not in {None, "", "unpublished"}
    ]


PROCEDURE = "/*/cac:ProcurementProject"
LOTS = "/*/cac:ProcurementProjectLot[not(cbc:ID/@schemeName='LotsGroup')]"
RESULT = "/*/*//efac:NoticeResult"
VALUES = {
    "BT-27-Procedure": f"{PROCEDURE}/cac:RequestedTenderTotal/cbc:EstimatedOverallContractAmount",
    "BT-271-Procedure": f"{PROCEDURE}/cac:RequestedTenderTotal//efbc:FrameworkMaximumAmount",
    "BT-161-NoticeResult": f"{RESULT}/cbc:TotalAmount",
    "BT-118-NoticeResult": f"{RESULT}/efbc:OverallMaximumFrameworkContractsAmount",
    "BT-1118-NoticeResult": f"{RESULT}/efbc:OverallApproximateFrameworkContractsAmount",
}
LOT_VALUES = {
    "BT-27": f"{LOTS}/cac:ProcurementProject/cac:RequestedTenderTotal/cbc:EstimatedOverallContractAmount",
    "BT-271": f"{LOTS}/cac:ProcurementProject/cac:RequestedTenderTotal//efbc:FrameworkMaximumAmount"
    f" | {LOTS}/cac:TenderingProcess/cac:FrameworkAgreement/cbc:EstimatedMaximumValueAmount",
}


@pytest.mark.parametrize("file", READ)
def test_ids_and_codes_are_those_the_twin_finds(file: str) -> None:
    found = record(file)
    (uuid,) = texts(file, "/*/cbc:ID") or [""]
    assert found.notice_uuid == (uuid if "-" in uuid[8:] else None) or found.publication_number == uuid
    assert [found.version] == (texts(file, "/*/cbc:VersionID") or [None])
    assert [found.procedure_id] == (texts(file, "/*/cbc:ContractFolderID") or [None])
    assert [found.subtype] == (texts(file, "//efac:NoticeSubType/cbc:SubTypeCode") or [None])
    assert [found.procedure] == (texts(file, "/*/cac:TenderingProcess/cbc:ProcedureCode") or [None])
    kind = texts(file, "/*/cbc:NoticeTypeCode")
    assert found.kind in {*kind, "cn-standard", "cn-desg"} if kind == ["corr"] else [found.kind] == (kind or [None])


@pytest.mark.parametrize("file", READ)
def test_texts_are_those_the_twin_finds(file: str) -> None:
    for name, path in (("titles", "cbc:Name"), ("descriptions", "cbc:Description")):
        said = {
            one.get("languageID")
            for one in tree(file).xpath(f"{PROCEDURE}/{path}", namespaces=SPACES)
            if (one.text or "").strip() not in {"", "unpublished"}
        }
        assert len(getattr(record(file), name)) == len(said)


@pytest.mark.parametrize("file", READ)
def test_cpv_codes_are_those_the_twin_finds(file: str) -> None:
    codes = texts(file, f"{PROCEDURE}/*/cbc:ItemClassificationCode | {LOTS}/*/*/cbc:ItemClassificationCode")
    assert set(record(file).cpv) == set(codes) & cpv_labels().keys()
    main = texts(file, f"{PROCEDURE}/cac:MainCommodityClassification/cbc:ItemClassificationCode")
    assert list(record(file).cpv[:1]) == [code for code in main[:1] if code in cpv_labels()] or not main


@pytest.mark.parametrize("file", READ)
def test_values_are_those_the_twin_finds(file: str) -> None:
    said = {field: [one.amount for one in record(file).values if one.field == field] for field in VALUES}
    assert said == {field: amounts(file, path)[:1] for field, path in VALUES.items()}
    of_lots = [one for lot in record(file).lots for one in lot.values]
    for field, path in LOT_VALUES.items():
        found = [one.amount for one in of_lots if one.field in {f"{field}-Lot", f"{field}-Part"}]
        assert sorted(found) == sorted(amounts(file, path))


@pytest.mark.parametrize("file", READ)
def test_lots_are_those_the_twin_finds(file: str) -> None:
    names = texts(file, f"{LOTS}/cbc:ID")
    assert {one.lot_id for one in record(file).lots} >= set(names)
    assert len(record(file).lots) == len(tree(file).xpath(LOTS, namespaces=SPACES))
    groups = {"innovation": "innovative-acquisition", "green": "environmental-impact", "social": "social-objective"}
    for field, group in groups.items():
        codes = texts(file, f"//cac:ProcurementAdditionalType/cbc:ProcurementTypeCode[@listName='{group}']")
        assert set(getattr(record(file), field)) == set(codes)


@pytest.mark.parametrize("file", READ)
def test_the_deadline_is_the_one_the_twin_finds(file: str) -> None:
    places = (
        "cac:TenderSubmissionDeadlinePeriod",
        "cac:ParticipationRequestReceptionPeriod",
        ".//efac:InterestExpressionReceptionPeriod",
        ".//efac:AnswerReceptionPeriod",
    )
    periods = [
        one
        for place in places
        for one in tree(file).xpath(f"{LOTS}/cac:TenderingProcess/{place}", namespaces=SPACES)
        or tree(file).xpath(f"/*/cac:TenderingProcess/{place}", namespaces=SPACES)
    ]
    told = [(one.findtext("cbc:EndDate", "", SPACES), one.findtext("cbc:EndTime", "", SPACES)) for one in periods]
    moments = [datetime.fromisoformat(f"{day[:10]}T{time}") for day, time in told if day[:4].isdigit() and time]
    assert record(file).deadline == min(moments, default=None)


@pytest.mark.parametrize("file", READ)
def test_buyers_and_winners_are_those_the_twin_finds(file: str) -> None:
    companies = {
        name: one
        for one in tree(file).xpath("//efac:Organization", namespaces=SPACES)
        for name in one.xpath("(efac:Company|efac:TouchPoint)/cac:PartyIdentification/cbc:ID/text()", namespaces=SPACES)
    }
    named = dict.fromkeys(texts(file, "/*/cac:ContractingParty/cac:Party/cac:PartyIdentification/cbc:ID"))
    assert len(record(file).buyers) == len([name for name in named if name in companies])
    awarded = texts(file, "//efac:LotResult[cbc:TenderResultCode='selec-w']/efac:TenderLot/cbc:ID")
    assert {lot for one in record(file).winners for lot in one.lots} <= set(awarded) or not awarded
    members = {companies[name] for name in texts(file, f"{RESULT}//efac:Tenderer/cbc:ID") if name in companies}
    people = [one for one in members if one.findtext("efbc:NaturalPersonIndicator", "", SPACES) == "true"]
    assert len(record(file).winners) <= len(members) - len(people)
    if len(texts(file, f"{RESULT}/efac:TenderingParty/cbc:ID")) == 1 and awarded:
        assert len(record(file).winners) == len(members) - len(people)
