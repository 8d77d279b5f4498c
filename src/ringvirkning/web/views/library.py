"""The library: a need and filters in, cases out, with why each is there."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.timezone import now
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from ringvirkning.catalogue.models import Organisation
from ringvirkning.catalogue.queries import find_organisations
from ringvirkning.search.find import DEEPEST, SORTS, Answer, find, strong_and_weak
from ringvirkning.search.misses import misses_in, note_misses
from ringvirkning.search.query import MOST_CHARACTERS, NAMED, Understood
from ringvirkning.search.text.analyser import analyser
from ringvirkning.search.text.words import words as words_in
from ringvirkning.sources.tables import themes
from ringvirkning.web import narrowing, words
from ringvirkning.web.case_narrowing import CASE_LIST

PER_PAGE = 15
LONG_NEED = 90  # characters; longer needs are shown in a field of several lines
MOST_NAMED, MOST_HINTED = 6, 4
MOST_LOOSE_WORDS, LONGEST_WORD = 4, 40
# What calls itself a machine, or fetches ahead of a click, has not searched for anything.
MACHINES = re.compile(r"bot\b|crawl|spider|slurp|preview|monitor|curl|wget|python|scrapy|headless", re.IGNORECASE)
SHORTEST_NAME, MOST_NAME_WORDS, MOST_ORGANISATIONS = 3, 4, 3


@dataclass(frozen=True)
class Shorter:
    """One word of the need that finds something on its own."""

    word: str
    address: str
    total: int


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """Answer with the cases that answer the need, and ways to narrow or widen the list."""
    need = request.GET.get("q", "")[:MOST_CHARACTERS].strip()
    filters = CASE_LIST.chosen(request.GET)
    sort = _sort(request.GET.get("sort", ""), need)
    answer, page = _page_of(need, filters, sort, narrowing.page_number(request.GET))
    last = _last_page(answer.total)
    # Later pages go on where the first left off: among the weak when it ended there, and then nobody needs telling.
    by_relevance = bool(need) and sort == "score" and page == 1
    strong, weak = strong_and_weak(answer.hits) if by_relevance else (answer.hits, [])
    named, hinted = concept_labels(answer.understood)
    context = {
        "answer": answer,
        "strong": strong,
        "weak": weak,
        "first_weak": len(strong) + 1,
        "q": answer.understood.text.strip(),
        "sorts": _sorts(need, sort),
        "facets": CASE_LIST.facets(request.GET, answer.counts, filters),
        "chips": CASE_LIST.chips(request.GET, filters),
        "without_filters": CASE_LIST.without_filters(request.GET),
        **narrowing.row_of_pages(request.GET, page, last),
        "first_number": (page - 1) * PER_PAGE + 1,
        "is_long": len(need) > LONG_NEED or "\n" in need,
        "longest_need": MOST_CHARACTERS,
        "named": named,
        "hinted": hinted,
        "organisations": organisations_meant(need),
        "loose_words": loose_words(answer.understood) if answer.ready and not answer.total else [],
        "near_themes": near_themes(answer.understood) if not answer.total else [],
    }
    response = render(request, "web/library.html", context)
    if page == 1 and not filters and noted_misses(request, answer):
        add_never_cache_headers(response)  # a kept page would hide that others search for the same
    return response


def noted_misses(request: HttpRequest, answer: Answer) -> bool:
    """Note the words the library has no answer for, when a person asked. Returns whether there were any."""
    found = misses_in(answer)
    agent = request.headers.get("User-Agent", "")
    ahead = request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))
    if found and request.method == "GET" and agent and not MACHINES.search(agent) and not ahead:
        note_misses(found, visitor=f"{_address(request)} {agent}", at=now())
    return bool(found)


def _address(request: HttpRequest) -> str:
    """Return where a request comes from; "" when a proxy does not tell."""
    try:
        return str(get_adapter(request).get_client_ip(request))
    except PermissionDenied:
        return ""


def _sort(asked: str, need: str) -> str:
    """Return the order to use; without a need nothing is more relevant than anything else."""
    if asked in SORTS and (asked != "score" or need):
        return asked
    return "score" if need else "year"


def _sorts(need: str, chosen: str) -> list[tuple[str, str, bool]]:
    """Return the orders to choose among: what to send, the label, and whether it is the one in use.

    Without a need the usual order sends nothing, so that the first need typed is answered by relevance.
    """
    usual = "" if need else "year"
    offered = [(code, str(label)) for code, label in words.SORTS.items() if need or code != "score"]
    return [("" if code == usual else code, label, code == chosen) for code, label in offered]


def _last_page(total: int) -> int:
    return max(1, -(-min(total, DEEPEST) // PER_PAGE))


def _page_of(need: str, filters: narrowing.Filters, sort: str, page: int) -> tuple[Answer, int]:
    """Return the answer and the page it is for: a page after the last one gives the last one."""
    answer = find(need, filters=filters, sort=sort, offset=(page - 1) * PER_PAGE, limit=PER_PAGE)
    last = _last_page(answer.total)
    if page <= last:
        return answer, page
    return find(need, filters=filters, sort=sort, offset=(last - 1) * PER_PAGE, limit=PER_PAGE), last


def concept_labels(understood: Understood) -> tuple[list[str], list[str]]:
    """Return what the need names, in the page's language; what it only hints at when it names nothing."""
    known = analyser().concepts
    weights = {concept: weight for concept, weight in understood.concepts.items() if concept in known}
    named = [_label(concept) for concept, weight in weights.items() if weight >= NAMED]
    hinted = [] if named else [_label(concept) for concept in weights]
    return named[:MOST_NAMED], hinted[:MOST_HINTED]


def _label(concept: str) -> str:
    labels = analyser().concepts[concept].labels
    return labels.get(get_language() or "nb", labels["nb"])


def organisations_meant(need: str) -> list[Organisation]:
    """Return organisations whose name the need may be. Longer needs are about something else."""
    if len(need) < SHORTEST_NAME or len(need.split()) > MOST_NAME_WORDS:
        return []
    return find_organisations(need, MOST_ORGANISATIONS)


def loose_words(understood: Understood) -> list[Shorter]:
    """Return the longest words of the need that find something alone, for when the whole finds nothing."""
    typed = {word.form for word in words_in(understood.text) if 3 < len(word.form) <= LONGEST_WORD}
    if len(typed) < 2:
        return []
    longest = sorted(typed, key=lambda word: (-len(word), word))[:MOST_LOOSE_WORDS]
    tried = [Shorter(word, f"?{urlencode({'q': word})}", find(word, limit=1).total) for word in longest]
    return [one for one in tried if one.total]


def near_themes(understood: Understood) -> list[str]:
    """Return the themes of the concepts in the need, nearest first; all themes when it has none."""
    known = analyser().concepts
    heard = sorted(understood.concepts, key=lambda concept: -understood.concepts[concept])
    near = dict.fromkeys(known[concept].theme for concept in heard if concept in known)
    return [theme for theme in near if theme in themes()] or list(themes())
