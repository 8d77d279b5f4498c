"""Loading an archive into the library, case by case: a case comes in whole, with its files, or not at all.

Loading the same archive again changes nothing, so a load that was cut short is simply run again.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction

from ringvirkning.catalogue.files import Refused, only_in_drafts, store, take_back
from ringvirkning.catalogue.models import Case, StoredFile
from ringvirkning.catalogue.operations import digest_of, document_of, publish_case, set_standing, writers_turn
from ringvirkning.catalogue.queries import case_by_id, case_file_of
from ringvirkning.catalogue.terms import FileState, Loaded, Origin, Standing
from ringvirkning.publishing.archives.archive import Archive, BadArchive, open_archive
from ringvirkning.sources.casefile.check import Checked, check_bytes
from ringvirkning.sources.casefile.model import CaseFile, File


@dataclass
class Outcome:
    """What became of an archive: cases that came in, case files with faults, and cases held back for another reason."""

    loaded: list[Loaded] = field(default_factory=list)
    faulty: list[Checked] = field(default_factory=list)
    held_back: list[tuple[str, BadArchive]] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Tell whether everything came in."""
        return not self.faulty and not self.held_back


def load_archive(path: Path, *, at: datetime, step: Callable[[], None] = lambda: None) -> Outcome:
    """Publish every sound case of an archive. Raises ``BadArchive`` when the archive itself cannot be opened.

    ``step`` is called for each case.
    """
    outcome = Outcome()
    with open_archive(path) as archive:
        for case_id in archive.case_ids:
            try:
                checked = read_case(archive, case_id)
                if checked.case_file is None:
                    outcome.faulty.append(checked)
                else:
                    outcome.loaded.append(_load(archive, checked.case_file, at))
            except BadArchive as wrong:
                outcome.held_back.append((case_id, wrong))
            step()
    return outcome


def read_case(archive: Archive, case_id: str) -> Checked:
    """Return one case of an archive, checked as any case file is."""
    member = f"cases/{case_id}.json"
    checked = check_bytes(member, archive.case_bytes(case_id))
    if checked.case_file and checked.case_file.id != case_id:
        raise BadArchive("wrong_id", member, given=checked.case_file.id)
    return checked


def _load(archive: Archive, case_file: CaseFile, at: datetime) -> Loaded:
    _refuse_removed_person(case_file)
    take_files(archive, case_file, at=at)
    return _publish(case_file, archive.standings.get(case_file.id), at)


def take_files(archive: Archive, case_file: CaseFile, *, at: datetime, draft_key: UUID | str | None = None) -> None:
    """Take in the files a case names: looked at as if somebody uploaded them, for an archive can hold anything."""
    for file in (document.file for document in case_file.documents if document.file):
        if archive.has_file(file.sha256):
            _take(archive, file, at, draft_key)
        elif draft_key is not None or not _have(file, at):
            # A draft may only name what came with it: a known digest opens nobody else's file.
            raise BadArchive("without_file", given=file.name)


def _take(archive: Archive, file: File, at: datetime, draft_key: UUID | str | None) -> None:
    if draft_key is None and _have(file, at):
        return
    chunks = archive.file_chunks(file.sha256)
    taken = take_back(sha256=file.sha256, name=file.name, chunks=chunks, at=at, draft_key=draft_key)
    if isinstance(taken, Refused):
        raise BadArchive("file_refused", given=file.name, why=taken.sentence)
    if (taken.file["media_type"], taken.file["size"]) != (file.media_type, file.size):
        raise BadArchive("file_differs", given=file.name)


def _have(file: File, at: datetime) -> bool:
    """Tell whether we have a file that may be named, and if so keep it from being swept before a case names it."""
    if only_in_drafts(file.sha256):
        return False
    same = StoredFile.objects.filter(sha256=file.sha256, media_type=file.media_type, size=file.size)
    known = same.exclude(state=FileState.UNREADABLE)
    return store().has(file.sha256) and known.update(made=at) == 1


@transaction.atomic
def _publish(case_file: CaseFile, told: dict[str, str] | None, at: datetime) -> Loaded:
    writers_turn()
    before = case_by_id(case_file.id)
    if before and _is_older(before, case_file):
        return Loaded(case_file.id, "kept")
    loaded = publish_case(case_file=case_file, origin=Origin.FILE, at=at)
    case = case_by_id(case_file.id)
    # An archive can take a case away, but does not bring back what was taken away here.
    if case and told and case.standing == Standing.PUBLISHED:
        reason = told.get("reason", "")[:500]
        set_standing(case=case, standing=Standing(told["standing"]), reason=reason, at=at)
        return Loaded(case_file.id, "revised" if loaded.outcome == "unchanged" else loaded.outcome)
    return loaded


def _is_older(case: Case, case_file: CaseFile) -> bool:
    """Tell whether the archive has a version that ours came after."""
    digest = digest_of(document_of(case_file))
    current = case.revision.digest if case.revision else ""
    return digest != current and case.revisions.filter(digest=digest).exists()


def _refuse_removed_person(case_file: CaseFile) -> None:
    """Hold back a case that would bring back somebody who was taken out of it (an archive may be older than that)."""
    case = case_by_id(case_file.id)
    if case is None or not case.revisions.exclude(redacted=None).exists():
        return
    if _people(case_file) - _people(case_file_of(case)):
        raise BadArchive("person_removed")


def _people(case_file: CaseFile) -> set[str]:
    return {contact.person.name for contact in case_file.contacts if contact.person}
