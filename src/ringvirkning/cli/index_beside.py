"""The search index of notices followed by a process of its own while another loads, so that neither waits.

It is only haste: whatever it has not done when it ends, or dies, the load does at its end.
"""

import logging
import multiprocessing
import signal
from multiprocessing.synchronize import Event

from ringvirkning.catalogue.notices.readers import end_with_the_one_who_started_us

log = logging.getLogger(__name__)
LOOKS_EVERY = 0.3  # seconds
FROM_BATCH = 3  # a load with fewer is done before the process is up
SECONDS_TO_END = 60.0


class IndexBeside:
    """Starts the process when a load turns out to be large, and ends it with the load."""

    def __init__(self) -> None:
        fresh = multiprocessing.get_context("spawn")
        self._ending = fresh.Event()
        self._process = fresh.Process(target=_follow, args=(self._ending,), name="index-beside", daemon=True)
        self._batches = 0

    def __enter__(self) -> "IndexBeside":
        return self

    def stored(self) -> None:
        """Another batch is stored."""
        self._batches += 1
        if self._batches == FROM_BATCH:
            self._process.start()

    def __exit__(self, *given: object) -> None:
        self._ending.set()
        if self._process.is_alive():
            self._process.join(SECONDS_TO_END)
            self._process.kill()


class _Enough(Exception):
    """The load has ended."""


def _follow(ending: Event) -> None:
    """Follow until the load has ended. What is committed stays; what is under way is done again by the load."""
    end_with_the_one_who_started_us()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    from ringvirkning.cli.house_door import open_house

    open_house()
    while not ending.wait(LOOKS_EVERY):
        try:
            _follow_once(ending)
        except _Enough:
            return
        except Exception:
            log.exception("The index could not be followed beside the load. The load does it at its end.")
            return


def _follow_once(ending: Event) -> None:
    from ringvirkning.search.builds import words_of
    from ringvirkning.search.notices.index import notices_index
    from ringvirkning.search.text.vocabulary import reading_with

    def step() -> None:
        if ending.is_set():
            raise _Enough

    builds = notices_index.builds
    build = builds.current()
    if build:
        with reading_with(words_of(build)):
            builds.follow(builds.open(build), wait=True, step=step)
