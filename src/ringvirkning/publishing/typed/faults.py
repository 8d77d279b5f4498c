"""What stands in the way of publishing a draft, told at the field in words for whoever fills in the form. Pure.

The case file's own rules are asked first (``sources/casefile/check.py``). Some things the format allows and the library
still does not publish: see ``RULES``. Sentences are in bokmål; faces may translate them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ringvirkning.foundation.sentences import sentence as _
from ringvirkning.publishing.terms import OWNS, Step
from ringvirkning.publishing.typed.normalise import STORED, is_ambiguous, read_amount
from ringvirkning.publishing.typed.reading import Document, Place
from ringvirkning.sources.casefile.check import OTHER as SOMETHING_ELSE
from ringvirkning.sources.casefile.check import SENTENCES as OF_THE_FORMAT
from ringvirkning.sources.casefile.check import check_document, said
from ringvirkning.sources.casefile.terms import OWN_WORD, SourceKind

STEP_OF = {key: step for step, keys in OWNS.items() for key in keys}
EMPTY_DAY = "1900-01-01"  # stands in for a consent that is not yet given while the rest is checked


@dataclass(frozen=True)
class DraftFault:
    """One thing to mend before the case can be published. ``place`` is where it was typed: ``figures.0.assumption``."""

    step: Step
    place: str
    code: str
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """What is wrong, in bokmål."""
        return said(self.words[0], dict(self.values))

    @property
    def mend(self) -> str:
        """How to mend it, in bokmål."""
        return said(self.words[1], dict(self.values))

    @property
    def words(self) -> tuple[str, str]:
        """Return the two sentences before values are filled in, for faces that translate them."""
        known = SENTENCES.get(self.code) or SENTENCES.get(f"{self.code}:{_pattern(self.place)}")
        return known or SENTENCES.get(f"{self.code}:*") or OF_THE_FORMAT.get(self.code, SOMETHING_ELSE)


# "code" or "code:place" → (what is wrong, how to mend it). A star stands for a place in a list, or for any place.
SENTENCES: dict[str, tuple[str, str]] = {
    "missing:title": (_("Saken har ingen tittel."), _("Skriv i noen få ord hva saken handler om.")),
    "missing:summary.text": (
        _("Sammendraget mangler."),
        _("Fortell i to–tre setninger hva dere gjorde og hva det ga."),
    ),
    "missing:need.description.text": (_("Behovet er ikke beskrevet."), _("Skriv hva som var vanskelig, og for hvem.")),
    "missing:themes": (_("Saken har ikke noe tema."), _("Velg ett til fire temaer, så andre finner saken.")),
    "missing:state.status": (_("Vi vet ikke hvor langt dere har kommet."), _("Velg det som passer best i dag.")),
    "missing:place.name": (_("Stedet mangler navn."), _("Skriv hvor det var, eller ta bort stedet.")),
    "missing:parties.*.role": (_("Vi vet ikke hva virksomheten var med på."), _("Velg en rolle.")),
    "missing:*.organisation.name": (_("Virksomheten mangler navn."), _("Skriv navnet, eller ta bort virksomheten.")),
    "missing:*.organisation": (_("Virksomheten mangler."), _("Skriv navnet på virksomheten.")),
    "missing:*.group.description": (_("Vi vet ikke hvem de er."), _("Skriv hva slags virksomheter det gjelder.")),
    "missing:approach.*.phase": (_("Vi vet ikke hvilken fase dette gjelder."), _("Velg en fase.")),
    "missing:approach.*.text": (_("Fasen er ikke beskrevet."), _("Skriv hva dere gjorde, eller ta bort fasen.")),
    "missing:dialogue.*.kind": (_("Vi vet ikke hva slags dialog det var."), _("Velg det som passer best.")),
    "missing:dialogue.*.text": (_("Dialogen er ikke beskrevet."), _("Skriv kort hva dere gjorde, eller ta den bort.")),
    "missing:specification.text": (
        _("Vi vet ikke hvordan dere beskrev behovet."),
        _("Skriv det kort, eller ta bort valget av måte."),
    ),
    "missing:procurement.funding.*.funder": (
        _("Vi vet ikke hvem som ga støtten."),
        _("Skriv navnet, eller fjern støtten."),
    ),
    "missing:suppliers.*.role": (_("Vi vet ikke hva leverandøren var med på."), _("Velg en rolle.")),
    "missing:solutions.*.text": (_("Løsningen er ikke beskrevet."), _("Skriv kort hva den er, eller ta den bort.")),
    "missing:reuse.*.kind": (_("Vi vet ikke hvordan de tok saken videre."), _("Velg det som passer best.")),
    "missing:reuse.*.text": (_("Gjenbruken er ikke beskrevet."), _("Skriv kort hva de gjorde, eller ta den bort.")),
    "missing:figures.*.kind": (
        _("Vi vet ikke om tallet er mulig, forventet eller målt."),
        _("Velg hva slags tall det er. De tre må ikke blandes."),
    ),
    "missing:figures.*.effect": (_("Vi vet ikke hva tallet handler om."), _("Velg det som passer best.")),
    "missing:figures.*.label": (_("Tallet mangler navn."), _("Skriv i noen få ord hva tallet måler.")),
    "missing:figures.*.unit": (_("Tallet mangler enhet."), _("Velg enhet, for eksempel kroner, timer eller prosent.")),
    "missing:infographic.headline": (
        _("Infografikken mangler overskrift."),
        _("Skriv én setning om det viktigste tallet."),
    ),
    "missing:infographic.figures": (_("Infografikken har ingen tall."), _("Velg tall, eller fjern overskriften.")),
    "missing:documents.*.title": (_("Dokumentet mangler tittel."), _("Skriv hva dokumentet heter.")),
    "missing:documents.*.kind": (_("Vi vet ikke hva slags dokument det er."), _("Velg det som passer best.")),
    "missing:documents.*.language": (_("Vi vet ikke hvilket språk dokumentet er på."), _("Velg språk.")),
    "missing:contacts.*.role": (_("Kontakten mangler rolle."), _("Skriv for eksempel «Innkjøpsavdelingen».")),
    "missing:contacts.*.person.name": (_("Personen mangler navn."), _("Skriv navnet, eller ta bort personen.")),
    "missing:lessons.*.kind": (_("Vi vet ikke hva slags lærdom det er."), _("Velg det som passer best.")),
    "missing:lessons.*.text": (_("Lærdommen er tom."), _("Skriv hva dere lærte, eller ta den bort.")),
    "missing:sources.*.title": (_("Kilden mangler tittel."), _("Skriv hva kilden heter.")),
    "missing:sources.*.kind": (_("Vi vet ikke hvem som står bak kilden."), _("Velg det som passer best.")),
    "missing:*": (_("Her mangler noe."), _("Fyll ut feltet, eller ta bort det som hører til.")),
    "enum:*": (_("«{given}» er ikke et av valgene."), _("Velg noe fra listen.")),
    "too_short:themes": (_("Saken har ikke noe tema."), _("Velg ett til fire temaer, så andre finner saken.")),
    "too_short:infographic.figures": (_("Infografikken har ingen tall."), _("Velg ett til seks tall.")),
    "too_long:themes": (_("Saken har for mange temaer."), _("Behold de fire som passer best.")),
    "too_long:infographic.figures": (_("Infografikken har for mange tall."), _("Behold de seks viktigste.")),
    "string_too_long:*": (
        _("Teksten er for lang: den er over {max_length} tegn."),
        _("Kort den ned, eller legg resten i et dokument."),
    ),
    "decimal_parsing:*": (
        _("Vi klarer ikke å lese tallet «{given}»."),
        _("Skriv for eksempel 1 250 000, 2,5 mill, 10–12 eller over 13."),
    ),
    "decimal_type:*": (_("Vi klarer ikke å lese tallet."), _("Skriv for eksempel 1 250 000 eller 2,5 mill.")),
    "ambiguous_number": (
        _("«{given}» kan leses på to måter."),
        _("Skriv tusener med mellomrom (1 250) og desimaler med komma (1,25)."),
    ),
    "number_disagrees": (
        _("«{given}» stemmer ikke med det som er valgt ved siden av."),
        _("Se etter at enhet og periode er de samme, og at tallet står i ett felt."),
    ),
    "int_type:*": (_("Vi klarer ikke å lese tallet «{given}»."), _("Skriv et helt tall, for eksempel 20.")),
    "greater_than:*": (_("Tallet må være større enn {gt}."), _("Rett tallet, eller ta det bort.")),
    "greater_than_equal:*": (_("Tallet må være minst {ge}."), _("Rett tallet, eller ta det bort.")),
    "less_than_equal:*": (_("Tallet er urimelig stort."), _("Se etter en null for mye.")),
    "date_unread": (
        _("Vi klarer ikke å lese datoen «{given}»."),
        _("Skriv den så nøyaktig du vet: 2019, juni 2019 eller 14.06.2019."),
    ),
    "address_unread": (
        _("«{given}» er ikke en nettadresse."),
        _("Lim inn hele adressen, for eksempel https://eksempel.no/side."),
    ),
    "email_unread": (_("«{given}» er ikke en e-postadresse."), _("Skriv for eksempel innkjop@eksempel.no.")),
    "phone_unread": (_("«{given}» er ikke et telefonnummer."), _("Skriv bare sifre, for eksempel 12 34 56 78.")),
    "figure_without_number": (_("Tallet mangler."), _("Skriv et tall eller et spenn, for eksempel 10 eller 10–12.")),
    "figure_value_and_range": (_("Her står både ett tall og et spenn."), _("Behold ett av dem.")),
    "figure_range": (_("Det laveste tallet er ikke lavere enn det høyeste."), _("Bytt om eller rett tallene.")),
    "potential_without_if": (
        _("Et mulig tall må si hva det forutsetter."),
        _("Skriv «hvis»-et, for eksempel: hvis alle kommuner gjør det samme."),
    ),
    "realised_without_date": (
        _("Et målt tall må si når det ble målt."),
        _("Skriv når, så nøyaktig du vet. Er det ikke målt, velg «forventet»."),
    ),
    "realised_without_basis": (
        _("Et målt tall må si hvordan det ble målt."),
        _("Skriv hvem som målte og hvordan. Er det ikke målt, velg «forventet»."),
    ),
    "expected_without_basis": (
        _("Et forventet tall må si hva det bygger på."),
        _("Skriv kort hvordan dere kom fram til det, for eksempel «eget anslag før anskaffelsen»."),
    ),
    "organisation_or_group": (
        _("Vi vet ikke hvem det gjelder."),
        _("Skriv navnet på virksomheten, eller beskriv gruppen. Ikke begge."),
    ),
    "url_or_file": (
        _("Dokumentet mangler."),
        _("Last opp en fil, eller skriv nettadressen der den ligger. Ikke begge."),
    ),
    "picture_without_alt": (
        _("Bildet mangler tekst for dem som ikke kan se det."),
        _("Skriv i én setning hva bildet viser."),
    ),
    "file_without_licence": (
        _("Vi vet ikke om andre kan bruke dokumentet."),
        _("Velg lisens. CC BY 4.0 passer for det meste dere har laget selv."),
    ),
    "file_refused": ("{said}", _("Du kan også fjerne dokumentet.")),
    "source_without_url": (_("Kilden mangler adresse."), _("Lim inn nettadressen der andre kan lese den.")),
    "own_word_without_publisher": (_("Vi vet ikke hvem som sier dette."), _("Skriv navnet på virksomheten.")),
    "unknown_source": (
        _("Noe viser til en kilde som ikke finnes: {ids}."),
        _("Legg til kilden, eller fjern haken ved den."),
    ),
    "unknown_figure": (_("Infografikken viser til tall som ikke finnes."), _("Velg tallene på nytt.")),
    "repeated_id": (_("To deler har samme merke: {ids}."), _("Ta bort den ene og legg den til på nytt.")),
    "end_before_start": (_("Slutten er før starten."), _("Rett datoene.")),
    "markup": (_("Teksten har HTML-koder eller skript."), _("Skriv den som ren tekst, uten koder i vinkelparenteser.")),
    "no_party": (_("Vi vet ikke hvem som kjøpte."), _("Legg til virksomheten som ledet anskaffelsen.")),
    "person_without_email": (
        _("Vi kan ikke spørre personen om lov til å vise navnet."),
        _("Skriv e-postadressen til personen, eller ta bort navnet."),
    ),
    "contact_out_of_reach": (
        _("Ingen kan nå denne kontakten."),
        _("Skriv en e-postadresse, et telefonnummer eller en nettside."),
    ),
}  # fmt: skip

# A rule about a whole part → the field it is told at, within the part.
FIELD_OF = {
    "figure_without_number": "value",
    "figure_value_and_range": "value",
    "figure_range": "high",
    "potential_without_if": "assumption",
    "organisation_or_group": "organisation.name",
    "url_or_file": "url",
    "picture_without_alt": "alt",
    "source_without_url": "url",
    "own_word_without_publisher": "publisher",
    "end_before_start": "end",
    "unknown_source": "sources",
    "unknown_figure": "infographic.figures",
}
# What is missing as a whole is told at the field where one begins.
FIRST_FIELD = {
    "summary": "summary.text", "need": "need.description.text", "need.description": "need.description.text",
    "state": "state.status",
}  # fmt: skip
UNREAD = {
    "url": "address_unread", "link": "address_unread", "invitation": "address_unread", "notices": "address_unread",
    "email": "email_unread", "phone": "phone_unread",
    "start": "date_unread", "end": "date_unread", "date": "date_unread", "as_of": "date_unread",
    "signed": "date_unread", "year": "date_unread", "published": "date_unread", "checked": "date_unread",
    "confirmed": "date_unread", "consented": "date_unread",
}  # fmt: skip


def faults(document: Mapping[str, Any]) -> list[DraftFault]:
    """Return everything that keeps a composed document from being published, in the order of the steps."""
    ours = [_at_the_field(document, *told) for told in _of_the_library(document)]
    better_said = {fault.place for fault in ours}
    formats = [_at_the_field(document, *told) for told in _of_the_format(document)]
    found = [*(fault for fault in formats if fault.place not in better_said), *ours]
    unlike = list({(fault.place, fault.code): fault for fault in found}.values())
    return sorted(unlike, key=lambda fault: list(Step).index(fault.step))


_Told = tuple[str, str, dict[str, object]]


def _of_the_format(document: Mapping[str, Any]) -> Iterator[_Told]:
    """Give what the case file itself refuses. A consent that nobody has answered yet is no fault of the writer's."""
    checked = check_document(_as_if_consented(document))
    for fault in checked.faults:
        place = re.sub(r"\[(\d+)\]", r".\1", fault.place)
        if place != "sources" or fault.code != "too_short":  # a source comes by itself with the first statement
            yield place, fault.code, fault.values


