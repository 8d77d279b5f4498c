"""Typed text is text, whatever is in it, and stands whole in both documents."""

import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from lxml import etree
from tests.needs.documents.reading import pdf_pages, pdf_text, squeezed, word_text

from ringvirkning.needs.assessment import Assessment, Question, Solution, Told
from ringvirkning.needs.documents.context import Context, Facts, SimilarNeed
from ringvirkning.needs.documents.make import pdf, word
from ringvirkning.needs.documents.plain import plain

Maker = Callable[[Assessment, Context], bytes]
BOTH = pytest.mark.parametrize(("make", "read"), [(word, word_text), (pdf, pdf_text)], ids=["word", "pdf"])
MARKUP = [
    '#import "@preview/x:1.0.0": *', "#read(\"data.json\")", "$ x^2 $ og $100", "*fet* _skrå_ `kode` ```blokk```",
    "@kilde <merke> <b>fet</b>", r"\ \\ \u{41} \#", "// ikke en merknad /* heller ikke */", "= Ikke overskrift",
    "- ikke punkt", "+ ikke punkt", "1. ikke punkt", "/ Ord: ikke", "~ -- --- ... 'a' \"b\"", "#(panic())", "]] )( }{",
    "{page} {pages} %s %(x)s {0}", "&amp; &lt; ]]> <![CDATA[", "PAGE \\* MERGEFORMAT { HYPERLINK }", "=HYPERLINK(1)",
]  # fmt: skip
INVISIBLE = "a\x00b\x0bc\x1fd\x7fe\u202ef\u2066g\ufffeh\ufdd0i\U000e0041j"


@BOTH
def test_markup_is_only_text(make: Maker, read: Callable[[bytes], str], nothing: Context) -> None:
    both = [one for one in MARKUP if "<b>" not in one and "<!" not in one]  # a line may hold no HTML
    hostile = Assessment(
        title=both[0],
        need="\n".join(MARKUP),
        told=Told(today="\n\n".join(both)),
        solutions=[
            Solution(kind="case", key="k", title=one, buyer=one, added=date(2026, 1, 1), notes=one) for one in both
        ],
        questions=[Question(to=one, text=one, answer=one) for one in both],
    )
    told = squeezed(read(make(hostile, nothing)))
    for one in MARKUP:
        assert squeezed(one) in told, one


@BOTH
def test_what_nobody_sees_is_taken_out_and_the_rest_stays(
    make: Maker, read: Callable[[bytes], str], nothing: Context
) -> None:
    told = read(make(Assessment(title="x", need=f"Først {INVISIBLE} sist\r\nny\u2028linje\tslutt"), nothing))
    assert "Først abcdefghij sist" in told
    assert squeezed("nylinjeslutt") in squeezed(told)


@BOTH
def test_facts_from_outside_are_cleaned_too(make: Maker, read: Callable[[bytes], str], nothing: Context) -> None:
    hostile = Context(
        made=nothing.made,
        organisation="Eks\x00empel\nkommune",
        people=("Ka\x01ri",),
        address="javascript:alert(1)",
        facts=(Facts("k", title="Ra\x02dar", how_far="i\x03 bruk", address="file:///etc/passwd"),),
        similar=(SimilarNeed("Li\x04kt", address="https://example.no/\x05"),),
    )
    one = Assessment(title="x", need="y", solutions=[Solution(kind="case", key="k", title="z", added=date(2026, 1, 1))])
    content = make(one, hostile)
    told = squeezed(read(content))
    assert all(squeezed(text) in told for text in ("Eksempel kommune", "Kari", "Radar", "i bruk", "Likt"))
    assert b"URI (javascript" not in content
    assert b"URI (file" not in content


def test_no_link_of_word_leads_elsewhere_than_the_net(nothing: Context) -> None:
    facts = (Facts("k", address="file:///etc/passwd"),)
    one = Assessment(title="x", need="y", solutions=[Solution(kind="case", key="k", title="z", added=date(2026, 1, 1))])
    packed = zipfile.ZipFile(BytesIO(word(one, Context(made=nothing.made, facts=facts, address="javascript:x"))))
    assert "External" not in packed.read("word/_rels/document.xml.rels").decode()


