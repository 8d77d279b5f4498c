"""Out of one home and into another, by the command line; also when the loading is killed on the way."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from ringvirkning.cli.main import main

# What people have made in the first home: a shared case with a file in two languages, one archived, one withdrawn.
MADE_BY_PEOPLE = """
import json, sys
from datetime import UTC, datetime
import django
django.setup()
from ringvirkning.catalogue import files, queries
from ringvirkning.catalogue.operations import publish_case, set_standing
from ringvirkning.catalogue.terms import Origin, Standing
from ringvirkning.sources.casefile.check import check_bytes
now = datetime.now(UTC)
file = files.accept(name="notat.txt", chunks=[b"Behovet, kort fortalt."], at=now).file
for data in json.load(sys.stdin):
    data["documents"] = [{"title": "Notat", "kind": "report", "language": "nb", "file": file}]
    checked = check_bytes("sak", json.dumps(data).encode())
    assert checked.case_file, checked.faults
    publish_case(case_file=checked.case_file, origin=Origin.SHARED, at=now)
    if data["id"] in ("arkivert", "trukket"):
        standing = Standing.ARCHIVED if data["id"] == "arkivert" else Standing.WITHDRAWN
        set_standing(case=queries.case_by_id(data["id"]), standing=standing, reason="Fordi.", at=now)
"""


def run(*words: str) -> Result:
    result = CliRunner().invoke(main, list(words))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def made(home: Any, cases: list[dict[str, Any]]) -> None:
    env = {**home.env, "DJANGO_SETTINGS_MODULE": "ringvirkning.config.settings"}
    command = [sys.executable, "-c", MADE_BY_PEOPLE]
    done = subprocess.run(command, env=env, input=json.dumps(cases), text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def other_home(home: Any, path: Path) -> Any:
    """Return another home that has just been set up. Call before people make anything in the first."""
    shutil.copytree(home.path, path)
    return type(home)(path)


def test_export_into_an_empty_home_and_out_again_is_the_same(set_up_home: Any, tmp_path: Path, case_data: Any) -> None:
    other = other_home(set_up_home, tmp_path / "annet")
    both = {"nb": "Varme i grunnen", "nn": "Varme i grunnen", "en": "Heat"}
    made(set_up_home, [case_data(id=case_id, title=both) for case_id in ("delt", "arkivert", "trukket")])
    first, second = tmp_path / "a.zip", tmp_path / "b.zip"
    told = set_up_home.run("cases", "export", str(first), "--with-withdrawn")
    assert (told.returncode, told.stdout) == (0, f"{first}: 74 saker og 1 filer.\n"), told.stderr
    loaded = other.run("cases", "load", str(first), "--json")
    assert loaded.returncode == 0, loaded.stderr
    outcomes = [one["outcome"] for one in json.loads(loaded.stdout)["loaded"]]
    assert (outcomes.count("unchanged"), outcomes.count("new")) == (71, 3)
    assert other.run("cases", "export", str(second), "--with-withdrawn").returncode == 0
    assert second.read_bytes() == first.read_bytes()
    found = json.loads(other.run("find", "skolen bruker for mye strøm", "--json").stdout)
    assert "delt" in {hit["id"] for hit in found["hits"]}
    assert not {"arkivert", "trukket"} & {hit["id"] for hit in found["hits"]}


def cases_in(home: Any) -> int:
    with sqlite3.connect(f"file:{home.path / 'ringvirkning.sqlite3'}?mode=ro", uri=True) as database:
        return int(database.execute("select count(*) from catalogue_case").fetchone()[0])


def test_a_killed_load_is_run_again_and_the_same(set_up_home: Any, tmp_path: Path, case_data: Any) -> None:
    other = other_home(set_up_home, tmp_path / "annet")
    made(set_up_home, [case_data(id=f"sak-{number}") for number in range(120)])
    archive, after = tmp_path / "a.zip", tmp_path / "b.zip"
    assert set_up_home.run("cases", "export", str(archive)).returncode == 0
    command = [sys.executable, "-m", "ringvirkning.cli.main", "cases", "load", str(archive)]
    for more in (1, 25, 60):
        before = cases_in(other)
        loading = subprocess.Popen(command, env=other.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while cases_in(other) < before + more and loading.poll() is None:
            time.sleep(0.002)
        os.kill(loading.pid, signal.SIGKILL)
        loading.wait()
        assert 71 <= cases_in(other) <= 191
    assert other.run("cases", "load", str(archive)).returncode == 0
    assert other.run("cases", "export", str(after)).returncode == 0
    assert after.read_bytes() == archive.read_bytes()
    assert not [path for path in (other.path / "files").glob("[0-9a-f][0-9a-f]/*") if path.stat().st_size == 0]


@pytest.mark.usefixtures("library")
def test_one_case_can_be_taken_out(tmp_path: Path) -> None:
    path = tmp_path / "en.zip"
    result = run("cases", "export", str(path), "--case", "nodig-development", "--json")
    assert result.exit_code == 0
    assert json.loads(result.output) == {"cases": 1, "files": 0, "lost": [], "file": str(path), "unknown": []}


@pytest.mark.usefixtures("library")
def test_a_case_nobody_has_is_told_and_the_rest_is_written(tmp_path: Path) -> None:
    path = str(tmp_path / "en.zip")
    result = run("cases", "export", path, "--case", "nodig-development", "--case", "finnes-ikke")
    assert result.exit_code == 3
    assert "Finner ikke saken: finnes-ikke" in result.output
    result = run("cases", "export", str(tmp_path / "to.zip"), "--case", "finnes-ikke")
    assert (result.exit_code, "Ingenting er skrevet" in result.output) == (1, True)
    assert not (tmp_path / "to.zip").exists()


@pytest.mark.usefixtures("library")
def test_a_place_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    result = run("cases", "export", str(tmp_path / "finnes" / "ikke.zip"))
    assert result.exit_code == 1
    assert "Kan ikke skrive" in result.output


@pytest.mark.usefixtures("library")
def test_an_archive_that_is_none_does_not_stop_the_other_files(tmp_path: Path, case_data: Any) -> None:
    (tmp_path / "tull.zip").write_bytes(b"tull")
    (tmp_path / "god.json").write_text(json.dumps(case_data()))
    paths = [str(tmp_path / name) for name in ("tull.zip", "god.json", "borte.zip")]
    result = run("cases", "load", *paths)
    assert result.exit_code == 3
    assert "varme-i-grunnen: ny" in result.output
    assert "tull.zip: Dette er ikke en zip-fil vi kan lese." in result.output
    assert "borte.zip: Filen kan ikke leses." in result.output
    refused = json.loads(run("cases", "load", *paths, "--json").output)["refused"]
    assert [one["faults"][0]["code"] for one in refused] == ["archive", "archive"]
