"""Index: what it costs to build and to follow, over the seed library and over many made cases, beside the peers."""

import time
from pathlib import Path
from statistics import median
from typing import Any

from harness import (
    Figures,
    Options,
    folder_mb,
    fresh_folder,
    in_child,
    medians,
    peak_memory_mb,
    ratio,
    run_program,
    say,
    set_up,
    tidy,
)

OURS = "Ringvirkning"
PEERS = ("SQLite FTS5", "tantivy, Norwegian stemmer")
CHANGES = 5


def run(options: Options) -> Figures:
    """Build everybody's index over both libraries."""
    told: dict[str, Any] = {}
    with fresh_folder() as folder:
        seed, made = folder / "seed", folder / "made"
        seed.mkdir()
        made.mkdir()
        say("Preparing the seed library …")
        set_up(seed)
        told["seed library"] = _measure(seed, options.rounds)
        say(f"Making {options.cases} cases …")
        run_program(made, ["-m", "django", "migrate", "--settings", "ringvirkning.config.settings", "-v", "0"])
        in_child(made, "generate", "fill", count=options.cases, length=options.words)
        told[f"{options.cases} made cases"] = _measure(made, 1)
    return _told(told, options)


def _measure(home: Path, rounds: int) -> dict[str, Figures]:
    """Return builder → figures. Everyone builds in turn, each time in a new process, which gives its peak memory."""
    names = [OURS, *PEERS]
    builds: dict[str, list[Figures]] = {name: [] for name in names}
    for number in range(rounds):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            say(f"Build {number + 1} of {rounds}: {name}")
            builds[name].append(in_child(home, "index", "build", name=name, place=f"peers-{number}"))
    say("Following changes …")
    changes = in_child(home, "index", "follow", place="peers-0")
    return {name: {**medians(builds[name]), "builds": rounds, **changes[name]} for name in names}


def build(name: str, place: str) -> Figures:
    """Build one index and tell what it took. Called in a child of its own."""
    began = time.perf_counter()
    folder = _build_ours() if name == OURS else _build_peer(name, place)
    return {**folder, "whole_s": tidy(time.perf_counter() - began), "peak_mb": peak_memory_mb()}


def _build_ours() -> Figures:
    from ringvirkning.search import index
    from ringvirkning.search.text.analyser import analyser

    analyser()  # what a process pays once, and a server has paid: in whole_s, not in build_s
    began = time.perf_counter()
    folder = index.rebuild()
    return {"build_s": tidy(time.perf_counter() - began), "disk_mb": folder_mb(folder)}


def _build_peer(name: str, place: str) -> Figures:
    from django.conf import settings

    import peers

    folder = Path(settings.HOME) / place / name.split(maxsplit=1)[0].strip(",")
    folder.mkdir(parents=True)
    began = time.perf_counter()
    peers.peers(folder)[name].build(peers.corpus())
    return {"build_s": tidy(time.perf_counter() - began), "disk_mb": folder_mb(folder)}


def follow(place: str) -> dict[str, Figures]:
    """Change some cases one by one and tell how long each index takes to show the change. Called in a child."""
    from django.conf import settings

    import peers
    from ringvirkning.catalogue import queries
    from ringvirkning.search.index import index

    others = {name: peers.peers(Path(settings.HOME) / place / name.split()[0].strip(","))[name] for name in PEERS}
    for peer in others.values():
        peer.open()
    index.engine()
    took: dict[str, list[float]] = {name: [] for name in (OURS, *PEERS)}
    keys = list(queries.all_cases().order_by("pk").values_list("case_id", flat=True)[: CHANGES + 1])
    for number, key in enumerate(keys):
        _change(key)
        for name, milliseconds in _follow_one(key, others).items():
            if number:  # the first is the warm-up
                took[name].append(milliseconds)
    return {name: {"follow_ms": tidy(median(times)), "changes": len(times)} for name, times in took.items()}


def _change(key: str) -> None:
    """Publish a new revision of a case, as its owner would."""
    from datetime import UTC, datetime

    from ringvirkning.catalogue import operations, queries
    from ringvirkning.catalogue.terms import Origin

    case = queries.case_by_id(key)
    if case is None or case.revision is None:
        raise ValueError(key)
    document = dict(case.revision.document)
    document["title"] = {"nb": f"Endret: {case.title}"[:300]}
    changed = queries.read_case(document)
    operations.publish_case(case_file=changed, origin=Origin.FILE, at=datetime.now(UTC))


def _follow_one(key: str, others: dict[str, Any]) -> dict[str, float]:
    """Return milliseconds per index, from the change being stored to its being found."""
    import peers
    from ringvirkning.catalogue import queries
    from ringvirkning.search.index import index

    began = time.perf_counter()
    engine = index.engine()
    took = {OURS: (time.perf_counter() - began) * 1000}
    if engine is None or engine.change != queries.last_change():
        raise RuntimeError("The index did not follow.")
    for name, peer in others.items():
        began = time.perf_counter()
        peer.replace(peers.row_of(queries.cases_by_id([key])[key]))
        took[name] = (time.perf_counter() - began) * 1000
    return took


def _told(told: dict[str, dict[str, Figures]], options: Options) -> Figures:
    measures = ("build_s", "disk_mb", "follow_ms", "peak_mb")
    return {
        "figures": {library: {OURS: by[OURS]} for library, by in told.items()},
        "peers": {library: {name: by[name] for name in PEERS} for library, by in told.items()},
        "ratios": {
            library: {
                f"{OURS} / {peer}": {what: ratio(by[OURS][what], by[peer][what]) for what in measures} for peer in PEERS
            }
            for library, by in told.items()
        },
        "settings": {"rounds": options.rounds, "made_cases": options.cases, "words_a_made_case": options.words},
        "notes": [
            "build_s is reading the cases from the tables, reading their text, and writing the index; ours also finds "
            "concepts, parts of compounds and nynorsk. whole_s adds loading the word lists. One process, one writer.",
            "The seed library's figures are medians over the rounds; the made cases are built once (n = 1): "
            "more would take too long.",
            "disk_mb is the index alone (millions of bytes). SQLite FTS5's holds the texts and the facet table too.",
            "follow_ms is from a stored revision to an index that shows it: read the case, write, see; "
            f"median of {CHANGES} after one to warm up.",
            "peak_mb is the building process's highest resident memory (MiB), Django included.",
            "The made cases are whole case files put into the tables in bulk; the index is built by the program's own "
            "rebuild. They are shorter than seed cases (about 190 words).",
        ],
    }
