"""What a source said, kept for ever as it was said: bytes by their SHA-256, and where and when we got them.

``ab/ab12…`` are bytes; ``fetched/doffin.jsonl`` has a line for each fetch, in the order they were made. Bytes are
written before the line that names them, so a kill between the two costs one fetch and loses nothing. Bytes that nobody
fetched, because somebody loaded a file of their own, have no line.
"""

import hashlib
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import msgspec

from ringvirkning.foundation.wholefiles import add_line, settle, write_whole
from ringvirkning.sources.by_digest import ARRIVING, ByDigest, digest_of
from ringvirkning.sources.notices.terms import Source

STRAY_AFTER = 24 * 60 * 60  # seconds: what has been on its way in for so long was left by a kill


class Provenance(msgspec.Struct, frozen=True, kw_only=True):
    """Where some bytes came from."""

    source: Source
    number: str  # what the source calls it: a publication number, or the number of a daily package
    address: str
    fetched_at: datetime
    sha256: str
    size: int  # bytes


class RawStore(ByDigest):
    """A folder of bytes that are never changed and never forgotten."""

    def open(self, sha256: str) -> BinaryIO:
        """Open the bytes for reading. Raises ``FileNotFoundError`` when we do not have them."""
        return self.path(sha256).open("rb")

    def read(self, sha256: str) -> bytes:
        """Return the bytes. Raises ``FileNotFoundError`` when we do not have them."""
        return self.path(sha256).read_bytes()

    def keep(self, data: bytes) -> str:
        """Keep bytes and return their digest. What we have is not written again."""
        sha256 = hashlib.sha256(data).hexdigest()
        if not self.has(sha256):
            write_whole(self.path(sha256), data, by_way_of=self.folder)
        return sha256

    @contextmanager
    def arriving(self) -> Iterator[Path]:
        """Give a place for a large file on its way in; whatever is left of it afterwards is taken away."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(prefix=ARRIVING, dir=self.folder, delete=False) as handle:
            path = Path(handle.name)
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)

    def keep_file(self, path: Path) -> str:
        """Move a file that has arrived into the store and return its digest."""
        sha256 = digest_of(path)
        if not self.has(sha256):
            settle(path, self.path(sha256))
        return sha256

    def note(self, provenance: Provenance) -> None:
        """Write down where bytes we keep came from."""
        add_line(self._fetched(provenance.source), msgspec.json.encode(provenance))

    def iterate(self, source: Source, since: datetime | None = None, *, after: int = 0) -> Iterator[Provenance]:
        """Yield what was fetched from a source, oldest first; with ``since``, only what was fetched then or later.

        ``after`` is an earlier answer of ``end``: what was there then is left out. A line that was cut by a kill is
        passed over: what it would have said is fetched again.
        """
        try:
            handle = self._fetched(source).open("rb")
        except FileNotFoundError:
            return
        with handle:
            handle.seek(after if after <= self.end(source) else 0)
            for line in handle:
                try:
                    one = msgspec.json.decode(line, type=Provenance)
                except msgspec.DecodeError:
                    continue
                if since is None or one.fetched_at >= since:
                    yield one

    def end(self, source: Source) -> int:
        """Return where the list of what was fetched from a source ends now, in bytes. It only grows."""
        path = self._fetched(source)
        return path.stat().st_size if path.exists() else 0

    def numbers(self, source: Source) -> set[str]:
        """Return the numbers of everything we have fetched from a source."""
        return {one.number for one in self.iterate(source)}

    def clear_strays(self) -> int:
        """Take away what kills left on the way in, and return how many there were."""
        before = time.time() - STRAY_AFTER
        strays = [path for path in self.folder.glob(f"{ARRIVING}*") if path.stat().st_mtime < before]
        for stray in strays:
            stray.unlink(missing_ok=True)
        return len(strays)

    def _fetched(self, source: Source) -> Path:
        return self.folder / "fetched" / f"{source}.jsonl"
