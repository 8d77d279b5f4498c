"""What a release says in words: OCDS writes the language of a text after its name, ``title_nn``."""

from typing import Any

from ringvirkning.sources.notices.jsonparts import Node, text
from ringvirkning.sources.notices.languages import NORWEGIAN, UNKNOWN, form_of_norwegian, language
from ringvirkning.sources.notices.oddities import Noted
from ringvirkning.sources.notices.persons import is_personal
from ringvirkning.sources.notices.record import Texts
from ringvirkning.sources.notices.texts import Cleaner


class Voice:
    """Knows the language of one release and how its texts are cleaned."""

    def __init__(self, release: Node, parties: list[Node], noted: Noted) -> None:
        self._noted = noted
        own = [name for one in parties if (name := text(one, "name"))]
        contacts = dict.fromkeys(name for one in parties if (name := text(one, "contactPoint", "name")))
        self.clean = Cleaner(noted, [name for name in contacts if is_personal(name, own)])
        self.main = self._main(release)

    def _main(self, release: Node) -> str | None:
        given = text(release, "language")
        found = language(given, self._noted) if given else None
        if found not in NORWEGIAN:
            return found
        said = [one for name in ("title", "description") if (one := text(release, "tender", name))]
        return form_of_norwegian(said) or found

    def texts(self, node: Any, name: str) -> Texts:
        """Return what is said under a name, by language."""
        found: Texts = {}
        plain = self.clean(text(node, name))
        if plain:
            found[self.main or UNKNOWN] = plain
        for key in node if isinstance(node, dict) else ():
            if isinstance(key, str) and key.startswith(f"{name}_"):
                other = self.clean(text(node, key))
                if other:
                    found.setdefault(language(key[len(name) + 1 :].partition("-")[0], self._noted), other)
        return found