def _as_if_consented(document: Mapping[str, Any]) -> dict[str, Any]:
    contacts = document.get("contacts")
    if not isinstance(contacts, list):
        return dict(document)
    return {**document, "contacts": [_consenting(contact) for contact in contacts]}


def _consenting(contact: object) -> object:
    if not isinstance(contact, dict) or not isinstance(contact.get("person"), dict):
        return contact
    return {**contact, "person": {"consented": EMPTY_DAY, **contact["person"]}}


def _of_the_library(document: Mapping[str, Any]) -> Iterator[_Told]:
    """Give what the format allows and the library does not publish."""
    if not document.get("parties") and _somebody_shares_it(document):
        yield "parties", "no_party", {}
    own = {source.get("id") for source in _parts(document.get("sources")) if source.get("kind") in OWN_WORD}
    for key, rule in RULES:
        for number, part in enumerate(_parts(document.get(key))):
            if key == "figures" and not own.issuperset(map(str, part.get("sources", []))):
                continue  # somebody else's number: the source says on what ground, or it is unknown
            yield from ((f"{key}.{number}{place}", code, values) for place, code, values in rule(part))
    for place, text in typed_numbers(document):
        if is_ambiguous(text) or not STORED.fullmatch(text):
            yield place, _why_unread(text), {"given": text}


