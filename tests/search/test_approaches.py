"""Solution approaches: the lists are sound, and a text is read for the kinds of answers it tells of."""

import hashlib
import json
from typing import Any

import pytest

from ringvirkning.search.approach_lists import SolutionApproach, approach_of, approaches
from ringvirkning.search.approaches import MOST, PARTS, Found, approaches_in, digest
from ringvirkning.search.casedoc import passages
from ringvirkning.search.text.analyser import analyser
from ringvirkning.search.text.vocabulary import concepts
from ringvirkning.search.text.words import forms
from ringvirkning.sources.casefile.model import CaseFile
from ringvirkning.sources.tables import data_folder, table, themes

ALL = approaches()
CONCEPTS = {concept.id for concept in concepts()}
OTHER_FIELDS = {"kultur", "landbruk", "sosial"}  # municipal work that no theme of cases has yet
SHORTEST = 5  # letters of a stem that is all that is left of an expression of several words
ROW: dict[str, Any] = {
    "id": "prove",
    "nb": "Prøve",
    "nn": "Prøve",
    "en": "Trial",
    "what": {"nb": "En prøve.", "nn": "Ei prøve.", "en": "A trial."},
    "words": ["prøveballong"],
}


def found(*said: tuple[str, str]) -> list[str]:
    return [one.approach for one in approaches_in([(part, text, "nb") for part, text in said])]


def test_there_are_approaches_for_every_theme() -> None:
    assert len(ALL) >= 150
    assert {one.theme for one in ALL.values()} == {*themes(), *OTHER_FIELDS}


@pytest.mark.parametrize("one", ALL.values(), ids=lambda one: str(one.id))
def test_an_approach_is_whole(one: SolutionApproach) -> None:
    said = [*one.labels.values(), *one.what.values(), *one.words, *one.maybe, *one.only_with, *one.exclude]
    assert all(text.strip() == text and text for text in said)
    assert all(len(label) <= 60 for label in one.labels.values()), "a label is short"
    assert all(text.endswith(".") for text in one.what.values()), "what is a sentence"
    assert set(one.concepts) <= CONCEPTS, "names a concept that is not in the vocabulary"
    assert len(set(one.words)) == len(one.words), "says a word twice"


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_no_two_approaches_have_the_same_label(language: str) -> None:
    labels = [one.labels[language] for one in ALL.values()]
    assert [label for label in set(labels) if labels.count(label) > 1] == []


def test_no_expression_is_read_as_one_short_word() -> None:
    """«Min side» is read as «side», which is in everything."""
    left = {
        (one.id, word): [reading.stem for reading in analyser().read(word) if not reading.small]
        for one in ALL.values()
        for word in one.words
        if len(forms(word)) > 1
    }
    assert [key for key, stems in left.items() if len(stems) == 1 and len(stems[0]) < SHORTEST] == []


def test_each_approach_is_found_by_its_own_words_in_a_title() -> None:
    lost = [
        (one.id, word)
        for one in ALL.values()
        for word in one.words[:1]
        if one.id not in found(("title", word)) and not one.exclude
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"en": ""}, "lacks en"),
        ({"what": {"nb": "En prøve."}}, r"lacks what\.nn, what\.en"),
        ({"wrods": ["x"]}, "has wrods, which means nothing here"),
        ({"maybe": ["prøve"]}, "needs both maybe and only_with"),
        ({"words": []}, "can never be found"),
    ],
)
def test_a_fault_in_the_lists_is_told_with_file_and_entry(change: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=rf"vei\.yaml: prove .*{says}"):
        approach_of(ROW | change, "vei.yaml")


def test_a_text_tells_its_approach_with_the_words_that_decided() -> None:
    [one] = approaches_in([("title", "Kjøp av medisindispensere", "nb")])
    assert one == Found("medisindispenser", one.weight, ("medisindispensere",), "title")


def test_nynorsk_compounds_and_english_are_read() -> None:
    assert found(("title", "Avløpspumpestasjonar i Vik")) == ["pumpestasjoner"]
    assert found(("title", "Kommunal snøbrøyting")) == ["broyting-som-tjeneste"]
    assert [one.approach for one in approaches_in([("title", "Electric ferry", "en")])] == ["elektriske-ferger"]


def test_a_mention_in_passing_does_not_count() -> None:
    assert found(("title", "Kjøp av sand"), ("description", "Det finnes et renseanlegg i nærheten.")) == []


def test_the_same_words_count_once_however_many_expressions_they_fit() -> None:
    [one] = approaches_in([("title", "Landstrøm", "nb")])
    assert one.weight == PARTS["title"]


def test_names_and_languages_without_lists_are_not_read() -> None:
    assert approaches_in([("buyer", "Renholdstjenester AS", "no")]) == []
    assert approaches_in([("title", "Biogas", "de")]) == []


def test_a_doubtful_word_counts_only_in_company() -> None:
    assert found(("title", "NoDig av stikkledning")) == ["gravefri-boring"]
    assert "gravefri-boring" not in found(("title", "Rammeavtale NoDig"))


def test_a_word_can_be_taken_back_by_another() -> None:
    assert found(("title", "Ombygging av rådhuset")) == ["ombygging"]
    assert found(("title", "Ombygging av kjøretøy")) == []


def test_at_most_three_in_the_same_order_whatever_the_order_of_passages() -> None:
    said = [(part, text, "nb") for part, text in (("title", "Solceller, varmepumpe, landstrøm og biogass"),) * 2]
    said.append(("description", "Varmepumpe", "nb"))
    first = [one.approach for one in approaches_in(said)]
    assert len(first) == MOST
    assert first[0] == "varmepumpe"
    assert [one.approach for one in approaches_in(said[::-1])] == first


def test_the_digest_is_stable() -> None:
    assert digest() == digest()
    assert len(digest()) == 16


def judged() -> dict[str, list[str]]:
    cases: dict[str, list[str]] = table("judged/approaches.json")["cases"]
    return cases


def half(case_id: str) -> str:
    return "tune" if hashlib.sha256(case_id.encode()).digest()[0] % 2 == 0 else "held_out"


def test_every_case_is_judged_by_approaches_that_exist() -> None:
    assert set(judged()) == {path.stem for path in (data_folder() / "cases").glob("*.json")}
    assert {one for listed in judged().values() for one in listed} <= set(ALL)
    assert all(len(listed) <= MOST for listed in judged().values())


def test_the_cases_of_the_tuning_half_are_read_as_a_reader_reads_them() -> None:
    right = got = wanted = 0
    for case_id, listed in judged().items():
        if half(case_id) == "tune":
            read = json.loads((data_folder() / "cases" / f"{case_id}.json").read_text(encoding="utf-8"))
            said = [(one.part, one.text, "nb") for one in passages(CaseFile.model_validate(read))]
            names = {one.approach for one in approaches_in(said)}
            right, got, wanted = right + len(names & set(listed)), got + len(names), wanted + len(listed)
    assert right / got >= 0.8, "precision"
    assert right / wanted >= 0.8, "recall"
