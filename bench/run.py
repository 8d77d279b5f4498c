"""Run a benchmark and tell what it gave: ``python bench/run.py NAME [--json] [--quick]``; without a name, list them."""

import argparse
import importlib
import json
import signal
import sys
import time
from typing import Any

from harness import Figures, Options, end_children, machine, say

BENCHMARKS = {
    "reading": "real notices read into records on one core, beside lxml's bare parse of the same bytes",
    "loading": "made notices from a package into tables and index by `load`, beside a bare parse, row and FTS5 row",
    "notices_search": "needs of 15–40 words among three million made notices, beside five engines over a tenth of them",
    "known_item": "does a real notice's title find that notice, when titles are not searched; beside the same engines",
    "needs": "whole answers to needs of 10 and 200 words among three million notices, beside engines that only find",
    "pages": "latency and requests per second with 20 readers: library, search, case, beside a bare Django page",
    "search": "query latency over the seed library and 100,000 made cases, beside SQLite FTS5 and plain tantivy",
    "index": "time to build and to follow one change, size on disk and peak memory, beside the same peers",
    "memory": "resident memory of the server at rest and after 200 requests, beside a bare Django page",
}
USUALLY_MADE, QUICK = 100_000, 1_000  # cases or notices
MADE = {"notices_search": 3_000_000, "needs": 3_000_000}
LIMIT = 1500  # seconds for 100,000 of whatever is made; more have more
BUSY = 1.0  # load average above which other work disturbs


def main() -> None:
    """Do as the command line says."""
    options = _options()
    if not options.name:
        print("\n".join(f"{name:<8} {told}" for name, told in BENCHMARKS.items()))
        return
    made = options.cases or (QUICK if options.quick else MADE.get(options.name, USUALLY_MADE))
    _end_in_time(round(LIMIT * max(1.0, made / USUALLY_MADE)))
    told = measure(
        options.name,
        Options(
            quick=options.quick,
            rounds=options.rounds or (1 if options.quick else 3),
            cases=made,
            words=options.words,
        ),
    )
    print(json.dumps(told, ensure_ascii=False, indent=2) if options.json else as_text(told))


def measure(name: str, options: Options) -> Figures:
    """Run one benchmark and return its figures with the machine they were measured on."""
    described, began = machine(), time.monotonic()
    told: Figures = importlib.import_module(name).run(options)
    return {
        "benchmark": name,
        **told,
        "notes": [*_warnings(options, described), *told["notes"]],
        "machine": described,
        "seconds": round(time.monotonic() - began),
    }


def _warnings(options: Options, described: Figures) -> list[str]:
    found = []
    if options.quick:
        found.append("QUICK RUN: it shows that the benchmark works; the figures mean nothing.")
    if (described["load_at_start"] or 0) > BUSY:
        found.append(f"BUSY MACHINE: the load was {described['load_at_start']} before we began; do not trust this run.")
    return found


def as_text(told: Figures) -> str:
    """Return the figures as plain text tables."""
    parts = [f"{told['benchmark']}: {BENCHMARKS[told['benchmark']]}"]
    for part in ("figures", "peers", "ratios"):
        parts += [f"\n{part.upper()}", *_tables(told[part])]
    parts += ["", *(f"SKIPPED {name}: {why}" for name, why in told.get("skipped", {}).items())]
    parts += [f"- {note}" for note in told["notes"]]
    parts.append("Settings: " + _pairs(told["settings"]))
    parts.append("Machine: " + _pairs(told["machine"]) + f". The run took {told['seconds']} s.")
    return "\n".join(parts)


def _pairs(values: Figures) -> str:
    return ", ".join(f"{name} {value}" for name, value in values.items())


def _tables(tree: Figures) -> list[str]:
    """Return one table for each set of columns among the leaves of a tree."""
    tables: dict[tuple[str, ...], list[list[str]]] = {}
    for path, leaf in _leaves(tree, ()):
        row = [" · ".join(path), *("–" if value is None else str(value) for value in leaf.values())]
        tables.setdefault(tuple(leaf), []).append(row)
    return [_table(["", *heads], rows) for heads, rows in tables.items()]


def _leaves(tree: Figures, path: tuple[str, ...]) -> list[tuple[tuple[str, ...], Figures]]:
    if not any(isinstance(value, dict) for value in tree.values()):
        return [(path, tree)]
    return [leaf for name, value in tree.items() for leaf in _leaves(value, (*path, name))]


def _table(heads: list[str], rows: list[list[str]]) -> str:
    from ringvirkning.cli.show import table

    return table(heads, rows)


def _options() -> argparse.Namespace:
    listed = "\n".join(f"  {name:<8} {told}" for name, told in BENCHMARKS.items())
    parser = argparse.ArgumentParser(
        prog="script/bench",
        description="Measures Ringvirkning beside its peers in the same run. Only this machine is loaded.",
        epilog=f"benchmarks:\n{listed}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("name", nargs="?", choices=list(BENCHMARKS), metavar="NAME", help="which benchmark to run")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--quick", action="store_true", help="see that it works, in seconds; the figures mean nothing")
    parser.add_argument("--rounds", type=int, help="rounds to take the median of (3)")
    parser.add_argument(
        "--cases", type=int, help="how many cases or notices are made (100000; 3000000 in notices_search and needs)"
    )
    parser.add_argument("--words", type=int, default=80, help="words in a made case, about (80)")
    return parser.parse_args()


def _end_in_time(limit: int) -> None:
    """End at the limit or when asked to, by way of every ``finally``: servers stop, folders go."""

    def stop(number: int, frame: Any) -> None:
        say(f"Stopped: more than {limit} seconds." if number == signal.SIGALRM else "Stopped.")
        end_children()
        sys.exit(1)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGALRM, stop)
    signal.alarm(limit)


if __name__ == "__main__":
    main()
