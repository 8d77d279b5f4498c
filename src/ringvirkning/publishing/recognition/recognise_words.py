"""The words that recognition goes by: nothing is guessed, so what is not said in words like these is not filled in.

Each table is read from the top; patterns are in bokmål, nynorsk and English, matched without regard to capital letters.
"""

# ruff: noqa: E501 - a pattern cut in two is harder to read than a long one

import re

from ringvirkning.catalogue.terms import OrganisationKind
from ringvirkning.sources.casefile.terms import DialogueKind, Language, Procedure, SourceKind


def _words(*patterns: str) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(patterns) + r")", re.IGNORECASE)


# A word like these just before takes the meaning back: "ikke innovasjonspartnerskap".
NOT_SO = _words(
    r"ikke\s+(?:en\s+|et\s+)?$",
    r"ikkje\s+(?:ei?n?\s+|eit\s+)?$",
    r"not\s+(?:an?\s+)?$",
    r"uten\s+$",
    r"i stedet for\s+$",
)

# Small words that only one of the languages has.
TELLTALES = {
    Language.NB: set(
        "ikke hva jeg noe fra ble skal ikke vært også hvor kommunen gjennom etter mer flere hvordan".split()
    ),
    Language.NN: set(
        "ikkje kva eg noko frå vart skal eit ein dei vere òg kvar ikkje kommunar gjennom meir fleire korleis".split()
    ),
    Language.EN: set("the and of was is were with for that this from which has have are been municipality".split()),
}

PROCEDURES = {
    Procedure.INNOVATION_PARTNERSHIP: _words(r"innovasjonspartn[ae]rskap", r"innovation partnership"),
    Procedure.PRE_COMMERCIAL: _words(
        r"f[øo]rkommersiell\w*\s+(?:anskaffelse|anskaffing|innkjøp)", r"pre-?commercial procurement", r"\bPCP\b"
    ),
    Procedure.COMPETITIVE_DIALOGUE: _words(
        r"konkurransepreget dialog", r"konkurranseprega dialog", r"competitive dialogue"
    ),
    Procedure.DESIGN_CONTEST: _words(r"plan- og designkonkurranse", r"prosjektkonkurranse", r"design contest"),
    Procedure.PARALLEL_COMMISSIONS: _words(r"parallelloppdrag", r"parallelle oppdrag", r"parallel commissions"),
    Procedure.STARTOFF: _words(r"start\s?off(?![\w-]*by)"),
    Procedure.DEVELOPMENT_CONTRACT: _words(
        r"(?:offentlige?\s+)?(?:forsknings- og )?utviklingskontrakt",
        r"OFU[- ]?(?:kontrakt|prosjekt)",
        r"development contract",
    ),
    Procedure.NEGOTIATED: _words(
        r"konkurranse med forhandling(?:er)?",
        r"tevling med tingingar",
        r"konkurranse med tingingar",
        r"competitive procedure with negotiation",
        r"negotiated procedure",
    ),
    Procedure.PILOT_AGREEMENT: _words(r"pilotavtale", r"pilot agreement"),
    Procedure.DIRECT_PURCHASE: _words(
        r"direkteanskaffelse", r"direkte anskaffelse", r"direkteanskaffing", r"direct purchase"
    ),
    Procedure.TENDER: _words(
        r"åpen anbudskonkurranse", r"open anbodskonkurranse", r"begrenset anbudskonkurranse", r"open tender"
    ),
}

