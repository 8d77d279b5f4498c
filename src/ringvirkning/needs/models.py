"""Tables of needs: needs assessments with their earlier versions, who reads them, what each has seen; and logos.

What an assessment holds is one document (``assessment.py``), kept whole in ``content``. The newest is in the row
itself; ``AssessmentVersion`` holds those before it.
"""

import uuid

from django.db import models

from ringvirkning.needs.terms import Visibility
from ringvirkning.people.models import Person


class AssessmentRow(models.Model):
    """A needs assessment as it is now."""

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    # The organisation it is made for, by slug. Empty for somebody who works alone: then it can be neither shared nor
    # opened.
    organisation = models.SlugField(max_length=100, blank=True)
    title = models.CharField(max_length=300)
    language = models.CharField(max_length=2, default="nb")
    visibility = models.CharField(max_length=10, default=Visibility.PRIVATE, db_index=True)
    content = models.JSONField()
    version = models.PositiveIntegerField(default=1)
    made = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    # Newest change in the catalogue when it was made: what came later is news to whoever has not looked.
    made_change = models.BigIntegerField(default=0)
    # Who answers for it: whoever made it, until it is handed over.
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assessments")
    changed = models.DateTimeField()
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    # When the sitting that made this version began.
    began = models.DateTimeField()
    opened = models.DateTimeField(null=True)
    closed = models.DateTimeField(null=True)

    class Meta:
        db_table = "needs_assessment"
        ordering = ["-changed", "pk"]

    def __str__(self) -> str:
        return str(self.key)


class AssessmentVersion(models.Model):
    """An assessment as it was before somebody began to change it. Never changed; deleted with the assessment."""

    assessment = models.ForeignKey(AssessmentRow, on_delete=models.CASCADE, related_name="earlier")
    version = models.PositiveIntegerField()
    content = models.JSONField()
    saved = models.DateTimeField()
    saved_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "needs_assessment_version"
        ordering = ["assessment", "-version"]
        constraints = [models.UniqueConstraint(fields=["assessment", "version"], name="one_assessment_version_once")]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.version}"


class AssessmentReader(models.Model):
    """A colleague who works on an assessment together with its owner."""

    assessment = models.ForeignKey(AssessmentRow, on_delete=models.CASCADE, related_name="readers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "needs_assessment_reader"
        ordering = ["since", "pk"]
        constraints = [models.UniqueConstraint(fields=["assessment", "person"], name="one_reader_once")]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.person_id}"


class SeenAnswers(models.Model):
    """How far into the change sequence somebody has seen the answers to an assessment.

    ``since`` is where their last sitting ended, and what is new is what came after it; ``newest`` is where this one has
    come. So a page that is loaded again still tells the news.
    """

    assessment = models.ForeignKey(AssessmentRow, on_delete=models.CASCADE, related_name="seen")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    since = models.BigIntegerField()
    newest = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        db_table = "needs_seen_answers"
        constraints = [models.UniqueConstraint(fields=["assessment", "person"], name="one_look_each")]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.since}"


class SectionSetAside(models.Model):
    """What somebody typed in a section that another had changed meanwhile. Kept until they have saved or let it go."""

    assessment = models.ForeignKey(AssessmentRow, on_delete=models.CASCADE, related_name="set_aside")
    section = models.CharField(max_length=12)
    content = models.JSONField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "needs_section_set_aside"
        constraints = [
            models.UniqueConstraint(fields=["assessment", "section", "person"], name="one_section_set_aside_each")
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.section}"


class OpenNeedTerms(models.Model):
    """What an open need is about, as it was read: what likeness is worked out from. Can be read again at any time."""

    assessment = models.OneToOneField(AssessmentRow, on_delete=models.CASCADE, related_name="open_terms")
    terms = models.JSONField()
    # How it was read: layout, reading code and vocabulary.
    reading = models.CharField(max_length=60)

    class Meta:
        db_table = "needs_open_need_terms"

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.reading}"


class OrganisationLogo(models.Model):
    """The logo in an organisation's documents, cleaned and drawn anew before it was kept."""

    organisation = models.SlugField(max_length=100, unique=True)
    content = models.BinaryField()  # a PNG or JPEG
    said = models.CharField(max_length=150, blank=True)  # what it is called for those who do not see it
    kept_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "needs_organisation_logo"

    def __str__(self) -> str:
        return self.organisation
