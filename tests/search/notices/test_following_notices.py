"""The index of notices follows loads, verdicts and what is taken away, beside that of cases and apart from it."""

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from ringvirkning.analysis.operations import confirm_innovation, reject_innovation, take_back
from ringvirkning.catalogue import queries as catalogue
from ringvirkning.catalogue.notices.models import Notice
from ringvirkning.catalogue.operations import record_changes
from ringvirkning.catalogue.terms import ChangeKind
from ringvirkning.search import builds as builds_module
from ringvirkning.search import live
from ringvirkning.search.find import find
from ringvirkning.search.index import index
from ringvirkning.search.notices import index as module
from ringvirkning.search.notices.find_notices import find_notices
from ringvirkning.search.notices.index import ensure_notices, notices_index
from ringvirkning.search.notices.noticedoc import NOTICES
from ringvirkning.sources.notices.record import Notice as Record

Load = Callable[..., None]
Titles = Callable[..., list[str]]
Make = Callable[..., Record]


def as_told() -> dict[str, Any]:
    """Everything a search can see: totals and counts, and the keys of all hits."""
    answer = find_notices(limit=100, with_reasons=False)
    return {"keys": sorted(hit.notice.key for hit in answer.hits), "counts": answer.counts, "total": answer.total}


def soon(check: Callable[[], bool], seconds: float = 30) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if check():
            return True
        time.sleep(0.05)
    return False


def test_a_load_is_followed_without_building_anew(library: Path, load: Load, record: Make, titles: Titles) -> None:
    load(record(1))
    assert ensure_notices() == "followed"
    before = notices_index.builds.current()
    load(record(2, titles={"nb": "Zlokk"}))
    assert titles("zlokk") == ["Zlokk"]
    load(record(2, titles={"nb": "Kvikk"}, version="02"))
    assert titles("zlokk") == []
    assert titles("kvikk") == ["Kvikk"]
    assert notices_index.builds.current() == before
    assert ensure_notices() == "ready"


def test_a_notice_taken_away_vanishes(library: Path, load: Load, record: Make, now: datetime) -> None:
    load(record(1), record(2))
    ensure_notices()
    Notice.objects.filter(key__startswith="00000001").delete()
    record_changes(kind=ChangeKind.NOTICE, keys=["00000001-0000-4000-8000-000000000000"], at=now)
    assert as_told()["keys"] == ["00000002-0000-4000-8000-000000000000"]
    assert find_notices().counts["phase"] == {"competition": 1}


def test_a_verdict_moves_a_notice_at_once(library: Path, load: Load, record: Make, now: datetime) -> None:
    load(record(1, innovation=("other",)))
    ensure_notices()
    said: dict[str, Any] = {"notice_key": "00000001-0000-4000-8000-000000000000", "person": None, "at": now}
    assert list(find_notices().counts["innovation"]) != ["confirmed"]
    confirm_innovation(code="mar-nov", **said)
    assert find_notices().counts["innovation"] == {"confirmed": 1}
    assert find_notices(filters={"innovation_code": ("mar-nov",)}).total == 1
    reject_innovation(**said)
    assert find_notices().counts["innovation"] == {"rejected": 1}
    assert find_notices(filters={"innovation_code": ("mar-nov",)}).total == 0
    take_back(**said)
    assert set(find_notices().counts["innovation"]) <= {"likely", "possible", "no"}


def test_notices_leave_the_index_of_cases_as_it_is(library: Path, load: Load, record: Make) -> None:
    total, before = find().total, index.state()
    load(*(record(number) for number in range(20)))
    assert find().total == total
    assert index.state() == before
    ensure_notices()
    assert index.builds.current() != notices_index.builds.current()
    assert shutil.rmtree(index.builds.folder) is None
    assert find_notices().total == 20


