"""The process that opens files from strangers: ``python -m ringvirkning.sources.documents.child FOLDER``.

It reads ``FOLDER/job.json``, writes ``FOLDER/answer.json``, and dies within its limits whatever the file is. It has
no settings, no keys and no database; ``apart`` starts it and judges how it ended.
"""

import json
import sys
from pathlib import Path

try:
    import resource
except ImportError:  # pragma: no cover - not a Unix: only the clock then stops a hostile file
    resource = None  # type: ignore[assignment]

MEMORY = 1_500_000_000
SECONDS = 30
LARGEST = 600_000_000  # bytes in one file it writes
OPEN_FILES = 128


def limit() -> None:
    """Give up what a reader of files does not need, before the file is touched."""
    if resource is None:
        return
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, LARGEST),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def main() -> None:
    """Do one job."""
    limit()
    from ringvirkning.sources.documents.terms import NotTaken, Refusal

    folder = Path(sys.argv[1])
    job = json.loads((folder / "job.json").read_text())
    try:
        answer = {"take": _take, "read": _read}[job["what"]](folder, job)
    except NotTaken as refused:
        answer = {"refused": refused.code}
    except (MemoryError, RecursionError):
        answer = {"refused": Refusal.TOO_HEAVY}
    except Exception as error:  # the libraries fail in as many ways as files can be broken
        answer = {"refused": Refusal.BROKEN, "because": f"{type(error).__name__}: {error}"[:500]}
    (folder / "answer.json").write_text(json.dumps(answer))


def _take(folder: Path, job: dict[str, object]) -> dict[str, object]:
    from ringvirkning.sources.documents.clean import clean, is_clean
    from ringvirkning.sources.documents.extract import opens
    from ringvirkning.sources.documents.sniff import kind_of
    from ringvirkning.sources.documents.terms import PICTURES, NotTaken, Refusal

    path, made = Path(str(job["path"])), folder / "cleaned"
    kind = kind_of(path, str(job["name"]))
    opens(path, kind)
    if job["as_it_is"]:
        clean(path, kind, made)  # it must open like any other
        if kind in PICTURES and not is_clean(path, kind):
            raise NotTaken(Refusal.TWO_IN_ONE)
        return {"kind": kind, "made": str(path if kind in PICTURES else made)}
    return {"kind": clean(path, kind, made), "made": str(made)}


def _read(folder: Path, job: dict[str, object]) -> dict[str, object]:
    from ringvirkning.sources.documents.extract import extract
    from ringvirkning.sources.documents.terms import Kind

    read = extract(Path(str(job["path"])), Kind(str(job["kind"])))
    (folder / "text.txt").write_text(read.text, encoding="utf-8")
    if read.preview:
        (folder / "preview.webp").write_bytes(read.preview)
    return {"pages": read.pages, "preview": read.preview is not None}


if __name__ == "__main__":
    main()