def _somebody_shares_it(document: Mapping[str, Any]) -> bool:
    """Tell whether it is somebody's own case. What editors write from public sources may have buyers nobody knows."""
    kinds = {source.get("kind") for source in _parts(document.get("sources"))}
    return not kinds or SourceKind.STATED in kinds


def _why_unread(text: str) -> str:
    """Return why a number was left as it was typed."""
    if is_ambiguous(text):
        return "ambiguous_number"
    return "number_disagrees" if read_amount(text) else "decimal_parsing"


def _parts(value: object) -> Iterable[dict[str, Any]]:
    return [part if isinstance(part, dict) else {} for part in value] if isinstance(value, list) else []


def _figure(figure: Mapping[str, Any]) -> Iterator[_Told]:
    """A figure is not to be blurred: what was measured says when and how, what was expected says on what ground."""
    kind = figure.get("kind")
    if kind == "realised" and not figure.get("date"):
        yield ".date", "realised_without_date", {}
    if kind in {"realised", "expected"} and not figure.get("basis"):
        yield ".basis", f"{kind}_without_basis", {}


def _contact(contact: Mapping[str, Any]) -> Iterator[_Told]:
    person = contact.get("person")
    if isinstance(person, dict) and person.get("name") and not (contact.get("email") or person.get("consented")):
        yield ".email", "person_without_email", {}
    elif not any(contact.get(way) for way in ("email", "phone", "url")):
        yield ".email", "contact_out_of_reach", {}