@BOTH
@pytest.mark.parametrize(
    "text",
    ["ord og flere ord " * 11_764, "a" * 200_000, "linje\n" * 33_000, "Avsnitt.\n\n" * 20_000, "æ#$*_`@<\\//" * 16_000],
    ids=["words", "one-word", "lines", "paragraphs", "signs"],
)
def test_two_hundred_thousand_characters_stand_whole(
    make: Maker, read: Callable[[bytes], str], text: str, nothing: Context
) -> None:
    told = squeezed(read(make(Assessment(title="Langt", need=text), nothing)))
    assert squeezed(text) in told


@BOTH
def test_a_shortlist_of_two_hundred(make: Maker, read: Callable[[bytes], str], nothing: Context) -> None:
    rows = [
        Solution(
            kind="notice", key=f"n{one}", title=f"Løsning {one}x", buyer=f"Kommune {one}x", added=date(2026, 1, 1),
            fit="partly", because=f"Fordi {one}x " + "lang begrunnelse " * 20, notes=f"Notat {one}x",
            address=f"https://example.no/{one}x",
        )
        for one in range(200)
    ]  # fmt: skip
    told = squeezed(read(make(Assessment(title="Mange", need="x", solutions=rows), nothing)))
    for one in range(200):
        for text in (
            f"Løsning {one}x",
            f"Kommune {one}x",
            f"Fordi {one}x",
            f"Notat {one}x",
            f"https://example.no/{one}x",
        ):
            assert squeezed(text) in told, text


@BOTH
def test_the_longest_cell_is_whole(make: Maker, read: Callable[[bytes], str], nothing: Context) -> None:
    because = ("lang grunn " * 1_818)[:20_000]
    one = Solution(kind="case", key="k", title="x", added=date(2026, 1, 1), fit="no", because=because)
    told = squeezed(read(make(Assessment(title="y", need="z", solutions=[one]), nothing)))
    assert squeezed(because) in told.replace("LøsningVurdering", "")  # the head is shown again on each page


def test_long_words_stay_on_the_page(nothing: Context) -> None:
    """Broken at every thirtieth character, so that none is cut off at the margin."""
    lines = pdf_pages(pdf(Assessment(title="t" * 300, need="w" * 5_000), nothing))[0].splitlines()
    assert max(len(line) for line in lines) < 130


@pytest.mark.parametrize("text", ["שלום עולם", "Привет, мир", "Καλημέρα", "Bures boahtin, Sámi čáhci ŋ đ ŧ ž"])
def test_foreign_scripts_stand_in_both(text: str, nothing: Context) -> None:
    one = Assessment(title=text, need=f"Norsk og {text} og norsk")
    assert squeezed(text) in squeezed(word_text(word(one, nothing)))
    shown = pdf_text(pdf(one, nothing))
    assert all(letter in shown for letter in text)


def test_a_character_that_no_font_has_is_written_as_a_code(nothing: Context) -> None:
    """U+10FFFD is for private use: no font has it."""
    one = Assessment(title="Tegnet \U0010fffd", need="Her er \U0010fffd, og her \U0010fffd.")
    content = pdf(one, nothing)
    told = pdf_text(content)
    assert told.count("[U+10FFFD]") == 3
    assert "mangler noen av tegnene" in told
    assert b"pdfuaid" in content, "it can be read aloud all the same"
    assert "\U0010fffd" in word_text(word(one, nothing))


def test_a_note_on_fonts_stands_only_where_it_is_needed(full: Assessment, context: Context) -> None:
    assert "mangler noen av tegnene" not in pdf_text(pdf(full, context))


@pytest.mark.parametrize(
    "text", ["مرحبا بالعالم", "漢字かな", "😀👩‍👩‍👧🇳🇴", "e\u0301\u0323 a\u030a", "नमस्ते", "\u200d\u200b\ufeff\u00ad"]
)
def test_whatever_the_machine_can_show_it_makes_a_readable_pdf(text: str, nothing: Context) -> None:
    content = pdf(Assessment(title="x" + text, need=f"Før {text} etter"), nothing)
    assert b"pdfuaid" in content
    assert "etter" in pdf_text(content)


def test_the_xml_of_word_has_no_faults(nothing: Context) -> None:
    content = word(Assessment(title="x", need="\n".join(MARKUP) + INVISIBLE), nothing)
    with zipfile.ZipFile(BytesIO(content)) as packed:
        for name in packed.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(packed.read(name))


def test_plain_keeps_what_people_write() -> None:
    kept = "Blåbær, €, «sitat» – tankestrek … 5 °C m² ½ 漢 עם 👩‍👩‍👧\nny linje"
    assert plain(kept) == kept
