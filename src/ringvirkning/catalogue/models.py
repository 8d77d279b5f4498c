"""Tables of the catalogue.

A case is an identity with immutable revisions of one document (the case file) and the few columns
that lists need. Nothing here is deleted or changed except by ``operations``.
"""

from typing import Any

from django.db import models

from ringvirkning.catalogue.terms import FileState, Standing


class Organisation(models.Model):
    """A public body: municipality, county, hospital trust, agency, company or programme."""

    slug = models.SlugField(max_length=100, unique=True)
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=30)
    number = models.CharField(max_length=9, null=True, unique=True)  # noqa: DJ001 - absent is not empty
    municipality = models.CharField(max_length=4, blank=True)
    county = models.CharField(max_length=2, blank=True)
    population = models.PositiveIntegerField(null=True)
    language_form = models.CharField(max_length=10, blank=True)
    kostra_group = models.CharField(max_length=10, blank=True)
    centre = models.CharField(max_length=100, blank=True)
    web = models.CharField(max_length=300, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    successors: "models.ManyToManyField[Organisation, Any]" = models.ManyToManyField(
        "self", symmetrical=False, related_name="predecessors", db_table="catalogue_organisation_successors"
    )

    class Meta:
        db_table = "catalogue_organisation"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class OrganisationName(models.Model):
    """A name an organisation is or was known by; former municipalities point at what they became."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=300)
    folded = models.CharField(max_length=700, db_index=True)
    until = models.CharField(max_length=10, blank=True)
    former_number = models.CharField(max_length=4, blank=True)

    class Meta:
        db_table = "catalogue_organisation_name"
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="one_name_once")]

    def __str__(self) -> str:
        return self.name


class Case(models.Model):
    """The identity of a case: its address never changes."""

    case_id = models.SlugField(max_length=100, unique=True)
    title = models.CharField(max_length=300)
    status = models.CharField(max_length=30)
    year = models.PositiveSmallIntegerField(null=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    place = models.CharField(max_length=300, blank=True)
    county = models.CharField(max_length=2, blank=True)
    standing = models.CharField(max_length=10, default=Standing.PUBLISHED, db_index=True)
    # Said to readers when a case is archived or withdrawn.
    standing_reason = models.CharField(max_length=500, blank=True)
    # The current revision is written in the same transaction as the case, after it.
    revision = models.OneToOneField("CaseRevision", on_delete=models.PROTECT, null=True, related_name="current_of")

    class Meta:
        db_table = "catalogue_case"
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class CaseRevision(models.Model):
    """One version of the document. Never changed after it is written, except that a person may be taken out of it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    document = models.JSONField()
    digest = models.CharField(max_length=64)
    origin = models.CharField(max_length=10)
    made = models.DateTimeField()
    # When somebody who withdrew their consent was taken out of this version.
    redacted = models.DateTimeField(null=True)

    class Meta:
        db_table = "catalogue_case_revision"
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="one_revision_number_once")]
        ordering = ["case", "number"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.number}"


class CaseParty(models.Model):
    """Which organisation was what in a case. Rebuilt from the current revision."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="parts")
    role = models.CharField(max_length=20)
    name_given = models.CharField(max_length=300)

    class Meta:
        db_table = "catalogue_case_party"
        constraints = [
            models.UniqueConstraint(fields=["case", "organisation", "role"], name="one_role_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name_given} ({self.role})"


class StoredFile(models.Model):
    """A file somebody uploaded, by the SHA-256 of its bytes (which lie in the home, see ``sources/documents/store``).

    Everything but the bytes is what we concluded from them, and can be worked out again.
    """

    sha256 = models.CharField(max_length=64, primary_key=True)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    state = models.CharField(max_length=12, default=FileState.WAITING, db_index=True)
    claimed = models.DateTimeField(null=True)
    # Why the file could not be read: a code with words in the faces.
    problem = models.CharField(max_length=40, blank=True)
    text = models.TextField(blank=True)
    pages = models.PositiveIntegerField(null=True)
    has_preview = models.BooleanField(default=False)
    made = models.DateTimeField()

    class Meta:
        db_table = "catalogue_stored_file"

    def __str__(self) -> str:
        return self.sha256[:12]


class FileUpload(models.Model):
    """That a file was uploaded to a draft. A draft may name no other files: a known digest opens nothing by itself."""

    file = models.ForeignKey(StoredFile, on_delete=models.CASCADE, related_name="uploads")
    draft_key = models.UUIDField(db_index=True)
    name = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        db_table = "catalogue_file_upload"
        constraints = [models.UniqueConstraint(fields=["file", "draft_key"], name="one_upload_once")]

    def __str__(self) -> str:
        return self.name


class Change(models.Model):
    """One step in the change sequence: readers ask "what changed since n?".

    ``seq`` is handed out one transaction at a time (see ``operations.record_change``), so nobody can see n+1
    before n is there.
    """

    seq = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        db_table = "catalogue_change"
        # The newest change of a kind is asked for with every search; notices are many, the others few.
        indexes = [models.Index(fields=["kind", "seq"], name="change_by_kind")]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind} {self.key}"


class Counter(models.Model):
    """The row that is locked while the next change number is taken."""

    name = models.CharField(max_length=30, primary_key=True)
    value = models.BigIntegerField(default=0)

    class Meta:
        db_table = "catalogue_counter"

    def __str__(self) -> str:
        return f"{self.name}={self.value}"
