"""The index on disk: built beside and swapped in, followed by change number, rebuilt when it is broken.

``<folder>/current`` names the build in use; ``<folder>/<build>/`` holds it. A build is never changed into another
shape: a new reading of text or a new schema has a new name and is built beside the old one.
"""

import logging
import os
import shutil
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from ringvirkning.catalogue import queries
from ringvirkning.search.casedoc import KIND, case_document
from ringvirkning.search.engines import tantivy_engine
from ringvirkning.search.engines.tantivy_engine import TantivyEngine
from ringvirkning.search.plan import Document, Engine, EngineBroken
from ringvirkning.search.text.vocabulary import digest

try:
    import fcntl
except ImportError:  # pragma: no cover - not a Unix: one process is then the rule
    fcntl = None  # type: ignore[assignment]

log = logging.getLogger(__name__)
LAYOUT = "1"  # raise it when documents or schema change shape
MOST_FOLLOWED = 2_000  # more changes than this are quicker built anew


def index_folder() -> Path:
    """Return the folder of all builds."""
    return Path(settings.SEARCH_INDEX)


def build_name() -> str:
    """Return the beginning of the name every fitting build has."""
    return f"{LAYOUT}-{digest()}"


def current_build() -> Path | None:
    """Return the build in use, or None when there is none that fits this program."""
    try:
        name = (index_folder() / "current").read_text().strip()
    except OSError:
        return None
    build = index_folder() / name
    return build if name.startswith(build_name()) and build.is_dir() else None


@contextmanager
def _only_one(wait: bool) -> Iterator[bool]:
    """Hold the builders' lock. Yields False when somebody else holds it and we do not wait."""
    index_folder().mkdir(parents=True, exist_ok=True)
    with (index_folder() / "lock").open("w") as handle:
        if fcntl:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except OSError:
                yield False
                return
        yield True


def case_documents(step: Callable[[], None] = lambda: None) -> Iterator[Document]:
    """Yield every case as a document."""
    for case in queries.cases_with_documents().iterator(chunk_size=500):
        if case.revision:
            yield case_document(case, queries.read_case(case.revision.document))
        step()


def rebuild(step: Callable[[], None] = lambda: None) -> Path:
    """Build a new index beside the one in use, swap it in, and clear away the others."""
    with _only_one(wait=True):
        until = queries.last_change()
        build = index_folder() / f"{build_name()}-{uuid.uuid4().hex[:8]}"
        build.mkdir(parents=True)
        tantivy_engine.build(build, case_documents(step), until)
        _swap_in(build)
    return build


def _swap_in(build: Path) -> None:
    draft = index_folder() / f"current.{os.getpid()}"
    draft.write_text(build.name)
    draft.replace(index_folder() / "current")
    for other in index_folder().iterdir():
        if other.is_dir() and other != build:
            shutil.rmtree(other, ignore_errors=True)
    for stray in index_folder().glob("current.*"):
        stray.unlink(missing_ok=True)


def ensure(step: Callable[[], None] = lambda: None) -> str:
    """Make sure a sound index exists that reflects every change. Returns "built", "followed" or "ready"."""
    build = current_build()
    try:
        engine = TantivyEngine(build) if build else None
    except EngineBroken:
        engine = None
    if engine is None:
        rebuild(step)
        return "built"
    return "followed" if follow(engine, wait=True) else "ready"


def follow(engine: Engine, *, wait: bool = False) -> bool:
    """Bring an index up to the newest change. Returns whether anything was done.

    Another process may be doing the same: then we leave it to it and go on with what is there.
    """
    newest = queries.last_change()
    if newest == engine.change:
        return False
    with _only_one(wait=wait) as mine:
        engine.reload()
        if not mine or newest <= engine.change:
            return False
        keys = queries.changed_cases(engine.change, newest)
        cases = queries.cases_by_id(keys)
        documents = [
            case_document(case, queries.read_case(case.revision.document)) for case in cases.values() if case.revision
        ]
        engine.apply(documents, [f"{KIND}/{key}" for key in keys if key not in cases], newest)
    return True


class Index:
    """This process's view of the index: opens it, follows changes, and heals it in the background."""

    def __init__(self) -> None:
        self._engine: Engine | None = None
        self._build: Path | None = None
        self._opened = 0
        self._guard = threading.Lock()
        self._healing: threading.Thread | None = None

    def engine(self) -> Engine | None:
        """Return an engine that is up to date, or None while the index is being mended."""
        build = current_build()
        if build is None:
            self.heal()
            return None
        try:
            if self._engine is None or build != self._build:
                self._engine, self._build = TantivyEngine(build), build
                self._opened += 1
            self._catch_up(self._engine)
        except EngineBroken as error:
            log.warning("The search index is damaged and is built anew: %s", error)
            self.heal()
            return None
        return self._engine

    def state(self) -> tuple[str, int, int] | None:
        """Return what answers depend on: build, change number, and how often we had to open. None while mending."""
        engine = self.engine()
        return (self._build.name, engine.change, self._opened) if engine and self._build else None

    def _catch_up(self, engine: Engine) -> None:
        if queries.last_change() == engine.change or not self._guard.acquire(blocking=False):
            return
        try:
            follow(engine)
        finally:
            self._guard.release()

    def heal(self) -> None:
        """Start building anew in the background, unless that is already going on."""
        with self._guard:
            self._engine = self._build = None
            if self._healing is None or not self._healing.is_alive():
                self._healing = threading.Thread(target=_heal_quietly, name="heal-index", daemon=True)
                self._healing.start()


def _heal_quietly() -> None:
    from django.db import connection

    try:
        rebuild()
    except Exception:
        log.exception("The search index could not be built. The next visitor starts a new try.")
    finally:
        connection.close()


index = Index()
