"""Danish and Swedish needs find what the Norwegian ones find, and Norwegian and English ones are left as they are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ringvirkning.search.measure import judged_needs
from ringvirkning.search.query import understand
from ringvirkning.search.text.analyser import analyser
from ringvirkning.search.text.neighbours import DANISH, SWEDISH, neighbour, neighbour_language
from ringvirkning.search.text.tongues import read_in, terms_in
from ringvirkning.search.text.vocabulary import concepts, neighbour_pairs, vocabulary_files
from ringvirkning.search.text.words import forms

ENOUGH = 0.6  # share of the Norwegian need's weight that the neighbour's need gets too; it was 0.2–0.4

# A need in a neighbour's language, and the same in bokmål.
SAME_NEEDS = [
    ("Ældre borgere falder hjemme, og ingen opdager det", "Eldre innbyggere faller hjemme, og ingen oppdager det"),
    ("Kloakken løber over ved skybrud", "Avløpet renner over ved styrtregn"),
    ("Snerydning af cykelstier kommer for sent", "Brøyting av sykkelveier kommer for sent"),
    ("Vi vil nedbringe madspild på plejehjem", "Vi vil redusere matsvinn på sykehjem"),
    ("Sagsbehandlingen af byggesager tager for lang tid", "Saksbehandlingen av byggesaker tar for lang tid"),
    ("Äldre ramlar hemma på natten", "Eldre faller hjemme om natten"),
    ("Vattenledningarna är gamla och dricksvatten läcker ut", "Vannledningene er gamle og drikkevann lekker ut"),
    ("Snöröjningen av cykelvägar kommer för sent", "Brøytingen av sykkelveier kommer for sent"),
    ("Barn blir mobbade på skolgården", "Barn blir mobbet i skolegården"),
    ("Fönster och dörrar står öppna på vintern", "Vinduer og dører står åpne om vinteren"),
]


@pytest.mark.parametrize(("theirs", "ours"), SAME_NEEDS)
def test_a_neighbours_need_is_read_as_the_norwegian_one(theirs: str, ours: str) -> None:
    wanted, found = understand(ours).terms, understand(theirs).terms
    got = sum(weight for term, weight in wanted.items() if term in found)
    assert got / sum(wanted.values()) >= ENOUGH


@pytest.mark.parametrize("need", [need for need in judged_needs() if need.language in {"nb", "nn", "en"}])
def test_a_need_in_our_own_languages_is_not_taken_for_a_neighbours(need) -> None:  # type: ignore[no-untyped-def]
    assert neighbour_language(forms(need.need)) == "", need.id


def test_the_words_of_the_vocabulary_are_not_taken_for_a_neighbours() -> None:
    said = {word for one in concepts() for word in (*one.words, *one.hints, *one.labels.values())}
    assert [word for word in sorted(said) if neighbour_language(forms(word))] == []


@pytest.mark.parametrize(
    "text", ["", "robot", "pleie", "Snø til besvær", "bedre anbudd", "personal alarm", "123", "🚲"]
)
def test_a_few_words_that_may_be_ours_are_left_alone(text: str) -> None:
    assert neighbour_language(forms(text)) == ""


@pytest.mark.parametrize(("text", "language"), [("hvornår kommer vejen", DANISH), ("snöröjning", SWEDISH)])
def test_a_few_words_can_tell(text: str, language: str) -> None:
    assert neighbour_language(forms(text)) == language


@pytest.mark.parametrize(
    ("language", "word", "bokmal"),
    [
        (SWEDISH, "rolig", "morsom"),
        (SWEDISH, "lugn", "rolig"),
        (DANISH, "rolig", "rolig"),
        (SWEDISH, "frukost", "frokost"),
        (DANISH, "frokost", "lunsj"),
        (SWEDISH, "semester", "ferie"),
        (SWEDISH, "anledning", "grunn"),
        (SWEDISH, "bolla", "diskutere"),
        (SWEDISH, "glass", "iskrem"),
        (SWEDISH, "glas", "glass"),
        (DANISH, "kald", "anrop"),
    ],
)
def test_false_friends_mean_what_they_mean_there(language: str, word: str, bokmal: str) -> None:
    assert neighbour(language).meant(word).word == bokmal


@pytest.mark.parametrize(
    ("language", "word", "bokmal"),
    [
        (DANISH, "vejene", "veiene"),
        (DANISH, "skolerne", "skolene"),
        (DANISH, "vejbelysningen", "veilys"),
        (DANISH, "kommunikation", "kommunikasjon"),
        (SWEDISH, "kommunikation", "kommunikasjon"),
        (SWEDISH, "vattenmätarna", "vannmåler"),
        (SWEDISH, "skolbyggnader", "skolebygninger"),
    ],
)
def test_inflections_compounds_and_other_spellings_are_seen_through(language: str, word: str, bokmal: str) -> None:
    assert neighbour(language).meant(word).word == bokmal


def test_what_was_read_as_another_word_is_told() -> None:
    assert understand("snöröjning på gångbanor").mended["snöröjning"] == ("brøyting",)


def test_a_word_that_means_something_else_there_is_not_searched_for_as_ours() -> None:
    assert "rol" not in understand("det är en rolig lekplats för barn").terms


@pytest.mark.parametrize(
    ("theirs", "ours"), [pair for pair in SAME_NEEDS if neighbour_language(forms(pair[0])) == DANISH]
)
def test_a_danish_notice_is_indexed_as_the_norwegian_one_and_as_it_stands(theirs: str, ours: str) -> None:
    found, wanted = set(terms_in("da", theirs)), set(terms_in("nb", ours))
    assert len(found & wanted) / len(wanted) >= ENOUGH


def test_a_danish_word_can_be_found_as_it_stands() -> None:
    assert {"snerydning", analyser().stem_word("brøyting")} <= set(terms_in("da", "Snerydning"))


def test_what_is_indexed_of_a_danish_text_is_what_is_read_of_it() -> None:
    text = " ".join(theirs for theirs, _ in SAME_NEEDS[:5])
    read = {stem for reading in read_in("da", text) if not reading.small for stem in reading.stems}
    assert {term for term in terms_in("da", text) if term[0] not in "=~"} == read


@pytest.mark.parametrize("language", [DANISH, SWEDISH])
def test_the_pairs_are_single_words_in_lower_case_and_many(language: str) -> None:
    pairs = neighbour_pairs()[language]
    assert len(pairs) > 1_000
    assert [(key, word) for key, word in pairs.items() if forms(key) != [key] or forms(word) != [word]] == []
    assert [key for key, word in pairs.items() if key == word] == []


def test_the_pairs_are_part_of_the_digest() -> None:
    assert "neighbours.yaml" in {path.name for path in vocabulary_files()}


@settings(max_examples=50)
@given(st.text("abdefgiklmnoprstuvyåäöæø-", min_size=1, max_size=60), st.sampled_from([DANISH, SWEDISH]))
def test_any_word_is_read(word: str, language: str) -> None:
    assert isinstance(neighbour(language).meant(word).word, str)
