"""Search: how long an answer takes, over the seed library and over many made cases, beside the peers."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from typing import Any

from harness import Figures, Options, fresh_folder, in_child, medians, percentile, ratio, run_program, say, set_up, tidy

LENGTHS = (1, 4, 15, 60)
HITS = 20
WARM_UP = 4
ENGINE, WHOLE = "Ringvirkning, engine", "Ringvirkning, whole answer"
OURS = (ENGINE, WHOLE)
Asker = Callable[[str], int]


def run(options: Options) -> Figures:
    """Measure over both libraries."""
    each, budget = (3, 5.0) if options.quick else (40, 7.0)
    asked = {"rounds": options.rounds, "each": each, "budget": budget}
    told: dict[str, Any] = {}
    with fresh_folder() as folder:
        for name, prepare in _libraries(options).items():
            home = folder / f"home-{len(told)}"
            home.mkdir()
            say(f"Preparing {name} …")
            prepare(home)
            say("Indexing, ours and the peers' at once: building is not what is measured here …")
            with ThreadPoolExecutor(2) as pool:
                jobs = [pool.submit(in_child, home, "search", job) for job in ("build_ours", "build_peers")]
                for job in jobs:
                    job.result()
            say("Asking …")
            told[name] = in_child(home, "search", "measure", **asked)
    return _told(told, options, each)


def _libraries(options: Options) -> dict[str, Callable[[Path], None]]:
    def made(home: Path) -> None:
        run_program(home, ["-m", "django", "migrate", "--settings", "ringvirkning.config.settings", "-v", "0"])
        in_child(home, "generate", "fill", count=options.cases, length=options.words)

    return {"seed library": set_up, f"{options.cases} made cases": made}


def build_ours() -> None:
    """Build our own index in this home. Called in a child."""
    from ringvirkning.search import index

    index.rebuild()


def build_peers() -> None:
    """Build both peers in this home, reading the cases once for both. Called in a child."""
    import peers

    rows = list(peers.corpus())
    for peer in peers.peers(_peer_folder()).values():
        peer.build(rows)


def _peer_folder() -> Path:
    from django.conf import settings

    folder = Path(settings.HOME) / "peers"
    folder.mkdir(exist_ok=True)
    return folder


def measure(rounds: int, each: int, budget: float) -> dict[str, dict[str, Figures]]:
    """Return engine → length of need → figures, in milliseconds. Called in a child."""
    import generate

    askers = _askers()
    measured: dict[str, dict[str, Figures]] = {name: {} for name in askers}
    for length in LENGTHS:
        drawn = generate.needs(length, WARM_UP + rounds * each, seed=0)
        for need in drawn[:WARM_UP]:
            for ask in askers.values():
                ask(need)
        parts = [drawn[WARM_UP + number * each :][:each] for number in range(rounds)]
        told = [_round(askers, needs, budget) for needs in parts]
        for name in askers:
            measured[name][_words(length)] = medians(one[name] for one in told)
    return measured


def _words(length: int) -> str:
    return f"{length} word{'s' * (length > 1)}"


def _round(askers: dict[str, Asker], needs: list[str], budget: float) -> dict[str, Figures]:
    """Ask everyone each need, beginning with another one each time, until the needs or the time are used up."""
    took: dict[str, list[float]] = {name: [] for name in askers}
    found: dict[str, list[int]] = {name: [] for name in askers}
    names, until = list(askers), time.perf_counter() + budget
    for number, need in enumerate(needs):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            began = time.perf_counter()
            total = askers[name](need)
            took[name].append((time.perf_counter() - began) * 1000)
            found[name].append(total)
        if time.perf_counter() > until:
            break
    return {
        name: {
            "n": len(times),
            "p50_ms": tidy(percentile(times, 0.5)),
            "p95_ms": tidy(percentile(times, 0.95)),
            "found": round(median(found[name])),
        }
        for name, times in took.items()
    }


def _askers() -> dict[str, Asker]:
    import peers
    from ringvirkning.search.find import find
    from ringvirkning.search.index import index
    from ringvirkning.search.plan import Plan
    from ringvirkning.search.query import understand, weigh

    def engine(need: str) -> int:
        now = index.engine()
        if now is None:
            raise RuntimeError("There is no index.")
        terms = weigh(understand(need), now.shares)
        # As ``find`` does: nothing telling is nothing found.
        return now.find(Plan(terms, ("case",), limit=HITS)).total if any(term.telling for term in terms) else 0

    def whole(need: str) -> int:
        return find(need, limit=HITS).total

    others = peers.peers(_peer_folder())
    for peer in others.values():
        peer.open()
    return {ENGINE: engine, WHOLE: whole, **{name: peer.find for name, peer in others.items()}}


def _told(told: dict[str, dict[str, dict[str, Figures]]], options: Options, each: int) -> Figures:
    figures = {library: {name: by[name] for name in OURS} for library, by in told.items()}
    others = {library: {name: one for name, one in by.items() if name not in OURS} for library, by in told.items()}
    ratios = {
        library: {f"{ours} / {peer}": _ratios(by[ours], by[peer]) for ours in OURS for peer in others[library]}
        for library, by in told.items()
    }
    return {
        "figures": figures,
        "peers": others,
        "ratios": ratios,
        "settings": {
            "rounds": options.rounds,
            "needs_a_round": each,
            "hits": HITS,
            "made_cases": options.cases,
            "words_a_made_case": options.words,
        },
        "notes": [
            "The made cases are whole case files put into the tables in bulk and indexed by the program's own rebuild, "
            "so whole answers read real rows. They are shorter than seed cases (about 190 words).",
            "'engine' reads the need, finds 20 keys and counts all facets: the peers' job. 'whole answer' also reads "
            "the 20 cases and finds the reasons with marked words, as a page does.",
            "Needs are made from the same word lists as the made cases; every need is new to everyone but for the "
            "words in it. p50 and p95 are medians over the rounds; n is all rounds together.",
            "'found' is the median number of matches. It differs: peers match any word as written or stemmed, ours "
            "also concepts and parts of words, and leaves out cases with nothing telling. More found is more work.",
            "Peers are spared small words. Slow lengths end a round early: then n is smaller.",
        ],
    }


def _ratios(ours: dict[str, Figures], theirs: dict[str, Figures]) -> dict[str, float | None]:
    return {f"p50, {length}": ratio(one["p50_ms"], theirs[length]["p50_ms"]) for length, one in ours.items()}
