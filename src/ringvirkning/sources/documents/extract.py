"""Text, number of pages and a picture of the first page. Runs in a process of its own (``child``)."""

import re
import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from ringvirkning.sources.documents.clean import opened
from ringvirkning.sources.documents.sniff import decoded
from ringvirkning.sources.documents.terms import OPEN_DOCUMENT, PICTURES, TEXTS, Kind, NotTaken, Read, Refusal

MOST_TEXT = 2_000_000  # characters
MOST_PAGES = 2_000
MOST_CELLS = 200_000  # a large table of numbers is not what people search for, and takes long to read
PREVIEW = (640, 900)  # pixels
PDF_PASSWORD = 4  # pdfium's number for "needs a password"


def extract(path: Path, kind: Kind) -> Read:
    """Return what can be read out of a file, or raise."""
    if kind is Kind.PDF:
        return _pdf(path)
    if kind in PICTURES:
        return Read("", None, _as_webp(opened(path, kind)))
    if kind in TEXTS:
        return Read(_joined([decoded(path.read_bytes()) or ""]), None, None)
    if kind in OPEN_DOCUMENT:
        return Read(_joined(_open_document(path)), None, None)
    texts, pages = {Kind.DOCX: _word, Kind.XLSX: _excel, Kind.PPTX: _powerpoint}[kind](path)
    return Read(_joined(texts), pages, None)


def opens(path: Path, kind: Kind) -> None:
    """Raise when a PDF cannot be opened. The other kinds are opened by being cleaned."""
    if kind is Kind.PDF:
        _open_pdf(path).close()


def _joined(texts: Iterable[str]) -> str:
    """Join pieces of text, one on a line, until there is enough. Characters that are no text go."""
    kept, size = [], 0
    for text in texts:
        plain = re.sub(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]", " ", text).strip()
        if plain:
            kept.append(plain[: MOST_TEXT - size])
            size += len(kept[-1]) + 1
        if size >= MOST_TEXT:
            break
    return "\n".join(kept)


def _as_webp(picture: Image.Image) -> bytes:
    picture.thumbnail(PREVIEW, Image.Resampling.LANCZOS)
    made = BytesIO()
    picture.save(made, "WEBP", quality=80, method=4)
    return made.getvalue()


def _open_pdf(path: Path) -> Any:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == PDF_PASSWORD
        raise NotTaken(Refusal.LOCKED if locked else Refusal.BROKEN) from None
    if len(document) == 0:
        raise NotTaken(Refusal.BROKEN)
    return document


def _pdf(path: Path) -> Read:
    document = _open_pdf(path)
    return Read(_joined(_pages_of(document)), len(document), _first_page(document))


def _pages_of(document: Any) -> Iterator[str]:
    for number in range(min(len(document), MOST_PAGES)):
        page = document[number]
        text = page.get_textpage()
        # A word parted at the end of a line is one word; pdfium marks the place with U+FFFE.
        yield text.get_text_range().replace("\ufffe", "").replace("\r\n", "\n")
        text.close()
        page.close()


def _first_page(document: Any) -> bytes:
    page = document[0]
    width, height = page.get_size()
    if not (0 < width < 20_000 and 0 < height < 20_000):
        raise NotTaken(Refusal.BROKEN)
    scale = min(PREVIEW[0] / width, PREVIEW[1] / height)
    return _as_webp(page.render(scale=scale).to_pil().convert("RGB"))


def _word(path: Path) -> tuple[Iterable[str], int | None]:
    import docx

    document = docx.Document(str(path))
    return _blocks(document), _pages_told(path)


def _blocks(holder: Any) -> Iterator[str]:
    for block in holder.iter_inner_content():
        if hasattr(block, "rows"):
            # A merged cell stands once in the file; asking row by row would give it again and again.
            for cell in block._tbl.iter_tcs():
                yield " ".join(paragraph.text for paragraph in cell.p_lst)
        else:
            yield block.text


def _pages_told(path: Path) -> int | None:
    """Return the number of pages Word itself counted the last time it saved."""
    with zipfile.ZipFile(path) as packed:
        if "docProps/app.xml" not in packed.namelist():
            return None
        told = re.search(rb"<(?:\w+:)?Pages>(\d{1,5})<", packed.read("docProps/app.xml"))
    return int(told.group(1)) or None if told else None


def _excel(path: Path) -> tuple[Iterable[str], int | None]:
    import openpyxl

    # Handed over as a stream: by a path the library asks for an extension, and stored files have none.
    book = openpyxl.load_workbook(BytesIO(path.read_bytes()), read_only=True, data_only=True, keep_links=False)
    return _rows(book), None


def _rows(book: Any) -> Iterator[str]:
    left = MOST_CELLS
    for sheet in book.worksheets:
        yield sheet.title
        for row in sheet.iter_rows(values_only=True):
            left -= len(row) + 1
            if left < 0:
                return
            yield " ".join(str(value) for value in row if value is not None)


def _powerpoint(path: Path) -> tuple[Iterable[str], int | None]:
    import pptx

    shown = pptx.Presentation(str(path))
    return (text for slide in shown.slides for text in _shapes(slide.shapes)), len(shown.slides)


def _shapes(shapes: Any) -> Iterator[str]:
    for shape in shapes:
        if hasattr(shape, "shapes"):
            yield from _shapes(shape.shapes)
        elif getattr(shape, "has_table", False) and shape.has_table:
            for row in shape.table.rows:
                yield " ".join(cell.text for cell in row.cells)
        elif shape.has_text_frame:
            yield shape.text_frame.text


def _open_document(path: Path) -> Iterator[str]:
    from odfdo import Document

    for one in Document(str(path)).body.get_elements("//text:p|//text:h"):
        yield one.text_recursive
