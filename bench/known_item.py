"""Known items: does the title of a real notice find that notice among all, when titles are not searched?

Whoever wrote a title knows what is wanted and says it in other words than the description: a need with one answer, and
nobody had to judge it. Everybody searches the same descriptions, with the labels of their CPV codes and without.
"""

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple

import msgspec

from harness import BENCH, Figures, Options, fresh_folder, in_child, say, tidy
from notice_peers import StemmedFts5, available
from peer import WORD, Peer
from peers import Row
from ringvirkning.search.engines.tantivy_engine import TantivyEngine, build
from ringvirkning.search.notices.noticedoc import KIND, NOTICES, passages, terms_of
from ringvirkning.search.notices.query import understand_anywhere, weigh
from ringvirkning.search.plan import Document, Plan
from ringvirkning.sources.notices.containers import Item, open_paths
from ringvirkning.sources.notices.read import Unreadable, read_document
from ringvirkning.sources.notices.record import Notice, Texts
from sql_peers import Postgres

NOTICES_AT_HAND = BENCH.parents[1] / "shared" / "data" / "notices"
NORWEGIAN = ("nb", "nn", "no")
DEPTH = 10
SEED = 20261127
RESAMPLES = 10_000
SURE = 0.95
OURS, LABELS = "Ringvirkning", "with CPV labels"
RANKS = {
    "ts_rank": "ts_rank(words, query)",
    "ts_rank_cd": "ts_rank_cd(words, query)",
    "ts_rank, length": "ts_rank(words, query, 1)",
}
MEASURES: dict[str, Callable[[int | None], float]] = {  # of the place where the right notice came
    "mrr_10": lambda place: 1 / place if place else 0.0,
    "recall_1": lambda place: float(place == 1),
    "recall_10": lambda place: float(place is not None),
}
Ranker = Callable[[str], list[str]]
Places = list[int | None]  # where the right notice came, from 1; None when not among the first ten


class Known(NamedTuple):
    """A notice with the title that should find it. ``easy`` when the description begins with the title."""

    key: str
    title: str
    notice: Notice  # without titles and names
    easy: bool


def run(options: Options) -> Figures:
    """Measure everybody over the notices at hand."""
    if not NOTICES_AT_HAND.exists():
        why = {"known items": f"there are no notices in {NOTICES_AT_HAND}"}
        return {"figures": {}, "peers": {}, "ratios": {}, "skipped": why, "settings": {}, "notes": []}
    most, resamples = (150, 500) if options.quick else (0, RESAMPLES)
    with fresh_folder() as folder:
        told = in_child(folder, "known_item", "measure", folder=str(folder), most=most)
    groups = _grouped(told["places"], told["easy"])
    return {
        "figures": {group: _scores(by, own=True) for group, by in groups.items()},
        "peers": {group: _scores(by, own=False) for group, by in groups.items()},
        "ratios": {group: ahead(by, resamples) for group, by in groups.items()},
        "skipped": told["skipped"],
        "settings": {"depth": DEPTH, "seed": SEED, "resamples": resamples, "sure": SURE, **told["left_out"]},
        "notes": [
            "The notices are the Norwegian ones of shared/data/notices that have a description. Of several with one "
            "title, or with one description, the first is kept: else nobody could know which is meant.",
            "What is searched is the descriptions of notice and lots; titles and names are not. Ours is the program's "
            "own reading, weighing and engine; its documents have the labels of CPV codes, and so have those of the "
            f"peers '{LABELS}'.",
            "mrr_10 is the mean of 1/place, 0 below the tenth. A difference is to the peer that is best at the measure "
            "in that group; least and most are its paired bootstrap interval.",
            "Peers are spared small words. 'stemmed before' is SQLite FTS5 given Snowball's stems instead of words.",
        ],
    }


def _grouped(places: dict[str, Places], easy: list[bool]) -> dict[str, dict[str, Places]]:
    """Return group → who → places. What the description gives away at once says little, and stands by itself."""
    groups = {"title not in front": False, "description begins with the title": True}
    chosen = {group: [place for place, one in enumerate(easy) if one is own] for group, own in groups.items()}
    return {
        group: {who: [all_of[place] for place in those] for who, all_of in places.items()}
        for group, those in chosen.items()
        if those
    }


def _scores(by: dict[str, Places], *, own: bool) -> dict[str, Figures]:
    return {who: score(places) for who, places in by.items() if who.startswith(OURS) is own}


def known_items(most: int = 0) -> tuple[list[Known], dict[str, int]]:
    """Return the notices to find, and how many were left out for what reason."""
    found: list[Known] = []
    seen: set[str] = set()
    left_out = {"without_words": 0, "same_title": 0, "same_description": 0}
    for number, notice in enumerate(_norwegian()):
        title, description = _said(notice.titles), _said(notice.descriptions)
        marks = {
            "without_words": "",
            "same_title": f"t {_plain(title)}",
            "same_description": f"d {_plain(description)}",
        }
        if not title or not description:
            left_out["without_words"] += 1
        elif twice := next((why for why, mark in marks.items() if mark in seen), None):
            left_out[twice] += 1
        else:
            seen |= set(marks.values()) - {""}
            easy = _plain(description).startswith(_plain(title))
            found.append(Known(f"{KIND}/{number}", title, _without_titles(notice), easy))
    return found[: most or None], left_out


