"""Two people in one step: whose change is whose. Pure.

Nothing is ever overwritten that the writer has not seen. Each top-level key of a step is weighed by itself: if only one
of the two changed it, that one's words count; if both did, the second is told. What a page knew is told by digests that
the step keeps (``DraftPart.trace``): of each key at past versions, and of what each page last sent.
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

MOST_PAGES = 20
MOST_VERSIONS = 60
ABSENT = ""
UNKNOWN = "?"


@dataclass(frozen=True)
class Edit:
    """What a page sends: the whole step, the version it began from, and the page's own id and clock."""

    content: Mapping[str, Any]
    base_version: int
    page: str
    clock: int


@dataclass(frozen=True)
class Weighed:
    """What came of weighing: the content to keep, or the keys that both had changed."""

    content: dict[str, Any]
    clashes: tuple[str, ...] = ()
    # Keys another has changed, which the page that saved does not show yet.
    theirs: tuple[str, ...] = ()


@dataclass
class Trace:
    """What the step remembers of its past."""

    # key → [[version, digest], …], oldest first
    keys: dict[str, list[list[Any]]] = field(default_factory=dict)
    # page → {"clock": …, "version": …, "keys": {key: digest}, "aside": person}
    pages: dict[str, dict[str, Any]] = field(default_factory=dict)

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "Trace":
        """Return the trace as it was stored."""
        return cls(dict(stored.get("keys", {})), dict(stored.get("pages", {})))

    def stored(self) -> dict[str, Any]:
        """Return it as plain JSON."""
        return {"keys": self.keys, "pages": self.pages}

    def at(self, key: str, version: int) -> str:
        """Return the digest of a key as it was at a version."""
        past = self.keys.get(key, [])
        found = [digest for number, digest in past if number <= version]
        if found:
            return str(found[-1])
        return UNKNOWN if len(past) >= MOST_VERSIONS else ABSENT

    def note_version(self, version: int, content: Mapping[str, Any], own: Collection[str]) -> None:
        """Remember the keys that this version changed."""
        for key in {*content, *self.keys}:
            told, past = digest(content.get(key), own), self.keys.get(key, [])
            if not past or past[-1][1] != told:
                self.keys[key] = [*past, [version, told]][-MOST_VERSIONS:]

    def note_page(self, edit: Edit, version: int, own: Collection[str]) -> None:
        """Remember what a page last sent and had saved."""
        sent = {key: digest(value, own) for key, value in edit.content.items()}
        self._keep(edit.page, {"clock": edit.clock, "version": version, "keys": sent})

    def note_aside(self, edit: Edit, person: int) -> None:
        """Remember that what a page last sent was set aside."""
        before = self.pages.get(edit.page, {})
        self.settled(person)  # it took the place of what another page of theirs had set aside
        self._keep(edit.page, {**before, "clock": edit.clock, "aside": person})

    def _keep(self, page: str, told: dict[str, Any]) -> None:
        if page:
            others = {name: one for name, one in self.pages.items() if name != page}
            self.pages = dict([*others.items(), (page, told)][-MOST_PAGES:])

    def settled(self, person: int) -> None:
        """Forget that anything of this person's was set aside."""
        self.pages = {name: _without_aside(told, person) for name, told in self.pages.items()}


def _without_aside(told: dict[str, Any], person: int) -> dict[str, Any]:
    return {name: one for name, one in told.items() if name != "aside" or one != person}


def is_late(edit: Edit, trace: Trace) -> bool:
    """Tell whether the page has already sent something newer: the network delivers out of order."""
    known = trace.pages.get(edit.page)
    return bool(known) and edit.clock < int(known["clock"])  # type: ignore[index]


def weigh(edit: Edit, stored: Mapping[str, Any], version: int, trace: Trace, own: Collection[str]) -> Weighed:
    """Return what the step shall hold when this edit has come, key by key."""
    content: dict[str, Any] = {}
    clashes, theirs = [], []
    for key in dict.fromkeys([*stored, *edit.content]):
        mine, there = digest(edit.content.get(key), own), digest(stored.get(key), own)
        before = _before(edit, key, version, trace, there)
        source = edit.content
        if mine not in (there, before):
            if before != there:
                clashes.append(key)
        elif mine != there:
            source = stored
            theirs.append(key)
        if key in source:
            content[key] = source[key]
    return Weighed(content, tuple(clashes), tuple(theirs))


def _before(edit: Edit, key: str, version: int, trace: Trace, there: str) -> str:
    """Return the digest of the key as the page knew it before its writer changed anything."""
    known = trace.pages.get(edit.page, {})
    if "keys" in known and int(known["version"]) >= edit.base_version:
        return str(known["keys"].get(key, ABSENT))
    return there if edit.base_version == version else trace.at(key, edit.base_version)


def digest(value: Any, own: Collection[str]) -> str:
    """Return a digest of what somebody typed: blanks and what the house itself adds (ids, own words) do not count."""
    bare = _bare(value, own)
    if bare is None:
        return ABSENT
    text = json.dumps(bare, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _bare(value: Any, own: Collection[str]) -> Any:
    if isinstance(value, dict):
        found = {key: _bare(one, own) for key, one in value.items() if key != "id"}
        return {key: one for key, one in found.items() if one is not None} or None
    if isinstance(value, list):
        kept = [_bare(one, own) for one in value if not (isinstance(one, str) and one in own)]
        return [one for one in kept if one is not None] or None
    return None if value == "" else value
