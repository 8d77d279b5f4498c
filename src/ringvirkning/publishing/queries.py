"""Named reads of publishing."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Case as When
from django.db.models import IntegerField, Prefetch, Q, QuerySet, Value
from django.db.models import When as If
from django.db.models.functions import Lower

from ringvirkning.catalogue.models import Case
from ringvirkning.people.models import Person
from ringvirkning.people.queries import organisations_of
from ringvirkning.publishing.models import Comment, Confirmation, Consent, Draft, DraftPart, SetAside
from ringvirkning.publishing.permissions import OPEN
from ringvirkning.publishing.terms import DraftState, Step
from ringvirkning.sources.casefile.terms import Language


def draft_by_key(key: object) -> Draft | None:
    """Return one draft by the key in its address, or None. Ask ``permissions`` before showing it."""
    try:
        wanted = UUID(str(key))
    except ValueError:
        return None
    return Draft.objects.select_related("case", "made_by").filter(key=wanted).first()


def drafts_of(person: Person) -> QuerySet[Draft]:
    """Return the drafts a person works on, their own and their organisations', open ones first, newest first."""
    theirs = Q(made_by=person, organisation="") | Q(organisation__in=organisations_of(person))
    openness = When(If(state__in=OPEN, then=Value(0)), default=Value(1), output_field=IntegerField())
    return _with_titles(Draft.objects.filter(theirs)).order_by(openness, "-changed", "pk")


def queue() -> QuerySet[Draft]:
    """Return what waits for an editor, the longest waiting first."""
    waiting = Draft.objects.filter(state=DraftState.SUBMITTED)
    return _with_titles(waiting).select_related("submitted_by").order_by("submitted", "pk")


def open_draft_of(case: Case) -> Draft | None:
    """Return the draft in which a new version of the case is being written, if any."""
    return Draft.objects.filter(case=case, state__in=OPEN).first()


def part_of(draft: Draft, step: Step) -> DraftPart:
    """Return one step of a draft. One that nobody has touched is blank, with version 0 and no row."""
    found = DraftPart.objects.select_related("saved_by").filter(draft=draft, step=step).first()
    return found or DraftPart(draft=draft, step=step, saved=draft.made, saved_by_id=draft.made_by_id)


def set_aside_of(draft: Draft, step: Step, person: Person) -> SetAside | None:
    """Return what this person typed in a step while another changed it, and has not chosen about yet."""
    return SetAside.objects.filter(draft=draft, step=step, person=person).first()


def _with_titles(drafts: QuerySet[Draft]) -> QuerySet[Draft]:
    """Fetch with each draft what lists show of it: its title stands in the first step."""
    first = DraftPart.objects.filter(step=Step.NEED)
    shown = drafts.select_related("case", "made_by")
    return shown.prefetch_related(Prefetch("parts", queryset=first, to_attr="first_parts"))


def title_of(draft: Draft) -> str:
    """Return the draft's title in its main language, else in another; "" when it has none yet."""
    parts = getattr(draft, "first_parts", None)
    if parts is None:
        parts = list(draft.parts.filter(step=Step.NEED))
    titles = parts[0].content.get("title") if parts else None
    known = titles if isinstance(titles, dict) else {}
    in_order = [*draft.languages.split(","), *Language]
    return next((known[one].strip() for one in in_order if isinstance(known.get(one), str) and known[one].strip()), "")


def kept_about(person: Person, addresses: Collection[str]) -> dict[str, list[dict[str, Any]]]:
    """Return what publishing keeps of a person's own words, and what others have written of them as a contact.

    ``addresses`` are those we have seen to be theirs, in small letters: whoever only claims one is not told what is
    kept about it.
    """
    asked = Consent.objects.alias(small=Lower("email")).filter(small__in=addresses)
    answered = Confirmation.objects.alias(small=Lower("email")).filter(small__in=addresses)
    whose, when = ("case__case_id", "email"), ("asked", "answered")
    return {
        "drafts": _plain(Draft.objects.filter(made_by=person), "key", "organisation", "state", "made", "changed"),
        "comments": _plain(Comment.objects.filter(author=person), "draft__key", "step", "place", "text", "at", "done"),
        "set_aside": _plain(SetAside.objects.filter(person=person), "draft__key", "step", "content", "at"),
        "consents": _plain(asked, *whose, "name", "phone", "state", *when),
        "confirmations": _plain(answered, *whose, "note", "still_right", *when),
    }


def _plain(rows: QuerySet[Any], *fields: str) -> list[dict[str, Any]]:
    return list(rows.order_by("pk").values(*fields))
