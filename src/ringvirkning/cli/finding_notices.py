"""Searching notices from the command line: ``ringvirkning find --notices``."""

from dataclasses import asdict
from typing import Any

from ringvirkning.search.notices.find_notices import NoticeAnswer, NoticeHit, find_notices


def answer_for(need: str, limit: int) -> NoticeAnswer:
    """Return the notices that answer a need; everything, newest first, when it is empty."""
    return find_notices(need, limit=limit)


def as_data(need: str, answer: NoticeAnswer) -> dict[str, Any]:
    """Return an answer as plain data."""
    return {
        "query": need,
        "total": answer.total,
        "hits": [_hit_as_data(hit) for hit in answer.hits],
        "facets": answer.counts,
    }


def _hit_as_data(hit: NoticeHit) -> dict[str, Any]:
    published = hit.notice.published
    return {
        "kind": "notice",
        "id": hit.notice.key,
        "title": title_of(hit),
        "phase": hit.notice.phase,
        "published": published.isoformat() if published else None,
        "score": round(hit.score, 4),
        "url": _address(hit),
        "why": [asdict(reason) for reason in hit.why],
    }


def as_text(need: str, answer: NoticeAnswer) -> str:
    """Return an answer for people."""
    if not answer.hits:
        return f"Ingen kunngjøringer for «{need}». Prøv andre ord, eller færre."
    lines = [f"{answer.total} kunngjøringer for «{need}»" if need else f"{answer.total} kunngjøringer"]
    for number, hit in enumerate(answer.hits, start=1):
        lines.append(f"{number:>3}. {title_of(hit)}  ({hit.score:.1f})  {_address(hit)}")
        lines += [f"     {reason.text}" for reason in hit.why[:1]]
    return "\n".join(lines)


def title_of(hit: NoticeHit) -> str:
    """Return a title in the language nearest to ours."""
    titles = hit.record.titles
    return next((titles[one] for one in ("nb", "no", "nn", "en") if one in titles), next(iter(titles.values()), "–"))


def _address(hit: NoticeHit) -> str:
    return f"/kunngjoringer/{hit.notice.key}/"
