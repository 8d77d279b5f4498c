"""Hundreds of pasted pages: the sentences about the need are found, the rest is left."""

from ringvirkning.needs.assessment import Told
from ringvirkning.needs.statement.around import NOTHING
from ringvirkning.needs.statement.long_text import MOST_CHARACTERS, MOST_WORDS, is_long, most_telling
from ringvirkning.needs.statement.read import read_need

LEGAL = "Tilbyder skal oppfylle kravene i forskrift om offentlige anskaffelser § 24-2, jf. lov om anskaffelser.\n\n"
FILLER = "Utvalget hadde møte i rådhuset, og referatet ble lagt fram for medlemmene uten flere merknader fra noen.\n\n"
TABLE = "Post | 2024 | 2025\nLønn | 1 200 | 1 300\n"
CONTENTS = "1.2 Bakgrunn ............ 14\n"
NEEDS = (
    "Beboerne på sykehjemmet faller om natten, og de ansatte bruker lang tid på å finne ut av det.",
    "Behovet er å oppdage fall raskere uten å vekke dem som sover.",
    "Nattevaktene har for mange alarmer, og det er vanskelig å vite hvem som trenger hjelp først.",
)


def document(pages: int) -> str:
    page = "SAKSFRAMLEGG\n\n" + CONTENTS * 3 + LEGAL * 3 + FILLER * 6 + TABLE * 3
    parts = [f"{page}\nSide {number} av {pages}\n\n" for number in range(pages)]
    for number, need in enumerate(NEEDS):
        parts.insert((number + 1) * pages // 4, need + "\n\n")
    return "".join(parts)


def test_the_need_is_found_among_five_hundred_pages() -> None:
    chosen = most_telling(document(500))
    assert all(need in chosen for need in NEEDS)
    assert not any(odd in chosen for odd in ("§", "|", "....", "Side 3", "SAKSFRAMLEGG"))
    assert len(chosen) <= MOST_CHARACTERS
    assert len(chosen.split()) <= MOST_WORDS


def test_chosen_sentences_stand_in_their_order_and_once() -> None:
    chosen = most_telling(document(40))
    places = [chosen.index(need) for need in NEEDS]
    assert places == sorted(places)
    assert chosen.count(NEEDS[0]) == 1


def test_a_long_text_is_read_and_said_to_be_shortened() -> None:
    reading = read_need(document(60), around=NOTHING)
    assert reading.shortened
    assert [one.code for one in reading.remarks] == ["shortened"]
    assert "fall" in {one.id for one in reading.concepts}
    assert len(reading.understood.terms) > 10


def test_answers_are_kept_whole_beside_a_long_text() -> None:
    reading = read_need(document(60), told=Told(whom="hjemmeboende med synstap"), around=NOTHING)
    assert "hjemmeboende med synstap" in reading.text


def test_wrapped_lines_and_divided_words_are_joined() -> None:
    assert "sykehjemmet faller" in most_telling("Beboerne på syke-\nhjemmet\nfaller ofte om natten.\n\n" + FILLER * 99)


def test_tables_and_headings_alone_give_their_beginning() -> None:
    assert most_telling(TABLE * 900).startswith("Post")
    assert most_telling("x" * 50_000) == "x" * MOST_CHARACTERS


def test_a_page_of_text_is_left_as_it_is() -> None:
    assert not is_long(" ".join(NEEDS))
    assert read_need(" ".join(NEEDS), around=NOTHING).text == " ".join(NEEDS)
