"""Pages: how fast the real server answers 20 readers, beside a bare Django page on the same server settings."""

import json
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import servers
from harness import BENCH, Figures, Options, fresh_folder, medians, ratio, run_program, say, set_up
from ringvirkning.sources.tables import data_folder

READERS = 20
SEARCH = "/biblioteket/?q=eldre+som+faller+hjemme"
HELLO = "hello"


def run(options: Options) -> Figures:
    """Measure the library, a search and a case page in turn with the hello page, round after round."""
    seconds = 0.5 if options.quick else 4.0
    with fresh_folder() as home, ExitStack() as stack:
        say("Setting up a home with the seed library …")
        set_up(home)
        real = stack.enter_context(servers.ringvirkning(home))
        bare = stack.enter_context(servers.hello(home))
        case = f"/biblioteket/{middle_case()}/"
        pages = {"library": "/biblioteket/", "search": SEARCH, "case": case}
        # The same pages with an address nobody has asked for before: these are made anew for each reader.
        pages |= {"library, new": "/biblioteket/?x={n}", "search, new": SEARCH + "&x={n}", "case, new": case + "?x={n}"}
        targets, skipped = _answering(real, pages)
        targets[HELLO] = (bare.port, "/")
        measured = _rounds(home, targets, options.rounds, seconds)
    return _told(measured, skipped, {"readers": READERS, "rounds": options.rounds, "seconds": seconds, "pages": pages})


def middle_case() -> str:
    """Return the seed case whose file is of middle size."""
    files = sorted((data_folder() / "cases").glob("*.json"), key=lambda path: (path.stat().st_size, path.name))
    return files[len(files) // 2].stem


def _answering(real: servers.Server, pages: dict[str, str]) -> tuple[dict[str, tuple[int, str]], dict[str, str]]:
    """Return the pages that answer, and why the others are left out. Health is measured when no page answers."""
    targets, skipped = {}, {}
    for name, path in pages.items():
        status = servers.status_of(real.port, path)
        if status == 200:
            targets[name] = (real.port, path)
        else:
            skipped[name] = f"{path} answers {status or 'not at all'}, so it is not measured"
            say(f"SKIPPED: {skipped[name]}")
    if not targets:
        targets["health"] = (real.port, "/helse/")
    return targets, skipped


def _rounds(
    home: Path, targets: dict[str, tuple[int, str]], rounds: int, seconds: float
) -> dict[str, list[dict[str, Any]]]:
    """Warm every page up, then measure them in turn; each round begins with another one."""
    names = list(targets)
    measured: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
    for name in names:
        _load(home, targets[name], READERS, seconds / 2)
    for number in range(rounds):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            say(f"Round {number + 1} of {rounds}: {name}")
            busy = _load(home, targets[name], READERS, seconds)
            alone = _load(home, targets[name], 1, seconds / 4)
            errors = busy["errors"] + alone["errors"]
            measured[name].append({**busy, "errors": errors, "alone_p50_ms": alone["p50_ms"]})
    return measured


def _load(home: Path, target: tuple[int, str], readers: int, seconds: float) -> dict[str, Any]:
    port, path = target
    said = run_program(home, [str(BENCH / "load.py"), str(port), path, str(readers), str(seconds)])
    told: dict[str, Any] = json.loads(said)
    return told


def _told(measured: dict[str, list[dict[str, Any]]], skipped: dict[str, str], settings: Figures) -> Figures:
    figures = {name: medians(rounds) for name, rounds in measured.items()}
    hello = figures.pop(HELLO)
    ratios = {
        name: {f"{what}_to_hello": ratio(one[what], hello[what]) for what in ("p50_ms", "p95_ms", "per_second")}
        for name, one in figures.items()
    }
    return {
        "figures": figures,
        "peers": {"bare Django": hello},
        "ratios": ratios,
        "skipped": skipped,
        "settings": settings,
        "notes": [
            "20 readers ask anew at once, so p50 and p95 are those of a fully busy server; alone_p50_ms is one reader.",
            "The load generator shares the machine's cores with the servers; generator_cpu is its share of one core.",
            "kb is the whole compressed answer with its headers. Bare Django has no middleware and does not compress.",
            "Pages are kept once made (web/kept_pages.py); the lines marked new are made for each request.",
            "The search asks for the same need each time, so the process's memory of word forms is warm.",
        ],
    }
