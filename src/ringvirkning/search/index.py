"""The index on disk: built beside and swapped in, followed by change number, rebuilt when it is broken.

``<folder>/current`` names the build in use; ``<folder>/<build>/`` holds it. A build is never changed into another
shape: a new reading of text or a new schema has a new name and is built beside the old one.

A build keeps the installation's own words it was built with, and whoever opens it reads needs with the same words. When
the words in the database are others, the build stays in use until a new one has been made beside it.
"""

import json
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
from ringvirkning.catalogue.files import texts_of
from ringvirkning.catalogue.models import Case, CaseRevision
from ringvirkning.search.casedoc import KIND, case_document
from ringvirkning.search.engines import tantivy_engine
from ringvirkning.search.engines.tantivy_engine import TantivyEngine
from ringvirkning.search.own_words import own_vocabulary
from ringvirkning.search.plan import Document, Engine, EngineBroken
from ringvirkning.search.text.vocabulary import OwnWord, Vocabulary, digest, reading_with, use, vocabulary_of

try:
    import fcntl
except ImportError:  # pragma: no cover - not a Unix: one process is then the rule
    fcntl = None  # type: ignore[assignment]

log = logging.getLogger(__name__)
LAYOUT = "2"  # raise it when documents or schema change shape
OWN_WORDS = "own-words.json"
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


def words_of(build: Path) -> Vocabulary:
    """Return the vocabulary a build was made with. Raises ``EngineBroken`` when that cannot be read."""
    try:
        rows = json.loads((build / OWN_WORDS).read_text(encoding="utf-8"))
        return vocabulary_of(OwnWord(str(concept), str(word), bool(hint)) for concept, word, hint in rows)
    except (OSError, ValueError, TypeError) as error:
        raise EngineBroken(f"the build's own words cannot be read: {error}") from error


def _has_words_wanted(build: Path | None) -> bool:
    try:
        return build is not None and words_of(build).name == own_vocabulary().name
    except EngineBroken:
        return False


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
            yield _document(case, case.revision)
        step()


def _document(case: Case, revision: CaseRevision) -> Document:
    """Return a case as a document, with the text of its files."""
    case_file = queries.read_case(revision.document)
    return case_document(case, case_file, texts_of([case_file]))


def rebuild(step: Callable[[], None] = lambda: None, *, unless_right: bool = False) -> Path:
    """Build a new index beside the one in use, swap it in, and clear away the others.

    With ``unless_right`` nothing is done when another process has just made what we would make.
    """
    with _only_one(wait=True):
        present = current_build()
        if unless_right and present and _has_words_wanted(present):
            return present
        until = queries.last_change()  # before the words: one added now is a later change, and seen again
        words = own_vocabulary()
        build = index_folder() / f"{build_name()}-{uuid.uuid4().hex[:8]}"
        build.mkdir(parents=True)
        (build / OWN_WORDS).write_text(json.dumps(words.own), encoding="utf-8")
        with reading_with(words):
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
        engine = TantivyEngine(build) if build and _has_words_wanted(build) else None
    except EngineBroken:
        engine = None
    if build is None or engine is None:
        rebuild(step)
        return "built"
    with reading_with(words_of(build)):
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
        documents = [_document(case, case.revision) for case in cases.values() if case.revision]
        engine.apply(documents, [f"{KIND}/{key}" for key in keys if key not in cases], newest)
    return True


class Index:
    """This process's view of the index: opens it, follows changes, and heals it in the background."""

    def __init__(self) -> None:
        self._engine: Engine | None = None
        self._build: Path | None = None
        self._words = vocabulary_of(())
        self._compared: int | None = None  # the change at which the build's words were last found right
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
                self._open(build)
            if self._engine:
                self._catch_up(self._engine)
        except EngineBroken as error:
            if current_build() not in (None, build):  # swapped while we opened it
                return self.engine()
            log.warning("The search index is damaged and is built anew: %s", error)
            self.heal()
            return None
        return self._engine

    def state(self) -> tuple[str, int, int] | None:
        """Return what answers depend on: build, change number, and how often we had to open. None while mending."""
        engine = self.engine()
        return (self._build.name, engine.change, self._opened) if engine and self._build else None

    def _open(self, build: Path) -> None:
        words, engine = words_of(build), TantivyEngine(build)
        use(words)
        self._engine, self._build, self._words, self._compared = engine, build, words, None
        self._opened += 1

    def _catch_up(self, engine: Engine) -> None:
        newest = queries.last_change()
        self._see_to_words(newest)
        if newest == engine.change or not self._guard.acquire(blocking=False):
            return
        try:
            with reading_with(self._words):
                follow(engine)
        finally:
            self._guard.release()

    def _see_to_words(self, newest: int) -> None:
        """Start building beside when the words in the database are no longer the build's.

        Every process looks when it meets a new change, so it is done even if the first one to start it is killed.
        """
        if newest != self._compared:
            # Noted before the build starts, since a build that fails at once takes the note away again.
            self._compared = newest
            if own_vocabulary().name != self._words.name and not self._start(_refresh_quietly):
                self._compared = None  # another build goes on: ask again at the next search

    def heal(self) -> None:
        """Start building anew in the background, unless that is already going on."""
        with self._guard:
            self._engine = self._build = None
        self._start(_heal_quietly)

    def look_at_words_again(self) -> None:
        """Compare the build's words with those in the database at the next search."""
        self._compared = None

    def _start(self, work: Callable[[], None]) -> bool:
        """Start building in the background; False when somebody is at it already."""
        with self._guard:
            if self._healing is not None and self._healing.is_alive():
                return False
            self._healing = threading.Thread(target=work, name="heal-index", daemon=True)
            self._healing.start()
            return True


def _heal_quietly() -> None:
    _build_quietly(rebuild)


def _refresh_quietly() -> None:
    _build_quietly(lambda: rebuild(unless_right=True))


def _build_quietly(build: Callable[[], object]) -> None:
    from django.db import connection

    try:
        build()
    except Exception:
        log.exception("The search index could not be built. The next visitor starts a new try.")
        index.look_at_words_again()
    finally:
        connection.close()


index = Index()
