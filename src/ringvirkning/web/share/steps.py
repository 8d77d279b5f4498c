"""The guided steps: every question a writer is asked, with its help and an example. Only words and places, no code.

The order of the questions is the order in which people tell. What most cases can answer comes first; the rest is
folded.
"""

from django.utils.translation import gettext_lazy as _

from ringvirkning.publishing.terms import Step
from ringvirkning.web import words
from ringvirkning.web.share import words as own
from ringvirkning.web.share.shapes import Field, Group, Guide, Items, Kind, Part, When

SPEAKERS = Field(
    "sources",
    Kind.SPEAKERS,
    _("Hvem sier dette?"),
    help=_("Kryss av for kildene som sier det. Uten kryss står det som deres egne ord."),
)
MORE = _("Mer om dette")


def speakers(path: str) -> Field:
    """Return the question of who says a statement."""
    return Field(f"{path}.sources", Kind.SPEAKERS, SPEAKERS.label, help=SPEAKERS.help)


def named_or_counted(label: object) -> tuple[Part, ...]:
    """Return the questions for somebody named, or several who are only counted."""
    return (
        Field("who", Kind.FORK, _("Én virksomhet eller flere?"), choices=own.WHO),
        Field(
            "organisation.name",
            Kind.ORGANISATION,
            label,  # type: ignore[arg-type]
            help=_("Begynn å skrive, så foreslår vi navn."),
            example=_("Larvik kommune"),
            when=When("who", ("named",)),
        ),
        Field(
            "group.description",
            Kind.LINE,
            _("Hvem var de?"),
            example=_("Kommunene i helsefellesskapet"),
            when=When("who", ("group",)),
        ),
        Field("group.count", Kind.NUMBER, _("Hvor mange?"), example="12", when=When("who", ("group",))),
    )


NEED = Guide(
    Step.NEED,
    "behov",
    _("Behovet"),
    _("Hva trengte dere?"),
    _("Begynn med problemet. Det er dette andre leter etter når de leter etter saken deres."),
    (
        Field(
            "title",
            Kind.LINE,
            _("Navn på saken"),
            help=_("Kort og konkret. Si hva det gjelder, så den som ikke kjenner dere, forstår det."),
            example=_("Sensorer som varsler før avløpet går tett"),
            required=True,
        ),
        Field(
            "need.description.text",
            Kind.TEXT,
            _("Hva var problemet?"),
            help=_("Fortell det slik de som merket det, ville sagt det. Vent med løsningen."),
            example=_(
                "Nattevaktene rykket ut 40 ganger i måneden til alarmer der ingen hadde falt. De rakk ikke fram til "
                "dem som lå på gulvet."
            ),
            required=True,
        ),
        speakers("need.description"),
        Field(
            "need.who.text",
            Kind.TEXT,
            _("Hvem gjaldt det?"),
            help=_("Innbyggere, ansatte, pårørende? Skriv gjerne hvor mange."),
            example=_("180 eldre som bor hjemme, og de 35 som jobber natt i hjemmetjenesten."),
        ),
        speakers("need.who"),
        Field(
            "need.before.text",
            Kind.TEXT,
            _("Hvordan var det før?"),
            help=_("Da ser andre om de har det slik selv."),
            example=_("Alle hadde trygghetsalarm rundt halsen. Halvparten lå på nattbordet."),
        ),
        speakers("need.before"),
        Field(
            "summary.text",
            Kind.TEXT,
            _("Hele saken på to–tre setninger"),
            help=_("Hvem gjorde hva, og hva kom det ut av det? Dette leser folk først. Du kan skrive det til slutt."),
            example=_(
                "Fjordvik kommune kjøpte sensorer som merker fall uten kamera. Utrykningene om natten ble halvert på "
                "ett år."
            ),
            required=True,
        ),
        speakers("summary"),
        Field(
            "themes",
            Kind.THEMES,
            _("Hva handler saken om?"),
            help=_("Velg ett til fire temaer."),
            required=True,
        ),
        Group(
            _("Flere ord som gjør saken lett å finne"),
            (
                Field(
                    "keywords",
                    Kind.LINES,
                    _("Andre ord folk bruker"),
                    help=_("Ett ord eller uttrykk på hver linje: dagligtale, fagord, forkortelser."),
                    example=_("trygghetsalarm\nfallsensor\ndigitalt tilsyn"),
                    per_language=True,
                ),
                Field(
                    "cpv",
                    Kind.CODES,
                    _("CPV-koder"),
                    help=_("Kodene fra kunngjøringen, hvis du kjenner dem. Søk på ord eller tall."),
                ),
            ),
            folded=True,
        ),
    ),
    3,
)