DIALOGUES = {
    DialogueKind.CONFERENCE: _words(r"dialogkonferanse\w*", r"leverandørkonferanse\w*", r"dialogue conference"),
    DialogueKind.ONE_TO_ONE: _words(
        r"én[- ]til[- ]én",
        r"en[- ]til[- ]en[- ]?(?:møter?|samtaler?|dialog)",
        r"ein[- ]til[- ]ein",
        r"one[- ]to[- ]one",
    ),
    DialogueKind.WRITTEN: _words(
        r"skriftlige? innspill", r"skriftlege? innspel", r"written input", r"request for information"
    ),
    DialogueKind.WORKSHOP: _words(r"dialogverksted\w*", r"leverandørverksted\w*", r"workshop(?:er|s)? med leverandør"),
}
TAKING_PART = re.compile(
    r"(?<!\d)(?P<count>\d{1,3})\s+(?:ulike |interesserte |different )?(?:leverandør(?:er|ar)|bedrift(?:er|ar)|"
    r"suppliers|companies|virksomheter|selskap(?:er)?)",
    re.IGNORECASE,
)

# What a body is to a procurement, by the words just before and just after its name.
LEADS_BEFORE = _words(
    r"(?:oppdragsgiver(?:en)?|oppdragsgjevar(?:en)?|prosjekteier(?:en)?|byggherre(?:n)?|innkjøper|contracting authority)"
    r"(?:\s+(?:er|var|is|was)|:)?\s*$",
    r"(?:ledet|leia|leda|led|eid|eigd|owned|kjøpt|bestilt) (?:av|by)\s*$",
)
LEADS_AFTER = re.compile(
    r"^\s*(?:har |hadde |had |has |vil |ville |skal |skulle |ønsker å |ønsket å |ønskjer å |wants to |wanted to )?"
    r"(?:inngikk|inngått|inngjekk|kjøp\w*|anskaff\w*|signer\w*|valgte|valde|lyste|kunngjorde|leder|leier|ledet|leia|bygg\w*|"
    r"bygde|utvikl\w*|gjennomfør\w*|trengte|trenger|treng|tok i bruk|tar i bruk|tatt i bruk|ha |få |innfør\w*|test\w*|prøv\w*|"
    r"procure\w*|bought|buy|signed|led|launched|needed|develop\w*|inviter\w*|fullfør\w*|erstatt\w*|ville|ønsk\w*)",
    re.IGNORECASE,
)
TOGETHER_BEFORE = _words(
    r"(?:sammen|saman|together) (?:med|with)\s+(?:[^.]{0,60}\s)?$",
    r"i samarbeid med\s+(?:[^.]{0,40}\s)?$",
    r"in cooperation with\s+(?:[^.]{0,40}\s)?$",
)
SUPPORTS_BEFORE = _words(
    r"(?:støtte|tilskudd|tilskot|midler|midlar|finansiering|bistand|hjelp|veiledning|rettleiing) (?:fra|frå|av)\s+(?:[^.]{0,40}\s)?$",
    r"(?:støttet|støtta|finansiert|veiledet|supported|funded) (?:av|by)\s+(?:[^.]{0,40}\s)?$",
)
SUPPORTS_AFTER = re.compile(
    r"^\s*(?:(?:og|and) (?:[\w.-]+ ){1,4})?(?:har |had |has )?(?:ga|gav|gitt|støtt\w*|finansier\w*|hjalp|hjelpte|bidro\w*|"
    r"veiledet|rettleidde|supported|funded|helped)(?!\w)",
    re.IGNORECASE,
)
# The first word of those who help others buy.
FUNDERS = {
    "innovasjon",
    "forskningsradet",
    "leverandorutviklingsprogrammet",
    "direktoratet",
    "difi",
    "digitaliseringsdirektoratet",
}
FOLLOWS_NEAR = _words(r"følgevirksomhet", r"følgjeverksemd", r"følgekommune")
BUYING_KINDS = {
    OrganisationKind.MUNICIPALITY,
    OrganisationKind.COUNTY,
    OrganisationKind.HEALTH_TRUST,
    OrganisationKind.STATE,
    OrganisationKind.STATE_COMPANY,
    OrganisationKind.INTER_MUNICIPAL,
    OrganisationKind.MUNICIPAL_COMPANY,
}
LIST_BEFORE = _words(
    r"kommunene:?\s*$", r"kommunane:?\s*$", r"municipalities(?: of)?:?\s*$", r"municipality of\s*$", r"city of\s*$"
)
LIST_AFTER = re.compile(r"^\s*(?:kommune(?:r|ne|s)?|kommunar|municipalit)", re.IGNORECASE)
LIST_BETWEEN = re.compile(r"^\s*(?:,|og|and|samt|,\s*og)\s*$", re.IGNORECASE)

