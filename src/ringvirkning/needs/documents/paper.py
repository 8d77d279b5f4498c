"""A document as plain data: what stands in it and in which order, without a word of how it looks.

``word.py`` and ``pdf.py`` draw the same paper, so that both say the same.
"""

from dataclasses import dataclass, field

from ringvirkning.needs.documents.logo import Logo


@dataclass(frozen=True)
class Said:
    """Some words. ``typed`` words are in the language of the assessment, others in that of the document."""

    text: str
    typed: bool = False
    link: str = ""
    strong: bool = False


Cell = tuple[Said, ...]  # one line for each
SHORT = 600  # characters of an item or a cell that is not parted by the end of a page


def is_short(cell: Cell) -> bool:
    """Tell whether something is so short that it is kept on one page."""
    return sum(len(said.text) for said in cell) < SHORT


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the highest below the title."""

    level: int
    text: Said


@dataclass(frozen=True)
class Prose:
    """A text of one or more paragraphs, under a label when it has one. A single line break stays one."""

    said: Said
    label: str = ""


@dataclass(frozen=True)
class Bullets:
    """A list, numbered when order matters."""

    items: tuple[Cell, ...]
    label: str = ""
    numbered: bool = False


@dataclass(frozen=True)
class Grid:
    """A table. ``title`` is for those who cannot see it; ``widths`` are shares; ``numbers`` are columns set right."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    numbers: frozenset[int] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Note:
    """A remark in small print."""

    said: Said


Block = Heading | Prose | Bullets | Grid | Note


@dataclass(frozen=True)
class Paper:
    """The whole document. ``kind`` is what it is ("Behovsutredning"), ``facts`` who made it and when."""

    kind: str
    title: str
    language: str
    typed: str  # the language of what was typed
    facts: tuple[tuple[str, Said], ...]
    blocks: tuple[Block, ...]
    page: str  # "Side {page} av {pages}"
    author: str = ""
    logo: Logo | None = None
    logo_says: str = ""
    unshown: str = ""  # what is said when a font lacks characters