WHO = Guide(
    Step.WHO,
    "hvem",
    _("Hvem som var med"),
    _("Hvem var med, og når?"),
    _("Andre vil vite hvem de ligner på, og hvem de kan ringe."),
    (
        Items(
            "parties",
            _("Kommuner og andre offentlige"),
            _("Deltaker"),
            _("Legg til en deltaker"),
            (
                *named_or_counted(_("Navn på virksomheten")),
                Field(
                    "role",
                    Kind.SELECT,
                    _("Hva var de med på?"),
                    choices=words.ROLES,
                    empty=_("Velg"),
                    required=True,
                ),
                Group(
                    MORE,
                    (
                        Field(
                            "note",
                            Kind.LINE,
                            _("Merknad"),
                            example=_("Kom med da de første prøvene var ferdige"),
                        ),
                        SPEAKERS,
                    ),
                    folded=True,
                ),
            ),
            help=_("Begynn med den som ledet anskaffelsen. Leverandører kommer under Resultat."),
            required=True,
        ),
        Field(
            "start",
            Kind.DATE,
            _("Når begynte dere?"),
            help=_("Så nøyaktig du husker. Året er nok."),
            example=_("høsten 2021 skriver du som 2021"),
        ),
        Field(
            "end",
            Kind.DATE,
            _("Når var dere ferdige?"),
            help=_("La stå tomt hvis dere holder på."),
            example="juni 2023",
        ),
        Group(
            _("Skjedde det et annet sted enn hos dere?"),
            (
                Field("place.name", Kind.PLAIN, _("Stedet"), example=_("Fjordvik sykehjem")),
                Field(
                    "place.municipality",
                    Kind.SELECT,
                    _("Kommunen det ligger i"),
                    choices=own.MUNICIPALITIES,
                    empty=_("Vet ikke"),
                ),
            ),
            folded=True,
        ),
    ),
    2,
)

