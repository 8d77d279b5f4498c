"""Memory: what the server's processes hold at rest after start and after 200 requests, beside the hello page's."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import servers
from harness import Figures, Options, fresh_folder, medians, ratio, say, set_up
from pages import SEARCH, middle_case

REST = 2.0  # seconds
Start = Callable[[Path], AbstractContextManager[servers.Server]]


def run(options: Options) -> Figures:
    """Start each server in turn, alone, round after round: shared pages would else be split between the two."""
    if not Path("/proc/self/smaps_rollup").exists():
        raise RuntimeError("This benchmark reads /proc/*/smaps_rollup, which this system does not have.")
    requests = 20 if options.quick else 200
    wanted = ["/biblioteket/", SEARCH, f"/biblioteket/{middle_case()}/"]
    plans: dict[str, tuple[Start, list[str]]] = {
        "Ringvirkning": (servers.ringvirkning, wanted),
        "bare Django": (servers.hello, ["/"]),
    }
    rounds: dict[str, list[dict[str, Any]]] = {name: [] for name in plans}
    with fresh_folder() as home:
        say("Setting up a home with the seed library …")
        set_up(home)
        for number in range(options.rounds):
            for name in list(plans)[:: 1 if number % 2 == 0 else -1]:
                say(f"Round {number + 1} of {options.rounds}: {name}")
                start, paths = plans[name]
                rounds[name].append(_measure(home, start, paths, requests))
    return _told({name: medians(measured) for name, measured in rounds.items()}, options.rounds, requests)


def _measure(home: Path, start: Start, paths: list[str], requests: int) -> dict[str, float]:
    with start(home) as server:
        time.sleep(REST)
        family = _family(server.pid)
        before, own_before = _pss_mb(family)
        errors = sum(servers.status_of(server.port, paths[n % len(paths)]) != 200 for n in range(requests))
        time.sleep(REST)
        after, own_after = _pss_mb(_family(server.pid))
    return {
        "processes": len(family),
        "start_mb": before,
        "start_own_mb": own_before,
        "after_mb": after,
        "after_own_mb": own_after,
        "errors": errors,
    }


def _family(pid: int) -> list[int]:
    """Return a process and everything it has started."""
    parents: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(path.parent.name)] = int(path.read_text().rsplit(")", 1)[1].split()[1])
        except OSError:  # ended while we looked
            continue
    family = [pid]
    for one in family:
        family += [child for child, parent in parents.items() if parent == one]
    return family


def _pss_mb(pids: list[int]) -> tuple[float, float]:
    """Return the memory of some processes, shared pages divided by how many share them, and what is theirs alone."""
    shared = own = 0
    for pid in pids:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            name, _, rest = line.partition(":")
            if name == "Pss":
                shared += int(rest.split()[0])
            elif name in {"Private_Clean", "Private_Dirty"}:
                own += int(rest.split()[0])
    return round(shared / 1024, 1), round(own / 1024, 1)


def _told(measured: dict[str, Figures], rounds: int, requests: int) -> Figures:
    ours, bare = measured["Ringvirkning"], measured["bare Django"]
    return {
        "figures": {"Ringvirkning": ours},
        "peers": {"bare Django": bare},
        "ratios": {
            "Ringvirkning to bare Django": {
                "start_mb": ratio(ours["start_mb"], bare["start_mb"]),
                "after_mb": ratio(ours["after_mb"], bare["after_mb"]),
            }
        },
        "settings": {"rounds": rounds, "requests": requests},
        "notes": [
            "start_mb and after_mb are the sum of PSS over all the server's processes (MiB), the main one included. "
            "own is what would be freed if it ended. Other Python programs on the machine share pages and lower PSS.",
            f"Ringvirkning's {requests} requests are the library, a search and a case in turn, each on a new "
            "connection; errors are answers that were not 200.",
        ],
    }
