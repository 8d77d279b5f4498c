"""The moves in the life of a case. Each asks the table in ``life.py``, is one transaction and one line in the ledger.

Whoever wants to move something reads it again under a lock first. When two press at once one of them moves it, and the
other is told that it has moved (``MovedOn``).
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from ringvirkning.catalogue import queries
from ringvirkning.catalogue.models import Case
from ringvirkning.catalogue.operations import publish_case, set_standing, writers_turn
from ringvirkning.catalogue.terms import Origin, Standing
from ringvirkning.ledger.operations import record
from ringvirkning.people.letters import link_to, write_letter
from ringvirkning.people.models import Person
from ringvirkning.people.queries import editors, is_editor, members_of
from ringvirkning.people.terms import MemberRole, MembershipState
from ringvirkning.publishing import drafts
from ringvirkning.publishing.comments import open_comments
from ringvirkning.publishing.hats import hats_towards_case, hats_towards_draft, organisations_behind
from ringvirkning.publishing.life import Hat, Move, Stage, may, needs_reason, stage_of_draft, starts_there
from ringvirkning.publishing.models import Draft
from ringvirkning.publishing.queries import title_of
from ringvirkning.publishing.remarks import MOST_IN_REASON, cleaned
from ringvirkning.publishing.terms import DraftState
from ringvirkning.publishing.typed import compose
from ringvirkning.publishing.upkeep import consents


class NotAllowed(Exception):
    """This person may not make this move."""


class MovedOn(NotAllowed):
    """The case is no longer in a stage from which the move goes: somebody else was first."""


class Outdated(NotAllowed):
    """The library has got a newer version than the one this draft began from."""


class NotReady(Exception):
    """The draft is not a sound case yet; ``faults`` say why."""

    def __init__(self, faults: Iterable["compose.DraftFault"]) -> None:
        super().__init__("not ready")
        self.faults = list(faults)


# Moves of a draft.


@transaction.atomic
def submit(*, draft: Draft, person: Person, at: datetime) -> None:
    """Hand a draft to the editors, and ask the people it names whether they may be named."""
    _begin(Move.SUBMIT, draft, person)
    _refuse_faults(draft, drafts.draft_document(draft, at=at))
    draft.state, draft.submitted, draft.submitted_by = DraftState.SUBMITTED, at, person
    draft.sent_back_because = ""
    draft.save(update_fields=["state", "submitted", "submitted_by", "sent_back_because"])
    consents.ask_for_consents(draft=draft, person=person, at=at)
    _record(draft, "submitted", person, at)
    _write(editors(), person, "life_submitted", at, page=("web:review", draft.key), title=title_of(draft))


@transaction.atomic
def send_back(*, draft: Draft, person: Person, reason: str, at: datetime) -> None:
    """Give a draft back to its writers, saying why. The letter lists the comments that are open."""
    because = cleaned(reason, MOST_IN_REASON)
    _begin(Move.SEND_BACK, draft, person)
    draft.state, draft.sent_back_because = DraftState.DRAFT, because
    draft.save(update_fields=["state", "sent_back_because"])
    _record(draft, "sent_back", person, at)
    told = {"title": title_of(draft), "reason": because}
    remarks = [comment.text for comment in open_comments(draft)]
    _write(writers_of(draft), person, "life_sent_back", at, page=("web:review", draft.key), **told, comments=remarks)


@transaction.atomic
def publish(*, draft: Draft, person: Person, at: datetime) -> Case:
    """Make the draft the newest version of its case, with a change number, in one transaction."""
    writers_turn()
    _begin(Move.PUBLISH, draft, person)
    _refuse_outdated(draft)
    case = _published_as(draft, at)
    draft.state, draft.case = DraftState.PUBLISHED, case
    draft.save(update_fields=["state", "case"])
    consents.bind_consents(draft=draft, case=case)
    number = case.revision.number if case.revision else 0
    told = {"draft": str(draft.key), "revision": number, "organisation": draft.organisation}
    record(verb="published", subject_kind="case", subject=case.case_id, person=person, at=at, **told)
    _write(
        writers_of(draft),
        person,
        "life_published",
        at,
        page=("web:case", case.case_id),
        title=case.title,
        number=number,
    )
    return case


@transaction.atomic
def discard(*, draft: Draft, person: Person, at: datetime) -> None:
    """Put a draft away for good. Its words are kept for a while, so that a mistake can be mended by hand."""
    _begin(Move.DISCARD, draft, person)
    draft.state, draft.changed = DraftState.DISCARDED, at
    draft.save(update_fields=["state", "changed"])
    _record(draft, "discarded", person, at)


@transaction.atomic
def accept_newer(*, draft: Draft, person: Person, at: datetime) -> None:
    """Let a draft build on the newest version, after its writer has seen what that changed."""
    writers_turn()
    _begin(Move.PUBLISH if is_editor(person) else Move.SUBMIT, draft, person)
    if not is_outdated(draft):
        return
    draft.base_revision = _newest(draft)
    draft.save(update_fields=["base_revision"])
    _record(draft, "accepted_newer", person, at, revision=draft.base_revision)


def is_outdated(draft: Draft) -> bool:
    """Tell whether the library has got a newer version than the one the draft began from."""
    return draft.case_id is not None and draft.base_revision != _newest(draft)


# Moves of a case that readers meet.


@transaction.atomic
def withdraw(*, case: Case, person: Person, reason: str, at: datetime) -> None:
    """Take a case away from readers. Its address says that it is withdrawn, and why."""
    _move_case(case, person, at, move=Move.WITHDRAW, standing=Standing.WITHDRAWN, verb="withdrawn", reason=reason)


@transaction.atomic
def archive(*, case: Case, person: Person, reason: str, at: datetime) -> None:
    """Keep a case for reference: it can be read, and is no longer found."""
    _move_case(case, person, at, move=Move.ARCHIVE, standing=Standing.ARCHIVED, verb="archived", reason=reason)


@transaction.atomic
def restore(*, case: Case, person: Person, at: datetime) -> None:
    """Let readers meet a case again."""
    _move_case(case, person, at, move=Move.RESTORE, standing=Standing.PUBLISHED, verb="restored")


def _move_case(
    case: Case, person: Person, at: datetime, *, move: Move, standing: Standing, verb: str, reason: str = ""
) -> None:
    because = cleaned(reason, MOST_IN_REASON) if needs_reason(move) else ""
    writers_turn()
    case.refresh_from_db()
    _ask(move, Stage(case.standing), hats_towards_case(person, case))
    set_standing(case=case, standing=standing, reason=because, at=at)
    record(verb=verb, subject_kind="case", subject=case.case_id, person=person, at=at)
    told = {"title": case.title, "reason": because, "standing": standing.value}
    _write(people_behind(case, person), person, "life_standing", at, page=("web:case", case.case_id), **told)


# What the moves rest on.


def _begin(move: Move, draft: Draft, person: Person) -> None:
    """Read the draft again under a lock, and ask whether this person may move it from where it is now."""
    Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    draft.refresh_from_db()
    _ask(move, stage_of_draft(draft.state), hats_towards_draft(person, draft))


def _ask(move: Move, stage: Stage, hats: set[Hat]) -> None:
    if not hats:
        raise NotAllowed(move)
    if not starts_there(move, stage):
        raise MovedOn(stage)
    if not may(move, stage, hats):
        raise NotAllowed(move)


def _refuse_faults(draft: Draft, document: dict[str, object]) -> None:
    faults = drafts.faults_of(draft, document)
    if faults:
        raise NotReady(faults)


def _refuse_outdated(draft: Draft) -> None:
    if is_outdated(draft):
        raise Outdated


def _newest(draft: Draft) -> int | None:
    """Return the number of the newest version of the draft's case, as the tables say now."""
    return Case.objects.values_list("revision__number", flat=True).get(drafts=draft)


