"""Going on where we were: nothing is fetched twice, nothing that is not kept is passed over."""

import json
import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from fetch_runs import SPRING, TODAY, expected, run
from notice_servers import CPV, TYPES, Notice, Register, notices, serving

from ringvirkning.sources.fetching.state import StateFile
from ringvirkning.sources.fetching.trouble import Trouble

KINDS = pytest.mark.parametrize("kind", ["doffin", "ted", "packages"])
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda number: None)


@KINDS
def test_running_twice_asks_for_nothing_twice(kind: str, tmp_path: Path) -> None:
    register = Register(notices(80))
    with serving(register):
        first = run(kind, register, tmp_path)
        asked = len(register.asked)
        again = run(kind, register, tmp_path)
    assert first.raw() == again.raw() == expected(kind, register)
    assert len(register.asked) == asked, "days that are done are not even asked about"
    assert (again.report.fetched, again.report.is_whole) == (0, True)


@KINDS
def test_asked_again_about_days_that_are_done_we_fetch_only_what_is_new(kind: str, tmp_path: Path) -> None:
    register = Register(notices(40))
    with serving(register):
        run(kind, register, tmp_path)
        late = Notice("2024-900000", SPRING.first + 70 * DAY, TYPES[0], CPV[0], "NOR")
        register.notices.append(late)
        again = run(kind, register, tmp_path, until=late.day, again=True)
    assert again.report.fetched == 1
    assert set(register.downloads().values()) == {1}


@pytest.mark.parametrize("kind", ["doffin", "ted"])
def test_a_day_is_asked_about_again_until_it_is_settled(kind: str, tmp_path: Path) -> None:
    """What is published late, under a day we have asked about, is fetched."""
    register = Register(notices(40, days=20))
    with serving(register):
        today = date(2024, 1, 21)
        run(kind, register, tmp_path, today=today)
        late = Notice("2024-900000", today - DAY, TYPES[0], CPV[0], "NOR")
        register.notices.append(late)
        next_day = run(kind, register, tmp_path, since=None, today=today + DAY)
    assert next_day.report.fetched == 1
    assert next_day.raw() == expected(kind, register)
    assert set(register.downloads().values()) == {1}


@pytest.mark.parametrize("kind", ["doffin", "ted"])
def test_without_a_date_we_go_on_from_what_was_asked_for(kind: str, tmp_path: Path) -> None:
    register = Register(notices(60))
    with serving(register):
        run(kind, register, tmp_path, until=date(2024, 1, 20))
        rest = run(kind, register, tmp_path, since=None, until=SPRING.last)
    assert rest.raw() == expected(kind, register)
    assert set(register.downloads().values()) == {1}


def test_the_first_time_without_a_date_is_thirty_days_back(tmp_path: Path) -> None:
    register = Register(notices(300, days=90))
    with serving(register):
        got = run("doffin", register, tmp_path, since=None, until=date(2024, 3, 30), today=date(2024, 3, 30))
    assert got.raw().keys() == {one.number for one in register.notices if one.day >= date(2024, 2, 29)}


@pytest.mark.parametrize("kind", ["doffin", "ted"])
def test_what_was_missed_is_asked_for_next_time_and_given_up_the_third(kind: str, tmp_path: Path) -> None:
    register = Register(notices(30))
    one = register.notices[4]
    number = one.number if kind == "doffin" else one.ted_number
    register.mischief["no file"] = {number}
    with serving(register):
        runs = [run(kind, register, tmp_path).report for _turn in range(4)]
        assert [report.missed for report in runs] == [{number: "not-found"}] * 3 + [{}]
        assert [report.given_up for report in runs] == [0, 0, 1, 1]
        assert runs[3].is_whole and runs[3].given_up == 1
        assert "spør vi ikke lenger etter" in "\n".join(runs[3].lines("Doffin"))
        assert max(register.downloads().values()) == 3


@pytest.mark.parametrize("kind", ["doffin", "ted"])
def test_what_was_missed_is_had_when_it_is_there_after_all(kind: str, tmp_path: Path) -> None:
    register = Register(notices(30))
    one = register.notices[4]
    register.mischief["no file"] = {one.number if kind == "doffin" else one.ted_number}
    with serving(register):
        assert run(kind, register, tmp_path).report.missed
        register.mischief.clear()
        then = run(kind, register, tmp_path, since=None, until=SPRING.last)
        assert then.report.fetched == 1 and then.report.is_whole
    assert then.raw() == expected(kind, register)


def test_what_was_missed_is_asked_for_once_in_a_run_also_when_it_is_listed_again(tmp_path: Path) -> None:
    register = Register(notices(20, days=3))
    number = register.notices[4].number
    register.mischief["no file"] = {number}
    with serving(register):
        for turn in range(1, 3):
            run("doffin", register, tmp_path, today=date(2024, 1, 3))
            assert register.downloads()[f"/public/v2/download/{number}"] == turn


def test_a_source_that_goes_away_is_left_and_taken_up_again(tmp_path: Path) -> None:
    register = Register(notices(30))
    register.mischief["always dropped"] = {one.number for one in register.notices}
    with serving(register):
        got = run("doffin", register, tmp_path)
        assert got.report.stopped_code == "away" and len(got.report.missed) == 5
        register.mischief.clear()
        then = run("doffin", register, tmp_path, since=None, until=SPRING.last)
    assert then.report.is_whole and then.raw() == expected("doffin", register)


def test_two_do_not_fetch_the_same_at_once(tmp_path: Path) -> None:
    file = StateFile(tmp_path, "doffin", "Doffin")
    with file.held(), pytest.raises(Trouble) as caught, StateFile(tmp_path, "doffin", "Doffin").held():
        pass
    assert caught.value.code == "in-use"
    with file.held():
        pass


@pytest.mark.parametrize(
    "left", [b"", b"{", b'{"done": [["2024-01-05", "2024', b'{"done": 5}', b'{"asked":[["x","y"]]}']
)
def test_a_damaged_state_is_told_and_never_guessed(left: bytes, tmp_path: Path) -> None:
    file = StateFile(tmp_path, "doffin", "Doffin")
    file.path.parent.mkdir(parents=True)
    file.path.write_bytes(left)
    with pytest.raises(Trouble) as caught, file.held():
        pass
    assert caught.value.code == "state-damaged" and str(file.path) in caught.value.sentence


def test_the_state_is_small_and_can_be_read_by_people(tmp_path: Path) -> None:
    register = Register(notices(80))
    with serving(register):
        run("doffin", register, tmp_path, today=TODAY)
    told = json.loads((tmp_path / "raw" / "state" / "doffin.json").read_text())
    assert told == {"asked": [["2024-01-01", "2024-02-29"]], "done": [["2024-01-01", "2024-02-29"]], "missed": {}}
