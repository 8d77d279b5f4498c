"""The form in a TED_EXPORT document: the original, its translations, and how their words are cleaned."""

import re
from collections.abc import Callable
from functools import cached_property

from ringvirkning.sources.notices.codes import country
from ringvirkning.sources.notices.languages import NORWEGIAN, form_of_norwegian, language
from ringvirkning.sources.notices.oddities import Noted
from ringvirkning.sources.notices.record import Texts
from ringvirkning.sources.notices.tedforms.kinds import form_number
from ringvirkning.sources.notices.tedforms.tree import Element, Node, attribute, grown, kid, line, told, within, words
from ringvirkning.sources.notices.texts import Cleaner

# Where forms name persons. They are looked at only to be taken out of the texts.
_PERSONS = ("CONTACT_POINT", "ATTENTION", "MEMBER_NAME")
FORMS = "FORM_SECTION"
# The parts of a translation that say something the original does not.
TRANSLATED = ("OBJECT_CONTRACT", "MODIFICATIONS_CONTRACT", "CHANGES")
_NEW = re.compile(r"F\d\d_2014|MOVE")
Find = Callable[[Node], Node | None]


class Form:
    """A form as published: one original, and translations that say the same."""

    def __init__(self, root: Element, noted: Noted) -> None:
        self.root, self.noted = root, noted
        self._sections = [(one.tag.rpartition("}")[2], one) for one in root]
        given = [one for name, section in self._sections if name == FORMS for one in section if one.get("CATEGORY")]
        given.sort(key=lambda one: one.get("CATEGORY") != "ORIGINAL")
        self._given = [grown(one, *_parts_of(one)) if place else grown(one) for place, one in enumerate(given)]
        self.element = self._given[0] if self._given else None
        self.name = self.element.name if self.element is not None else ""  # of the form's element, "F02_2014"
        self.number = form_number(attribute(self.element, "FORM"))  # "F02"
        self.is_new = _NEW.fullmatch(self.name) is not None  # a form of the directives of 2014
        self.clean = Cleaner(noted, self._told_in(*_PERSONS), lambda: self._told_in("OFFICIALNAME"))
        self.language = self._language(self._code(self.element))

    @cached_property
    def spoken(self) -> list[tuple[str, Node]]:
        """Return language and form, the original first."""
        return [(self._language(self._code(one)), one) for one in self._given]

    def texts(self, find: Find, *, one_line: bool = False) -> Texts:
        """Return what is said at a place of the form, by language."""
        found: Texts = {}
        for spoken, form in self.spoken:
            element = find(form)
            text = self.clean(line(element) if one_line else words(element))
            if text:
                found.setdefault(spoken, text)
        return found

    def land(self) -> str | None:
        """Return the country of the buyer, else the one that TED's staff coded."""
        body = kid(self.element, "CONTRACTING_BODY", "ADDRESS_CONTRACTING_BODY")
        given = attribute(body, "COUNTRY", "VALUE") or attribute(self.coded("NOTICE_DATA", "ISO_COUNTRY"), "VALUE")
        return country(given, Noted())  # what is odd about it is noted where buyers are read

    def coded(self, *names: str) -> Node | None:
        """Return an element of what TED's staff coded."""
        return kid(self._coded, *names)

    def translated(self, *names: str) -> Node | None:
        """Return an element of what TED translated."""
        return kid(self._part("TRANSLATION_SECTION"), *names)

    @cached_property
    def _coded(self) -> Node | None:
        return self._part("CODED_DATA_SECTION")

    def _part(self, name: str) -> Node | None:
        element = next((one for called, one in self._sections if called == name), None)
        return grown(element) if element is not None else None

    def _code(self, form: Node | None) -> str | None:
        return attribute(form, "LG") or told(self.coded("NOTICE_DATA", "LG_ORIG"))

    def _language(self, code: str | None) -> str:
        found = language(code, self.noted)
        if found not in NORWEGIAN:
            return found
        return form_of_norwegian(words(one) for one in within(self.element, "SHORT_DESCR", "TITLE")) or found

    def _told_in(self, *names: str) -> list[str]:
        """Return what the original says in elements with these names, each once."""
        return list(dict.fromkeys(text for one in within(self.element, *names) if (text := line(one))))


def _parts_of(translation: Element) -> tuple[str, ...]:
    """Return the parts of a translation that are read; none means all, as in the older forms."""
    return TRANSLATED if _NEW.fullmatch(translation.tag.rpartition("}")[2]) else ()
