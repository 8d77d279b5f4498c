"""Small eForms notices as files: what makes them notices, with procurements, corrections and versions among them."""

import os
import zipfile
from pathlib import Path
from typing import Any
from uuid import UUID

from ringvirkning.catalogue.notices import readers

_SPACES = """xmlns="urn:oasis:names:specification:ubl:schema:xsd:ContractNotice-2"
xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
xmlns:ext="urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2"
xmlns:efac="http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1"
xmlns:efext="http://data.europa.eu/p27/eforms-ubl-extensions/1"
xmlns:efbc="http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1\""""


def small_xml(number: int) -> bytes:
    """Return the notice of that number. One in seven corrects the one before it, one in eleven is its next version."""
    is_version = number % 11 == 5
    notice, before = (UUID(int=(one << 64) + (4 << 76) + (8 << 60)) for one in (number - is_version, number - 1))
    change = f"<efac:Changes><efbc:ChangedNoticeIdentifier>{before}-01</efbc:ChangedNoticeIdentifier></efac:Changes>"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<ContractNotice {_SPACES}><ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent><efext:EformsExtension>
{change if number % 7 == 3 else ""}
<efac:NoticeSubType><cbc:SubTypeCode listName="notice-subtype">16</cbc:SubTypeCode></efac:NoticeSubType>
<efac:Organizations><efac:Organization><efac:Company>
<cac:PartyIdentification><cbc:ID>ORG-0001</cbc:ID></cac:PartyIdentification>
<cac:PartyName><cbc:Name languageID="NOR">{("Larvik", "Alta", "Moss")[number % 3]} kommune</cbc:Name></cac:PartyName>
<cac:PostalAddress><cac:Country><cbc:IdentificationCode>NOR</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
</efac:Company></efac:Organization></efac:Organizations>
<efac:Publication><efbc:NoticePublicationID schemeName="ojs-notice-id">{number + 1}-2024</efbc:NoticePublicationID>
<efbc:PublicationDate>2024-03-{number % 28 + 1:02d}+01:00</efbc:PublicationDate></efac:Publication>
</efext:EformsExtension></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>
<cbc:CustomizationID>eforms-sdk-1.10</cbc:CustomizationID>
<cbc:ID schemeName="notice-id">{notice}</cbc:ID><cbc:ContractFolderID>procedure-{number // 4}</cbc:ContractFolderID>
<cbc:IssueDate>2024-03-01+01:00</cbc:IssueDate><cbc:IssueTime>12:00:00+01:00</cbc:IssueTime>
<cbc:VersionID>{"02" if is_version else "01"}</cbc:VersionID>
<cbc:NoticeTypeCode listName="competition">cn-standard</cbc:NoticeTypeCode>
<cbc:NoticeLanguageCode>NOR</cbc:NoticeLanguageCode>
<cac:ContractingParty><cac:Party><cac:PartyIdentification><cbc:ID>ORG-0001</cbc:ID></cac:PartyIdentification>
</cac:Party></cac:ContractingParty>
<cac:ProcurementProject><cbc:Name languageID="NOR">Vannmålere nummer {number}</cbc:Name>
<cbc:Description languageID="NOR">Kommunen skal kjøpe {number} vannmålere.</cbc:Description></cac:ProcurementProject>
</ContractNotice>""".encode()


def pack(path: Path, count: int) -> Path:
    """Write so many notices into a zip file, one that cannot be read among them."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(count):
            packed.writestr(f"{number:05d}.xml", small_xml(number))
        packed.writestr("zz-broken.xml", b"<ContractNotice><cbc:ID>")
    return path


def reader_that_dies_of_seven() -> None:
    """Let the process that begins so die of the seventh notice."""

    def read(data: bytes, **more: Any) -> list[Any]:
        if b"nummer 7<" in data:
            os._exit(9)
        return []

    readers.read_document = read


def never_starts() -> None:
    """Let the process that begins so end at once."""
    os._exit(9)
