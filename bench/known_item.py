"""Known items: does the title of a real notice find that notice among all, when titles are not searched?

Whoever wrote a title knows what is wanted and says it in other words than the description: a need with one answer, and
nobody had to judge it. Everybody searches the same descriptions, with the labels of their CPV codes and without.
"""

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import fmean
from typing import Any

from harness import BENCH, Figures, Options, fresh_folder, in_child, say, tidy
from notice_peers import StemmedFts5, available
from peer import Peer
from peers import Row
from ringvirkning.search.measuring.known_item import MEASURES, Known, Places, asked, known_items, ours
from ringvirkning.search.measuring.notices import as_text
from ringvirkning.sources.notices.containers import Item, open_paths
from ringvirkning.sources.notices.read import Unreadable, read_document
from ringvirkning.sources.notices.record import Notice
from sql_peers import Postgres

NOTICES_AT_HAND = BENCH.parents[1] / "shared" / "data" / "notices"
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


def _at_hand() -> Iterator[Notice]:
    for one in open_paths([NOTICES_AT_HAND]):
        try:
            yield from read_document(one.data, file=one.name) if isinstance(one, Item) else []
        except Unreadable:
            continue


def measure(folder: str, most: int) -> dict[str, Any]:
    """Return where everybody has the right notice for each title. Called in a child."""
    known, left_out = known_items(_at_hand(), most)
    places: dict[str, Places] = {}
    skipped: dict[str, str] = {}
    for labels in (True, False):
        place, more = Path(folder) / ("labels" if labels else "bare"), f" {LABELS}" if labels else ""
        say(f"Asking for {len(known)} notices{more} …")
        places[OURS if labels else f"{OURS}, without CPV labels"] = asked(known, ours(known, labels=labels))
        rows = [Row(one.key, as_text(one.notice, labels=labels), {}) for one in known]
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
            yield (
                f"{name}{rank and f' ({rank})'}",
                asked(known, lambda need, _: [(key, 0.0) for key in peer.answer(need).best[:DEPTH]]),
            )
    finally:
        peer.close()


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
