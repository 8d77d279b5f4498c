"""A lock between processes: one at a time builds or follows."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # pragma: no cover - not a Unix: one process is then the rule
    fcntl = None  # type: ignore[assignment]


@contextmanager
def only_one(lock: Path, *, wait: bool) -> Iterator[bool]:
    """Hold a lock file, made when it is not there. Yields False when somebody else holds it and we do not wait."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as handle:
        if fcntl:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except OSError:
                yield False
                return
        yield True
