"""Files that are whole or not there, also after a power cut.

Bytes are written under another name, forced to disk and renamed: whoever finds a name finds the whole file.
"""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path


def settle(draft: Path, place: Path) -> None:
    """Give a finished file its name for good. The draft must be on the same disk."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with draft.open("rb") as handle:
        os.fsync(handle.fileno())
    draft.chmod(0o600)
    draft.replace(place)
    for folder in (place.parent, place.parent.parent):  # the folders' own entries too
        flush(folder)


def write_whole(place: Path, data: bytes, *, by_way_of: Path | None = None, prefix: str = "arriving-") -> None:
    """Write a file in one act, replacing what was there. The draft is made in ``by_way_of``, or beside."""
    folder = by_way_of or place.parent
    folder.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(prefix=prefix, dir=folder)
    draft = Path(name)
    try:
        with os.fdopen(number, "wb") as handle:
            handle.write(data)
        settle(draft, place)
    finally:
        draft.unlink(missing_ok=True)


def write_all_whole(files: Mapping[Path, bytes], *, by_way_of: Path, prefix: str = "arriving-") -> None:
    """Write many files, each whole or not there, and force them to disk together.

    Forced one by one, a disk takes some hundred a second. What a kill leaves on its way lies in ``by_way_of``.
    """
    by_way_of.mkdir(parents=True, exist_ok=True)
    drafts = {place: _draft(data, by_way_of, prefix) for place, data in files.items()}
    os.sync()
    for place, draft in drafts.items():
        place.parent.mkdir(parents=True, exist_ok=True)
        draft.replace(place)
    os.sync()


def _draft(data: bytes, folder: Path, prefix: str) -> Path:
    number, name = tempfile.mkstemp(prefix=prefix, dir=folder)  # for its owner only
    with os.fdopen(number, "wb") as handle:
        handle.write(data)
    return Path(name)


def add_line(path: Path, line: bytes) -> None:
    """Add a line to a file and force it to disk. Half a line that a kill left before it is ended first."""
    is_new = not path.exists()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab+") as handle:
        if handle.tell() and _last_byte(path) != b"\n":
            line = b"\n" + line
        handle.write(line + b"\n")
        handle.flush()
        os.fsync(handle.fileno())
    if is_new:
        flush(path.parent)


def _last_byte(path: Path) -> bytes:
    with path.open("rb") as handle:
        handle.seek(-1, os.SEEK_END)
        return handle.read(1)


def flush(folder: Path) -> None:
    """Force a folder's own entries to disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
