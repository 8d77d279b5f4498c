"""One page of TED's search, checked. What TED calls timed out is never taken for an answer."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from ringvirkning.sources.fetching.calling import Caller
from ringvirkning.sources.fetching.days import Days
from ringvirkning.sources.fetching.exchange import Answer
from ringvirkning.sources.fetching.trouble import Trouble, quoted
from ringvirkning.sources.ted.source import API_SETTING, TED

PATH = "/notices/search"
PAGE_SIZE = 250
FIELDS = ("publication-number", "publication-date")
ROBOT_CONTROL = "x-amzn-waf-action"


class TokenLost(Exception):
    """TED no longer knows the place in the list we had come to: it answers 500."""


@dataclass(frozen=True)
class Page:
    """What a page says. Without a ``token`` it is the last."""

    numbers: tuple[str, ...]
    total: int
    token: str | None
    timed_out: bool


def query(days: Days, country: str | None) -> str:
    """Return the question in TED's own words: what was published these days, by buyers of one country or of all."""
    dated = f"publication-date>={days.first:%Y%m%d} AND publication-date<={days.last:%Y%m%d}"
    return f"buyer-country={country} AND {dated}" if country else dated


def ask(caller: Caller, days: Days, country: str | None, token: str | None) -> Page:
    """Return a page. Raises ``TokenLost``, ``Trouble`` or ``Unfetchable``."""
    body: dict[str, Any] = {
        "query": query(days, country),
        "fields": FIELDS,
        "limit": PAGE_SIZE,
        "scope": "ALL",
        "checkQuerySyntax": False,
        "paginationMode": "ITERATION",
        "onlyLatestVersions": False,
    }
    final = frozenset({500}) if token else frozenset()
    answer = caller.post(PATH, {**body, "iterationNextToken": token} if token else body, sound=_lists, final=final)
    if token and answer.status == 500:
        raise TokenLost
    refuse(answer, API_SETTING)
    return _page(answer.data(), days)


def refuse(answer: Answer, setting: str) -> None:
    """Raise ``Trouble`` for an answer that is none."""
    if answer.status == 200:
        return
    told = answer.data()
    message = str(told.get("message") or told.get("error") or "")
    raise Trouble(_code(answer, message), name=TED.name, setting=setting, status=answer.status, said=quoted(message))


def _code(answer: Answer, message: str) -> str:
    if answer.status == 202 or ROBOT_CONTROL in answer.headers:
        return "challenge"
    if answer.status == 400:
        return _what_was_rejected(message.lower())
    codes = {404: "not-there", 429: "busy"}
    return codes.get(answer.status, "down" if answer.status >= 500 else "unexpected")


def _what_was_rejected(message: str) -> str:
    if "limit" in message and "maximum" in message:
        return "page-too-large"
    return "field-unknown" if "field" in message else "rejected"


def _lists(answer: Answer) -> bool:
    return isinstance(answer.data().get("notices"), list)


def _page(told: dict[str, Any], days: Days) -> Page:
    notices = [one for one in told["notices"] if isinstance(one, dict)]
    timed_out = told.get("timedOut") is True
    for notice in notices:
        _was_published_then(notice, days)
    numbers = tuple(str(one.get("publication-number") or "") for one in notices)
    total, token = told.get("totalNoticeCount"), told.get("iterationNextToken")
    return Page(numbers, total if isinstance(total, int) else 0, str(token) if token else None, timed_out)


def _was_published_then(notice: dict[str, Any], days: Days) -> None:
    """See that a notice answers the question. Dates come with a zone, "2024-03-28+01:00"."""
    try:
        day = date.fromisoformat(str(notice.get("publication-date"))[:10])
    except ValueError:
        return
    if day not in days:
        raise Trouble("filter-ignored", name=TED.name, filter="publication-date")
