"""Tables of the analysis: what we concluded, apart from what people said of it.

Conclusions carry their method and can be emptied and worked out again. Verdicts are people's, and outlive that: they
name the notice and the case by their keys, not by rows that may be made anew.
"""

from django.conf import settings
from django.db import models


class InnovationReading(models.Model):
    """How likely a notice is about innovation, and the words and fields that decided."""

    notice = models.OneToOneField(
        "notices.Notice", on_delete=models.CASCADE, primary_key=True, related_name="innovation"
    )
    method = models.CharField(max_length=20)  # version of the reading
    read = models.CharField(max_length=64)  # digest of the record that was read
    likelihood = models.FloatField(db_index=True)  # 0–1
    suggested = models.CharField(max_length=20, blank=True)  # BT-776 code, "" for none
    signals = models.JSONField(default=list)  # ``signals.terms.Signal`` as JSON

    class Meta:
        db_table = "analysis_innovation_reading"

    def __str__(self) -> str:
        return f"{self.notice_id} {self.likelihood:.2f}"


class InnovationVerdict(models.Model):
    """What a person said of a reading: that the notice is about innovation, and of which kind, or that it is not."""

    notice_key = models.CharField(max_length=100, unique=True)
    verdict = models.CharField(max_length=10)
    code = models.CharField(max_length=20, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "analysis_innovation_verdict"

    def __str__(self) -> str:
        return f"{self.notice_key} {self.verdict}"


class CaseLink(models.Model):
    """That a case is probably about this procurement, proposed by buyer, text and dates."""

    case = models.ForeignKey("catalogue.Case", on_delete=models.CASCADE, related_name="notice_links")
    notice = models.ForeignKey("notices.Notice", on_delete=models.CASCADE, related_name="case_links")
    method = models.CharField(max_length=20)
    likelihood = models.FloatField()
    reasons = models.JSONField(default=list)  # ``terms.Reason`` as JSON

    class Meta:
        db_table = "analysis_case_link"
        constraints = [models.UniqueConstraint(fields=["case", "notice"], name="one_case_link_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.notice_id}"


class CaseLinkVerdict(models.Model):
    """What a person said of a proposed link between a case and a notice, or a link they made themselves."""

    case_slug = models.CharField(max_length=100, db_index=True)
    notice_key = models.CharField(max_length=100, db_index=True)
    verdict = models.CharField(max_length=10)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "analysis_case_link_verdict"
        constraints = [models.UniqueConstraint(fields=["case_slug", "notice_key"], name="one_link_verdict_once")]

    def __str__(self) -> str:
        return f"{self.case_slug} {self.notice_key} {self.verdict}"


class Progress(models.Model):
    """How far the notices have been gone through. Emptying this table makes everything be worked out again."""

    name = models.CharField(max_length=30, primary_key=True)
    method = models.CharField(max_length=40)  # of all that is worked out together
    row = models.BigIntegerField(null=True)  # the last notice gone through of all; None when all have been
    change = models.BigIntegerField(default=0)  # the last change whose notices and cases have been gone through

    class Meta:
        db_table = "analysis_progress"

    def __str__(self) -> str:
        return f"{self.name}: row {self.row}, change {self.change}"
