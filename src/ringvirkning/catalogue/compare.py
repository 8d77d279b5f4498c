"""What differs between two versions of a case, leaf by leaf. Pure: plain documents in, plain differences out.

Items of a list are matched by their ``id`` or by likeness, so that one put in at the top is one new item and not a
change of all that follow. Nothing differs exactly when the documents are equal.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

Path = tuple[str | int, ...]
ABSENT: Any = None
LIKE_ENOUGH = 0.4  # share of words in common; below it an item is another item, not the same one changed
MOST_WORDS = 4_000  # longer texts are shown whole: matching them word by word would take seconds
WORDS = re.compile(r"\s+|\w+|[^\w\s]")


class Kind(StrEnum):
    """What happened to a part."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True)
class Difference:
    """One leaf that differs.

    ``path`` is where it stands now. Only when the whole item it is in has gone does it say where it stood (``whole``).
    """

    path: Path
    label: str  # the path without numbers and languages: "figures.label"
    old: Any
    new: Any
    kind: Kind
    whole: bool = False  # the item it is in came or went with it


@dataclass(frozen=True)
class Piece:
    """A stretch of text: kept, put in or taken out."""

    kind: str  # "same", "added", "removed"
    text: str


def compare(old: dict[str, Any], new: dict[str, Any]) -> list[Difference]:
    """Return every leaf that differs, in the order of the new document, what is gone after what is there."""
    return list(_differences(old, new, ()))


def _differences(old: Any, new: Any, path: Path) -> Iterator[Difference]:
    if _same(old, new):
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in [*new, *(key for key in old if key not in new)]:
            yield from _differences(old.get(key), new.get(key), (*path, key))
    elif _items_of(old) is not None and _items_of(new) is not None:
        yield from _in_items(_items_of(old) or [], _items_of(new) or [], path)
    elif _branch(old) or _branch(new):
        yield from _differences_of_leaves(old, new, path)
    else:
        yield _difference(path, old, new)


def _same(old: Any, new: Any) -> bool:
    """Tell whether two values are one; ``True`` and 1 are equal in Python, and not in a document."""
    return old == new and isinstance(old, bool) == isinstance(new, bool)


def _is_items(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)


def _items_of(value: Any) -> list[dict[str, Any]] | None:
    """Return the items of a list of them; a list that is not there at all has none, and an empty one is a leaf."""
    return [] if value is ABSENT else value if value and _is_items(value) else None


def _branch(value: Any) -> bool:
    """Tell whether something has leaves below it. A list of plain values, such as themes, is one leaf."""
    return bool(value) and (isinstance(value, dict) or _is_items(value))


def _differences_of_leaves(old: Any, new: Any, path: Path) -> Iterator[Difference]:
    """Yield a whole branch that came or went, leaf by leaf. What changed shape is one gone and one come."""
    for leaf, value in _leaves(new, path):
        yield _difference(leaf, ABSENT, value)
    for leaf, value in _leaves(old, path):
        yield _difference(leaf, value, ABSENT)


