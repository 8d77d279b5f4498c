"""What of cases and notices is compared (``casematch.py``), taken from the tables."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from django.db.models import Max

from ringvirkning.analysis.casematch import CaseSide, NoticeSide
from ringvirkning.analysis.casewords import rarities, telling
from ringvirkning.catalogue import queries
from ringvirkning.catalogue.models import Case, Change
from ringvirkning.catalogue.notices.models import Notice, NoticeParty
from ringvirkning.catalogue.notices.terms import Certainty, PartyRole
from ringvirkning.catalogue.terms import ChangeKind
from ringvirkning.foundation.memo import Memo
from ringvirkning.foundation.words import fold
from ringvirkning.sources.casefile.model import CaseFile
from ringvirkning.sources.casefile.terms import BUYERS, Language, Procedure
from ringvirkning.sources.notices.numbers import ted_number
from ringvirkning.sources.notices.record import Notice as Record

# The case file's procedures that have a code in notices.
PROCEDURES = {
    Procedure.INNOVATION_PARTNERSHIP: "innovation",
    Procedure.COMPETITIVE_DIALOGUE: "comp-dial",
}
# Language → words, as case files and notices have it.
AnyTexts = Mapping[Language, str] | Mapping[str, str]
NUMBER_IN_ADDRESS = re.compile(r"(?<!\d)(?:20\d\d-\d{3,8}|\d{3,8}-20\d\d)(?!\d)")
SHORTEST_NAME = 12  # characters of a buyer's name that is looked for in running text
CPV_GROUP = 4
_TEXT_READ = 4_000  # characters of a notice that words are taken from


@dataclass
class Cases:
    """Every case that readers meet, ready to be compared with, and where to begin looking."""

    sides: dict[str, CaseSide] = field(default_factory=dict)
    by_buyer: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    by_supplier: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    by_number: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    names: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    rarity: Mapping[str, float] = field(default_factory=dict)

    def candidates(self, notice: NoticeSide) -> set[str]:
        """Return the ids of cases that could be about the notice: same buyer, supplier or number, or buyer named."""
        found = [self.by_buyer.get(buyer, set()) for buyer in notice.buyers]
        found += [self.by_supplier.get(winner, set()) for winner in notice.winners]
        found += [self.by_number.get(number, set()) for number in notice.numbers]
        found += [cases for name, cases in self.names.items() if name in notice.text]
        return set().union(*found)


_remembered: Memo[Cases] = Memo(1)


def cases_now() -> Cases:
    """Return the cases as they are, made ready once for each change of a case."""
    newest = Change.objects.filter(kind=ChangeKind.CASE).aggregate(newest=Max("seq"))["newest"]
    standing = tuple(queries.published().order_by("pk").values_list("pk", "revision__digest"))
    return _remembered.get((newest, standing), _cases)


def _cases() -> Cases:
    found = Cases()
    for case, case_file in queries.read_cases(queries.all_cases()):
        side = case_side(case, case_file)
        found.sides[side.case_id] = side
        for names, places in (
            (side.buyers, found.by_buyer),
            (side.suppliers, found.by_supplier),
            (side.numbers, found.by_number),
            (side.buyer_names, found.names),
        ):
            for name in names:
                places[name].add(side.case_id)  # type: ignore[index]
    found.rarity = rarities(side.words for side in found.sides.values())
    return found


def case_side(case: Case, case_file: CaseFile) -> CaseSide:
    """Return what of a case can be recognised in a notice."""
    leads = [party for party in case.parties.all() if party.role in BUYERS]
    names = {fold(party.name_given) for party in leads} | {fold(party.organisation.name) for party in leads}
    own_words = telling({"nb": " ".join(party.name_given for party in leads)})
    procurement = case_file.procurement
    return CaseSide(
        case_id=case_file.id,
        buyers=frozenset(party.organisation_id for party in leads),
        buyer_names=frozenset(name for name in names if len(name) >= SHORTEST_NAME),
        suppliers=frozenset(fold(one.organisation.name) for one in case_file.suppliers),
        title=telling(_as_texts([case_file.title])) - own_words,
        words=telling(_as_texts(_texts_of(case_file))) - own_words,
        years=_years(case_file),
        cpv=frozenset(code[:CPV_GROUP] for code in case_file.cpv),
        procedure=PROCEDURES.get(procurement.procedure) if procurement and procurement.procedure else None,
        numbers=_numbers(procurement.notices if procurement else ()),
    )


def _texts_of(case_file: CaseFile) -> Iterator[AnyTexts]:
    yield case_file.title
    yield case_file.summary.text
    yield case_file.need.description.text
    for solution in case_file.solutions:
        yield solution.text
    for language, words in case_file.keywords.items():
        yield {language: " ".join(words)}


def _as_texts(texts: Iterable[AnyTexts]) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in texts:
        for language, words in one.items():
            found[str(language)] = f"{found.get(str(language), '')} {words}"
    return found


def _years(case_file: CaseFile) -> tuple[int, int] | None:
    first = case_file.start or case_file.end
    last = case_file.end or case_file.start
    return (int(first[:4]), int(last[:4])) if first and last else None


def _numbers(addresses: Iterable[str]) -> frozenset[str]:
    """Return the publication numbers that stand in addresses of Doffin and TED."""
    written = [number for address in addresses for number in NUMBER_IN_ADDRESS.findall(address)]
    return frozenset(ted_number(number) or number for number in written)


def notice_sides(notices: Iterable[tuple[Notice, Record, float]]) -> list[NoticeSide]:
    """Return what of each notice can be recognised in a case. Given with each: its record, and how innovative.

    The words are not among it (``with_words``): they take most of the time, and few have a case to be compared with.
    """
    listed = list(notices)
    buyers: dict[int, dict[int, bool]] = defaultdict(dict)
    parties = NoticeParty.objects.filter(notice__in=[notice.pk for notice, _, _ in listed], role=PartyRole.BUYER)
    for party in parties.exclude(organisation=None):
        if party.organisation_id:
            buyers[party.notice_id][party.organisation_id] = party.certainty == Certainty.NUMBER
    return [_notice_side(record, buyers[notice.pk], likelihood, notice) for notice, record, likelihood in listed]


def _notice_side(record: Record, buyers: Mapping[int, bool], likelihood: float, notice: Notice) -> NoticeSide:
    numbers = (record.publication_number, record.doffin_number, record.ted_number)
    names = (one.name for one in record.buyers if one.name)
    return NoticeSide(
        buyers=buyers,
        winners=frozenset(fold(one.name) for one in record.winners if one.name),
        # With the buyers' names as the notice writes them: the register may not know the body that bears one.
        text=fold(" ".join((*_words_read(record).values(), *names))),
        year=notice.published.year if notice.published else None,
        cpv=frozenset(code[:CPV_GROUP] for code in record.cpv),
        procedure=record.procedure,
        numbers=frozenset(ted_number(one) or one for one in numbers if one),
        likelihood=likelihood,
    )


def with_words(side: NoticeSide, record: Record) -> NoticeSide:
    """Return the side of a notice with the telling words of its title and text."""
    return replace(side, title=telling(_as_texts([record.titles])), words=telling(_words_read(record)))


def _words_read(record: Record) -> dict[str, str]:
    texts = _as_texts([record.titles, record.descriptions, *(lot.titles for lot in record.lots)])
    return {language: words[:_TEXT_READ] for language, words in texts.items()}
