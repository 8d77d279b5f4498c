"""Somebody's own word: the source of what a municipality or an editor tells the library without pointing elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from ringvirkning.sources.casefile.terms import SourceKind

OWN, EDITORS = "egen", "redaksjon"
TITLES = {SourceKind.STATED: "Opplyst av {publisher}", SourceKind.EDITOR: "Lagt til av redaksjonen"}
MOST_IN_LINE = 300


@dataclass(frozen=True)
class OwnWord:
    """Who stands behind what is said without any other source."""

    id: str
    publisher: str
    kind: SourceKind = SourceKind.STATED

    def source(self, day: date) -> dict[str, Any]:
        """Return it as a source of a case file."""
        title = TITLES[self.kind].format(publisher=self.publisher)[:MOST_IN_LINE]
        return {
            "id": self.id,
            "title": title,
            "publisher": self.publisher[:MOST_IN_LINE],
            "kind": self.kind.value,
            "checked": day.isoformat(),
        }

    def is_said_in(self, source: object) -> bool:
        """Tell whether a source of a case file is this same voice."""
        told = source if isinstance(source, dict) else {}
        return told.get("kind") == self.kind and told.get("publisher") == self.publisher


def among(sources: Iterable[object], word: OwnWord) -> OwnWord:
    """Return the word with the id it has among these sources: its own from before, else one that is free."""
    there = [source for source in sources if isinstance(source, dict)]
    before = next((source for source in there if word.is_said_in(source) and isinstance(source.get("id"), str)), None)
    if before:
        return OwnWord(before["id"], word.publisher, word.kind)
    return OwnWord(free_id(word.id, [source.get("id") for source in there]), word.publisher, word.kind)


def free_id(wanted: str, taken: Iterable[object]) -> str:
    """Return ``wanted``, or it with a number behind when it is taken."""
    used, found, number = set(map(str, taken)), wanted, 1
    while found in used:
        number += 1
        found = f"{wanted[:90].rstrip('-')}-{number}"
    return found
