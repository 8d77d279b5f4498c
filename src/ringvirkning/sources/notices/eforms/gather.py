"""Gathering what a tree says by a table of places: one walk, and nothing is looked for twice.

A table has paths from an element and the names to gather under: ``"cac:PartyName/cbc:Name": "name"``. ``~`` stands for
the four elements of an eForms extension. ``With`` gathers an attribute beside the text; ``Each`` begins a part of its
own for each element, with its own table. What the tables do not name is never looked at: that is how contact points and
beneficial owners stay unread.
"""

from collections import defaultdict
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


class With(NamedTuple):
    """A place whose attribute is gathered with the text, as (attribute, text)."""

    name: str
    attribute: str


class Each(NamedTuple):
    """A place that begins a part of its own."""

    name: str
    places: "Places"


Places = dict[str, "str | With | Each"]


# What to do at a tag: gather the text under a name, with an attribute if there is one; or go on inside, by the steps
# there, in a part of its own if named. A plain tuple, because it is unpacked at every element.
_Step = tuple[str, str, "_Steps | None"]
_Steps = dict[str, Any]  # tag → _Step, which mypy cannot say of a type that holds itself


class Table:
    """A table of places made ready for walking."""

    def __init__(self, places: Places) -> None:
        self._steps = _steps(places)

    def gather(self, element: Any) -> Part:
        """Return what the element says."""
        part: Part = defaultdict(list)
        _walk(element, self._steps, part)
        return part


def _walk(element: Any, steps: _Steps, part: Part) -> None:
    # Most of the time of reading is spent here: children are listed at once, and no call is made for a text.
    for child in element[:]:
        step = steps.get(child.tag)
        if step is None:
            continue
        name, attribute, inside = step
        if inside is not None:
            _walk(child, inside, _own(part, name) if name else part)
        elif attribute:
            # Some write <br/> in descriptions: then the text goes on inside.
            text = "".join(child.itertext()) if len(child) else child.text
            if text:
                part[name].append((child.get(attribute), text))
        elif text := child.text:
            part[name].append(text)


def _own(part: Part, name: str) -> Part:
    own: Part = defaultdict(list)
    part[name].append(own)
    return own


def _steps(places: Places) -> _Steps:
    """Return tag → what to do at a child with that tag."""
    deeper: dict[str, Places] = {}
    steps: _Steps = {}
    for path, what in places.items():
        step, _, rest = path.replace("~", EXTENSION).partition("/")
        if rest:
            deeper.setdefault(step, {})[rest] = what
        else:
            steps[_tag(step)] = _step(what)
    return steps | {_tag(step): ("", "", _steps(inner)) for step, inner in deeper.items()}


def _tag(step: str) -> str:
    prefix, _, local = step.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def _step(what: str | With | Each) -> _Step:
    if isinstance(what, Each):
        return what.name, "", _steps(what.places)
    return (what.name, what.attribute, None) if isinstance(what, With) else (what, "", None)


def first(part: Part, name: str) -> Any:
    """Return the first of what was found under a name, or None."""
    found = part.get(name)
    return found[0] if found else None
