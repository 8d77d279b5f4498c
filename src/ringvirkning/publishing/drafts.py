"""Verbs of drafts: begin one, save a step, choose between two texts. Each is one transaction; time is handed in."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from ringvirkning.catalogue.models import Case, FileUpload
from ringvirkning.catalogue.queries import organisation_by_slug
from ringvirkning.foundation.sentences import sentence as _
from ringvirkning.foundation.words import slugify
from ringvirkning.ledger.operations import record, record_once_a_sitting
from ringvirkning.people.models import Person
from ringvirkning.people.queries import is_editor, organisations_of
from ringvirkning.publishing.models import Consent, Draft, DraftPart, SetAside
from ringvirkning.publishing.permissions import may_edit, may_see
from ringvirkning.publishing.queries import draft_by_key, drafts_of, open_draft_of, part_of, title_of
from ringvirkning.publishing.terms import OWNS, DraftState, Step
from ringvirkning.publishing.typed import compose
from ringvirkning.publishing.typed.authorship import Voices, stamped
from ringvirkning.publishing.typed.edits import Edit, Trace, is_late, weigh
from ringvirkning.publishing.typed.marks import moved_marks, storable, with_ids
from ringvirkning.publishing.typed.ownword import EDITORS, OWN, OwnWord, among
from ringvirkning.publishing.typed.reading import as_typed
from ringvirkning.publishing.uploads import file_faults, only_sound
from ringvirkning.sources.casefile.terms import Language, SourceKind

__all__ = [
    "Conflict", "Refused", "Saved", "choose_languages", "confirm", "draft_by_key", "draft_document", "draft_faults",
    "drafts_of", "faults_of", "forget_discarded", "part_of", "save_step",
    "settle", "start_draft", "start_revision", "title_of",
]  # fmt: skip

MOST_BYTES = 1_000_000
MOST_LEVELS = 30
DISCARDED_KEPT = timedelta(days=90)  # long enough to mend a mistake by hand
MOST_ROWS = 500  # in one list: every row is weighed at every save
MOST_IN_PAGE = 36
EDITORS_NAME = "Redaksjonen i Ringvirkning"


class Refused(Exception):
    """A draft cannot be begun or saved. ``code`` tells why, ``sentence`` says it in bokmål."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def sentence(self) -> str:
        """What is wrong and what to do, in bokmål. There is nothing to fill in: faces translate it as it is."""
        return SENTENCES[self.code]


SENTENCES = {
    "closed": _("Saken er sendt inn eller ferdig, og kan ikke endres her. Det du skrev, er ikke lagret."),
    "too_large": _("Dette steget er for stort til å lagres. Kort ned teksten, eller legg noe av den i et dokument."),
    "not_yours": _("Du kan ikke skrive i denne saken."),
    "not_your_organisation": _("Du kan ikke dele saker for denne virksomheten."),
    "taken": _("Noen andre arbeider allerede med en ny versjon av saken."),
    "not_published": _("Saken er ikke publisert ennå."),
    "no_such_language": _("Velg språk fra listen."),
    "not_of_this_step": _("Noe i skjemaet hører ikke til dette steget. Last siden på nytt."),
}


@dataclass(frozen=True)
class Saved:
    """The step is saved. ``theirs`` are keys another has changed that the page does not show yet."""

    version: int
    content: dict[str, Any]
    theirs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Conflict:
    """Another had changed the same thing: nothing was overwritten, and what was sent is kept aside."""

    theirs: dict[str, Any]
    mine: dict[str, Any]
    person: Person
    at: datetime
    version: int
    keys: tuple[str, ...] = ()


# Beginning.


@transaction.atomic
def start_draft(
    *,
    organisation: str,
    person: Person,
    at: datetime,
    languages: str = "nb",
    document: Mapping[str, Any] | None = None,
    unconfirmed: Mapping[Step, list[str]] | None = None,
) -> Draft:
    """Begin a draft: a blank one, or one filled with what a document says."""
    _refuse_strangers(organisation, person)
    draft = Draft(organisation=organisation, made=at, made_by=person, changed=at, languages=languages)
    draft.save()
    _fill(draft, document or {}, unconfirmed or {}, person, at)
    _record(draft, "started", person, at, organisation=organisation)
    return draft