COMPANY = re.compile(
    r"(?<![\w-])(?P<name>[A-ZÆØÅ0-9][\w&.+-]*(?:\s(?:&\s)?[A-ZÆØÅ0-9][\w&.+-]*){0,4}\s(?:AS|ASA|SA|AB|A/S|Oy|GmbH|Ltd))(?![\w-])"
)
CHOSEN_BEFORE = _words(
    r"(?:kontrakt\w*|avtale\w*|innovasjonspartn[ae]rskap\w*|kontrakter|contract|agreement)\s(?:[\wæøå]+\s){0,3}?"
    r"(?:med|til|with|to)\s+(?:leverandøren |leverandørene |firmaet |selskapet |the supplier )?$",
    r"(?:valgte|valde|valgt|tildelt|awarded to|chose|levert av|leverandør(?:en)?(?: er| var|:)?|supplier(?: is| was|:))\s*$",
)
CHOSEN_AFTER = re.compile(
    r"^\s*(?:vant (?:konkurransen|anbudet|oppdraget)|fikk (?:kontrakten|oppdraget)|ble valgt|vart valt|won the|was chosen|"
    r"leverer løsningen|leverte løsningen)",
    re.IGNORECASE,
)

MONTHS = (
    r"januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember|"
    r"january|february|march|may|june|july|october|december"
)
DAY = rf"(?:(?:\d{{1,2}}\.?\s+)?(?:{MONTHS})\s+(?:19|20)\d\d|\d{{1,2}}\.\d{{1,2}}\.(?:19|20)\d\d|(?:19|20)\d\d)(?!\d)"
STARTED = re.compile(
    rf"(?<!\w)(?:prosjektet|arbeidet|anskaffelsen|anskaffinga|innkjøpet|the project|the work)\s"
    rf"(?:startet|starta|begynte|byrja|ble startet|vart starta|started|began)\s(?:opp\s)?(?:i|in|den)\s(?P<day>{DAY})",
    re.IGNORECASE,
)
ENDED = re.compile(
    rf"(?<!\w)(?:prosjektet|arbeidet|anskaffelsen|anskaffinga|the project)\s"
    rf"(?:ble avsluttet|vart avslutta|ble ferdig|vart ferdig|var ferdig|ended|was completed)\s(?:i|in|den)\s(?P<day>{DAY})",
    re.IGNORECASE,
)
SIGNED = re.compile(
    rf"(?<!\w)(?:kontrakt\w*|avtal\w*|the contract|contract)\s(?:ble|vart|blei|er|was)\s"
    rf"(?:signert|inngått|underskrevet|underskriven|signed)\s(?:i|in|den|on)\s(?P<day>{DAY})",
    re.IGNORECASE,
)

AMOUNT = re.compile(
    r"(?<![\d,.])(?P<number>\d{1,3}(?:[ .\u00a0]\d{3})+|\d+(?:,\d+)?)\s*"
    r"(?:(?P<scale>millioner|millionar|mill\.?|milliarder|milliardar|mrd\.?|million|billion)\s*)?(?P<unit>kroner|kr\b|NOK\b)",
    re.IGNORECASE,
)
SAVES = _words(r"spar(?:e|er|te|t|ing)\w*", r"besparelse\w*", r"innspar\w*", r"gevinst\w*", r"saved?\b", r"savings?\b")
POTENTIAL = _words(r"potensial\w*", r"kan spare\w*", r"kunne spart", r"potential\w*", r"could save")
EXPECTED = _words(
    r"forvent\w*", r"anslå\w*", r"anslo\w*", r"beregn\w*", r"estimer\w*", r"rekn\w*", r"expect\w*", r"estimat\w*"
)
REALISED = _words(
    r"målt\w*", r"har spart", r"sparte", r"spart\b", r"realisert\w*", r"measured", r"has saved", r"saved\b"
)
YEARLY = _words(
    r"årlig\w*", r"årleg\w*", r"per år", r"i året", r"hvert år", r"kvart år", r"a year", r"per year", r"annual\w*"
)
CONTRACT_WORTH = _words(
    r"kontraktsverdi\w*",
    r"kontrakt\w* (?:har en verdi|er verdt|er på|hadde en verdi)",
    r"contract value",
    r"kontraktsum\w*",
    r"verdien? (?:på|av) kontrakten",
)

