"""Where the fields of the record stand in eForms: the table of business terms and their places.

Source: eForms SDK 1.3–1.14, fields.json (Publications Office of the EU, CC BY 4.0). Older and odd places that real
notices use are marked. Nothing about persons is named here but the names of contacts, which are read only so that they
can be taken out of the texts (``persons.mask``).
"""

from ringvirkning.sources.notices.eforms.gather import Each, Places, Table, With

LANGUAGE, CURRENCY, LIST, UNIT, SCHEME = "languageID", "currencyID", "listName", "unitCode", "schemeName"

PROJECT: Places = {
    "cbc:Name": With("titles", LANGUAGE),  # BT-21
    "cbc:Description": With("descriptions", LANGUAGE),  # BT-24
    "cbc:ProcurementTypeCode": "nature",  # BT-23
    "cac:ProcurementAdditionalType/cbc:ProcurementTypeCode": With("strategic", LIST),  # BT-06, 774, 775, 776
    "cac:MainCommodityClassification/cbc:ItemClassificationCode": "cpv",  # BT-262
    "cac:AdditionalCommodityClassification/cbc:ItemClassificationCode": "more_cpv",  # BT-263
    "cac:RealizedLocation/cac:Address/cbc:CountrySubentityCode": "nuts",  # BT-5071
    "cac:RequestedTenderTotal/cbc:EstimatedOverallContractAmount": With("estimated", CURRENCY),  # BT-27
    "cac:RequestedTenderTotal/~/efbc:FrameworkMaximumAmount": With("maximum", CURRENCY),  # BT-271
    "cac:PlannedPeriod/cbc:StartDate": "start",  # BT-536
    "cac:PlannedPeriod/cbc:EndDate": "end",  # BT-537
    "cac:PlannedPeriod/cbc:DurationMeasure": With("duration", UNIT),  # BT-36
}

PERIOD: Places = {"cbc:EndDate": "day", "cbc:EndTime": "time"}

PARAMETERS: Places = {
    "efbc:ParameterCode": With("code", LIST),  # BT-5421 and its neighbours
    "efbc:ParameterNumeric": "number",  # BT-541
}

CRITERION: Places = {
    "cbc:AwardingCriterionTypeCode": "kind",  # BT-539
    "cbc:Name": With("names", LANGUAGE),  # BT-734
    "cbc:Description": With("descriptions", LANGUAGE),  # BT-540
    "cbc:WeightNumeric": "weight",  # as some wrote it before SDK 1.0
    "~/efac:AwardCriterionParameter": Each("parameters", PARAMETERS),
}

LOT: Places = {
    "cbc:ID": With("id", SCHEME),  # BT-137
    "cac:TenderingTerms/cac:AwardingTerms/cac:AwardingCriterion/cac:SubordinateAwardingCriterion": Each(
        "criteria", CRITERION
    ),
    "cac:TenderingTerms/cac:CallForTendersDocumentReference/cac:Attachment/cac:ExternalReference/cbc:URI": "documents",
    "cac:TenderingTerms/cac:TenderRecipientParty/cbc:EndpointID": "submission",  # BT-18; BT-15 above
    "cac:TenderingProcess/cac:TenderSubmissionDeadlinePeriod": Each("tenders_by", PERIOD),  # BT-131
    "cac:TenderingProcess/cac:ParticipationRequestReceptionPeriod": Each("requests_by", PERIOD),  # BT-1311
    "cac:TenderingProcess/~/efac:InterestExpressionReceptionPeriod": Each("interest_by", PERIOD),  # BT-630
    "cac:TenderingProcess/~/efac:AnswerReceptionPeriod": Each("answers_by", PERIOD),  # E1
    "cac:TenderingProcess/cac:ContractingSystem/cbc:ContractingSystemTypeCode": With("systems", LIST),  # BT-765, 766
    "cac:TenderingProcess/cac:AuctionTerms/cbc:AuctionConstraintIndicator": "auction",  # BT-767
    "cac:TenderingProcess/cac:FrameworkAgreement/cbc:EstimatedMaximumValueAmount": With("maximum_before", CURRENCY),
    "cac:TenderingProcess/cac:NoticeDocumentReference/cbc:ID": "previous",  # BT-125
    **{f"cac:ProcurementProject/{path}": what for path, what in PROJECT.items()},
}

BUYER: Places = {
    "cbc:BuyerProfileURI": "profile",  # BT-508
    "cac:ContractingPartyType/cbc:PartyTypeCode": With("types", LIST),  # BT-11
    "cac:ContractingActivity/cbc:ActivityTypeCode": "activity",  # BT-10
    "cac:Party/cac:PartyIdentification/cbc:ID": "organisation",  # OPT-300
}

ORGANISATION: Places = {
    "efbc:NaturalPersonIndicator": "person",  # BT-633
    "efac:Company/cac:PartyIdentification/cbc:ID": "id",  # OPT-200
    "efac:Company/cac:PartyName/cbc:Name": With("names", LANGUAGE),  # BT-500
    "efac:Company/cac:PartyLegalEntity/cbc:CompanyID": "identifier",  # BT-501
    "efac:Company/cac:PostalAddress/cbc:CityName": "town",  # BT-513
    "efac:Company/cac:PostalAddress/cbc:CountrySubentityCode": "nuts",  # BT-507
    "efac:Company/cac:PostalAddress/cac:Country/cbc:IdentificationCode": "country",  # BT-514
    "efac:Company/cbc:CompanySizeCode": "size",  # BT-165, before SDK 1.0
    "efac:Company/efbc:CompanySizeCode": "size",  # BT-165
    "efac:Company/cac:Contact/cbc:Name": "contact",  # BT-502, only to be taken out
    "efac:TouchPoint/cac:PartyIdentification/cbc:ID": "touch_point",  # OPT-201
    "efac:TouchPoint/cac:Contact/cbc:Name": "contact",
}

