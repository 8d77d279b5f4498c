"""Reading a case file that anyone may have written, and saying what is wrong in words.

Every fault has its place (a path such as ``figures[2].assumption`` and a line number when it can be told)
and two sentences: what is wrong, and how to mend it. Sentences are in bokmål; faces may translate them.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from ringvirkning.foundation.sentences import sentence as _
from ringvirkning.sources.casefile.model import CaseFile
from ringvirkning.sources.casefile.terms import FORMAT, VERSION
from ringvirkning.sources.tables import cpv_labels, los_concepts, themes

Place = tuple[str | int, ...]  # where in a document: ("figures", 2, "assumption")

BOM = b"\xef\xbb\xbf"  # some programs begin a text file with it
MOST_BYTES = 5_000_000
MOST_DEPTH = 40
STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
SURROGATE = re.compile(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")
MOST_FAULTS = 100


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a case file."""

    code: str
    place: str  # "" means the file as a whole
    line: int | None
    values: dict[str, object]

    @property
    def sentence(self) -> str:
        """What is wrong, in bokmål."""
        return said(self.words[0], self.values)

    @property
    def mend(self) -> str:
        """How to mend it, in bokmål."""
        return said(self.words[1], self.values)

    @property
    def words(self) -> tuple[str, str]:
        """Return the two sentences before values are filled in, for faces that translate them."""
        return SENTENCES.get(self.code, OTHER)


@dataclass(frozen=True)
class Checked:
    """The outcome of reading one file: a case file, or faults that say why not. Never both."""

    name: str
    case_file: CaseFile | None
    faults: tuple[Fault, ...]


