"""Made notices as XML, as they come in daily packages: eForms that the reader reads without a remark.

Every third belongs to a procurement that another of them belongs to, one in twenty corrects the one before it, and one
in twenty is the same notice in another version: so twins, versions, lives and corrections are all at work.
"""

import io
import random
import tarfile
import uuid
from collections.abc import Iterator
from datetime import timedelta

from made_notices import FIRST_DAY, SEED, TITLE, vocabulary
from ringvirkning.sources.tables import cpv_labels, table

DAYS = 1_000
BODY = 50
_SPACES = " ".join(
    f'xmlns{":" if short else ""}{short}="{name}"'
    for short, name in {
        "": "urn:oasis:names:specification:ubl:schema:xsd:ContractNotice-2",
        "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
        "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
        "ext": "urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2",
        "efac": "http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1",
        "efext": "http://data.europa.eu/p27/eforms-ubl-extensions/1",
        "efbc": "http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1",
    }.items()
)
_ORGANISATION = """<efac:Organization><efac:Company>
<cbc:WebsiteURI>https://eksempel.no/{reference}</cbc:WebsiteURI>
<cac:PartyIdentification><cbc:ID schemeName="organization">{reference}</cbc:ID></cac:PartyIdentification>
<cac:PartyName><cbc:Name languageID="NOR">{name}</cbc:Name></cac:PartyName>
<cac:PostalAddress><cbc:CityName>{town}</cbc:CityName><cbc:PostalZone>0001</cbc:PostalZone>
<cbc:CountrySubentityCode listName="nuts">NO081</cbc:CountrySubentityCode>
<cac:Country><cbc:IdentificationCode listName="country">NOR</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
<cac:PartyLegalEntity><cbc:CompanyID>{number}</cbc:CompanyID></cac:PartyLegalEntity>
<cac:Contact><cbc:Name>Innkjøp</cbc:Name><cbc:Telephone>+47 00000000</cbc:Telephone>
<cbc:ElectronicMail>post@eksempel.no</cbc:ElectronicMail></cac:Contact>
</efac:Company></efac:Organization>"""
_PROJECT = """<cac:ProcurementProject>
<cbc:ID schemeName="InternalID">{number}</cbc:ID><cbc:Name languageID="NOR">{title}</cbc:Name>
<cbc:Description languageID="NOR">{text}</cbc:Description>
<cbc:ProcurementTypeCode listName="contract-nature">{nature}</cbc:ProcurementTypeCode>
<cac:RequestedTenderTotal><cbc:EstimatedOverallContractAmount currencyID="NOK">{amount}\
</cbc:EstimatedOverallContractAmount></cac:RequestedTenderTotal>
<cac:MainCommodityClassification><cbc:ItemClassificationCode listName="cpv">{cpv}</cbc:ItemClassificationCode>
</cac:MainCommodityClassification>
<cac:RealizedLocation><cac:Address><cbc:CountrySubentityCode listName="nuts">NO081</cbc:CountrySubentityCode>
<cac:Country><cbc:IdentificationCode listName="country">NOR</cbc:IdentificationCode></cac:Country></cac:Address>
</cac:RealizedLocation>
<cac:PlannedPeriod><cbc:DurationMeasure unitCode="MONTH">24</cbc:DurationMeasure></cac:PlannedPeriod>
</cac:ProcurementProject>"""
_LOT = """<cac:ProcurementProjectLot><cbc:ID schemeName="Lot">LOT-{lot:04d}</cbc:ID>
<cac:TenderingTerms><ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent><efext:EformsExtension>
<efac:SelectionCriteria><cbc:CriterionTypeCode listName="selection-criterion">tp-abil</cbc:CriterionTypeCode>
<cbc:Description languageID="NOR">{text}</cbc:Description></efac:SelectionCriteria>
</efext:EformsExtension></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>
<cac:CallForTendersDocumentReference><cbc:ID>{number}</cbc:ID><cac:Attachment><cac:ExternalReference>
<cbc:URI>https://eksempel.no/dokumenter/{number}</cbc:URI></cac:ExternalReference></cac:Attachment>
</cac:CallForTendersDocumentReference>
<cac:AwardingTerms><cac:AwardingCriterion><cac:SubordinateAwardingCriterion>
<cbc:AwardingCriterionTypeCode listName="award-criterion-type">price</cbc:AwardingCriterionTypeCode>
<cbc:Description languageID="NOR">{title}</cbc:Description></cac:SubordinateAwardingCriterion>
<cac:SubordinateAwardingCriterion>
<cbc:AwardingCriterionTypeCode listName="award-criterion-type">quality</cbc:AwardingCriterionTypeCode>
<cbc:Description languageID="NOR">{title}</cbc:Description></cac:SubordinateAwardingCriterion>
</cac:AwardingCriterion></cac:AwardingTerms></cac:TenderingTerms>
<cac:TenderingProcess><cac:TenderSubmissionDeadlinePeriod><cbc:EndDate>{deadline}+01:00</cbc:EndDate>
<cbc:EndTime>12:00:00+01:00</cbc:EndTime></cac:TenderSubmissionDeadlinePeriod>
<cac:ContractingSystem><cbc:ContractingSystemTypeCode listName="framework-agreement">none\
</cbc:ContractingSystemTypeCode></cac:ContractingSystem></cac:TenderingProcess>
{project}</cac:ProcurementProjectLot>"""
_CHANGE = """<efac:Changes><efbc:ChangedNoticeIdentifier>{changed}-01</efbc:ChangedNoticeIdentifier>
<efac:ChangeReason><cbc:ReasonCode listName="change-corrig-justification">update-add</cbc:ReasonCode>
</efac:ChangeReason></efac:Changes>"""
_NOTICE = """<?xml version="1.0" encoding="UTF-8"?>
<ContractNotice {spaces}><ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent><efext:EformsExtension>
{change}<efac:NoticeSubType><cbc:SubTypeCode listName="notice-subtype">16</cbc:SubTypeCode></efac:NoticeSubType>
<efac:Organizations>{organisations}</efac:Organizations>
<efac:Publication><efbc:NoticePublicationID schemeName="ojs-notice-id">{publication}</efbc:NoticePublicationID>
<efbc:PublicationDate>{published}+01:00</efbc:PublicationDate></efac:Publication>
</efext:EformsExtension></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>
<cbc:UBLVersionID>2.3</cbc:UBLVersionID><cbc:CustomizationID>eforms-sdk-1.10</cbc:CustomizationID>
<cbc:ID schemeName="notice-id">{notice}</cbc:ID><cbc:ContractFolderID>{procedure}</cbc:ContractFolderID>
<cbc:IssueDate>{published}+01:00</cbc:IssueDate><cbc:IssueTime>12:00:00+01:00</cbc:IssueTime>
<cbc:VersionID>{version:02d}</cbc:VersionID><cbc:RegulatoryDomain>32014L0024</cbc:RegulatoryDomain>
<cbc:NoticeTypeCode listName="competition">cn-standard</cbc:NoticeTypeCode>
<cbc:NoticeLanguageCode>NOR</cbc:NoticeLanguageCode>
<cac:ContractingParty><cac:ContractingPartyType>
<cbc:PartyTypeCode listName="buyer-legal-type">la</cbc:PartyTypeCode></cac:ContractingPartyType>
<cac:Party><cac:PartyIdentification><cbc:ID schemeName="organization">ORG-0001</cbc:ID></cac:PartyIdentification>
</cac:Party></cac:ContractingParty>
<cac:TenderingProcess><cbc:ProcedureCode listName="procurement-procedure-type">open</cbc:ProcedureCode>
</cac:TenderingProcess>
{project}{lots}</ContractNotice>"""


