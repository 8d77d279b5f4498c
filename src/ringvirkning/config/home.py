"""The home: the one folder that holds everything an installation owns."""

import os
import secrets
from pathlib import Path


def home() -> Path:
    """Return the data folder: ``RINGVIRKNING_HOME``, or ``var`` in the folder we stand in."""
    return Path(os.environ.get("RINGVIRKNING_HOME") or "var").expanduser().resolve()


def secret_key(folder: Path) -> str:
    """Return the installation's secret key, making it the first time.

    The file is made complete in one act, so two processes that start together agree on one key.
    """
    given = os.environ.get("RINGVIRKNING_SECRET_KEY")
    if given:
        return given
    path = folder / "secret-key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f"secret-key.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()