# Pydantic's fault type → (what is wrong, how to mend it). {place}, {given} and the fault's own values fill in.
SENTENCES: dict[str, tuple[str, str]] = {
    "missing": (_("Feltet «{field}» mangler."), _("Legg det til. Skjemaet viser hva det skal inneholde.")),
    "extra_forbidden": (
        _("Feltet «{field}» finnes ikke i formatet."),
        _("Se etter skrivefeil, eller ta det bort."),
    ),
    "enum": (_("«{given}» er ikke et av valgene."), _("Bruk ett av disse: {expected}.")),
    "literal_error": (_("«{given}» er ikke gyldig her."), _("Det må stå {expected}.")),
    "string_type": (_("Her skal det stå tekst, men det står {given_type}."), _("Sett teksten i anførselstegn.")),
    "string_too_short": (_("Teksten er tom."), _("Skriv noe, eller ta feltet bort hvis det er ukjent.")),
    "string_too_long": (
        _("Teksten er for lang: den er over {max_length} tegn."),
        _("Kort den ned, eller legg resten i et dokument."),
    ),
    "string_pattern_mismatch": (_("«{given}» er ikke skrevet slik feltet krever."), "{pattern_help}"),
    "list_type": (_("Her skal det stå en liste."), _("Sett innholdet i klammer: [ … ].")),
    "dict_type": (_("Her skal det stå et objekt."), _("Sett innholdet i krøllparenteser: {{ … }}.")),
    "model_type": (
        _("Her skal det stå et objekt med navngitte felt."),
        _("Sett innholdet i krøllparenteser: {{ … }}."),
    ),
    "model_attributes_type": (
        _("Her skal det stå et objekt med navngitte felt."),
        _("Sett innholdet i krøllparenteser: {{ … }}."),
    ),
    "too_short": (_("Listen er tom eller for kort."), _("Fyll den, eller ta feltet bort hvis innholdet er ukjent.")),
    "too_long": (_("Listen er for lang: høyst {max_length}."), _("Behold de viktigste.")),
    "none_forbidden": (_("Feltet er satt til null."), _("Det ukjente utelates: ta feltet bort.")),
    "decimal_parsing": (_("«{given}» er ikke et tall."), _("Skriv tallet uten mellomrom og enhet, f.eks. 1250000.")),
    "decimal_type": (_("Her skal det stå et tall."), _("Skriv tallet uten anførselstegn, mellomrom og enhet.")),
    "int_type": (_("Her skal det stå et helt tall."), _("Skriv et helt tall uten anførselstegn.")),
    "greater_than": (_("Tallet må være større enn {gt}."), _("Rett tallet, eller ta feltet bort hvis det er ukjent.")),
    "greater_than_equal": (_("Tallet må være minst {ge}."), _("Rett tallet, eller ta feltet bort hvis det er ukjent.")),
    "less_than": (_("Tallet er urimelig stort."), _("Pengebeløp skrives i hele kroner. Se etter en null for mye.")),
    "finite_number": (_("Dette er ikke et vanlig tall."), _("Skriv et tall med sifre.")),
    "date_from_datetime_parsing": (
        _("«{given}» er ikke en dato."),
        _("Skriv datoen som ÅÅÅÅ-MM-DD, f.eks. 2026-03-14."),
    ),
    "date_parsing": (_("«{given}» er ikke en dato."), _("Skriv datoen som ÅÅÅÅ-MM-DD, f.eks. 2026-03-14.")),
    "date_from_datetime_inexact": (
        _("«{given}» er et klokkeslett."),
        _("Skriv bare datoen: ÅÅÅÅ-MM-DD, f.eks. 2026-03-14."),
    ),
    "int_parsing_size": (_("Tallet er urimelig stort."), _("Se etter et siffer for mye.")),
    "json_invalid": (_("Filen er ikke gyldig JSON."), _("Se etter ugyldige tegn, komma, anførselstegn og parenteser.")),
    "number_too_long": (_("Et tall i filen har flere tusen sifre."), _("Rett tallet.")),
    "date_type": (_("Her skal det stå en dato."), _("Skriv datoen som ÅÅÅÅ-MM-DD, f.eks. 2026-03-14.")),
    "control_characters": (
        _("Teksten har usynlige styretegn."),
        _("Skriv teksten på nytt, eller lim den inn som ren tekst."),
    ),
    "markup": (_("Teksten har HTML eller skript."), _("Skriv ren tekst uten koder.")),
    "partial_date": (_("«{given}» finnes ikke i kalenderen."), _("Skriv ÅÅÅÅ, ÅÅÅÅ-MM eller ÅÅÅÅ-MM-DD.")),
    "organisation_number": (
        _("«{given}» er ikke et gyldig organisasjonsnummer."),
        _("Det har ni siffer, og det siste er et kontrollsiffer. Slå opp nummeret i Enhetsregisteret."),
    ),
    "organisation_or_group": (
        _("Delen må ha enten «organisation» eller «group», ikke begge og ikke ingen."),
        _("Bruk «organisation» når navnet er kjent, «group» når kilden bare teller dem."),
    ),
    "file_not_with_it": (
        _("Filen «{given}» følger ikke med saksfilen."),
        _("Last inn et arkiv (.zip) som har filen med, eller ta dokumentet bort."),
    ),
    "figure_without_number": (_("Tallet mangler."), _("Gi «value», eller «low» og/eller «high».")),
    "figure_value_and_range": (_("Figuren har både «value» og et spenn."), _("Velg ett av dem.")),
    "figure_range": (_("«low» må være mindre enn «high»."), _("Bytt om eller rett tallene.")),
    "potential_without_if": (
        _("Et potensial må si hva det forutsetter."),
        _('Legg til «assumption», f.eks. {{"nb": "hvis 15 prosent av brukerne får tilbudet"}}.'),
    ),
    "url_or_file": (
        _("Dokumentet må ha enten «url» eller «file», ikke begge og ikke ingen."),
        _("Bruk «url» når det ligger på nettet, «file» når det følger med saken."),
    ),
    "picture_without_alt": (
        _("Bildet mangler tekst for dem som ikke kan se det."),
        _("Legg til «alt»: skriv i én setning hva bildet viser."),
    ),
    "source_without_url": (_("Kilden mangler adresse."), _("Legg til «url», adressen der andre kan lese den.")),
    "own_word_without_publisher": (
        _("Kilden er noens egne ord, men sier ikke hvem sine."),
        _("Legg til «publisher», navnet på virksomheten som sier det."),
    ),
    "unknown_source": (
        _("Det er vist til kilder som ikke finnes: {ids}."),
        _("Legg dem i «sources», eller rett henvisningen."),
    ),
    "unknown_figure": (
        _("Infografikken viser til tall som ikke finnes: {ids}."),
        _("Legg dem i «figures», eller rett id-en."),
    ),
    "repeated_id": (_("Samme id er brukt flere ganger: {ids}."), _("Gi hver sin egen id.")),
    "end_before_start": (_("«end» er før «start»."), _("Rett datoene.")),
    "json": (
        _("Filen er ikke gyldig JSON."),
        _("Feilen er ved linje {json_line}, tegn {json_column}. Se etter komma, anførselstegn og parenteser."),
    ),
    "too_large": (
        _("Filen er for stor: {size} MB, og grensen er 5 MB."),
        _("En sak er tekst. Legg dokumenter og bilder utenfor og lenk til dem."),
    ),
    "too_deep": (
        _("Filen er nøstet for dypt."),
        _("En sak har høyst noen få nivåer. Se etter parenteser som ikke lukkes."),
    ),
    "encoding": (_("Filen er ikke UTF-8."), _("Lagre den på nytt som UTF-8.")),
    "unreadable": (_("Filen kan ikke leses."), _("Kontroller at den finnes og at du har tilgang til den.")),
    "not_an_object": (_("Filen inneholder ikke én sak."), _("Den skal være ett JSON-objekt: {{ … }}.")),
    "format": (
        _("Dette er ikke en saksfil: «format» er ikke «{format}»."),
        _("Kontroller at du har valgt riktig fil."),
    ),
    "version": (
        _("Saksfilen har versjon {given}, som dette programmet ikke kjenner."),
        _("Programmet leser versjon {known}. Oppdater programmet, eller eksporter saken på nytt."),
    ),
    "unknown_theme": (_("Temaet «{given}» finnes ikke."), _("Velg blant: {expected}.")),
    "unknown_cpv": (
        _("CPV-koden {given} finnes ikke i CPV 2008."),
        _("Slå opp koden, åtte siffer uten kontrollsiffer."),
    ),
    "unknown_los": (_("«{given}» finnes ikke i Los."), _("Bruk stien fra Los, f.eks. tema/helse.")),
    "repeated_case": (_("Saken «{given}» står også i {other}."), _("Behold én av filene, eller gi dem hver sin id.")),
}
OTHER = (_("Innholdet er ikke som formatet krever."), _("Sammenlign med skjemaet."))
PATTERNS = {
    "sources": _("Bruk små bokstaver a–z, tall og bindestrek."),
    "id": _("Bruk små bokstaver a–z, tall og bindestrek."),
    "themes": _("Bruk små bokstaver a–z, tall og bindestrek."),
    "figures": _("Bruk små bokstaver a–z, tall og bindestrek."),
    "url": _("Skriv hele adressen, med https:// foran."),
    "link": _("Skriv hele adressen, med https:// foran."),
    "invitation": _("Skriv hele adressen, med https:// foran."),
    "notices": _("Skriv hele adressen, med https:// foran."),
    "cpv": _("Skriv åtte siffer uten kontrollsiffer."),
    "municipality": _("Skriv kommunenummeret med fire siffer."),
    "email": _("Skriv en e-postadresse, f.eks. innkjop@eksempel.no."),
    "phone": _("Skriv telefonnummeret med sifre."),
}
TYPE_WORDS: dict[type, str] = {
    bool: _("ja/nei"),
    int: _("et tall"),
    float: _("et tall"),
    list: _("en liste"),
    dict: _("et objekt"),
    str: _("tekst"),
    object: _("noe annet"),
}
DATE_HELP = _("Skriv datoen så nøyaktig den er kjent: ÅÅÅÅ, ÅÅÅÅ-MM eller ÅÅÅÅ-MM-DD.")


