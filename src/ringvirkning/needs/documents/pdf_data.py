"""A paper as the plain data its template reads: texts cut into paragraphs and lines, long words told where to break."""

import re
from functools import singledispatch
from typing import Any

from ringvirkning.needs.documents.paper import Block, Bullets, Cell, Grid, Heading, Note, Paper, Prose, Said, is_short
from ringvirkning.needs.documents.plain import one_line, paragraphs, web_address

LONG_WORD = re.compile(r"(?<!\S)(?!https?://)\S{31,}")
PIECE, NARROW_PIECE = re.compile(r"\S{30}(?=\S)"), re.compile(r"\S{12}(?=\S)")  # in the text, and in a column
BREAK = "\u200b"  # where a long word may be broken; takes no room
REGIONS = {"nb": "NO", "nn": "NO", "en": "GB"}

Data = dict[str, Any]


def data_of(paper: Paper) -> Data:
    """Return everything the template shows."""
    before, _, rest = paper.page.partition("{page}")
    between, _, after = rest.partition("{pages}")
    return {
        "kind": paper.kind,
        "title": _broken(one_line(paper.title)),
        "plain_title": one_line(paper.title),
        "author": paper.author,
        "language": paper.language,
        "region": REGIONS[paper.language],
        "typed": paper.typed,
        "facts": [{"label": label, "said": _said(said)} for label, said in paper.facts],
        "blocks": [_data(block) for block in paper.blocks],
        "page": [before, between, after],
        "logo": f"logo.{paper.logo.kind}" if paper.logo else "",
        "logo_shape": paper.logo.width / paper.logo.height if paper.logo else 1,
        "logo_says": paper.logo_says,
        "unshown": paper.unshown,
    }


@singledispatch
def _data(block: Block) -> Data:
    raise TypeError(block)


@_data.register
def _heading(block: Heading) -> Data:
    text = Said(one_line(block.text.text), block.text.typed)
    return {"is": "heading", "level": block.level, "text": _broken(text.text), "typed": text.typed}


@_data.register
def _prose(block: Prose) -> Data:
    return {"is": "prose", "label": _broken(one_line(block.label)), "said": _said(block.said)}


@_data.register
def _note(block: Note) -> Data:
    return {"is": "note", "said": _said(block.said)}


@_data.register
def _bullets(block: Bullets) -> Data:
    items = [_cell(item) for item in block.items]
    return {"is": "list", "label": block.label, "numbered": block.numbered, "items": items}


@_data.register
def _grid(block: Grid) -> Data:
    rows = [[_cell(cell, NARROW_PIECE) for cell in row] for row in block.rows]
    columns = {"widths": list(block.widths), "right": sorted(block.numbers)}
    return {"is": "grid", "title": block.title, "header": list(block.header), "rows": rows, **columns}


def _cell(cell: Cell, piece: re.Pattern[str] = PIECE) -> Data:
    return {"said": [_said(said, piece) for said in cell], "whole": is_short(cell)}


def _said(said: Said, piece: re.Pattern[str] = PIECE) -> Data:
    told = ["\n".join(_broken(line, piece) for line in lines) for lines in paragraphs(said.text)]
    return {"paragraphs": told, "how": {"typed": said.typed, "strong": said.strong, "link": web_address(said.link)}}


def _broken(line: str, piece: re.Pattern[str] = PIECE) -> str:
    return LONG_WORD.sub(lambda word: piece.sub(lambda part: part[0] + BREAK, word[0]), line)


def with_codes(data: Data, lacking: str) -> Data:
    """Return the data with some characters written as codes ("[U+6F22]"), saying so; as it is when there are none."""
    if not lacking:
        return {**data, "unshown": ""}
    codes = {ord(one): f"[U+{ord(one):04X}]" for one in lacking}
    told: Data = _translated(data, codes)
    return told


def _translated(value: Any, codes: dict[int, str]) -> Any:
    if isinstance(value, str):
        return value.translate(codes)
    if isinstance(value, list):
        return [_translated(one, codes) for one in value]
    if isinstance(value, dict):
        return {name: one if name == "link" else _translated(one, codes) for name, one in value.items()}
    return value