ROLE_ADDRESS = re.compile(
    r"(?<![\w.+-])(?P<local>postmottak|post|firmapost|kontakt|contact|innkjop|innkjøp|anskaffelse|anskaffelser|servicetorg|"
    r"kundesenter|biblioteket|info)@(?P<domain>[a-z0-9æøå-]+(?:\.[a-z0-9æøå-]+)*\.[a-z]{2,10})(?![\w-])",
    re.IGNORECASE,
)
ROLES_OF_ADDRESS = {"innkjop": "Innkjøp", "innkjøp": "Innkjøp", "anskaffelse": "Innkjøp", "anskaffelser": "Innkjøp"}
ROLE_OTHERWISE = "Postmottak"
# Ways to reach somebody: contacts have a step of their own, where people are asked before they are shown.
PERSONAL = re.compile(
    r"\S+@\S+\.[a-zæøå]{2,}|(?<![\d.,])(?:\+47 ?)?[2-9]\d(?: ?\d\d){3}(?![.,]?\d)(?! ?(?:kroner|kr\b|NOK))",
    re.IGNORECASE,
)
NOTICE = re.compile(r"https?://(?:www\.)?(?:doffin\.no|ted\.europa\.eu)/[^\s<>\"'()]+", re.IGNORECASE)
CPV = re.compile(r"(?<!\d)(?P<code>\d{8})(?:-\d)?(?!\d)")
CPV_NEAR = re.compile(r"\bCPV\b", re.IGNORECASE)

# Whose page it is, by where it lies. What is not here the writer must say.
SOURCE_KINDS = {
    "doffin.no": SourceKind.REGISTER,
    "ted.europa.eu": SourceKind.REGISTER,
    "innovativeanskaffelser.no": SourceKind.PROGRAMME,
    "anskaffelser.no": SourceKind.PROGRAMME,
    "leverandorutvikling.no": SourceKind.PROGRAMME,
    "innovasjonnorge.no": SourceKind.PROGRAMME,
    "dfo.no": SourceKind.PROGRAMME,
    "ks.no": SourceKind.PROGRAMME,
    "difi.no": SourceKind.PROGRAMME,
    "digdir.no": SourceKind.PROGRAMME,
    "nrk.no": SourceKind.PRESS,
    "tu.no": SourceKind.PRESS,
    "anbud365.no": SourceKind.PRESS,
    "aftenposten.no": SourceKind.PRESS,
    "kommunal-rapport.no": SourceKind.PRESS,
    "bygg.no": SourceKind.PRESS,
}
BUYERS_ENDINGS = (".kommune.no", ".fylkeskommune.no", "fylke.no")

HEADINGS = {
    "need": _words(r"behov\w*", r"utfordring\w*", r"bakgrunn\w*", r"the need", r"challenge", r"background"),
    "solution": _words(r"løsning\w*", r"løysing\w*", r"the solution", r"solution"),
    "result": _words(r"resultat\w*", r"effekt\w*", r"gevinst\w*", r"results?", r"effects?", r"benefits?"),
    "lessons": _words(r"erfaring\w*", r"lærdom\w*", r"læring\w*", r"råd\b", r"lessons", r"advice"),
}
