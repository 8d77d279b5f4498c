"""Invented eForms notices as XML, put together from small pieces so that a test shows only what it is about."""

from typing import Any

from ringvirkning.sources.notices.read import read_document
from ringvirkning.sources.notices.record import Lot, Notice, from_json, to_json

ID = "0e2b63aa-a91a-49c6-aa1c-386516ec2275"
PROCEDURE = "d91f618f-7bf0-41bd-b227-7574301d2977"
SPACES = " ".join(
    f'xmlns:{prefix}="{space}"'
    for prefix, space in (
        ("cac", "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"),
        ("cbc", "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"),
        ("ext", "urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2"),
        ("efext", "http://data.europa.eu/p27/eforms-ubl-extensions/1"),
        ("efac", "http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1"),
        ("efbc", "http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1"),
    )
)
# The pieces of a sound notice, in their order. A test replaces those it is about; "" leaves one out.
PIECES = {
    "sdk": "<cbc:CustomizationID>eforms-sdk-1.10</cbc:CustomizationID>",
    "id": f'<cbc:ID schemeName="notice-id">{ID}</cbc:ID>',
    "procedure_id": f"<cbc:ContractFolderID>{PROCEDURE}</cbc:ContractFolderID>",
    "issued": "<cbc:IssueDate>2026-03-02+01:00</cbc:IssueDate><cbc:IssueTime>10:20:30+01:00</cbc:IssueTime>",
    "version": "<cbc:VersionID>01</cbc:VersionID>",
    "law": "<cbc:RegulatoryDomain>32014L0024</cbc:RegulatoryDomain>",
    "kind": '<cbc:NoticeTypeCode listName="competition">cn-standard</cbc:NoticeTypeCode>',
    "language": "<cbc:NoticeLanguageCode>NOB</cbc:NoticeLanguageCode>",
    "buyer": (
        '<cac:ContractingParty><cac:ContractingPartyType><cbc:PartyTypeCode listName="buyer-legal-type">la'
        "</cbc:PartyTypeCode></cac:ContractingPartyType><cac:ContractingActivity><cbc:ActivityTypeCode "
        'listName="authority-activity">gen-pub</cbc:ActivityTypeCode></cac:ContractingActivity><cac:Party>'
        "<cac:PartyIdentification><cbc:ID>ORG-0001</cbc:ID></cac:PartyIdentification></cac:Party>"
        "</cac:ContractingParty>"
    ),
    "terms": "",
    "process": (
        '<cac:TenderingProcess><cbc:ProcedureCode listName="procurement-procedure-type">open</cbc:ProcedureCode>'
        "</cac:TenderingProcess>"
    ),
    "project": "",
    "lots": "",
}


def extended(inner: str) -> str:
    """Wrap in the four elements of an eForms extension."""
    return (
        "<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent><efext:EformsExtension>"
        f"{inner}</efext:EformsExtension></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>"
    )


def organisation(
    number: int = 1,
    *,
    name: str = "Larvik kommune",
    identifier: str = "918082956",
    country: str = "NOR",
    contact: str = "",
    before: str = "",
    more: str = "",
) -> str:
    contact_ = (
        f"<cac:Contact><cbc:Name>{contact}</cbc:Name><cbc:Telephone>+47 33171000</cbc:Telephone>"
        "<cbc:ElectronicMail>noen@larvik.example</cbc:ElectronicMail></cac:Contact>"
    )
    return (
        f"<efac:Organization>{before}<efac:Company>{more}<cac:PartyIdentification><cbc:ID>ORG-{number:04d}</cbc:ID>"
        f'</cac:PartyIdentification><cac:PartyName><cbc:Name languageID="NOB">{name}</cbc:Name></cac:PartyName>'
        "<cac:PostalAddress><cbc:CityName>Larvik</cbc:CityName><cbc:CountrySubentityCode>NO093"
        "</cbc:CountrySubentityCode><cac:Country><cbc:IdentificationCode>"
        f"{country}</cbc:IdentificationCode></cac:Country></cac:PostalAddress><cac:PartyLegalEntity><cbc:CompanyID>"
        f"{identifier}</cbc:CompanyID></cac:PartyLegalEntity>{contact_ if contact else ''}"
        "</efac:Company></efac:Organization>"
    )


def project(inner: str = "", *, title: str = "Trygg natt", described: str = "Varsler når noen faller.") -> str:
    """Return what is asked for; the default texts are in bokmål and too short to tell it."""
    return (
        f'<cac:ProcurementProject><cbc:Name languageID="NOB">{title}</cbc:Name>'
        f'<cbc:Description languageID="NOB">{described}</cbc:Description>{inner}</cac:ProcurementProject>'
    )


def lot(
    number: int = 1, *, terms: str = "", process: str = "", inner: str = "", scheme: str = "Lot", name: str = ""
) -> str:
    name = name or f"LOT-{number:04d}"
    return (
        f'<cac:ProcurementProjectLot><cbc:ID schemeName="{scheme}">{name}</cbc:ID>'
        f"<cac:TenderingTerms>{terms}</cac:TenderingTerms><cac:TenderingProcess>{process}</cac:TenderingProcess>"
        f"{project(inner)}</cac:ProcurementProjectLot>"
    )


def document(
    *, root: str = "ContractNotice", subtype: str = "16", organisations: str = "", top: str = "", **pieces: str
) -> bytes:
    """Return a notice. ``top`` goes into its extension; the other pieces are named in ``PIECES``."""
    unknown = pieces.keys() - PIECES.keys()
    assert not unknown, unknown
    form = f"<efac:NoticeSubType><cbc:SubTypeCode>{subtype}</cbc:SubTypeCode></efac:NoticeSubType>" if subtype else ""
    listed = f"<efac:Organizations>{organisations or organisation()}</efac:Organizations>"
    given = {**PIECES, "project": project(), "lots": lot(), **pieces}
    space = f"urn:oasis:names:specification:ubl:schema:xsd:{root}-2"
    inner = extended(form + top + listed) + "".join(given.values())
    return f'<?xml version="1.0" encoding="UTF-8"?><{root} xmlns="{space}" {SPACES}>{inner}</{root}>'.encode()


def read(content: bytes, **given: Any) -> Notice:
    """Read one invented notice, and see that the record can be written and read back."""
    (notice,) = read_document(content, file=given.pop("file", "invented.xml"), **given)
    assert from_json(to_json(notice)) == notice
    return notice


def notice(**pieces: str) -> Notice:
    """Return the record of an invented notice."""
    return read(document(**pieces))


def the_lot(**pieces: str) -> Lot:
    """Return the only lot of an invented notice whose lot has these pieces."""
    (found,) = notice(lots=lot(**pieces)).lots
    return found


def odd(found: Notice) -> set[str]:
    """Return the codes of what was odd about it."""
    return {one.code for one in found.oddities}
