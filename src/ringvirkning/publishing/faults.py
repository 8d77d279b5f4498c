"""What stands in the way of publishing a draft, told at the field in words for whoever fills in the form. Pure.

The case file's own rules are asked first (``sources/casefile/check.py``). Some things the format allows and the library
still does not publish: see ``RULES``. Sentences are in bokmål; faces may translate them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ringvirkning.publishing.normalise import STORED, is_ambiguous, read_amount
from ringvirkning.publishing.reading import Document, Place
from ringvirkning.publishing.terms import OWNS, Step
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
    "missing:title": ("Saken har ingen tittel.", "Skriv i noen få ord hva saken handler om."),
    "missing:summary": ("Sammendraget mangler.", "Fortell i to–tre setninger hva dere gjorde og hva det ga."),
    "missing:need": ("Behovet er ikke beskrevet.", "Skriv hva som var vanskelig, og for hvem."),
    "missing:need.description": ("Behovet er ikke beskrevet.", "Skriv hva som var vanskelig, og for hvem."),
    "missing:themes": ("Saken har ikke noe tema.", "Velg ett til fire temaer, så andre finner saken."),
    "missing:state": ("Vi vet ikke hvor langt dere har kommet.", "Velg det som passer best i dag."),
    "missing:state.status": ("Vi vet ikke hvor langt dere har kommet.", "Velg det som passer best i dag."),
    "missing:place.name": ("Stedet mangler navn.", "Skriv hvor det var, eller ta bort stedet."),
    "missing:parties.*.role": ("Vi vet ikke hva virksomheten var med på.", "Velg en rolle."),
    "missing:*.organisation.name": ("Virksomheten mangler navn.", "Skriv navnet, eller ta bort virksomheten."),
    "missing:*.organisation": ("Virksomheten mangler.", "Skriv navnet på virksomheten."),
    "missing:*.group.description": ("Vi vet ikke hvem de er.", "Skriv hva slags virksomheter det gjelder."),
    "missing:approach.*.phase": ("Vi vet ikke hvilken fase dette gjelder.", "Velg en fase."),
    "missing:approach.*.text": ("Fasen er ikke beskrevet.", "Skriv hva dere gjorde, eller ta bort fasen."),
    "missing:dialogue.*.kind": ("Vi vet ikke hva slags dialog det var.", "Velg det som passer best."),
    "missing:dialogue.*.text": ("Dialogen er ikke beskrevet.", "Skriv kort hva dere gjorde, eller ta den bort."),
    "missing:specification.text": (
        "Vi vet ikke hvordan dere beskrev behovet.",
        "Skriv det kort, eller ta bort valget av måte.",
    ),
    "missing:procurement.funding.*.funder": ("Vi vet ikke hvem som ga støtten.", "Skriv navnet, eller fjern støtten."),
    "missing:suppliers.*.role": ("Vi vet ikke hva leverandøren var med på.", "Velg en rolle."),
    "missing:solutions.*.text": ("Løsningen er ikke beskrevet.", "Skriv kort hva den er, eller ta den bort."),
    "missing:reuse.*.kind": ("Vi vet ikke hvordan de tok saken videre.", "Velg det som passer best."),
    "missing:reuse.*.text": ("Gjenbruken er ikke beskrevet.", "Skriv kort hva de gjorde, eller ta den bort."),
    "missing:figures.*.kind": (
        "Vi vet ikke om tallet er mulig, forventet eller målt.",
        "Velg hva slags tall det er. De tre må ikke blandes.",
    ),
    "missing:figures.*.effect": ("Vi vet ikke hva tallet handler om.", "Velg det som passer best."),
    "missing:figures.*.label": ("Tallet mangler navn.", "Skriv i noen få ord hva tallet måler."),
    "missing:figures.*.unit": ("Tallet mangler enhet.", "Velg enhet, for eksempel kroner, timer eller prosent."),
    "missing:infographic.headline": ("Infografikken mangler overskrift.", "Skriv én setning om det viktigste tallet."),
    "missing:infographic.figures": ("Infografikken har ingen tall.", "Velg tall, eller fjern overskriften."),
    "missing:documents.*.title": ("Dokumentet mangler tittel.", "Skriv hva dokumentet heter."),
    "missing:documents.*.kind": ("Vi vet ikke hva slags dokument det er.", "Velg det som passer best."),
    "missing:documents.*.language": ("Vi vet ikke hvilket språk dokumentet er på.", "Velg språk."),
    "missing:contacts.*.role": ("Kontakten mangler rolle.", "Skriv for eksempel «Innkjøpsavdelingen»."),
    "missing:contacts.*.person.name": ("Personen mangler navn.", "Skriv navnet, eller ta bort personen."),
    "missing:lessons.*.kind": ("Vi vet ikke hva slags lærdom det er.", "Velg det som passer best."),
    "missing:lessons.*.text": ("Lærdommen er tom.", "Skriv hva dere lærte, eller ta den bort."),
    "missing:sources.*.title": ("Kilden mangler tittel.", "Skriv hva kilden heter."),
    "missing:sources.*.kind": ("Vi vet ikke hvem som står bak kilden.", "Velg det som passer best."),
    "missing:*": ("Her mangler noe.", "Fyll ut feltet, eller ta bort det som hører til."),
    "enum:*": ("«{given}» er ikke et av valgene.", "Velg noe fra listen."),
    "too_short:themes": ("Saken har ikke noe tema.", "Velg ett til fire temaer, så andre finner saken."),
    "too_short:infographic.figures": ("Infografikken har ingen tall.", "Velg ett til seks tall."),
    "too_long:themes": ("Saken har for mange temaer.", "Behold de fire som passer best."),
    "too_long:infographic.figures": ("Infografikken har for mange tall.", "Behold de seks viktigste."),
    "string_too_long:*": (
        "Teksten er for lang: den er over {max_length} tegn.",
        "Kort den ned, eller legg resten i et dokument.",
    ),
    "decimal_parsing:*": (
        "Vi klarer ikke å lese tallet «{given}».",
        "Skriv for eksempel 1 250 000, 2,5 mill, 10–12 eller over 13.",
    ),
    "decimal_type:*": ("Vi klarer ikke å lese tallet.", "Skriv for eksempel 1 250 000 eller 2,5 mill."),
    "ambiguous_number": (
        "«{given}» kan leses på to måter.",
        "Skriv tusener med mellomrom (1 250) og desimaler med komma (1,25).",
    ),
    "number_disagrees": (
        "«{given}» stemmer ikke med det som er valgt ved siden av.",
        "Se etter at enhet og periode er de samme, og at tallet står i ett felt.",
    ),
    "int_type:*": ("Vi klarer ikke å lese tallet «{given}».", "Skriv et helt tall, for eksempel 20."),
    "greater_than:*": ("Tallet må være større enn {gt}.", "Rett tallet, eller ta det bort."),
    "greater_than_equal:*": ("Tallet må være minst {ge}.", "Rett tallet, eller ta det bort."),
    "less_than_equal:*": ("Tallet er urimelig stort.", "Se etter en null for mye."),
    "date_unread": (
        "Vi klarer ikke å lese datoen «{given}».",
        "Skriv den så nøyaktig du vet: 2019, juni 2019 eller 14.06.2019.",
    ),
    "address_unread": ("«{given}» er ikke en nettadresse.", "Lim inn hele adressen, for eksempel https://eksempel.no/side."),
    "email_unread": ("«{given}» er ikke en e-postadresse.", "Skriv for eksempel innkjop@eksempel.no."),
    "phone_unread": ("«{given}» er ikke et telefonnummer.", "Skriv bare sifre, for eksempel 12 34 56 78."),
    "figure_without_number": ("Tallet mangler.", "Skriv et tall eller et spenn, for eksempel 10 eller 10–12."),
    "figure_value_and_range": ("Her står både ett tall og et spenn.", "Behold ett av dem."),
    "figure_range": ("Det laveste tallet er ikke lavere enn det høyeste.", "Bytt om eller rett tallene."),
    "potential_without_if": (
        "Et mulig tall må si hva det forutsetter.",
        "Skriv «hvis»-et, for eksempel: hvis alle kommuner gjør det samme.",
    ),
    "realised_without_date": (
        "Et målt tall må si når det ble målt.",
        "Skriv når, så nøyaktig du vet. Er det ikke målt, velg «forventet».",
    ),
    "realised_without_basis": (
        "Et målt tall må si hvordan det ble målt.",
        "Skriv hvem som målte og hvordan. Er det ikke målt, velg «forventet».",
    ),
    "expected_without_basis": (
        "Et forventet tall må si hva det bygger på.",
        "Skriv kort hvordan dere kom fram til det, for eksempel «eget anslag før anskaffelsen».",
    ),
    "organisation_or_group": (
        "Vi vet ikke hvem det gjelder.",
        "Skriv navnet på virksomheten, eller beskriv gruppen. Ikke begge.",
    ),
    "url_or_file": ("Dokumentet mangler.", "Last opp en fil, eller skriv nettadressen der den ligger. Ikke begge."),
    "picture_without_alt": (
        "Bildet mangler tekst for dem som ikke kan se det.",
        "Skriv i én setning hva bildet viser.",
    ),
    "file_without_licence": (
        "Vi vet ikke om andre kan bruke dokumentet.",
        "Velg lisens. CC BY 4.0 passer for det meste dere har laget selv.",
    ),
    "source_without_url": ("Kilden mangler adresse.", "Lim inn nettadressen der andre kan lese den."),
    "own_word_without_publisher": ("Vi vet ikke hvem som sier dette.", "Skriv navnet på virksomheten."),
    "unknown_source": ("Noe viser til en kilde som ikke finnes: {ids}.", "Legg til kilden, eller fjern haken ved den."),
    "unknown_figure": ("Infografikken viser til tall som ikke finnes.", "Velg tallene på nytt."),
    "repeated_id": ("To deler har samme merke: {ids}.", "Ta bort den ene og legg den til på nytt."),
    "end_before_start": ("Slutten er før starten.", "Rett datoene."),
    "markup": ("Teksten har HTML-koder eller skript.", "Skriv den som ren tekst, uten koder i vinkelparenteser."),
    "no_party": ("Vi vet ikke hvem som kjøpte.", "Legg til virksomheten som ledet anskaffelsen."),
    "contact_out_of_reach": (
        "Ingen kan nå denne kontakten.",
        "Skriv en e-postadresse, et telefonnummer eller en nettside.",
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
    if not any(contact.get(way) for way in ("email", "phone", "url")):
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