def _norwegian() -> Iterator[Notice]:
    for one in open_paths([NOTICES_AT_HAND]):
        try:
            read = read_document(one.data, file=one.name) if isinstance(one, Item) else []
        except Unreadable:
            continue
        yield from (notice for notice in read if _said(notice.titles))


def _said(texts: Texts) -> str:
    return next((texts[language] for language in NORWEGIAN if language in texts), "")


def _plain(text: str) -> str:
    return " ".join(WORD.findall(text.casefold()))


def _without_titles(notice: Notice) -> Notice:
    lots = tuple(msgspec.structs.replace(lot, titles={}) for lot in notice.lots)
    return msgspec.structs.replace(notice, titles={}, lots=lots, buyers=(), winners=())


def measure(folder: str, most: int) -> dict[str, Any]:
    """Return where everybody has the right notice for each title. Called in a child."""
    known, left_out = known_items(most)
    places: dict[str, Places] = {}
    skipped: dict[str, str] = {}
    for labels in (True, False):
        place, more = Path(folder) / ("labels" if labels else "bare"), f" {LABELS}" if labels else ""
        say(f"Asking for {len(known)} notices{more} …")
        places[OURS if labels else f"{OURS}, without CPV labels"] = asked(
            known, ours(place / "ours", known, labels=labels)
        )
        rows = [Row(one.key, "\n".join(_texts(one, labels=labels)), {}) for one in known]
        for name, peer in _peers(place).items():
            if isinstance(peer, str):
                skipped[name] = peer
            else:
                places |= {f"{who}{more}": told for who, told in _peer_places(name, peer, rows, known)}
    return {"places": places, "easy": [one.easy for one in known], "left_out": left_out, "skipped": skipped}


def _peers(place: Path) -> dict[str, Peer | str]:
    stemmed = place / "stemmed"
    stemmed.mkdir(parents=True)
    return {**available(place), StemmedFts5.name: StemmedFts5(stemmed)}


def _peer_places(name: str, peer: Peer, rows: list[Row], known: list[Known]) -> Iterator[tuple[str, Places]]:
    """Yield name and places of a peer, of PostgreSQL for each of its rankings."""
    peer.build(rows)
    peer.open()
    try:
        for rank, how in RANKS.items() if isinstance(peer, Postgres) else [("", "")]:
            if isinstance(peer, Postgres):
                peer.RANK = how
            yield f"{name}{rank and f' ({rank})'}", asked(known, lambda need: peer.answer(need).best)
    finally:
        peer.close()


def _texts(one: Known, *, labels: bool) -> list[str]:
    return [passage.text for passage in passages(one.notice) if labels or passage.part != "codes"]


def ours(folder: Path, known: list[Known], *, labels: bool) -> Ranker:
    """Return our own search over the notices, in an index of its own."""
    folder.mkdir(parents=True)
    build(folder, NOTICES, (_document(one, labels=labels) for one in known), 0)
    engine = TantivyEngine(folder, NOTICES)

    def rank(need: str) -> list[str]:
        terms = weigh(understand_anywhere(need), engine.shares)
        plan = Plan(terms, NOTICES.kinds, limit=DEPTH, counted=())
        return [key for key, _ in engine.find(plan).hits] if terms else []

    return rank


def _document(one: Known, *, labels: bool) -> Document:
    said = [passage for passage in passages(one.notice) if labels or passage.part != "codes"]
    return Document(one.key, KIND, {"text": terms_of(said)}, {}, {})


def asked(known: list[Known], rank: Ranker) -> Places:
    """Return the place at which each notice is found by its title."""
    places: Places = []
    for one in known:
        best = rank(one.title)[:DEPTH]
        places.append(best.index(one.key) + 1 if one.key in best else None)
    return places


def score(places: Places) -> Figures:
    """Return the measures of some places."""
    return {"n": len(places), **{name: tidy(fmean(map(gain, places))) for name, gain in MEASURES.items()}}


def ahead(by: dict[str, Places], resamples: int) -> Figures:
    """Return measure → how far ahead we are of the peer that is best at it, with the interval that chance leaves."""
    return {f"{OURS} − best peer, {name}": _ahead(by, gain, resamples) for name, gain in MEASURES.items()}


def _ahead(by: dict[str, Places], gain: Callable[[int | None], float], resamples: int) -> Figures:
    gains = {who: [gain(place) for place in places] for who, places in by.items()}
    best = max((who for who in gains if not who.startswith(OURS)), key=lambda who: fmean(gains[who]))
    differences = [mine - theirs for mine, theirs in zip(gains[OURS], gains[best], strict=True)]
    dice = random.Random(SEED)
    drawn = sorted(fmean(dice.choices(differences, k=len(differences))) for _ in range(resamples))
    outside = round((1 - SURE) / 2 * resamples)
    return {
        "peer": best,
        "difference": tidy(fmean(differences)),
        "least": tidy(drawn[outside]),
        "most": tidy(drawn[-1 - outside]),
    }
