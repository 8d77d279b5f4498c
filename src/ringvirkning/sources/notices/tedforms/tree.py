"""Small steps in a TED_EXPORT document, by names without namespace: TED changed the namespace with every release.

The part that is read is grown once into plain nodes in the order of the document, so that a step is a look-up. What is
about appeals and qualification, and how people are reached, is not grown: nobody looks there.
"""

from collections.abc import Iterator
from heapq import merge
from typing import Any

Element = Any  # an element of lxml, which has no types
UNREAD = frozenset(
    {
        "LEFTI",
        "REVIEW_PROCEDURE",
        "ADDRESS_REVIEW_BODY",
        "ADDRESS_REVIEW_INFO",
        "ADDRESS_MEDIATION_BODY",
        "PROCEDURES_FOR_APPEAL",
        "E_MAIL",
        "E_MAILS",
        "PHONE",
        "FAX",
    }
)
PARAGRAPH = "P"
NO_ATTRIBUTES: dict[str, str] = {}


class Node:
    """One element: its name, text and attributes, and its place among all."""

    __slots__ = ("attributes", "first", "grove", "kids", "last", "name", "parent", "text")

    def __init__(self, name: str, parent: "Node | None", grove: "Grove") -> None:
        self.name = name
        self.parent = parent
        self.grove = grove
        self.text: str | None = None
        self.attributes = NO_ATTRIBUTES
        self.kids: list[Node] = []
        self.first = self.last = len(grove.all)

    def get(self, key: str) -> str | None:
        """Return an attribute."""
        return self.attributes.get(key)


class Grove:
    """All nodes grown from one element, in the order of the document."""

    def __init__(self, element: Element) -> None:
        self.all: list[Node] = []
        self.named: dict[str, list[Node]] = {}
        self._names: dict[str, str] = {}
        self.root = self._grown(element, None)

    def _grown(self, element: Element, parent: Node | None) -> Node:
        node = Node(self._name(element.tag), parent, self)
        self.all.append(node)
        self.named.setdefault(node.name, []).append(node)
        if given := element.items():
            node.attributes = dict(given)
        node.text = element.text
        if len(element):
            self._grow_kids(element, node)
        return node

    def _grow_kids(self, element: Element, node: Node) -> None:
        """Grow what is inside. A text that goes on around its elements is one text."""
        if node.name == PARAGRAPH or (node.text and not node.text.isspace()):
            node.text = "".join(element.itertext())
            return
        for child in element:
            tag = child.tag
            if isinstance(tag, str) and self._name(tag) not in UNREAD:
                node.kids.append(self._grown(child, node))
        node.last = len(self.all) - 1

    def _name(self, tag: str) -> str:
        name = self._names.get(tag)
        if name is None:
            name = self._names[tag] = tag.rpartition("}")[2]
        return name


def grown(element: Element) -> Node:
    """Return an element of lxml as a node, with all that is inside it."""
    return Grove(element).root


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
    if node is None:
        return ""
    paragraphs = [one for one in node.kids if one.name == PARAGRAPH] or everything(node)
    return "\n".join(text for one in paragraphs if one.text and (text := " ".join(one.text.split())))
