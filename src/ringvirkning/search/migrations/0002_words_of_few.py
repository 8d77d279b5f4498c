"""Forget words that were written down before five sessions had used them."""

from typing import Any

from django.db import migrations
from django.db.models import Sum

ENOUGH = 5


def forget_words_of_few(apps: Any, schema_editor: Any) -> None:
    rows = apps.get_model("search", "MissedWord").objects
    few = rows.values("word").annotate(times=Sum("searches")).filter(times__lt=ENOUGH).values_list("word", flat=True)
    rows.filter(word__in=list(few)).delete()


class Migration(migrations.Migration):
    dependencies = [("search", "0001_words")]
    operations = [migrations.RunPython(forget_words_of_few, migrations.RunPython.noop)]
