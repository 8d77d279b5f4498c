"""A process's view of an index: opens it, follows changes, and heals it in the background."""

import logging
import threading
from collections.abc import Callable
from pathlib import Path

from ringvirkning.search.builds import Builds, words_of
from ringvirkning.search.own_words import own_vocabulary
from ringvirkning.search.plan import Engine, EngineBroken
from ringvirkning.search.text.vocabulary import Vocabulary, reading_with, vocabulary_of

log = logging.getLogger(__name__)
AT_ONCE = 200  # changes a visitor waits for; more are followed in the background


class LiveIndex:
    """One index as this process sees it. ``on_open`` is told the words of each build that is opened."""

    def __init__(self, builds: Builds, on_open: Callable[[Vocabulary], None] = lambda words: None) -> None:
        self.builds = builds
        self.words = vocabulary_of(())  # the words needs must be read with
        self._on_open = on_open
        self._engine: Engine | None = None
        self._build: Path | None = None
        self._compared: int | None = None  # the change at which the build's words were last found right
        self._opened = 0
        self._newest = 0  # the newest change we have heard of
        self._guard = threading.Lock()
        self._healing: threading.Thread | None = None

    def engine(self) -> Engine | None:
        """Return an engine that is up to date or soon will be, or None while the index is being mended."""
        build = self.builds.current()
        if build is None:
            self.heal()
            return None
        try:
            if self._engine is None or build != self._build:
                self._open(build)
            if self._engine:
                self._catch_up(self._engine)
        except EngineBroken as error:
            if self.builds.current() not in (None, build):  # swapped while we opened it
                return self.engine()
            log.warning("The search index is damaged and is built anew: %s", error)
            self.heal()
            return None
        return self._engine

    def state(self) -> tuple[str, int, int] | None:
        """Return what answers depend on: build, change number, and how often we had to open.

        None while the index is mended or far behind: what is answered then is soon answered otherwise.
        """
        engine = self.engine()
        if engine is None or self._build is None or engine.change < self._newest:
            return None
        return self._build.name, engine.change, self._opened

    def _open(self, build: Path) -> None:
        words, engine = words_of(build), self.builds.open(build)
        self._on_open(words)
        self._engine, self._build, self.words, self._compared = engine, build, words, None
        self._opened += 1

    def _catch_up(self, engine: Engine) -> None:
        newest = self._newest = self.builds.contents.newest()
        self._see_to_words(newest)
        if newest == engine.change:
            return
        engine.reload()  # another process may have followed already
        if self.builds.contents.waiting(engine.change, newest) > AT_ONCE:
            self._start(self._follow)  # a large load: nobody waits for it
        elif self._guard.acquire(blocking=False):
            try:
                with reading_with(self.words):
                    self.builds.follow(engine)
            finally:
                self._guard.release()

    def _see_to_words(self, newest: int) -> None:
        """Start building beside when the words in the database are no longer the build's.

        Every process looks when it meets a new change, so it is done even if the first one to start it is killed.
        """
        if newest != self._compared:
            # Noted before the build starts, since a build that fails at once takes the note away again.
            self._compared = newest
            if own_vocabulary().name != self.words.name and not self._start(self._refresh):
                self._compared = None  # another build goes on: ask again at the next search

    def heal(self) -> None:
        """Start building anew in the background, unless that is already going on."""
        with self._guard:
            self._engine = self._build = None
        self._start(self._rebuild)

    def _rebuild(self) -> None:
        self.builds.rebuild()

    def _refresh(self) -> None:
        self.builds.rebuild(instead_of=self._build)

    def _follow(self) -> None:
        """Follow with an engine of its own: those who search meanwhile see each commit when they reload."""
        self.builds.ensure()

    def _start(self, work: Callable[[], None]) -> bool:
        """Start building in the background; False when somebody is at it already."""
        with self._guard:
            if self._healing is not None and self._healing.is_alive():
                return False
            self._healing = threading.Thread(target=self._quietly, args=(work,), name="heal-index", daemon=True)
            self._healing.start()
            return True

    def _quietly(self, work: Callable[[], None]) -> None:
        from django.db import connection

        try:
            work()
        except Exception:
            log.exception("The search index could not be built. The next visitor starts a new try.")
            self._compared = None
        finally:
            connection.close()
