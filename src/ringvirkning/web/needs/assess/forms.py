"""The forms of the written parts: what each asks, from a form to content, and from content to a form.

Nothing is interpreted but numbers, which are read as Norwegians write them; what cannot be read is handed on as it
was typed, and refused at its field by the stage.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from ringvirkning.catalogue.queries import organisation_named
from ringvirkning.needs.terms import Section
from ringvirkning.publishing.typed.normalise import read_number, written
from ringvirkning.web.needs.assess.words import ENDS, FIELDS, Text

Content = dict[str, Any]
MOST_QUESTIONS = 200
LINE, TEXT, RANGE = "line", "text", "range"


@dataclass(frozen=True)
class Asked:
    """One question of a form. ``kind`` is a line, a text, or a range of three numbers."""

    place: str
    kind: str = TEXT
    help: Text = ""
    rows: int = 3
    group: Text = ""  # a heading above it, where a group begins
    group_help: Text = ""


FORMS: dict[Section, tuple[Asked, ...]] = {
    Section.NEED: (
        Asked("title", LINE),
        Asked("need", TEXT, _("Skriv med egne ord. Ikke skriv navn på beboere, elever eller pasienter."), 8),
        Asked(
            "told.today",
            TEXT,
            _("For eksempel: «Nattevakten går tilsyn hver time og vekker beboerne.»"),
            3,
            _("Fem spørsmål som hjelper"),
            _("Svar på dem dere kan. Svarene er med i søket."),
        ),
        Asked("told.whom", TEXT, _("Tenk både på innbyggere og ansatte."), 2),
        Asked("told.often", LINE, _("For eksempel: «Hver natt», «40 ganger i året».")),
        Asked("told.better", TEXT, _("Skriv hva folk skal merke, ikke hva dere skal kjøpe."), 3),
        Asked("told.tried", TEXT, _("Også det som ikke virket."), 2),
        Asked(
            "timing.wanted",
            LINE,
            _("For eksempel: «høsten 2027»."),
            1,
            _("Når og hvor stort"),
            _("Dette hjelper andre med samme behov å se om dere kan kjøpe sammen."),
        ),
        Asked("timing.size_kroner", RANGE, _("Skriv for eksempel «500 000» eller «1,5 mill.».")),
    ),
    Section.VALUE: (
        Asked("zero.text", TEXT, _("Hva fortsetter, hva blir verre, og hvem går det ut over?"), 4),
        Asked(
            "zero.value.times_a_year",
            RANGE,
            "",
            1,
            _("Hva koster problemet i året?"),
            _("Skriv lavt, sannsynlig og høyt anslag. Vet dere bare ett tall, skriv det ene."),
        ),
        Asked("zero.value.minutes_each", RANGE),
        Asked("zero.value.people_each", RANGE),
        Asked("zero.value.wage_an_hour", RANGE),
        Asked(
            "zero.value.other_kroner_a_year", RANGE, _("For eksempel skader, erstatninger, innleie eller materiell.")
        ),
        Asked("zero.value.assumptions", TEXT, _("Hvor har dere tallene fra, og hva er dere mest usikre på?"), 3),
    ),
    Section.CONCLUSION: (
        Asked("conclusion", TEXT, _("Skriv også hva dere ikke vet ennå, og hva som er neste steg."), 8),
    ),
}


@dataclass(frozen=True)
class Box:
    """One box to write in, ready to be drawn."""

    name: str
    label: str
    value: str
    wrong: bool


@dataclass(frozen=True)
class Drawn:
    """One question, ready to be drawn: one box, or three for a range."""

    asked: Asked
    label: str
    boxes: list[Box]
    fault: str = ""


def typed_in(section: Section, posted: QueryDict, stored: Mapping[str, Any]) -> Content:
    """Return what was typed in a part, in the shape of the assessment; blanks left out."""
    if section is Section.QUESTIONS:
        return {"questions": questions_in(posted)}
    content: Content = {"language": stored["language"]} if section is Section.NEED and "language" in stored else {}
    for place in places(section):
        value = posted.get(place, "").replace("\r\n", "\n")
        if value.strip():
            put(content, place, _read(section, place, value))
    return content


def places(section: Section) -> Iterator[str]:
    """Yield the place of every box of a part."""
    for one in FORMS[section]:
        yield from (f"{one.place}.{end}" for end in ENDS) if one.kind == RANGE else (one.place,)


def _read(section: Section, place: str, value: str) -> str:
    ranged = {one.place for one in FORMS[section] if one.kind == RANGE}
    if place.rpartition(".")[0] not in ranged:
        return value
    number = read_number(value[:100])
    return value if number is None else str(number)


def put(content: Content, place: str, value: Any) -> None:
    """Put a value at a dotted place."""
    *path, last = place.split(".")
    for name in path:
        content = content.setdefault(name, {})
    content[last] = value


def at(content: Any, place: str) -> Any:
    """Return the value at a dotted place, or None."""
    for name in place.split("."):
        content = content.get(name) if isinstance(content, Mapping) else None
    return content


def drawn(section: Section, content: Mapping[str, Any], fault: tuple[str, str] = ("", "")) -> list[Drawn]:
    """Return a part's questions with what stands in them. ``fault`` is a place and what is wrong there."""
    return [_drawn(one, content, *fault) for one in FORMS[section]]


def _drawn(asked: Asked, content: Mapping[str, Any], wrong_at: str, fault: str) -> Drawn:
    label = str(FIELDS[asked.place])
    is_here = wrong_at == asked.place or wrong_at.startswith(f"{asked.place}.")
    if asked.kind == RANGE:
        ends = ((f"{asked.place}.{end}", str(words)) for end, words in ENDS.items())
        boxes = [Box(place, words, _number(at(content, place)), place == wrong_at) for place, words in ends]
    else:
        boxes = [Box(asked.place, label, str(at(content, asked.place) or ""), is_here)]
    return Drawn(asked, label, boxes, fault if is_here else "")


def _number(value: Any) -> str:
    """Return a number as people write it; what is not one as it was typed."""
    try:
        return "" if value is None else written(value)
    except ArithmeticError:
        return str(value)


def questions_in(posted: QueryDict) -> list[Content]:
    """Return the questions typed, without those that ask nothing."""
    found = []
    for number in range(MOST_QUESTIONS + 1):
        names = ("to", "about", "text", "answer")
        said = {name: posted.get(f"q-{number}-{name}", "").replace("\r\n", "\n").strip() for name in names}
        if said["text"] or said["answer"]:
            found.append(_question(said))
    return found


def _question(said: Mapping[str, str]) -> Content:
    question: Content = {name: value for name, value in said.items() if value}
    asked = organisation_named(said["to"]) if said["to"] else None
    return {**question, "organisation": asked.slug} if asked else question


def drawn_places(content: Mapping[str, Any], before: str) -> list[tuple[str, str]]:
    """Return the label and the text of each field whose place begins so."""
    fields = (place for place in FIELDS if place.startswith(before))
    return [(str(FIELDS[place]), str(at(content, place) or "")) for place in fields]
