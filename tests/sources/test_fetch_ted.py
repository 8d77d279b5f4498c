"""TED: the list is walked to its true end, and what is asked is what TED understands."""

import os
from datetime import date
from pathlib import Path

import pytest
from fetch_runs import QUICK, SPRING, TODAY, expected, run
from notice_servers import TED_FIELDS, Register, notices, serving

from ringvirkning.sources.fetching.days import Days
from ringvirkning.sources.ted import fetch as ted_fetch
from ringvirkning.sources.ted.search import query

WEEK = Days(date(2024, 1, 1), date(2024, 1, 7))


@pytest.fixture(autouse=True)
def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda number: None)


def listed(register: Register, days: Days = WEEK, country: str | None = None) -> set[str]:
    with serving(register):
        api = ted_fetch.api_caller(f"{register.base}/v3", QUICK)
        feed = ted_fetch.TedFeed(api, ted_fetch.site_caller(register.base, QUICK), country)
        return {number for one in feed.listings(days) for number in one.numbers if one.is_whole}


def test_more_than_paging_by_number_would_show_is_listed() -> None:
    """Paging by number stops at 15,000."""
    register = Register(notices(15_500, days=7))
    assert len(listed(register)) == 15_500
    assert len(register.searches()) == 62


def test_what_is_asked_is_what_the_contract_says() -> None:
    register = Register(notices(600, days=7))
    listed(register, country="NOR")
    first, second, *_ = register.searches()
    assert first["query"] == "buyer-country=NOR AND publication-date>=20240101 AND publication-date<=20240107"
    assert set(first["fields"]) <= TED_FIELDS
    assert (first["limit"], first["scope"], first["paginationMode"]) == (250, "ALL", "ITERATION")
    assert first["onlyLatestVersions"] is first["checkQuerySyntax"] is False
    assert "iterationNextToken" not in first and second["iterationNextToken"].startswith("token-250-")
    assert {name: second[name] for name in first} == first


def test_all_countries_are_asked_for_by_leaving_the_country_out() -> None:
    assert query(WEEK, None) == "publication-date>=20240101 AND publication-date<=20240107"


def test_countries_are_kept_apart_and_a_notice_is_fetched_once(tmp_path: Path) -> None:
    register = Register(notices(90))
    norwegian = {one.ted_number for one in register.notices if one.country == "NOR"}
    with serving(register):
        some = run("ted", register, tmp_path, country="NOR")
        assert some.raw().keys() == norwegian and some.report.is_whole
        every = run("ted", register, tmp_path, country=None)
    assert every.raw() == expected("ted", register)
    assert (every.report.already, every.report.fetched) == (len(norwegian), 90 - len(norwegian))
    assert set(register.downloads().values()) == {1}


def test_a_lost_place_costs_a_walk_and_no_doubles(tmp_path: Path) -> None:
    register = Register(notices(120, days=7), {"token lost": 1, "page size": 20})
    with serving(register):
        got = run("ted", register, tmp_path)
    assert got.report.is_whole and set(register.downloads().values()) == {1}
    assert len(list(got.store.iterate(got.source))) == 120


def test_waits_grow_while_ted_is_not_done_in_time(tmp_path: Path) -> None:
    register = Register(notices(10, days=1), {"timed out beyond days": 0})
    with serving(register):
        got = run("ted", register, tmp_path, until=SPRING.first)
    waits = [wait for wait in got.slept if wait > QUICK.pause]
    assert len(waits) == ted_fetch.MOST_TIMED_OUT
    assert max(waits) > 2 * min(waits)


def test_an_archive_holds_what_its_day_has(tmp_path: Path) -> None:
    register = Register(notices(60, days=30))
    with serving(register):
        got = run("packages", register, tmp_path)
        assert got.report.is_whole and got.raw() == expected("packages", register)
        run("packages", register, tmp_path, again=True)
    assert set(register.downloads().values()) == {1}


def test_todays_archive_is_left_until_it_is_finished(tmp_path: Path) -> None:
    register = Register(notices(60, days=10))
    with serving(register):
        early = run("packages", register, tmp_path, today=date(2024, 1, 5))
        days = {one.day for one in register.notices}
        assert len(early.raw()) == len([day for day in days if day < date(2024, 1, 5)])
        later = run("packages", register, tmp_path, since=None, today=TODAY)
    assert later.raw() == expected("packages", register)


def test_a_day_without_an_issue_is_no_fault(tmp_path: Path) -> None:
    register = Register(notices(3, days=60))
    with serving(register):
        got = run("packages", register, tmp_path)
    assert got.report.is_whole and got.report.fetched == len({one.day for one in register.notices})