def _published_as(draft: Draft, at: datetime) -> Case:
    document = drafts.draft_document(draft, at=at)
    _refuse_faults(draft, document)
    case_id = draft.case.case_id if draft.case else queries.free_case_id(title_of(draft))
    told = consents.only_consented({**document, "id": case_id}, draft)
    publish_case(case_file=queries.read_case(told), origin=Origin.SHARED, at=at)
    case = queries.case_by_id(case_id)
    if case is None:
        raise ValueError(f"{case_id} was published and is not there")
    return case


def writers_of(draft: Draft) -> list[Person]:
    """Return those who wait to hear about a draft: who began it and who submitted it."""
    return [person for person in {draft.made_by, draft.submitted_by} if person]


def people_behind(case: Case, mover: Person) -> list[Person]:
    """Return those who must hear that a case has moved: its organisations' administrators and last writers.

    When an organisation itself moves it, the editors too.
    """
    told = {member.person for slug in organisations_behind(case) for member in members_of(slug) if _keeps(member)}
    for draft in case.drafts.filter(state=DraftState.PUBLISHED).select_related("made_by", "submitted_by"):
        told |= set(writers_of(draft))
    return [*told, *(() if is_editor(mover) else editors())]


def _keeps(member: object) -> bool:
    role, state = getattr(member, "role", ""), getattr(member, "state", "")
    return role == MemberRole.ADMINISTRATOR and state == MembershipState.ACTIVE


def _record(draft: Draft, verb: str, person: Person, at: datetime, **detail: object) -> None:
    record(verb=verb, subject_kind="draft", subject=str(draft.key), person=person, at=at, **detail)


def _write(
    people: Iterable[Person], mover: Person, kind: str, at: datetime, *, page: tuple[str, object], **values: object
) -> None:
    """Write to each of these people, in their language, except to whoever made the move. ``page`` is where to go."""
    for person in sorted({one for one in people if one.is_active and one != mover}, key=lambda one: one.pk):
        link = link_to(*page, language=person.language)
        write_letter(to=person.email, kind=kind, language=person.language, at=at, link=link, **values)
