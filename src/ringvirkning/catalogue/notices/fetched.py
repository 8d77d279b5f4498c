"""What was fetched from a source, or loaded before, handed out again as if it were a file: reading needs no network."""

from collections.abc import Iterator
from dataclasses import replace

from ringvirkning.catalogue.notices.models import LoadedFile
from ringvirkning.sources.notices.containers import Item, Refused, open_paths
from ringvirkning.sources.notices.read import READER
from ringvirkning.sources.notices.terms import Source
from ringvirkning.sources.raw import RawStore

AT_ONCE = 500


def fetched(raw: RawStore, source: Source, *, after: int = 0) -> Iterator[Item | Refused]:
    """Yield everything fetched from a source, oldest first, archives opened. A number is the name of its file.

    ``after`` leaves out the beginning; it is what ``raw.end`` said then.
    """
    for one in raw.iterate(source, after=after):
        for found in open_paths([raw.path(one.sha256)]):
            yield replace(found, name=found.name.replace(one.sha256, one.number, 1))


def read_by_older_readers(raw: RawStore) -> Iterator[Item]:
    """Yield the bytes we keep that were read by another reader than today's."""
    older = LoadedFile.objects.exclude(reader=READER).order_by("raw")
    after = ""
    while files := list(older.filter(raw__gt=after)[:AT_ONCE]):
        after = files[-1].raw
        yield from (Item(file.name, raw.read(file.raw)) for file in files if raw.has(file.raw))
