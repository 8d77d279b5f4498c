"""The ledger: one line for each act. Lines are added, never changed or deleted."""

from django.db import models

from ringvirkning.people.models import Person


class Entry(models.Model):
    """Somebody did something to something. ``detail`` holds codes and numbers, never personal data."""

    at = models.DateTimeField()
    # Nobody means that the program itself did it. A person who leaves is made nameless, not removed.
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="entries")
    verb = models.CharField(max_length=40)
    subject_kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=100)
    detail = models.JSONField(default=dict)

    class Meta:
        db_table = "ledger_entry"
        ordering = ["pk"]
        indexes = [models.Index(fields=["subject_kind", "subject"], name="ledger_of_subject")]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_kind} {self.subject}"
