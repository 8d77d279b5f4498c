"""Files that are whole or not there, also after a power cut.

Bytes are written under another name, forced to disk and renamed: whoever finds a name finds the whole file.
"""

import os
import tempfile
import uuid
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
    for folder in {by_way_of, *(place.parent for place in files)}:
        folder.mkdir(parents=True, exist_ok=True)
    ours = f"{by_way_of}/{prefix}{uuid.uuid4().hex}"  # one name for all drafts: to find a free one for each takes long
    for number, data in enumerate(files.values()):
        _write_new(f"{ours}-{number}", data)
    os.sync()
    for number, place in enumerate(files):
        Path(f"{ours}-{number}").replace(place)
    os.sync()


def _write_new(path: str, data: bytes) -> None:
    """Write a file that is not there yet, for its owner only."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
        handle.write(data)


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
