"""Loading: made notices from one package into tables, conclusions and search index, by the program's own ``load``.

Beside it the least one can do with the same bytes: lxml's parse, one row and one FTS5 row a notice, in one process.
"""

import json
import sqlite3
import tarfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from family import Family
from harness import (
    Figures,
    Options,
    folder_mb,
    fresh_folder,
    in_child,
    peak_memory_mb,
    ratio,
    say,
    set_up,
    starting,
    tidy,
)

OURS, PEER = "Ringvirkning", "sqlite3: lxml's parse, a row and an FTS5 row"
AT_ONCE = 500  # notices in a commit, as ours
DATABASE = "ringvirkning.sqlite3"
LOAD = ("-m", "ringvirkning.cli.main", "load")


def run(options: Options) -> Figures:
    """Load one package into a home that has the seed library, and then into the peer."""
    with fresh_folder() as folder:
        home, package = folder / "home", folder / "made.tar.gz"
        home.mkdir()
        say("Setting up a home with the seed library …")
        set_up(home)
        say(f"Making {options.cases} notices …")
        in_child(home, "made_xml", "pack", path=str(package), first=0, count=options.cases)
        say("Loading …")
        ours = {**_load(home, package, options.cases), **_sizes(home)}
        held = in_child(home, "loading", "held")
        say("The peer …")
        peer = in_child(home, "loading", "peer", path=str(package), place=str(folder / "peer.sqlite3"))
        size = package.stat().st_size / 1e6
    if held["behind"] or not held["notices"] or held["readings"] != held["notices"]:
        raise RuntimeError(f"The load has not done all of its work: {held}")
    return _told(ours, peer, held, size, options)


def _load(home: Path, package: Path, count: int) -> Figures:
    """Load in a family of processes of its own that is watched all the time; return what it took."""
    began = time.perf_counter()
    with starting(home, (*LOAD, str(package), "--json")) as child, Family(child.pid) as family:
        said, complaint = child.communicate()
        wall = time.perf_counter() - began
    if child.returncode:
        raise RuntimeError(f"load failed:\n{complaint[-3000:]}")
    told = json.loads(said)
    if told["files"] != count or told["refused"]:
        raise RuntimeError(f"not all of it was loaded: {told}")
    return {**_pace(count, wall, family.cpu()), **family.told()}


def _pace(count: int, wall: float, cpu: float) -> Figures:
    return {
        "files_a_second": tidy(count / wall),
        "wall_s": tidy(wall),
        "cpu_s": tidy(cpu),
        "cpu_ms_a_file": tidy(cpu / count * 1000),
    }


def _sizes(home: Path) -> Figures:
    return {
        "database_mb": tidy(sum(one.stat().st_size for one in home.glob(f"{DATABASE}*")) / 1e6),
        "index_mb": folder_mb(home / "index-notices"),
        "bytes_kept_mb": folder_mb(home / "raw"),
    }


def held() -> Figures:
    """Return what tables and index hold after a load. Called in a child."""
    from ringvirkning.analysis.models import CaseLink, InnovationReading
    from ringvirkning.catalogue.notices.models import Notice, NoticeVersion
    from ringvirkning.catalogue.queries import last_change
    from ringvirkning.search.notices.index import notices_index

    build = notices_index.builds.current()
    engine = notices_index.builds.open(build) if build else None
    return {
        "notices": Notice.objects.count(),
        "versions": NoticeVersion.objects.count(),
        "readings": InnovationReading.objects.count(),
        "case_links": CaseLink.objects.count(),
        "documents": engine.size if engine else 0,
        "behind": last_change() - engine.change if engine else None,
    }


def peer(path: str, place: str) -> Figures:
    """Do the least one can, in this process. Called in a child."""
    began, worked, count = time.perf_counter(), time.process_time(), 0
    database = sqlite3.connect(place, isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE notice (id INTEGER PRIMARY KEY, name TEXT, title TEXT, data BLOB)")
    database.execute("CREATE VIRTUAL TABLE words USING fts5(text, content='')")
    for rows in _portions(path):
        database.execute("BEGIN")
        database.executemany("INSERT INTO notice VALUES (?, ?, ?, ?)", [(*row[:3], row[4]) for row in rows])
        database.executemany("INSERT INTO words (rowid, text) VALUES (?, ?)", [(row[0], row[3]) for row in rows])
        database.execute("COMMIT")
        count += len(rows)
    database.close()
    pace = _pace(count, time.perf_counter() - began, time.process_time() - worked)
    return {**pace, "peak_mb": peak_memory_mb(), "database_mb": tidy(Path(place).stat().st_size / 1e6)}


def _portions(path: str) -> Iterator[list[tuple[Any, ...]]]:
    rows = []
    for number, (name, data) in enumerate(_members(path), 1):
        tree = etree.fromstring(data)
        texts = [one.text for one in tree.iter("{*}Name", "{*}Description") if one.text]
        rows.append((number, name, texts[0], "\n".join(texts), data))
        if len(rows) == AT_ONCE:
            yield rows
            rows = []
    yield rows


def _members(path: str) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(path, "r|gz") as package:
        for member in package:
            handle = package.extractfile(member)
            if handle:
                yield member.name, handle.read()
            package.members = []  # else it remembers every member


def _told(ours: Figures, peer: Figures, held: Figures, package_mb: float, options: Options) -> Figures:
    measures = ("wall_s", "cpu_s", "database_mb")
    whole, each = {k: v for k, v in ours.items() if k != "processes"}, ours["processes"]
    return {
        "figures": {OURS: whole, "its processes": each, "held afterwards": held},
        "peers": {PEER: peer},
        "ratios": {f"{OURS} / {PEER}": {name: ratio(ours[name], peer[name]) for name in measures}},
        "settings": {"made_notices": options.cases, "package_mb": tidy(package_mb), "files_in_a_commit": AT_ONCE},
        "notes": [
            "One load (n = 1) of one package by `ringvirkning load`, with its own defaults, into a home with the seed "
            "library. Wall time is the whole command: from its start until tables and index hold everything and it "
            "has ended.",
            "A made notice is about 13 kB of eForms with 1 to 3 lots and 138 words (the real ones here have 102); one "
            "file in twenty is another version of a notice, one in twenty corrects one, and two of three share a "
            "procurement.",
            "peak_mb of a process is Linux's own highest resident memory (VmHWM, MiB). sum_peak_mb is the highest sum "
            "of all processes at one instant, sampled; pages of files (the index, libraries) are in it, and what "
            "processes share is counted once for each. sum_own_peak_mb leaves pages of files out.",
            "cpu_s is what all processes have used, as of the last sample before each ended.",
            "The peer reads the same package in one process and commits as often, as safely. It keeps the XML in the "
            "table and indexes names and descriptions without stems. It does not read codes, dates, values or parties, "
            "take persons out, know a version or a twin, find lives, match organisations, look for innovation or "
            "cases, count facets, keep bytes outside the database, pass over what is known, or note changes.",
        ],
    }
