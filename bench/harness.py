"""What every benchmark needs: fresh homes, child processes, medians, and a description of the machine."""

import json
import math
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

BENCH = Path(__file__).resolve().parent
Figures = dict[str, Any]


@dataclass(frozen=True)
class Options:
    """How much to run. ``quick`` only shows that a benchmark works: its figures mean nothing."""

    quick: bool = False
    rounds: int = 3
    cases: int = 100_000
    words: int = 80


def say(text: str) -> None:
    """Tell how far we have come, on standard error."""
    print(text, file=sys.stderr, flush=True)


def environment(home: Path) -> dict[str, str]:
    """Return the surroundings of a child: this home, SQLite, and no setting left over from whoever runs us."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("RINGVIRKNING_", "DJANGO_"))}
    kept.pop("DATABASE_URL", None)
    paths = [str(BENCH), str(BENCH.parent / "src"), kept.get("PYTHONPATH", "")]
    return {**kept, "RINGVIRKNING_HOME": str(home), "PYTHONPATH": os.pathsep.join(filter(None, paths))}


@contextmanager
def fresh_folder() -> Iterator[Path]:
    """Lend a new folder and take it away afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="ringvirkning-bench-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def set_up(home: Path) -> None:
    """Make a home with the seed library, as an operator does."""
    run_program(home, ["-m", "ringvirkning.cli.main", "setup"])


_children: "set[subprocess.Popen[str]]" = set()


@contextmanager
def starting(home: Path, arguments: Sequence[str]) -> "Iterator[subprocess.Popen[str]]":
    """Start Python in a home; it is killed if we are stopped before it has ended."""
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, *arguments], env=environment(home), stdin=pipe, stdout=pipe, stderr=pipe, text=True
    ) as child:
        _children.add(child)
        try:
            yield child
        except BaseException:
            child.kill()
            raise
        finally:
            _children.discard(child)


def run_program(home: Path, arguments: Sequence[str], given: str = "") -> str:
    """Run Python in a home and return what it said."""
    with starting(home, arguments) as child:
        said, complaint = child.communicate(given)
    if child.returncode:
        raise RuntimeError(f"{' '.join(arguments[:3])} failed:\n{complaint[-3000:]}")
    return said


def end_children() -> None:
    """End every process that ``run_program`` waits for, in whichever thread."""
    for child in list(_children):
        child.kill()


def in_child(home: Path, module: str, function: str, **given: object) -> Any:
    """Call a function of a bench module in a process of its own, with Django set up in ``home``."""
    said = run_program(home, [str(BENCH / "child.py"), module, function], json.dumps(given))
    return json.loads(said)


def peak_memory_mb() -> float:
    """Return this process's peak resident memory.

    Linux's own peak is asked first: ``getrusage`` also remembers the process that started this one.
    """
    try:
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return round(int(line.split()[1]) / 1024, 1)
    except OSError:
        pass
    import resource

    unit = 1024**2 if sys.platform == "darwin" else 1024
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit, 1)


def folder_mb(folder: Path) -> float:
    """Return what the files of a folder take, in millions of bytes."""
    return round(sum(one.stat().st_size for one in folder.rglob("*") if one.is_file()) / 1e6, 2)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least ``share`` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def medians(rounds: Iterable[dict[str, Any]]) -> Figures:
    """Return each figure's median over the rounds; counts of requests and errors are added up."""
    listed = list(rounds)
    return {name: _over_rounds(name, [one[name] for one in listed]) for name in listed[0]}


def _over_rounds(name: str, values: list[Any]) -> Any:
    if name in {"n", "errors"}:
        return sum(values)
    known = [value for value in values if value is not None]
    return tidy(statistics.median(known)) if known else None


def tidy(number: float) -> float:
    """Return a number with the digits worth reading."""
    if number == 0 or not math.isfinite(number):
        return number
    return round(number, max(0, 3 - math.ceil(math.log10(abs(number)))))


def ratio(ours: float | None, theirs: float | None) -> float | None:
    """Return ours divided by theirs; None when there is nothing to compare."""
    return tidy(ours / theirs) if ours is not None and theirs else None


def machine() -> Figures:
    """Describe the machine, and how busy it was when we began: numbers from a busy machine are worth little."""
    names = ("django", "granian", "tantivy")
    return {
        "cpu": _cpu(),
        "cores": os.cpu_count(),
        "load_at_start": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "sqlite": __import__("sqlite3").sqlite_version,
        **{name: version(name) for name in names},
    }


def _cpu() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()