HOW = Guide(
    Step.HOW,
    "hvordan",
    _("Slik gjorde dere det"),
    _("Hvordan gikk dere fram?"),
    _("Fortell det dere selv skulle ønske noen hadde fortalt dere."),
    (
        Items(
            "approach",
            _("Det dere gjorde, steg for steg"),
            _("Steg"),
            _("Legg til et steg"),
            (
                Field(
                    "phase",
                    Kind.SELECT,
                    _("Hvor i arbeidet var dette?"),
                    choices=words.PHASES,
                    empty=_("Velg"),
                    required=True,
                ),
                Field(
                    "text",
                    Kind.TEXT,
                    _("Hva gjorde dere?"),
                    example=_(
                        "Vi fulgte to nattevakter i en uke og skrev ned alt de brukte tid på. Da så vi at alarmene var "
                        "problemet, ikke bemanningen."
                    ),
                    required=True,
                ),
                Group(
                    _("Når, og hvem sier det?"),
                    (
                        Field("start", Kind.DATE, _("Fra"), example="februar 2022"),
                        Field("end", Kind.DATE, _("Til"), example="mai 2022"),
                        SPEAKERS,
                    ),
                    folded=True,
                ),
            ),
            help=_("Tre til fem korte steg er nok."),
        ),
        Items(
            "dialogue",
            _("Samtaler med leverandører før konkurransen"),
            _("Samtale"),
            _("Legg til en samtale"),
            (
                Field("kind", Kind.SELECT, _("Hva slags?"), choices=words.DIALOGUES, empty=_("Velg"), required=True),
                Field(
                    "text",
                    Kind.TEXT,
                    _("Hva skjedde, og hva lærte dere?"),
                    example=_("Leverandørene sa at kravet om kamera utelukket de beste sensorene. Vi tok det bort."),
                    required=True,
                ),
                Group(
                    MORE,
                    (
                        Field("date", Kind.DATE, _("Når?"), example="6. april 2022"),
                        Field("participants", Kind.NUMBER, _("Hvor mange leverandører kom?"), example="14"),
                        Field(
                            "invitation",
                            Kind.URL,
                            _("Nettadressen til invitasjonen"),
                            example="https://eksempel.no/dialogkonferanse",
                        ),
                        SPEAKERS,
                    ),
                    folded=True,
                ),
            ),
            starts_empty=True,
        ),
        Group(
            _("Kravene"),
            (
                Field(
                    "specification.text",
                    Kind.TEXT,
                    _("Hvordan beskrev dere behovet for leverandørene?"),
                    example=_(
                        "Vi skrev ni situasjoner fra en nattevakt, og ba dem vise hvordan de ville løse hver av dem."
                    ),
                ),
                Field(
                    "specification.kind",
                    Kind.RADIO,
                    _("Hva slags krav var det mest av?"),
                    choices=words.SPECIFICATIONS,
                    empty=_("Vet ikke"),
                ),
                speakers("specification"),
            ),
        ),
        Group(
            _("Anskaffelsen"),
            (
                Field(
                    "procurement.procedure", Kind.SELECT, _("Prosedyre"), choices=words.PROCEDURES, empty=_("Vet ikke")
                ),
                Field(
                    "procurement.contract.value.amount",
                    Kind.MONEY,
                    _("Hva var kontrakten verdt?"),
                    help=_("I kroner uten merverdiavgift. Du kan skrive «2,5 millioner»."),
                    example="2 500 000",
                ),
                Group(
                    _("Mer om anskaffelsen"),
                    (
                        Field(
                            "procurement.kind",
                            Kind.RADIO,
                            _("Hva slags innovativ anskaffelse var det?"),
                            choices={
                                code: words.PROCUREMENT_KINDS[code]
                                for code in ("innovation_procurement", "innovation_friendly", "innovative_solution")
                            },
                            explained=own.PROCUREMENT_KINDS_EXPLAINED,
                            empty=_("Vet ikke"),
                        ),
                        Field(
                            "procurement.forms",
                            Kind.MANY,
                            _("Kjennetegn ved kontrakten"),
                            choices=words.CONTRACT_FORMS,
                        ),
                        Field(
                            "procurement.procedure_note",
                            Kind.LINE,
                            _("Prosedyren med egne ord"),
                            example=_("Konkurranse med forhandling i to runder, med prøver hos tre brukere"),
                        ),
                        Field(
                            "procurement.contract.signed",
                            Kind.DATE,
                            _("Når ble kontrakten skrevet under?"),
                            example="12.01.2023",
                        ),
                        Field(
                            "procurement.contract.text",
                            Kind.TEXT,
                            _("Noe andre bør vite om kontrakten"),
                            example=_("To år med mulighet for to til. Fire nabokommuner kan bruke den samme avtalen."),
                        ),
                        speakers("procurement.contract"),
                        Field(
                            "procurement.notices",
                            Kind.LINES,
                            _("Kunngjøringer på Doffin eller TED"),
                            help=_("Én nettadresse på hver linje."),
                            example="https://doffin.no/notices/2022-123456",
                        ),
                        speakers("procurement"),
                    ),
                    folded=True,
                ),
            ),
        ),
        Items(
            "procurement.funding",
            _("Penger utenfra"),
            _("Støtte"),
            _("Legg til støtte"),
            (
                Field("funder", Kind.PLAIN, _("Hvem ga støtte?"), example="Innovasjon Norge", required=True),
                Field("money.amount", Kind.MONEY, _("Hvor mye?"), example="800 000"),
                Field("year", Kind.DATE, _("Hvilket år?"), example="2022"),
                SPEAKERS,
            ),
            folded=True,
            starts_empty=True,
        ),
    ),
    4,
)

