"""kill -9 at random points of a load, ten times: in the end there is what an uninterrupted load gives."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from small_notices import pack
from tests.houses import houses

pytestmark = pytest.mark.database  # its houses stand on whichever the tests run on
HERE = Path(__file__).parent
# What a kill may leave half done is our own files and SQLite's. PostgreSQL is a server that is not killed, and to start
# a load beside it takes longer.
KILLS = 4 if os.environ.get("DATABASE_URL") else 10
FILES = 2_400
TOLD = """
import json, os, sys
import django
django.setup()
from django.conf import settings
from notice_tables import everything
from ringvirkning.catalogue.models import Change, Counter
from ringvirkning.catalogue.notices.models import NoticeVersion
from ringvirkning.search.notices.index import notices_index
from ringvirkning.sources.by_digest import DIGEST
from ringvirkning.sources.raw import RawStore
raw = RawStore(settings.RAW)
numbers = list(Change.objects.order_by("seq").values_list("seq", flat=True))
told = {
    "holes": numbers != list(range(1, len(numbers) + 1)) or Counter.objects.get(name="change").value != len(numbers),
    "bytes lost": [one.raw for one in NoticeVersion.objects.all() if not raw.has(one.raw)],
}
if "whole" in sys.argv:
    engine = notices_index.engine()
    told["tables"] = everything()
    # What a kill left on its way in is swept later (RawStore.clear_strays).
    told["raw"] = sorted(path.name for path in raw.folder.rglob("*") if path.is_file() and DIGEST.fullmatch(path.name))
    told["index"] = engine.size if engine else None
json.dump(told, sys.stdout)
"""


class House:
    """A home of its own that can be loaded into, killed and looked at."""

    def __init__(self, env: dict[str, str]) -> None:
        self.env = {**env, "PYTHONPATH": os.pathsep.join([env["PYTHONPATH"], str(HERE)])}

    def load(self, path: Path) -> subprocess.Popen[bytes]:
        """Start to load, with a reader beside."""
        command = [sys.executable, "-m", "ringvirkning.cli.main", "load", str(path), "--json"]
        return subprocess.Popen(command, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def told(self, *words: str) -> dict[str, Any]:
        """Tell what its tables, bytes and index hold."""
        command = [sys.executable, "-c", TOLD, *words]
        done = subprocess.run(command, env=self.env, capture_output=True, check=False, timeout=120)
        assert done.returncode == 0, done.stderr.decode()[-2000:]
        said: dict[str, Any] = json.loads(done.stdout)
        return said


@pytest.mark.timeout(1_200)
def test_kills_leave_what_an_uninterrupted_load_gives(set_up_home: Any, tmp_path: Path) -> None:
    with houses(set_up_home, tmp_path) as env_of_a_house:
        kills_in(lambda: House(env_of_a_house()), tmp_path)


def kills_in(a_house: Callable[[], House], tmp_path: Path) -> None:
    path = pack(tmp_path / "small.zip", FILES)
    calm = a_house()
    began = time.monotonic()
    loading = calm.load(path)
    said, complaint = loading.communicate(timeout=240)
    whole = time.monotonic() - began
    assert loading.returncode == 3, complaint.decode()[-2000:]  # one file is broken
    counts = json.loads(said)
    assert (counts["new"], counts["refused"]) == (FILES - FILES // 11 - (FILES % 11 > 5), {"broken-xml": 1})
    expected = calm.told("whole")
    assert expected["index"] and not expected["holes"] and not expected["bytes lost"]

    dice, kills, struck = random.Random(20261127), 0, a_house()
    while kills < KILLS:
        loading = struck.load(path)
        time.sleep(dice.uniform(0.3, whole))
        if loading.poll() is not None:  # it was quicker than we: once more from the beginning
            loading.communicate()
            assert struck.told("whole") == expected
            struck = a_house()
            continue
        readers = children_of(loading.pid)
        os.kill(loading.pid, signal.SIGKILL)
        loading.communicate()
        kills += 1
        assert struck.told() == {"holes": False, "bytes lost": []}
        assert gone(readers), "a reader lives on when the program that started it is killed"
    loading = struck.load(path)
    loading.communicate(timeout=240)
    assert loading.returncode == 3
    for part, said in struck.told("whole").items():
        assert said == expected[part], part


def children_of(pid: int) -> list[int]:
    """Return the processes a process has started; empty where the system does not tell."""
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(one) for one in path.read_text().split()] if path.exists() else []


def gone(pids: list[int]) -> bool:
    """Tell whether all these processes end within ten seconds."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        if not any(Path(f"/proc/{pid}/status").exists() for pid in pids):
            return True
        time.sleep(0.05)
    return False