@transaction.atomic
def start_revision(*, case: Case, person: Person, organisation: str, at: datetime) -> Draft:
    """Begin a new version of a published case, or join the one that is being written."""
    Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    being_written = open_draft_of(case)
    if being_written:
        if not may_see(person, being_written):
            raise Refused("taken")
        return being_written
    _refuse_strangers(organisation, person)
    case.refresh_from_db()
    if case.revision is None:
        raise Refused("not_published")
    document, number = case.revision.document, case.revision.number
    draft = Draft(organisation=organisation, made=at, made_by=person, changed=at, case=case, base_revision=number)
    draft.languages = ",".join(_languages(document))
    draft.save()
    _fill(draft, document, {}, person, at)
    _record(draft, "revision_started", person, at, organisation=organisation, case=case.case_id, revision=number)
    return draft


def _refuse_strangers(organisation: str, person: Person) -> None:
    if not (is_editor(person) or (organisation and organisation in organisations_of(person))):
        raise Refused("not_your_organisation")


def _languages(document: Mapping[str, Any]) -> list[str]:
    """Return the languages a document is written in: its title's and its summary's."""
    titles, summary = document.get("title") or {}, document.get("summary") or {}
    return list(dict.fromkeys([*titles, *(summary.get("text") or {})])) or ["nb"]


def _fill(
    draft: Draft,
    document: Mapping[str, Any],
    unconfirmed: Mapping[Step, list[str]],
    person: Person,
    at: datetime,
) -> None:
    own = frozenset(word.id for word in _words(draft, document.get("sources")))
    for step, content in compose.split(as_typed(storable(document))).items():
        if content:
            trace = Trace()
            trace.note_version(1, content, own)
            marks = list(unconfirmed.get(step, []))
            told = {"version": 1, "content": content, "unconfirmed": marks, "trace": trace.stored()}
            DraftPart.objects.create(draft=draft, step=step, saved=at, saved_by=person, **told)


# Saving.


@transaction.atomic
def save_step(
    *,
    draft: Draft,
    step: Step,
    content: Mapping[str, Any],
    base_version: int,
    page: str,
    page_clock: int,
    person: Person,
    at: datetime,
) -> Saved | Conflict:
    """Save a step as it was typed. What another has changed meanwhile is never overwritten."""
    writing = _begin(draft, step, content, person, at)
    edit = Edit(storable(content), writing.known(base_version), page[:MOST_IN_PAGE], page_clock)
    if is_late(edit, writing.trace):
        return writing.answer_late(edit)
    part = writing.part
    weighed = weigh(edit, part.content, part.version, writing.trace, writing.voices.own)
    if weighed.clashes:
        return writing.set_aside(edit, weighed.clashes)
    was_aside = writing.has_aside(edit.page)
    writing.write(weighed.content, edit)
    if was_aside:  # the page has sent everything again since, and now it is saved
        writing.forget_aside()
    return Saved(part.version, part.content, weighed.theirs)


@transaction.atomic
def settle(
    *, draft: Draft, step: Step, content: Mapping[str, Any], base_version: int, person: Person, at: datetime
) -> Saved | Conflict:
    """Save what somebody chose after seeing both texts. Only the version they saw (``base_version``) is replaced."""
    writing = _begin(draft, step, content, person, at)
    edit = Edit(storable(content), writing.known(base_version), "", 0)
    if writing.part.version != base_version:
        return writing.set_aside(edit, OWNS[step])
    writing.trace.settled(person.pk)
    writing.write(edit.content, edit)
    writing.forget_aside()
    return Saved(writing.part.version, writing.part.content)


@transaction.atomic
def confirm(*, draft: Draft, step: Step, places: Iterable[str], person: Person, at: datetime) -> None:
    """Say yes to what was filled in for the writer at these places."""
    writing = _begin(draft, step, {}, person, at)
    part, said_yes_to = writing.part, set(places)
    waiting = [place for place in part.unconfirmed if place not in said_yes_to]
    if waiting != part.unconfirmed:
        part.unconfirmed = waiting
        part.save()
        writing.touch()


