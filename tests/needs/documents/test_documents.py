"""Both documents hold everything, in the order promised, in the reader's language, and nothing that is empty."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from tests.needs.documents.conftest import guess
from tests.needs.documents.reading import pdf_text, squeezed, texts_of, word_text

from ringvirkning.needs.assessment import Assessment, ProblemValue, Question, ZeroAlternative
from ringvirkning.needs.documents.compose import paper
from ringvirkning.needs.documents.context import Contact, Context
from ringvirkning.needs.documents.make import as_json, pdf, word
from ringvirkning.needs.documents.paper import Grid, Heading
from ringvirkning.needs.terms import Certainty

Maker = Callable[[Assessment, Context, str], bytes]
BOTH = pytest.mark.parametrize(("make", "read"), [(word, word_text), (pdf, pdf_text)], ids=["word", "pdf"])
ORDER = {
    "nb": [
        "Behovet", "Slik ble behovet forstått", "Løsninger", "Hvis vi ikke gjør noe",
        "Spørsmål til dem som har gjort det",
        "Andre med samme behov", "Konklusjon", "Kilder",
    ],
    "nn": [
        "Behovet", "Slik vart behovet forstått", "Løysingar", "Om vi ikkje gjer noko",
        "Spørsmål til dei som har gjort det",
        "Andre med same behov", "Konklusjon", "Kjelder",
    ],
    "en": [
        "The need", "How the need was understood", "Solutions", "If we do nothing",
        "Questions for those who have done it",
        "Others with the same need", "Conclusion", "Sources",
    ],
}  # fmt: skip


@BOTH
def test_every_text_stands_in_the_document(
    make: Maker, read: Callable[[bytes], str], full: Assessment, context: Context
) -> None:
    told = squeezed(read(make(full, context, "nb")))
    assert [one for one in sorted(texts_of(full, context)) if squeezed(one) not in told] == []


@BOTH
def test_each_source_says_when_it_was_checked_as_precisely_as_we_know(
    make: Maker, read: Callable[[bytes], str], full: Assessment, context: Context
) -> None:
    told = squeezed(read(make(full, context, "nb")))
    for said in (
        "Kilde: Larviks egne ord.",
        "Sist sjekket: 2. oktober 2026.",
        "Kilde: Doffin 2026-1.",
        "Sist sjekket: november 2026.",
        "Lagt til 20. november 2026.",
    ):
        assert squeezed(said) in told, said


@BOTH
def test_what_was_struck_is_told_with_its_label(
    make: Maker, read: Callable[[bytes], str], full: Assessment, context: Context
) -> None:
    told = squeezed(read(make(full, context, "nb")))
    assert squeezed("85100000 Tjenesteytelser innen helsevesenet, natten") in told


@BOTH
def test_kroner_and_dates_are_written_the_norwegian_way_and_called_rough(
    make: Maker, read: Callable[[bytes], str], full: Assessment, context: Context
) -> None:
    told = " ".join(read(make(full, context, "nb")).replace("\xa0", " ").split())
    assert "2 000 000–5 000 000 kroner, trolig 3 000 000" in told
    assert "Grovt anslag over hva problemet koster" in told
    assert "mellom 480 000 og 2 100 000 kroner i året, sannsynligvis 1 100 000" in told  # 160 h × 480 + 400 000, …
    assert "27. november 2026" in told
    assert "Sist sjekket: 2. oktober 2026." in told


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_parts_come_in_their_order(language: str, full: Assessment, context: Context) -> None:
    blocks = paper(full, context, language).blocks
    assert [one.text.text for one in blocks if isinstance(one, Heading) and one.level == 1] == ORDER[language]


@BOTH
def test_the_shortlist_is_judged_in_the_language_of_the_document(
    make: Maker, read: Callable[[bytes], str], full: Assessment, context: Context
) -> None:
    told = " ".join(read(make(full, context, "nn")).split())
    assert all(one in told for one in ("Passar", "Passar delvis", "Passar ikkje", "Løysingsmåte", "Kva som er prøvd"))


ENGLISH = re.compile(
    r"\b(the|and|of|with|what|which|page|need|needs|solutions?|sources?|conclusion|made by|fits)\b", re.I
)
BOKMAL = re.compile(r"\b(ikke|hva|hvor|hvem|hvis|fra|noe|løsning\w*|virksomhet|kilder|begreper|trolig)\b", re.I)


@BOTH
@pytest.mark.parametrize(("language", "foreign"), [("nb", ENGLISH), ("nn", ENGLISH), ("nn", BOKMAL), ("en", BOKMAL)])
def test_no_other_language_leaks_in(
    make: Maker,
    read: Callable[[bytes], str],
    language: str,
    foreign: re.Pattern[str],
    context: Context,
    full: Assessment,
) -> None:
    """All our own words are shown, with typed ones that belong to no language."""
    told = full.model_dump(mode="json")
    neutral = Assessment.model_validate(_neutral(told))
    shown = read(make(neutral, replace(context, facts=()), language))
    assert foreign.findall(shown) == []


def _neutral(value: object, name: str = "") -> object:
    if isinstance(value, dict):
        return {key: _neutral(one, key) for key, one in value.items()}
    if isinstance(value, list):
        return [_neutral(one, name) for one in value]
    free = {"title", "need", "today", "whom", "often", "better", "tried", "added", "wanted", "because", "notes", "text",
            "assumptions", "conclusion", "to", "answer", "buyer"}  # fmt: skip
    if name == "added" and isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return value
    if name == "struck":
        return "85100000"
    return "Xyzzy" if name in free and isinstance(value, str) else value


def test_what_is_empty_has_no_heading(bare: Assessment, nothing: Context) -> None:
    made = paper(bare, nothing, "nb")
    assert [one.text.text for one in made.blocks if isinstance(one, Heading)] == ["Behovet"]
    assert [label for label, _ in made.facts] == ["Dato"]


@BOTH
def test_a_bare_need_is_a_document_too(
    make: Maker, read: Callable[[bytes], str], bare: Assessment, nothing: Context
) -> None:
    told = read(make(bare, nothing, "nb"))
    assert "Bare et behov" in told
    assert "Noen faller." in told


def test_an_empty_value_gives_no_part(bare: Assessment, nothing: Context) -> None:
    empty = bare.model_copy(update={"zero": ZeroAlternative(value=ProblemValue(times_a_year=guess()))})
    assert len(paper(empty, nothing, "nb").blocks) == len(paper(bare, nothing, "nb").blocks)


def test_a_nought_is_a_number(bare: Assessment, nothing: Context) -> None:
    free = ProblemValue(other_kroner_a_year=guess(0, 0, 0))
    made = paper(bare.model_copy(update={"zero": ZeroAlternative(value=free)}), nothing, "nb")
    assert [one.rows[0][1][0].text for one in made.blocks if isinstance(one, Grid)] == ["0"]


def test_a_column_that_would_be_empty_is_left_out(full: Assessment, nothing: Context) -> None:
    unjudged = [one.model_copy(update={"fit": None, "because": None}) for one in full.solutions]
    made = paper(full.model_copy(update={"solutions": unjudged}), nothing, "nb")
    grid = next(one for one in made.blocks if isinstance(one, Grid))
    assert grid.header == ("Løsning", "Innkjøper", "Løsningsmåte")
    assert all(len(row) == len(grid.header) == len(grid.widths) for row in grid.rows)


@pytest.mark.parametrize(
    ("certainty", "sentence"),
    [
        (Certainty.NOTHING, "Ingen har publisert noe som svarer på behovet."),
        (Certainty.UNSURE, "Det er usikkert om noe av dette svarer på behovet. Her er det nærmeste som er funnet."),
    ],
)
def test_it_says_when_nothing_answers(certainty: Certainty, sentence: str, bare: Assessment, nothing: Context) -> None:
    assert sentence in word_text(word(bare, replace(nothing, certainty=certainty), "nb"))


def test_all_contacts_of_a_municipality_stand_with_its_questions(bare: Assessment, nothing: Context) -> None:
    asked = bare.model_copy(update={"questions": [Question(to="Larvik kommune", organisation="larvik", text="Hva?")]})
    contacts = (Contact("Larvik kommune", ("Ås",)), Contact("larvik", ("Ola",)), Contact("bergen", ("Per",)))
    told = word_text(word(asked, replace(nothing, contacts=contacts), "nb"))
    assert told.count("Kontakt") == 1
    assert "Ås" in told
    assert "Ola" in told
    assert "Per" not in told


def test_an_unknown_language_gives_bokmal(bare: Assessment, nothing: Context) -> None:
    assert "Behovsutredning" in word_text(word(bare, nothing, "fi"))


# JSON.


def test_json_is_read_back_equal_and_always_the_same(full: Assessment, bare: Assessment, nothing: Context) -> None:
    for one in (full, bare):
        content = as_json(one, nothing)
        assert Assessment.model_validate_json(content) == one
        assert as_json(Assessment.model_validate_json(content), nothing) == content


def test_json_has_the_source_of_each_solution_and_when_it_was_checked(full: Assessment, context: Context) -> None:
    told = [(one.get("source"), one.get("checked")) for one in json.loads(as_json(full, context))["solutions"]]
    assert told == [("Larviks egne ord", "2026-10-02"), ("Doffin 2026-1", "2026-11"), (None, None)]


def test_json_holds_nothing_unknown(bare: Assessment, nothing: Context) -> None:
    assert "null" not in as_json(bare, nothing).decode()
    assert list(json.loads(as_json(bare, nothing)))[:4] == ["format", "version", "title", "language"]


def test_the_same_gives_the_same_pdf(full: Assessment, context: Context) -> None:
    assert pdf(full, context, "nb") == pdf(full, context, "nb")


def test_the_date_is_that_of_the_document(full: Assessment, context: Context) -> None:
    assert b"2026-11-27" in pdf(full, context, "nb")
    assert context.made == date(2026, 11, 27)
