"""Workers that are killed, and two at once, come to what one undisturbed worker comes to."""

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import ROOT
from tests.houses import Environment, houses

pytestmark = pytest.mark.database  # its houses stand on whichever the tests run on
NOTICES, AT_ONCE, KILLS = 400, 10, 5
FILL = """
import json, sys
import django
django.setup()
from datetime import date
from tests.analysis.made import a_notice, stored
from tests.conftest import NOW, SMALL_CASE
from ringvirkning.catalogue.operations import publish_case
from ringvirkning.catalogue.terms import Origin
from ringvirkning.sources.casefile.model import CaseFile
from ringvirkning.sources.notices.record import Organisation
addresses = [f"https://doffin.no/notices/2022-{number + 100000}" for number in (7, 107, 207, 307)]
case = {**SMALL_CASE, "procurement": {"notices": addresses, "sources": ["s1"]}}
publish_case(case_file=CaseFile.model_validate_json(json.dumps(case)), origin=Origin.FILE, at=NOW)
buyer = Organisation(name="Lillestrøm kommune", number="820710592", country="NOR")
stored(*(
    a_notice("Innovasjonspartnerskap" if number % 5 == 0 else "Traktor", "Piloten skal prøve jordvarme.",
             notice_uuid=f"{number:08x}-0000-4000-8000-000000000000", buyers=(buyer,),
             publication_number=f"2022-{number + 100000}",
             publication_date=date(2023, 5, 4))
    for number in range(int(sys.argv[1]))
))
"""
WORK = """
import sys, time
import django
django.setup()
from tests.conftest import NOW
from ringvirkning.analysis.working import work_out
print("ready", flush=True)
sys.stdin.readline()
while some := work_out(at=NOW, most=int(sys.argv[1])):
    print(some, flush=True)
    time.sleep(0.01)
"""
TOLD = """
import json, sys
import django
django.setup()
from ringvirkning.analysis.models import CaseLink, InnovationReading, Progress
from ringvirkning.catalogue.models import Change
readings = InnovationReading.objects.values_list("notice__key", "method", "read", "likelihood", "suggested", "signals")
links = CaseLink.objects.values_list("case__case_id", "notice__key", "method", "likelihood", "reasons")
changes = Change.objects.values_list("kind", "key")
json.dump({
    "readings": sorted(map(repr, readings)), "links": sorted(map(repr, links)), "changes": sorted(map(repr, changes)),
    "numbers": sorted(Change.objects.values_list("seq", flat=True)),
    "progress": list(Progress.objects.values_list("name", "method", "row", "change")),
}, sys.stdout)
"""


def python(env: Environment, script: str, *words: str) -> str:
    command = [sys.executable, "-c", script, *words]
    done = subprocess.run(command, env=env, capture_output=True, check=False, text=True, timeout=120)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


class Worker:
    """A process that works, once it is told to go."""

    def __init__(self, env: Environment) -> None:
        command = [sys.executable, "-c", WORK, str(AT_ONCE)]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, env=env, stdin=pipe, stdout=pipe, stderr=pipe, text=True)
        assert self.process.stdout and self.process.stdout.readline() == "ready\n"

    def go(self) -> None:
        assert self.process.stdin
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def kill_after(self, stretches: int, seconds: float) -> None:
        """Let it do so many stretches, and kill it somewhere in the ones after them."""
        assert self.process.stdout
        for _ in range(stretches):
            assert self.process.stdout.readline()
        time.sleep(seconds)
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate()
        assert self.process.returncode == -signal.SIGKILL, "it was done before it could be killed"

    def stretches(self) -> list[int]:
        """Wait until nothing is due; return how much each stretch was."""
        said, complaint = self.process.communicate(timeout=120)
        assert self.process.returncode == 0, complaint[-2000:]
        return [int(line) for line in said.split()]


def filled(env: Environment) -> Environment:
    """Return a house with notices that nobody has gone through."""
    env = {**env, "PYTHONPATH": f"{env['PYTHONPATH']}:{ROOT}"}
    python(env, FILL, str(NOTICES))
    return env


def undisturbed(env: Environment) -> tuple[dict[str, Any], int]:
    """Return what one worker comes to, and how much it went through."""
    worker = Worker(env)
    worker.go()
    done = sum(worker.stretches())
    told = json.loads(python(env, TOLD))
    assert len(told["readings"]) == NOTICES
    assert len(told["links"]) == 4
    return told, done


@pytest.mark.timeout(600)
def test_five_kills_leave_what_an_undisturbed_worker_leaves(set_up_home: Any, tmp_path: Path) -> None:
    dice = random.Random(20261127)
    with houses(set_up_home, tmp_path) as make:
        expected, _ = undisturbed(filled(make()))
        struck = filled(make())
        for _ in range(KILLS):
            worker = Worker(struck)
            worker.go()
            worker.kill_after(dice.randrange(4), dice.uniform(0, 0.2))
        last = Worker(struck)
        last.go()
        assert last.stretches(), "something was left to do"
        assert json.loads(python(struck, TOLD)) == expected


@pytest.mark.timeout(600)
def test_two_workers_at_once_lose_nothing_and_double_nothing(set_up_home: Any, tmp_path: Path) -> None:
    with houses(set_up_home, tmp_path) as make:
        expected, all_of_it = undisturbed(filled(make()))
        shared = filled(make())
        workers = [Worker(shared), Worker(shared)]
        for worker in workers:
            worker.go()
        done = [sum(worker.stretches()) for worker in workers]
        assert all(done), "both took a part"
        assert sum(done) == all_of_it
        assert json.loads(python(shared, TOLD)) == expected
