"""All tables of notices as plain data that can be compared: without row ids and without when."""

from typing import Any

from django.apps import apps
from django.db.models import ForeignKey

from ringvirkning.catalogue.notices.lives import Member, Standing
from ringvirkning.catalogue.notices.models import LoadedFile, Notice, NoticeName, NoticeParty, NoticeVersion
from ringvirkning.catalogue.notices.packing import unpacked
from ringvirkning.catalogue.notices.rows import member_of

TABLES = (Notice, NoticeVersion, NoticeName, NoticeParty, LoadedFile)
LEFT_OUT = {"id", "at", "notice"}


def everything() -> dict[str, Any]:
    """Return table → its rows, sorted."""
    return {table._meta.db_table: sorted(map(_plain, table.objects.all())) for table in TABLES}


def _plain(row: Any) -> str:
    told = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if field.name == "record":
            value = unpacked(value)
        if field.name not in LEFT_OUT:
            told[field.name] = value
    if any(isinstance(field, ForeignKey) and field.name == "notice" for field in row._meta.concrete_fields):
        told["of"] = row.notice.key
    return repr(sorted(told.items()))


def nothing() -> None:
    """Empty all tables of notices."""
    for model in apps.get_app_config("notices").get_models():
        model.objects.all().delete()


def members() -> list[Member]:
    """Return every notice as lives see it."""
    return [member_of(notice, notice.names.values_list("name", "role")) for notice in Notice.objects.all()]


def standings_in_tables() -> dict[str, Standing]:
    """Return key → what the tables say of its life."""
    rows = Notice.objects.values_list("key", "life", "replaced_by", "cancelled")
    return {key: Standing(*rest) for key, *rest in rows}
