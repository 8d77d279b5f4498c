"""Opening files from strangers in a process apart, with limits on memory, time and size (see ``child``).

Whatever the file does to that process, here it only becomes a code.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from ringvirkning.sources.documents.names import clean_name
from ringvirkning.sources.documents.terms import Kind, NotTaken, Read, Refusal, Taken

SECONDS = 60  # by the clock; the child's own limit is on working time
PACKAGE = Path(__file__).resolve().parents[3]


def take(path: Path, name: str, folder: Path, *, as_it_is: bool = False) -> Taken:
    """Return the file cleaned, or raise ``NotTaken``. ``as_it_is`` refuses what would have to be cleaned away."""
    job = {"what": "take", "path": str(path.resolve()), "name": name, "as_it_is": as_it_is}
    answer = _done(job, folder)
    kind = Kind(str(answer["kind"]))
    return Taken(kind, clean_name(name, kind), str(answer["made"]))


def read(path: Path, kind: Kind, folder: Path) -> Read:
    """Return what can be read out of a file, or raise ``NotTaken``."""
    if not path.is_file():
        raise NotTaken(Refusal.GONE)
    answer = _done({"what": "read", "path": str(path.resolve()), "kind": kind}, folder)
    preview = (folder / "preview.webp").read_bytes() if answer["preview"] else None
    pages = answer["pages"]
    return Read((folder / "text.txt").read_text(encoding="utf-8"), None if pages is None else int(pages), preview)


def _done(job: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Let a child do a job in ``folder`` and return its answer."""
    folder = folder.resolve()
    (folder / "job.json").write_text(json.dumps(job))
    ended = _run(folder)
    try:
        answer: dict[str, Any] = json.loads((folder / "answer.json").read_text())
    except (OSError, ValueError):
        raise NotTaken(_why(ended)) from None
    if "refused" in answer:
        raise NotTaken(Refusal(answer["refused"]))
    return answer


def _run(folder: Path) -> int | None:
    """Run a child to its end and return its code; None when the clock had to stop it."""
    # Nothing of ours but where the program lies: no keys, no database, no home.
    env = {
        "PYTHONPATH": os.pathsep.join([str(PACKAGE), *filter(None, sys.path)]),
        "LC_ALL": "C.UTF-8",
        "TMPDIR": str(folder),
    }
    child = subprocess.Popen(
        [sys.executable, "-P", "-m", "ringvirkning.sources.documents.child", str(folder)],
        cwd=folder,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return child.wait(SECONDS)
    except subprocess.TimeoutExpired:
        return None
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _why(ended: int | None) -> Refusal:
    if ended is None or ended in (-signal.SIGXCPU, -signal.SIGKILL):
        return Refusal.TOO_SLOW
    return Refusal.TOO_HEAVY if ended == -signal.SIGXFSZ else Refusal.BROKEN
