"""Notices made for tests: written here, about nobody."""

import hashlib
from typing import Any

from tests.conftest import NOW

from ringvirkning.catalogue.notices.models import NoticeVersion
from ringvirkning.catalogue.notices.operations import store
from ringvirkning.catalogue.notices.terms import Loadable
from ringvirkning.sources.notices.record import Notice, Texts, to_json
from ringvirkning.sources.notices.terms import Format, Phase, Source


def a_notice(title: str = "", description: str = "", *, language: str = "nb", **more: Any) -> Notice:
    given: dict[str, Any] = {"titles": texts(title, language), "descriptions": texts(description, language), **more}
    return Notice(file="made.xml", source=Source.DOFFIN, format=Format.EFORMS, **{"phase": Phase.COMPETITION, **given})


def texts(text: str, language: str) -> Texts:
    return {language: text} if text else {}


def stored(*records: Notice) -> Any:
    """Store notices as a load does; return their rows in the order given, or the row when only one was given."""
    raws = [hashlib.sha256(to_json(record)).hexdigest() for record in records]
    items = [
        Loadable(raw=raw, name=record.file, reader="test", notices=(record,))
        for raw, record in zip(raws, records, strict=True)
    ]
    store(items, at=NOW)
    rows = {version.raw: version.notice for version in NoticeVersion.objects.filter(raw__in=raws)}
    found = [rows[raw] for raw in raws]
    return found if len(found) > 1 else found[0]
