"""Both documents can be read by those who do not see them."""

import zipfile
from ctypes import create_string_buffer
from dataclasses import replace
from io import BytesIO
from typing import Any

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn
from lxml import etree

from ringvirkning.needs.assessment import Assessment
from ringvirkning.needs.documents.context import Context
from ringvirkning.needs.documents.make import pdf, word
from ringvirkning.needs.documents.word_marks import ORDER

TAGS = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}
LANGUAGES = pytest.mark.parametrize("language", ["nb", "nn", "en"])


def opened(content: bytes) -> Any:
    return docx.Document(BytesIO(content))


def words(element: Any) -> str:
    return "".join(one.text for one in element.iter(qn("w:t")))


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(BytesIO(content)) as packed:
        return packed.read(name).decode()


# Word.


@LANGUAGES
def test_word_says_its_language_and_title(language: str, full: Assessment, context: Context) -> None:
    content = word(full, context, language)
    defaults = opened(content).styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert defaults.get(qn("w:val")) == TAGS[language]
    properties = opened(content).core_properties
    assert (properties.title, properties.language) == (full.title, TAGS[language])
    assert properties.author == "Kari Eksempel, Ola Eksempel"
    assert "python-docx" not in part(content, "docProps/core.xml")


def test_typed_text_is_marked_when_it_is_in_another_language(full: Assessment, context: Context) -> None:
    marked = {
        words(run): run.find(f".//{qn('w:lang')}").get(qn("w:val"))
        for run in opened(word(full, context, "en")).element.body.iter(qn("w:r"))
        if run.find(f".//{qn('w:lang')}") is not None
    }
    assert marked["Beboere faller om natten."] == "nb-NO"
    assert "The need" not in marked
    assert "w:lang " not in part(word(full, context, "nb"), "word/document.xml")


def test_word_has_real_headings_and_no_empty_paragraphs(full: Assessment, context: Context) -> None:
    document = opened(word(full, context, "nb"))
    styles = [one.style.name for one in document.paragraphs]
    assert styles.count("Title") == 1
    assert styles.count("Heading 1") == 8
    assert "Heading 2" in styles
    empty = [one for one in document.paragraphs if not one.text.strip() and not one._p.findall(f".//{qn('w:drawing')}")]
    assert empty == []


def test_heads_of_tables_are_marked_and_shown_again(full: Assessment, context: Context) -> None:
    tables = opened(word(full, context, "nb")).tables
    assert len(tables) == 4
    for table in tables:
        heads = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows]
        assert heads == [True, *[False] * (len(table.rows) - 1)]
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
        look = table._tbl.tblPr.find(qn("w:tblLook"))
        assert (look.get(qn("w:firstRow")), look.get(qn("w:firstColumn"))) == ("1", "1")


def test_properties_of_tables_stand_in_the_order_of_the_schema(full: Assessment, context: Context) -> None:
    for table in opened(word(full, context, "nb")).tables:
        names = [etree.QName(one).localname for one in table._tbl.tblPr]
        assert names == sorted(set(names), key=ORDER.index)


def test_the_logo_is_told_in_words(full: Assessment, context: Context) -> None:
    told = opened(word(full, context, "nn")).inline_shapes[0]._inline.docPr
    assert told.get("descr") == "Logoen til Eksempel kommune"
    assert not opened(word(full, replace(context, logo=None), "nn")).inline_shapes


def test_each_list_of_questions_begins_at_one(full: Assessment, context: Context) -> None:
    numbers = [
        one._p.pPr.numPr.numId.val
        for one in opened(word(full, context, "nb")).paragraphs
        if one.style.name == "List Number"
    ]
    assert len(numbers) == 5  # one question, another one, three sources
    assert len(set(numbers)) == 3


def test_links_of_word_are_links(full: Assessment, context: Context) -> None:
    content = word(full, context, "nb")
    assert "https://example.no/saker/radar" in part(content, "word/_rels/document.xml.rels")
    links = opened(content).element.body.findall(f".//{qn('w:hyperlink')}")
    assert "Radar i taket" in [words(one) for one in links]


def test_pages_of_word_are_numbered_in_words(full: Assessment, context: Context) -> None:
    footer = part(word(full, context, "nb"), "word/footer1.xml")
    assert "Side " in footer
    assert 'w:instr="PAGE"' in footer
    assert 'w:instr="NUMPAGES"' in footer


def test_nothing_of_the_template_is_left_in_word(full: Assessment, context: Context) -> None:
    """Not its picture, not its language; and Word does not open it in the mode for old documents."""
    content = word(full, context, "nb")
    with zipfile.ZipFile(BytesIO(content)) as packed:
        assert [name for name in packed.namelist() if "thumbnail" in name] == []
    settings = etree.fromstring(part(content, "word/settings.xml").encode())
    assert settings.find(qn("w:themeFontLang")).get(qn("w:val")) == "nb-NO"
    modes = [one.get(qn("w:val")) for one in settings.iter(qn("w:compatSetting")) if "Mode" in one.get(qn("w:name"))]
    assert modes == ["15"]


# PDF.


@LANGUAGES
def test_pdf_says_its_standard_language_and_title(language: str, full: Assessment, context: Context) -> None:
    content = pdf(full, context, language)
    document = pypdfium2.PdfDocument(content)
    assert document.get_metadata_value("Title") == full.title
    assert document.get_metadata_value("Author") == "Kari Eksempel, Ola Eksempel"
    assert f"/Lang({TAGS[language]})".encode() in content
    assert b"pdfuaid:part>1" in content
    assert document.is_tagged()
    document.close()


def test_pdf_has_bookmarks_of_its_headings(full: Assessment, context: Context) -> None:
    document = pypdfium2.PdfDocument(pdf(full, context, "nb"))
    found = [(one.level, one.get_title()) for one in document.get_toc()]
    assert (0, "Behovet") in found
    assert (1, "Kortliste") in found
    assert len([one for one in found if one[0] == 0]) == 8
    document.close()


def structure(content: bytes) -> list[tuple[str, str]]:
    """Types and alternative texts of the elements of a PDF's structure, page by page."""
    raw, found = pypdfium2.raw, []
    document = pypdfium2.PdfDocument(content)

    def text(read: Any, element: Any) -> str:
        size = read(element, None, 0)
        held = create_string_buffer(size)
        read(element, held, size)
        return bytes(held.raw).decode("utf-16-le").rstrip("\x00")

    def walk(element: Any) -> None:
        alt = text(raw.FPDF_StructElement_GetAltText, element)
        found.append((text(raw.FPDF_StructElement_GetType, element), alt))
        for number in range(raw.FPDF_StructElement_CountChildren(element)):
            if child := raw.FPDF_StructElement_GetChildAtIndex(element, number):
                walk(child)

    for page in document:
        tree = raw.FPDF_StructTree_GetForPage(page.raw)
        for number in range(raw.FPDF_StructTree_CountChildren(tree)):
            walk(raw.FPDF_StructTree_GetChildAtIndex(tree, number))
        raw.FPDF_StructTree_Close(tree)
    document.close()
    return found


def test_pdf_has_tags_for_what_stands_in_it(full: Assessment, context: Context) -> None:
    found = structure(pdf(full, context, "nb"))
    kinds = {kind for kind, _ in found}
    assert {"H1", "H2", "P", "Table", "TH", "TD", "L", "LI", "Figure", "Link"} <= kinds
    assert ("Figure", "Logoen til Eksempel kommune") in found
