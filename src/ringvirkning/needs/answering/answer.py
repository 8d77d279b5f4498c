"""The one door: a need in, answers from everything out, grouped by the kind of answer they are."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from ringvirkning.catalogue.models import Organisation
from ringvirkning.needs.answering.asking import (
    Filters,
    Heard,
    ask_cases,
    ask_notices,
    case_candidates,
    notice_candidates,
)
from ringvirkning.needs.answering.certainty import SPOKEN_OF, certainty
from ringvirkning.needs.answering.coverage import Asked, asked_words
from ringvirkning.needs.answering.grouping import MOST_ITEMS, WEAK, Candidate, Grouped, grouped
from ringvirkning.needs.answering.items import Key, Shelf, Telling, shown
from ringvirkning.needs.answers import Answers, Group, Item, OpenNeed
from ringvirkning.needs.terms import AnswerKind, Certainty
from ringvirkning.search.approaches import approaches
from ringvirkning.search.notices.query import anywhere
from ringvirkning.search.plan import EngineBroken
from ringvirkning.search.query import NAMED, Understood
from ringvirkning.search.text.analyser import NAMES

MOST_ORGANISATIONS = 12
Items = Mapping[Key, Item]


@dataclass(frozen=True)
class Question:
    """What is asked: the need as it was understood, who asks, and what to leave out.

    ``of_notices`` is the need with its words also in other languages; made from the other when it is not given.
    ``codes`` are CPV codes that fit the need with how sure we are, 0–1: by them a Norwegian need finds a notice in
    Finnish.
    ``like`` is the organisation that asks; things whose buyers are like it are marked, and come first in their group
    only when ``prefer_like`` says so: a preference that is seen. ``filters`` narrow the notices.
    """

    of_cases: Understood
    of_notices: Understood | None = None
    codes: Mapping[str, float] = field(default_factory=dict)
    reader: str = "nb"
    like: Organisation | None = None
    prefer_like: bool = False
    filters: Filters | None = None


def answer(question: Question, open_needs: list[OpenNeed] | None = None) -> Answers:
    """Answer a need. ``open_needs`` are others' needs like it, where somebody has looked."""
    everywhere = question.of_notices or anywhere(question.of_cases)
    cases, notices = ask_cases(question.of_cases), ask_notices(everywhere, question.codes, question.filters or {})
    found = [
        *case_candidates(cases),
        *notice_candidates(notices),
    ]
    shelf = Shelf(found, question.like)
    there = [one for one in found if shelf.is_there(one)]
    groups = grouped(there, _ways_of_buying())
    chosen = {group.approach: _chosen(group, shelf, question) for group in groups}
    asked = _asked(question, cases, notices)
    unheard = _unheard(question.of_cases, cases)
    telling = Telling(question.of_cases, everywhere, asked, question.reader, cases.best, len(unheard), cases.alone)
    items = shown([one for listed in chosen.values() for one in listed], shelf, telling)
    told = [_group(group, chosen[group.approach], items, shelf) for group in groups]
    near = {group.approach for group in told if group.is_close}
    experienced = [one for group in groups if group.approach in near for one in group.members if one.strength >= WEAK]
    return Answers(
        certainty=_certainty(cases, len(unheard), items),
        unheard=tuple(sorted(unheard & _unheard(question.of_cases, notices))),
        groups=[group for group in told if group.items],
        organisations=shelf.counted_buyers(experienced)[:MOST_ORGANISATIONS],
        open_needs=open_needs or [],
        total_cases=cases.found.total,
        total_notices=notices.found.total,
        ready=cases.engine is not None and notices.engine is not None,
    )


@cache
def _ways_of_buying() -> frozenset[str]:
    return frozenset(one.id for one in approaches().values() if one.theme == "innkjop")


def _asked(question: Question, cases: Heard, notices: Heard) -> list[Asked]:
    engine = cases.engine or notices.engine
    return asked_words(question.of_cases, engine.shares) if engine else []


def _chosen(group: Grouped, shelf: Shelf, question: Question) -> list[Candidate]:
    """Return what is shown of a group: the best, and one that failed where there is one, since others learn from it."""
    members = group.members
    if question.prefer_like:
        members = sorted(members, key=lambda one: not shelf.is_like_mine(one))
    first = members[:MOST_ITEMS]
    failures = [one for one in members if shelf.failed(one) and one.strength >= WEAK]
    return first if not failures or failures[0] in first else [*first[:-1], failures[0]]


def _group(group: Grouped, chosen: list[Candidate], items: Items, shelf: Shelf) -> Group:
    cases, notices = (
        [one for one in group.members if one.kind is kind] for kind in (AnswerKind.CASE, AnswerKind.NOTICE)
    )
    return Group(
        approach=group.approach,
        items=[items[one.kind, one.key] for one in chosen if (one.kind, one.key) in items],
        cases=len(cases),
        notices=len(notices),
        statuses=Counter(map(shelf.how_far, cases)),
        phases=Counter(map(shelf.how_far, notices)),
        buyers=shelf.counted_buyers(group.members),
        failures=sum(shelf.failed(one) for one in group.members),
    )


def _unheard(understood: Understood, heard: Heard) -> frozenset[str]:
    """Return the concepts that the need names and nothing in an index does."""
    named = [one for one, weight in understood.concepts.items() if weight >= NAMED]
    try:
        share = heard.engine.shares(NAMES + one for one in named) if heard.engine else {}
    except EngineBroken:  # whoever searches next heals it
        share = {}
    return frozenset(one for one in named if share.get(NAMES + one) == 0)


def _certainty(cases: Heard, unheard: int, items: Items) -> Certainty:
    """Return how sure we are that something answers: a case decides, or a notice that speaks of most of the need."""
    sure = certainty(cases.best, unheard) if cases.best else Certainty.NOTHING
    notices = [one for one in items.values() if one.kind is AnswerKind.NOTICE]
    return Certainty.FOUND if any(one.covers >= SPOKEN_OF for one in notices) else sure
