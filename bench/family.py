"""Watching a process and everything it starts: processor time and memory, from Linux's /proc."""

import os
import threading
from dataclasses import dataclass, field
from pathlib import Path

from harness import Figures, tidy

EVERY = 0.1  # seconds
PROC = Path("/proc")


@dataclass
class Seen:
    """What was seen of one process, the last and the highest. Memory in MiB, time in seconds."""

    name: str
    cpu_s: float = 0.0
    peak_mb: float = 0.0


@dataclass
class Family:
    """Samples a family for as long as it is entered."""

    root: int
    seen: dict[int, Seen] = field(default_factory=dict)
    sum_peak_mb: float = 0.0
    sum_own_peak_mb: float = 0.0

    def __enter__(self) -> "Family":
        if not (PROC / "self/status").exists():
            raise RuntimeError("This benchmark reads /proc, which this system does not have.")
        self._enough = threading.Event()
        self._watching = threading.Thread(target=self._watch, daemon=True)
        self._watching.start()
        return self

    def __exit__(self, *given: object) -> None:
        self._enough.set()
        self._watching.join()

    def cpu(self) -> float:
        """Return what all of them have used."""
        return sum(one.cpu_s for one in self.seen.values())

    def told(self) -> Figures:
        """Return the sums, and each process by its name."""
        each = {one.name: {"cpu_s": tidy(one.cpu_s), "peak_mb": tidy(one.peak_mb)} for one in self.seen.values()}
        sums = {"sum_peak_mb": tidy(self.sum_peak_mb), "sum_own_peak_mb": tidy(self.sum_own_peak_mb)}
        return {**sums, "processes": each}

    def _watch(self) -> None:
        while not self._enough.wait(EVERY):
            now = [sizes for pid in family_of(self.root) if (sizes := self._look_at(pid))]
            self.sum_peak_mb = max(self.sum_peak_mb, sum(whole for whole, _ in now))
            self.sum_own_peak_mb = max(self.sum_own_peak_mb, sum(own for _, own in now))

    def _look_at(self, pid: int) -> tuple[float, float] | None:
        """Note what a process has used; return what it holds now, with and without pages of files."""
        try:
            said = dict(line.split(":", 1) for line in (PROC / f"{pid}/status").read_text().splitlines())
            used = (PROC / f"{pid}/stat").read_text().rpartition(")")[2].split()
            one = self.seen.setdefault(pid, Seen(self._name(pid)))
            one.cpu_s = (int(used[11]) + int(used[12])) / os.sysconf("SC_CLK_TCK")
            one.peak_mb = max(one.peak_mb, _mb(said["VmHWM"]))
            return _mb(said["VmRSS"]), _mb(said["RssAnon"]) + _mb(said["RssShmem"])
        except (OSError, KeyError):  # it has just ended
            return None

    def _name(self, pid: int) -> str:
        """Return what a process is, as far as can be seen from outside: Python's helpers are numbered as they start."""
        if pid == self.root:
            return "the first"
        told = (PROC / f"{pid}/cmdline").read_text()
        return "Python's tracker" if "resource_tracker" in told else f"beside, {len(self.seen)}"


def _mb(said: str) -> float:
    return int(said.split(maxsplit=1)[0]) / 1024


def family_of(pid: int) -> list[int]:
    """Return a process and everything it has started."""
    try:
        children = [int(one) for path in PROC.glob(f"{pid}/task/*/children") for one in path.read_text().split()]
    except OSError:
        children = []
    return [pid, *(one for child in children for one in family_of(child))]
