"""From candidates to things a page can show: rows fetched together, why each is here, and what it does not speak of."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TypeVar

from ringvirkning.catalogue import queries
from ringvirkning.catalogue.files import texts_of
from ringvirkning.catalogue.models import Case, CaseParty, Organisation
from ringvirkning.catalogue.notices.models import Notice, NoticeParty
from ringvirkning.catalogue.notices.queries import record_of
from ringvirkning.catalogue.notices.terms import PartyRole
from ringvirkning.catalogue.terms import size_bracket
from ringvirkning.foundation.memo import Memo
from ringvirkning.needs.answering.certainty import case_is_close, notice_is_close
from ringvirkning.needs.answering.coverage import Asked, covered
from ringvirkning.needs.answering.grouping import Candidate
from ringvirkning.needs.answers import Item
from ringvirkning.needs.terms import AnswerKind
from ringvirkning.search.casedoc import KIND
from ringvirkning.search.casedoc import passages as passages_of_case
from ringvirkning.search.casedoc import terms_of as terms_of_case
from ringvirkning.search.meaning.why import near_reason
from ringvirkning.search.notices.because import reasons_for
from ringvirkning.search.notices.noticedoc import passages, terms_of
from ringvirkning.search.query import Understood
from ringvirkning.search.text.analyser import analyser
from ringvirkning.search.why import reasons
from ringvirkning.sources.casefile.model import CaseFile
from ringvirkning.sources.casefile.terms import BUYERS, Outcome, Status

Key = tuple[AnswerKind, str]
Thing = TypeVar("Thing", int, str)
FAILED = frozenset({Outcome.NOT_ADOPTED, Outcome.CANCELLED})
_said_by_case: Memo[frozenset[str]] = Memo(500)


def did_not_succeed(case_file: CaseFile) -> bool:
    """Tell whether a case came to nothing: others learn from that too."""
    return case_file.state.outcome in FAILED or case_file.state.status is Status.CANCELLED


def said_by(case: Case, case_file: CaseFile) -> frozenset[str]:
    """Return the terms a case says, its files left out."""
    digest = case.revision.digest if case.revision else ""
    return _said_by_case.get((digest, analyser().vocabulary.name), lambda: _terms(case_file))


def _terms(case_file: CaseFile) -> frozenset[str]:
    said = terms_of_case(passages_of_case(case_file))
    return frozenset(term for terms in said.values() for term in terms)


@dataclass
class Shelf:
    """The rows behind some candidates. Cases are few and small; of notices only those that are shown are unpacked."""

    found: Sequence[Candidate]
    like: Organisation | None = None

    def _keys(self, kind: AnswerKind) -> list[str]:
        return [one.key for one in self.found if one.kind is kind]

    @cached_property
    def cases(self) -> dict[str, tuple[Case, CaseFile]]:
        """The cases that are still there, by id."""
        read = queries.read_cases_by_id(self._keys(AnswerKind.CASE))
        return {case.case_id: (case, case_file) for case, case_file in read}

    @cached_property
    def notices(self) -> dict[str, tuple[int, str]]:
        """The number and phase of each notice that is still there, by key."""
        rows = Notice.objects.filter(key__in=self._keys(AnswerKind.NOTICE)).values_list("key", "pk", "phase")
        return {key: (pk, phase) for key, pk, phase in rows}

    @cached_property
    def buyers_of_cases(self) -> dict[str, list[Organisation]]:
        """The buyers of each case, by its id."""
        buyers = CaseParty.objects.filter(case__case_id__in=self._keys(AnswerKind.CASE), role__in=BUYERS)
        return _organisations(list(buyers.order_by("pk").values_list("case__case_id", "organisation_id")))

    @cached_property
    def buyers_of_notices(self) -> dict[int, list[Organisation]]:
        """The buyers in our register, by the notice's number."""
        pks = [pk for pk, _ in self.notices.values()]
        buyers = NoticeParty.objects.filter(notice__in=pks, role=PartyRole.BUYER, organisation__isnull=False)
        return _organisations(list(buyers.order_by("pk").values_list("notice_id", "organisation_id")))

    def is_there(self, one: Candidate) -> bool:
        """Tell whether a candidate has not gone since the index was made."""
        return one.key in (self.cases if one.kind is AnswerKind.CASE else self.notices)

    def how_far(self, one: Candidate) -> str:
        """Return how far a candidate has come: a case's status, a notice's phase. The two are not the same words."""
        return self.cases[one.key][0].status if one.kind is AnswerKind.CASE else self.notices[one.key][1]

    def failed(self, one: Candidate) -> bool:
        """Tell whether a candidate is a case that did not succeed."""
        return one.kind is AnswerKind.CASE and did_not_succeed(self.cases[one.key][1])

    def buyers(self, one: Candidate) -> list[Organisation]:
        """Return those who bought."""
        if one.kind is AnswerKind.NOTICE:
            return self.buyers_of_notices.get(self.notices[one.key][0], [])
        return self.buyers_of_cases.get(one.key, [])

    def is_like_mine(self, one: Candidate) -> bool:
        """Tell whether a buyer is like the one who asks."""
        return self.like is not None and any(alike(self.like, buyer) for buyer in self.buyers(one))

    def counted_buyers(self, found: Iterable[Candidate]) -> list[Organisation]:
        """Return the buyers of some candidates, those with most first."""
        times: Counter[int] = Counter()
        known: dict[int, Organisation] = {}
        for one in found:
            for buyer in self.buyers(one):
                times[buyer.pk] += 1
                known[buyer.pk] = buyer
        return [known[pk] for pk, _ in times.most_common()]


