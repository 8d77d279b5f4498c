"""Tables of notices.

A notice is one thing however often it was published: in Doffin and in TED, and in corrected versions. What each source
said is kept as it was read (``NoticeVersion``); the notice's own columns and record are put together from the newest
versions, and can be put together again (``operations.assemble``). No person's name, e-mail or telephone is stored here.
"""

from django.db import models

from ringvirkning.catalogue.notices.terms import Certainty, PartyRole


class Notice(models.Model):
    """One notice, known by a key that never changes: its UUID, or its number in TED when it is older than UUIDs."""

    key = models.CharField(max_length=100, unique=True)
    # The procurement this notice belongs to: the smallest procedure id or notice key among all that name each other.
    life = models.CharField(max_length=100, db_index=True)
    phase = models.CharField(max_length=12)
    kind = models.CharField(max_length=30, blank=True)
    national = models.BooleanField(default=False)
    country = models.CharField(max_length=3, blank=True)
    published = models.DateField(null=True, db_index=True)
    deadline = models.DateTimeField(null=True, db_index=True)
    cancelled = models.BooleanField(default=False)
    # The record put together from the newest version in each source: zlib over ``sources.notices.record.to_json``.
    record = models.BinaryField()
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "notices_notice"

    def __str__(self) -> str:
        return self.key


class NoticeVersion(models.Model):
    """What one source said in one publication. Replaced only by a better reading of the same publication."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="versions")
    source = models.CharField(max_length=10)
    # Publication number in the source; the SHA-256 of the bytes when the source gave none.
    number = models.CharField(max_length=64)
    version = models.CharField(max_length=10, blank=True)
    published = models.DateField(null=True)
    raw = models.CharField(max_length=64, db_index=True)  # SHA-256 of the bytes, see sources/raw.py
    record = models.BinaryField()

    class Meta:
        db_table = "notices_version"
        constraints = [models.UniqueConstraint(fields=["source", "number"], name="one_publication_once")]

    def __str__(self) -> str:
        return f"{self.source} {self.number}"


class NoticeParty(models.Model):
    """Which organisation buys or won, with how sure we are that it is the one in our register."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="parties")
    role = models.CharField(max_length=10, choices=[(role, role) for role in PartyRole])
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=500, blank=True)
    number = models.CharField(max_length=100, blank=True)
    country = models.CharField(max_length=3, blank=True)
    organisation = models.ForeignKey(
        "catalogue.Organisation", on_delete=models.SET_NULL, null=True, related_name="notice_parts"
    )
    certainty = models.CharField(max_length=10, choices=[(one, one) for one in Certainty], default=Certainty.NONE)

    class Meta:
        db_table = "notices_party"
        constraints = [models.UniqueConstraint(fields=["notice", "role", "place"], name="one_party_place_once")]
        ordering = ["notice", "role", "place"]

    def __str__(self) -> str:
        return f"{self.name} ({self.role})"


class LoadedFile(models.Model):
    """That some bytes have been read, so that a load that was interrupted goes on where it was."""

    raw = models.CharField(max_length=64, primary_key=True)
    name = models.CharField(max_length=500)
    reader = models.CharField(max_length=20)  # version of the reading code
    refusal = models.CharField(max_length=40, blank=True)  # why it could not be read; empty when it was
    at = models.DateTimeField()

    class Meta:
        db_table = "notices_loaded_file"

    def __str__(self) -> str:
        return self.name
