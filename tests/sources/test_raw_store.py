"""The raw store: what was kept is whole and stays, whatever happened to whoever kept it."""

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ringvirkning.sources.notices.terms import Source
from ringvirkning.sources.raw import Provenance, RawStore

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> RawStore:
    return RawStore(tmp_path / "raw")


def came(store: RawStore, number: int, at: datetime = NOON, source: Source = Source.TED) -> Provenance:
    data = f"kunngjøring {number}".encode()
    one = Provenance(
        source=source, number=f"{number}-2024", address=f"https://eksempel.no/{number}", fetched_at=at,
        sha256=store.keep(data), size=len(data),
    )  # fmt: skip
    store.note(one)
    return one


def test_bytes_are_found_by_their_digest(store: RawStore) -> None:
    sha256 = store.keep(b"hei")
    assert sha256 == hashlib.sha256(b"hei").hexdigest()
    assert store.has(sha256) and store.read(sha256) == b"hei"
    with store.open(sha256) as handle:
        assert handle.read() == b"hei"
    assert store.path(sha256).relative_to(store.folder).as_posix() == f"{sha256[:2]}/{sha256}"


def test_the_same_bytes_twice_are_one_file_written_once(store: RawStore) -> None:
    first = store.path(store.keep(b"hei")).stat()
    assert store.path(store.keep(b"hei")).stat().st_mtime_ns == first.st_mtime_ns
    assert len([path for path in store.folder.rglob("*") if path.is_file()]) == 1


def test_a_large_file_is_moved_in_and_nothing_is_left_beside(store: RawStore) -> None:
    with store.arriving() as path:
        path.write_bytes(b"stor" * 1000)
        sha256 = store.keep_file(path)
    with pytest.raises(RuntimeError), store.arriving() as path:
        path.write_bytes(b"halv")
        raise RuntimeError
    assert store.read(sha256) == b"stor" * 1000
    assert [path for path in store.folder.rglob("*") if path.is_file()] == [store.path(sha256)]


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "a" * 63, "a" * 64 + "\n", "a" * 64 + "/x"])
def test_nothing_but_a_digest_names_a_file(store: RawStore, name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        store.path(name)


def test_what_we_do_not_have_is_not_there(store: RawStore) -> None:
    assert not store.has("0" * 64)
    with pytest.raises(FileNotFoundError):
        store.read("0" * 64)
    assert list(store.iterate(Source.DOFFIN)) == [] and store.end(Source.DOFFIN) == 0


def test_what_was_fetched_is_told_in_order_and_from_a_time_on(store: RawStore) -> None:
    told = [came(store, n, NOON + timedelta(hours=n)) for n in range(5)]
    came(store, 9, source=Source.DOFFIN)
    assert list(store.iterate(Source.TED)) == told
    assert list(store.iterate(Source.TED, NOON + timedelta(hours=2))) == told[2:]
    assert store.numbers(Source.TED) == {one.number for one in told}


def test_the_beginning_can_be_left_out(store: RawStore) -> None:
    ends = []
    for number in range(4):
        came(store, number)
        ends.append(store.end(Source.TED))
    assert [[one.number for one in store.iterate(Source.TED, after=end)] for end in ends] == [
        ["1-2024", "2-2024", "3-2024"], ["2-2024", "3-2024"], ["3-2024"], [],
    ]  # fmt: skip
    assert len(list(store.iterate(Source.TED, after=10**6))) == 4, "an end from another store means nothing here"


def test_half_a_line_is_passed_over_and_the_next_line_stands_alone(store: RawStore) -> None:
    came(store, 1)
    path = store.folder / "fetched" / "ted.jsonl"
    whole = path.read_bytes()
    for cut in range(1, len(whole)):
        path.write_bytes(whole + whole[:cut])
        end = store.end(Source.TED)
        came(store, 2)
        # A line that lacks nothing but its end is a whole line.
        assert [one.number for one in store.iterate(Source.TED)][-1] == "2-2024"
        assert {one.number for one in store.iterate(Source.TED)} == {"1-2024", "2-2024"}
        assert [one.number for one in store.iterate(Source.TED, after=end)] == ["2-2024"]


def test_strays_are_cleared_when_old_and_nothing_else(store: RawStore) -> None:
    sha256 = store.keep(b"hei")
    came(store, 1)
    old, new = store.folder / "arriving-old", store.folder / "arriving-new"
    for path in (old, new):
        path.write_bytes(b"halv")
    os.utime(old, (1, 1))
    assert store.clear_strays() == 1
    assert new.exists() and store.has(sha256) and len(list(store.iterate(Source.TED))) == 1


KEEPING = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from ringvirkning.sources.notices.terms import Source
from ringvirkning.sources.raw import Provenance, RawStore
store = RawStore(Path(sys.argv[1]))
for number in range(10**9):
    data = f"{sys.argv[2]} {number} ".encode() * 500
    sha256 = store.keep(data)
    told = {"number": f"{number}", "address": "https://eksempel.no", "sha256": sha256, "size": len(data)}
    store.note(Provenance(source=Source.TED, fetched_at=datetime.now(UTC), **told))
    print(sha256, flush=True)
"""


def test_what_was_kept_before_a_kill_is_whole(store: RawStore) -> None:
    """Killed at random instants, ten times: every name leads to its own bytes, and every acknowledged line is there."""
    chance, acknowledged = random.Random(3), []
    for turn in range(10):
        command = [sys.executable, "-c", KEEPING, str(store.folder), str(turn)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as keeper:
            assert keeper.stdout
            acknowledged.append(keeper.stdout.readline().strip())
            time.sleep(chance.uniform(0.001, 0.1))
            keeper.send_signal(signal.SIGKILL)
            acknowledged += [line.strip() for line in keeper.stdout.readlines() if line.endswith("\n")]
    told = [one.sha256 for one in store.iterate(Source.TED)]
    assert len(acknowledged) >= 20 and set(acknowledged) <= set(told)
    for path in store.folder.glob("[0-9a-f][0-9a-f]/*"):
        assert hashlib.sha256(path.read_bytes()).hexdigest() == path.name
    assert all(store.has(sha256) for sha256 in told)
