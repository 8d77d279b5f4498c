"""The search index of notices followed by a process of its own while another loads, so that neither waits.

It is told which changes are ready for it: those whose notices have been read for innovation, since it would otherwise
read them itself, and see them a second time when they have been. It is only haste: what it has not done when it ends,
or dies, the load does at its end.
"""

import logging
import multiprocessing
import signal
import time
from enum import IntEnum
from multiprocessing.sharedctypes import RawValue
from typing import Any

from ringvirkning.catalogue.notices.readers import end_with_the_one_who_started_us
from ringvirkning.foundation.memory import be_thrifty, children_with_one_heap

log = logging.getLogger(__name__)
LOOKS_EVERY = 0.3  # seconds
ENOUGH = 1_000  # changes worth a turn: as many as the index takes in at a time
FROM_BATCH = 3  # a load with fewer is done before the process is up
SECONDS_TO_STOP = 60.0


class Wish(IntEnum):
    """What the load wants."""

    FOLLOW = 0
    FINISH = 1  # follow to the last change told of, and end
    STOP = 2  # end at once


class Told:
    """What the load tells the process. Plain numbers without a lock: a killed process can leave none locked."""

    def __init__(self) -> None:
        self.ready: Any = RawValue("q", 0)  # the newest change that is ready
        self.wish: Any = RawValue("i", Wish.FOLLOW)


class IndexBeside:
    """Starts the process when a load turns out to be large, and ends it with the load."""

    def __init__(self, *, enough: int = ENOUGH, from_batch: int = FROM_BATCH) -> None:
        self._told = Told()
        fresh = multiprocessing.get_context("spawn")
        self._process = fresh.Process(target=_follow, args=(self._told, enough), name="index-beside", daemon=True)
        self._batches, self._from_batch = 0, from_batch

    def __enter__(self) -> "IndexBeside":
        return self

    def stored(self, change: int) -> None:
        """Another batch is stored; everything up to a change is ready for the index."""
        self._told.ready.value = change
        self._batches += 1
        if self._batches == self._from_batch:
            with children_with_one_heap():
                self._process.start()

    def __exit__(self, kind: object, *given: object) -> None:
        """Let it finish; when the load was stopped, it stops too."""
        self._told.wish.value = Wish.STOP if kind else Wish.FINISH
        if self._batches >= self._from_batch:
            try:
                self._process.join(SECONDS_TO_STOP if kind else None)
            finally:
                self._process.kill()


class _Stopped(Exception):
    """The load wants us to end at once."""


def _follow(told: Told, enough: int) -> None:
    """Follow as long as the load wishes. What is committed stays; what is under way is done again by the load."""
    end_with_the_one_who_started_us()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    from ringvirkning.cli.house_door import open_house

    open_house()
    be_thrifty()
    try:
        _follow_on(told, enough)
    except _Stopped:
        return
    except Exception:
        log.exception("The index could not be followed beside the load. The load does it at its end.")


def _follow_on(told: Told, enough: int) -> None:
    reached, wish = 0, Wish.FOLLOW
    while wish == Wish.FOLLOW:
        wish = told.wish.value  # asked before what is ready: nothing becomes ready after the wish to finish
        ready = told.ready.value
        if ready - reached >= (1 if wish == Wish.FINISH else enough):
            _follow_to(ready, told)
            reached = ready
        elif wish == Wish.FOLLOW:
            time.sleep(LOOKS_EVERY)


def _follow_to(ready: int, told: Told) -> None:
    from ringvirkning.search.builds import words_of
    from ringvirkning.search.notices.index import notices_index
    from ringvirkning.search.text.vocabulary import reading_with

    def step() -> None:
        if told.wish.value == Wish.STOP:
            raise _Stopped

    builds = notices_index.builds
    build = builds.current()
    if build:
        with reading_with(words_of(build)):
            builds.follow(builds.open(build), wait=True, step=step, until=ready)
