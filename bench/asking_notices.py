"""The children of ``notices_search``: they make notices, build our index of them, and ask ours and the peers'.

The notices are made: so many distinct texts, each put together with the facets of others until there are enough. Words
are as common among three million as among the distinct ones, so an engine has the work it would have with real ones.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

import made_notices
import notice_peers
from harness import Figures, folder_mb, medians, peak_memory_mb, percentile, tidy
from notices_search import ENGINE
from ringvirkning.catalogue.notices.packing import Packer, unpacked
from ringvirkning.search.engines import tantivy_engine
from ringvirkning.search.notices.because import reasons_for
from ringvirkning.search.notices.noticedoc import NOTICES, notice_document
from ringvirkning.search.notices.query import understand_anywhere, weigh
from ringvirkning.search.plan import Document, Plan
from ringvirkning.web.notices.filters import SHOWN

STRIDE = 7919  # a prime: neighbours in the list get facets from far apart
SIZES = {"1–4 words": (1, 4), "10 words": (10, 10), "15–40 words": (15, 40), "200 words": (200, 200)}
HITS = 20
WARM_UP = 5
BUDGET = 40.0  # seconds a round for one engine
WITH_REASONS = f"{ENGINE} with reasons"
Measured = dict[str, dict[str, Figures]]  # by who is asked and the size of the need
Asker = Callable[[str], tuple[int, float]]  # a need in; how many match, and the seconds it took


def documents(count: int, distinct: int) -> Iterator[Document]:
    """Yield so many documents made of so many distinct texts and sets of facets."""
    texts = [_document(number) for number in range(min(count, distinct))]
    for number in range(count):
        text = texts[number % len(texts)]
        other = texts[(number * STRIDE + number // len(texts)) % len(texts)]
        yield replace(text, key=_key(number), facets=other.facets, ranks=other.ranks)


def _document(number: int) -> Document:
    made = made_notices.made_notice(number)
    document = notice_document(made.notice, made.record, made.parties, made.innovation)
    # Words are held as one text each: three hundred thousand lists of them would fill the memory.
    return replace(document, terms={part: [" ".join(terms)] for part, terms in document.terms.items()})


def _key(number: int) -> str:
    return f"notice/laget-{number}"


def _number(key: str) -> int:
    return int(key.rsplit("-", 1)[1])


def build_ours(folder: str, count: int, distinct: int) -> Figures:
    """Build our own index in a folder. Called in a child."""
    began = time.perf_counter()
    place = Path(folder)
    place.mkdir(parents=True)
    tantivy_engine.build(place, NOTICES, documents(count, distinct), 1)
    return {"build_s": tidy(time.perf_counter() - began), "disk_mb": folder_mb(place), "peak_mb": peak_memory_mb()}


def measure(folder: str, count: int, distinct: int, rounds: int, each: int, sizes: list[str]) -> Measured:
    """Return what we took, by who and size of need: the engine alone, and with reasons. Called in a child."""
    ours = Ours(tantivy_engine.TantivyEngine(Path(folder), NOTICES), min(count, distinct))
    return measured({ENGINE: timed(ours.find), WITH_REASONS: ours.with_reasons}, rounds, each, sizes)


def measure_peers(folder: str, rounds: int, each: int, sizes: list[str]) -> Measured:
    """Return what the peers took, by who and size of need. Called in a child."""
    peers = {name: peer for name, peer in notice_peers.available(Path(folder)).items() if not isinstance(peer, str)}
    for peer in peers.values():
        peer.open()
    try:
        return measured({name: timed(peer.find) for name, peer in peers.items()}, rounds, each, sizes)
    finally:
        for peer in peers.values():
            peer.close()


def timed(find: Callable[[str], int]) -> Asker:
    """Return an asker that measures the whole call."""

    def ask(need: str) -> tuple[int, float]:
        began = time.perf_counter()
        return find(need), time.perf_counter() - began

    return ask


class Ours:
    """Asks as a page does: the need is read and weighed, the best found, and all facets of the page counted."""

    def __init__(self, engine: Any, distinct: int) -> None:
        self.engine, self.distinct = engine, distinct

    def find(self, need: str) -> int:
        """Find the best and count facets; return how many match."""
        return self._ask(need)[1].total

    def with_reasons(self, need: str) -> tuple[int, float]:
        """Do the same, unpack the records and find the reasons. What a database would take to fetch them is not in."""
        began = time.perf_counter()
        understood, found = self._ask(need)
        took = time.perf_counter() - began
        packer = Packer()
        held = [packer(made_notices.made_notice(_number(key) % self.distinct).record) for key, _ in found.hits]
        began = time.perf_counter()
        for one in held:
            reasons_for(unpacked(one.data), understood, "nb")
        return found.total, took + time.perf_counter() - began

    def _ask(self, need: str) -> tuple[Any, Any]:

        understood = understand_anywhere(need)
        terms = weigh(understood, self.engine.shares)
        return understood, self.engine.find(Plan(terms, NOTICES.kinds, limit=HITS, counted=SHOWN))


def measured(askers: dict[str, Asker], rounds: int, each: int, sizes: list[str]) -> Measured:
    """Ask everyone the same needs, one engine after another within a round, another one first in each round."""
    told: dict[str, dict[str, Figures]] = {name: {} for name in askers}
    for size in sizes:
        least, most = SIZES[size]
        needs = list(made_notices.needs(least, most, WARM_UP + rounds * each))
        for ask in askers.values():
            for need in needs[:WARM_UP]:
                ask(need)
        took: dict[str, list[Figures]] = {name: [] for name in askers}
        for number in range(rounds):
            part = needs[WARM_UP + number * each :][:each]
            turn = number % len(askers)
            for name in [*list(askers)[turn:], *list(askers)[:turn]]:
                took[name].append(_round(askers[name], part))
        for name in askers:
            told[name][size] = medians(took[name])
    return told


def _round(ask: Asker, needs: list[str]) -> Figures:
    """Ask each need, until the needs or the time are used up."""
    took, found = [], []
    until = time.perf_counter() + BUDGET
    for need in needs:
        total, seconds = ask(need)
        took.append(seconds * 1000)
        found.append(total)
        if time.perf_counter() > until:
            break
    return {
        "n": len(took),
        "p50_ms": tidy(percentile(took, 0.5)),
        "p95_ms": tidy(percentile(took, 0.95)),
        "found": round(median(found)),
    }
