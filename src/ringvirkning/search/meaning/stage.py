"""Searching by meaning as this process sees it: on when the operator names a model, else everything works without.

Whoever asks never waits for the model to read cases: that goes on in the background, and until it is done the vectors
that were whole last are used.
"""

import logging
import sqlite3
import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from django.conf import settings

from ringvirkning.catalogue import queries
from ringvirkning.foundation.memo import Memo
from ringvirkning.search.meaning import onnx_model
from ringvirkning.search.meaning.following import Step, follow
from ringvirkning.search.meaning.kept import Kept, KeptVectors
from ringvirkning.search.meaning.model import Meaning, MeaningMissing, Vectors

log = logging.getLogger(__name__)
# Characters of a need that the model reads: a longer one takes long, and on the tuning half finds nothing better.
MOST_OF_A_NEED = 500
MOST_NEEDS = 100  # remembered in memory for the next page of the same search, never written


class Stage:
    """A model and the vectors of the cases."""

    def __init__(self, model: Meaning, folder: Path) -> None:
        self.model = model
        self.kept = KeptVectors(folder / f"meaning-{model.name}.sqlite3")
        self._held: Kept | None = None
        self._tried = -1  # the change number that following was last begun for
        self._needs: Memo[Vectors] = Memo(MOST_NEEDS)
        self._guard = threading.Lock()
        self._following: threading.Thread | None = None

    def near(self, need: str) -> dict[str, float]:
        """Return how near the nearest cases are, 0–1 by their key in the index; nothing while there are no vectors."""
        from ringvirkning.search.meaning.nearness import nearness

        read = need.strip()[:MOST_OF_A_NEED]
        held = self._newest() if read else None
        if held is None:
            return {}
        return nearness(self._needs.get(read, lambda: self.model.of_need(read)), held)

    def state(self) -> Hashable:
        """Return what answers depend on."""
        held = self._newest()
        return self.model.name, held.change if held else None

    def follow(self, step: Step = lambda: None, *, wait: bool = True) -> bool:
        """Work out what lacks, here and now. A file that is damaged is made anew."""
        try:
            done = follow(self.model, self.kept, wait=wait, step=step)
        except sqlite3.DatabaseError as error:
            log.warning("The vectors in %s cannot be used (%s) and are made anew.", self.kept.path, error)
            self.kept.path.unlink(missing_ok=True)
            done = follow(self.model, self.kept, wait=wait, step=step)
        self._read()
        return done

    def _newest(self) -> Kept | None:
        """Return the vectors there are, and see to it that they become up to date."""
        newest = queries.last_library_change()
        if self._held is None or self._held.change != newest:
            self._read()
            if (self._held is None or self._held.change != newest) and self._tried != newest:
                self._start(newest)
        return self._held

    def _read(self) -> None:
        try:
            change = self.kept.change()
            if change is not None and (self._held is None or self._held.change != change):
                self._held = self.kept.read()
        except sqlite3.DatabaseError as error:
            log.warning("The vectors in %s cannot be read: %s", self.kept.path, error)

    def _start(self, newest: int) -> None:
        with self._guard:
            if self._following is None or not self._following.is_alive():
                self._tried = newest
                self._following = threading.Thread(target=self._quietly, name="follow-meaning", daemon=True)
                self._following.start()

    def _quietly(self) -> None:
        from django.db import connection

        try:
            self.follow(wait=False)
        except Exception:
            log.exception("The cases' vectors could not be worked out. The next change starts a new try.")
        finally:
            connection.close()


_made: dict[tuple[str, str], Stage | None] = {}
_making = threading.Lock()
_paused: ContextVar[bool] = ContextVar("paused", default=False)
load: Callable[[Path], Meaning] = onnx_model.load


def stage() -> Stage | None:
    """Return the stage; None when no model is named, or the one that is cannot be used: that is said once."""
    wanted = (str(settings.MEANING_MODEL), str(settings.SEARCH_INDEX))
    if not settings.MEANING_MODEL or _paused.get():
        return None
    with _making:
        if wanted not in _made:
            _made[wanted] = _make(Path(settings.MEANING_MODEL))
        return _made[wanted]


def _make(folder: Path) -> Stage | None:
    try:
        return Stage(load(folder), Path(settings.SEARCH_INDEX))
    except MeaningMissing as lacking:
        log.warning("%s Søket virker uten.", lacking)
        return None


@contextmanager
def without_meaning() -> Iterator[None]:
    """Search by words alone for as long as this lasts, in this thread."""
    before = _paused.set(True)
    try:
        yield
    finally:
        _paused.reset(before)


def near(need: str) -> dict[str, float]:
    """Return how near the nearest cases are to a need in meaning; nothing when the stage is off. Never fails."""
    try:
        there = stage()
        return there.near(need) if there else {}
    except Exception:  # a search by words must not fail for what is only an addition to it
        log.exception("The need could not be compared by meaning.")
        return {}


def state() -> Hashable:
    """Return what answers depend on beside the index."""
    there = stage()
    return there.state() if there else None


def ensure(step: Step = lambda: None) -> bool:
    """Make sure that all vectors are there, when the stage is on. Returns whether it is."""
    there = stage()
    if there:
        there.follow(step)
    return there is not None
