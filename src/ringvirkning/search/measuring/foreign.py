"""Across languages: does the title of a Norwegian notice find notices of the same kind in other languages?

Of the same kind is whoever has a CPV class in common with it; a code in common counts more. Everybody searches all
notices that say nothing in Norwegian. The Norwegian notice is not among them, but its codes decide what is right, so
nobody may see them: what we suggest for its title comes from others.
"""

from collections.abc import Iterable
from typing import NamedTuple

from ringvirkning.search.cpv.weights import CLASS
from ringvirkning.search.cpv.widen import widened
from ringvirkning.search.measure import ndcg, reciprocal_rank
from ringvirkning.search.measuring.figures import OURS, Group, Measured, Nearest, Values
from ringvirkning.search.measuring.notices import Held, as_text, is_held_out, plain, said, without_codes
from ringvirkning.search.measuring.ours import OurIndex
from ringvirkning.search.measuring.peers import LABELS, peers, skipped
from ringvirkning.search.notices.noticedoc import passages

DEPTH = 10
SAME_CODE, SAME_CLASS = 3, 2  # grades
GROUPS = {"tune": False, "held_out": True}


class Wanted(NamedTuple):
    """A Norwegian title and the foreign notices of its kind."""

    title: str
    key: str
    life: str
    grades: dict[str, int]


def is_foreign(one: Held) -> bool:
    """Tell whether a notice has texts, and none in Norwegian."""
    titles = [one.record.titles, *(lot.titles for lot in one.record.lots)]
    descriptions = [one.record.descriptions, *(lot.descriptions for lot in one.record.lots)]
    return any(titles + descriptions) and not any(said(texts) for texts in titles + descriptions)


def wanted(notices: Iterable[Held]) -> list[Wanted]:
    """Return the titles that have an answer, each once."""
    held = list(notices)
    foreign = [one for one in held if is_foreign(one)]
    found: dict[str, Wanted] = {}
    for one in held:
        title = said(one.record.titles)
        grades = _grades(one, foreign) if title else {}
        if grades:
            found.setdefault(plain(title), Wanted(title, one.key, one.life, grades))
    return list(found.values())


def _grades(one: Held, foreign: Iterable[Held]) -> dict[str, int]:
    codes, classes = set(one.record.cpv[:1]), {code[:CLASS] for code in one.record.cpv[:1]}
    found = {}
    for other in foreign:
        if other.life != one.life and classes & {code[:CLASS] for code in other.record.cpv}:
            found[other.key] = SAME_CODE if codes & set(other.record.cpv) else SAME_CLASS
    return found


def measure(notices: list[Held], postgres: str | None = None) -> Measured:
    """Measure everybody."""
    foreign, asked = [one for one in notices if is_foreign(one)], wanted(notices)
    counts = {"foreign": len(foreign), "titles": len(asked)}
    if not asked:
        return Measured({}, counts, skipped(postgres))
    ours = OurIndex({one.key: passages(one.record) for one in foreign})
    bare = OurIndex({one.key: without_codes(passages(one.record)) for one in foreign})
    groups: dict[str, Group] = {}
    for name, held_out in GROUPS.items():
        half = [one for one in asked if is_held_out(one.key) is held_out]
        groups[name] = {
            OURS: _values(half, [_widened(ours, one) for one in half]),
            f"{OURS}, without suggested codes": values(half, ours.nearest),
            f"{OURS}, without CPV labels": values(half, bare.nearest),
        }
        for note, labels in (("", False), (LABELS, True)):
            texts = {one.key: as_text(one.record, labels=labels) for one in foreign}
            groups[name] |= {who: values(half, one) for who, one in peers(texts, postgres, note=note).items()}
    return Measured(groups, counts, skipped(postgres))


def _widened(index: OurIndex, one: Wanted) -> list[str]:
    """Return what our search finds when the labels of suggested codes are searched for too."""
    return [key for key, _ in index.find(widened(one.title, without=[one.life]), DEPTH)]


def values(asked: Iterable[Wanted], nearest: Nearest) -> Values:
    """Return nDCG@10 and 1/place of the first right one."""
    listed = list(asked)
    return _values(listed, [[key for key, _ in nearest(one.title, DEPTH)] for one in listed])


def _values(asked: list[Wanted], ranked: list[list[str]]) -> Values:
    pairs = [(best, one.grades) for one, best in zip(asked, ranked, strict=True)]
    return {"ndcg_10": [ndcg(*pair) for pair in pairs], "mrr_10": [reciprocal_rank(*pair) for pair in pairs]}
