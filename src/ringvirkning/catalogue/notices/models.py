"""Tables of notices.

A notice is one thing however often it was published: in Doffin and in TED, and in corrected versions. What each source
said is kept as it was read (``NoticeVersion``); everything else here is worked out from that and from the register of
organisations, and can be worked out again. No person's name, e-mail or telephone is stored here.
"""

from django.db import models

from ringvirkning.catalogue.notices.terms import Certainty


class Notice(models.Model):
    """One notice, known by a key that never changes: its UUID, or its number when it is older than UUIDs."""

    key = models.CharField(max_length=100, unique=True)
    # The procurement it belongs to: the smallest procedure id, else notice key, among all that name each other.
    life = models.CharField(max_length=100, db_index=True)
    phase = models.CharField(max_length=12)
    kind = models.CharField(max_length=30, blank=True)
    national = models.BooleanField(default=False)
    country = models.CharField(max_length=3, blank=True)
    # When it was published; when it was sent, where only that is known.
    published = models.DateField(null=True, db_index=True)
    deadline = models.DateTimeField(null=True, db_index=True)
    # It says itself that what it is about is called off.
    calls_off = models.BooleanField(default=False)
    # What it is about is called off, by itself or by the notice that took its place.
    cancelled = models.BooleanField(default=False)
    # Key of the notice that took its place: the newest correction, or the original this is a copy of. Empty for most.
    replaced_by = models.CharField(max_length=100, blank=True)
    # The record put together from the newest version in each source, packed (``packing.py``).
    record = models.BinaryField()
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "notices_notice"

    def __str__(self) -> str:
        return self.key


class NoticeVersion(models.Model):
    """What one source said in one publication. Replaced only by another reading of the same bytes."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="versions")
    source = models.CharField(max_length=10)
    # Publication number in the source; the SHA-256 of the bytes when the source gave none.
    number = models.CharField(max_length=100, db_index=True)
    version = models.CharField(max_length=10, blank=True)
    published = models.DateField(null=True)
    raw = models.CharField(max_length=64)  # SHA-256 of the bytes, see sources/raw.py
    place = models.PositiveIntegerField(default=0)  # which notice in those bytes: OCDS packages hold many
    record = models.BinaryField()

    class Meta:
        db_table = "notices_version"
        constraints = [models.UniqueConstraint(fields=["raw", "place"], name="one_reading_once")]

    def __str__(self) -> str:
        return f"{self.source} {self.number}"


class NoticeName(models.Model):
    """A name a notice bears or mentions: by these, notices of one procurement find each other (``lives.py``)."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=120, db_index=True)
    role = models.CharField(max_length=10)

    class Meta:
        db_table = "notices_name"
        constraints = [models.UniqueConstraint(fields=["notice", "name"], name="one_notice_name_once")]

    def __str__(self) -> str:
        return self.name


class NoticeParty(models.Model):
    """Which organisation buys or won, with how sure we are that it is the one in our register."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="parties")
    role = models.CharField(max_length=10)
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=500, blank=True)
    number = models.CharField(max_length=100, blank=True, db_index=True)
    country = models.CharField(max_length=3, blank=True)
    organisation = models.ForeignKey(
        "catalogue.Organisation", on_delete=models.SET_NULL, null=True, related_name="notice_parts"
    )
    certainty = models.CharField(max_length=10, blank=True, default=Certainty.NONE)

    class Meta:
        db_table = "notices_party"
        constraints = [models.UniqueConstraint(fields=["notice", "role", "place"], name="one_party_place_once")]
        ordering = ["notice", "role", "place"]

    def __str__(self) -> str:
        return f"{self.name} ({self.role})"


class LoadedFile(models.Model):
    """That some bytes have been read, so that a load that was interrupted goes on where it was."""

    raw = models.CharField(max_length=64, primary_key=True)
    name = models.CharField(
        max_length=500
    )  # of the file alone; the first in the alphabet when it lay in several places
    reader = models.CharField(max_length=20)  # version of the reading code
    refusal = models.CharField(max_length=40, blank=True)  # why it could not be read; empty when it was
    at = models.DateTimeField()

    class Meta:
        db_table = "notices_loaded_file"

    def __str__(self) -> str:
        return self.name


class MatchedRegister(models.Model):
    """The register of organisations that the parties of all notices are matched against, by its digest. One row."""

    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "notices_matched_register"

    def __str__(self) -> str:
        return self.digest[:12]
