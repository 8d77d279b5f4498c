"""From a file somebody has to a draft of theirs: a case file, or an archive with one case and its files."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction

from ringvirkning.catalogue.files import sound_file
from ringvirkning.catalogue.models import Case, FileUpload
from ringvirkning.catalogue.operations import document_of
from ringvirkning.catalogue.queries import case_by_id
from ringvirkning.catalogue.terms import Standing
from ringvirkning.people.models import Person
from ringvirkning.publishing.archives.archive import BadArchive, Limits, is_archive, open_archive
from ringvirkning.publishing.archives.loading import read_case, take_files
from ringvirkning.publishing.drafts import save_step, start_draft, start_revision
from ringvirkning.publishing.hats import hats_towards_case
from ringvirkning.publishing.life import Move, Stage, may
from ringvirkning.publishing.models import Draft
from ringvirkning.publishing.queries import part_of
from ringvirkning.publishing.typed import compose
from ringvirkning.publishing.typed.reading import as_typed
from ringvirkning.sources.casefile.check import Fault, check_file
from ringvirkning.sources.casefile.model import CaseFile

MOST_MEMBERS = 500
NOT_OURS = ("id", "format", "version", "revised")  # a draft gets these when it is published


class NotOneCase(Exception):
    """The archive holds no case, or several."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


class Faulty(Exception):
    """The case file has faults."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(len(faults))
        self.faults = faults


class BeingWritten(Exception):
    """Somebody writes a new version of the case already; what they have written is not to be replaced."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft.key)
        self.draft = draft


@dataclass(frozen=True)
class Brought:
    """A draft made from a file, and how many files it names that did not come with it."""

    draft: Draft
    left_out: int


def bring_in(path: Path, *, organisation: str, person: Person, at: datetime) -> Brought:
    """Make a draft from a file: a new version when the case is theirs to revise, else a new case.

    Raises ``Faulty``, ``BadArchive``, ``NotOneCase`` or ``BeingWritten``; then nothing has been made.
    """
    arrived_as = uuid4()
    with path.open("rb") as handle:
        packed = is_archive(handle.read(4))
    case_file = _from_archive(path, arrived_as, at) if packed else _from_file(path)
    return _drafted(case_file, arrived_as, organisation, person, at)


def _from_file(path: Path) -> CaseFile:
    checked = check_file(path)
    if checked.case_file is None:
        raise Faulty(checked.faults)
    return checked.case_file


def _from_archive(path: Path, arrived_as: UUID, at: datetime) -> CaseFile:
    """Return the one case of an archive. Its files are taken in under a key of their own until there is a draft."""
    with open_archive(path, Limits(members=MOST_MEMBERS, bytes=10 * settings.MOST_UPLOAD)) as archive:
        if len(archive.case_ids) != 1:
            raise NotOneCase(len(archive.case_ids))
        checked = read_case(archive, archive.case_ids[0])
        if checked.case_file is None:
            raise Faulty(checked.faults)
        take_files(archive, checked.case_file, at=at, draft_key=arrived_as)
        return checked.case_file


@transaction.atomic
def _drafted(case_file: CaseFile, arrived_as: UUID, organisation: str, person: Person, at: datetime) -> Brought:
    told = {key: value for key, value in document_of(case_file).items() if key not in NOT_OURS}
    case = case_by_id(case_file.id)
    revised = case if case and _may_revise(person, case) else None
    document = _with_true_files(told, arrived_as, revised)
    if revised is None:
        languages = ",".join(language.value for language in case_file.title)
        draft = start_draft(organisation=organisation, person=person, at=at, languages=languages, document=document)
    else:
        draft = start_revision(case=revised, person=person, organisation=organisation, at=at)
        if draft.made != at:
            raise BeingWritten(draft)
        _write_over(draft, document, person, at)
    FileUpload.objects.filter(draft_key=arrived_as).update(draft_key=draft.key)
    return Brought(draft, len(case_file.documents) - len(document.get("documents", ())))


def _with_true_files(document: dict[str, Any], arrived_as: UUID, case: Case | None) -> dict[str, Any]:
    """Leave out documents whose file neither came along nor is the case's already: a digest alone opens nothing."""
    kept = []
    for one in document.get("documents", ()):
        file = sound_file(draft_key=arrived_as, file=one["file"], case=case) if "file" in one else None
        if file or "file" not in one:
            kept.append({**one, "file": file} if file else one)
    return {**document, "documents": kept} if kept else {k: v for k, v in document.items() if k != "documents"}


def _may_revise(person: Person, case: Case) -> bool:
    return case.standing != Standing.WITHDRAWN and may(
        Move.REVISE, Stage(case.standing), hats_towards_case(person, case)
    )


def _write_over(draft: Draft, document: dict[str, Any], person: Person, at: datetime) -> None:
    for step, content in compose.split(as_typed(document)).items():
        part = part_of(draft, step)
        if content != part.content:
            save_step(
                draft=draft,
                step=step,
                content=content,
                base_version=part.version,
                page=str(uuid4()),
                page_clock=1,
                person=person,
                at=at,
            )


__all__ = ["BadArchive", "BeingWritten", "Brought", "Faulty", "NotOneCase", "bring_in"]
