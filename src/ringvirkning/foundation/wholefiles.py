"""Files that are whole or not there, also after a power cut.

Bytes are written under another name, forced to disk and renamed: whoever finds a name finds the whole file.
"""

import os
import tempfile
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