RESULT = Guide(
    Step.RESULT,
    "resultat",
    _("Resultatet"),
    _("Hvordan gikk det?"),
    _("Også det som stoppet, er verdt å dele. Tall kommer i neste steg."),
    (
        Field(
            "state.status",
            Kind.RADIO,
            _("Hvor langt har dere kommet?"),
            choices=words.STATUSES,
            required=True,
        ),
        Field(
            "state.as_of",
            Kind.DATE,
            _("Når så du sist etter?"),
            help=_("Da vet leseren hvor ferskt det er."),
            example="oktober 2026",
        ),
        Field(
            "state.outcome",
            Kind.RADIO,
            _("Ble løsningen tatt i bruk?"),
            choices=words.OUTCOMES,
            empty=_("Vet ikke ennå"),
        ),
        Items(
            "solutions",
            _("Løsningen"),
            _("Løsning"),
            _("Legg til en løsning"),
            (
                Field(
                    "text",
                    Kind.TEXT,
                    _("Hva fikk dere?"),
                    help=_("Så konkret at en kollega i en annen kommune ser det for seg."),
                    example=_(
                        "En sensor på veggen som merker om noen faller. Den ser varme og bevegelse, ikke bilder, og "
                        "varsler telefonen til nattevakten."
                    ),
                    required=True,
                ),
                Field("name", Kind.PLAIN, _("Produktnavn"), example=_("Nattugla")),
                Field(
                    "availability",
                    Kind.RADIO,
                    _("Kan andre kjøpe den?"),
                    choices=words.AVAILABILITY,
                    empty=_("Vet ikke"),
                ),
                Group(
                    MORE,
                    (
                        Field("link", Kind.URL, _("Nettside om løsningen"), example="https://eksempel.no/nattugla"),
                        SPEAKERS,
                    ),
                    folded=True,
                ),
            ),
        ),
        Items(
            "suppliers",
            _("Leverandører"),
            _("Leverandør"),
            _("Legg til en leverandør"),
            (
                Field("organisation.name", Kind.PLAIN, _("Navn"), example="Nattlys Teknologi AS", required=True),
                Field("role", Kind.SELECT, _("Rolle"), choices=words.SUPPLIER_ROLES, empty=_("Velg"), required=True),
                Group(
                    MORE,
                    (
                        Field(
                            "organisation.number",
                            Kind.PLAIN,
                            _("Organisasjonsnummer"),
                            help=_("Ni siffer, hvis du har det."),
                        ),
                        Field("note", Kind.LINE, _("Merknad"), example=_("Het Varsle AS fram til 2022")),
                        SPEAKERS,
                    ),
                    folded=True,
                ),
            ),
            starts_empty=True,
        ),
        Items(
            "effects",
            _("Det som ble bedre eller verre, i ord"),
            _("Virkning"),
            _("Legg til en virkning"),
            (
                Field(
                    "text",
                    Kind.TEXT,
                    _("Hva merket dere?"),
                    example=_(
                        "Nattevaktene sier at de sover bedre når de har fri. Pårørende ringer sjeldnere om natten."
                    ),
                    required=True,
                ),
                SPEAKERS,
            ),
            starts_empty=True,
        ),
        Items(
            "reuse",
            _("Andre som tok det videre"),
            _("Gjenbruk"),
            _("Legg til noen som tok det videre"),
            (
                *named_or_counted(_("Hvem tok det videre?")),
                Field("kind", Kind.SELECT, _("Hva gjorde de?"), choices=words.REUSE, empty=_("Velg"), required=True),
                Field(
                    "text",
                    Kind.TEXT,
                    _("Fortell kort"),
                    example=_("Kjøpte de samme sensorene på vår rammeavtale, til to omsorgsboliger."),
                    required=True,
                ),
                Group(MORE, (Field("date", Kind.DATE, _("Når?"), example="2024"), SPEAKERS), folded=True),
            ),
            folded=True,
            starts_empty=True,
        ),
        Group(
            _("Mer om hvordan det gikk"),
            (
                Field(
                    "state.note.text",
                    Kind.TEXT,
                    _("Hvorfor gikk det som det gikk?"),
                    example=_("Piloten stoppet da leverandøren ble solgt. Vi lyser ut på nytt i 2027."),
                ),
                speakers("state.note"),
            ),
            folded=True,
        ),
    ),
    3,
)

