"""What python-docx has no words for: languages, links, fields, marked table heads, lists that begin at one."""

from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml.etree import QName  # type: ignore[import-untyped]

# Properties of a table, in the order of Word's schema.
ORDER = (
    "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd"
    " tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription"
).split()
NEWEST_WORD = "15"  # Word 2013 and every one since
TAGS = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}


def element(name: str, **values: object) -> Any:
    """Return an element of Word's XML with its attributes."""
    made = OxmlElement(f"w:{name}")
    for key, value in values.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


def speak(properties: Any, language: str) -> None:
    """Say which language the text with these properties is in."""
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    tag = TAGS[language]
    properties.append(element("lang", val=tag, eastAsia=tag, bidi="ar-SA"))


def linked(paragraph: Paragraph, run: Run, address: str) -> None:
    """Make a run of the paragraph a link to an address on the net."""
    identity = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), identity)
    run._r.addprevious(link)
    link.append(run._r)


def add_field(paragraph: Paragraph, code: str) -> None:
    """Add what Word fills in itself: "PAGE", "NUMPAGES"."""
    field = element("fldSimple", instr=code)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def mark_head(row: _Row) -> None:
    """Mark a row as the head of its table, shown again on each page."""
    row._tr.get_or_add_trPr().append(element("tblHeader"))


def settle(document: Any, language: str) -> None:
    """Take away what the template says of itself: its picture, its language, and that it is of an older Word."""
    package = document.part.package
    for name in [name for name, one in package.rels.items() if one.reltype.endswith("/thumbnail")]:
        del package.rels[name]
    settings = document.settings.element
    for theme in settings.findall(qn("w:themeFontLang")):
        theme.set(qn("w:val"), TAGS[language])
    for mode in settings.iter(qn("w:compatSetting")):
        if mode.get(qn("w:name")) == "compatibilityMode":
            mode.set(qn("w:val"), NEWEST_WORD)


def keep_whole(row: _Row) -> None:
    """Let no end of a page part a row."""
    row._tr.get_or_add_trPr().append(element("cantSplit"))


def describe(table: Table, title: str) -> None:
    """Say what the table is, and that its first row and column are heads."""
    look = element("tblLook", val="04A0", firstRow=1, lastRow=0, firstColumn=1, lastColumn=0, noHBand=0, noVBand=1)
    set_table(table, look, element("tblCaption", val=title))


def set_table(table: Table, *properties: Any) -> None:
    """Give a table properties in place of those it had, in the one order Word reads them in."""
    held = table._tbl.tblPr
    for one in properties:
        for old in held.findall(one.tag):
            held.remove(old)
        held.append(one)
    held[:] = sorted(held, key=lambda one: ORDER.index(QName(one).localname))


def begin_at_one(document: Any, style: str) -> int:
    """Return the number of a new list like a style's, that begins at one."""
    numbering = document.part.numbering_part.element
    own = int(document.styles[style].element.pPr.numPr.numId.val)
    kind = next(one for one in numbering.num_lst if one.numId == own).abstractNumId.val
    made = numbering.add_num(kind)
    made.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(made.numId)


def number_by(paragraph: Paragraph, numbers: int) -> None:
    """Let a paragraph be numbered by a list."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = numbers
