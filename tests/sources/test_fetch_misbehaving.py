"""Sources that misbehave in every way they are known to, one row for each.

A row says who misbehaves, how the server is told to, and what must come of it: ``whole`` (everything is there all the
same), the code of the reason a notice is missed, or the beginning of the sentence that the run stops with.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fetch_runs import expected, run
from notice_servers import LATE, Register, notices, serving

SOME = notices(170, days=40)
ONE = SOME[10]
BOTH = ("doffin", "ted")


@dataclass(frozen=True)
class Row:
    told: str
    who: tuple[str, ...]
    mischief: dict[str, Any]
    comes_of_it: str = "whole"

    @property
    def done(self) -> str:
        """The mischief that the server must be seen to have done."""
        return next(iter(self.mischief))


MISSED, STOPS = "missed: ", "stops: "
TABLE = [
    # Every source
    Row("429 with Retry-After", ("doffin", "ted", "packages"), {"429 every": 25}),
    Row("429 that asks us to wait for an hour", BOTH, {"429 every": 5, "retry after": 3600}, STOPS + "asked-to-wait"),
    Row("429 whatever we do", BOTH, {"429 every": 1}, STOPS + "busy"),
    Row("errors now and then", ("doffin", "ted", "packages"), {"500": 3}),
    Row("errors without end", BOTH, {"500": 10**6}, STOPS + "down"),
    Row("a web page in place of JSON, once", BOTH, {"not json": 1}),
    Row("a web page in place of JSON, always", BOTH, {"not json": 10**6}, STOPS + "no-connection"),
    Row("the connection is dropped in the middle of a notice", BOTH, {"dropped": {"N"}}),
    Row("half a notice, and no length to tell it by", BOTH, {"cut without length": {"N"}}),
    Row("half a notice in chunks", BOTH, {"cut in chunks": {"N"}}),
    Row("half a packed answer, with the right length", BOTH, {"half a gzip": 1, "gzip": True}),
    Row("a byte now and then", BOTH, {"drip": {"N"}}),
    Row("a notice far too large", BOTH, {"huge": {"N"}}, MISSED + "too_large"),
    Row("a web page in place of a notice, once", BOTH, {"a web page instead": {"N"}}),
    Row("a 404 without a body", BOTH, {"no file": {"N"}}, MISSED + "not-found"),
    Row("the connection is closed between two requests", BOTH, {"hangs up between": 40}),
    Row("sent on to somewhere else", ("doffin", "ted", "packages"), {"redirect elsewhere": True}, STOPS + "moved"),
    Row("sent on to the same place", ("doffin", "packages"), {"redirect here": 1}),
    Row("a POST sent on", ("ted",), {"redirect here": 1}, STOPS + "moved"),
    Row("the same notice on two pages", ("ted",), {"overlapping pages": True, "page size": 20}),
    Row("the same notice on two pages", ("doffin",), {"overlapping pages": True}),
    Row("a notice is published while we page", ("ted",), {"one more while paging": 1, "page size": 20}),
    Row("a notice is published while we page", ("doffin",), {"one more while paging": 1}),
    Row("more are counted than shown", BOTH, {"counts too many": 1}, "unlisted: short"),
    # Doffin
    Row("dates are ignored", ("doffin",), {"ignores dates": True}, STOPS + "filter-ignored"),
    Row("the last date is ignored", ("doffin",), {"ignores last date": True}, STOPS + "filter-ignored"),
    Row("404 without a body on a search", ("doffin",), {"404 on search": True}, STOPS + "not-there"),
    Row("400 with a reason", ("doffin",), {"400 on search": True}, STOPS + "rejected"),
    Row("fewer hits a page than we ask for", ("doffin",), {"small pages": 30}),
    # TED
    Row("dates are ignored", ("ted",), {"ignores dates": True}, STOPS + "filter-ignored"),
    Row("timed out in the middle", ("ted",), {"timed out midway": 2, "page size": 20}),
    Row("part of a page, timed out", ("ted",), {"timed out midway": 1, "page size": 20, "part of a timed out page": 5}),
    Row("timed out for more than two days", ("ted",), {"timed out beyond days": 2}),
    Row("timed out whatever we do", ("ted",), {"timed out beyond days": 0}, "unlisted: timed-out"),
    Row("an empty page with a token", ("ted",), {"empty page with token": 1, "page size": 20}),
    Row("an empty page at the end", ("ted",), {"ends with an empty page": True}),
    Row("a token that never ends", ("ted",), {"token for ever": True}),
    Row("the place in the list is lost: 500", ("ted",), {"token lost": 2, "page size": 20}),
    Row("the place in the list is lost each time", ("ted",), {"token lost": 10**6, "page size": 2}, "unlisted: lost"),
    Row("fewer a page than we ask for", ("ted",), {"most a page": 100}, STOPS + "page-too-large"),
    Row("a field is no longer known", ("ted",), {"fields taken away": ["publication-date"]}, STOPS + "field-unknown"),
    Row("a robot control", ("ted", "packages"), {"robot control": True}, STOPS + "challenge"),
    # Archives
    Row("half an archive, with the right length", ("packages",), {"half an archive": {"202400010"}}),
    Row("an archive dropped on the way", ("packages",), {"dropped": {"202400010"}}),
]
CASES = [pytest.param(who, row, id=f"{who}: {row.told}") for row in TABLE for who in row.who]


def named(who: str, mischief: dict[str, Any]) -> dict[str, Any]:
    number = ONE.number if who == "doffin" else ONE.ted_number
    return {name: {number} if value == {"N"} else value for name, value in mischief.items()}


@pytest.fixture(autouse=True)
def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out waiting for the disk: nobody cuts the power here."""
    monkeypatch.setattr(os, "fsync", lambda number: None)


@pytest.mark.parametrize(("who", "row"), CASES)
def test_what_comes_of_it(who: str, row: Row, tmp_path: Path) -> None:
    register = Register(list(SOME), named(who, row.mischief))
    with serving(register):
        got = run(who, register, tmp_path)
    assert register.did[row.done], "the server was to misbehave and did not"
    outcome, _, code = row.comes_of_it.partition(": ")
    report = got.report
    assert report.is_whole == (outcome == "whole"), report
    assert report.stopped_code == (code if outcome == "stops" else "")
    assert set(report.missed.values()) == ({code} if outcome == "missed" else set())
    assert {one.why for one in report.unlisted} == ({code} if outcome == "unlisted" else set())
    everything = expected(who, register)
    missing = len(everything) - len(settled(got.raw()))
    assert got.raw().items() <= {**everything, **expected(who, register, late=True)}.items()
    assert missing == {"whole": 0, "missed": 1}.get(outcome, missing)


def settled(found: dict[str, bytes]) -> dict[str, bytes]:
    """Leave out what was published while we paged: it may come in this run or in the next."""
    return {number: data for number, data in found.items() if LATE not in number}
