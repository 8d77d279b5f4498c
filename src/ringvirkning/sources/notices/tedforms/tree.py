"""Small steps in a TED_EXPORT document, by names without namespace: TED changed the namespace with every release.

The part that is read is grown once into plain nodes in the order of the document, so that a step is a look-up. What is
about appeals and qualification, and how people are reached, is not grown: nobody looks there.
"""

from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from typing import Any

import msgspec

Element = Any  # an element of lxml, which has no types
# Addresses of streets, ways to reach people, appeals, qualification, what the record has no room for, and what TED's
# staff coded that forms say better themselves.
UNREAD = frozenset(
    (
        "ADDRESS POSTAL_CODE URL URL_GENERAL E_MAIL E_MAILS PHONE FAX LEFTI REVIEW_PROCEDURE ADDRESS_REVIEW_BODY "
        "ADDRESS_REVIEW_INFO ADDRESS_MEDIATION_BODY PROCEDURES_FOR_APPEAL MAIN_SITE OPTIONS_DESCR RENEWAL_DESCR "
        "CRITERIA_CANDIDATE EU_PROGR_RELATED D_JUSTIFICATION LANGUAGES OPENING_CONDITION URI_LIST REFERENCE_NUMBER "
        "NO_OPTIONS NO_EU_PROGR_RELATED NO_RENEWAL NO_ACCEPTED_VARIANTS NO_RECURRENT_PROCUREMENT NO_LOT_DIVISION "
        "CONTRACT_COVERED_GPA NO_CONTRACT_COVERED_GPA CONTRACT_NO DATE_CONCLUSION_CONTRACT DATE_DISPATCH_NOTICE "
        "DOCUMENT_FULL DURATION_TENDER_VALID EINVOICING EORDERING EPAYMENT ADDRESS_FURTHER_INFO_IDEM "
        "ADDRESS_PARTICIPATION_IDEM AC_PROCUREMENT_DOC NO_AWARDED_TO_GROUP NB_TENDERS_RECEIVED_EMEANS "
        "NB_TENDERS_RECEIVED_SME NB_TENDERS_RECEIVED_OTHER_EU NB_TENDERS_RECEIVED_NON_EU "
        "CA_CE_NUTS MA_MAIN_ACTIVITIES COLL_OJ NO_OJ IA_URL_GENERAL IA_URL_ETENDERING DS_DATE_DISPATCH "
        "AA_AUTHORITY_TYPE RP_REGULATION TY_TYPE_BID AC_AWARD_CRIT HEADING INITIATOR TENDERER_NUTS VALUES_LIST"
    ).split()
)
PARAGRAPH = "P"
NO_ATTRIBUTES: dict[str, str] = {}
NO_KIDS: Sequence["Node"] = ()


class Grove:
    """All nodes grown from one element, in the order of the document, and by their names when that is asked for."""

    __slots__ = ("_named", "all")

    def __init__(self) -> None:
        self.all: list[Node] = []
        self._named: dict[str, list[Node]] = {}

    @property
    def named(self) -> dict[str, list["Node"]]:
        """Return the nodes by their names. To be asked for when all is grown."""
        named = self._named
        if not named:
            for node in self.all:
                if node.name in named:
                    named[node.name].append(node)
                else:
                    named[node.name] = [node]
        return named


class Node(msgspec.Struct, eq=False):  # made by the hundred for each notice: a Struct is made thrice as quickly
    """One element: its name, text and attributes, and its place among all."""

    name: str
    text: str | None
    parent: "Node | None"
    grove: Grove
    attributes: dict[str, str]
    kids: Sequence["Node"]
    first: int
    last: int

    def get(self, key: str) -> str | None:
        """Return an attribute."""
        return self.attributes.get(key)


def grown(element: Element, *only: str) -> Node:
    """Return an element of lxml as a node, with all that is inside it, or only its parts with these names."""
    grove = Grove()
    node = Node(_name(element.tag), element.text, None, grove, dict(element.items()), NO_KIDS, 0, 0)
    grove.all.append(node)
    if only:
        node.text = None
        node.kids = _grown(element.iterchildren(*(f"{{*}}{one}" for one in only)), node, [])
        node.last = len(grove.all) - 1
    elif len(element):
        _fill(element, node)
    return node


