"""Due work: one job's failure keeps none from its turn, and a worker beside the server is kept alive and ended."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import OperationalError

from ringvirkning.cli import working as cli_working
from ringvirkning.people.letters import write_letter
from ringvirkning.people.models import Invitation, Letter
from ringvirkning.publishing import jobs
from ringvirkning.publishing.jobs import DAY, Job, Rhythm, run_due


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Three jobs of our own in place of the real ones; the middle one fails."""
    runs = {"first": 0, "broken": 0, "daily": 0}

    def count(name: str) -> Callable[[datetime], None]:
        def run(at: datetime) -> None:
            runs[name] += 1
            if name == "broken":
                raise OperationalError("database is locked")

        return run

    made = (
        Job("first", count("first"), jobs.EACH_TIME),
        Job("broken", count("broken"), DAY),
        Job("daily", count("daily"), DAY),
    )
    monkeypatch.setattr(jobs, "JOBS", made)
    return runs


def test_a_failure_is_a_line_in_the_log_and_tried_again(
    db: None, counted: dict[str, int], now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    rhythm = Rhythm()
    assert run_due(now, rhythm) == ["broken"]
    assert "job broken waits for the database: database is locked" in caplog.text and "Traceback" not in caplog.text
    run_due(now + timedelta(seconds=2), rhythm)
    assert counted == {"first": 2, "broken": 2, "daily": 1}
    run_due(now + DAY, rhythm)
    assert counted["daily"] == 2


def test_every_job_runs_on_an_empty_and_on_a_whole_library(library: Any, now: datetime) -> None:
    assert run_due(now) == []
    assert run_due(now + timedelta(days=400)) == []
    assert Letter.objects.count() == 0


def test_a_written_letter_goes(db: None, now: datetime) -> None:
    write_letter(to="a@eksempel.no", kind="trust_confirm", language="nb", at=now, title="x", link="y")
    run_due(now)
    assert [one.to for one in mail.outbox] == [["a@eksempel.no"]]


def test_old_things_are_forgotten(db: None, now: datetime) -> None:
    dead = {"email": "a@eksempel.no", "organisation": "larvik", "made": now}
    Invitation.objects.create(digest="1", expires=now - timedelta(days=31), **dead)
    Invitation.objects.create(digest="2", expires=now - timedelta(days=29), **dead)
    Invitation.objects.create(digest="3", expires=now - timedelta(days=99), accepted=now, **dead)
    Session.objects.create(session_key="gammel", session_data="", expire_date=now - DAY)
    Session.objects.create(session_key="ny", session_data="", expire_date=now + DAY)
    jobs.forget_old_things(now)
    assert sorted(Invitation.objects.values_list("digest", flat=True)) == ["2", "3"]
    assert [one.session_key for one in Session.objects.all()] == ["ny"]


def test_work_once_does_what_waits_and_ends(set_up_home: Any) -> None:
    done = set_up_home.run("work", "--once")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_work_needs_a_home(fresh_home: Any) -> None:
    done = fresh_home.run("work", "--once")
    assert done.returncode == 1 and "ringvirkning setup" in done.stderr


def hears_sigterm(pid: int) -> bool:
    status = Path(f"/proc/{pid}/status").read_text()
    return bool(int(re.findall(r"^SigCgt:\s*(\w+)", status, re.MULTILINE)[0], 16) >> (signal.SIGTERM - 1) & 1)


@pytest.fixture
def working(set_up_home: Any) -> Iterator[subprocess.Popen[str]]:
    """A worker of its own, once it is at work."""
    command = [sys.executable, "-m", "ringvirkning.cli.main", "work"]
    process = subprocess.Popen(command, env=set_up_home.env, stderr=subprocess.PIPE, text=True)
    assert until(lambda: hears_sigterm(process.pid))
    yield process
    if process.poll() is None:
        process.kill()
    process.wait()


def test_asked_to_end_it_ends_cleanly(working: subprocess.Popen[str]) -> None:
    assert working.poll() is None
    working.send_signal(signal.SIGTERM)
    _, told = working.communicate(timeout=30)
    assert (working.returncode, told) == (0, "")


def worker_of(pid: int) -> int:
    """Return the worker process below a server, 0 when there is none."""
    listed = subprocess.run(["ps", "-wweo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout
    for line in listed.splitlines()[1:]:
        own, parent, words = line.split(None, 2)
        if int(parent) == pid and " work --beside " in words:
            return int(own)
    return 0


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"


def until(true: Callable[[], object], seconds: float = 120) -> object:
    ends = time.monotonic() + seconds
    while not (answer := true()) and time.monotonic() < ends:
        time.sleep(0.2)
    return answer


@pytest.fixture
def served(set_up_home: Any) -> Iterator[subprocess.Popen[str]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    command = [sys.executable, "-m", "ringvirkning.cli.main", "serve", "--port", port, "--workers", "1"]
    log = set_up_home.path / "serve.log"
    with log.open("w") as told:
        process = subprocess.Popen(command, env=set_up_home.env, stdout=told, stderr=told, text=True)
    yield process
    if process.poll() is None:
        process.kill()
    process.wait()
    print(log.read_text())  # pytest shows it when the test has failed


def test_a_worker_lives_beside_the_server(served: subprocess.Popen[str]) -> None:
    first = until(lambda: worker_of(served.pid))
    assert first, "it is started with the server"
    os.kill(int(str(first)), signal.SIGKILL)
    second = until(lambda: (found := worker_of(served.pid)) and found != first and found)
    assert second, f"it is started again when it dies; the server: {served.poll()}"
    served.send_signal(signal.SIGTERM)
    assert served.wait(30) == 0
    assert until(lambda: not alive(int(str(second)))), "it ends with the server"


def test_a_worker_is_started_without_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that the server forks meanwhile would hold it open, and whoever starts the worker would wait."""

    def no_pipe() -> None:
        raise AssertionError("a pipe was opened")

    monkeypatch.setattr(cli_working, "_command", lambda: [sys.executable, "-c", ""])
    monkeypatch.setattr(os, "pipe", no_pipe)
    assert cli_working._start().wait(30) == 0


def test_a_killed_server_leaves_no_worker_behind(served: subprocess.Popen[str]) -> None:
    worker = int(str(until(lambda: worker_of(served.pid))))
    assert until(lambda: hears_sigterm(worker)), "it is at work"
    served.kill()
    served.wait(30)
    assert until(lambda: not alive(worker)), "it sees that it has been left alone"


def test_time_is_handed_in(db: None) -> None:
    """A worker uses the clock; a job never does."""
    assert run_due(datetime(2030, 1, 1, tzinfo=UTC)) == []