def _organisations(pairs: Sequence[tuple[Thing, int]]) -> dict[Thing, list[Organisation]]:
    """Return thing → its organisations, each fetched once."""
    known = Organisation.objects.in_bulk({organisation for _, organisation in pairs})
    found: dict[Thing, list[Organisation]] = defaultdict(list)
    for thing, organisation in pairs:
        found[thing].append(known[organisation])
    return found


def alike(mine: Organisation, other: Organisation) -> bool:
    """Tell whether two buyers are alike: of the same size, and in the same county or KOSTRA group where known."""
    if mine.pk == other.pk or mine.kind != other.kind:
        return False
    same_size = bool(mine.population) and size_bracket(mine.population) == size_bracket(other.population)
    same_group = bool(mine.kostra_group) and mine.kostra_group == other.kostra_group
    return same_group or (same_size and bool(mine.county) and mine.county == other.county) or same_size


@dataclass(frozen=True)
class Telling:
    """What is needed to tell why a thing is here: the need as each index reads it, its words, and the reader."""

    of_cases: Understood
    of_notices: Understood
    asked: Sequence[Asked]
    reader: str
    best: float  # the score of the best case
    unheard: int  # how many of the need's concepts no case speaks of
    by_meaning: frozenset[str] = frozenset()  # index keys of cases that no word found

    def case_item(self, one: Candidate, case: Case, case_file: CaseFile, *, like: bool) -> Item:
        """Return a case to be shown."""
        coverage = covered(self.asked, said_by(case, case_file))
        digest = case.revision.digest if case.revision else ""
        why = reasons(digest, case_file, self.of_cases, partial(texts_of, [case_file]))
        why += [near_reason(case_file)] if f"{KIND}/{one.key}" in self.by_meaning else []
        return Item(
            AnswerKind.CASE, one.key, one.strength, coverage.share, why, coverage.lacks, one.approaches,
            case=case, case_file=case_file, like_mine=like,
            close=case_is_close(one.strength, coverage.share, self.best * one.strength, self.unheard),
        )  # fmt: skip

    def notice_item(self, one: Candidate, notice: Notice, *, like: bool) -> Item:
        """Return a notice to be shown."""
        record = record_of(notice)
        coverage = covered(self.asked, frozenset(terms_of(passages(record))))
        why = reasons_for(record, self.of_notices, self.reader)
        return Item(
            AnswerKind.NOTICE, one.key, one.strength, coverage.share, why, coverage.lacks, one.approaches,
            notice=notice, record=record, like_mine=like, close=notice_is_close(coverage.share),
        )  # fmt: skip


def shown(found: Iterable[Candidate], shelf: Shelf, telling: Telling) -> dict[Key, Item]:
    """Return the candidates that are shown as things a page can show, their records fetched together."""
    chosen = list(found)
    keys = [one.key for one in chosen if one.kind is AnswerKind.NOTICE]
    notices: Mapping[str, Notice] = {one.key: one for one in Notice.objects.filter(key__in=keys)}
    made: dict[Key, Item] = {}
    for one in chosen:
        like = shelf.is_like_mine(one)
        if one.kind is AnswerKind.CASE:
            made[one.kind, one.key] = telling.case_item(one, *shelf.cases[one.key], like=like)
        elif one.key in notices:
            made[one.kind, one.key] = telling.notice_item(one, notices[one.key], like=like)
    return made
