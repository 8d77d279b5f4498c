"""Doffin: every notice is found although no more than a thousand are shown, and only somebody with a key is let in."""

import os
from datetime import date
from pathlib import Path

import pytest
from fetch_runs import QUICK, SPRING, expected, run
from notice_servers import CPV, DOFFIN_PARAMETERS, KEY, TYPES, Notice, Register, notices, serving

from ringvirkning.sources.doffin import fetch as doffin_fetch
from ringvirkning.sources.doffin import search
from ringvirkning.sources.fetching.days import Days, joined
from ringvirkning.sources.fetching.feed import Listing
from ringvirkning.sources.fetching.trouble import Trouble

DAY = date(2024, 1, 15)
OTHER = Notice("2024-000001", date(2024, 2, 20), TYPES[0], CPV[0], "NOR")


@pytest.fixture(autouse=True)
def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda number: None)


def on_one_day(count: int, types: tuple[str, ...] = TYPES, codes: tuple[str, ...] = CPV) -> list[Notice]:
    return [
        Notice(f"2024-{200_000 + n}", DAY, types[n % len(types)], codes[n // len(types) % len(codes)], "NOR")
        for n in range(count)
    ]


def test_a_month_with_more_than_a_thousand_is_divided_until_it_fits(tmp_path: Path) -> None:
    register = Register([*notices(1_100, days=28), OTHER])
    with serving(register):
        got = run("doffin", register, tmp_path)
    assert got.report.is_whole and got.raw() == expected("doffin", register)
    assert set(register.downloads().values()) == {1}
    for asked in register.searches():
        assert int(asked["page"][0]) * int(asked["numHitsPerPage"][0]) <= 1_000
    assert not register.did["past the end"]


def listed(register: Register, days: Days = SPRING) -> list[Listing]:
    """List some days without fetching anything."""
    with serving(register):
        return list(doffin_fetch.DoffinFeed(doffin_fetch.caller(register.base, KEY, QUICK)).listings(days))


def numbers(listings: list[Listing]) -> set[str]:
    return {number for one in listings for number in one.numbers}


def test_a_crowded_spring_is_listed_whole_in_days_that_follow_each_other() -> None:
    register = Register(notices(9_000))
    listings = listed(register)
    assert all(one.is_whole for one in listings)
    assert numbers(listings) == {one.number for one in register.notices}
    assert joined(one.days for one in listings) == [SPRING]
    assert sum(len(one.days) for one in listings) == len(SPRING)


def test_only_parameters_doffin_knows_are_sent_and_never_two_values_in_one() -> None:
    register = Register([*on_one_day(3_200, types=TYPES[:1]), OTHER])
    listed(register)
    assert any("type" in asked for asked in register.searches())
    assert any("cpvCode" in asked for asked in register.searches())
    for asked in register.searches():
        assert set(asked) <= DOFFIN_PARAMETERS
        assert not [value for values in asked.values() for value in values if "," in value]


def test_two_codes_in_one_parameter_find_nothing_which_is_why() -> None:
    register = Register(notices(20))
    with serving(register):
        caller = doffin_fetch.caller(register.base, KEY, QUICK)
        both = caller.get("/public/v2/search", [("cpvCode", ",".join(CPV))]).data()
        repeated = caller.get("/public/v2/search", [("cpvCode", one) for one in CPV]).data()
    assert (both["numHitsTotal"], repeated["numHitsTotal"]) == (0, 20)


@pytest.mark.parametrize(
    ("held", "why"),
    [
        pytest.param(on_one_day(1_500), "by type", id="by type"),
        pytest.param(on_one_day(1_700, types=TYPES[:1]), "from both ends", id="from both ends"),
        pytest.param(on_one_day(3_200, types=TYPES[:1]), "by CPV division", id="by CPV division"),
    ],
)
def test_a_day_with_more_than_a_thousand_is_searched_otherwise(held: list[Notice], why: str) -> None:
    register = Register([*held, OTHER])
    listings = listed(register)
    assert all(one.is_whole for one in listings), why
    assert numbers(listings) == {one.number for one in register.notices}


def test_what_no_search_shows_is_said_and_the_day_is_asked_about_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "MOST_ACCESSIBLE", 100)  # a smaller world
    register = Register([*on_one_day(210, types=TYPES[:1], codes=CPV[:1]), OTHER])
    with serving(register):
        got = run("doffin", register, tmp_path)
        [missing] = got.report.unlisted
        assert (missing.days, missing.unlisted, missing.why) == (Days(DAY, DAY), 10, "crowded")
        assert "Mangler 10 fra 2024-01-15" in "\n".join(got.report.lines("Doffin"))
        again = run("doffin", register, tmp_path)
    assert [one.unlisted for one in again.report.unlisted] == [10]
    assert set(register.downloads().values()) == {1}


@pytest.mark.parametrize("is_empty", [False, True])
def test_a_limit_lower_than_the_one_we_know_is_found_out(is_empty: bool, tmp_path: Path) -> None:
    register = Register(notices(700), {"shows at most": 200, "is empty past the end": is_empty})
    with serving(register):
        got = run("doffin", register, tmp_path)
    assert register.did["is empty past the end" if is_empty else "past the end"]
    assert got.report.is_whole and got.raw() == expected("doffin", register)


def test_one_passed_over_while_we_page_is_seen_at_a_second_look() -> None:
    register = Register([*on_one_day(150), OTHER], {"one is passed over while paging": 1})
    [listing] = listed(register, Days(DAY, DAY))
    assert register.did["one is passed over while paging"]
    assert listing.is_whole and len(listing.numbers) == 150


def test_a_day_is_listed_whole_also_when_pages_are_smaller_than_we_ask_for() -> None:
    register = Register([*on_one_day(400), OTHER], {"small pages": 30})
    listings = listed(register)
    assert numbers(listings) == {one.number for one in register.notices} and all(one.is_whole for one in listings)
    [asked] = {tuple(one["numHitsPerPage"]) for one in register.searches() if "page" in one and one["page"] == ["14"]}
    assert asked == ("30",)


def test_dates_that_make_no_difference_are_found_out_from_the_count_alone() -> None:
    """The first page has the days asked for, because they are the oldest there are."""
    register = Register(notices(1_500), {"ignores dates": True})
    with pytest.raises(Trouble) as caught:
        listed(register, Days(SPRING.first, date(2024, 1, 28)))
    assert caught.value.code == "filter-ignored"
    assert len(register.searches()) <= 4


def test_a_type_filter_that_is_ignored_is_found_out(tmp_path: Path) -> None:
    register = Register([*on_one_day(1_500), OTHER], {"ignores type": True})
    with serving(register):
        got = run("doffin", register, tmp_path)
    assert got.report.stopped_code == "filter-ignored" and "«type»" in got.report.stopped


def test_a_register_with_these_days_only_is_not_taken_for_an_ignored_filter(tmp_path: Path) -> None:
    register = Register(notices(120, first=SPRING.first, days=20))
    with serving(register):
        got = run("doffin", register, tmp_path, until=date(2024, 1, 20))
    assert got.report.is_whole and got.report.fetched == 120


@pytest.mark.parametrize(("key", "code"), [("feil", "key-invalid"), (KEY, "")])
def test_a_wrong_key_is_told_from_a_right_one(key: str, code: str, tmp_path: Path) -> None:
    register = Register(notices(5))
    with serving(register):
        got = run("doffin", register, tmp_path, key=key)
    assert got.report.stopped_code == code
    if code:
        assert len(register.asked) == 1, "a wrong key is not tried again"


def test_a_missing_key_is_told_from_a_wrong_one(tmp_path: Path) -> None:
    register = Register(notices(5))
    with serving(register):
        caller = doffin_fetch.caller(register.base, KEY, QUICK)
        caller.headers = {}
        with pytest.raises(Trouble) as caught:
            list(doffin_fetch.DoffinFeed(caller).listings(SPRING))
    assert caught.value.code == "key-missing"
    assert "RINGVIRKNING_DOFFIN_KEY" in caught.value.sentence


def test_the_key_is_never_said_even_when_the_source_says_it(tmp_path: Path) -> None:
    register = Register(notices(5))
    with serving(register):
        got = run("doffin", register, tmp_path, key="hemmelig-nokkel-123")
        register.mischief["400 on search"] = True
    assert "hemmelig" not in "\n".join(got.report.lines("Doffin"))
    assert not [path for path in (tmp_path / "raw").rglob("*.json*") if b"hemmelig" in path.read_bytes()]


def test_without_a_key_nobody_is_asked() -> None:
    with pytest.raises(Trouble) as caught:
        doffin_fetch.caller("https://api.doffin.no", "", QUICK)
    assert caught.value.code == "key-not-set"


@pytest.mark.parametrize("address", ["http://api.doffin.no", "ftp://api.doffin.no", "http://localhost.eksempel.no"])
def test_the_key_is_not_sent_in_the_open(address: str) -> None:
    with pytest.raises(Trouble) as caught:
        doffin_fetch.caller(address, KEY, QUICK)
    assert caught.value.code == "key-in-the-open"


def test_a_reason_from_doffin_is_told_without_its_control_characters(tmp_path: Path) -> None:
    register = Register(notices(5), {"400 on search": True})
    with serving(register):
        got = run("doffin", register, tmp_path)
    assert "«page must be positive»" in got.report.stopped


@pytest.mark.parametrize("number", ["../../etc/passwd", "2024-1/../x", "", "2024-100001?a=b", "2024-123456789"])
def test_a_number_that_is_none_is_missed_and_not_asked_for(number: str, tmp_path: Path) -> None:
    register = Register([Notice(number, DAY, TYPES[0], CPV[0], "NOR"), *notices(5)])
    with serving(register):
        got = run("doffin", register, tmp_path)
    assert got.report.missed == {number: "number"}
    assert got.report.fetched == 5 and len(register.downloads()) == 5
