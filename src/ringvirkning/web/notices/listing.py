"""The list of notices: a need and filters in, notices out, with why each is there."""

from dataclasses import dataclass, field
from datetime import date

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from ringvirkning.catalogue.notices.queries import last_notice_change
from ringvirkning.search.notices.find_notices import DEEPEST, NoticeAnswer, find_notices
from ringvirkning.search.query import MOST_CHARACTERS
from ringvirkning.web import narrowing
from ringvirkning.web.notices import filters, words
from ringvirkning.web.notices.cards import cards_of
from ringvirkning.web.notices.filters import DEADLINE, DEADLINES, NOTICE_LIST, SHOWN

PER_PAGE = 15
LONG_NEED = 90  # characters; longer needs are shown in a field of several lines


@dataclass(frozen=True)
class Preset:
    """What a page asks for before its visitor has chosen anything. ``left_out`` are boxes it has no use for."""

    filters: narrowing.Filters = field(default_factory=dict)
    deadline: str = ""
    sort: str = "published"
    left_out: frozenset[str] = frozenset()

    def query(self, chosen: QueryDict) -> QueryDict:
        """Return what a visitor has chosen, with what the page itself asks for where nothing is chosen."""
        whole = chosen.copy()
        for name, values in self.filters.items():
            if name not in whole:
                whole.setlist(name, list(values))
        if self.deadline and not filters.deadline_chosen(whole):
            whole[DEADLINE] = self.deadline
        return whole


EVERYTHING = Preset()


@dataclass(frozen=True)
class Asked:
    """What an address asks for."""

    need: str
    filters: narrowing.Filters
    deadline: str
    sort: str

    def find(self, today: date, *, offset: int = 0, limit: int = PER_PAGE, counted: bool = True) -> NoticeAnswer:
        """Return the answer; ``counted`` for the numbers beside the filters and the reasons."""
        return find_notices(
            self.need,
            filters=filters.with_standing(self.filters, self.deadline),
            ranges=filters.deadline_range(self.deadline, today),
            sort=self.sort,
            offset=offset,
            limit=limit,
            counted=SHOWN if counted else (),
            with_reasons=counted,
            reader=get_language() or "nb",
        )


def asked_of(query: QueryDict, usual: str = "published") -> Asked:
    """Return what an address asks for; ``usual`` is the order without a need."""
    need = query.get("q", "")[:MOST_CHARACTERS].strip()
    deadline = filters.deadline_chosen(query)
    sort = query.get("sort", "")
    order = sort if sort in _offered(need, deadline) else ("score" if need else usual)
    return Asked(need, NOTICE_LIST.chosen(query), deadline, order)


def _offered(need: str, deadline: str) -> list[str]:
    """Return the orders that mean something: deadlines that are past would come first in the whole list."""
    left_out = {*(() if need else ("score",)), *(() if deadline else ("deadline",))}
    return [code for code in words.SORTS if code not in left_out]


def sorts(asked: Asked, usual: str) -> list[tuple[str, str, bool]]:
    """Return the orders to choose among: what to send, the label, and whether it is the one in use."""
    first = "score" if asked.need else usual
    offered = sorted(_offered(asked.need, asked.deadline), key=lambda code: code != first)
    return [("" if code == first else code, str(words.SORTS[code]), code == asked.sort) for code in offered]


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """Answer with the notices that answer the need, and ways to narrow or widen the list."""
    return list_page(request, "web/notices/list.html", EVERYTHING)


def list_page(request: HttpRequest, template: str, preset: Preset) -> HttpResponse:
    """Answer with a list of notices."""
    today, query = timezone.localdate(), request.GET
    asked = asked_of(preset.query(query), preset.sort)
    answer, page = page_of_hits(asked, narrowing.page_number(query), today)
    chosen = NOTICE_LIST.chosen(query)
    context = {
        "answer": answer,
        "cards": cards_of(answer.hits, today),
        "any_loaded": last_notice_change() > 0,
        "q": asked.need,
        "is_long": len(asked.need) > LONG_NEED or "\n" in asked.need,
        "longest_need": MOST_CHARACTERS,
        "sorts": sorts(asked, preset.sort),
        "facets": boxes(query, answer, chosen, preset),
        "chips": [*deadline_chips(query, preset), *NOTICE_LIST.chips(query, chosen)],
        "without_filters": without_filters(query),
        "first_number": (page - 1) * PER_PAGE + 1,
        "subscription": subscription(preset.query(query)),
        **deadline_choices(asked, preset),
        **narrowing.row_of_pages(query, page, last_page(answer)),
    }
    return render(request, template, context)


def page_of_hits(asked: Asked, page: int, today: date) -> tuple[NoticeAnswer, int]:
    """Return the answer and the page it is for: a page after the last one gives the last one."""
    answer = asked.find(today, offset=(page - 1) * PER_PAGE)
    if page > last_page(answer):
        page = last_page(answer)
        answer = asked.find(today, offset=(page - 1) * PER_PAGE)
    return answer, page


def last_page(answer: NoticeAnswer) -> int:
    """Return the number of the last page of a list."""
    return max(1, -(-min(answer.total, DEEPEST) // PER_PAGE))


def boxes(query: QueryDict, answer: NoticeAnswer, chosen: narrowing.Filters, preset: Preset) -> list[narrowing.Facet]:
    """Return the boxes to choose in, with those that something was chosen in by a link."""
    found = NOTICE_LIST.facets(query, answer.counts, chosen)
    return [box for box in found if (box.name in SHOWN and box.name not in preset.left_out) or box.name in chosen]


def deadline_choices(asked: Asked, preset: Preset) -> dict[str, object]:
    """Return the choice of deadlines, unless the page is about some of them."""
    if preset.deadline:
        return {}
    choices = [(code, label, code == asked.deadline) for code, label in DEADLINES.items()]
    return {"deadlines": choices, "deadline_name": DEADLINE}


def deadline_chips(query: QueryDict, preset: Preset) -> list[narrowing.Chip]:
    """Return the chip of a choice of deadlines that the visitor has made."""
    return [] if preset.deadline else filters.deadline_chip(query, filters.deadline_chosen(query))


def without_filters(query: QueryDict) -> str:
    """Return the address with the same need and order and no filters, not of deadlines either."""
    rest = query.copy()
    rest.pop(DEADLINE, None)
    return NOTICE_LIST.without_filters(rest)


def subscription(query: QueryDict) -> str:
    """Return the query string that a calendar or feed of the same list needs, with its "?"; "" when it has none."""
    rest = query.copy()
    for name in ("side", "sort"):
        rest.pop(name, None)
    told = rest.urlencode()
    return f"?{told}" if told else ""