def check_file(path: Path) -> Checked:
    """Read and check one file on disk. Never raises for anything the file holds."""
    name = str(path).encode("utf-8", "replace").decode()  # a file name need not be text
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            return Checked(name, None, (_fault("too_large", "", None, size=size // 1_000_000),))
        content = path.read_bytes()
    except OSError:
        return Checked(name, None, (_fault("unreadable", "", None),))
    return check_bytes(name, content)


def check_bytes(name: str, content: bytes) -> Checked:
    """Check the bytes of one case file. Never raises for anything they hold."""
    parsed, fault = _parse(content)
    if fault:
        return Checked(name, None, (fault,))
    fault = _wrong_kind(parsed)
    if fault:
        return Checked(name, None, (fault,))
    try:
        # Reading from text keeps strict JSON meaning: dates and numbers are checked as they were written.
        case_file = CaseFile.model_validate_json(content.removeprefix(BOM))
    except ValidationError as error:
        lines = _line_finder(content)
        return Checked(name, None, tuple(_from_pydantic(one, lines) for one in error.errors()[:MOST_FAULTS]))
    faults = _nulls(parsed, content) + _unknown_codes(case_file, content)
    return Checked(name, None if faults else case_file, faults)


def check_document(document: object) -> Checked:
    """Check a case file that is already in memory, by the same rules as one on disk."""
    return check_bytes("", json.dumps(document).encode())


def check_files(paths: list[Path]) -> list[Checked]:
    """Check a batch. A case id that stands in two files is refused the second time."""
    seen: dict[str, str] = {}
    outcome = []
    for path in paths:
        checked = check_file(path)
        if checked.case_file and checked.case_file.id in seen:
            case_id = checked.case_file.id
            fault = _fault("repeated_case", "id", None, given=case_id, other=seen[case_id])
            checked = Checked(checked.name, None, (fault,))
        elif checked.case_file:
            seen[checked.case_file.id] = checked.name
        outcome.append(checked)
    return outcome


def _parse(content: bytes) -> tuple[Any, Fault | None]:
    if len(content) > MOST_BYTES:
        return None, _fault("too_large", "", None, size=len(content) // 1_000_000)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None, _fault("encoding", "", None)
    return _parse_text(text)


def _parse_text(text: str) -> tuple[Any, Fault | None]:
    if _depth(text) > MOST_DEPTH:
        return None, _fault("too_deep", "", None)
    try:
        return json.loads(text), None
    except json.JSONDecodeError as error:
        return None, _fault("json", "", error.lineno, json_line=error.lineno, json_column=error.colno)
    except RecursionError:
        return None, _fault("too_deep", "", None)
    except ValueError:  # Python refuses to read numbers of thousands of digits
        return None, _fault("number_too_long", "", None)


def _depth(text: str) -> int:
    """Return how deep brackets nest outside strings: a cheap look before any parser recurses."""
    deepest = depth = 0
    for character in STRING.sub("", text):
        if character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth = max(0, depth - 1)
    return deepest


def _wrong_kind(parsed: object) -> Fault | None:
    if not isinstance(parsed, dict):
        return _fault("not_an_object", "", None)
    if parsed.get("format") != FORMAT:
        return _fault("format", "format", None, format=FORMAT)
    if "version" not in parsed:
        return _fault("missing", "version", None, field="version")
    if parsed["version"] != VERSION:
        return _fault("version", "version", None, given=_short(parsed["version"]), known=VERSION)
    return None


def _nulls(parsed: object, content: bytes) -> tuple[Fault, ...]:
    """Return a fault for each null: the model would take it for absent, but the format has one way to say unknown."""
    places = list(_null_places(parsed, ()))[:MOST_FAULTS]
    lines = _line_finder(content) if places else {}
    return tuple(_fault("none_forbidden", _place(place), _nearest_line(place, lines)) for place in places)


def _null_places(value: object, path: Place) -> Iterator[Place]:
    if value is None:
        yield path
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield from _null_places(child, (*path, key))


def _unknown_codes(case_file: CaseFile, content: bytes) -> tuple[Fault, ...]:
    faults = [("unknown_theme", "themes", i, one) for i, one in enumerate(case_file.themes) if one not in themes()]
    faults += [("unknown_cpv", "cpv", i, one) for i, one in enumerate(case_file.cpv) if one not in cpv_labels()]
    faults += [("unknown_los", "los", i, one) for i, one in enumerate(case_file.los) if one not in los_concepts()]
    lines = _line_finder(content) if faults else {}
    return tuple(
        _fault(code, f"{field}[{i}]", lines.get((field, i)), given=given, expected=", ".join(themes()))
        for code, field, i, given in faults
    )


def _from_pydantic(error: Any, lines: dict[Place, int]) -> Fault:
    location = tuple(error["loc"])
    # A fault in a key of a map is told at the map itself.
    location = location[:-2] if location[-1:] == ("[key]",) else location
    place = _place(location)
    field = str(next((part for part in reversed(location) if isinstance(part, str)), ""))
    given = error.get("input")
    code = error["type"]
    if given is None and code not in {"missing"}:
        code = "none_forbidden"
    return _fault(
        code,
        place,
        _nearest_line(location, lines),
        field=_short(field),
        given=_short(given),
        given_type=_type_word(given),
        pattern_help=PATTERNS.get(field, DATE_HELP),
        **{key: _norwegian(value) for key, value in (error.get("ctx") or {}).items() if key != "given"},
    )


def _norwegian(value: object) -> object:
    """Return a value for a sentence; pydantic joins choices with an English "or"."""
    return value.replace("' or '", "' eller '") if isinstance(value, str) else value


def _fault(code: str, place: str, line: int | None, **values: object) -> Fault:
    return Fault(code, place, line, values)


def said(sentence: str, values: Mapping[str, object]) -> str:
    """Return a sentence (or a face's translation of it) with the fault's values filled in."""
    return sentence.format_map(_Blank(values))


class _Blank(dict[str, object]):
    """Values for a sentence; one that is missing shows as an ellipsis rather than failing."""

    def __missing__(self, key: str) -> str:
        return "…"


def _place(location: Place) -> str:
    parts = [f"[{part}]" if isinstance(part, int) else f".{_short(part)}" for part in location]
    return "".join(parts).removeprefix(".")


def _short(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    clean = "".join(character if character.isprintable() else "·" for character in text[:81])
    return clean[:80] + "…" if len(clean) > 80 else clean


def _type_word(value: object) -> str:
    return TYPE_WORDS.get(type(value), TYPE_WORDS[object])


def _nearest_line(location: Place, lines: dict[Place, int]) -> int | None:
    for length in range(len(location), -1, -1):
        if location[:length] in lines:
            return lines[location[:length]]
    return None


def _line_finder(content: bytes) -> dict[Place, int]:
    """Return the line (from 1) of every place in the file. JSON is near enough YAML for YAML's marks to serve."""
    try:
        root = yaml.compose(_near_yaml(content.decode("utf-8-sig")), Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, RecursionError):
        return {}
    lines: dict[Place, int] = {}
    _collect_lines(root, (), lines)
    return lines


def _near_yaml(text: str) -> str:
    """Return JSON with what YAML reads otherwise taken out; every line keeps its number."""
    for other_break in ("\x85", "\u2028", "\u2029", "\t"):
        text = text.replace(other_break, " ")
    return SURROGATE.sub("\\\\u0020", text)


def _collect_lines(node: Any, path: Place, lines: dict[Place, int]) -> None:
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            _collect_lines(value, (*path, key.value), lines)
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            _collect_lines(value, (*path, number), lines)
