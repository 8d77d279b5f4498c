"""Bokmål and nynorsk, compounds and their parts: different spellings of one thing read alike."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringvirkning.search.query import understand
from ringvirkning.search.text.analyser import analyser
from ringvirkning.search.text.stopwords import PADDING, SMALL
from ringvirkning.search.text.words import composed, pieces, words


def stems(form: str) -> set[str]:
    stem, parts = analyser().read_form(form)
    return {stem, *parts}


@pytest.mark.parametrize(
    ("nynorsk", "bokmal"),
    [
        ("løysing", "løsning"),
        ("løysingar", "løsninger"),
        ("sjukeheim", "sykehjem"),
        ("sjukeheimen", "sykehjemmet"),
        ("sjukehus", "sykehus"),
        ("teneste", "tjeneste"),
        ("vatn", "vann"),
        ("skule", "skole"),
        ("skular", "skoler"),
        ("ferje", "ferge"),
        ("ferjer", "ferger"),
        ("byggjeplass", "byggeplass"),
        ("tryggleiksalarm", "trygghetsalarm"),
        ("overvasshandtering", "overvannshåndtering"),
    ],
)
def test_nynorsk_and_bokmal_have_one_stem(nynorsk: str, bokmal: str) -> None:
    assert analyser().read_form(nynorsk)[0] == analyser().read_form(bokmal)[0]


@pytest.mark.parametrize(
    ("nynorsk", "bokmal"),
    [("heimeteneste", "hjemmetjeneste"), ("heimesjukepleie", "hjemmesykepleie"), ("vassleidning", "vannledning")],
)
def test_nynorsk_and_bokmal_compounds_meet_in_a_stem(nynorsk: str, bokmal: str) -> None:
    assert stems(nynorsk) & stems(bokmal)


@pytest.mark.parametrize(
    ("word", "inflected"),
    [("ferge", "fergene"), ("sykehjem", "sykehjemmene"), ("anlegg", "anleggene"), ("vei", "veien")],
)
def test_inflection_is_taken_off(word: str, inflected: str) -> None:
    assert stems(word) & stems(inflected)


@pytest.mark.parametrize(
    ("compound", "part"),
    [
        ("overvannshåndtering", "overvann"),
        ("overvannshåndtering", "håndtering"),
        ("medisineringsstøtte", "medisinering"),
        ("avløpsledning", "ledning"),
        ("avløpsledning", "avløp"),
        ("elferge", "ferge"),
        ("el-ferge", "ferge"),
        ("elferje", "ferge"),
        ("trygghetsalarm", "alarm"),
        ("skoleskyss", "skole"),
    ],
)
def test_a_compound_answers_to_its_parts(compound: str, part: str) -> None:
    assert analyser().read_form(part)[0] in stems(compound)


@pytest.mark.parametrize(
    ("one", "other"),
    [("el-ferge", "elferge"), ("e-post", "epost"), ("CO2-utslipp", "co2utslipp"), ("VA-nett", "vanett")],
)
def test_a_hyphen_makes_no_difference(one: str, other: str) -> None:
    assert analyser().read_form(one.lower())[0] == analyser().read_form(other.lower())[0]


@pytest.mark.parametrize("word", ["kommune", "transport", "sykehus", "ferge"])
def test_a_plain_word_is_not_cut_to_pieces_that_mean_something_else(word: str) -> None:
    assert all(part in {"syk", "hus"} for part in analyser().read_form(word)[1])


def concepts(text: str) -> set[str]:
    return {mention.concept for mention in analyser().mentions(analyser().read(text))}


@pytest.mark.parametrize(
    ("everyday", "concept"),
    [
        ("eldre som faller om natta", "fall"),
        ("brøytebilen kommer aldri", "broyting"),
        ("de gamle glemmer medisinen sin", "medisindispenser"),
        ("det renner kloakk i kjelleren", "avlopsstopp"),
        ("søppel i havna", "havneforsopling"),
        ("håndtering av overvann", "overvann"),
        ("vi vet ikke hvor lekkasjen er", "vannlekkasje"),
        ("slippe å grave opp hele gata", "gravefri-fornyelse"),
    ],
)
def test_everyday_words_lead_to_the_concept(everyday: str, concept: str) -> None:
    assert concept in concepts(everyday)


@pytest.mark.parametrize(
    ("need", "concept"),
    [
        ("telle stemmesedler ved valget", "valg"),
        ("lang kø i vallokalet på valdagen", "valg"),
        ("for mye mat kastes på sykehjemmene", "matsvinn"),
        ("altfor mykje mat endar i bosset", "matsvinn"),
        ("elever mobber hverandre på nett", "mobbing"),
        ("ungar mobbar kvarandre på nettet", "mobbing"),
        ("children bully each other online", "mobbing"),
        ("residents with dementia wander off at night", "vandring-dorvarsling"),
        ("bilistar køyrer i hol i vegen", "asfalt-og-hull"),
        ("elevane frys i klasserommet om vinteren", "inneklima"),
        ("vannmålerne må leses av for hånd", "vannmaler"),
        ("støyen fra riksveien holder folk våkne", "stoy"),
        ("innbyggjarane skjønar ikkje breva våre", "klarsprak"),
    ],
)
def test_the_concept_of_an_everyday_need_is_the_heaviest(need: str, concept: str) -> None:
    found = understand(need).concepts
    assert found[concept] == max(found.values())


@pytest.mark.parametrize(
    ("said", "concept"),
    [
        ("gulvet i gymsalen er slitt", "fall"),
        ("et åpent vindu", "arbeidslivskriminalitet"),
        ("offentlige bygninger", "innsyn"),
        ("same staden", "samisk"),
        ("en fast avtale", "fastlege"),
        ("ansatte i kommunen", "bemanning-omsorg"),
        ("elever i tredje klasse", "skolekapasitet"),
    ],
)
def test_a_wide_word_does_not_make_a_concept(said: str, concept: str) -> None:
    assert concept not in concepts(said)


def test_a_phrase_may_have_a_few_words_in_between_but_not_a_whole_text() -> None:
    assert "gravefri-fornyelse" in concepts("vi vil slippe helst å grave")
    assert "gravefri-fornyelse" not in concepts("slippe " + "hestehov blåveis hvitveis " * 3 + "grave")


@given(st.text(max_size=300))
def test_words_stand_where_they_say(text: str) -> None:
    whole = composed(text)
    found = words(text)
    assert [word.form for word in found] == [whole[word.start : word.end].lower() for word in found]
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_letters_typed_in_two_parts_are_joined() -> None:
    assert [word.form for word in words("Bla\u030aba\u030ar")] == ["blåbår"]


def test_a_hyphenated_word_is_one_word_with_pieces() -> None:
    assert [word.form for word in words("el-ferge, NO-DIG og CO₂")] == ["el-ferge", "no-dig", "og", "co₂"]
    assert pieces("el-ferge") == ["el", "ferge"]
    assert pieces("--") == []


@given(st.text(max_size=200))
def test_any_text_gives_terms_without_white_space(text: str) -> None:
    assert all(term and not any(sign.isspace() for sign in term) for term in analyser().terms(text))


@pytest.mark.parametrize("word", ["og", "i", "på", "ikkje", "korleis", "hvordan", "the", "me", "eg", "jeg"])
def test_small_words_carry_no_need(word: str) -> None:
    assert word in SMALL
    assert analyser().terms(word) == []


def test_small_words_and_padding_are_written_as_they_are_looked_up() -> None:
    assert all(word == word.lower().strip() for word in SMALL | PADDING)


def test_no_word_is_both_small_and_padding() -> None:
    assert not SMALL & PADDING


def test_no_word_that_names_a_need_is_a_small_word() -> None:
    from ringvirkning.search.text.vocabulary import concepts as all_concepts

    lost = {word for concept in all_concepts() for word in concept.words if word in SMALL}
    assert lost <= {"under"}


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("portalen", ()),  # not port + alen(e)
        ("driftsportalen", ("drift", "portal")),
        ("velferdsteknologien", ("velferd", "teknologi")),
        ("trygghetsalarmer", ("trygg", "alarm")),
        ("avfall", ()),
        ("rapport", ()),
    ],
)
def test_a_word_is_split_where_a_reader_would_split_it(word: str, parts: tuple[str, ...]) -> None:
    assert analyser().read_form(word)[1] == parts
