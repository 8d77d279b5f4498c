"""Typed text made fit for a document: what no reader sees and no file may hold is taken out, all else stays."""

import re
from collections.abc import Iterator

# Control characters, those that turn the direction of what follows, halves of characters, marks of byte order, and what
# is no character.
UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffb\ufeff"
    "\ufffe\uffff]|[\U0001fffe\U0001ffff\U000e0000-\U000e007f]"
)
LINE_ENDS = re.compile("\r\n|[\r\u0085\u2028\u2029]")
ON_THE_NET = re.compile("https?://[^\\s<>\"'\x00-\x20\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")
EMPTY_LINES = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")


def plain(text: str) -> str:
    """Return a text without what no document can hold, with its lines ended in one way."""
    return UNFIT.sub("", LINE_ENDS.sub("\n", text)).replace("\t", " ").strip()


def paragraphs(text: str) -> Iterator[list[str]]:
    """Yield the paragraphs of a text, each as its lines."""
    for one in EMPTY_LINES.split(plain(text)):
        if lines := [line.strip() for line in one.split("\n") if line.strip()]:
            yield lines


def web_address(text: str) -> str:
    """Return an address on the net, or "" for one that leads elsewhere or holds what no address may."""
    return text if ON_THE_NET.fullmatch(text) else ""


def one_line(text: str) -> str:
    """Return a text in one line."""
    return " ".join(plain(text).split())
