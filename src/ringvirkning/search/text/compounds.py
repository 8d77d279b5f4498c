"""Splitting Norwegian compound words into the words they are made of."""

from functools import lru_cache

SHORTEST = 4  # shorter parts split too much ("transport" is not trans + port)
LONGEST = 60
SHORT_PARTS = frozenset(
    "el vei veg snø sjø hav båt bil mat gass bygg is ras by fly tog tre hud ung dør lys luft støy syk sår bad vær egg "
    "ark tak rør kum pil havn barn kø gå gang ski øy elv flo is vår IKT ikt va data".split()
)
# Everyday first and last parts that our tables happen not to hold as words of their own.
COMMON_PARTS = frozenset(
    """
    velferd omsorg hverdag bruker pasient pleie sykepleie vinter sommer høst helse trygghet varsling overvåking styring
    ledelse drift kunde skole barne ungdom eldre klima miljø natur energi varme kjøle avløp drikke overflate regn flom
    skred fjell skog bygge bolig leilighet hytte torg gate sykkel gange fortau bru tunnel skilt måler måling sensor
    kamera alarm robot drone maskin verktøy utstyr anlegg sentral stasjon terminal lager mottak henting levering kjøring
    transport reise buss ferge fartøy kai brygge havne farled fiske avfall søppel ombruk gjenbruk sortering plast papir
    mobbing fravær lese lærer elev rektor assistent ansatt vikar turnus vakt beredskap brann rednings ulykke
    bestilling betaling faktura regnskap budsjett innkjøp avtale kontrakt leverandør marked dialog konferanse portal
    plattform tjeneste løsning prosjekt gruppe team nettverk samarbeid fellesskap møte arrangement frivillighet kultur
    idrett bibliotek museum kirke gravplass park lekeplass bane svømme
    """.split()
)
LINKS = ("s", "e")  # letters that join a part to the next


class Splitter:
    """Splits by a dictionary of known words. ``forms`` are whole forms, ``stem`` reduces an inflected last part."""

    def __init__(self, forms: frozenset[str], stems: frozenset[str], stem: "Stem") -> None:
        self.forms = COMMON_PARTS | {form for form in forms if len(form) >= SHORTEST or form in SHORT_PARTS}
        self.stems = frozenset(one for one in stems if len(one) >= SHORTEST - 1 or one in SHORT_PARTS)
        self.stem = stem
        self.base: dict[str, str] = {}  # stem → shortest known form: an inflected word is split as its base is
        for form in sorted(forms, key=lambda form: (-len(form), form)):
            self.base[stem(form)] = form
        self.split = lru_cache(maxsize=20_000)(self._split)

    def _split(self, word: str) -> tuple[str, ...]:
        """Return the parts of a compound, the last as written, or () when it is no compound we can see."""
        if not 6 <= len(word) <= LONGEST:
            return ()
        base = self.base.get(self.stem(word), word)  # "portalen" is a portal, not port + alen(e)
        best = self._parts(base if len(base) <= len(word) else word, 3)
        return best if len(best) > 1 else ()

    def _parts(self, rest: str, most: int) -> tuple[str, ...]:
        """Return ``rest`` in two to ``most`` parts, as few as can be, longest first part first; () when it cannot."""
        found: tuple[str, ...] = ()
        for end in range(len(rest) - 2, 1, -1):
            first = self._is_first(rest[:end])
            tail = self._tail(rest[end:], most - 1) if first else ()
            if tail and (not found or len(found) > len(tail) + 1):
                found = (first, *tail)
                if len(found) == 2:
                    break
        return found

    def _tail(self, rest: str, most: int) -> tuple[str, ...]:
        """Return what follows a first part: one word when it can be one, else parts."""
        if self._is_last(rest):
            return (rest,)
        return self._parts(rest, most) if most > 1 else ()

    def _is_first(self, part: str) -> str:
        """Return the word that ``part`` is as a first part (linking letter taken off), or ""."""
        if part in self.forms:
            return part
        bare = part[:-1]
        return bare if part[-1] in LINKS and bare in self.forms else ""

    def _is_last(self, part: str) -> bool:
        return part in self.forms or (len(part) >= SHORTEST and self.stem(part) in self.stems)


class Stem:
    """A callable that stems one word; a class so that types are plain."""

    def __init__(self, stem_word: object) -> None:
        self._stem_word = stem_word

    def __call__(self, word: str) -> str:
        """Return the stem."""
        return str(self._stem_word(word))  # type: ignore[operator]
