"""Why we think so, in words: signals of innovation, and reasons that a case and a notice belong together.

Bokmål; a face translates the sentence and then fills in ``{words}``, the words or the code that decided.
"""

from ringvirkning.foundation.sentences import sentence as _

SIGNALS: dict[str, str] = {
    # Words: how it is bought
    "innovation-partnership": _("Kunngjøringen sier at dette er et innovasjonspartnerskap: «{words}»."),
    "pre-commercial": _("Det kjøpes forskning og utvikling før det finnes noe å kjøpe: «{words}»."),
    "development-contract": _("Kontrakten går ut på å utvikle noe: «{words}»."),
    "design-contest": _("Flere konkurrerer om den beste ideen: «{words}»."),
    "competitive-dialogue": _("Løsningen skal finnes i dialog med leverandørene: «{words}»."),
    "market-dialogue": _("Markedet inviteres til dialog: «{words}»."),
    "request-for-information": _("Oppdragsgiveren spør markedet om hva som finnes: «{words}»."),
    "functional-specification": _("Behovet er beskrevet med funksjon, ikke med løsning: «{words}»."),
    # Words: what is asked for
    "not-on-the-market": _("Det som trengs, finnes ikke i markedet: «{words}»."),
    "innovative": _("Det etterspørres noe innovativt: «{words}»."),
    "new-solutions": _("Det etterspørres nye løsninger, metoder eller ideer: «{words}»."),
    "emerging-technology": _("Teknologien er ny i offentlig sektor: «{words}»."),
    "new-way-of-working": _("Arbeidet skal gjøres på en ny måte: «{words}»."),
    "new-service": _("Brukerne skal få noe nytt: «{words}»."),
    # Words: finding out and trying
    "research-and-development": _("Det kjøpes forskning eller utvikling: «{words}»."),
    "research-mentioned": _("Forskning og utvikling er nevnt: «{words}»."),
    "develop-and-try": _("Noe skal utvikles og prøves: «{words}»."),
    "prototype": _("Det skal lages en prototype: «{words}»."),
    "pilot": _("Noe skal prøves som pilot: «{words}»."),
    "trial": _("Noe skal prøves ut: «{words}»."),
    # Words: against
    "study-or-evaluation": _("Det kjøpes en utredning, evaluering eller undersøkelse: «{words}»."),
    "advice-by-the-hour": _("Det kjøpes rådgivning, kurs eller arbeidskraft: «{words}»."),
    "framework-agreement": _("Det er en rammeavtale: «{words}»."),
    "everyday-goods": _("Det kjøpes en vanlig vare eller tjeneste: «{words}»."),
    "upkeep": _("Det kjøpes drift og vedlikehold av noe som finnes: «{words}»."),
    "said-not-to-be": _("Oppdragsgiveren sier selv at det ikke skal være nytt: «{words}»."),
    # Words that do not count
    "only-a-name": _("«{words}» er et navn og er ikke regnet med."),
    "only-a-phrase": _("«{words}» sies om leverandøren, ikke om det som kjøpes, og er ikke regnet med."),
    "said-not": _("«{words}» er nektet i teksten og er ikke regnet med."),
    # Fields
    "stated-mar-nov": _("Oppdragsgiveren har krysset av for at markedet utfordres til noe nytt."),
    "stated-rd-act": _("Oppdragsgiveren har krysset av for forskning og utvikling."),
    "stated-prod-innov": _("Oppdragsgiveren har krysset av for produktinnovasjon."),
    "stated-proc-innov": _("Oppdragsgiveren har krysset av for prosessinnovasjon."),
    "stated-weakly": _("Oppdragsgiveren har krysset av for innovasjon med en kode som sier lite: {words}."),
    "stated-strategic": _("Oppdragsgiveren har krysset av for innovasjon som strategisk mål."),
    "procedure-innovation": _("Prosedyren er innovasjonspartnerskap."),
    "procedure-comp-dial": _("Prosedyren er konkurransepreget dialog."),
    "kind-contest": _("Kunngjøringen gjelder en plan- og designkonkurranse."),
    "kind-early": _("Kunngjøringen kommer før konkurransen, når det ennå kan påvirkes hva som kjøpes."),
    "kind-direct": _("Kunngjøringen åpner ikke for nye forslag."),
    "cpv-research": _("CPV-koden er forskning og utvikling: {words}."),
    "cpv-everyday": _("CPV-koden er en vanlig vare eller tjeneste: {words}."),
    "criterion": _("Et tildelingskriterium belønner innovasjon: «{words}»."),
}

LINKS: dict[str, str] = {
    "named": _("Saken oppgir kunngjøringens nummer: {words}."),
    "buyer": _("Oppdragsgiveren er den samme."),
    "buyer-mentioned": _("Kunngjøringen nevner sakens oppdragsgiver."),
    "supplier": _("Leverandøren er den samme."),
    "words": _("De har sjeldne ord til felles: {words}."),
    "in-time": _("Årstallet passer: {words}."),
    "out-of-time": _("Årstallet passer dårlig: {words}."),
    "procedure": _("Prosedyren er den samme."),
    "cpv": _("Det er kjøpt samme slags vare eller tjeneste: {words}."),
    "innovative": _("Kunngjøringen ber trolig om noe nytt."),
}
