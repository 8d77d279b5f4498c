"""The page about refused notices says what the program does, file by file."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from ringvirkning.sources.notices import oddities, parsing
from ringvirkning.sources.notices.containers import Item, Limits, open_paths
from ringvirkning.sources.notices.opening import words
from ringvirkning.sources.notices.read import Unreadable, read_document
from ringvirkning.sources.notices.record import Notice

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "reference" / "avviste-kunngjoringer.md").read_text(encoding="utf-8")
NOTICES = ROOT.parent / "shared" / "data" / "notices"
needs_notices = pytest.mark.skipif(not NOTICES.is_dir(), reason="the real notices of ../shared/data are not here")


def rows(heading: str) -> list[list[str]]:
    """Return the cells of the table under a heading."""
    part = re.split(r"^#{2,3} ", PAGE.split(f"# {heading}\n", 1)[1], flags=re.MULTILINE)[0]
    lines = [line for line in part.splitlines() if line.startswith("|")][2:]
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines]


def table(heading: str) -> dict[str, str]:
    return {first: second for first, second, *_ in rows(heading)}


@cache
def everything() -> list[tuple[str, list[Notice], str]]:
    """Return name, what was read and why it was refused, of everything in the folder of real notices."""
    found = []
    for one in open_paths([NOTICES]):
        name = one.name.removeprefix("notices/")
        assert isinstance(one, Item), name
        try:
            found.append((name, read_document(one.data, file=name), ""))
        except Unreadable as refused:
            found.append((name, [], refused.code))
    return found


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("Når innholdet ikke kan leses", oddities.REFUSALS),
        ("Når noe ikke kan åpnes", words.REFUSALS),
        ("Når noe utelates", words.SKIPPED),
    ],
)
def test_every_reason_is_on_the_page_and_no_other(heading: str, code: dict[str, str]) -> None:
    assert table(heading) == code


def test_the_limits_are_those_of_the_program() -> None:
    limits = Limits()
    assert list(table("Grenser").values()) == [
        f"{limits.item // 10**6} MB",
        f"{parsing.MOST_BYTES // 10**6} MB",
        f"{limits.total // 10**9} GB",
        str(limits.members),
        str(limits.listed),
        f"{limits.ratio} ganger",
        str(limits.nested),
    ]


@needs_notices
def test_the_counts_are_those_of_the_folder() -> None:
    counts: Counter[tuple[str, str]] = Counter()
    for name, notices, code in everything():
        place = name.split("/")[0]
        counts[place, "files"] += 1
        counts[place, "notices"] += len(notices)
        counts[place, "refused"] += bool(code)
    places = sorted({place for place, _ in counts})
    expected = [[place, *(str(counts[place, what]) for what in ("files", "notices", "refused"))] for place in places]
    assert rows("De ekte filene") == expected


@needs_notices
def test_every_refused_file_is_justified_and_no_other() -> None:
    told = rows("Avvist, én for én")
    assert [row[:2] for row in told] == [[name, code] for name, _, code in everything() if code]
    assert [row[0] for row in told if len(row[2]) < len("Som over.")] == []


@needs_notices
def test_every_invalid_example_that_is_read_is_told_of() -> None:
    told = {row[0]: re.findall(r"[a-z]+(?:-[a-z]+)*", row[1]) for row in rows("Lest, enda de heter INVALID")}
    found = {
        name: sorted({one.code for one in notices[0].oddities}) or ["ingen"]
        for name, notices, _ in everything()
        if "INVALID" in name and notices
    }
    assert told == found


@needs_notices
def test_everything_else_is_read() -> None:
    assert sum(not code for _, _, code in everything()) == len(everything()) - len(rows("Avvist, én for én"))
    assert all(len(notices) == 1 for name, notices, code in everything() if name.endswith(".xml") and not code)
