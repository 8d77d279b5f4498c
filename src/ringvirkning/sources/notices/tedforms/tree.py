"""Small steps in a TED_EXPORT document, by names without namespace: TED changed the namespace with every release."""

from collections.abc import Iterator
from typing import Any

Element = Any  # an element of lxml, which has no types


def name_of(element: Element) -> str:
    """Return an element's name without its namespace; "" for comments."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def kids(element: Element | None, *names: str) -> Iterator[Element]:
    """Yield the elements at the end of a path of names."""
    if element is None:
        return
    first, *rest = names
    for child in element.iterchildren(f"{{*}}{first}"):
        if rest:
            yield from kids(child, *rest)
        else:
            yield child


def kid(element: Element | None, *names: str) -> Element | None:
    """Return the first element at the end of a path of names."""
    return next(kids(element, *names), None)


def within(element: Element | None, *names: str) -> Iterator[Element]:
    """Yield every element with one of these names, however deep, in the order of the document."""
    if element is not None:
        yield from element.iter(*(f"{{*}}{name}" for name in names))


def told(element: Element | None, *names: str) -> str | None:
    """Return the text at the end of a path of names, trimmed; None when there is none."""
    found = kid(element, *names) if names else element
    text = (found.text or "").strip() if found is not None else ""
    return text or None


def attribute(element: Element | None, *path: str) -> str | None:
    """Return an attribute, the last of ``path``, of the first element at the names before it."""
    *names, key = path
    found = kid(element, *names) if names else element
    value: str | None = found.get(key) if found is not None else None
    return value


def line(element: Element | None) -> str | None:
    """Return what an element says, on one line."""
    return " ".join(words(element).split()) or None


def words(element: Element | None) -> str:
    """Return what an element says, one line for each paragraph."""
    if element is None:
        return ""
    paragraphs = list(element.iterchildren("{*}P")) or [element]
    return "\n".join(text for one in paragraphs if (text := " ".join("".join(one.itertext()).split())))
