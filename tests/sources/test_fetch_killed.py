"""A real ``ringvirkning fetch`` that is killed at random points, and goes on until it has what an unkilled one has."""

import hashlib
import random
import signal
import subprocess
import sys
import threading
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from fetch_runs import expected
from notice_servers import KEY, Register, notices, serving

from ringvirkning.sources.notices.terms import Source
from ringvirkning.sources.raw import RawStore

KILLS = 8
SINCE = ("--since", "2024-01-01", "--until", "2024-02-29")
EVERYWHERE = {"doffin": (), "ted": ("--country", "all"), "packages": ("--packages",)}


def command(kind: str, *more: str) -> list[str]:
    source = "doffin" if kind == "doffin" else "ted"
    words = ["fetch", source, "--no-load", "--pace", "5000", *SINCE, *EVERYWHERE[kind], *more]
    return [sys.executable, "-m", "ringvirkning.cli.main", *words]


def env(home: Any, register: Register, **more: str) -> dict[str, str]:
    ours = {
        "RINGVIRKNING_DOFFIN_URL": register.base, "RINGVIRKNING_TED_URL": register.base,
        "RINGVIRKNING_TED_API_URL": f"{register.base}/v3", "RINGVIRKNING_DOFFIN_KEY": KEY,
    }  # fmt: skip
    return {**home.env, **ours, **more}


def raw(home: Any, kind: str) -> dict[str, bytes]:
    store, source = RawStore(home.path / "raw"), Source.DOFFIN if kind == "doffin" else Source.TED
    told = list(store.iterate(source))
    assert len(told) == len({one.number for one in told}), "something was fetched and told twice"
    return {one.number: store.read(one.sha256) for one in told}


def when_asked(register: Register, target: int, act: Any, process: subprocess.Popen[str]) -> None:
    """Do something to a process at the instant the server has been asked so many times."""

    def watch() -> None:
        while len(register.asked) < target and process.poll() is None:
            time.sleep(0.0005)
        act()

    threading.Thread(target=watch, daemon=True).start()


@pytest.mark.parametrize("kind", ["doffin", "ted", "packages"])
def test_killed_again_and_again_it_ends_with_everything_and_asks_for_no_more_than_it_must(
    kind: str, fresh_home: Any
) -> None:
    register = Register(notices(240, days=60), {"429 every": 97, "retry after": 0})
    chance, kills = random.Random(f"kill {kind}"), 0
    least = len(expected(kind, register))
    with serving(register):
        for _turn in range(KILLS):
            process = subprocess.Popen(
                command(kind), env=env(fresh_home, register), stdout=subprocess.DEVNULL, text=True
            )
            when_asked(register, len(register.asked) + chance.randrange(1, least // 6), process.kill, process)
            kills += process.wait(60) == -signal.SIGKILL
        done = subprocess.run(command(kind), env=env(fresh_home, register), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert kills >= 5
    assert raw(fresh_home, kind) == expected(kind, register)
    for path in (fresh_home.path / "raw").glob("[0-9a-f][0-9a-f]/*"):
        assert hashlib.sha256(path.read_bytes()).hexdigest() == path.name
    asked = sum(register.downloads().values()) - register.did["429 every"]
    assert least <= asked <= least + kills, "one for each kill, at most, was on its way"


def hears_ctrl_c() -> None:
    """Let a process hear Ctrl+C also when the tests were started in the background, where it is ignored."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def test_ctrl_c_stops_it_in_a_sentence_and_it_goes_on(fresh_home: Any) -> None:
    register = Register(notices(400))  # enough to be stopped in the middle on a busy machine
    for signal_number in (signal.SIGINT, signal.SIGTERM):
        with serving(register):
            process = subprocess.Popen(
                command("doffin"),
                env=env(fresh_home, register),
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                preexec_fn=hears_ctrl_c,  # noqa: PLW1509 - no threads of ours before the fork hold a lock it needs
            )
            when_asked(register, len(register.asked) + 40, partial(process.send_signal, signal_number), process)
            _, told = process.communicate(timeout=60)
        assert process.returncode == 130, told
        assert "Kjør kommandoen igjen" in told and "Traceback" not in told
        assert " hentet (" in told
    with serving(register):
        done = subprocess.run(
            command("doffin"), env=env(fresh_home, register), capture_output=True, text=True, check=False
        )
    assert done.returncode == 0
    assert raw(fresh_home, "doffin") == expected("doffin", register)
    assert sum(register.downloads().values()) <= 402


def test_two_at_once_do_not_fetch_the_same(fresh_home: Any) -> None:
    register = Register(notices(150))
    with serving(register):
        first = subprocess.Popen(command("doffin"), env=env(fresh_home, register), stdout=subprocess.DEVNULL)
        while len(register.asked) < 20:
            time.sleep(0.01)
        second = subprocess.run(
            command("doffin"), env=env(fresh_home, register), capture_output=True, text=True, check=False
        )
        assert first.wait(60) == 0
    assert second.returncode == 1 and "En annen henting fra Doffin pågår" in second.stderr
    assert set(register.downloads().values()) == {1}


def test_who_we_are_and_whom_to_ask_is_told_to_the_source(fresh_home: Any, tmp_path: Path) -> None:
    register = Register(notices(3))
    with serving(register):
        more = env(fresh_home, register, RINGVIRKNING_CONTACT="biblioteket@eksempel.no")
        subprocess.run(command("ted"), env=more, capture_output=True, check=True)
    [agent] = register.agents
    assert agent.startswith("Ringvirkning/") and agent.endswith(" (+biblioteket@eksempel.no)")