TENDER: Places = {
    "cbc:ID": "id",  # OPT-321
    "cac:LegalMonetaryTotal/cbc:PayableAmount": With("value", CURRENCY),  # BT-720
    "cbc:RankCode": "rank",  # BT-171
    "efac:TenderingParty/cbc:ID": "party",  # OPT-310
    "efac:TenderLot/cbc:ID": "lot",  # BT-13714
}

LOT_RESULT: Places = {
    "efac:TenderLot/cbc:ID": "lot",  # BT-13713
    "cbc:TenderResultCode": "result",  # BT-142
    "efac:DecisionReason/efbc:DecisionReasonCode": "reason",  # BT-144
    "efac:LotTender": Each("tenders", TENDER),  # OPT-320; some say all of the tender here
    "efac:SettledContract/cbc:ID": "contracts",  # OPT-315
    "efac:FrameworkAgreementValues/cbc:MaximumValueAmount": With("maximum", CURRENCY),  # BT-709
    "efac:FrameworkAgreementValues/efbc:ReestimatedValueAmount": With("reestimated", CURRENCY),  # BT-660
    "efac:ReceivedSubmissionsStatistics": Each(
        "received", {"efbc:StatisticsCode": "code", "efbc:StatisticsNumeric": "number"}
    ),
}

RESULT: Places = {
    "cbc:TotalAmount": With("total", CURRENCY),  # BT-161
    "efbc:OverallMaximumFrameworkContractsAmount": With("maximum", CURRENCY),  # BT-118
    "efbc:OverallApproximateFrameworkContractsAmount": With("reestimated", CURRENCY),  # BT-1118
    "efac:LotResult": Each("lot_results", LOT_RESULT),
    "efac:LotTender": Each("tenders", TENDER),
    "efac:SettledContract": Each("contracts", {"cbc:ID": "id", "efac:LotTender/cbc:ID": "tenders"}),  # BT-3202
    "efac:TenderingParty": Each("parties", {"cbc:ID": "id", "efac:Tenderer/cbc:ID": "members"}),  # OPT-300-Tenderer
}

CHANGES: Places = {
    "efbc:ChangedNoticeIdentifier": "notice",  # BT-758
    "cbc:ChangedNoticeIdentifier": "notice",
    "efac:ChangeReason/cbc:ReasonCode": "reason",  # BT-140
    "efac:ChangeReason/efbc:ReasonDescription": With("texts", LANGUAGE),  # BT-762
    "efac:Change/efbc:ChangeDescription": With("texts", LANGUAGE),  # BT-141
}

TOP: Places = {
    "efac:NoticeSubType/cbc:SubTypeCode": "subtype",  # OPP-070
    "efac:Organizations/efac:Organization": Each("organisations", ORGANISATION),
    "efac:NoticeResult": Each("results", RESULT),
    "efac:Changes": Each("changes", CHANGES),
    "efac:ContractModification/efbc:ChangedNoticeIdentifier": "modified",  # BT-1501
    "efac:Publication/efbc:NoticePublicationID": "number",  # OPP-010
    "efac:Publication/efbc:PublicationDate": "published",  # OPP-012
}

NOTICE = Table(
    {
        **{f"~/{path}": what for path, what in TOP.items()},
        "cbc:CustomizationID": "sdk",  # OPT-002
        "cbc:ID": "uuid",  # BT-701
        "cbc:ContractFolderID": "procedure_id",  # BT-04
        "cbc:IssueDate": "day",  # BT-05
        "cbc:IssueTime": "time",
        "cbc:VersionID": "version",  # BT-757
        "cbc:RegulatoryDomain": "legal_basis",  # BT-01
        "cbc:NoticeTypeCode": "kind",  # BT-02
        "cbc:NoticeLanguageCode": "language",  # BT-702
        "cbc:URI": "address",  # Doffin's own page, in notices carried over from the old Doffin
        "cac:ContractingParty": Each("buyers", BUYER),
        "cac:TenderingProcess/cbc:ProcedureCode": "procedure",  # BT-105
        "cac:TenderingProcess/cac:ProcessJustification/cbc:ProcessReasonCode": With("reasons", LIST),  # BT-106
        "cac:TenderingProcess/cac:NoticeDocumentReference/cbc:ID": "previous",  # BT-125
        "cac:TenderingProcess/cac:TenderSubmissionDeadlinePeriod": Each("tenders_by", PERIOD),
        "cac:TenderingProcess/cac:AuctionTerms/cbc:AuctionConstraintIndicator": "auction",
        **{f"cac:ProcurementProject/{path}": what for path, what in PROJECT.items()},
        "cac:ProcurementProjectLot": Each("lots", LOT),
        "cac:BusinessParty": Each("registered", {}),
    }
)
