"""The index follows what happens, is built beside and swapped in, and mends itself when it is broken."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ringvirkning.catalogue.models import Case
from ringvirkning.catalogue.operations import publish_case, record_change
from ringvirkning.catalogue.terms import ChangeKind, Origin
from ringvirkning.search import index as index_module
from ringvirkning.search.engines import tantivy_engine
from ringvirkning.search.find import Answer, find
from ringvirkning.search.index import build_name, current_build, ensure, index, rebuild


def ids(answer: Answer) -> list[str]:
    return [hit.case.case_id for hit in answer.hits]


@pytest.fixture
def brunn(a_case: Any) -> Any:
    """Give a case that only its own words find."""
    return a_case(
        id="bronnpark", title={"nb": "Brønnpark"}, keywords={"nb": ["brønnpark", "energibrønner", "zlokkvarme"]}
    )


# Following.


def test_a_case_published_but_not_yet_indexed_is_found_without_building_anew(
    library: Path, brunn: Any, now: Any
) -> None:
    find()
    before, builds = current_build(), sorted(library.iterdir())
    publish_case(case_file=brunn, origin=Origin.FILE, at=now)  # and here the process was killed
    assert ids(find("zlokkvarme")) == ["bronnpark"]
    assert current_build() == before
    assert sorted(library.iterdir()) == builds


def test_a_restarted_process_catches_up_too(library: Path, brunn: Any, now: Any) -> None:
    publish_case(case_file=brunn, origin=Origin.FILE, at=now)
    before = current_build()
    index._engine = index._build = None
    assert "bronnpark" in ids(find("zlokkvarme"))
    assert current_build() == before


def test_a_revised_case_is_found_by_its_new_words_only(library: Path, brunn: Any, a_case: Any, now: Any) -> None:
    publish_case(case_file=brunn, origin=Origin.FILE, at=now)
    assert ids(find("zlokkvarme"))
    publish_case(case_file=a_case(id="bronnpark", title={"nb": "Solfangere"}), origin=Origin.FILE, at=now)
    assert ids(find("zlokkvarme")) == []


def test_a_case_that_is_taken_away_vanishes_from_the_index(library: Path, now: Any) -> None:
    before = find().total
    case = Case.objects.get(case_id="smart-vinterveg")
    assert "smart-vinterveg" in ids(find("brøytebil", limit=100))
    Case.objects.filter(pk=case.pk).update(revision=None)
    case.revisions.all().delete()
    case.delete()
    record_change(kind=ChangeKind.CASE, key="smart-vinterveg", at=now)
    assert "smart-vinterveg" not in ids(find("brøytebil", limit=100))
    assert find().total == before - 1
    assert sum(find().counts["status"].values()) == before - 1


def test_a_change_that_is_no_case_is_followed_without_fuss(library: Path, now: Any) -> None:
    total = find().total
    record_change(kind=ChangeKind.ORGANISATION, key="oslo", at=now)
    assert find().total == total
    assert ensure() == "ready"


def test_ensure_builds_once_then_follows_then_is_ready(library: Path, brunn: Any, now: Any) -> None:
    shutil.rmtree(library)
    assert ensure() == "built"
    assert ensure() == "ready"
    publish_case(case_file=brunn, origin=Origin.FILE, at=now)
    assert ensure() == "followed"
    assert ensure() == "ready"


# Building beside and swapping in.


def builds(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.is_dir()]


def test_one_build_is_left_after_a_swap(library: Path) -> None:
    old = current_build()
    (library / "1-gammel-rest").mkdir()
    (library / "current.999").write_text("halvferdig")
    new = rebuild()
    assert builds(library) == [new] != [old]
    assert current_build() == new
    assert not list(library.glob("current.*"))


def test_searching_goes_on_in_the_old_index_while_a_new_one_is_built(library: Path) -> None:
    old, seen = current_build(), []

    def step() -> None:
        if len(seen) < 3:
            seen.append((current_build(), find("eldre som faller").ready))

    rebuild(step)
    assert seen == [(old, True)] * 3


def test_an_open_reader_survives_the_swap(library: Path) -> None:
    before = ids(find("eldre som faller"))
    rebuild()
    assert ids(find("eldre som faller")) == before


def test_a_build_with_another_reading_of_text_is_not_used(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert current_build()
    monkeypatch.setattr(index_module, "LAYOUT", "another")
    assert current_build() is None
    assert ensure() == "built"
    assert [path.name.startswith(build_name()) for path in builds(library)] == [True]


@pytest.mark.parametrize("name", ["", "..", "../..", "/", "finnes-ikke", "\x00", "x" * 5_000])
def test_a_pointer_to_nowhere_is_no_build(name: str, library: Path) -> None:
    (library / "current").write_text(name)
    try:
        assert current_build() is None
    except ValueError:
        pytest.fail("a damaged pointer is read as a path without care")


KILLED = """
import os, sys, time
os.environ["DJANGO_SETTINGS_MODULE"] = "ringvirkning.config.settings"
import django
django.setup()
from ringvirkning.search.index import rebuild
def step():
    print("building", flush=True)
    time.sleep(60)
