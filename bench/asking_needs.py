"""The children of ``needs``: they fill a home with made notices, and ask for whole answers."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from itertools import islice
from typing import Any

from django.db import connection, transaction

import made_notices
from asking_notices import Measured, documents, measured, timed
from harness import Figures, folder_mb, tidy
from needs import ALONE, WHOLE
from ringvirkning.catalogue.models import Organisation
from ringvirkning.catalogue.notices.models import Notice, NoticeParty
from ringvirkning.catalogue.notices.packing import pack
from ringvirkning.catalogue.notices.terms import Certainty, PartyRole
from ringvirkning.needs.answering.answer import Question, answer
from ringvirkning.needs.statement.read import read_need
from ringvirkning.search.notices.index import NoticeContents, notices_index
from ringvirkning.search.query import understand

IN_A_BATCH = 10_000
Row = tuple[Any, ...]


def fill(count: int, distinct: int) -> Figures:
    """Put made notices with a buyer each into the tables, and build the index of them. Called in a child."""
    began = time.perf_counter()
    buyers = list(Organisation.objects.values_list("pk", flat=True))
    rows = _rows(count, distinct)
    with transaction.atomic(), connection.cursor() as cursor:
        while some := list(islice(rows, IN_A_BATCH)):
            cursor.executemany(_insert(Notice, NOTICE), some)
            cursor.executemany(_insert(NoticeParty, PARTY), [_party(row[0], buyers) for row in some])
    rows_s = time.perf_counter() - began
    NoticeContents.everything = lambda self, step: documents(count, distinct)  # type: ignore[method-assign]
    folder = notices_index.builds.rebuild()
    return {"rows_s": tidy(rows_s), "whole_s": tidy(time.perf_counter() - began), "index_mb": folder_mb(folder)}


NOTICE = (
    "id", "key", "life", "phase", "kind", "national", "country", "published", "deadline", "calls_off", "cancelled",
    "replaced_by", "record", "digest",
)  # fmt: skip
PARTY = ("notice_id", "role", "place", "name", "number", "country", "organisation_id", "certainty")


def _insert(model: type[Notice | NoticeParty], columns: tuple[str, ...]) -> str:
    return f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) VALUES ({', '.join(['%s'] * len(columns))})"


def _rows(count: int, distinct: int) -> Iterator[Row]:
    """Yield the rows: as many records as there are distinct texts, used again and again as the index does."""
    made = [made_notices.made_notice(number) for number in range(min(count, distinct))]
    packed = [pack(one.record) for one in made]
    now = datetime(2026, 1, 1, tzinfo=UTC).isoformat()
    for number in range(count):
        one, record = made[number % len(made)].notice, packed[number % len(made)]
        key = f"laget-{number}"
        published = one.published.isoformat() if one.published else None
        yield (
            number + 1, key, key, str(one.phase), one.kind, one.national, one.country, published,
            now if one.deadline else None, False, False, "", record.data, record.digest,
        )  # fmt: skip


def _party(pk: int, buyers: list[int]) -> Row:
    return pk, PartyRole.BUYER.value, 0, "", "", "NOR", buyers[pk % len(buyers)], Certainty.NUMBER.value


def measure(rounds: int, each: int, sizes: list[str]) -> Measured:
    """Return what whole answers took, by size of need, in a process as warm as a server's. Called in a child."""
    import_module("ringvirkning.config.wsgi")
    return measured({WHOLE: timed(_whole), ALONE: timed(_alone)}, rounds, each, sizes)


def _alone(need: str) -> int:
    """Answer a need that is understood already only as words and concepts."""
    found = answer(Question(understand(need)))
    return found.total_cases + found.total_notices


def _whole(need: str) -> int:
    """Read a need and answer it as the page does: what it is about, codes, prompts, and everything that answers."""
    reading = read_need(need)
    found = answer(Question(reading.understood, codes=reading.codes))
    return found.total_cases + found.total_notices
