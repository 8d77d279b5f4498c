"""Bytes by their SHA-256, in one folder: ``ab/ab12…``, with a preview beside as ``ab12….webp``.

Bytes are written under another name in the same folder, forced to disk and renamed: whoever finds a name finds the
whole file, also after a power cut. A kill leaves at most a stray under another name, which ``strays`` finds.
Nothing here is ever changed; ``forget`` is only for what nobody names any more.
"""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ringvirkning.foundation.wholefiles import settle
from ringvirkning.sources.by_digest import ARRIVING, DIGEST, ByDigest, digest_of


class Store(ByDigest):
    """A folder of bytes."""

    def preview_path(self, sha256: str) -> Path:
        """Return where the preview of this file lies, or would lie."""
        whole = self.path(sha256)
        return whole.with_name(f"{whole.name}.webp")

    def has(self, sha256: str) -> bool:
        """Tell whether we have these bytes."""
        return self.path(sha256).is_file()

    def arriving(self) -> Path:
        """Make and return a folder of its own for a file on its way in."""
        self.folder.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=ARRIVING, dir=self.folder))

    def keep(self, path: Path) -> str:
        """Move a file that has arrived into the store and return its digest."""
        sha256 = digest_of(path)
        settle(path, self.path(sha256))
        return sha256

    def keep_preview(self, sha256: str, picture: bytes) -> None:
        """Lay a preview beside its file."""
        folder = self.arriving()
        try:
            draft = folder / "preview"
            draft.write_bytes(picture)
            settle(draft, self.preview_path(sha256))
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def forget(self, sha256: str) -> None:
        """Take a file and its preview away."""
        self.path(sha256).unlink(missing_ok=True)
        self.preview_path(sha256).unlink(missing_ok=True)

    def kept(self) -> Iterator[tuple[str, float]]:
        """Yield every file's digest and when it was written."""
        for path in self.folder.glob("[0-9a-f][0-9a-f]/*"):
            if DIGEST.fullmatch(path.name):
                yield path.name, path.stat().st_mtime

    def clear_strays(self, before: float) -> int:
        """Take away what kills left on the way in, when it is older than ``before`` (a time stamp)."""
        if not self.folder.is_dir():
            return 0
        strays = [path for path in self.folder.glob(f"{ARRIVING}*") if path.stat().st_mtime < before]
        for stray in strays:
            shutil.rmtree(stray, ignore_errors=True)
        return len(strays)
