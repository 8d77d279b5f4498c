"""Files as people, careless programs and bad people make them. Made when asked for; none is kept."""

import io
import struct
import zipfile
from collections.abc import Callable
from typing import Any

from PIL import Image

PHP = b"<?php system('id'); ?>"
SCRIPT_SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def written(save: Callable[[Any], Any]) -> bytes:
    """Return what something saves."""
    made = io.BytesIO()
    save(made)
    return made.getvalue()


def packed(parts: dict[str, bytes]) -> bytes:
    """Return a zip with these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    """Return the parts of a zip."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(content: bytes, **parts: bytes) -> bytes:
    """Return a zip with parts put in or replaced; ``word__document_xml`` stands for ``word/document.xml``."""
    named = {name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"): it for name, it in parts.items()}
    return packed({**parts_of(content), **named})


def docx(text: str = "Eldre faller om natta.", author: str = "Kari Nordmann") -> bytes:
    import docx as library

    document = library.Document()
    document.add_heading("Behovet", 1)
    document.add_paragraph(text)
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "første celle", "andre celle"
    document.core_properties.author = document.core_properties.last_modified_by = author
    return written(document.save)


def xlsx(author: str = "Kari Nordmann") -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = "Gevinster"
    book.active.append(["Spart tid", 1250])
    book.properties.creator = book.properties.lastModifiedBy = author
    return written(book.save)


def pptx(author: str = "Kari Nordmann") -> bytes:
    import pptx as library

    shown = library.Presentation()
    slide = shown.slides.add_slide(shown.slide_layouts[0])
    slide.shapes.title.text = "Dialogkonferanse"
    shown.core_properties.author = author
    return written(shown.save)


def odf(kind: str = "text", text: str = "Åpent dokument", author: str = "Kari Nordmann") -> bytes:
    from odfdo import Document, Paragraph

    document = Document(kind)
    if kind == "text":
        document.body.append(Paragraph(text))
    document.meta.creator = author
    return written(document.save)


def pdf(text: str = "Gevinstrapport", *, extra: bytes = b"", catalog: bytes = b"") -> bytes:
    """Return a small true PDF with one page of text."""
    drawn = b"BT /F1 24 Tf 60 700 Td (" + text.encode("latin-1") + b") Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R " + catalog + b" >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return made + extra


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **more: Any) -> bytes:
    """Return a picture whose left half is dark."""
    made = Image.new(mode, size, 200 if mode in "LP" else "white")
    made.paste(0 if mode in "LP" else "navy", (0, 0, size[0] // 2, size[1]))
    return written(lambda out: made.save(out, kind, **more))


def telling_jpeg() -> bytes:
    """Return a photograph that tells where it was taken, by whom, and that it must be turned to stand upright."""
    exif = Image.Exif()
    exif[0x0112] = 6  # a quarter to the right
    exif[0x013B] = "Kari Nordmann"
    exif.get_ifd(0x8825).update({1: "N", 2: (59.0, 54.0, 50.0), 3: "E", 4: (10.0, 44.0, 20.0)})
    xmp = b"<x:xmpmeta>Kari Nordmann</x:xmpmeta>"
    return picture("JPEG", (80, 40), exif=exif, xmp=xmp, comment=b"Kari Nordmann")


def bomb_png() -> bytes:
    """Return a PNG that says it has 100 000 × 100 000 pixels."""
    head = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    whole = picture()
    return whole[:16] + head + whole[29:]


def bomb_docx(size: int = 300_000_000) -> bytes:
    """Return a Word file of a few hundred kB with one enormous part."""
    whole = parts_of(docx())
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in whole.items():
            archive.writestr(name, content)
        with archive.open("word/media/big.xml", "w", force_zip64=True) as part:
            for _ in range(size // 1_000_000):
                part.write(b" " * 1_000_000)
    return made.getvalue()


def laughing_docx() -> bytes:
    """Return a Word file whose XML grows to a thousand million laughs."""
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    xml = f'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY l0 "lol">{entities}]><w>&l9;</w>'
    return changed(docx(), word__document_xml=xml.encode())
