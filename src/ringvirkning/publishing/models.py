"""Tables of publishing: drafts with their steps, comments, consents, confirmations and visited links.

A draft holds what people typed, exactly as they typed it, in the shape of a case file; it becomes a case file when it
is submitted (``compose``). Each step is a row with a version of its own, so that two people can work side by side.
"""

import uuid

from django.db import models

from ringvirkning.catalogue.models import Case
from ringvirkning.people.models import Person
from ringvirkning.publishing.terms import ConsentState, DraftState, LinkState


class Draft(models.Model):
    """Work on a case: a new one, or a new version of one that is published."""

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    # The organisation that shares it, by slug. Empty when an editor works on a case for the programme.
    organisation = models.SlugField(max_length=100, blank=True)
    # The published case this is a new version of; a new case gets its id when it is published.
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="drafts")
    base_revision = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=12, default=DraftState.DRAFT, db_index=True)
    # Languages the case is written in, the main one first: "nb", or "nn,nb".
    languages = models.CharField(max_length=20, default="nb")
    made = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="drafts")
    changed = models.DateTimeField()
    submitted = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    # Why it was last sent back, in the editor's words.
    sent_back_because = models.TextField(blank=True)

    class Meta:
        db_table = "publishing_draft"
        ordering = ["-changed"]
        constraints = [
            # One open draft per case: a second person joins the first one's work instead of starting beside it.
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(state__in=[DraftState.DRAFT.value, DraftState.SUBMITTED.value]),
                name="one_open_draft_per_case",
            )
        ]

    def __str__(self) -> str:
        return str(self.key)


class DraftPart(models.Model):
    """One step of a draft: what has been typed, and the version that an edit must say it started from."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="parts")
    step = models.CharField(max_length=12)
    version = models.PositiveIntegerField(default=0)
    content = models.JSONField(default=dict)
    # Places recognised from a text or page and not yet confirmed by a person: "title.nb", "parties.0".
    unconfirmed = models.JSONField(default=list)
    saved = models.DateTimeField()
    saved_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    # The opened page the last save came from and that page's own clock (ms): a page never conflicts with itself.
    page = models.CharField(max_length=36, blank=True)
    page_clock = models.BigIntegerField(default=0)
    # What tells two people's changes apart: digests of each key at past versions and as each page last sent it.
    trace = models.JSONField(default=dict)

    class Meta:
        db_table = "publishing_draft_part"
        constraints = [models.UniqueConstraint(fields=["draft", "step"], name="one_step_once")]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.step} {self.version}"


class SetAside(models.Model):
    """What somebody typed in a step that another had changed meanwhile. Kept until they have chosen."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="set_aside")
    step = models.CharField(max_length=12)
    content = models.JSONField()
    base_version = models.PositiveIntegerField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "publishing_set_aside"
        constraints = [models.UniqueConstraint(fields=["draft", "step", "person"], name="one_set_aside_each")]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.step}"


class Comment(models.Model):
    """An editor's or colleague's remark on a part of a draft. ``place`` is a path such as ``figures.0`` or a step."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="comments")
    step = models.CharField(max_length=12)
    place = models.CharField(max_length=100, blank=True)
    text = models.TextField()
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    done = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "publishing_comment"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.place}"


class Consent(models.Model):
    """A person named as contact, and what they have answered. Emptied of the person when they say no."""

    digest = models.CharField(max_length=64, unique=True)
    draft = models.ForeignKey(Draft, on_delete=models.SET_NULL, null=True, related_name="consents")
    case = models.ForeignKey(Case, on_delete=models.SET_NULL, null=True, related_name="consents")
    name = models.CharField(max_length=300)
    email = models.EmailField(max_length=254)
    phone = models.CharField(max_length=30, blank=True)
    state = models.CharField(max_length=10, default=ConsentState.ASKED)
    asked_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    asked = models.DateTimeField()
    answered = models.DateTimeField(null=True)

    class Meta:
        db_table = "publishing_consent"

    def __str__(self) -> str:
        return f"{self.state} {self.asked:%Y-%m-%d}"


class Confirmation(models.Model):
    """A question to the buyer, once a year: is the case still right? Only a digest of the secret is kept."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="confirmations")
    digest = models.CharField(max_length=64, unique=True)
    email = models.EmailField(max_length=254, blank=True)
    asked = models.DateTimeField()
    reminded = models.DateTimeField(null=True)
    answered = models.DateTimeField(null=True)
    still_right = models.BooleanField(null=True)
    note = models.TextField(blank=True)

    class Meta:
        db_table = "publishing_confirmation"
        ordering = ["-asked"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.asked:%Y-%m-%d}"


class LinkVisit(models.Model):
    """How an address that cases refer to was, the last time we looked."""

    url = models.CharField(max_length=1000, unique=True)
    state = models.CharField(max_length=10, default=LinkState.UNKNOWN)
    status = models.PositiveSmallIntegerField(null=True)
    visited = models.DateTimeField(null=True)
    last_worked = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    due = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "publishing_link_visit"

    def __str__(self) -> str:
        return self.url
