"""A paper as a Word document. Word's own styles carry its structure, so that readers' tools find it."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from functools import singledispatchmethod
from io import BytesIO
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Cm
from docx.text.paragraph import Paragraph

from ringvirkning.needs.documents.logo import Logo
from ringvirkning.needs.documents.paper import Block, Bullets, Cell, Grid, Heading, Note, Paper, Prose, Said, is_short
from ringvirkning.needs.documents.plain import one_line, paragraphs, plain, web_address
from ringvirkning.needs.documents.word_marks import (
    TAGS,
    add_field,
    begin_at_one,
    describe,
    element,
    keep_whole,
    linked,
    mark_head,
    number_by,
    settle,
    speak,
)
from ringvirkning.needs.documents.word_styles import (
    CELL,
    FACTS,
    LABEL,
    LINK,
    NOTE,
    TEXT_WIDTH,
    set_lines,
    set_page,
    set_styles,
)

LOGO_AREA = (5.0, 2.0)  # centimetres: the widest and the highest it may be
FIELDS = {"{page}": "PAGE", "{pages}": "NUMPAGES"}
LONGEST_TITLE = 250  # characters a property of a Word file may have


def as_word(paper: Paper, made: date) -> bytes:
    """Return the paper as a .docx file."""
    return _Drawing(paper, made).written()


class _Drawing:
    """One document being drawn."""

    def __init__(self, paper: Paper, made: date) -> None:
        self.paper = paper
        self.document: Any = docx.Document()
        set_page(self.document)
        set_styles(self.document, paper.language)
        # Looked up once: a long need has thousands of paragraphs.
        self.ids = {style.name: style.style_id for style in self.document.styles}
        settle(self.document, paper.language)
        self._set_properties(made)
        self._set_footer()

    def written(self) -> bytes:
        self._head()
        for block in self.paper.blocks:
            self._draw(block)
        kept = BytesIO()
        self.document.save(kept)
        return kept.getvalue()

    def _set_properties(self, made: date) -> None:
        properties, paper = self.document.core_properties, self.paper
        properties.title, properties.subject = one_line(paper.title)[:LONGEST_TITLE], paper.kind
        properties.author = properties.last_modified_by = paper.author[:LONGEST_TITLE]
        properties.language, properties.comments = TAGS[paper.language], ""
        properties.created = properties.modified = datetime(made.year, made.month, made.day)

    def _set_footer(self) -> None:
        footer = self.document.sections[0].footer.paragraphs[0]
        footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        for piece in re.split(r"(\{pages?\})", self.paper.page):
            if piece in FIELDS:
                add_field(footer, FIELDS[piece])
            else:
                footer.add_run(piece)

    def _head(self) -> None:
        paper = self.paper
        if paper.logo:
            self._logo(paper.logo)
        self._add(Said(paper.kind), "Subtitle")
        self._add(Said(paper.title, typed=True), "Title")
        for label, said in paper.facts:
            line = self._paragraph(FACTS)
            line.add_run(f"{label}: ").bold = True
            self._run(line, said)

    def _logo(self, logo: Logo) -> None:
        across, down = LOGO_AREA
        scale = min(across / logo.width, down / logo.height)
        run = self.document.add_paragraph().add_run()
        picture = run.add_picture(BytesIO(logo.content), width=Cm(logo.width * scale))
        told = picture._inline.docPr
        told.set("descr", self.paper.logo_says)
        told.set("name", self.paper.logo_says)

    # The blocks.

    @singledispatchmethod
    def _draw(self, block: Block) -> None:
        raise TypeError(block)

    @_draw.register
    def _heading(self, block: Heading) -> None:
        self._add(Said(one_line(block.text.text), block.text.typed), f"Heading {block.level}")

    @_draw.register
    def _prose(self, block: Prose) -> None:
        if block.label:
            self._add(Said(one_line(block.label)), LABEL)
        self._paragraphs(block.said, "Normal")

    @_draw.register
    def _note(self, block: Note) -> None:
        self._paragraphs(block.said, NOTE)

    @_draw.register
    def _bullets(self, block: Bullets) -> None:
        if block.label:
            self._add(Said(block.label), LABEL)
        style = "List Number" if block.numbered else "List Bullet"
        numbers = begin_at_one(self.document, style)
        for first, *more in block.items:
            number_by(self._add(first, style), numbers)
            for said in more:
                self._paragraphs(said, "List Continue")

    @_draw.register
    def _grid(self, block: Grid) -> None:
        table = self.document.add_table(rows=1 + len(block.rows), cols=len(block.header))
        table.autofit = False
        set_lines(table)
        describe(table, block.title)
        heads = tuple((Said(one, strong=True),) for one in block.header)
        widths = [Cm(TEXT_WIDTH * share / sum(block.widths)) for share in block.widths]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for row, cells in zip(table.rows, (heads, *block.rows), strict=True):
            for column, (cell, said) in enumerate(zip(row.cells, cells, strict=True)):
                cell.width = widths[column]
                self._cell(cell, said, right=column in block.numbers)
            if all(is_short(said) for said in cells):
                keep_whole(row)
        mark_head(table.rows[0])

    def _cell(self, cell: Any, lines: Cell, *, right: bool) -> None:
        paragraph = cell.paragraphs[0]
        paragraph._p.style = self.ids[CELL]
        for number, said in enumerate(lines):
            if number:
                paragraph = cell.add_paragraph()
                paragraph._p.style = self.ids[CELL]
            self._run(paragraph, said)
            if right:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    # Their words.

    def _paragraphs(self, said: Said, style: str) -> Iterable[Paragraph]:
        lines = ("\n".join(lines) for lines in paragraphs(said.text))
        return [self._add(Said(one, said.typed, said.link, said.strong), style) for one in lines]

    def _add(self, said: Said, style: str) -> Paragraph:
        paragraph = self._paragraph(style)
        self._run(paragraph, said)
        return paragraph

    def _paragraph(self, style: str) -> Paragraph:
        """Add a paragraph at the end; what the library does itself takes longer the longer the document is."""
        body = self.document.element.body
        made = OxmlElement("w:p")
        body[-1].addprevious(made)  # the last is what the page is like
        made.get_or_add_pPr().append(element("pStyle", val=self.ids[style]))
        return Paragraph(made, self.document._body)

    def _run(self, paragraph: Paragraph, said: Said) -> None:
        run = paragraph.add_run(plain(said.text))
        run.bold = True if said.strong else None
        if said.typed and self.paper.typed != self.paper.language:
            speak(run._r.get_or_add_rPr(), self.paper.typed)
        if web_address(said.link):
            run._r.style = self.ids[LINK]
            linked(paragraph, run, said.link)
