"""Words of OCDS → our codes. Source: the code lists of OCDS 1.1 and of its extensions for the EU."""

from ringvirkning.sources.notices.terms import Phase

# What a release is about, latest in the life last.
PHASES = {
    "planning": Phase.PLANNING,
    "planningUpdate": Phase.PLANNING,
    "tender": Phase.COMPETITION,
    "tenderAmendment": Phase.COMPETITION,
    "tenderUpdate": Phase.COMPETITION,
    "tenderCancellation": Phase.COMPETITION,
    "bid": Phase.COMPETITION,
    "award": Phase.RESULT,
    "awardUpdate": Phase.RESULT,
    "awardCancellation": Phase.RESULT,
    "contract": Phase.RESULT,
    "contractUpdate": Phase.RESULT,
    "contractAmendment": Phase.CHANGE,
    "implementation": Phase.CHANGE,
    "implementationUpdate": Phase.CHANGE,
    "contractTermination": Phase.COMPLETION,
}
NATURES = {"goods": "supplies", "works": "works", "services": "services"}
PROCEDURES = {"open": "open", "selective": "restricted", "limited": "neg-wo-call", "direct": "neg-wo-call"}
# What the details say in words, where the method is too wide to tell.
PROCEDURE_WORDS = {
    "innovation partnership": "innovation",
    "innovasjonspartnerskap": "innovation",
    "competitive dialogue": "comp-dial",
    "negotiated with prior": "neg-w-call",
    "negotiated without prior": "neg-wo-call",
    "open": "open",
    "restricted": "restricted",
}
TECHNIQUES = {
    "framework": "hasFrameworkAgreement",
    "dps": "hasDynamicPurchasingSystem",
    "auction": "hasElectronicAuction",
}
DOCUMENTS = {"biddingDocuments": "documents", "tenderNotice": "notice", "awardNotice": "notice"}
RESULTS = {"active": "selec-w", "unsuccessful": "clos-nw", "cancelled": "clos-nw"}
CRITERIA = frozenset({"price", "cost", "quality"})
WEIGHTS = {
    "percentageExact": "per-exa",
    "percentageRangeMiddle": "per-mid",
    "decimalExact": "dec-exa",
    "decimalRangeMiddle": "dec-mid",
    "pointsExact": "poi-exa",
    "pointsRangeMiddle": "poi-mid",
    "order": "ord-imp",
}
