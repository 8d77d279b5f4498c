"""Reading: how many real notices a second one core turns into records, beside lxml that only parses the same bytes."""

import gc
import time
from collections.abc import Callable
from typing import Any

from lxml import etree

from harness import BENCH, Figures, Options, medians, peak_memory_mb, ratio, say, tidy

OURS, PEER = "Ringvirkning", "lxml, bare parse"
NOTICES = BENCH.parents[1] / "shared" / "data" / "notices"
SETS = {"eForms (Doffin and TED)": ("doffin", "ted"), "TED_EXPORT": ("ted_export_2016_2022",)}
TOGETHER = "All together"
PASSES = 5  # over all files in a round
MEGABYTE = 1_000_000
Files = list[tuple[str, bytes]]


def run(options: Options) -> Figures:
    """Read every set of real notices there is."""
    sets = {name: _files(folders) for name, folders in SETS.items()}
    sets[TOGETHER] = [file for files in sets.values() for file in files]
    told = {name: _measure(files, options) for name, files in sets.items() if files}
    return {
        "figures": {name: {OURS: by[OURS]} for name, by in told.items()},
        "peers": {name: {PEER: by[PEER]} for name, by in told.items()},
        "ratios": {
            name: {f"{OURS} / {PEER}": {"time": ratio(by[OURS]["us_a_notice"], by[PEER]["us_a_notice"])}}
            for name, by in told.items()
        },
        "skipped": {name: f"there are no files in {NOTICES.name}/" for name, files in sets.items() if not files},
        "settings": {"rounds": options.rounds, "passes_a_round": 1 if options.quick else PASSES},
        "notes": [
            "Time is the processor's, of one process on one core: other work on the machine disturbs it less.",
            "Ours is read.read_document: bytes in, a whole record out. The peer builds a tree with lxml's own parser "
            "and throws it away: nobody who uses lxml can be quicker.",
            "Both take turns in every round, and go first in every other one; figures are medians over the rounds.",
            "Files are in memory before we begin; peak_mb is the highest resident memory of the process (MiB).",
        ],
    }


def _files(folders: tuple[str, ...]) -> Files:
    paths = sorted(path for folder in folders for path in (NOTICES / folder).glob("*.xml"))
    return [(path.name, path.read_bytes()) for path in paths]


def _measure(files: Files, options: Options) -> dict[str, Figures]:
    """Return who → figures. Everyone reads everything in turn."""
    from ringvirkning.sources.notices.read import read_document

    doers: dict[str, Callable[[str, bytes], Any]] = {
        OURS: lambda name, data: read_document(data, file=name),
        PEER: lambda name, data: etree.fromstring(data),
    }
    rounds: dict[str, list[Figures]] = {name: [] for name in doers}
    for do in doers.values():
        _pass(files, do)  # to warm up
    for number in range(options.rounds):
        say(f"Round {number + 1} of {options.rounds}: {len(files)} notices")
        for name in list(doers)[:: 1 if number % 2 else -1]:
            rounds[name].append(_round(files, doers[name], 1 if options.quick else PASSES))
    return {name: medians(figures) for name, figures in rounds.items()}


def _round(files: Files, do: Callable[[str, bytes], Any], passes: int) -> Figures:
    gc.collect()
    took = min(_pass(files, do) for _ in range(passes))  # the least disturbed pass
    size = sum(len(data) for _, data in files)
    return {
        "notices_a_second": tidy(len(files) / took),
        "us_a_notice": tidy(took / len(files) * 1e6),
        "mb_a_second": tidy(size / took / MEGABYTE),
        "peak_mb": peak_memory_mb(),
    }


def _pass(files: Files, do: Callable[[str, bytes], Any]) -> float:
    began = time.process_time()
    for name, data in files:
        do(name, data)
    return time.process_time() - began
