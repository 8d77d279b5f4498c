"""Bytes by their digest: whole or not there."""

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ringvirkning.sources.documents.store import Store


def put(store: Store, content: bytes) -> str:
    arrived = store.arriving() / "arrived"
    arrived.write_bytes(content)
    return store.keep(arrived)


def test_bytes_are_found_by_their_digest(tmp_path: Path) -> None:
    store = Store(tmp_path / "files")
    sha256 = put(store, b"hei")
    assert sha256 == hashlib.sha256(b"hei").hexdigest()
    assert store.path(sha256).read_bytes() == b"hei"
    assert store.path(sha256).parent.name == sha256[:2]
    assert [one for one, _ in store.kept()] == [sha256]


def test_the_same_bytes_twice_are_one_file(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert put(store, b"hei") == put(store, b"hei")
    assert len(list(store.kept())) == 1


def test_a_preview_follows_its_file(tmp_path: Path) -> None:
    store = Store(tmp_path)
    sha256 = put(store, b"hei")
    store.keep_preview(sha256, b"bilde")
    assert store.preview_path(sha256).read_bytes() == b"bilde"
    assert [one for one, _ in store.kept()] == [sha256]
    store.forget(sha256)
    assert not store.has(sha256) and not store.preview_path(sha256).exists()
    store.forget(sha256)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "a" * 63, "a" * 64 + "\n", "a" * 64 + "/x"])
def test_nothing_but_a_digest_names_a_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        Store(tmp_path).path(name)


def test_strays_are_cleared_when_old_and_files_never(tmp_path: Path) -> None:
    store = Store(tmp_path / "files")
    assert store.clear_strays(time.time()) == 0
    sha256 = put(store, b"hei")
    old, new = store.arriving(), store.arriving()
    (old / "arrived").write_bytes(b"halv")
    os.utime(old, (1, 1))
    assert store.clear_strays(time.time() - 3_600) >= 1
    assert not old.exists() and new.exists() and store.has(sha256)


def test_a_kill_leaves_whole_files_only(tmp_path: Path) -> None:
    code = (
        "import sys, os; from pathlib import Path; from ringvirkning.sources.documents.store import Store\n"
        "store = Store(Path(sys.argv[1]))\n"
        "while True:\n"
        "    arrived = store.arriving() / 'arrived'; arrived.write_bytes(os.urandom(300_000)); store.keep(arrived)\n"
    )
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    for pause in (0.15, 0.2, 0.25, 0.3, 0.35):
        child = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], env=env)
        time.sleep(pause)
        child.kill()
        child.wait()
    store = Store(tmp_path)
    kept = [sha256 for sha256, _ in store.kept()]
    assert kept
    for sha256 in kept:
        assert hashlib.sha256(store.path(sha256).read_bytes()).hexdigest() == sha256
