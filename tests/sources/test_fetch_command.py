"""``ringvirkning fetch`` as people run it, in a home that is set up: fetched, loaded, told, and ended with a code."""

import json
import subprocess
import sys
from typing import Any

import pytest
from notice_servers import KEY, Register, notices, serving

SPRING = ("--since", "2024-01-01", "--until", "2024-02-29", "--pace", "5000")


def fetch(home: Any, register: Register, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    ours = {
        "RINGVIRKNING_DOFFIN_URL": register.base, "RINGVIRKNING_TED_URL": register.base,
        "RINGVIRKNING_TED_API_URL": f"{register.base}/v3", "RINGVIRKNING_DOFFIN_KEY": KEY, **more,
    }  # fmt: skip
    command = [sys.executable, "-m", "ringvirkning.cli.main", "fetch", *words]
    return subprocess.run(command, env={**home.env, **ours}, capture_output=True, text=True, timeout=120, check=False)


def test_what_is_fetched_is_loaded_and_told(set_up_home: Any) -> None:
    register = Register(notices(30))
    with serving(register):
        first = fetch(set_up_home, register, "doffin", *SPRING)
        again = fetch(set_up_home, register, "doffin", *SPRING, "--json")
    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout.splitlines()[0].startswith("Doffin: 30 hentet (")
    assert "30 nye" in first.stdout
    told = json.loads(again.stdout)
    assert told["fetched"] == [
        {
            "source": "doffin", "fetched": 0, "bytes": 0, "already": 0, "missed": {}, "unlisted": [], "given_up": 0,
            "stopped": "", "stopped_code": "",
        }
    ]  # fmt: skip
    assert (told["loaded"]["files"], told["loaded"]["new"]) == (0, 0), "what was loaded is not even looked at"


@pytest.mark.parametrize("words", [("ted", "--country", "NOR", "--country", "swe"), ("ted", "--packages")])
def test_ted_by_notice_and_by_day(words: tuple[str, ...], set_up_home: Any) -> None:
    register = Register(notices(30))
    with serving(register):
        done = fetch(set_up_home, register, *words, *SPRING, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert told["loaded"]["new"] == 30
    assert [one["source"] for one in told["fetched"]] in (["ted-nor", "ted-swe"], ["ted-packages"])


def test_fetched_first_and_loaded_later(set_up_home: Any) -> None:
    register = Register(notices(20))
    with serving(register):
        assert fetch(set_up_home, register, "ted", "--country", "all", *SPRING, "--no-load").returncode == 0
        then = fetch(set_up_home, register, "ted", "--country", "all", *SPRING)
    assert then.stdout.splitlines()[0].startswith("TED: 0 hentet")
    assert "20 nye" in then.stdout


def test_something_missed_ends_with_3_and_the_rest_is_loaded(set_up_home: Any) -> None:
    register = Register(notices(30))
    gone = [one.number for one in register.notices[:7]]
    register.mischief["no file"] = set(gone)
    with serving(register):
        done = fetch(set_up_home, register, "doffin", *SPRING)
    assert done.returncode == 3
    assert "Mangler 7: Doffin har ikke filen (" in done.stdout and done.stdout.count("2024-") == 5
    assert "23 nye" in done.stdout


def test_a_home_that_is_not_set_up_is_told_before_anything_is_fetched(fresh_home: Any) -> None:
    register = Register(notices(3))
    with serving(register):
        done = fetch(fresh_home, register, "doffin", *SPRING)
    assert done.returncode == 1 and "ringvirkning setup" in done.stderr and not register.asked


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("doffin", "--since", "2024-03-01", "--until", "2024-02-01"), "etter den siste dagen"),
        (("doffin", "--since", "2999-01-01"), "etter den siste dagen"),
        (("ted", "--again"), "--since"),
        (("ted", "--since", "i går"), "i går"),
        (("ted", "--country", "Norge"), "tre bokstaver"),
        (("doffin", "--pace", "0"), "pace"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(words: tuple[str, ...], told: str, fresh_home: Any) -> None:
    done = fetch(fresh_home, Register([]), *words, "--no-load", RINGVIRKNING_DOFFIN_URL="http://127.0.0.1:1")
    assert done.returncode == 2 and told in done.stderr and "Traceback" not in done.stderr


def test_without_a_key_the_way_to_one_is_told(fresh_home: Any) -> None:
    done = fetch(fresh_home, Register([]), "doffin", "--no-load", RINGVIRKNING_DOFFIN_KEY="")
    assert done.returncode == 1 and "RINGVIRKNING_DOFFIN_KEY" in done.stderr


def test_nobody_at_home_is_a_sentence(fresh_home: Any) -> None:
    done = fetch(fresh_home, Register([]), "ted", *SPRING, "--no-load", RINGVIRKNING_TED_API_URL="http://127.0.0.1:1")
    assert done.returncode == 3 and "Stanset: TED (NOR): Nettstedet svarer ikke." in done.stdout
    assert "Traceback" not in done.stderr


def test_what_is_kept_is_for_the_service_alone(fresh_home: Any) -> None:
    register = Register(notices(3))
    with serving(register):
        fetch(fresh_home, register, "doffin", *SPRING, "--no-load")
    kept = [path for path in (fresh_home.path / "raw").glob("[0-9a-f][0-9a-f]/*")]
    assert len(kept) == 3 and all(path.stat().st_mode & 0o077 == 0 for path in kept)
