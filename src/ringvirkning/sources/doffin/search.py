"""One page of Doffin's search, checked: what came is what we asked for, or we stop."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from ringvirkning.sources.doffin.source import DOFFIN, KEY_SETTING, SETTING
from ringvirkning.sources.fetching.calling import Caller
from ringvirkning.sources.fetching.days import Days
from ringvirkning.sources.fetching.exchange import Answer
from ringvirkning.sources.fetching.trouble import Trouble, quoted

PATH = "/public/v2/search"
KEY_HEADER = "Ocp-Apim-Subscription-Key"
# The notes we build on agree that 100 is accepted, and on nothing higher.
PAGE_SIZE = 100
MOST_ACCESSIBLE = 1_000
BOTH_WAYS = OLDEST_FIRST, NEWEST_FIRST = "PUBLICATION_DATE_ASC", "PUBLICATION_DATE_DESC"
# The types that are not sums of other types.
TYPES = (
    "ADVISORY_NOTICE", "ANNOUNCEMENT_OF_COMPETITION", "ANNOUNCEMENT_OF_CONCLUSION_OF_CONTRACT",
    "ANNOUNCEMENT_OF_INTENT",
    "CANCELLED_OR_MISSING_CONCLUSION_OF_CONTRACT", "CHANGE_OF_CONCLUSION_OF_CONTRACT", "DYNAMIC_PURCHASING_SCHEME",
    "NOTICE_ON_BUYER_PROFILE", "PRE_ANNOUNCEMENT", "QUALIFICATION_SCHEME",
)  # fmt: skip
OSLO = ZoneInfo("Europe/Oslo")


@dataclass(frozen=True)
class Question:
    """What to search for. Unset means everything."""

    days: Days | None = None
    order: str = OLDEST_FIRST
    type: str = ""
    cpv: str = ""  # a whole code, "45000000"

    def parameters(self, page: int, size: int) -> list[tuple[str, str]]:
        """Return the parameters as Doffin names them; a misspelt one would be ignored without a word."""
        days = [("issueDateFrom", f"{self.days.first}"), ("issueDateTo", f"{self.days.last}")] if self.days else []
        more = [(name, value) for name, value in (("type", self.type), ("cpvCode", self.cpv)) if value]
        return [("numHitsPerPage", f"{size}"), ("page", f"{page}"), ("sortBy", self.order), *days, *more]


@dataclass(frozen=True)
class Page:
    """What a page says. ``accessible`` is how many of the ``total`` hits can be paged to."""

    total: int
    accessible: int
    hits: tuple[dict[str, Any], ...]

    def numbers(self) -> list[str]:
        """Return the notices' numbers."""
        return [str(hit.get("id") or "") for hit in self.hits]


def ask(caller: Caller, question: Question, page: int = 1, size: int = PAGE_SIZE) -> Page | None:
    """Return a page of answers, or None when we have paged past what is accessible. Raises ``Trouble``."""
    answer = caller.get(PATH, question.parameters(page, size), sound=_says_how_many)
    if answer.status == 400 and page > 1:
        return None
    refuse(caller, answer)
    if answer.status == 404:
        raise Trouble("not-there", name=DOFFIN.name, setting=SETTING)
    told = _page(answer.data())
    _is_what_we_asked_for(question, told.hits)
    return told


def refuse(caller: Caller, answer: Answer) -> None:
    """Raise ``Trouble`` for an answer that is none. A 404 means different things in different places: it may pass."""
    if answer.status in {200, 404}:
        return
    # The gateway says {"statusCode", "message"}, the application behind it {"reason"}.
    told = answer.data()
    said = str(told.get("message") or told.get("reason") or "")
    secret = caller.headers.get(KEY_HEADER, "")
    codes = {400: "rejected", 401: _key_code(said), 403: "key-refused", 429: "busy"}
    code = codes.get(answer.status, "down" if answer.status >= 500 else "unexpected")
    raise Trouble(code, name=DOFFIN.name, setting=KEY_SETTING, status=answer.status, said=quoted(said, secret))


def _key_code(said: str) -> str:
    lowered = said.lower()
    return "key-missing" if "missing" in lowered else "key-invalid" if "invalid" in lowered else "key-refused"


def _says_how_many(answer: Answer) -> bool:
    told = answer.data()
    return isinstance(told.get("numHitsTotal"), int) and isinstance(told.get("hits"), list)


def _page(told: dict[str, Any]) -> Page:
    accessible = told.get("numHitsAccessible")
    most = min(accessible, MOST_ACCESSIBLE) if isinstance(accessible, int) else MOST_ACCESSIBLE
    return Page(told["numHitsTotal"], most, tuple(hit for hit in told["hits"] if isinstance(hit, dict)))


def _is_what_we_asked_for(question: Question, hits: Iterable[dict[str, Any]]) -> None:
    """See that every hit answers the question: a filter Doffin does not know is ignored without a word."""
    for hit in hits:
        days = issued(hit)
        if question.days and days and not any(day in question.days for day in days):
            raise Trouble("filter-ignored", name=DOFFIN.name, filter="issueDateFrom, issueDateTo")
        if question.type and question.type not in {str(hit.get("type")), *map(str, hit.get("allTypes") or ())}:
            raise Trouble("filter-ignored", name=DOFFIN.name, filter="type")
        if question.cpv and not any(str(code)[:2] == question.cpv[:2] for code in hit.get("cpvCodes") or ()):
            raise Trouble("filter-ignored", name=DOFFIN.name, filter="cpvCode")


def issued(hit: dict[str, Any]) -> set[date]:
    """Return the days a hit may be counted under: its time of issue in Norway and in UTC, and its publication date."""
    found = set()
    for told in (hit.get("issueDate"), hit.get("publicationDate")):
        try:
            when = datetime.fromisoformat(str(told))
        except ValueError:
            continue
        found |= {when.astimezone(zone).date() for zone in (OSLO, UTC)} if when.tzinfo else {when.date()}
    return found
