"""What a notice says in words: texts by language, cleaned, with nynorsk told from bokmål."""

from collections.abc import Iterable, Iterator

from ringvirkning.sources.notices.eforms.gather import Part, first
from ringvirkning.sources.notices.languages import NORWEGIAN, form_of_norwegian, language
from ringvirkning.sources.notices.oddities import Noted
from ringvirkning.sources.notices.record import Texts
from ringvirkning.sources.notices.texts import Cleaner

Said = tuple[str | None, str]  # language as the source writes it, text


class Voice:
    """Knows the languages of one notice and how its texts are cleaned."""

    def __init__(self, notice: Part, noted: Noted) -> None:
        self._noted = noted
        self.main_code: str | None = first(notice, "language")
        organisations = notice.get("organisations", ())
        self.clean = Cleaner(noted, _contacts(organisations), lambda: _names(organisations))
        self._languages: dict[str | None, str] = {}
        if not NORWEGIAN.isdisjoint(map(self.language, _codes(notice))):
            self._tell_norwegian_apart(_all_said(notice))
        self.main = self.language(None) if self.main_code else None

    def language(self, code: str | None) -> str:
        """Return the language of a text; one without a code of its own is in the notice's language."""
        if code not in self._languages:
            self._languages[code] = language(code or self.main_code, self._noted)
        return self._languages[code]

    def texts(self, said: Iterable[Said]) -> Texts:
        """Return the texts by language, the first of each."""
        found: Texts = {}
        for code, raw in said:
            text = self.clean(raw)
            if text:
                found.setdefault(self._languages.get(code) or self.language(code), text)
        return found

    def joined(self, said: Iterable[Said]) -> Texts:
        """Return the texts by language, all of each with a line between."""
        found: dict[str, dict[str, None]] = {}
        for code, raw in said:
            text = self.clean(raw)
            if text:
                found.setdefault(self.language(code), {})[text] = None
        return {code: "\n".join(lines) for code, lines in found.items()}

    def one(self, said: Iterable[Said]) -> str | None:
        """Return the text in the notice's language, else the first."""
        found = list(said)
        own = [raw for code, raw in found if code == self.main_code]
        return self.clean(own[0] if own else found[0][1]) if found else None

    def _tell_norwegian_apart(self, said: Iterable[Said]) -> None:
        texts: dict[str | None, dict[str, None]] = {}
        for code, raw in said:
            if self.language(code) in NORWEGIAN:
                texts.setdefault(code or self.main_code, {})[raw] = None
        for code, raws in texts.items():
            self._languages[code] = form_of_norwegian(raws) or self._languages.get(code) or self.language(code)
        self._languages.pop(None, None)
        if self.main_code in self._languages:
            self._languages[None] = self._languages[self.main_code]


def _codes(notice: Part) -> set[str | None]:
    """Return the languages of the whole notice; its lots are in the same."""
    return {
        None,
        *(code for code, _ in notice.get("titles", ())),
        *(code for code, _ in notice.get("descriptions", ())),
    }


def _all_said(notice: Part) -> Iterator[Said]:
    for part in (notice, *notice.get("lots", ())):
        yield from part.get("titles", ())
        yield from part.get("descriptions", ())


def _contacts(organisations: Iterable[Part]) -> dict[str, None]:
    """Return names of contacts and of persons who are suppliers: they are taken out of the texts."""
    contacts = {name.strip(): None for one in organisations for name in one.get("contact", ())}
    persons = {name.strip(): None for one in organisations if is_person(one) for _, name in one.get("names", ())}
    return contacts | persons


def _names(organisations: Iterable[Part]) -> list[str]:
    return [name for one in organisations if not is_person(one) for _, name in one.get("names", ())]


def is_person(organisation: Part) -> bool:
    """Tell whether an organisation of a notice is a natural person (BT-633)."""
    return (first(organisation, "person") or "").strip().lower() in {"true", "1"}  # both are true in XML
