"""A case as something to be found: its parts in words, its facets, its numbers to sort by."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ringvirkning.catalogue.models import Case
from ringvirkning.catalogue.terms import OrganisationKind, size_bracket
from ringvirkning.foundation.words import fold
from ringvirkning.search.approaches import approaches_in
from ringvirkning.search.plan import Document, Shape
from ringvirkning.search.text.analyser import analyser
from ringvirkning.sources.casefile.model import CaseFile
from ringvirkning.sources.casefile.terms import BUYERS, Language
from ringvirkning.sources.tables import cpv_labels, los_concepts, themes

KIND = "case"
CASES = Shape(
    kinds=(KIND,),
    # From what says most about a case to what says least. Tuned on the tuning half (docs/decisions/0006).
    fields={"title": 1.2, "need": 1.6, "answer": 1.2, "other": 0.4, "document": 0.1},
    facets=("theme", "status", "procedure", "kind", "buyer", "county", "size", "figure", "year", "approach"),
    ranks=("year", "fullness", "alphabet"),
    ascending=frozenset({"alphabet"}),
    tie=0.15,
    told="approach",
)
# Characters of shared files that count, of each and of a case together: enough to be found by, and quick to read.
MOST_OF_A_FILE, MOST_OF_FILES = 100_000, 200_000
Texts = Mapping[str, str]  # SHA-256 of a file → the text in it


class Passage(NamedTuple):
    """Some words of a case, the part they stand in, the field they count in, and their language where it is known."""

    part: str
    text: str
    field: str
    language: str = ""


def passages(case_file: CaseFile) -> list[Passage]:
    """Return everything a case says, in the order a reader meets it."""
    return [*_need(case_file), *_answer(case_file), *_story(case_file), *_names(case_file)]


def _need(case_file: CaseFile) -> list[Passage]:
    need = case_file.need
    said = [("summary", case_file.summary), ("need", need.description), ("need", need.who), ("need", need.before)]
    found = _texts("title", case_file.title, "title")
    for part, statement in said:
        found += _texts(part, statement.text if statement else {}, "need")
    return found + [
        Passage("keywords", word, "need", language) for language, words in case_file.keywords.items() for word in words
    ]


def _answer(case_file: CaseFile) -> list[Passage]:
    found = []
    for solution in case_file.solutions:
        name = [Passage("solution", solution.name, "answer")] if solution.name else []
        found += [*name, *_texts("solution", solution.text, "answer")]
    for effect in case_file.effects:
        found += _texts("results", effect.text, "answer")
    for figure in case_file.figures:
        found += [*_texts("results", figure.label, "answer"), *_texts("results", figure.assumption, "other")]
    specification = case_file.specification
    return found + _texts("specification", specification.text if specification else None, "answer")


def _story(case_file: CaseFile) -> list[Passage]:
    told = [("approach", step.text) for step in case_file.approach]
    told += [("approach", talk.text) for talk in case_file.dialogue]
    told += [("lessons", lesson.text) for lesson in case_file.lessons]
    told += [("reuse", reuse.text) for reuse in case_file.reuse]
    return [passage for part, texts in told for passage in _texts(part, texts, "other")]


def _names(case_file: CaseFile) -> list[Passage]:
    who = [one.organisation.name for one in (*case_file.parties, *case_file.reuse) if one.organisation]
    who += [supplier.organisation.name for supplier in case_file.suppliers]
    who += [case_file.place.name] if case_file.place else []
    codes = [label for code in case_file.cpv for label in zip(("nb", "en"), cpv_labels().get(code, ()), strict=False)]
    codes += [("nb", los_concepts()[path].get("nb", "")) for path in case_file.los if path in los_concepts()]
    subjects = [themes()[theme]["nb"] for theme in case_file.themes if theme in themes()]
    return [
        *(Passage("who", name, "answer") for name in dict.fromkeys(who)),
        *(Passage("codes", label, "other", language) for language, label in codes),
        *(Passage("theme", subject, "other", "nb") for subject in subjects),
    ]


def file_texts(case_file: CaseFile, texts: Texts) -> list[tuple[str, str]]:
    """Return the title and text of each file that travels with the case and holds text."""
    files = [(one.title, texts.get(one.file.sha256, "")) for one in case_file.documents if one.file]
    return [(title, text) for title, text in files if text]


def _in_files(case_file: CaseFile, texts: Texts) -> list[Passage]:
    found, left = [], MOST_OF_FILES
    for title, text in file_texts(case_file, texts):
        kept = text[: min(left, MOST_OF_A_FILE)]
        left -= len(kept)
        found.append(Passage("document", f"{title}\n{kept}", "document"))
    return found


def _texts(part: str, texts: Mapping[Language, str] | None, field: str) -> list[Passage]:
    return [Passage(part, text, field, language) for language, text in (texts or {}).items()]


def case_document(case: Case, case_file: CaseFile, texts: Texts | None = None) -> Document:
    """Return the case as a document for an engine. ``case`` comes with its parties and organisations.

    ``texts`` are those of its files. They count for little: a long report mentions much that a case is not about.
    """
    return Document(
        key=f"{KIND}/{case.case_id}",
        kind=KIND,
        terms=terms_of([*passages(case_file), *_in_files(case_file, texts or {})]),
        facets=case_facets(case, case_file),
        ranks={"year": case.year or 0, "fullness": fullness(case_file), "alphabet": alphabet(case.title)},
    )


def terms_of(said: Iterable[Passage]) -> dict[str, list[str]]:
    """Return the terms of some passages by the field they count in."""
    terms: dict[str, list[str]] = {}
    for passage in said:
        terms.setdefault(passage.field, []).extend(analyser().terms(passage.text))
    return terms


def approaches_of(case_file: CaseFile) -> list[str]:
    """Return the solution approaches that the case tells of, the weightiest first."""
    return [found.approach for found in approaches_in((one.part, one.text, "nb") for one in passages(case_file))]


def case_facets(case: Case, case_file: CaseFile) -> dict[str, list[str]]:
    """Return the values a case has in each facet; unknown is no value."""
    procurement = case_file.procurement
    buyers = [party.organisation for party in case.parties.all() if party.role in BUYERS]
    sizes = {size_bracket(one.population) for one in buyers if one.kind == OrganisationKind.MUNICIPALITY}
    kinds = [str(procurement.kind)] if procurement and procurement.kind else []
    kinds += [str(procurement.breadth)] if procurement and procurement.breadth else []
    return {
        "theme": list(case_file.themes),
        "status": [str(case_file.state.status)],
        "procedure": [str(procurement.procedure)] if procurement and procurement.procedure else [],
        "kind": kinds,
        "buyer": sorted({one.kind for one in buyers}),
        "county": sorted({one.county for one in buyers if one.county} | ({case.county} if case.county else set())),
        "size": sorted(size for size in sizes if size),
        "figure": sorted({str(figure.kind) for figure in case_file.figures}),
        "year": [str(case.year)] if case.year else [],
        "approach": approaches_of(case_file),
    }


def fullness(case_file: CaseFile) -> int:
    """Return how much a case tells: one point per filled part, more for figures, lessons and documents."""
    parts = (
        case_file.need.before,
        case_file.specification,
        case_file.procurement,
        case_file.suppliers,
        case_file.solutions,
        case_file.effects,
        case_file.reuse,
        case_file.contacts,
    )
    lists = (case_file.approach, case_file.figures, case_file.lessons, case_file.documents, case_file.dialogue)
    return sum(bool(part) for part in parts) + sum(min(4, len(part)) for part in lists)


def alphabet(title: str) -> int:
    """Return a number that sorts as the title does in Norwegian order (… x y z æ ø å), by its first eight letters."""
    order = {letter: place for place, letter in enumerate(" 0123456789abcdefghijklmnopqrstuvwxyzæøå", start=1)}
    number = 0
    for letter in title.lower().ljust(10)[:10]:
        number = number * 42 + order.get(letter, order.get(fold(letter)[:1] or " ", 0))
    return number