def made_xml(number: int) -> bytes:
    """Return the made notice of that number."""
    dice = random.Random(SEED * 1_000_033 + number)
    is_version, is_change = number % 20 == 7, number % 20 == 13
    notice = _uuid("notice", number - 1 if is_version else number)
    published = FIRST_DAY + timedelta(days=3_000 + number % DAYS)
    about = {
        "number": number,
        "title": _words(TITLE, dice),
        "text": _words(BODY, dice),
        "nature": dice.choice(("works", "supplies", "services")),
        "amount": round(10 ** dice.uniform(4.5, 8.5)),
        "cpv": dice.choice(_CPV),
        "deadline": published + timedelta(days=30),
    }
    lots = (
        _LOT.format(**about, lot=lot, project=_PROJECT.format(**{**about, "text": _words(40, dice)}))
        for lot in range(1, dice.choice((1, 1, 2, 3)) + 1)
    )
    buyer = dice.choice(_PLACES)
    told = _NOTICE.format(
        spaces=_SPACES,
        change=_CHANGE.format(changed=_uuid("notice", number - 1)) if is_change else "",
        organisations="".join(
            _ORGANISATION.format(reference=f"ORG-{place:04d}", name=name, town=buyer["name"], number=given)
            for place, (name, given) in enumerate(
                ((f"{buyer['name']} kommune", buyer.get("orgnumber", "")), ("Tingretten", "974761319")), 1
            )
        ),
        publication=f"{number + 100_000:08d}-{published.year}",
        published=published,
        notice=notice,
        procedure=_uuid("procedure", number - number % 3 % 2),
        version=2 if is_version else 1,
        project=_PROJECT.format(**about),
        lots="".join(lots),
    )
    return told.encode()


_CPV = sorted(cpv_labels())
_PLACES = table("municipalities.json")["municipalities"]


def _words(count: int, dice: random.Random) -> str:
    return " ".join(vocabulary().some(dice, count)).capitalize()


def _uuid(kind: str, number: int) -> uuid.UUID:
    return uuid.UUID(int=random.Random(f"{kind}{number}").getrandbits(128), version=4)


def pack(path: str, first: int, count: int) -> None:
    """Write notices into a package, as TED packs a day's."""
    with tarfile.open(path, "w:gz", compresslevel=1) as package:
        for number, data in _some(first, count):
            member = tarfile.TarInfo(f"{number % 1000:03d}/{number}.xml")
            member.size = len(data)
            package.addfile(member, io.BytesIO(data))


def _some(first: int, count: int) -> Iterator[tuple[int, bytes]]:
    return ((number, made_xml(number)) for number in range(first, first + count))
