"""Verbs of notices. ``store`` takes what was read into the tables, a batch in one transaction.

The tables are a function of the publications in them: ``store`` replaces what was read from the same bytes, puts every
notice that is touched together again from all its publications, and works out the lives it touches. So the order files
come in, and how they are batched, makes no difference; and a load that is killed has either stored a batch or not.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from ringvirkning.catalogue.notices.batch import Batch
from ringvirkning.catalogue.notices.living import portions
from ringvirkning.catalogue.notices.models import LoadedFile
from ringvirkning.catalogue.notices.registering import register_in_use
from ringvirkning.catalogue.notices.rows import cut
from ringvirkning.catalogue.notices.terms import Loadable, Stored
from ringvirkning.catalogue.notices.writing import write_rows
from ringvirkning.catalogue.operations import record_changes, writers_turn
from ringvirkning.catalogue.terms import ChangeKind


@transaction.atomic
def store(items: Sequence[Loadable], *, at: datetime) -> Stored:
    """Take a batch of what was read into the tables, and return what became of it.

    Bytes that the same reader has read before are passed over, so the same batch can be offered again. Nothing is
    stored of what was refused but that it was, and why.
    """
    writers_turn()
    refused = Counter(item.refusal for item in items if item.refusal)
    items, known = _not_known(items)
    if not items:
        return Stored(known=known, refused=dict(refused))
    batch = Batch(items)
    changed = batch.write(register_in_use())
    record_changes(kind=ChangeKind.NOTICE, keys=changed, at=at)
    _note_files(items, at)
    new, written = len(batch.new), len(batch.written)
    return Stored(new, written - new, len(batch.now) - written, known, dict(refused))


def _not_known(items: Sequence[Loadable]) -> tuple[list[Loadable], int]:
    """Return the items that say something new, each once, and how many did not.

    Bytes under several names are read under the first of them, so that it does not matter which was met first.
    """
    first = {item.raw: item for item in sorted(items, key=lambda item: item.name, reverse=True)}
    known = {file.raw: file for some in portions(sorted(first)) for file in LoadedFile.objects.filter(raw__in=some)}
    new = [item for item in first.values() if not is_known(known.get(item.raw), item.name, item.reader)]
    return sorted(new, key=lambda item: item.raw), _readable(items) - _readable(new)


def _readable(items: Iterable[Loadable]) -> int:
    return sum(not item.refusal for item in items)


def is_known(file: LoadedFile | None, name: str, reader: str) -> bool:
    """Tell whether reading these bytes again would tell us nothing."""
    return file is not None and file.reader == reader and file.name <= file_name(name)


def file_name(name: str) -> str:
    """Return the name of a file without its folders: the same bytes in another folder are the same file."""
    return cut(name.replace("\\", "/").rsplit("/", 1)[-1], 500)


def _note_files(items: Iterable[Loadable], at: datetime) -> None:
    rows = ((item.raw, file_name(item.name), item.reader, cut(item.refusal, 40), at) for item in items)
    write_rows(LoadedFile, ("raw", "name", "reader", "refusal", "at"), rows, known_by="raw")
