"""Gathering what a tree says by a table of places: one walk, and nothing is looked for twice.

A table has paths from an element and the names to gather under: ``"cac:PartyName/cbc:Name": "name"``. ``~`` stands for
the four elements of an eForms extension. ``With`` gathers an attribute beside the text; ``Each`` begins a part of its
own for each element, with its own table. What the tables do not name is never looked at: that is how contact points and
beneficial owners stay unread.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

NAMESPACES = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
    "ext": "urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2",
    "efext": "http://data.europa.eu/p27/eforms-ubl-extensions/1",
    "efac": "http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1",
    "efbc": "http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1",
}
EXTENSION = "ext:UBLExtensions/ext:UBLExtension/ext:ExtensionContent/efext:EformsExtension"

# Name → what was found under it, in the order of the document: texts, (attribute, text) pairs, or parts.
Part = dict[str, list[Any]]
Take = Callable[[Any, Part], None]


class With(NamedTuple):
    """A place whose attribute is gathered with the text, as (attribute, text)."""

    name: str
    attribute: str


class Each(NamedTuple):
    """A place that begins a part of its own; its ``attribute`` is gathered under "is" when one is given."""

    name: str
    places: "Places"
    attribute: str = ""


Places = dict[str, "str | With | Each"]


class Table:
    """A table of places made ready for walking."""

    def __init__(self, places: Places) -> None:
        self._takers = _takers(places)

    def gather(self, element: Any) -> Part:
        """Return what the element says."""
        part: Part = {}
        _walk(element, self._takers, part)
        return part


def _walk(element: Any, takers: dict[str, Take], part: Part) -> None:
    for child in element:
        take = takers.get(child.tag)
        if take is not None:
            take(child, part)


def _takers(places: Places) -> dict[str, Take]:
    """Return tag → what to do at a child with that tag."""
    deeper: dict[str, Places] = {}
    takers: dict[str, Take] = {}
    for path, what in places.items():
        step, _, rest = path.replace("~", EXTENSION).partition("/")
        if rest:
            deeper.setdefault(step, {})[rest] = what
        else:
            takers[_tag(step)] = _taker(what)
    for step, inner in deeper.items():
        takers[_tag(step)] = _goer(_takers(inner))
    return takers


def _tag(step: str) -> str:
    prefix, _, local = step.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def _taker(what: str | With | Each) -> Take:
    if isinstance(what, Each):
        return _begins_part(what, _takers(what.places))
    return _takes_pair(what) if isinstance(what, With) else _takes_text(what)


def _goer(takers: dict[str, Take]) -> Take:
    def go(element: Any, part: Part) -> None:
        _walk(element, takers, part)

    return go


def _takes_text(name: str) -> Take:
    def take(element: Any, part: Part) -> None:
        if text := _text(element):
            part.setdefault(name, []).append(text)

    return take


def _takes_pair(what: With) -> Take:
    name, attribute = what

    def take(element: Any, part: Part) -> None:
        if text := _text(element):
            part.setdefault(name, []).append((element.get(attribute), text))

    return take


def _begins_part(what: Each, takers: dict[str, Take]) -> Take:
    name, _, attribute = what

    def begin(element: Any, part: Part) -> None:
        inner: Part = {"is": [element.get(attribute)]} if attribute else {}
        _walk(element, takers, inner)
        part.setdefault(name, []).append(inner)

    return begin


def _text(element: Any) -> str | None:
    """Return an element's text, with that of elements inside it: some write <br/> in descriptions."""
    text: str | None = "".join(element.itertext()) if len(element) else element.text
    return text


def first(part: Part, name: str) -> Any:
    """Return the first of what was found under a name, or None."""
    found = part.get(name)
    return found[0] if found else None