def _document(document: Mapping[str, Any]) -> Iterator[_Told]:
    if document.get("file") and not document.get("licence"):
        yield ".licence", "file_without_licence", {}


RULES = (("figures", _figure), ("contacts", _contact), ("documents", _document))


def typed_numbers(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Give the numbers that are still text. The model itself would take "1.250" for one and a quarter."""
    for number, figure in enumerate(_parts(document.get("figures"))):
        yield from ((f"figures.{number}.{end}", str(figure.get(end))) for end in ("value", "low", "high")
                    if isinstance(figure.get(end), str))  # fmt: skip
    terms = document.get("procurement")
    terms = terms if isinstance(terms, dict) else {}
    yield from _typed_money("procurement.contract.value", _inside(terms, "contract", "value"))
    for number, funding in enumerate(_parts(terms.get("funding"))):
        yield from _typed_money(f"procurement.funding.{number}.money", funding.get("money"))


def _inside(value: object, *keys: str) -> object:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _typed_money(place: str, money: object) -> Iterator[tuple[str, str]]:
    if isinstance(money, dict) and isinstance(money.get("amount"), str):
        yield f"{place}.amount", money["amount"]


def _at_the_field(document: Mapping[str, Any], place: str, code: str, values: Mapping[str, object]) -> DraftFault:
    """Return the fault where the writer meets it: at a field of the form, in the row it was typed in."""
    field_name = re.split(r"\.(?=\D)", place)[-1].split(".")[0]
    if code in {"string_pattern_mismatch", "partial_date", "date_parsing", "date_from_datetime_parsing"}:
        code = UNREAD.get(field_name, code)
    if code in FIELD_OF:
        place = f"{place}.{FIELD_OF[code]}".removeprefix(".")
    if code == "repeated_id":
        place = f"{values.get('what')}s"
    if code == "missing":
        place = FIRST_FIELD.get(place, place)
    place = _typed(document, place)
    return DraftFault(STEP_OF.get(place.split(".")[0], Step.NEED), place, code, dict(values))


def _typed(document: Mapping[str, Any], place: str) -> str:
    if not isinstance(document, Document):
        return place
    parts: Place = tuple(int(part) if part.isdecimal() else part for part in place.split("."))
    return ".".join(str(part) for part in document.typed_at(parts))


def _pattern(place: str) -> str:
    return re.sub(r"\.\d+", ".*", place)
