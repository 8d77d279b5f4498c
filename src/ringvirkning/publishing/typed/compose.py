"""From what people typed to a case file. Pure: a draft's parts in, a document out, at any time and as often as wanted.

- ``split`` and ``joined`` lay a document out on the steps and back again, and lose nothing.
- ``composed`` reads what was typed as the case file wants it, takes away what is blank, and lets what has no source
  rest on the writer's own word. It never refuses anything: what cannot be read stays as typed, for ``faults`` to tell.
- ``presentable`` gives a whole case file out of anything, for looking at. It is never published.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ringvirkning.foundation.words import slugify
from ringvirkning.publishing.terms import OWNS, Step
from ringvirkning.publishing.typed.faults import DraftFault, faults
from ringvirkning.publishing.typed.ownword import OwnWord, among, free_id
from ringvirkning.publishing.typed.reading import Document, read
from ringvirkning.publishing.typed.rescue import presentable
from ringvirkning.publishing.typed.shape import Fields, Many, Shape, case_shape
from ringvirkning.sources.casefile.terms import FORMAT, VERSION

__all__ = ["Document", "DraftFault", "OwnWord", "composed", "faults", "joined", "presentable", "split"]

LICENCE = "CC-BY-4.0"
STEP_OF = {key: step for step, keys in OWNS.items() for key in keys}


def split(document: Mapping[str, Any]) -> dict[Step, dict[str, Any]]:
    """Return each step's share of a document. The envelope (format, version, id, revised) belongs to no step."""
    return {step: {key: document[key] for key in keys if key in document} for step, keys in OWNS.items()}


def joined(parts: Mapping[Step, Mapping[str, Any]]) -> dict[str, Any]:
    """Return the steps' shares as one document without its envelope. A step adds only what it owns."""
    return {key: part[key] for step, part in parts.items() for key in OWNS[step] if key in part}


def composed(
    raw: Mapping[str, Any], *, case_id: str, revised: date, own: OwnWord, others: Iterable[OwnWord] = ()
) -> Document:
    """Return the document that these typed words make. ``others`` may be referred to as sources without being there."""
    document = read({key: raw[key] for key in STEP_OF if key in raw})
    document["sources"] = _sources(document.get("sources"), revised)
    _give_ids(document)
    _Sourcing(document, revised, own, tuple(others)).settle()
    _only_known_figures(document)
    document.setdefault("licence", LICENCE)
    envelope = {"format": FORMAT, "version": VERSION, "id": case_id, "revised": revised.isoformat()}
    return document.ordered({**document, **envelope})


def _sources(given: object, revised: date) -> Any:
    """Return the sources with what can be known about each: an address is its own title, and was seen today."""
    if not isinstance(given, list):
        return [] if given is None else given
    told = [dict(source) if isinstance(source, dict) else source for source in given]
    for source in told:
        if isinstance(source, dict):
            _fill_source(source, revised)
    return told


def _fill_source(source: dict[str, Any], revised: date) -> None:
    address = source.get("url")
    if "title" not in source and isinstance(address, str):
        source["title"] = address.split("://")[-1].removeprefix("www.").rstrip("/")[:300]
    source.setdefault("checked", revised.isoformat())


def _give_ids(document: dict[str, Any]) -> None:
    """Give figures and sources the ids they lack, from their names. An id that is there is never changed."""
    for key, name, otherwise in (("figures", "label", "tall"), ("sources", "title", "kilde")):
        items = [item for item in _list(document.get(key)) if isinstance(item, dict)]
        taken = [item["id"] for item in items if "id" in item]
        for item in items:
            if "id" not in item:
                wanted = slugify(_first_text(item.get(name)), 80) or otherwise
                item["id"] = free_id(wanted, taken)
                taken.append(item["id"])


def _first_text(value: object) -> str:
    texts = value.values() if isinstance(value, dict) else [value]
    return next((text for text in texts if isinstance(text, str)), "")


def _ids(rows: Iterable[Any]) -> list[str]:
    return [row["id"] for row in rows if isinstance(row, dict) and isinstance(row.get("id"), str)]


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _only_known_figures(document: dict[str, Any]) -> None:
    """Let the infographic show the figures that are still there; without any it tells nothing."""
    shown = document.get("infographic")
    known = set(_ids(_list(document.get("figures"))))
    if not known:
        document.pop("infographic", None)
    elif isinstance(shown, dict) and isinstance(shown.get("figures"), list):
        shown["figures"] = [one for one in shown["figures"] if not isinstance(one, str) or one in known]


@dataclass
class _Sourcing:
    """Sees to it that each statement rests on sources that are there."""

    document: dict[str, Any]
    revised: date
    own: OwnWord
    others: tuple[OwnWord, ...]

    def settle(self) -> None:
        """Let each statement refer to known sources only, and to the writer's own word when none is left."""
        if not isinstance(self.document["sources"], list):
            return
        self.sources: list[Any] = self.document["sources"]
        self.known = set(_ids(self.sources))
        self.spoken = False
        self.mine = among(self.sources, self.own)
        for key, shape in case_shape().fields.items():
            if key != "sources" and key in self.document:
                self._walk(shape, self.document[key])
        if self.spoken:
            self._speak()

    def _walk(self, shape: Shape, value: Any) -> None:
        if isinstance(shape, Many):
            for child in _list(value):
                self._walk(shape.item, child)
        elif isinstance(shape, Fields) and isinstance(value, dict):
            for name, child in value.items():
                self._walk(shape.fields[name], child)
            if shape.stated:
                self._rest(value)

    def _rest(self, statement: dict[str, Any]) -> None:
        named = statement.get("sources", [])
        if not isinstance(named, list):
            return
        kept = [one for one in named if not isinstance(one, str) or one in self.known or self._add(one)]
        if not kept:
            kept, self.spoken = [self.mine.id], True
        statement["sources"] = kept

    def _add(self, wanted: str) -> bool:
        """Add the own word that a statement refers to, if it is one."""
        word = next((one for one in (self.mine, *self.others) if one.id == wanted), None)
        if word:
            self.sources.append(word.source(self.revised))
            self.known.add(word.id)
        return word is not None

    def _speak(self) -> None:
        """Let the writer's own word be a source, heard today."""
        for source in self.sources:
            if isinstance(source, dict) and source.get("id") == self.mine.id:
                source["checked"] = self.revised.isoformat()
                return
        self.sources.append(self.mine.source(self.revised))
