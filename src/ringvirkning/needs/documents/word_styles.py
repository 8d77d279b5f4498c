"""How a Word document looks: its page and its styles. Readers who change a style change it everywhere."""

from typing import Any, NamedTuple

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from ringvirkning.needs.documents.word_marks import element, set_table, speak

FONT = "Calibri"
FJORD, GREY = RGBColor(0x06, 0x46, 0x53), RGBColor(0x3B, 0x4A, 0x4D)
TEXT_WIDTH = 16.5  # centimetres between the margins
LABEL, FACTS, CELL, NOTE, LINK = "Ledetekst", "Opplysninger", "Tabelltekst", "Merknad", "Hyperlink"


class Look(NamedTuple):
    """How a style looks: sizes and space before and after in points, and whether what follows is on the same page."""

    size: float
    bold: bool
    colour: RGBColor | None
    before: float
    after: float
    with_next: bool


LOOKS = {
    "Normal": Look(11, False, None, 0, 7, False),
    "Subtitle": Look(12, False, GREY, 0, 0, True),
    "Title": Look(24, True, FJORD, 0, 10, True),
    "Heading 1": Look(16, True, FJORD, 20, 6, True),
    "Heading 2": Look(13, True, FJORD, 14, 4, True),
    LABEL: Look(11, True, GREY, 6, 1, True),
    FACTS: Look(11, False, GREY, 0, 1, False),
    CELL: Look(9.5, False, None, 2, 2, False),
    NOTE: Look(9.5, False, GREY, 10, 0, False),
    "List Bullet": Look(11, False, None, 0, 2, False),
    "List Number": Look(11, False, None, 0, 3, False),
    "List Continue": Look(11, False, None, 0, 3, False),
    "Footer": Look(9, False, GREY, 0, 0, False),
}


def set_page(document: Any) -> None:
    """Make the page an A4."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm((21 - TEXT_WIDTH) / 2)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2.2)


def set_styles(document: Any, language: str) -> None:
    """Give the styles their looks, and the document its language."""
    for name in (LABEL, FACTS, CELL, NOTE):
        made = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = document.styles["Normal"]
        made.quick_style = True
    for name, look in LOOKS.items():
        _set_style(document.styles[name], look)
    document.styles["Normal"].paragraph_format.line_spacing = 1.15
    document.styles[CELL].paragraph_format.line_spacing = 1.0
    _set_link(document)
    speak(document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}"), language)


def _set_style(style: Any, look: Look) -> None:
    style.font.size, style.font.bold, style.font.italic = Pt(look.size), look.bold, False
    _set_font(style)
    if look.colour is not None:
        style.font.color.rgb = look.colour
    spacing = style.paragraph_format
    spacing.space_before, spacing.space_after = Pt(look.before), Pt(look.after)
    spacing.keep_with_next = look.with_next
    for old in style.element.pPr.findall(qn("w:contextualSpacing")) + style.element.pPr.findall(qn("w:pBdr")):
        style.element.pPr.remove(old)
    for old in style.element.rPr.findall(qn("w:spacing")) + style.element.rPr.findall(qn("w:kern")):
        style.element.rPr.remove(old)


def _set_font(style: Any) -> None:
    """Name the font for every script: the template names some by theme, which would go before."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)


def _set_link(document: Any) -> None:
    made = document.styles.add_style(LINK, WD_STYLE_TYPE.CHARACTER)
    made.font.color.rgb, made.font.underline = FJORD, True


def set_lines(table: Any) -> None:
    """Give a table lines between its rows and under its head, and none beside: they only disturb."""
    lines = element("tblBorders")
    for side in ("top", "bottom", "insideH"):
        lines.append(element(side, val="single", sz=4, space=0, color="9FB0B3"))
    margins = element("tblCellMar")
    for side in ("left", "right"):
        margins.append(element(side, w=80, type="dxa"))
    set_table(table, lines, margins)
