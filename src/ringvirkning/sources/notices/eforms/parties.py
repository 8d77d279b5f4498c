"""The organisations of a notice: who buys and who won. Natural persons are left out."""

from collections.abc import Iterable

import msgspec

from ringvirkning.sources.notices.codes import country, nuts
from ringvirkning.sources.notices.eforms.gather import Part, first
from ringvirkning.sources.notices.eforms.voice import Voice, is_person
from ringvirkning.sources.notices.identifiers import read_identifier
from ringvirkning.sources.notices.oddities import Noted
from ringvirkning.sources.notices.record import Organisation

LEGAL_TYPE = "buyer-legal-type"
SIZES = frozenset({"micro", "small", "medium", "large", "sme"})


class Parties:
    """The organisations by their ids in the notice ("ORG-0001"), read when they are asked for."""

    def __init__(self, notice: Part, voice: Voice, noted: Noted) -> None:
        self._voice, self._noted = voice, noted
        self._parts: dict[str, Part] = {}
        self._read: dict[str, Organisation] = {}
        self._buying = notice.get("buyers", ())
        for one in notice.get("organisations", ()):
            for name in (*one.get("id", ()), *one.get("touch_point", ())):
                self._parts.setdefault(name.strip(), one)

    def land(self) -> str | None:
        """Return the country of the first buyer. What is odd about it is noted where buyers are read."""
        named = (name.strip() for one in self._buying for name in one.get("organisation", ())[:1])
        return country(first(self._parts.get(next(named, ""), {}), "country"), Noted())

    def buyers(self, given: Iterable[Part]) -> tuple[Organisation, ...]:
        """Return the buyers in their order, each once."""
        found: dict[str, Organisation] = {}
        for part in given:
            for reference in part.get("organisation", ())[:1]:
                if organisation := self.organisation(reference.strip()):
                    found.setdefault(reference, msgspec.structs.replace(organisation, **_as_buyer(part)))
        if not found:
            self._noted("buyer-missing")
        return tuple(found.values())

    def winners(self, won: dict[str, list[str]]) -> tuple[Organisation, ...]:
        """Return the winners, given the lots that each organisation won."""
        found = []
        for reference, lots in won.items():
            if organisation := self.organisation(reference):
                found.append(msgspec.structs.replace(organisation, lots=tuple(dict.fromkeys(lots))))
        return tuple(found)

    def organisation(self, reference: str) -> Organisation | None:
        """Return an organisation by its id in the notice; None for a person or one that is not there."""
        if reference not in self._parts:
            self._noted("organisation-unknown", reference=reference)
            return None
        if is_person(self._parts[reference]):
            self._noted("natural-person")
            return None
        if reference not in self._read:
            self._read[reference] = self._organisation(self._parts[reference])
        return self._read[reference]

    def _organisation(self, part: Part) -> Organisation:
        land = country(first(part, "country"), self._noted)
        given = first(part, "identifier")
        if not given:
            self._noted("identifier-missing")
        identifier, number = read_identifier(given, land, self._noted)
        size = (first(part, "size") or "").strip()
        return Organisation(
            name=self._voice.one(part.get("names", ())),
            identifier=identifier,
            number=number,
            country=land,
            nuts=next(iter(nuts(part.get("nuts", ())[:1], self._noted)), None),
            town=self._voice.clean(first(part, "town")),
            size=size if size in SIZES else None,
        )


def _as_buyer(part: Part) -> dict[str, str | None]:
    types = part.get("types", ())
    legal = [code for group, code in types if group == LEGAL_TYPE] or [code for _, code in types[:1]]
    return {"buyer_type": next(iter(legal), None), "activity": first(part, "activity"), "size": None}
