"""Reading bytes into records, in this process or in others beside it, in the order they come and in bounded memory."""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.connection import wait

from ringvirkning.catalogue.notices.terms import Loadable
from ringvirkning.foundation.memory import be_thrifty
from ringvirkning.foundation.sentences import sentence as _
from ringvirkning.sources.notices.read import READER, Unreadable, read_document
from ringvirkning.sources.notices.terms import Source

WAITING = 2  # portions on their way for each process that reads
DIED = _("Programmet som leste filen, stanset. Meld gjerne fra om filen, så vi kan finne ut hvorfor.")


class WillNotStart(Exception):
    """The system gives us no processes to read in."""


@dataclass(frozen=True)
class Bytes:
    """Bytes that are to be read."""

    name: str
    data: bytes
    raw: str  # their SHA-256
    source: Source | None = None


Portion = Sequence[Bytes]
Read = tuple[Bytes, Loadable]


def read(one: Bytes) -> Loadable:
    """Return what the bytes say, or why they cannot be read."""
    try:
        notices = read_document(one.data, file=one.name, source=one.source)
    except Unreadable as why:
        return Loadable(one.raw, one.name, READER, refusal=why.code, sentence=str(why))
    return Loadable(one.raw, one.name, READER, tuple(notices))


def read_portion(portion: Portion) -> list[Loadable]:
    """Return what each of them says."""
    return [read(one) for one in portion]


def read_here(portions: Iterable[Portion]) -> Iterator[Read]:
    """Read in this process."""
    for portion in portions:
        yield from ((one, read(one)) for one in portion)


def read_beside(portions: Iterable[Portion], processes: int) -> Iterator[Read]:
    """Read in processes of their own while this one does something else with what is read.

    The answers come in the order of the questions.
    """
    beside = _Beside(processes)
    try:
        yield from beside.read(portions)
    finally:
        beside.pool.shutdown(cancel_futures=True)


class _Beside:
    """Reading processes with what they have been asked.

    A process that dies takes the others with it. What they were asked is then read one file at a time, so that the
    file it died of is refused by name and the rest goes on.
    """

    def __init__(self, processes: int) -> None:
        self.processes = processes
        self.pool = _pool(processes)
        self.waiting: deque[tuple[Portion, Future[list[Loadable]]]] = deque()

    def read(self, portions: Iterable[Portion]) -> Iterator[Read]:
        for portion in portions:
            self._ask(portion)
            if len(self.waiting) > WAITING * self.processes:
                yield from self._answered()
        while self.waiting:
            yield from self._answered()

    def _ask(self, portion: Portion) -> None:
        try:
            asked = self.pool.submit(read_portion, portion)
        except BrokenProcessPool:
            self._renew()
            asked = self.pool.submit(read_portion, portion)
        self.waiting.append((portion, asked))

    def _answered(self) -> Iterator[Read]:
        portion, asked = self.waiting.popleft()
        try:
            found = asked.result()
        except (BrokenProcessPool, CancelledError):  # it died, or was taken away with one that did
            self._renew()
            found = [self._alone(one) for one in portion]
        return zip(portion, found, strict=True)

    def _alone(self, one: Bytes) -> Loadable:
        try:
            return self.pool.submit(read, one).result()
        except BrokenProcessPool:
            self._renew()
            return Loadable(one.raw, one.name, READER, refusal="reader-died", sentence=DIED)

    def _renew(self) -> None:
        """Start new processes, and see that they do start: else every file would be blamed."""
        self.pool.shutdown(cancel_futures=True)
        self.pool = _pool(self.processes)
        try:
            self.pool.submit(int).result()
        except BrokenProcessPool as error:
            raise WillNotStart from error


def _pool(processes: int) -> ProcessPoolExecutor:
    fresh = multiprocessing.get_context("spawn")  # knows nothing of our database connection
    return ProcessPoolExecutor(
        processes, mp_context=fresh, initializer=_begin, initargs=(end_with_the_one_who_started_us,)
    )


def _begin(first: Callable[[], None]) -> None:
    first()
    be_thrifty()


def end_with_the_one_who_started_us() -> None:
    """See to it that no process is left when the program that loads is killed. Ctrl+C is for that program alone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent.sentinel,), daemon=True).start()


def _end_after(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
