"""Asking the buyer once a year whether a case is still right. One press says yes; "something is wrong" takes a note.

Only cases that were shared here are asked about at their contact's address. Of the library that comes with the program
we ask those who have joined, and nobody else: an installation somebody starts to try it must not write to the country.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Max, Min, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest

from ringvirkning.catalogue import queries
from ringvirkning.catalogue.models import Case
from ringvirkning.catalogue.operations import record_change, writers_turn
from ringvirkning.catalogue.terms import ChangeKind, Origin
from ringvirkning.foundation.tokens import digest_of_token, new_token
from ringvirkning.ledger.operations import record
from ringvirkning.people.letters import link_to, write_letter
from ringvirkning.people.models import Person
from ringvirkning.people.queries import members_of
from ringvirkning.people.terms import MemberRole, MembershipState
from ringvirkning.publishing.hats import organisations_behind
from ringvirkning.publishing.models import Confirmation
from ringvirkning.publishing.terms import DraftState
from ringvirkning.publishing.upkeep.freshness import ASKED_ANEW, HOLDS

LINK_HOLDS = timedelta(days=120)
MOST_IN_NOTE = 5_000


# Questions.


def due(at: datetime) -> QuerySet[Case]:
    """Return the published cases nobody has confirmed, and that we have not asked about, for a year."""
    own = Q(drafts__state=DraftState.PUBLISHED) & ~Q(drafts__organisation="")
    told = queries.published().annotate(
        since=Min("revisions__made"),
        said=Max("confirmations__answered", filter=Q(confirmations__still_right=True)),
        asked=Max("confirmations__asked"),
        shared=Max("drafts__submitted", filter=own),
    )
    known = (Coalesce(one, F("since")) for one in ("said", "asked", "shared"))
    return told.annotate(last=Greatest(*known)).filter(last__lte=at - HOLDS).order_by("last", "pk")


def confirmation_by_token(token: str) -> Confirmation | None:
    """Return the question a link belongs to."""
    found = Confirmation.objects.select_related("case__revision").filter(digest=digest_of_token(token))
    return found.first()


def is_open(confirmation: Confirmation, *, at: datetime) -> bool:
    """Tell whether the question can still be answered."""
    return confirmation.answered is None and at - (confirmation.reminded or confirmation.asked) < LINK_HOLDS


def whom_to_ask(case: Case) -> list[tuple[str, str]]:
    """Return the addresses to ask at, with the language of each: the case's contact, else its administrators."""
    if case.revision and case.revision.origin == Origin.SHARED:
        given = (contact.email for contact in queries.case_file_of(case).contacts if contact.email)
        contact = next(given, "")
        if contact:
            return [(contact, "nb")]
    return [(person.email, person.language) for person in _administrators(case)]


def _administrators(case: Case) -> Iterable[Person]:
    for slug in sorted(organisations_behind(case)):
        keeping = members_of(slug).filter(state=MembershipState.ACTIVE, role=MemberRole.ADMINISTRATOR)
        yield from (member.person for member in keeping if member.person.is_active)


# Asking.


def ask_due(*, at: datetime, most: int = 20) -> int:
    """Ask about cases whose time has come, and once more where nobody answered; return how many letters we wrote."""
    asked = sum(_ask(case.pk, at) for case in due(at)[:most])
    return asked + sum(_ask_again(one.pk, at) for one in _unanswered(at)[:most])


def _unanswered(at: datetime) -> QuerySet[Confirmation]:
    waiting = Confirmation.objects.filter(answered=None, reminded=None, asked__lte=at - ASKED_ANEW)
    return waiting.filter(asked__gt=at - LINK_HOLDS).order_by("asked", "pk")


@transaction.atomic
def _ask(case_pk: int, at: datetime) -> int:
    """Ask about one case, unless another worker just did. Nobody to ask is noted too: we look again in a year."""
    writers_turn()
    case = due(at).filter(pk=case_pk).select_related("revision").first()
    if case is None:
        return 0
    people = whom_to_ask(case)
    token, digest = new_token()
    email = people[0][0] if len(people) == 1 else ""
    Confirmation.objects.create(case=case, digest=digest, email=email, asked=at)
    return _write("trust_confirm", case, people, token, at)


@transaction.atomic
def _ask_again(pk: int, at: datetime) -> int:
    """Remind once. The letter holds a new link, since of the old one we kept only a digest."""
    writers_turn()
    confirmation = _unanswered(at).filter(pk=pk).select_related("case__revision").first()
    if confirmation is None:
        return 0
    token, confirmation.digest = new_token()
    confirmation.reminded = at
    confirmation.save(update_fields=["digest", "reminded"])
    return _write("trust_confirm_again", confirmation.case, whom_to_ask(confirmation.case), token, at)


def _write(kind: str, case: Case, people: list[tuple[str, str]], token: str, at: datetime) -> int:
    for email, language in people:
        link = link_to("web:confirm", token, language=language)
        write_letter(to=email, kind=kind, language=language, at=at, link=link, title=case.title)
    record(verb="asked_to_confirm", subject_kind="case", subject=case.case_id, person=None, at=at, letters=len(people))
    return len(people)


# Answering.


@transaction.atomic
def confirm(*, confirmation: Confirmation, at: datetime) -> bool:
    """Note that the case is still right. Returns False when the question was answered or closed already."""
    return _answer(confirmation, True, "", at)


@transaction.atomic
def report_wrong(*, confirmation: Confirmation, note: str, at: datetime) -> bool:
    """Note that something is wrong, in the buyer's words, for the editors. Readers are told that there is something."""
    return _answer(confirmation, False, note.strip()[:MOST_IN_NOTE], at)


def _answer(confirmation: Confirmation, still_right: bool, note: str, at: datetime) -> bool:
    writers_turn()
    confirmation.refresh_from_db()
    if not is_open(confirmation, at=at):
        return False
    confirmation.answered, confirmation.still_right, confirmation.note = at, still_right, note
    confirmation.email = ""  # we have what we asked for, and need not know whom we asked
    confirmation.save(update_fields=["answered", "still_right", "note", "email"])
    case_id = confirmation.case.case_id
    verb = "confirmed" if still_right else "said_wrong"
    record(verb=verb, subject_kind="case", subject=case_id, person=None, at=at)
    record_change(kind=ChangeKind.FRESHNESS, key=case_id, at=at)
    return True


def forget_addresses(*, at: datetime) -> None:
    """Let go of the addresses of questions nobody can answer any more."""
    closed = Confirmation.objects.filter(asked__lt=at - LINK_HOLDS - ASKED_ANEW)
    closed.exclude(email="").update(email="")
