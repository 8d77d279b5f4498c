"""Measuring text without a font: how wide words are in Arial, Helvetica and Liberation Sans, which are equally wide."""

from functools import cache

# Thousandths of the letter size → the characters that wide, regular and bold.
WIDTHS = {
    False: {
        191: "'", 222: "ijl’", 260: "|", 278: " !,./:;I[\\]ft·\xa0", 333: "()-`r“”²", 334: "{}", 355: '"', 389: "*",
        400: "°₂", 469: "^", 500: "Jcksvxyzšžč", 584: "+<=>~×", 611: "FTZø", 667: "&ABEKPSVXYÅÄ", 722: "CDHNRUÜw",
        778: "GOQØÖ", 833: "Mm", 889: "%æ", 944: "W", 1000: "Æ—…", 1015: "@",
    },
    True: {
        238: "'", 278: " ,./I\\ijl·’\xa0", 280: "|", 333: "!()-:;[]`ft²", 389: "*r{}", 400: "°₂", 474: '"',
        500: "zž“”", 584: "+<=>^~×", 611: "?FLTZbdghnopquøóòôüö", 667: "EPSVXY", 722: "&ABCDHKNRUÅÜÄ", 778: "GOQwØÖ",
        833: "M", 889: "%mæ", 944: "W", 975: "@", 1000: "Æ—…",
    },
}  # fmt: skip
OTHER = 556  # digits and most small letters


@cache
def _table(bold: bool) -> dict[str, int]:
    return {character: width for width, characters in WIDTHS[bold].items() for character in characters}


def width_of(text: str, size: float, bold: bool = False) -> float:
    """Return how wide a text is at this size."""
    table = _table(bold)
    return sum(table.get(character, OTHER) for character in text) * size / 1000


def wrap(text: str, size: float, width: float, bold: bool = False) -> list[str]:
    """Return the text in lines no wider than ``width``. A word too long for a line of its own is cut."""
    lines: list[str] = []
    line = ""
    for piece in (piece for word in text.split(" ") for piece in _pieces(word, size, width, bold)):
        longer = f"{line} {piece}" if line else piece
        if line and width_of(longer, size, bold) > width:
            lines.append(line)
            line = piece
        else:
            line = longer
    return [*lines, line] if line else lines


def _pieces(word: str, size: float, width: float, bold: bool) -> list[str]:
    pieces, piece = [], ""
    for character in word:
        if piece and width_of(piece + character, size, bold) > width:
            pieces.append(piece)
            piece = ""
        piece += character
    return [*pieces, piece]
