"""The words a reader sees for the codes of the case file and the facets. Bokmål here; translations in ``locale``."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LANGUAGES = {"nb": _("bokmål"), "nn": _("nynorsk"), "en": _("engelsk"), "se": _("nordsamisk")}
PHASES = {
    "idea": _("Idé"),
    "anchoring": _("Forankring og organisering"),
    "need": _("Behov"),
    "reuse_check": _("Søk etter det som finnes"),
    "market_dialogue": _("Dialog med markedet"),
    "strategy": _("Strategi og prosedyre"),
    "competition": _("Konkurranse"),
    "development": _("Kontrakt og utvikling"),
    "implementation": _("Innføring"),
    "benefits": _("Gevinst og evaluering"),
    "spreading": _("Spredning"),
}
STATUSES = {
    "preparing": _("Under forberedelse"),
    "market_dialogue": _("I dialog med markedet"),
    "competition": _("Konkurranse"),
    "developing": _("Under utvikling"),
    "piloting": _("Prøves ut"),
    "completed": _("Gjennomført"),
    "in_use": _("I bruk"),
    "cancelled": _("Avlyst"),
}
OUTCOMES = {
    "adopted": _("Tatt i bruk"),
    "partly_adopted": _("Delvis tatt i bruk"),
    "not_adopted": _("Ikke tatt i bruk"),
    "cancelled": _("Avlyst"),
}
ROLES = {
    "lead": _("Leder anskaffelsen"),
    "co_buyer": _("Kjøper sammen med andre"),
    "option_holder": _("Har opsjon"),
    "pilot_arena": _("Prøver ut løsningen"),
    "follower": _("Følger for å lære"),
    "supporter": _("Støtter"),
}
SUPPLIER_ROLES = {
    "main": _("Leverandør"),
    "subcontractor": _("Underleverandør"),
    "participant": _("Deltaker"),
}
PROCEDURES = {
    "tender": _("Anbudskonkurranse"),
    "negotiated": _("Konkurranse med forhandling"),
    "competitive_dialogue": _("Konkurransepreget dialog"),
    "innovation_partnership": _("Innovasjonspartnerskap"),
    "pre_commercial": _("Førkommersiell anskaffelse"),
    "design_contest": _("Plan- og designkonkurranse"),
    "development_contract": _("Utviklingskontrakt"),
    "startoff": _("StartOff"),
    "parallel_commissions": _("Parallelloppdrag"),
    "pilot_agreement": _("Pilotavtale"),
    "direct_purchase": _("Direkte kjøp"),
    "contract_clause": _("Utvikling i en løpende kontrakt"),
    "other": _("Annet"),
}
PROCUREMENT_KINDS = {
    "innovation_procurement": _("Innovasjonsanskaffelse"),
    "innovation_friendly": _("Innovasjonsvennlig anskaffelse"),
    "innovative_solution": _("Anskaffelse av innovativ løsning"),
    "iia": _("Innovasjon i anskaffelsen (IIA)"),
    "aai": _("Anskaffelse av innovasjon (AAI)"),
}
CONTRACT_FORMS = {
    "framework": _("Rammeavtale"),
    "joint": _("Fellesanskaffelse"),
    "collaborative": _("Samspillskontrakt"),
}
DIALOGUES = {
    "dialogue_conference": _("Dialogkonferanse"),
    "one_to_one": _("En-til-en-møter"),
    "written_input": _("Skriftlige innspill"),
    "workshop": _("Arbeidsmøte"),
    "other": _("Annen dialog"),
}
SPECIFICATIONS = {
    "functional": _("Funksjonskrav"),
    "user_stories": _("Brukerhistorier"),
    "performance": _("Ytelseskrav"),
    "detailed": _("Detaljerte krav"),
}
AVAILABILITY = {
    "available": _("Kan kjøpes"),
    "in_development": _("Under utvikling"),
    "prototype": _("Prototype"),
    "not_available": _("Kan ikke kjøpes"),
}
DOCUMENTS = {
    "needs_specification": _("Behovsspesifikasjon"),
    "dialogue_invitation": _("Invitasjon til dialog"),
    "tender_documents": _("Konkurransegrunnlag"),
    "contract": _("Kontrakt"),
    "benefit_analysis": _("Gevinstanalyse"),
    "report": _("Rapport"),
    "film": _("Film"),
    "picture": _("Bilde"),
    "other": _("Annet dokument"),
}
FIGURES = {
    "potential": _("Mulig"),
    "expected": _("Forventet"),
    "realised": _("Målt"),
}
FIGURES_EXPLAINED = {
    "potential": _("Mulig gevinst hvis forutsetningen slår til. Ingen har målt den."),
    "expected": _("Anslag som ble gjort på forhånd."),
    "realised": _("Målt etterpå."),
}
EFFECTS = {
    "cost_saved": _("Spart"),
    "cost": _("Kostnad"),
    "time_saved": _("Spart tid"),
    "emissions": _("Utslipp"),
    "quality": _("Kvalitet"),
    "reach": _("Omfang"),
    "business": _("Næringsliv"),
}
UNITS = {
    "NOK": _("kroner"),
    "percent": _("prosent"),
    "person_years": _("årsverk"),
    "hours": _("timer"),
    "tonnes_co2e": _("tonn CO₂-ekvivalenter"),
    "people": _("personer"),
    "organisations": _("virksomheter"),
    "units": _("enheter"),
    "ships": _("fartøyer"),
    "days": _("dager"),
}
# The units of which there can be exactly one.
UNITS_ONE = {
    "hours": _("time"),
    "people": _("person"),
    "organisations": _("virksomhet"),
    "units": _("enhet"),
    "ships": _("fartøy"),
    "days": _("dag"),
}
PER = {
    "once": "",
    "year": _("per år"),
    "four_years": _("over fire år"),
    "ten_years": _("over ti år"),
    "site": _("per sted"),
}
LESSONS = {
    "worked": _("Dette virket"),
    "did_not_work": _("Dette virket ikke"),
    "advice": _("Råd til andre"),
}
REUSE = {
    "bought": _("Har kjøpt"),
    "piloted": _("Har prøvd"),
    "continued": _("Har ført videre"),
    "method": _("Bruker metoden"),
    "option": _("Har opsjon"),
    "learned": _("Har lært av arbeidet"),
}
SOURCE_KINDS = {
    "buyer": _("Oppdragsgiveren"),
    "programme": _("Et program"),
    "supplier": _("Leverandøren"),
    "press": _("Pressen"),
    "report": _("En rapport"),
    "register": _("Et register"),
    "stated": _("Kjøperen, fortalt til biblioteket"),
    "editor": _("En redaktør i biblioteket"),
}
ORGANISATION_KINDS = {
    "municipality": _("Kommune"),
    "county": _("Fylkeskommune"),
    "health_trust": _("Helseforetak"),
    "state": _("Stat"),
    "state_company": _("Statlig selskap"),
    "inter_municipal": _("Interkommunalt samarbeid"),
    "municipal_company": _("Kommunalt foretak"),
    "programme": _("Program"),
    "other": _("Annen virksomhet"),
}
LANGUAGE_FORMS = {"nb": _("Bokmål"), "nn": _("Nynorsk"), "neutral": _("Nøytral")}
SIZES = {
    "under-5000": _("Under 5 000 innbyggere"),
    "5000-20000": _("5 000–19 999 innbyggere"),
    "20000-50000": _("20 000–49 999 innbyggere"),
    "over-50000": _("50 000 innbyggere eller flere"),
}
FACETS = {
    "theme": pgettext_lazy("facet", "Tema"),
    "status": pgettext_lazy("facet", "Hvor langt det er kommet"),
    "procedure": pgettext_lazy("facet", "Prosedyre"),
    "kind": pgettext_lazy("facet", "Type anskaffelse"),
    "buyer": pgettext_lazy("facet", "Hvem som kjøper"),
    "county": pgettext_lazy("facet", "Fylke"),
    "size": pgettext_lazy("facet", "Kommunens størrelse"),
    "figure": pgettext_lazy("facet", "Tall om gevinst"),
    "year": pgettext_lazy("facet", "År"),
    "approach": pgettext_lazy("facet", "Løsningsmåte"),
}
SORTS = {
    "score": _("Mest relevant"),
    "year": _("Nyeste"),
    "fullness": _("Mest utfyllende"),
    "alphabet": _("Tittel A–Å"),
}
# Parts of a case as they are named where a hit says why it is here.
PARTS = {
    "title": _("Tittel"),
    "summary": _("Kort fortalt"),
    "need": _("Behovet"),
    "keywords": _("Andre ord for det"),
    "solution": _("Løsningen"),
    "results": _("Resultater"),
    "specification": _("Kravene"),
    "approach": _("Slik gjorde de det"),
    "lessons": _("Lærdom"),
    "reuse": _("Gjenbruk"),
    "who": _("Hvem"),
    "codes": _("Emnekoder"),
    "theme": _("Tema"),
    "meaning": _("Funnet fordi den ligner i mening, ikke på ordene. Behovet"),
}
# What a reader may miss in a case. Stands alone in a list, and in small letters within a sentence: no commas.
GAPS = {
    "title": _("Navn på saken"),
    "summary": _("Hele saken på to–tre setninger"),
    "need": _("Hva problemet var"),
    "themes": _("Hva saken handler om"),
    "before": _("Hvordan det var før"),
    "buyer": _("Hvem som kjøpte"),
    "when": _("Når det skjedde"),
    "approach": _("Hva som ble gjort steg for steg"),
    "dialogue": _("Samtaler med leverandører på forhånd"),
    "specification": _("Hvordan behovet ble beskrevet"),
    "procedure": _("Hvilken prosedyre som ble brukt"),
    "cost": _("Hva det kostet"),
    "supplier": _("Hvem som leverte"),
    "solution": _("Hva løsningen er"),
    "availability": _("Om andre kan kjøpe løsningen"),
    "effect": _("Hva som ble bedre eller verre"),
    "reuse": _("Om andre har tatt det videre"),
    "gain": _("Hva det ga målt etterpå"),
    "documents": _("Dokumenter å bruke om igjen"),
    "contact": _("Hvem man kan spørre"),
    "lessons": _("Lærdommen"),
}
