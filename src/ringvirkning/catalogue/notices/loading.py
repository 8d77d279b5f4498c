"""From files to notices in the tables: what is new is read, its bytes kept, and what it says stored, batch by batch.

Bounded memory: a few portions are on their way to the readers, and one batch to the tables. A load can be killed at any
instant: bytes are kept before the rows that name them, and a batch is one transaction that also says which files it
holds. So the next load passes over exactly what is stored.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain, islice
from typing import Protocol

from ringvirkning.catalogue.notices.models import LoadedFile
from ringvirkning.catalogue.notices.operations import file_name, store
from ringvirkning.catalogue.notices.readers import Bytes, Portion, Read, read_beside, read_here
from ringvirkning.catalogue.notices.terms import Stored
from ringvirkning.foundation.wholefiles import write_all_whole
from ringvirkning.sources.notices.containers import Item, Refused
from ringvirkning.sources.notices.read import READER
from ringvirkning.sources.notices.terms import Source
from ringvirkning.sources.raw import RawStore

PORTION = 50  # files read at a time
PORTION_BYTES = 4_000_000
BATCH = 500  # files stored at a time
BATCH_BYTES = 32_000_000


class Watch(Protocol):
    """Somebody who looks on."""

    def refused(self, name: str, sentence: str) -> None:
        """A file could not be read."""

    def done(self, files: int) -> None:
        """So many more files are dealt with."""


@dataclass
class Total:
    """What became of all that was offered."""

    files: int = 0
    left_out: int = 0  # of a kind that is never a notice
    stored: Stored = field(default_factory=Stored)

    @property
    def refused(self) -> int:
        """How many files could not be read."""
        return sum(self.stored.refused.values())


@dataclass
class Loading:
    """One load. ``raw`` keeps the bytes; without it they are kept elsewhere already."""

    clock: Callable[[], datetime]
    watch: Watch
    raw: RawStore | None
    again: bool = False  # read once more what an older reader has read
    processes: int = 0  # that read; 0 means this one
    source: Source | None = None  # where all of it was published, when that is known
    stored: Callable[[], None] = lambda: None  # called after each batch
    total: Total = field(default_factory=Total)

    def run(self, found: Iterable[Item | Refused]) -> Total:
        """Load what was found, and return what became of it."""
        if self.raw:
            self.raw.clear_strays()
        portions = self._unknown(self._portions(found))
        for batch in _batches(self._read(portions)):
            self._store(batch)
            self.stored()
        return self.total

    def _read(self, portions: Iterator[Portion]) -> Iterator[Read]:
        """Read beside, unless there is so little that it is read before a process is up."""
        first = list(islice(portions, 2))
        beside = self.processes and len(first) == 2
        return read_beside(chain(first, portions), self.processes) if beside else read_here(chain(first, portions))

    def from_source(self, source: Source, found: Iterable[Item | Refused]) -> Total:
        """Load what is known to have been published in one source, and is kept already."""
        loading = replace(self, raw=None, source=source)
        return loading.run(found)

    def _portions(self, found: Iterable[Item | Refused]) -> Iterator[list[Bytes]]:
        portion: list[Bytes] = []
        size = 0
        for one in found:
            self.total.files += 1
            if isinstance(one, Refused):
                self._not_opened(one)
                continue
            portion.append(Bytes(one.name, one.data, hashlib.sha256(one.data).hexdigest(), self.source))
            size += len(one.data)
            if len(portion) == PORTION or size >= PORTION_BYTES:
                yield portion
                portion, size = [], 0
        yield portion

    def _not_opened(self, one: Refused) -> None:
        if one.skipped:
            self.total.left_out += 1
        else:
            self.total.stored.add(Stored(refused={one.code: 1}))
            self.watch.refused(one.name, one.sentence)
        self.watch.done(1)

    def _unknown(self, portions: Iterable[list[Bytes]]) -> Iterator[Portion]:
        """Yield what has not been read before, or was refused then and is told of again."""
        for portion in portions:
            known = {file.raw: file for file in LoadedFile.objects.filter(raw__in={one.raw for one in portion})}
            new = [one for one in portion if not self._is_known(known.get(one.raw), one)]
            self.total.stored.known += len(portion) - len(new)
            self.watch.done(len(portion) - len(new))
            if new:
                yield new

    def _is_known(self, file: LoadedFile | None, one: Bytes) -> bool:
        if file is None or file.refusal or file.name > file_name(one.name):
            return False
        return file.reader == READER or not self.again

    def _store(self, batch: Sequence[Read]) -> None:
        if self.raw:
            keep_all(self.raw, [one for one, said in batch if said.notices])
        self.total.stored.add(store([said for _, said in batch], at=self.clock()))
        for one, said in batch:
            if said.refusal:
                self.watch.refused(one.name, said.sentence)
        self.watch.done(len(batch))


def keep_all(raw: RawStore, some: Iterable[Bytes]) -> None:
    """Keep bytes together: forced to disk one by one they would take longer than everything else."""
    missing = {raw.path(one.raw): one.data for one in some if not raw.has(one.raw)}
    if missing:
        write_all_whole(missing, by_way_of=raw.folder)


def _batches(answers: Iterable[Read]) -> Iterator[list[Read]]:
    batch: list[Read] = []
    size = 0
    for one, said in answers:
        batch.append((one, said))
        size += len(one.data)
        if len(batch) == BATCH or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
