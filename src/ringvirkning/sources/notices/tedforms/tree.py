"""Small steps in a TED_EXPORT document, by names without namespace: TED changed the namespace with every release.

The part that is read is grown once into plain nodes in the order of the document, so that a step is a look-up. What is
about appeals and qualification, and how people are reached, is not grown: nobody looks there.
"""

from collections.abc import Iterator
from heapq import merge
from typing import Any

Element = Any  # an element of lxml, which has no types
# Addresses of streets, ways to reach people, appeals, qualification, and texts the record has no room for.
UNREAD = frozenset(
    (
        "ADDRESS POSTAL_CODE URL URL_GENERAL E_MAIL E_MAILS PHONE FAX LEFTI REVIEW_PROCEDURE ADDRESS_REVIEW_BODY "
        "ADDRESS_REVIEW_INFO ADDRESS_MEDIATION_BODY PROCEDURES_FOR_APPEAL MAIN_SITE OPTIONS_DESCR RENEWAL_DESCR "
        "CRITERIA_CANDIDATE EU_PROGR_RELATED D_JUSTIFICATION LANGUAGES OPENING_CONDITION URI_LIST REFERENCE_NUMBER"
    ).split()
)
PARAGRAPH = "P"
NO_ATTRIBUTES: dict[str, str] = {}


class Grove:
    """All nodes grown from one element, in the order of the document, and by their names."""

    __slots__ = ("all", "named")

    def __init__(self) -> None:
        self.all: list[Node] = []
        self.named: dict[str, list[Node]] = {}


class Node:
    """One element: its name, text and attributes, and its place among all."""

    __slots__ = ("attributes", "first", "grove", "kids", "last", "name", "parent", "text")

    def __init__(self, name: str, text: str | None, parent: "Node | None", grove: Grove) -> None:
        self.name = name
        self.text = text
        self.parent = parent
        self.grove = grove
        self.attributes = NO_ATTRIBUTES
        self.kids: list[Node] = []
        self.first = self.last = len(grove.all)
        grove.all.append(self)
        if name in grove.named:
            grove.named[name].append(self)
        else:
            grove.named[name] = [self]

    def get(self, key: str) -> str | None:
        """Return an attribute."""
        return self.attributes.get(key)


def grown(element: Element, *only: str) -> Node:
    """Return an element of lxml as a node, with all that is inside it, or only its parts with these names."""
    name, grove = _name(element.tag), Grove()
    if not only:
        return _grown(element, name, None, grove)
    node = Node(name, None, None, grove)
    node.attributes = dict(element.items())
    for child in element.iterchildren(*(f"{{*}}{one}" for one in only)):
        node.kids.append(_grown(child, _name(child.tag), node, grove))
    node.last = len(grove.all) - 1
    return node


def _grown(element: Element, name: str, parent: Node | None, grove: Grove) -> Node:
    node = Node(name, element.text, parent, grove)
    if given := element.items():
        node.attributes = dict(given)
    if len(element):
        _grow_kids(element, node)
    return node


def _grow_kids(element: Element, node: Node) -> None:
    """Grow what is inside. Paragraphs become lines of the text, and a text around its elements is one text."""
    if node.text and not node.text.isspace():
        node.text = "".join(element.itertext())
        return
    inside, grove = node.kids, node.grove
    lines = []
    for child in element:
        name = _NAMES.get(child.tag)
        if name is None:
            name = _name(child.tag)
        if name == PARAGRAPH:
            text = "".join(child.itertext()) if len(child) else child.text
            lines.append(" ".join(text.split()) if text else "")
        elif name:
            inside.append(_grown(child, name, node, grove))
    if lines:
        node.text = "\n".join(filter(None, lines))
    node.last = len(grove.all) - 1


# Tag with namespace → name, "" for what is not grown. TED has a few thousand of them.
_NAMES: dict[str, str] = {}
_MOST_NAMES = 10_000


def _name(tag: Any) -> str:
    if not isinstance(tag, str):  # a comment
        return ""
    name = tag.rpartition("}")[2]
    found = "" if name in UNREAD else name
    if len(_NAMES) < _MOST_NAMES:
        _NAMES[tag] = found
    return found


def kids(node: Node | None, *names: str) -> Iterator[Node]:
    """Yield the nodes at the end of a path of names."""
    if node is None:
        return
    first, *rest = names
    for child in node.kids:
        if child.name == first:
            if rest:
                yield from kids(child, *rest)
            else:
                yield child


def kid(node: Node | None, *names: str) -> Node | None:
    """Return the first node at the end of a path of names."""
    if len(names) == 1 and node is not None:
        for child in node.kids:
            if child.name == names[0]:
                return child
        return None
    return next(kids(node, *names), None)


def within(node: Node | None, *names: str) -> Iterator[Node]:
    """Yield the node and every node inside it with one of these names, in the order of the document."""
    if node is None:
        return iter(())
    found = [one for name in names if (one := node.grove.named.get(name))]
    every = merge(*found, key=_place) if len(found) > 1 else iter(found[0] if found else ())
    return (one for one in every if node.first <= one.first <= node.last)


def everything(node: Node | None) -> list[Node]:
    """Return the node and every node inside it, in the order of the document."""
    return node.grove.all[node.first : node.last + 1] if node is not None else []


def _place(node: Node) -> int:
    return node.first


def told(node: Node | None, *names: str) -> str | None:
    """Return the text at the end of a path of names, trimmed; None when there is none."""
    found = kid(node, *names) if names else node
    text = (found.text or "").strip() if found is not None else ""
    return text or None


def attribute(node: Node | None, *path: str) -> str | None:
    """Return an attribute, the last of ``path``, of the first node at the names before it."""
    *names, key = path
    found = kid(node, *names) if names else node
    return found.get(key) if found is not None else None


def line(node: Node | None) -> str | None:
    """Return what a node says, on one line."""
    return " ".join(words(node).split()) or None


def words(node: Node | None) -> str:
    """Return what a node says, one line for each paragraph."""
    texts = [one.text for one in everything(node) if one.text]
    return "\n".join(said for text in texts for part in text.split("\n") if (said := " ".join(part.split())))
