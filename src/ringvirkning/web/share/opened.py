"""A draft opened for writing: its steps as stored, who is here, and what the pages around the form tell about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse

from ringvirkning.people.models import Person
from ringvirkning.publishing.comments import open_comments
from ringvirkning.publishing.drafts import draft_by_key, draft_document, faults_of
from ringvirkning.publishing.models import Comment, Draft, DraftPart, SetAside
from ringvirkning.publishing.permissions import may_edit, may_see
from ringvirkning.publishing.terms import Step
from ringvirkning.publishing.typed import completeness, compose
from ringvirkning.sources.casefile.model import CaseFile
from ringvirkning.web.life.signed_in import signed_in_person
from ringvirkning.web.share.drawing import answered, title_of
from ringvirkning.web.share.fields import Content, as_dict, as_list
from ringvirkning.web.share.shapes import Guide
from ringvirkning.web.share.steps import GUIDES

LATELY = timedelta(minutes=15)


@dataclass(frozen=True)
class Stop:
    """A step as it stands in the list of steps."""

    guide: Guide
    number: int
    address: str
    state: str  # done, begun or empty
    comments: int
    unconfirmed: int
    is_here: bool


@dataclass
class Opened:
    """A draft with its parts read once."""

    draft: Draft
    person: Person
    now: datetime

    @cached_property
    def parts(self) -> dict[str, DraftPart]:
        """Return the steps that have been saved."""
        return {part.step: part for part in self.draft.parts.select_related("saved_by")}

    def content(self, step: Step) -> Content:
        """Return what is stored for a step."""
        part = self.parts.get(step)
        return as_dict(part.content) if part else {}

    def version(self, step: Step) -> int:
        """Return the version an edit begins from."""
        part = self.parts.get(step)
        return part.version if part else 0

    def unconfirmed(self, step: Step) -> list[str]:
        """Return the places that were filled in for the writer and nobody has confirmed."""
        part = self.parts.get(step)
        return [one for one in as_list(part.unconfirmed) if isinstance(one, str)] if part else []

    def colleague(self, step: Step) -> DraftPart | None:
        """Return the step as another person saved it a short while ago, if somebody did."""
        part = self.parts.get(step)
        return part if part and part.saved_by_id != self.person.pk and self.now - part.saved < LATELY else None

    @property
    def languages(self) -> list[str]:
        """Return the languages the case is written in, the main one first."""
        return [one for one in self.draft.languages.split(",") if one] or ["nb"]

    @cached_property
    def title(self) -> str:
        """Return what the draft is called."""
        return title_of(self.content(Step.NEED), self.languages)

    @cached_property
    def may_edit(self) -> bool:
        """Tell whether the person may write in the draft now."""
        return may_edit(self.person, self.draft)

    @cached_property
    def sources(self) -> list[tuple[str, str]]:
        """Return the sources that a statement can rest on: id and title."""
        told = [as_dict(one) for one in as_list(self.content(Step.SOURCES).get("sources"))]
        return [(str(one["id"]), str(one.get("title") or one.get("url") or one["id"])) for one in told if one.get("id")]

    @cached_property
    def document(self) -> dict[str, Any]:
        """Return what has been typed so far as a document."""
        return draft_document(self.draft, at=self.now)

    @cached_property
    def case_file(self) -> CaseFile:
        """Return the draft as a whole case file, for looking at."""
        return compose.presentable(self.document)

    @cached_property
    def faults(self) -> Sequence[Any]:
        """Return what must be mended before the case can be sent in."""
        return faults_of(self.draft, self.document)

    @cached_property
    def gaps(self) -> Sequence[Any]:
        """Return what a reader will miss, the heaviest first."""
        return sorted(completeness.gaps(self.case_file), key=lambda gap: -gap.weight)

    @property
    def fullness(self) -> int:
        """Return how much a reader gets, 0 to 100."""
        return completeness.fullness(self.case_file)

    @cached_property
    def comments(self) -> list[Comment]:
        """Return the comments that somebody must see to."""
        return list(open_comments(self.draft))

    @cached_property
    def set_aside(self) -> list[SetAside]:
        """Return this person's texts that stood against somebody else's and wait for a choice."""
        return list(self.draft.set_aside.filter(person=self.person))

    def stops(self, here: Step | None = None) -> list[Stop]:
        """Return the list of steps with how far each has come."""
        return [
            Stop(
                guide,
                number,
                self.address(guide),
                answered(guide, self.content(step)),
                sum(comment.step == step for comment in self.comments),
                len(self.unconfirmed(step)),
                step == here,
            )
            for number, (step, guide) in enumerate(GUIDES.items(), 1)
        ]

    def address(self, guide: Guide) -> str:
        """Return the address of a step."""
        return reverse("web:share-step", args=[self.draft.key, guide.address])


def opened(request: HttpRequest, key: UUID, now: datetime) -> Opened:
    """Return the draft when this person may see it. To a stranger it does not exist."""
    draft = draft_by_key(key)
    if draft is None or not may_see(request.user, draft):
        raise Http404
    return Opened(draft, signed_in_person(request), now)
