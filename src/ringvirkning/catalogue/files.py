"""Files people share: taken in, tied to the draft they were uploaded to, read later, and swept when nobody names them.

``accept`` is the only way in. What it answers with is the ``file`` of a document in a case file.
"""

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from ringvirkning.catalogue.models import Case, CaseRevision, FileUpload, StoredFile
from ringvirkning.catalogue.operations import record_change, writers_turn
from ringvirkning.catalogue.queries import case_file_of
from ringvirkning.catalogue.refusals import sentence
from ringvirkning.catalogue.terms import ChangeKind, FileState, Standing
from ringvirkning.sources.by_digest import DIGEST, digest_of
from ringvirkning.sources.casefile.model import CaseFile, File
from ringvirkning.sources.documents import apart
from ringvirkning.sources.documents.scan import scan
from ringvirkning.sources.documents.store import Store
from ringvirkning.sources.documents.terms import KIND_OF, MEDIA_TYPES, NotTaken, Read, Refusal, Taken

MEGABYTE = 1_000_000
CLAIM = timedelta(minutes=10)  # whoever has read a file for longer than this is gone
REST = timedelta(days=1)  # how long a file nobody names is kept, for a draft that has not been saved yet


@dataclass(frozen=True)
class Accepted:
    """A file that was taken in. ``file`` is ready to stand in a document of a case file."""

    file: dict[str, Any]


@dataclass(frozen=True)
class Refused:
    """A file that was not taken in, and the words to say so."""

    code: str
    sentence: str


def store() -> Store:
    """Return where the bytes lie."""
    return Store(Path(settings.FILES))


# Taking in.


def accept(
    *, name: str, chunks: Iterable[bytes], at: datetime, draft_key: UUID | str | None = None
) -> Accepted | Refused:
    """Take in a file: within the limit, of a kind on the list, clean of virus and of who made it.

    ``draft_key`` ties it to a draft at once; a file that is tied to none can be named by none (see ``bind``).
    """
    return _taken_in(name, chunks, at, draft_key, expected=None)


def take_back(
    *, sha256: str, name: str, chunks: Iterable[bytes], at: datetime, draft_key: UUID | str | None = None
) -> Accepted | Refused:
    """Take in a file that left this library (or another) in an archive: it is looked at like any other.

    Its bytes are kept as they are, so that its digest stays; what would have been cleaned away is a refusal.
    """
    return _taken_in(name, chunks, at, draft_key, expected=sha256)


