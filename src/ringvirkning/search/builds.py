"""Indexes on disk: built beside and swapped in, followed by change number. One life for every kind of index.

``<folder>/current`` names the build in use; ``<folder>/<build>/`` holds it. A build is never changed into another
shape: a new reading of text or a new schema has a new name and is built beside the old one.

A build keeps the installation's own words it was built with, and whoever opens it reads needs with the same words. When
the words in the database are others, the build stays in use until a new one has been made beside it.
"""

import json
import os
import shutil
import uuid
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Protocol

from ringvirkning.search import approaches
from ringvirkning.search.engines import tantivy_engine
from ringvirkning.search.engines.tantivy_engine import TantivyEngine
from ringvirkning.search.only_one import only_one
from ringvirkning.search.own_words import own_vocabulary
from ringvirkning.search.plan import Batch, Document, Engine, EngineBroken, Shape
from ringvirkning.search.text.vocabulary import OwnWord, Vocabulary, digest, reading_with, vocabulary_of

OWN_WORDS = "own-words.json"
FEW = 5_000  # changes that are always followed; more may be quicker built anew
LARGE_PART = 0.5  # of the documents
Step = Callable[[], None]


def _no_step() -> None:
    """Tell nobody how far we have come."""


class Contents(Protocol):
    """What one kind of index is made of: where it lies, and how the tables become documents."""

    shape: Shape

    @property
    def layout(self) -> str:
        """Raise it when documents or schema change shape."""

    @property
    def folder(self) -> Path:
        """The folder of all builds."""

    def newest(self) -> int:
        """Return the number of the newest change that may have to do with this index."""

    def everything(self, step: Step) -> Iterator[Document]:
        """Yield every document; call ``step`` for each."""

    def waiting(self, after: int, until: int) -> int:
        """Return about how many changes in (after, until] have to do with this index."""

    def changes(self, after: int, until: int) -> Iterable[Batch]:
        """Yield what changed in (after, until] in batches small enough to hold. The last one leads to ``until``."""


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


class Builds:
    """The builds of one kind of index, in use by any number of processes."""

    def __init__(self, contents: Contents) -> None:
        self.contents = contents

    @property
    def folder(self) -> Path:
        """Return the folder of all builds."""
        return self.contents.folder

    @property
    def name(self) -> str:
        """Return the beginning of the name every fitting build has."""
        return f"{self.contents.layout}-{digest()}-{approaches.digest()}"

    def current(self) -> Path | None:
        """Return the build in use, or None when there is none that fits this program."""
        try:
            name = (self.folder / "current").read_text().strip()
        except OSError:
            return None
        build = self.folder / name
        return build if name.startswith(self.name) and build.is_dir() else None

    def open(self, build: Path) -> TantivyEngine:
        """Open a build. Raises ``EngineBroken``."""
        return TantivyEngine(build, self.contents.shape)

    def rebuild(self, step: Step = _no_step, *, instead_of: Path | None = None) -> Path:
        """Build a new index beside the one in use, swap it in, and clear away the others.

        With ``instead_of`` nothing is done when another process has just put another sound build in that one's place.
        """
        with only_one(self.folder / "lock", wait=True):
            present = self.current()
            if instead_of and present and present != instead_of and _has_words_wanted(present):
                return present
            until = self.contents.newest()  # before the words: one added now is a later change, and seen again
            words = own_vocabulary()
            build = self.folder / f"{self.name}-{uuid.uuid4().hex[:8]}"
            build.mkdir(parents=True)
            (build / OWN_WORDS).write_text(json.dumps(words.own), encoding="utf-8")
            with reading_with(words):
                tantivy_engine.build(build, self.contents.shape, self.contents.everything(step), until)
            self._swap_in(build)
        return build

    def _swap_in(self, build: Path) -> None:
        draft = self.folder / f"current.{os.getpid()}"
        draft.write_text(build.name)
        draft.replace(self.folder / "current")
        for other in self.folder.iterdir():
            if other.is_dir() and other != build:
                shutil.rmtree(other, ignore_errors=True)
        for stray in self.folder.glob("current.*"):
            stray.unlink(missing_ok=True)

    def ensure(self, step: Step = _no_step) -> str:
        """Make sure a sound index exists that reflects every change. Returns "built", "followed" or "ready"."""
        build = self.current()
        try:
            engine = self.open(build) if build and _has_words_wanted(build) else None
        except EngineBroken:
            engine = None
        if build is None or engine is None or self._is_far_behind(engine):
            self.rebuild(step, instead_of=build)
            return "built"
        with reading_with(words_of(build)):
            return "followed" if self.follow(engine, wait=True, step=step) else "ready"

    def _is_far_behind(self, engine: Engine) -> bool:
        """Tell whether so much has changed that building anew is quicker."""
        waiting = self.contents.waiting(engine.change, self.contents.newest())
        return waiting > max(FEW, LARGE_PART * engine.size)

    def follow(self, engine: Engine, *, wait: bool = False, step: Step = _no_step, until: int | None = None) -> bool:
        """Bring an index up to the newest change, or to ``until``. Returns whether anything was done.

        Another process may be doing the same: then we leave it to it and go on with what is there. Each batch is a
        commit with its change number, so whoever is stopped on the way goes on from there.
        """
        newest = self.contents.newest() if until is None else until
        if newest == engine.change:
            return False
        with only_one(self.folder / "lock", wait=wait) as mine:
            engine.reload()
            if not mine or newest <= engine.change:
                return False
            for batch in self.contents.changes(engine.change, newest):
                engine.apply(*batch)
                for _ in batch.changed:
                    step()
        return True
