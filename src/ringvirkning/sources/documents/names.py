"""File names as strangers give them, made fit to offer when a file is downloaded."""

import re
import unicodedata

from ringvirkning.sources.documents.terms import EXTENSIONS, Kind

LONGEST = 120  # characters, with the extension
NOT_IN_NAMES = re.compile(r'[<>:"|?*%]')
RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
# Extensions that are replaced when the content is something else; any other ending is part of the name ("plan.v2").
KNOWN = {extension for known in EXTENSIONS.values() for extension in known} | {
    "bat", "bmp", "cmd", "com", "doc", "docm", "dot", "dotx", "exe", "heic", "htm", "html", "jfif", "js", "mht", "php",
    "pps", "ppsx", "ppt", "pptm", "rtf", "scr", "svg", "tif", "tiff", "vbs", "xhtml", "xls", "xlsb", "xlsm", "xml",
    "zip",
}  # fmt: skip


def clean_name(given: str, kind: Kind) -> str:
    """Return a file name without folders, hidden characters or a false extension."""
    bare = re.split(r"[/\\]", given.replace("\x00", " "))[-1]
    # Control, format (bidi overrides among them), private and unassigned characters have nothing to do in a name.
    seen = "".join(one for one in unicodedata.normalize("NFC", bare) if unicodedata.category(one)[0] != "C")
    tidy = " ".join(NOT_IN_NAMES.sub(" ", seen).split()).strip(". ")
    stem, extension = _parted(tidy, kind)
    if not stem or RESERVED.fullmatch(stem):
        stem = f"fil {stem}".strip()
    return f"{stem[: LONGEST - len(extension) - 1].rstrip('. ')}.{extension}"


def _parted(name: str, kind: Kind) -> tuple[str, str]:
    """Return the name without its extension, and the extension that is true."""
    stem, dot, ending = name.rpartition(".")
    lowered = ending.lower()
    if dot and lowered in EXTENSIONS[kind]:
        return stem.rstrip(". "), lowered
    if dot and lowered in KNOWN:
        return stem.rstrip(". "), EXTENSIONS[kind][0]
    if lowered in KNOWN:  # nothing but an extension: ".pdf"
        return "", EXTENSIONS[kind][0]
    return name, EXTENSIONS[kind][0]