def test_following_in_stretches_gives_what_building_anew_gives(
    library: Path, load: Load, record: Make, monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    monkeypatch.setattr(module, "IN_A_BATCH", 3)
    load(*(record(number) for number in range(10)))
    ensure_notices()
    for number in range(5, 25):
        load(record(number, titles={"nb": f"Endret {number}"}, version="02"))
    confirm_innovation(notice_key="00000003-0000-4000-8000-000000000000", code="", person=None, at=now)
    assert ensure_notices() == "followed"
    followed = as_told()
    notices_index.builds.rebuild()
    assert as_told() == followed
    assert followed["total"] == 25


def test_much_that_changed_is_built_anew(
    library: Path, load: Load, record: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builds_module, "FEW", 5)
    load(*(record(number) for number in range(4)))
    ensure_notices()
    load(*(record(number) for number in range(4, 10)))
    assert ensure_notices() == "built"
    load(*(record(number) for number in range(10, 15)))
    assert ensure_notices() == "followed"
    assert find_notices().total == 15


def test_nobody_waits_for_a_large_load(
    library_for_real: Path, load: Load, record: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(record(1))
    ensure_notices()
    assert find_notices().total == 1
    monkeypatch.setattr(live, "AT_ONCE", 10)
    load(*(record(number) for number in range(2, 40)))
    first = find_notices()
    assert first.ready
    assert first.total in (1, 39), "whole commits only"
    assert soon(lambda: find_notices().total == 39)
    engine = notices_index.engine()
    assert engine
    assert engine.change == catalogue.last_change()


def test_own_words_reach_the_notices_too(
    library_for_real: Path, load: Load, record: Make, now: datetime, titles: Titles
) -> None:
    from ringvirkning.people.models import Person
    from ringvirkning.search.own_words import add_own_word
    from ringvirkning.search.text import vocabulary

    load(record(1, titles={"nb": "Mot zlokkfallert"}), record(2), record(3))
    ensure_notices()
    assert titles("fallalarm") == []
    person = Person.objects.create_user("redaktor@eksempel.no", name="Red Aktør", joined=now, programme_role="editor")
    add_own_word(concept="fall", word="zlokkfallert", hint=False, person=person, at=now)
    try:
        assert soon(lambda: titles("fallalarm") == ["Mot zlokkfallert"])
        assert soon(lambda: find("zlokkfallert").total > 0)
    finally:
        vocabulary.use(vocabulary.vocabulary_of(()))


@pytest.mark.parametrize("ending", [".idx", "meta.json", "own-words.json"])
def test_a_damaged_index_of_notices_is_soon_mended(
    ending: str, library_for_real: Path, load: Load, record: Make
) -> None:
    load(record(1, titles={"nb": "Zlokk"}), record(2))
    ensure_notices()
    build = notices_index.builds.current()
    assert build
    for path in build.iterdir():
        if path.name.endswith(ending):
            path.write_bytes(b"\xff" * path.stat().st_size)
    notices_index._engine = notices_index._build = None
    assert find_notices("zlokk").hits
    assert soon(lambda: (answer := find_notices("zlokk")).ready and answer.total == 1)


FILLING = """
import hashlib, os, sys, time
os.environ["DJANGO_SETTINGS_MODULE"] = "ringvirkning.config.settings"
import django
django.setup()
from datetime import UTC, date, datetime
from ringvirkning.catalogue.notices.operations import store
from ringvirkning.catalogue.notices.terms import Loadable
from ringvirkning.sources.notices.record import Notice
from ringvirkning.sources.notices.terms import Format, Phase, Source
first, last = int(sys.argv[1]), int(sys.argv[2])
items = []
for number in range(first, last):
    made = Notice(file=f"{number}.xml", source=Source.TED, format=Format.EFORMS, phase=Phase.COMPETITION,
                  notice_uuid=f"{number:08x}-0000-4000-8000-000000000000", titles={"nb": f"Zlokk {number}"})
    raw = hashlib.sha256(str(number).encode()).hexdigest()
    items.append(Loadable(raw, made.file, "1", (made,)))
store(items, at=datetime.now(UTC))
"""
FOLLOWING = """
import os, sys, time
os.environ["DJANGO_SETTINGS_MODULE"] = "ringvirkning.config.settings"
import django
django.setup()
from ringvirkning.search.engines.tantivy_engine import TantivyEngine
from ringvirkning.search.notices import index
index.IN_A_BATCH = 20
apply = TantivyEngine.apply
def slowly(self, *given):
    apply(self, *given)
    print(self.change, flush=True)
    time.sleep(float(sys.argv[1]))
TantivyEngine.apply = slowly
print(index.ensure_notices(), flush=True)
"""
ASKING = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "ringvirkning.config.settings"
import django
django.setup()
from ringvirkning.search.notices.find_notices import find_notices
print(find_notices("zlokk").total, find_notices().counts["phase"].get("competition"))
"""


def test_a_process_killed_while_following_loses_nothing_and_doubles_nothing(set_up_home: Any) -> None:
    def run(script: str, *words: str) -> str:
        command = [sys.executable, "-c", script, *words]
        return subprocess.run(command, env=set_up_home.env, check=True, capture_output=True, text=True).stdout

    run(FILLING, "0", "50")
    run(FOLLOWING, "0")
    run(FILLING, "50", "200")
    command = [sys.executable, "-c", FOLLOWING, "60"]
    process = subprocess.Popen(command, env=set_up_home.env, stdout=subprocess.PIPE)
    assert process.stdout
    first = int(process.stdout.readline())
    process.send_signal(signal.SIGKILL)
    process.wait(10)
    process.stdout.close()
    assert run(ASKING).split() == ["200", "200"], "the next one to ask goes on from there"
    rest = run(FOLLOWING, "0").split()
    assert rest[-1] == "ready"
    assert first > 0


def test_a_house_without_the_index_builds_it_once(library: Path, load: Load, record: Make) -> None:
    shutil.rmtree(notices_index.builds.folder)
    load(record(1))
    assert [ensure_notices(), ensure_notices()] == ["built", "ready"]


def test_the_folder_of_notices_lies_beside_that_of_cases(own_index_folder: Path) -> None:
    assert notices_index.builds.folder.parent == index.builds.folder.parent
    assert notices_index.builds.folder != index.builds.folder
    assert notices_index.builds.contents.shape is NOTICES