@transaction.atomic
def choose_languages(*, draft: Draft, languages: str, person: Person, at: datetime) -> None:
    """Choose the languages a draft is written in, the main one first."""
    chosen = languages.split(",")
    if not set(chosen) <= set(Language) or len(set(chosen)) != len(chosen):
        raise Refused("no_such_language")
    locked = _locked(draft, person)
    if locked.languages != languages:
        locked.languages = draft.languages = languages
        locked.changed = at
        locked.save(update_fields=["languages", "changed"])
        _record(locked, "languages", person, at, languages=languages)


def _locked(draft: Draft, person: Person) -> Draft:
    """Return the draft as it is now, locked until the transaction ends, if this person may write in it."""
    locked = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if not may_edit(person, locked):
        raise Refused("closed" if may_see(person, locked) else "not_yours")
    return locked


def _begin(draft: Draft, step: Step, content: Mapping[str, Any], person: Person, at: datetime) -> "_Writing":
    """Begin to write in a step. Its row is read after the lock: whoever saves waits for whoever was first."""
    locked = _locked(draft, person)
    if not set(content) <= set(OWNS[step]):
        raise Refused("not_of_this_step")
    _refuse_too_large(content)
    part = part_of(locked, step)
    part.draft = locked
    return _Writing(part, Trace.of(part.trace), _voices(locked, person), person, at)