def _leaves(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    if value is ABSENT:
        return
    if not _branch(value):
        yield path, value
        return
    for key, child in value.items() if isinstance(value, dict) else enumerate(value):
        yield from _leaves(child, (*path, key))


def _difference(path: Path, old: Any, new: Any) -> Difference:
    kind = Kind.ADDED if old is ABSENT else Kind.REMOVED if new is ABSENT else Kind.CHANGED
    return Difference(path, label_of(path), old, new, kind)


def label_of(path: Path) -> str:
    """Return the path as a name for the field: ``("figures", 2, "label", "nb")`` is "figures.label"."""
    words = [str(part) for part in path if not isinstance(part, int)]
    return ".".join(word for word in words if word not in LANGUAGES)


LANGUAGES = frozenset({"nb", "nn", "en", "se"})


def _in_items(old: list[dict[str, Any]], new: list[dict[str, Any]], path: Path) -> Iterator[Difference]:
    partner = matched(old, new)
    for number, item in enumerate(new):
        if number in partner:
            yield from _differences(old[partner[number]], item, (*path, number))
        else:
            yield from map(_of_whole, _differences_of_leaves(ABSENT, item, (*path, number)))
    for number, item in enumerate(old):
        if number not in partner.values():
            yield from map(_of_whole, _differences_of_leaves(item, ABSENT, (*path, number)))
    before = [partner[number] for number in sorted(partner)]
    if before != sorted(before):
        # Told as places in the old order, from 1: "2, 1, 3" says that the second now comes first.
        told = [sorted(before).index(one) + 1 for one in before]
        yield Difference(path, label_of(path), sorted(told), told, Kind.MOVED)


def _of_whole(one: Difference) -> Difference:
    return replace(one, whole=True)


def matched(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> dict[int, int]:
    """Return number in the new list → number in the old one for items that are the same, changed or not."""
    partner: dict[int, int] = {}
    for number, item in enumerate(new):
        same = (i for i, other in enumerate(old) if i not in partner.values() and _one_and_same(other, item))
        found = next(same, None)
        if found is not None:
            partner[number] = found
    for _, number, other in _likeness(old, new, partner):
        if number not in partner and other not in partner.values():
            partner[number] = other
    return partner


def _one_and_same(old: dict[str, Any], new: dict[str, Any]) -> bool:
    return old["id"] == new["id"] if "id" in old and "id" in new else _same(old, new)


def _likeness(
    old: list[dict[str, Any]], new: list[dict[str, Any]], partner: dict[int, int]
) -> list[tuple[float, int, int]]:
    """Return pairs of items that may be the same, the likest first; of equals those nearest in place."""
    before = {i: _words_of(one) for i, one in enumerate(old) if i not in partner.values() and "id" not in one}
    after = {i: _words_of(one) for i, one in enumerate(new) if i not in partner and "id" not in one}
    pairs = [(_in_common(before[j], after[i]), i, j) for i in after for j in before]
    likely = [pair for pair in pairs if pair[0] >= LIKE_ENOUGH]
    return sorted(likely, key=lambda pair: (-pair[0], abs(pair[1] - pair[2]), pair[1]))


def _words_of(item: dict[str, Any]) -> Counter[str]:
    leaves = [(path[-1], value) for path, value in _leaves(item, ()) if path and path[-1] != "sources"]
    return Counter(word for _, value in leaves for word in re.findall(r"\w+", str(value).lower()))


def _in_common(one: Counter[str], other: Counter[str]) -> float:
    whole = one.total() + other.total()
    return 2 * (one & other).total() / whole if whole else 1.0


def pieces(old: str, new: str) -> list[Piece]:
    """Return how one text became the other, word by word. Single words between changes are not kept apart."""
    before, after = WORDS.findall(old), WORDS.findall(new)
    if len(before) + len(after) > MOST_WORDS:
        return [Piece("removed", old), Piece("added", new)]
    found: list[Piece] = []
    for code, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if code == "equal":
            found.append(Piece("same", "".join(before[i:j])))
            continue
        found += [Piece("removed", "".join(before[i:j]))] if i < j else []
        found += [Piece("added", "".join(after[k:m]))] if k < m else []
    return _joined(found)


def _joined(found: list[Piece]) -> list[Piece]:
    """Join what is split by a blank only: "two new words" is one change, not three."""
    whole: list[Piece] = []
    for number, piece in enumerate(found):
        inside = 0 < number < len(found) - 1
        if piece.kind == "same" and piece.text.isspace() and inside:
            whole += [Piece("removed", piece.text), Piece("added", piece.text)]
        else:
            whole.append(piece)
    return _runs(whole)


def _runs(found: list[Piece]) -> list[Piece]:
    """Gather each stretch between kept words into one removal followed by one addition."""
    runs: list[Piece] = []
    out = {"removed": "", "added": ""}

    def empty() -> None:
        runs.extend(Piece(kind, text) for kind, text in out.items() if text)
        out.update(removed="", added="")

    for piece in found:
        if piece.kind == "same":
            empty()
            runs.append(piece)
        else:
            out[piece.kind] += piece.text
    empty()
    return runs
