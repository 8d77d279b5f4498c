"""A folder of bytes by their SHA-256: ``ab/ab12…``. What names a file is a digest and nothing else."""

import hashlib
import re
from pathlib import Path

DIGEST = re.compile(r"[0-9a-f]{64}")
ARRIVING = "arriving-"  # begins the name of whatever is on its way in


class ByDigest:
    """Where bytes lie."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)

    def path(self, sha256: str) -> Path:
        """Return where the bytes with this digest lie, or would lie."""
        if not DIGEST.fullmatch(sha256):
            raise ValueError("not a SHA-256")
        return self.folder / sha256[:2] / sha256

    def has(self, sha256: str) -> bool:
        """Tell whether we have these bytes."""
        return self.path(sha256).is_file()


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