REALISED, EXPECTED, POTENTIAL = ("realised",), ("expected",), ("potential",)
FIGURES = Guide(
    Step.FIGURES,
    "tall",
    _("Tallene"),
    _("Hva ga det i tall?"),
    _("Ett ærlig tall er bedre enn fem løse. Si alltid om det er målt, ventet eller bare mulig."),
    (
        Items(
            "figures",
            _("Tall"),
            _("Tall"),
            _("Legg til et tall"),
            (
                Field(
                    "kind",
                    Kind.RADIO,
                    _("Hva slags tall er det?"),
                    choices=own.FIGURE_KINDS,
                    explained=own.FIGURE_KINDS_EXPLAINED,
                    required=True,
                ),
                Field(
                    "label",
                    Kind.LINE,
                    _("Hva er det et tall på?"),
                    example=_("Færre utrykninger om natten"),
                    required=True,
                ),
                Field("shape", Kind.FORK, _("Hvor nøyaktig er tallet?"), choices=own.SHAPES),
                Field(
                    "value",
                    Kind.NUMBER,
                    _("Tallet"),
                    example="1 250 000",
                    required=True,
                    when=When("shape", ("value",)),
                ),
                Field("low", Kind.NUMBER, _("Fra"), example="10", required=True, when=When("shape", ("between",))),
                Field("high", Kind.NUMBER, _("Til"), example="12", required=True, when=When("shape", ("between",))),
                Field("low", Kind.NUMBER, _("Mer enn"), example="13", required=True, when=When("shape", ("over",))),
                Field("high", Kind.NUMBER, _("Inntil"), example="85", required=True, when=When("shape", ("upto",))),
                Field("unit", Kind.SELECT, _("Enhet"), choices=words.UNITS, empty=_("Velg"), required=True),
                Field("per", Kind.SELECT, _("Gjelder for"), choices=own.PER, empty=_("Én gang, i alt")),
                Field(
                    "effect",
                    Kind.SELECT,
                    _("Hva handler tallet om?"),
                    choices=own.EFFECTS,
                    empty=_("Velg"),
                    required=True,
                ),
                Field(
                    "assumption",
                    Kind.LINE,
                    _("Hvis hva?"),
                    help=_("Et mulig tall gjelder bare hvis noe skjer. Skriv hva."),
                    example=_("hvis alle kommuner i fylket tar det i bruk"),
                    required=True,
                    when=When("kind", POTENTIAL),
                ),
                Field(
                    "basis",
                    Kind.TEXT,
                    _("Hvem har regnet det ut, og hvordan?"),
                    example=_("Vår egen utregning: utrykninger per bruker ganget med antall brukere i fylket"),
                    when=When("kind", POTENTIAL),
                ),
                Field(
                    "basis",
                    Kind.TEXT,
                    _("Hvordan kom dere fram til anslaget?"),
                    example=_("Gevinstplanen fra 2021: ti minutter spart for hver utrykning som faller bort"),
                    required=True,
                    when=When("kind", EXPECTED),
                ),
                Field(
                    "assumption",
                    Kind.LINE,
                    _("Hva måtte slå til?"),
                    example=_("at 120 brukere får sensor første året"),
                    when=When("kind", EXPECTED),
                ),
                Field("date", Kind.DATE, _("Når ble anslaget gjort?"), example="2021", when=When("kind", EXPECTED)),
                Field(
                    "basis",
                    Kind.TEXT,
                    _("Hvordan ble det målt?"),
                    help=_("Hvem målte, og mot hva?"),
                    example=_("Talt i fagsystemet i tre måneder, mot de samme månedene året før"),
                    required=True,
                    when=When("kind", REALISED),
                ),
                Field(
                    "date",
                    Kind.DATE,
                    _("Når ble det målt?"),
                    example="våren 2024 skriver du som 2024",
                    required=True,
                    when=When("kind", REALISED),
                ),
                Field(
                    "assumption",
                    Kind.LINE,
                    _("Noe tallet forutsetter?"),
                    example=_("Gjelder de 120 som hadde sensor hele året"),
                    when=When("kind", REALISED),
                ),
                Group(
                    MORE,
                    (
                        Field(
                            "unit_note",
                            Kind.LINE,
                            _("Hva er det som telles?"),
                            help=_("Når enheten sier lite, som «enheter» eller «personer»."),
                            example=_("sensorer i omsorgsboliger"),
                        ),
                        SPEAKERS,
                    ),
                    folded=True,
                ),
            ),
            help=_("Har dere ingen tall? Gå videre. Virkninger i ord teller også."),
        ),
    ),
    3,
)

