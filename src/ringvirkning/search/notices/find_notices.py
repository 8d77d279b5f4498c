"""The one door to searching notices: a need, filters and ranges in, hits with reasons and counts out."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ringvirkning.catalogue.notices import queries
from ringvirkning.catalogue.notices.models import Notice
from ringvirkning.search.notices.because import reasons_for
from ringvirkning.search.notices.index import notices_index
from ringvirkning.search.notices.noticedoc import KIND, NOTICES
from ringvirkning.search.notices.numbers import Meant, meant_by
from ringvirkning.search.notices.query import understand_anywhere, weigh
from ringvirkning.search.plan import Engine, EngineBroken, Found, Plan, Range
from ringvirkning.search.query import Understood
from ringvirkning.search.text.vocabulary import reading_with
from ringvirkning.search.why import Reason
from ringvirkning.sources.notices.record import Notice as Record

FACETS = NOTICES.facets
SORTS = ("score", *NOTICES.ranks)
NEWEST = "published"
MOST = 100  # hits a page
DEEPEST = 10_000
Filters = Mapping[str, tuple[str, ...]]
Ranges = Mapping[str, Range]


@dataclass(frozen=True)
class NoticeHit:
    """One notice found, with what it says and why it is here."""

    notice: Notice
    record: Record
    score: float
    why: list[Reason]


@dataclass(frozen=True)
class NoticeAnswer:
    """What a search gave. ``ready`` is False while the index is being mended: then the list is plain, newest first.

    ``counts`` of a tree (``cpv``, ``nuts``) hold its top level, and what lies right below each code filtered by.
    """

    understood: Understood
    total: int
    hits: list[NoticeHit]
    counts: dict[str, dict[str, int]]
    ready: bool = True
    filters: Filters = field(default_factory=dict)
    ranges: Ranges = field(default_factory=dict)


@dataclass(frozen=True)
class _Asked:
    """What was asked for, cleaned."""

    filters: Filters
    ranges: Ranges
    sort: str
    offset: int
    limit: int
    counted: tuple[str, ...] | None
    reader: str


def find_notices(
    need: str = "",
    *,
    filters: Filters | None = None,
    ranges: Ranges | None = None,
    sort: str = "score",
    offset: int = 0,
    limit: int = 20,
    counted: tuple[str, ...] | None = None,
    with_reasons: bool = True,
    reader: str = "nb",
) -> NoticeAnswer:
    """Answer a need among the notices that hold. An empty need gives everything, the newest first.

    A number as need (of a notice in Doffin or TED, of an organisation, or a notice's key) finds exactly what bears it.
    ``filters`` are facet → values, any of which will do; ``ranges`` are rank → least and most, in the units of
    ``noticedoc`` (``day_number``, ``minute_number``, whole kroner). ``counted`` are the facets to count, None for all.
    ``reader`` is the language of whoever reads the reasons.
    Unknown facets, ranks and sorts are ignored rather than refused: they come from addresses people share.
    """
    asked = _Asked(
        filters={name: tuple(values) for name, values in (filters or {}).items() if name in NOTICES.facets and values},
        ranges={name: Range(*limits) for name, limits in (ranges or {}).items() if name in NOTICES.ranks},
        sort=sort if sort in NOTICES.ranks else "score",
        offset=max(0, min(offset, DEEPEST)),
        limit=max(1, min(limit, MOST)),
        counted=None if counted is None else tuple(name for name in counted if name in NOTICES.facets),
        reader=reader,
    )
    meant = meant_by(need)
    if meant.notice is not None:
        return _one(need, meant.notice, asked)
    engine = notices_index.engine()
    with reading_with(notices_index.words):
        return _answer(engine, need, meant, asked, with_reasons)


def _one(need: str, notice: Notice, asked: _Asked) -> NoticeAnswer:
    """Answer with the one notice that bears the number that was typed."""
    hit = NoticeHit(notice, queries.record_of(notice), 1.0, [])
    return NoticeAnswer(Understood(need), 1, [hit] if asked.offset == 0 else [], {})


def _answer(engine: Engine | None, need: str, meant: Meant, asked: _Asked, with_reasons: bool) -> NoticeAnswer:
    understood = understand_anywhere(meant.text)
    found = _ask(engine, understood, asked)
    if found is None:
        return _plain_list(understood, asked)
    reader = asked.reader if with_reasons and understood.terms else None
    return NoticeAnswer(
        understood=understood,
        total=found.total,
        hits=_hits(found, understood, reader),
        counts=found.counts,
        filters=asked.filters,
        ranges=asked.ranges,
    )


def _ask(engine: Engine | None, understood: Understood, asked: _Asked) -> Found | None:
    """Ask the engine; None while there is none."""
    if engine is None:
        return None
    try:
        terms = weigh(understood, engine.shares)
        if understood.text.strip() and not terms:
            return Found(0, [], {})
        sort = NEWEST if asked.sort == "score" and not terms else asked.sort
        page = (asked.offset, asked.limit)
        plan = Plan(terms, NOTICES.kinds, asked.filters, asked.ranges, sort, *page, counted=asked.counted)
        return engine.find(plan)
    except EngineBroken:
        notices_index.heal()
        return None


def _hits(found: Found, understood: Understood, reader: str | None) -> list[NoticeHit]:
    """Return the notices found, with reasons when there is a reader of them."""
    keys = [key.removeprefix(f"{KIND}/") for key, _ in found.hits]
    notices = {one.key: one for one in Notice.objects.filter(key__in=keys)}
    hits = []
    for key, (_, score) in zip(keys, found.hits, strict=True):
        notice = notices.get(key)
        if notice is not None:  # else gone since the index was made
            record = queries.record_of(notice)
            why = reasons_for(record, understood, reader) if reader else []
            hits.append(NoticeHit(notice, record, score, why))
    return hits


def _plain_list(understood: Understood, asked: _Asked) -> NoticeAnswer:
    """Return notices straight from the tables, for the moment an index takes to mend."""
    held = Notice.objects.filter(replaced_by="").order_by("-published", "key")
    some = held[asked.offset : asked.offset + asked.limit]
    hits = [NoticeHit(notice, queries.record_of(notice), 0.0, []) for notice in some]
    return NoticeAnswer(understood, held.count(), hits, {}, ready=False, filters=asked.filters, ranges=asked.ranges)
