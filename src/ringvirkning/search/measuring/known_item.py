"""Known items: does the title of a real notice find that notice among all, when titles are not searched?

Whoever wrote a title knows what is wanted and says it in other words than the description: a need with one answer, and
nobody had to judge it. Everybody searches the same descriptions, with the labels of their CPV codes and without.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

import msgspec

from ringvirkning.search.measuring.figures import OURS, Measured, Nearest, Values
from ringvirkning.search.measuring.notices import CODES, as_text, plain, said
from ringvirkning.search.measuring.ours import nearest_ours
from ringvirkning.search.measuring.peers import LABELS, peers, skipped
from ringvirkning.search.notices.noticedoc import KIND, passages
from ringvirkning.sources.notices.record import Notice

DEPTH = 10
BARE = f"{OURS}, without CPV labels"
MEASURES: dict[str, Callable[[int | None], float]] = {  # of the place where the right notice came
    "mrr_10": lambda place: 1 / place if place else 0.0,
    "recall_1": lambda place: float(place == 1),
    "recall_10": lambda place: float(place is not None),
}
Places = list[int | None]  # where the right notice came, from 1; None when not among the first ten


class Known(NamedTuple):
    """A notice with the title that should find it. ``easy`` when the description begins with the title."""

    key: str
    title: str
    notice: Notice  # without titles and names
    easy: bool


def known_items(notices: Iterable[Notice], most: int = 0) -> tuple[list[Known], dict[str, int]]:
    """Return the Norwegian notices to find, and how many were left out for what reason.

    Of several with one title, or with one description, the first is kept: else nobody could know which is meant.
    """
    found: list[Known] = []
    seen: set[str] = set()
    left_out = {"without_words": 0, "same_title": 0, "same_description": 0}
    for number, notice in enumerate(one for one in notices if said(one.titles)):
        title, description = said(notice.titles), said(notice.descriptions)
        marks = {"same_title": f"t {plain(title)}", "same_description": f"d {plain(description)}"}
        if not title or not description:
            left_out["without_words"] += 1
        elif twice := next((why for why, mark in marks.items() if mark in seen), None):
            left_out[twice] += 1
        else:
            seen |= set(marks.values())
            easy = plain(description).startswith(plain(title))
            found.append(Known(f"{KIND}/{number}", title, without_titles(notice), easy))
    return found[: most or None], left_out


def without_titles(notice: Notice) -> Notice:
    """Return a notice without titles and names."""
    lots = tuple(msgspec.structs.replace(lot, titles={}) for lot in notice.lots)
    return msgspec.structs.replace(notice, titles={}, lots=lots, buyers=(), winners=())


def ours(known: Iterable[Known], *, labels: bool) -> Nearest:
    """Return our own search over the notices, in an index of its own."""
    return nearest_ours(
        {one.key: [said for said in passages(one.notice) if labels or said.part != CODES] for one in known}
    )


def asked(known: Iterable[Known], nearest: Nearest) -> Places:
    """Return the place at which each notice is found by its title."""
    places: Places = []
    for one in known:
        best = [key for key, _ in nearest(one.title, DEPTH)]
        places.append(best.index(one.key) + 1 if one.key in best else None)
    return places


def values(places: Places) -> Values:
    """Return the measures of some places."""
    return {name: [gain(place) for place in places] for name, gain in MEASURES.items()}


def rankers(known: list[Known], postgres: str | None) -> dict[str, Nearest]:
    """Return everybody who is asked, us first."""
    bare = {one.key: as_text(one.notice, labels=False) for one in known}
    labelled = {one.key: as_text(one.notice, labels=True) for one in known}
    return {
        OURS: ours(known, labels=True),
        BARE: ours(known, labels=False),
        **peers(bare, postgres),
        **peers(labelled, postgres, note=LABELS),
    }


def measure(notices: Iterable[Notice], postgres: str | None = None) -> Measured:
    """Measure everybody. What the description gives away at once says little, and stands by itself."""
    known, left_out = known_items(notices)
    if not known:
        return Measured({}, left_out, skipped(postgres))
    places = {who: asked(known, nearest) for who, nearest in rankers(known, postgres).items()}
    wanted = {"title not in front": False, "description begins with the title": True}
    groups = {
        group: {
            who: values([one for one, of in zip(listed, known, strict=True) if of.easy is easy])
            for who, listed in places.items()
        }
        for group, easy in wanted.items()
    }
    return Measured(groups, left_out, skipped(postgres))