rebuild(step)
"""


def test_a_process_killed_while_building_leaves_the_old_index_in_use(set_up_home: Any) -> None:
    folder = set_up_home.path / "index"
    before = (folder / "current").read_text()
    process = subprocess.Popen([sys.executable, "-c", KILLED], env=set_up_home.env, stdout=subprocess.PIPE)
    assert process.stdout
    assert process.stdout.readline() == b"building\n"
    assert len(builds(folder)) == 2
    process.send_signal(signal.SIGKILL)
    process.wait(10)
    process.stdout.close()
    assert (folder / "current").read_text() == before
    found = set_up_home.run("find", "eldre som faller", "--json")
    assert found.returncode == 0
    assert (folder / "current").read_text() == before
    again = KILLED.replace("time.sleep(60)", "pass")
    subprocess.run([sys.executable, "-c", again], env=set_up_home.env, check=True, capture_output=True)
    assert [path.name for path in builds(folder)] == [(folder / "current").read_text()] != [before]


# Mending.


def overwrite(path: Path, part: Callable[[int], int] = lambda size: size) -> None:
    with path.open("r+b") as handle:
        handle.write(os.urandom(part(path.stat().st_size)))


def each_file(change: Callable[[Path], None], ending: str = "") -> Callable[[Path], None]:
    def call(folder: Path) -> None:
        build = current_build()
        assert build
        hit = [path for path in build.iterdir() if path.name.endswith(ending)]
        assert hit
        for path in hit:
            change(path)

    return call


def current_gone(folder: Path) -> None:
    (folder / "current").unlink()


def build_gone(folder: Path) -> None:
    shutil.rmtree(builds(folder)[0])


def all_gone(folder: Path) -> None:
    shutil.rmtree(folder)


def current_wrong(folder: Path) -> None:
    (folder / "current").write_text(build_name() + "-finnes-ikke")


DAMAGE = {
    "every file overwritten": each_file(overwrite),
    "every file emptied": each_file(lambda path: os.truncate(path, 0)),
    "every file cut in half": each_file(lambda path: os.truncate(path, path.stat().st_size // 2)),
    "every file deleted": each_file(Path.unlink),
    "the list of segments overwritten": each_file(overwrite, "meta.json"),
    "the list of segments deleted": each_file(Path.unlink, "meta.json"),
    "the postings overwritten": each_file(overwrite, ".idx"),
    "the postings deleted": each_file(Path.unlink, ".idx"),
    "the stored texts overwritten": each_file(overwrite, ".store"),
    "the words emptied": each_file(lambda path: os.truncate(path, 0), ".term"),
    "the columns overwritten": each_file(overwrite, ".fast"),
    "the pointer deleted": current_gone,
    "the pointer wrong": current_wrong,
    "the build deleted": build_gone,
    "everything deleted": all_gone,
}


def soon_ready(seconds: float = 20) -> Answer:
    """Ask until the index is mended, as visitors would."""
    until = time.monotonic() + seconds
    while True:
        answer = find("eldre som faller")
        if answer.ready or time.monotonic() > until:
            return answer
        time.sleep(0.05)


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_damaged_index_gives_a_plain_list_and_is_soon_mended(
    damage: Callable[[Path], None], library_for_real: Path
) -> None:
    right = ids(find("eldre som faller"))
    index._engine = index._build = None  # as a process that has just started
    damage(library_for_real)
    first = find("eldre som faller")
    assert (first.ready and ids(first) == right) or (not first.ready and first.total == 71 and first.hits)
    mended = soon_ready()
    assert mended.ready
    assert ids(mended) == right
    assert mended.total >= len(right)


@pytest.mark.parametrize("name", ["the pointer deleted", "the build deleted", "everything deleted"])
def test_an_index_taken_away_under_a_running_process_is_soon_mended(name: str, library_for_real: Path) -> None:
    right = ids(find("eldre som faller"))
    DAMAGE[name](library_for_real)
    assert find("eldre som faller").hits
    assert ids(soon_ready()) == right


OVERWRITTEN = """
import sys, time, django
django.setup()
from ringvirkning.search.find import find
from ringvirkning.search.index import current_build

right = [hit.case.case_id for hit in find("eldre som faller").hits]
for path in current_build().iterdir():
    if path.name.endswith(sys.argv[1]):
        with path.open("r+b") as handle:
            handle.write(b"\\xff" * path.stat().st_size)
for _ in range(200):
    answer = find("eldre som faller")
    if answer.ready and [hit.case.case_id for hit in answer.hits] == right:
        sys.exit(0)
    time.sleep(0.05)
sys.exit(1)
"""


@pytest.mark.parametrize("ending", [".idx", ".store"])
def test_an_index_overwritten_under_a_running_process_is_soon_mended(ending: str, set_up_home: Any) -> None:
    """In a process of its own: damage under an open map can kill it, and then the next one must mend."""
    running = subprocess.run([sys.executable, "-c", OVERWRITTEN, ending], env=set_up_home.env, timeout=60, check=False)
    assert running.returncode <= 0
    after = set_up_home.run("find", "eldre som faller", "--json")
    assert after.returncode == 0
    assert json.loads(after.stdout)["total"] > 0


def test_while_mending_the_plain_list_keeps_to_its_page(library_for_real: Path) -> None:
    shutil.rmtree(library_for_real)
    answer = find("eldre", filters={"theme": ("helse",)}, offset=5, limit=3)
    if not answer.ready:
        assert len(answer.hits) == 3
        assert answer.counts == {}
        assert answer.filters == {"theme": ("helse",)}


def test_a_build_that_fails_leaves_the_old_index_in_use(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = current_build()

    def fail(*_: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(tantivy_engine, "build", fail)
    with pytest.raises(RuntimeError):
        rebuild()
    assert current_build() == before
    assert find("eldre").ready