def _taken_in(
    name: str, chunks: Iterable[bytes], at: datetime, draft_key: UUID | str | None, expected: str | None
) -> Accepted | Refused:
    folder = store().arriving()
    try:
        arrived = folder / "arrived"
        _write(chunks, arrived)
        if settings.CLAMAV:
            scan(arrived, settings.CLAMAV)
        taken = apart.take(arrived, name, folder, as_it_is=expected is not None)
        return _kept(taken, at, draft_key, expected)
    except NotTaken as refused:
        return Refused(refused.code, sentence(refused.code, settings.MOST_UPLOAD // MEGABYTE))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write(chunks: Iterable[bytes], path: Path) -> None:
    """Write what comes, and stop when it is more than we take: what is announced beforehand is not believed."""
    size = 0
    with path.open("xb") as handle:
        for chunk in chunks:
            size += len(chunk)
            if size > settings.MOST_UPLOAD:
                raise NotTaken(Refusal.TOO_LARGE)
            handle.write(chunk)
    if size == 0:
        raise NotTaken(Refusal.EMPTY)


@transaction.atomic
def _kept(taken: Taken, at: datetime, draft_key: UUID | str | None, expected: str | None) -> Accepted:
    """Keep the bytes and then the row. The writers' turn keeps ``sweep`` from taking the bytes in between."""
    writers_turn()
    path = Path(taken.path)
    if expected not in (None, digest_of(path)):
        raise NotTaken(Refusal.BROKEN)
    values = {"media_type": MEDIA_TYPES[taken.kind], "size": path.stat().st_size, "made": at}
    sha256 = store().keep(path)
    row, _ = StoredFile.objects.update_or_create(sha256=sha256, defaults={"made": at}, create_defaults=values)
    if row.state == FileState.UNREADABLE:  # the same bytes came before, and were worse than they looked
        raise NotTaken(Refusal(row.problem))
    file = {"sha256": sha256, "name": taken.name, "media_type": row.media_type, "size": row.size}
    if draft_key is not None:
        bind(draft_key=draft_key, file=file, at=at)
    return Accepted(file)


def bind(*, draft_key: UUID | str, file: Mapping[str, Any], at: datetime) -> None:
    """Let a draft name a file its own people brought. Call with what ``accept`` answered, never with typed words."""
    FileUpload.objects.update_or_create(
        file_id=file["sha256"], draft_key=draft_key, defaults={"name": file["name"], "at": at}
    )


# What a draft may name.


def sound_file(*, draft_key: UUID | str, file: object, case: Case | None = None) -> dict[str, Any] | None:
    """Return the ``file`` of a document as it truly is, or None when this draft may not name it.

    Only the digest is taken from what was sent; the rest is what we know. ``case`` is the published case that the
    draft is a new version of: what its current version names may be named again.
    """
    sha256 = file.get("sha256") if isinstance(file, Mapping) else None
    if not isinstance(sha256, str) or not DIGEST.fullmatch(sha256):
        return None
    upload = FileUpload.objects.select_related("file").filter(file_id=sha256, draft_key=draft_key).first()
    if upload:
        return {"sha256": sha256, "name": upload.name, "media_type": upload.file.media_type, "size": upload.file.size}
    named = file_named(case, sha256) if case else None
    return named.model_dump(mode="json") if named else None


def only_in_drafts(sha256: str) -> bool:
    """Tell whether a file is its uploaders' own: brought to drafts, and shown by no case that readers can open.

    Whoever names such a file from elsewhere must bring its bytes: else a known digest would open it to everybody.
    """
    return FileUpload.objects.filter(file_id=sha256).exists() and not _cases_naming(sha256)


def uploads_of(draft_key: UUID | str) -> QuerySet[FileUpload]:
    """Return the files that were uploaded to a draft, with what we know of each."""
    return FileUpload.objects.filter(draft_key=draft_key).select_related("file").order_by("at", "pk")


def problems_of(document: Mapping[str, Any]) -> dict[int, str]:
    """Return place in ``documents`` → a sentence, for each file that must not be published: broken, hostile or gone."""
    documents = document.get("documents")
    named = {
        place: one["file"]["sha256"]
        for place, one in enumerate(documents if isinstance(documents, list) else ())
        if isinstance(one, dict) and isinstance(one.get("file"), dict) and "sha256" in one["file"]
    }
    rows = {row.sha256: row for row in StoredFile.objects.filter(sha256__in=list(map(str, named.values())))}
    told = {}
    for place, sha256 in named.items():
        row = rows.get(str(sha256))
        if row is None:
            told[place] = sentence(Refusal.GONE)
        elif row.state == FileState.UNREADABLE:
            told[place] = sentence(row.problem)
    return told


# What a published case shows.


def file_named(case: Case, sha256: str) -> File | None:
    """Return the file with this digest that the case's current version names."""
    return next((file for file in _files(case_file_of(case)) if file.sha256 == sha256), None)


def files_of(case_file: CaseFile) -> dict[str, StoredFile]:
    """Return digest → what we know of each file a case names."""
    return files_among(file.sha256 for file in _files(case_file))


def files_among(digests: Iterable[str]) -> dict[str, StoredFile]:
    """Return digest → what we know, without the text, for the files we have among these."""
    wanted = set(digests)
    return {row.sha256: row for row in StoredFile.objects.defer("text").filter(sha256__in=wanted)} if wanted else {}


def texts_of(case_files: Iterable[CaseFile]) -> dict[str, str]:
    """Return digest → text, for the files these cases name and that could be read."""
    wanted = {file.sha256 for case_file in case_files for file in _files(case_file)}
    if not wanted:
        return {}
    rows = StoredFile.objects.filter(sha256__in=wanted, state=FileState.READ).exclude(text="")
    return dict(rows.values_list("sha256", "text"))


def unreadable_files() -> QuerySet[StoredFile]:
    """Return the files that could not be read, newest first."""
    return StoredFile.objects.defer("text").filter(state=FileState.UNREADABLE).order_by("-made")


def _files(case_file: CaseFile) -> list[File]:
    return [document.file for document in case_file.documents if document.file]


# Reading, a while after a file came.


def read_waiting(*, at: datetime, most: int = 5) -> int:
    """Read files nobody has read yet and return how many. A reader that died is followed by another after a while."""
    return sum(_read_one(sha256, at) for sha256 in _unclaimed(at)[:most])


def _unclaimed(at: datetime) -> list[str]:
    free = StoredFile.objects.filter(_free(at)).order_by("made")
    return list(free.values_list("sha256", flat=True)[:50])


def _free(at: datetime) -> Q:
    return Q(state=FileState.WAITING) & (Q(claimed=None) | Q(claimed__lt=at - CLAIM))


def _read_one(sha256: str, at: datetime) -> int:
    """Read one file, unless another reader was quicker."""
    if not StoredFile.objects.filter(_free(at), sha256=sha256).update(claimed=at):
        return 0
    row = StoredFile.objects.get(sha256=sha256)
    folder = store().arriving()
    try:
        outcome: Read | Refusal = apart.read(store().path(sha256), KIND_OF[row.media_type], folder)
    except NotTaken as problem:
        outcome = problem.code
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    _record_reading(row, outcome, at)
    return 1


def _record_reading(row: StoredFile, outcome: Read | Refusal, at: datetime) -> None:
    """Write down what was read, and let the search follow in the same transaction."""
    if isinstance(outcome, Read) and outcome.preview:
        store().keep_preview(row.sha256, outcome.preview)
    with transaction.atomic():
        writers_turn()
        # Whoever took over after us has written already: then our claim is no longer there.
        mine = StoredFile.objects.filter(sha256=row.sha256, state=FileState.WAITING, claimed=at)
        if not mine.update(**_learned(outcome)):
            return
        for case_id in _cases_naming(row.sha256):
            record_change(kind=ChangeKind.CASE, key=case_id, at=at)


def _learned(outcome: Read | Refusal) -> dict[str, Any]:
    if isinstance(outcome, Read):
        return {
            "state": FileState.READ,
            "text": outcome.text,
            "pages": outcome.pages,
            "has_preview": outcome.preview is not None,
        }
    return {"state": FileState.UNREADABLE, "problem": outcome}


def _cases_naming(sha256: str) -> list[str]:
    """Return the ids of the cases that readers can open and whose current version names a file."""
    met = Case.objects.exclude(standing=Standing.WITHDRAWN).annotate(words=Cast("revision__document", TextField()))
    return list(met.filter(words__contains=sha256).values_list("case_id", flat=True))


# Sweeping.


def sweep(*, at: datetime, named: Iterable[str]) -> int:
    """Take away files older than a day that no version of a case and nothing in ``named`` (drafts) names.

    Each goes in a transaction that holds the writers' turn, so that one being uploaded again is left alone.
    """
    store().clear_strays((at - REST).timestamp())
    wanted = set(named) | _named_by_versions()
    old = StoredFile.objects.filter(made__lt=at - REST).values_list("sha256", flat=True)
    return sum(_swept(sha256, at) for sha256 in set(old) - wanted) + _sweep_rowless(at)


def _swept(sha256: str, at: datetime) -> bool:
    with transaction.atomic():
        writers_turn()
        gone, _ = StoredFile.objects.filter(sha256=sha256, made__lt=at - REST).delete()
        if gone:
            store().forget(sha256)
    return bool(gone)


def _sweep_rowless(at: datetime) -> int:
    """Take away bytes that a kill left without a row."""
    before, swept = (at - REST).timestamp(), 0
    rows = set(StoredFile.objects.values_list("sha256", flat=True))
    for sha256 in [sha256 for sha256, written in store().kept() if sha256 not in rows and written < before]:
        with transaction.atomic():
            writers_turn()
            if not StoredFile.objects.filter(sha256=sha256).exists():
                store().forget(sha256)
                swept += 1
    return swept


def _named_by_versions() -> set[str]:
    """Return every digest that any version of any case names. Old versions can be looked at too."""
    with_files = CaseRevision.objects.annotate(words=Cast("document", TextField())).filter(words__contains='"sha256"')
    return {
        str(one["file"]["sha256"])
        for document in with_files.values_list("document", flat=True).iterator()
        for one in document.get("documents", ())
        if one.get("file")
    }
