"""Consent of people named as contacts: asked by letter, published only after a yes, removed everywhere after a no.

The letter goes to the person's own address, so that only the person can answer. The link works for as long as we have
something about them: with it they see what we have, and take it away with one press.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from pydantic import ValidationError as NotACaseFile

from ringvirkning.catalogue.models import Case, CaseRevision, FileUpload, StoredFile
from ringvirkning.catalogue.operations import digest_of, publish_case, record_change, writers_turn
from ringvirkning.catalogue.queries import read_case
from ringvirkning.catalogue.terms import ChangeKind, Origin
from ringvirkning.foundation.tokens import digest_of_token, new_token
from ringvirkning.ledger.operations import record
from ringvirkning.people.letters import link_to, write_letter
from ringvirkning.people.models import Letter, Person
from ringvirkning.publishing.archives.exporting import clear_downloads
from ringvirkning.publishing.models import Comment, Consent, Draft, DraftPart, LinkVisit, SetAside
from ringvirkning.publishing.terms import ConsentState, DraftState, Step
from ringvirkning.publishing.upkeep.redact import Redactor, same_name

Document = dict[str, Any]
LIVING = (ConsentState.ASKED, ConsentState.GIVEN)
# Who does not answer is taken out of the draft as well: we may not keep them waiting in our tables for ever.
UNANSWERED_KEPT = timedelta(days=90)
OUR_LETTERS = ("trust_consent", "trust_consent_given", "trust_confirm", "trust_confirm_again")


@dataclass(frozen=True)
class Named:
    """A person named as contact in a draft, as typed, with the contact they stand in."""

    contact: Document
    name: str
    email: str
    phone: str

    @property
    def organisation(self) -> str:
        """Return the name of the organisation they are to be asked for."""
        organisation = self.contact.get("organisation")
        return _words(organisation.get("name")) if isinstance(organisation, dict) else ""

    @property
    def role(self) -> str:
        """Return what they are for it, in the first language it is told in."""
        roles = self.contact.get("role")
        return next((_words(role) for role in roles.values() if role), "") if isinstance(roles, dict) else ""


# Questions.


def named_in(draft: Draft) -> list[Named]:
    """Return the people a draft names as contacts."""
    part = draft.parts.filter(step=Step.CONTACTS).first()
    return people_in(part.content if part else {})


def people_in(document: Document) -> list[Named]:
    """Return the people named as contacts in a document or a part of one."""
    return [one for contact in _contacts(document) if (one := _named(contact)).name]


def _contacts(document: Document) -> list[Document]:
    contacts = document.get("contacts")
    return [one for one in contacts if isinstance(one, dict)] if isinstance(contacts, list) else []


def _named(contact: Document) -> Named:
    person = contact.get("person")
    name = person.get("name") if isinstance(person, dict) else ""
    return Named(contact, _words(name), _words(contact.get("email")), _words(contact.get("phone")))


def _words(value: object) -> str:
    """Return what was typed in one line; whatever else stands there is nothing."""
    return " ".join(value.split()) if isinstance(value, str) else ""


def consents_of(draft: Draft) -> QuerySet[Consent]:
    """Return every consent that bears on a draft: asked for it, or for the case it is a new version of."""
    bears = Q(draft=draft) | Q(case=draft.case) if draft.case_id else Q(draft=draft)
    return Consent.objects.filter(bears).order_by("asked", "pk")


def standing_of(draft: Draft) -> list[tuple[str, str]]:
    """Return the name of each person the draft names, with what they have answered ("" when they were not asked)."""
    known = list(consents_of(draft))
    return [
        (named.name, next((one.state for one in reversed(known) if _is(one, named)), "")) for named in named_in(draft)
    ]


def consent_by_token(token: str) -> Consent | None:
    """Return the consent a link belongs to."""
    return Consent.objects.select_related("case", "draft").filter(digest=digest_of_token(token)).first()


def asked_as(consent: Consent) -> Named | None:
    """Return the contact the person is asked about: in the draft, else in the case as it stands."""
    places = named_in(consent.draft) if consent.draft else []
    if consent.case and consent.case.revision:
        places = [*people_in(consent.case.revision.document), *places]
    return next((named for named in places if _is(consent, named)), None)


def _is(consent: Consent, named: Named) -> bool:
    """Tell whether a consent is about this person: the same name at the same address."""
    return same_name(consent.email, named.email) and same_name(consent.name, named.name)


def _covers(consent: Consent, named: Named) -> bool:
    """Tell whether a consent is about all that would be shown."""
    return _is(consent, named) and (not named.phone or _digits(consent.phone) == _digits(named.phone))


def _digits(phone: str) -> str:
    return "".join(filter(str.isdigit, phone))


# Asking.


def ask_for_consents(*, draft: Draft, person: Person, at: datetime) -> int:
    """Write to each named contact who has not answered; return how many letters were written. Called by submit.

    Writers who name themselves have said yes by doing so. They too get a letter, with the way to take it back.
    """
    known = list(consents_of(draft).filter(state__in=LIVING))
    asked = [
        named for named in named_in(draft) if _can_be_asked(named) and not any(_covers(one, named) for one in known)
    ]
    for named in asked:
        _ask(draft, named, person, at)
    return len(asked)


def _can_be_asked(named: Named) -> bool:
    """Tell whether there is an address to ask. Without one the person cannot be published."""
    try:
        validate_email(named.email)
    except ValidationError:
        return False
    return True


def _ask(draft: Draft, named: Named, person: Person, at: datetime) -> None:
    """Ask one person. A question nobody has answered is replaced, and its link dies."""
    draft.consents.filter(state=ConsentState.ASKED, email__iexact=named.email).delete()
    token, digest = new_token()
    oneself = same_name(named.email, person.email)
    Consent.objects.create(
        digest=digest,
        draft=draft,
        name=named.name,
        email=named.email,
        phone=named.phone[:30],
        state=ConsentState.GIVEN if oneself else ConsentState.ASKED,
        asked_by=person,
        asked=at,
        answered=at if oneself else None,
    )
    language = draft.languages.split(",")[0]
    language = language if language in ("nb", "nn", "en") else "nb"
    told = {"role": named.role, "organisation": named.organisation, "title": title_of(draft), "asked_by": person.name}
    link = link_to("web:consent", token, language=language)
    kind = "trust_consent_given" if oneself else "trust_consent"
    write_letter(to=named.email, kind=kind, language=language, at=at, link=link, **told)


def title_of(draft: Draft) -> str:
    """Return what a draft is called, "" when it has no title yet."""
    part = draft.parts.filter(step=Step.NEED).first()
    titles = part.content.get("title") if part else None
    return next((str(one).strip() for one in titles.values() if one), "") if isinstance(titles, dict) else ""


# Publishing what was said yes to.


def only_consented(document: Document, draft: Draft) -> Document:
    """Return the composed document with only those people in it who have said yes. Called by publish.

    Whoever has not, leaves behind the role and the organisation: name, address and phone are the person's own.
    """
    if "contacts" not in document:
        return document
    given = list(consents_of(draft).filter(state=ConsentState.GIVEN))
    before = people_in(draft.case.revision.document) if draft.case and draft.case.revision else []
    return {**document, "contacts": [_as_consented(one, given, before) for one in _contacts(document)]}


def _as_consented(contact: Document, given: list[Consent], before: list[Named]) -> Document:
    named = _named(contact)
    consent = next((one for one in reversed(given) if _is(one, named)), None)
    day = _day_of(consent, named, before)
    if not named.name:
        return contact
    if day is None:
        return _without_person(contact)
    shown = {**contact, "person": {"name": named.name, "consented": day}}
    # A number they have not seen is not shown, even if they have said yes to another.
    unseen = consent is not None and not _covers(consent, named)
    return {key: value for key, value in shown.items() if not (unseen and key == "phone")}


def _day_of(consent: Consent | None, named: Named, before: list[Named]) -> str | None:
    """Return the day a person said yes, also when that was before the case came to this library."""
    if consent and consent.answered:
        return timezone.localdate(consent.answered).isoformat()
    same = (one for one in before if same_name(one.name, named.name) and same_name(one.email, named.email))
    return next((str(one.contact["person"]["consented"]) for one in same), None)


def _without_person(contact: Document) -> Document:
    return {key: value for key, value in contact.items() if key not in ("person", "email", "phone")}


def bind_consents(*, draft: Draft, case: Case) -> None:
    """Let the consents of a draft follow the case it became. Called by publish, after the case is there."""
    draft.consents.update(case=case)


# Answering.


@transaction.atomic
def give_consent(*, consent: Consent, at: datetime) -> None:
    """Note a yes. When the case is published already, a new version of it names the person."""
    writers_turn()
    consent.refresh_from_db()
    if consent.state != ConsentState.ASKED:
        return
    consent.state, consent.answered = ConsentState.GIVEN, at
    consent.save(update_fields=["state", "answered"])
    if consent.case:
        _name_in_case(consent, consent.case, at)
    _note("gave_consent", consent, at)


def _name_in_case(consent: Consent, case: Case, at: datetime) -> None:
    """Publish a version with the person in the contact they were left out of."""
    asked = next((one for one in named_in(consent.draft) if _is(consent, one)), None) if consent.draft else None
    if asked is None or case.revision is None:
        return
    document = case.revision.document
    today = timezone.localdate(at)
    person = {"name": consent.name, "consented": today.isoformat()}
    own = {"person": person, "email": consent.email, **({"phone": consent.phone} if consent.phone else {})}
    contacts = _contacts(document)
    place = next((place for place, one in enumerate(contacts) if _same_post(one, asked)), None)
    if place is None:
        contacts = [*contacts, {**asked.contact, **own}]
    else:
        contacts = [*contacts[:place], {**contacts[place], **own}, *contacts[place + 1 :]]
    _publish_again(case, {**document, "contacts": contacts}, today, at)


def _same_post(contact: Document, asked: Named) -> bool:
    other = _named(contact)
    nobody = not other.name and not other.email
    return nobody and same_name(other.organisation, asked.organisation) and same_name(other.role, asked.role)


def _publish_again(case: Case, document: Document, today: date, at: datetime) -> bool:
    try:
        case_file = read_case({**document, "revised": today.isoformat()})
    except NotACaseFile:  # the contact was typed in a way that never came through the editor's door
        return False
    publish_case(case_file=case_file, origin=Origin.SHARED, at=at)
    case.refresh_from_db()
    return True


def forget_unanswered(*, at: datetime) -> int:
    """Take out those who never answered; return how many."""
    silent = Consent.objects.filter(state=ConsentState.ASKED, asked__lt=at - UNANSWERED_KEPT)
    waiting = list(silent.exclude(email="")[:20])
    for consent in waiting:
        forget_person(consent=consent, at=at)
    return len(waiting)


# Forgetting.


@transaction.atomic
def forget_person(*, consent: Consent, at: datetime) -> None:
    """Take the person out of the case, its earlier versions, its drafts and our letters, in one transaction.

    What is left says that somebody was taken out, and when; not who. Copies others have made are beyond us.
    """
    writers_turn()
    consent.refresh_from_db()
    if consent.state not in LIVING:
        return
    same = _consents_of_the_same(consent)
    drafts = _drafts_of(consent)
    redactor = _redactor(same, drafts, consent.case)
    _forget_links(consent.case, redactor)
    _forget_in_drafts(drafts, redactor)
    if consent.case:
        _forget_in_case(consent.case, redactor, at)
    _forget_letters(same)
    for one in same:
        _empty(one, at)
    _note("was_forgotten", consent, at)
    # Archives packed before this have the person still. Asked for after the commit: else they are packed so again.
    transaction.on_commit(clear_downloads)


def _consents_of_the_same(consent: Consent) -> list[Consent]:
    """Return every question this person has been asked about the same case or draft."""
    bears = Q(pk=consent.pk)
    bears |= Q(case=consent.case) if consent.case_id else Q()
    bears |= Q(draft=consent.draft) if consent.draft_id else Q()
    about = Q(pk=consent.pk) | Q(email__iexact=consent.email)
    return list(Consent.objects.filter(bears, about, state__in=LIVING))


def _drafts_of(consent: Consent) -> list[Draft]:
    bears = Q(pk=consent.draft_id) | (Q(case=consent.case) if consent.case_id else Q())
    return list(Draft.objects.filter(bears))


def _redactor(same: list[Consent], drafts: list[Draft], case: Case | None) -> Redactor:
    """Return what knows the person by all they have been called here, earlier phone numbers too."""
    pages: list[Document] = [part.content for part in DraftPart.objects.filter(draft__in=drafts, step=Step.CONTACTS)]
    pages += [one.content for one in SetAside.objects.filter(draft__in=drafts, step=Step.CONTACTS)]
    pages += [revision.document for revision in case.revisions.all()] if case else []
    asked = Redactor(tuple(one.name for one in same), tuple(one.email for one in same))
    met = [_named(contact) for page in pages for contact in _contacts(page) if asked.is_contact(contact)]
    names, emails, phones = (
        {getattr(one, what) for one in (*same, *met)} - {""} for what in ("name", "email", "phone")
    )
    return Redactor(tuple(sorted(names, key=len, reverse=True)), tuple(sorted(emails)), tuple(sorted(phones)))


def _forget_in_drafts(drafts: list[Draft], redactor: Redactor) -> None:
    for part in DraftPart.objects.filter(draft__in=drafts):
        content = redactor.document(part.content)
        if content != part.content:
            # A page opened before must not write the person back: to it, somebody else has changed the step.
            DraftPart.objects.filter(pk=part.pk).update(
                content=content, version=part.version + 1, page="", page_clock=0, trace={}
            )
    for aside in SetAside.objects.filter(draft__in=drafts):
        _replace(aside, content=redactor.document(aside.content))
    for comment in Comment.objects.filter(draft__in=drafts):
        _replace(comment, text=redactor.text(comment.text))
    for draft in drafts:
        _replace(draft, sent_back_because=redactor.text(draft.sent_back_because))
    for upload in FileUpload.objects.filter(draft_key__in=[draft.key for draft in drafts]).select_related("file"):
        _replace(upload, name=redactor.text(upload.name))
        _replace(upload.file, text=_whole_text(redactor, upload.file.text))


def _replace(row: Any, **values: object) -> None:
    """Write what has changed, and nothing when nothing has."""
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    if changed:
        type(row).objects.filter(pk=row.pk).update(**changed)


def _whole_text(redactor: Redactor, text: str) -> str:
    """Return a long text line by line, so that it is not cut to what a case file has room for."""
    return "\n".join(redactor.text(line) for line in text.split("\n"))


def _forget_in_case(case: Case, redactor: Redactor, at: datetime) -> None:
    """Publish a version without the person, then take them out of every version before it."""
    current = case.revision
    if current is None:
        return
    without = redactor.document(current.document)
    if without != current.document and _publish_again(case, without, timezone.localdate(at), at):
        # Nobody has written anything new: drafts begun from the version before may go on.
        number = case.revision.number if case.revision else current.number
        case.drafts.filter(base_revision=current.number, state__in=[DraftState.DRAFT, DraftState.SUBMITTED]).update(
            base_revision=number
        )
    for revision in CaseRevision.objects.filter(case=case):
        document = redactor.document(revision.document)
        if document != revision.document:
            CaseRevision.objects.filter(pk=revision.pk).update(
                document=document, digest=digest_of(document), redacted=at
            )
    files = [one["file"]["sha256"] for one in without.get("documents", []) if one.get("file")]
    for file in StoredFile.objects.filter(sha256__in=files):
        _replace(file, text=_whole_text(redactor, file.text))
    for confirmation in case.confirmations.all():
        known = any(same_name(confirmation.email, email) for email in redactor.emails)
        _replace(confirmation, note=redactor.text(confirmation.note), email="" if known else confirmation.email)
    _replace(case, standing_reason=redactor.text(case.standing_reason))
    record_change(kind=ChangeKind.CASE, key=case.case_id, at=at)


def _forget_links(case: Case | None, redactor: Redactor) -> None:
    """Delete the visits to addresses that hold the person's name."""
    gone = [visit.pk for visit in LinkVisit.objects.all().iterator() if redactor.text(visit.url) != visit.url]
    LinkVisit.objects.filter(pk__in=gone if case else []).delete()


def _forget_letters(same: list[Consent]) -> None:
    """Delete our letters to the person; not those about other cases that still wait to be sent."""
    ours = {one.pk for one in same}
    for email in {one.email for one in same}:
        letters = Letter.objects.filter(to__iexact=email, kind__in=OUR_LETTERS)
        elsewhere = Consent.objects.filter(email__iexact=email, state__in=LIVING).exclude(pk__in=ours)
        (letters.exclude(sent=None) if elsewhere.exists() else letters).delete()


def _empty(consent: Consent, at: datetime) -> None:
    said = ConsentState.REFUSED if consent.state == ConsentState.ASKED else ConsentState.WITHDRAWN
    Consent.objects.filter(pk=consent.pk).update(state=said, name="", email="", phone="", answered=at)
    consent.refresh_from_db()


def _note(verb: str, consent: Consent, at: datetime) -> None:
    kind, subject = ("case", consent.case.case_id) if consent.case else ("draft", "")
    if consent.draft and not consent.case:
        subject = str(consent.draft.key)
    record(verb=verb, subject_kind=kind, subject=subject, person=None, at=at)