DOCUMENTS = Guide(
    Step.DOCUMENTS,
    "dokumenter",
    _("Dokumenter og bilder"),
    _("Hva kan andre bruke om igjen?"),
    _("En kravspesifikasjon eller en invitasjon sparer andre for uker. Last opp filen, eller lim inn nettadressen."),
    (
        Items(
            "documents",
            _("Dokumenter og bilder"),
            _("Dokument"),
            _("Legg til en nettadresse"),
            (
                Field("title", Kind.PLAIN, _("Tittel"), example=_("Kravspesifikasjon for fallsensorer"), required=True),
                Field(
                    "url",
                    Kind.URL,
                    _("Nettadresse"),
                    example="https://eksempel.no/kravspesifikasjon.pdf",
                    required=True,
                    when=When("place", ("url",)),
                ),
                Field("kind", Kind.SELECT, _("Hva er det?"), choices=words.DOCUMENTS, empty=_("Velg"), required=True),
                Field(
                    "alt",
                    Kind.LINE,
                    _("Hva viser bildet?"),
                    help=_("Leses opp for dem som ikke ser det."),
                    example=_("En hvit sensor på størrelse med en fyrstikkeske, festet over en seng"),
                    required=True,
                    when=When("place", ("picture",)),
                ),
                Field(
                    "licence",
                    Kind.SELECT,
                    _("Hva har andre lov til?"),
                    choices=own.LICENCES,
                    empty=_("Ikke avklart"),
                ),
                Group(
                    MORE,
                    (
                        Field("published", Kind.DATE, _("Når ble det laget?"), example="mars 2022"),
                        Field("language", Kind.SELECT, _("Språk"), choices=words.LANGUAGES),
                    ),
                    folded=True,
                ),
            ),
            starts_empty=True,
        ),
    ),
    2,
)

