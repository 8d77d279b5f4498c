"""The program as people start it: a process of its own in a home of its own."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any


def test_setup_tells_what_it_does(home_once: Any) -> None:
    home, said = home_once
    lines = said.splitlines()
    assert lines[0] == f"Datamappe: {home.path}"
    last = ["Saker: 71, 71 nye eller endret.", "Søkeindeks: bygd.", "Søkeindeks for kunngjøringer: bygd."]
    assert lines[-3:] == last
    assert (home.path / "secret-key").stat().st_mode & 0o077 == 0


def test_setup_again_changes_nothing(set_up_home: Any) -> None:
    def rows() -> dict[str, int]:
        with sqlite3.connect(set_up_home.path / "ringvirkning.sqlite3") as database:
            names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type='table'")]
            return {name: database.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0] for name in names}

    before, key = rows(), (set_up_home.path / "secret-key").read_text()
    build = (set_up_home.path / "index" / "current").read_text()
    again = set_up_home.run("setup")
    assert again.returncode == 0, again.stderr
    assert "Virksomheter: uendret." in again.stdout
    assert "Saker: 71, 0 nye eller endret." in again.stdout
    assert "Søkeindeks: klar." in again.stdout
    assert rows() == before
    assert (set_up_home.path / "secret-key").read_text() == key
    assert (set_up_home.path / "index" / "current").read_text() == build


def test_find_works_from_anywhere(set_up_home: Any, tmp_path: Path) -> None:
    elsewhere = tmp_path / "et annet sted"
    elsewhere.mkdir()
    found = set_up_home.run("find", "brøytebilen kommer aldri", "--json", cwd=elsewhere)
    assert found.returncode == 0, found.stderr
    assert "smart-vinterveg" in {hit["id"] for hit in json.loads(found.stdout)["hits"]}
    assert not list(elsewhere.iterdir())


def test_a_home_that_is_not_set_up_is_met_with_a_way_out(fresh_home: Any) -> None:
    for words in (("find", "eldre"), ("cases", "load", "x.json"), ("measure-search",)):
        done = fresh_home.run(*words)
        assert done.returncode not in (0, 3)
        assert "ringvirkning setup" in done.stderr
        assert "Traceback" not in done.stderr


def test_checking_a_file_needs_no_home(fresh_home: Any, tmp_path: Path, case_data: Any) -> None:
    (tmp_path / "sak.json").write_text(json.dumps(case_data()), encoding="utf-8")
    done = fresh_home.run("cases", "check", str(tmp_path / "sak.json"))
    assert done.returncode == 0, done.stderr
    assert not fresh_home.path.exists()


def test_checking_a_file_loads_neither_django_nor_the_engine(fresh_home: Any) -> None:
    code = (
        "import sys; from ringvirkning.cli import cases; from ringvirkning.sources.casefile import check; "
        "print(sorted({'tantivy', 'granian', 'Stemmer'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], env=fresh_home.env, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_file_name_that_is_no_text_is_no_stumbling_block(fresh_home: Any, tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xff.json"
    command = [sys.executable, "-m", "ringvirkning.cli.main", "cases", "check"]
    done = subprocess.run([*map(os.fsencode, command), path], env=fresh_home.env, capture_output=True, check=False)
    assert done.returncode == 3
    assert b"Traceback" not in done.stderr
