"""A paper as a PDF that can be read aloud (PDF/UA-1), set by typst from ``paper.typ``.

Typed text reaches typst as data in a file beside the template, never as a part of it, so nothing in it can be taken for
markup. Typst sees that one folder and no fonts but its own, and never the net. Only where a text has characters that
its fonts lack are the machine's asked; what they lack too is written as codes, and the document says so.
"""

import json
import logging
import re
import tempfile
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst

from ringvirkning.needs.documents.paper import Paper
from ringvirkning.needs.documents.pdf_data import data_of, with_codes

log = logging.getLogger(__name__)
HERE = files("ringvirkning.needs.documents")
PAPER, PROBE = "paper.typ", "probe.typ"
# Letters and signs that typst's own fonts have beyond doubt.
USUAL = re.compile("[\n\x20-\x7e\xa0-\u017f\u200b\u2010-\u2014\u2018-\u201e\u2022\u2026\u20ac\u2212]+")
LACKING = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)


def as_pdf(paper: Paper, made: date) -> bytes:
    """Return the paper as a PDF."""
    data = data_of(paper)
    fonts, lacking = _fonts_for("".join(sorted(set(USUAL.sub("", json.dumps(data, ensure_ascii=False))))))
    with tempfile.TemporaryDirectory(prefix="paper-") as folder:
        if paper.logo:
            (Path(folder) / data["logo"]).write_bytes(paper.logo.content)
        return _readable(Path(folder), data, lacking, fonts, datetime(made.year, made.month, made.day, tzinfo=UTC))


def _readable(folder: Path, data: dict[str, Any], lacking: str, fonts: typst.Fonts, made: datetime) -> bytes:
    """Return the paper set. Characters may lack together what each has alone: then once more, with those as codes."""
    told = with_codes(data, lacking)
    try:
        return _set(folder, PAPER, told, fonts=fonts, timestamp=made, pdf_standards=["ua-1"])
    except typst.TypstError as error:
        log.warning("a document was set anew: %s", str(error)[:200])
        told = with_codes(data, lacking + _lacking(error))
        return _set(folder, PAPER, told, fonts=fonts, timestamp=made, pdf_standards=[])


def _set(folder: Path, template: str, told: object, *, fonts: typst.Fonts, **options: Any) -> bytes:
    (folder / template).write_bytes((HERE / template).read_bytes())
    (folder / "data.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    found = typst.compile(folder / template, root=folder, font_paths=fonts, format="pdf", **options)
    return bytes(found)


# Characters and fonts.


@cache
def _own_fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)


@cache
def _all_fonts() -> typst.Fonts:
    return typst.Fonts()


def _fonts_for(strange: str) -> tuple[typst.Fonts, str]:
    """Return the fonts to set a text with, and the characters they lack."""
    if not _lacked(strange, _own_fonts):
        return _own_fonts(), ""
    return _all_fonts(), _lacked(strange, _all_fonts)


def _lacked(strange: str, fonts: Callable[[], typst.Fonts]) -> str:
    """Return those of some characters that fonts lack: typst tells all of them when it is to set each alone."""
    if not strange:
        return ""
    with tempfile.TemporaryDirectory(prefix="probe-") as folder:
        try:
            _set(Path(folder), PROBE, list(strange), fonts=fonts(), pdf_standards=["ua-1"])
        except typst.TypstError as error:
            return _lacking(error)
    return ""


def _lacking(error: typst.TypstError) -> str:
    """Return the characters typst says it cannot show; "" when it failed for another reason."""
    return "".join(_characters(LACKING.findall(error.diagnostic)))


def _characters(told: Iterable[str]) -> Iterable[str]:
    """Yield the characters of what typst quotes: some it writes as codes itself."""
    for one in told:
        yield re.sub(r"\\u\{([0-9a-f]+)\}", lambda found: chr(int(found[1], 16)), one)