CONTACTS = Guide(
    Step.CONTACTS,
    "kontakter",
    _("Kontakter"),
    _("Hvem kan andre spørre?"),
    _("Bruk helst en felles adresse som noen leser også om tre år."),
    (
        Items(
            "contacts",
            _("Kontakter"),
            _("Kontakt"),
            _("Legg til en kontakt"),
            (
                Field(
                    "organisation.name", Kind.ORGANISATION, _("Virksomhet"), example="Fjordvik kommune", required=True
                ),
                Field(
                    "role",
                    Kind.LINE,
                    _("Avdeling eller rolle"),
                    example=_("Hjemmetjenesten, velferdsteknologi"),
                    required=True,
                ),
                Field("email", Kind.EMAIL, _("E-post"), example="velferdsteknologi@eksempel.no"),
                Field("phone", Kind.PHONE, _("Telefon"), example="33 00 00 00"),
                Group(
                    MORE,
                    (
                        Field(
                            "url",
                            Kind.URL,
                            _("Nettside med kontaktopplysninger"),
                            example="https://eksempel.no/kontakt",
                        ),
                        Field(
                            "person.name",
                            Kind.PLAIN,
                            _("Navn på en person"),
                            help=_("Personen får en e-post og må si ja før navnet vises. Et nei er like greit."),
                            example="Kari Nordmann",
                        ),
                    ),
                    folded=True,
                ),
            ),
            help=_("Gi minst én måte å nå dere på: e-post, telefon eller nettside."),
        ),
    ),
    1,
)

LESSONS = Guide(
    Step.LESSONS,
    "lerdom",
    _("Lærdom"),
    _("Hva lærte dere?"),
    _("Det som ikke virket, er ofte det andre har mest nytte av."),
    (
        Items(
            "lessons",
            _("Lærdom"),
            _("Lærdom"),
            _("Legg til en lærdom"),
            (
                Field("kind", Kind.RADIO, _("Hva slags?"), choices=words.LESSONS, required=True),
                Field(
                    "text",
                    Kind.TEXT,
                    _("Fortell"),
                    help=_("Én ting om gangen. Si gjerne hva dere ville gjort annerledes."),
                    example=_("Vi spurte IKT for sent. Ta dem med fra første møte, ellers stopper det på nettverket."),
                    required=True,
                ),
                SPEAKERS,
            ),
        ),
    ),
    2,
)

SOURCES = Guide(
    Step.SOURCES,
    "kilder",
    _("Kilder"),
    _("Hvor kan andre lese mer?"),
    _("Rapporter, nettsider, avisartikler. Det du selv har skrevet, står som deres egne ord og trenger ingen kilde."),
    (
        Items(
            "sources",
            _("Kilder"),
            _("Kilde"),
            _("Legg til en kilde"),
            (
                Field(
                    "title", Kind.PLAIN, _("Tittel"), example=_("Sluttrapport: Trygg natt i Fjordvik"), required=True
                ),
                Field(
                    "url",
                    Kind.URL,
                    _("Nettadresse"),
                    help=_(
                        "Trengs for alt andre kan lese på nettet, men ikke for det dere selv forteller biblioteket."
                    ),
                    example="https://eksempel.no/trygg-natt",
                ),
                Field(
                    "kind", Kind.SELECT, _("Hvem står bak?"), choices=own.SOURCE_KINDS, empty=_("Velg"), required=True
                ),
                Group(
                    MORE,
                    (
                        Field("publisher", Kind.PLAIN, _("Utgiver"), example="Fjordvik kommune"),
                        Field("published", Kind.DATE, _("Når kom den ut?"), example="mars 2024"),
                        Field(
                            "checked",
                            Kind.DATE,
                            _("Når så du sist at den finnes?"),
                            help=_("Står det tomt, skriver vi dagens dato."),
                        ),
                    ),
                    folded=True,
                ),
            ),
            starts_empty=True,
        ),
        Field(
            "licence",
            Kind.RADIO,
            _("Hva har andre lov til med teksten deres?"),
            choices=own.TEXT_LICENCES,
            explained=own.TEXT_LICENCES_EXPLAINED,
            required=True,
            default="CC-BY-4.0",
        ),
    ),
    1,
)

GUIDES: dict[Step, Guide] = {
    guide.step: guide for guide in (NEED, WHO, HOW, RESULT, FIGURES, DOCUMENTS, CONTACTS, LESSONS, SOURCES)
}
BY_ADDRESS: dict[str, Guide] = {guide.address: guide for guide in GUIDES.values()}
