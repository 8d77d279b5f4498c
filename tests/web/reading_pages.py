"""Pages as a reader meets them: elements, texts and labels of an answer, read strictly."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpResponse
from django.test.html import Element, parse_html

LANGUAGES = {"nb": "", "nn": "/nn", "en": "/en"}
INVISIBLE = {"script", "style", "template"}
SAID_IN_ATTRIBUTES = ("aria-label", "alt", "placeholder", "title")


@dataclass(frozen=True)
class Page:
    """One page as it was answered."""

    address: str
    response: HttpResponse

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def language(self) -> str:
        """The language the address asks for."""
        first = self.address.split("?")[0].split("/")[1]
        return first if first in {"nn", "en"} else "nb"

    @cached_property
    def html(self) -> str:
        return self.response.content.decode()

    @cached_property
    def tree(self) -> Element:
        """The page, read strictly: an element that is not closed, or closed twice, stops the test."""
        return parse_html(self.html)

    def head(self, name: str) -> Element:
        """The only such element in the head of the page."""
        found = [one for one in walk(self.one("head")) if one.name == name]
        assert len(found) == 1, f"{self.address}: {len(found)} of {name} in the head"
        return found[0]

    def all(self, element: str = "", **wanted: str) -> list[Element]:
        """Every element with this name and these attributes (``aria_label`` stands for ``aria-label``)."""
        asked = {key.rstrip("_").replace("_", "-"): value for key, value in wanted.items()}
        return [
            one
            for one in walk(self.tree)
            if (not element or one.name == element) and asked.items() <= dict(one.attributes).items()
        ]

    def one(self, element: str = "", **wanted: str) -> Element:
        """The only such element."""
        found = self.all(element, **wanted)
        assert len(found) == 1, f"{self.address}: {len(found)} of {element} {wanted}"
        return found[0]

    @cached_property
    def words(self) -> str:
        """Everything a reader reads."""
        return " ".join(" ".join(texts(self.tree)).split())

    @cached_property
    def own_texts(self) -> set[str]:
        """Every piece of text in the page's own language: what is marked as another language is left out."""
        spoken = {" ".join(text.split()) for text in texts(self.tree, own_language=self.language)}
        labels = {attribute(one, name) for one in walk(self.tree) for name in SAID_IN_ATTRIBUTES}
        return {text for text in spoken | labels if text}


def walk(element: Element) -> Iterator[Element]:
    if element.name:
        yield element
    for child in element.children:
        if not isinstance(child, str):
            yield from walk(child)


def texts(element: Element, own_language: str = "") -> Iterator[str]:
    """Yield the pieces of text, those in other languages left out when ``own_language`` is given."""
    language = attribute(element, "lang")
    if element.name in INVISIBLE or (own_language and language and language != own_language):
        return
    for child in element.children:
        if isinstance(child, str):
            yield child
        else:
            yield from texts(child, own_language)


def text_of(element: Element) -> str:
    return " ".join(" ".join(texts(element)).split())


def attribute(element: Element, name: str) -> str:
    return dict(element.attributes).get(name) or ""


PLAIN_PAGES = (
    "/",
    "/biblioteket/",
    "/tema/",
    "/virksomheter/",
    "/kart/",
    "/kunngjoringer/",
    "/kunngjoringer/nyskapende/",
    "/om/",
    "/tilgjengelighet/",
)


def plain_pages() -> list[str]:
    """The pages without an argument, in every language."""
    return [f"{prefix}{path}" for prefix in LANGUAGES.values() for path in PLAIN_PAGES]


def number_in(text: str) -> int:
    """The first whole number in a text, thousands apart by any space."""
    found = re.search(r"\d[\d\s\xa0\u202f]*", text)
    assert found, text
    return int(re.sub(r"\D", "", found[0]))