def _refuse_too_large(content: Mapping[str, Any]) -> None:
    try:
        text = json.dumps(content, ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        raise Refused("not_of_this_step") from None
    too_long = len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES
    if too_long or _levels(content) > MOST_LEVELS or _longest_list(content) > MOST_ROWS:
        raise Refused("too_large")


def _levels(value: object) -> int:
    children = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else None
    return 0 if children is None else 1 + max(map(_levels, children), default=0)


def _longest_list(value: object) -> int:
    if isinstance(value, Mapping):
        return max(map(_longest_list, value.values()), default=0)
    return max(len(value), *map(_longest_list, value), 0) if isinstance(value, list) else 0


@dataclass
class _Writing:
    """Somebody writing in one step, inside one transaction and under its lock."""

    part: DraftPart
    trace: Trace
    voices: Voices
    person: Person
    at: datetime

    def known(self, version: int) -> int:
        """Return the version a page says it began from; one that has never been is as good as none."""
        return version if 0 <= version <= self.part.version else 0

    def write(self, content: Mapping[str, Any], edit: Edit) -> None:
        """Give the step its content. The same content again is not a new version."""
        part = self.part
        made = with_ids(stamped(content, part.content, self.voices))
        if made != part.content:
            part.unconfirmed = moved_marks(part.unconfirmed, part.content, made)
            part.version += 1
            part.content, part.saved, part.saved_by = made, self.at, self.person
            part.page, part.page_clock = edit.page, edit.clock
            self.trace.note_version(part.version, made, self.voices.own)
            self.touch()
        self.trace.note_page(edit, part.version, self.voices.own)
        self._keep()

    def touch(self) -> None:
        """Let the draft be the last one changed, and the ledger say who was here."""
        draft, step = self.part.draft, str(self.part.step)
        Draft.objects.filter(pk=draft.pk).update(changed=self.at)
        record_once_a_sitting(
            verb="saved", subject_kind="draft", subject=str(draft.key), person=self.person, at=self.at, step=step
        )

    def set_aside(self, edit: Edit, clashes: Iterable[str]) -> Conflict:
        """Keep what could not be saved, instead of what the same person had set aside before."""
        mine = dict(edit.content)
        kept = {"content": mine, "base_version": edit.base_version, "at": self.at}
        SetAside.objects.update_or_create(**self._mine, defaults=kept)
        self.trace.note_aside(edit, self.person.pk)
        self._keep()
        return self._conflict(mine, clashes)

    def answer_late(self, edit: Edit) -> Saved | Conflict:
        """Answer an older save that comes after a newer from the same page with what came of the newer."""
        if not self.has_aside(edit.page):
            return Saved(self.part.version, self.part.content)
        kept = SetAside.objects.filter(**self._mine).first()
        return self._conflict(kept.content if kept else dict(edit.content), ())

    def has_aside(self, page: str) -> bool:
        """Tell whether what this page last sent was set aside."""
        return self.trace.pages.get(page, {}).get("aside") == self.person.pk

    def forget_aside(self) -> None:
        """Let go of what the person had set aside: it is saved, or they have chosen."""
        SetAside.objects.filter(**self._mine).delete()

    @property
    def _mine(self) -> dict[str, Any]:
        return {"draft": self.part.draft, "step": self.part.step, "person": self.person}

    def _conflict(self, mine: dict[str, Any], clashes: Iterable[str]) -> Conflict:
        part = self.part
        return Conflict(part.content, mine, part.saved_by, part.saved, part.version, tuple(clashes))

    def _keep(self) -> None:
        self.part.trace = self.trace.stored()
        self.part.save()


@transaction.atomic
def forget_discarded(*, at: datetime) -> int:
    """Delete drafts that were put away long ago, with the people in them who are in no case; return how many."""
    gone = list(Draft.objects.filter(state=DraftState.DISCARDED, changed__lt=at - DISCARDED_KEPT))
    Consent.objects.filter(draft__in=gone, case=None).delete()
    FileUpload.objects.filter(draft_key__in=[draft.key for draft in gone]).delete()
    for draft in gone:
        draft.delete()
        record(verb="deleted", subject_kind="draft", subject=str(draft.key), person=None, at=at)
    return len(gone)


# Reading a draft as a case.


def draft_document(draft: Draft, *, at: datetime) -> compose.Document:
    """Return the case file the draft makes today, with only files it may name. It may have faults: ``faults_of``."""
    contents = _contents(draft)
    case_id = draft.case.case_id if draft.case else slugify(title_of(draft), 90) or "utkast"
    said, edited = _words(draft, contents.get(Step.SOURCES, {}).get("sources"))
    day = timezone.localtime(at).date()
    own = said if draft.organisation else edited
    raw = only_sound(draft, compose.joined(contents))
    return compose.composed(raw, case_id=case_id, revised=day, own=own, others=(said, edited))


def draft_faults(draft: Draft, *, at: datetime) -> list[compose.DraftFault]:
    """Return what keeps the draft from being published, each at the field where it was typed."""
    return faults_of(draft, draft_document(draft, at=at))


def faults_of(draft: Draft, document: Mapping[str, Any]) -> list[compose.DraftFault]:
    """Return the faults of the document that this draft makes: those of its words, and those of its files."""
    found = [*compose.faults(document), *file_faults(draft, part_of(draft, Step.DOCUMENTS).content)]
    return sorted(found, key=lambda fault: list(Step).index(fault.step))


def _contents(draft: Draft) -> dict[Step, dict[str, Any]]:
    return {Step(step): content for step, content in draft.parts.values_list("step", "content")}


def _words(draft: Draft, given: object) -> tuple[OwnWord, OwnWord]:
    """Return the own words in a draft, the organisation's and the editors', with the ids they have in its sources."""
    sources = given if isinstance(given, list) else []
    organisation = organisation_by_slug(draft.organisation) if draft.organisation else None
    name = organisation.name if organisation else draft.organisation or EDITORS_NAME
    said = among(sources, OwnWord(OWN, name, SourceKind.STATED))
    return said, among(sources, OwnWord(EDITORS, EDITORS_NAME, SourceKind.EDITOR))


def _voices(draft: Draft, person: Person) -> Voices:
    """Return whose word it is when this person writes: their organisation's, else the editors'."""
    said, edited = _words(draft, part_of(draft, Step.SOURCES).content.get("sources"))
    theirs = said if draft.organisation and draft.organisation in organisations_of(person) else edited
    implied = said if draft.organisation else edited
    return Voices(theirs.id, implied.id, frozenset({said.id, edited.id}))


def _record(draft: Draft, verb: str, person: Person, at: datetime, **detail: object) -> None:
    record(verb=verb, subject_kind="draft", subject=str(draft.key), person=person, at=at, **detail)
