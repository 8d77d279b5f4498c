"""The vocabulary files are sound. People who know the field write them, so each fault is told by name."""

from collections import Counter

import pytest

from ringvirkning.search.text.analyser import analyser
from ringvirkning.search.text.vocabulary import Concept, concepts, digest, nynorsk_pairs, plain_words, vocabulary_files
from ringvirkning.search.text.words import words
from ringvirkning.sources.tables import themes

ALL = concepts()
IDS = {concept.id for concept in ALL}


def test_no_two_concepts_share_an_id() -> None:
    assert [one for one, times in Counter(concept.id for concept in ALL).items() if times > 1] == []


def test_every_theme_has_concepts() -> None:
    assert {concept.theme for concept in ALL} >= set(themes())


@pytest.mark.parametrize("concept", ALL, ids=lambda concept: concept.id)
def test_a_concept_is_whole(concept: Concept) -> None:
    assert set(concept.labels) == {"nb", "nn", "en"}
    assert all(label.strip() == label and label for label in concept.labels.values())
    assert concept.words
    assert all(word.strip() == word and word for word in (*concept.words, *concept.hints))
    assert set(concept.near) <= IDS - {concept.id}, "near names a concept that is not there"
    assert [one for one, times in Counter(concept.near).items() if times > 1] == []


@pytest.mark.parametrize("concept", ALL, ids=lambda concept: concept.id)
def test_a_concept_says_nothing_twice(concept: Concept) -> None:
    said = Counter(word.lower() for word in (*concept.words, *concept.hints))
    assert [word for word, times in said.items() if times > 1] == []


def test_every_word_of_a_concept_can_be_found() -> None:
    """A word of only small words, or one that is read in two ways, would stand there in vain."""
    lost = [
        (concept.id, word)
        for concept in ALL
        for word in concept.words
        if concept.id not in {mention.concept for mention in analyser().mentions(analyser().read(word))}
    ]
    assert lost == []


def test_a_phrase_of_several_words_is_not_read_as_one() -> None:
    """Small words are not read: "for mange elever" would be said by every need that has pupils in it."""
    lone = [
        (concept.id, phrase)
        for concept in ALL
        for phrase in (*concept.words, *concept.hints)
        if len(words(phrase)) > 1 and sum(not reading.small for reading in analyser().read(phrase)) == 1
    ]
    assert lone == []


def test_nynorsk_pairs_are_lower_case_words_and_lead_no_further() -> None:
    pairs = nynorsk_pairs()
    assert all(nn == nn.lower().strip() and nb == nb.lower().strip() and nn and nb for nn, nb in pairs.items())
    chains = {nn: nb for nn, nb in pairs.items() if nb in pairs and pairs[nb] != nb and nn != nb}
    assert chains == {}


def test_the_plain_words_are_lower_case_and_many() -> None:
    assert len(plain_words()) > 5_000
    assert all(word == word.lower() for word in plain_words())


def test_the_digest_names_the_reading_of_text() -> None:
    assert len(digest()) == 16
    assert {path.name for path in vocabulary_files()} >= {"helse.yaml", "nynorsk.yaml", "cpv.json"}
    assert all(path.is_file() for path in vocabulary_files())
