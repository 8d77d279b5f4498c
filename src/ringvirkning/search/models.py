"""Tables of search: words an installation has added to the vocabulary, and words that were searched for in vain.

Nothing here says who searched: a row is a word, a month and how often.
"""

from django.db import models


class AddedWord(models.Model):
    """A word added to a concept at the editor's desk. Who added it stands in the ledger."""

    concept = models.SlugField(max_length=100)
    word = models.CharField(max_length=80)
    hint = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        db_table = "search_added_word"
        ordering = ["concept", "word"]
        constraints = [models.UniqueConstraint(fields=["concept", "word"], name="one_own_word_once")]

    def __str__(self) -> str:
        return f"{self.concept}: {self.word}"


class MissedWord(models.Model):
    """A word the library had no answer for in a month: in how many searches, and on how many different days.

    Only words that five sessions have used get a row (``waiting``).
    """

    word = models.CharField(max_length=40)
    month = models.DateField()  # its first day
    searches = models.PositiveIntegerField(default=1)
    days = models.PositiveSmallIntegerField(default=1)
    last_day = models.DateField()  # so that a day is counted once

    class Meta:
        db_table = "search_missed_word"
        constraints = [models.UniqueConstraint(fields=["word", "month"], name="one_missed_word_a_month")]
        indexes = [models.Index(fields=["month"], name="missed_in_month")]

    def __str__(self) -> str:
        return f"{self.word} {self.month:%Y-%m}"


class MissedMark(models.Model):
    """What the editors have decided about a missed word."""

    word = models.CharField(max_length=40, unique=True)
    mark = models.CharField(max_length=12)
    at = models.DateTimeField()

    class Meta:
        db_table = "search_missed_mark"

    def __str__(self) -> str:
        return f"{self.word}: {self.mark}"
