"""Nouns of files from strangers: the kinds we take, and why we refuse the rest."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Every kind of file the library takes. Nothing else is let in."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    ODT = "odt"
    ODS = "ods"
    ODP = "odp"
    PNG = "png"
    JPEG = "jpeg"
    WEBP = "webp"
    GIF = "gif"
    CSV = "csv"
    TEXT = "txt"


OFFICE = frozenset({Kind.DOCX, Kind.XLSX, Kind.PPTX})
OPEN_DOCUMENT = frozenset({Kind.ODT, Kind.ODS, Kind.ODP})
PICTURES = frozenset({Kind.PNG, Kind.JPEG, Kind.WEBP, Kind.GIF})
TEXTS = frozenset({Kind.CSV, Kind.TEXT})

_OPENXML = "application/vnd.openxmlformats-officedocument."
_OASIS = "application/vnd.oasis.opendocument."
MEDIA_TYPES: dict[Kind, str] = {
    Kind.PDF: "application/pdf",
    Kind.DOCX: _OPENXML + "wordprocessingml.document",
    Kind.XLSX: _OPENXML + "spreadsheetml.sheet",
    Kind.PPTX: _OPENXML + "presentationml.presentation",
    Kind.ODT: _OASIS + "text",
    Kind.ODS: _OASIS + "spreadsheet",
    Kind.ODP: _OASIS + "presentation",
    Kind.PNG: "image/png",
    Kind.JPEG: "image/jpeg",
    Kind.WEBP: "image/webp",
    Kind.GIF: "image/gif",
    Kind.CSV: "text/csv",
    Kind.TEXT: "text/plain",
}
KIND_OF = {media_type: kind for kind, media_type in MEDIA_TYPES.items()}
# The first is the one we write; the others are left as they are.
EXTENSIONS: dict[Kind, tuple[str, ...]] = {kind: (str(kind),) for kind in Kind} | {
    Kind.JPEG: ("jpg", "jpeg"),
    Kind.TEXT: ("txt", "text", "md"),
}


class Refusal(StrEnum):
    """Why a file is not let in, or could not be read. Faces and the catalogue have the words."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    SVG = "svg"
    MARKUP = "markup"
    OLD_OFFICE = "old_office"
    RTF = "rtf"
    MACROS = "macros"
    LOCKED = "locked"
    PROGRAM = "program"
    ARCHIVE = "archive"
    HEIC = "heic"
    FILM = "film"
    OTHER_PICTURE = "other_picture"
    TWO_IN_ONE = "two_in_one"
    BROKEN = "broken"
    BOMB = "bomb"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_SLOW = "too_slow"
    TOO_HEAVY = "too_heavy"
    UNKNOWN = "unknown"
    INFECTED = "infected"
    SCANNER_SILENT = "scanner_silent"
    GONE = "gone"


class NotTaken(Exception):
    """Raised by whatever looks at a file and will not have it."""

    def __init__(self, code: Refusal) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Taken:
    """A file that was looked at and let in: its kind, its clean name, and where its cleaned bytes lie."""

    kind: Kind
    name: str
    path: str


@dataclass(frozen=True)
class Read:
    """What was read out of a file."""

    text: str
    pages: int | None
    preview: bytes | None