def _fill(element: Element, node: Node) -> None:
    """Grow what is inside. Paragraphs become lines of the text, and a text around its elements is one text."""
    if node.text and not node.text.isspace():
        node.text = "".join(element.itertext())
        return
    lines: list[str] = []
    node.kids = _grown(element[:], node, lines)
    if lines:
        node.text = "\n".join(filter(None, lines))
    node.last = len(node.grove.all) - 1


def _grown(children: Iterable[Element], parent: Node, lines: list[str]) -> list[Node]:
    """Return the children as nodes, and add those that are paragraphs to ``lines``."""
    # Half the time of reading is spent here, so nothing is called that need not be.
    grove, found = parent.grove, []
    every = grove.all
    for child in children:
        name = _NAMES.get(child.tag)
        if name is None:
            name = _name(child.tag)
        if name == PARAGRAPH:
            lines.append(_paragraph(child))
        elif name:
            given, place = child.items(), len(every)
            node = Node(name, child.text, parent, grove, dict(given) if given else NO_ATTRIBUTES, NO_KIDS, place, place)
            every.append(node)
            found.append(node)
            if len(child):
                _fill(child, node)
    return found


def _paragraph(element: Element) -> str:
    text = "".join(element.itertext()) if len(element) else element.text
    return on_one_line(text) if text else ""


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


def kids(node: Node | None, *names: str) -> list[Node]:
    """Return the nodes at the end of a path of names."""
    found = [] if node is None else [node]
    for name in names:
        found = [child for one in found for child in one.kids if child.name == name]
    return found


def kid(node: Node | None, *names: str) -> Node | None:
    """Return the first node at the end of a path of names."""
    if node is None:
        return None
    if len(names) > 1:
        return next(iter(kids(node, *names)), None)
    for child in node.kids:
        if child.name == names[0]:
            return child
    return None


def within(node: Node | None, *names: str) -> Iterator[Node]:
    """Return the node and every node inside it with one of these names, in the order of the document."""
    if node is None:
        return iter(())
    if node.first:  # a part is looked through, so that a form of many parts takes no longer than the form is long
        return iter([one for one in everything(node) if one.name in names])
    named = node.grove.named
    found = [named[name] for name in names if name in named]
    return merge(*found, key=_place) if len(found) > 1 else iter(found[0] if found else ())


def everything(node: Node | None) -> list[Node]:
    """Return the node and every node inside it, in the order of the document."""
    return node.grove.all[node.first : node.last + 1] if node is not None else []


def _place(node: Node) -> int:
    return node.first


def told(node: Node | None, *names: str) -> str | None:
    """Return the text at the end of a path of names, trimmed; None when there is none."""
    found = kid(node, *names) if names else node
    return (found.text.strip() or None) if found is not None and found.text else None


def attribute(node: Node | None, *path: str) -> str | None:
    """Return an attribute, the last of ``path``, of the first node at the names before it."""
    found = kid(node, *path[:-1]) if len(path) > 1 else node
    return found.attributes.get(path[-1]) if found is not None else None


def line(node: Node | None) -> str | None:
    """Return what a node says, on one line."""
    if node is None:
        return None
    text = node.text if node.first == node.last else words(node)
    return (on_one_line(text) or None) if text else None


def words(node: Node | None) -> str:
    """Return what a node says, one line for each paragraph."""
    if node is None:
        return ""
    if node.first < node.last:
        return "\n".join(said for one in everything(node) if one.text and (said := _lines(one.text)))
    return _lines(node.text) if node.text else ""


def _lines(text: str) -> str:
    if "\n" not in text:
        return on_one_line(text)
    return "\n".join(said for part in text.split("\n") if (said := on_one_line(part)))


def on_one_line(text: str) -> str:
    """Return a text with one space between its words."""
    # What can be printed has no white space but spaces: asking is far quicker than taking a long text apart.
    return text.strip() if "  " not in text and text.isprintable() else " ".join(text.split())
