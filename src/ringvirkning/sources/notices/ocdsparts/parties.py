"""Who buys and who won, in OCDS. Contact points are never read."""

from collections.abc import Iterable

import msgspec

from ringvirkning.sources.notices import codes
from ringvirkning.sources.notices.identifiers import read_identifier
from ringvirkning.sources.notices.jsonparts import Node, at, nodes, text, texts
from ringvirkning.sources.notices.oddities import Noted
from ringvirkning.sources.notices.record import Organisation
from ringvirkning.sources.notices.texts import Cleaner

BUYING = ("buyer", "procuringEntity")
SIZES = frozenset({"micro", "small", "medium", "large", "sme"})


class Parties:
    """The organisations of one release, by their ids."""

    def __init__(self, release: Node, clean: Cleaner, noted: Noted) -> None:
        self._clean, self._noted = clean, noted
        self._given = list(nodes(release, "parties"))
        self._by_id = {name: one for one in self._given if (name := text(one, "id"))}
        self._release = release

    def buyers(self) -> tuple[Organisation, ...]:
        """Return the buyers: those with that role, else those the release points at, each once."""
        with_role = [one for role in BUYING for one in self._given if role in texts(one, "roles")]
        pointed_at = [at(self._release, "buyer"), at(self._release, "tender", "procuringEntity")]
        found = self._each_once([*with_role, *(self._whole(one) for one in pointed_at if isinstance(one, dict))])
        if not found:
            self._noted("buyer-missing")
        return tuple(found)

    def winners(self, won: Iterable[tuple[Node, list[str]]]) -> tuple[Organisation, ...]:
        """Return the suppliers of awards, each with the lots it won."""
        lots_of: dict[str, dict[str, None]] = {}
        whole: dict[str, Node] = {}
        for supplier, lots in won:
            party = self._whole(supplier)
            name = text(party, "id") or text(party, "name") or ""
            whole.setdefault(name, party)
            lots_of.setdefault(name, {}).update(dict.fromkeys(lots))
        found = ((self._organisation(party), lots_of[name]) for name, party in whole.items())
        return tuple(msgspec.structs.replace(one, lots=tuple(lots)) for one, lots in found if one)

    def _whole(self, reference: Node) -> Node:
        """Return the party a reference points at, else the reference itself, which has a name."""
        return self._by_id.get(text(reference, "id") or "", reference)

    def _each_once(self, given: Iterable[Node]) -> list[Organisation]:
        once = {text(one, "id") or text(one, "name") or "": one for one in given}
        return [found for one in once.values() if (found := self._organisation(one))]

    def _organisation(self, party: Node) -> Organisation | None:
        """Return an organisation; None for one without name and number, and for a person."""
        if at(party, "details", "isNaturalPerson") is True:
            self._noted("natural-person")
            return None
        land = self._country(party)
        given = text(party, "identifier", "id")
        identifier, number = read_identifier(given, land, self._noted)
        name = self._clean(text(party, "name") or text(party, "identifier", "legalName"))
        if not name and not identifier:
            return None
        size = text(party, "details", "scale") or ""
        return Organisation(
            name=name,
            identifier=identifier,
            number=number,
            country=land,
            nuts=next(iter(codes.nuts([text(party, "address", "region")], self._noted)), None),
            town=self._clean(text(party, "address", "locality")),
            size=size if size in SIZES else None,
        )

    def _country(self, party: Node) -> str | None:
        """Return the country of an address, else the one that the register of the identifier is in: "NO-ORG"."""
        short = text(party, "address", "country") or text(party, "address", "countryCode")
        named = text(party, "address", "countryName") or ""
        register = (text(party, "identifier", "scheme") or "").partition("-")
        given = short or (named if len(named) in {2, 3} else None) or (register[0] if register[2] else None)
        return codes.country(given, self._noted if short else Noted())
