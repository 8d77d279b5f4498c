"""Many files written together: each whole or not there."""

import errno
from pathlib import Path
from typing import Any

import pytest

from ringvirkning.foundation import wholefiles
from ringvirkning.foundation.wholefiles import write_all_whole


def test_each_file_gets_its_bytes_and_no_draft_is_left(tmp_path: Path) -> None:
    files = {tmp_path / "a" / "one": b"1" * 100_000, tmp_path / "b" / "two": b"", tmp_path / "a" / "three": b"3"}
    write_all_whole(files, by_way_of=tmp_path)
    found = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert found == files
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}


def test_no_name_is_given_before_all_bytes_are_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    given = Path.replace

    def replace(draft: Path, place: Any) -> Path:
        order.append("named")
        return given(draft, place)

    monkeypatch.setattr(wholefiles.os, "sync", lambda: order.append("forced to disk"))
    monkeypatch.setattr(Path, "replace", replace)
    write_all_whole({tmp_path / "a" / name: b"x" for name in ("one", "two")}, by_way_of=tmp_path)
    assert order == ["forced to disk", "named", "named", "forced to disk"]


def test_a_full_disk_gives_no_file_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given, written = wholefiles._write_new, []

    def full_at_the_second(path: str, data: bytes) -> None:
        if written:
            raise OSError(errno.ENOSPC, "full")
        written.append(path)
        given(path, data)

    monkeypatch.setattr(wholefiles, "_write_new", full_at_the_second)
    with pytest.raises(OSError, match="full"):
        write_all_whole({tmp_path / "a" / name: b"x" for name in ("one", "two")}, by_way_of=tmp_path)
    assert not list((tmp_path / "a").iterdir())
