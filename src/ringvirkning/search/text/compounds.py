"""Splitting Norwegian compound words into the words they are made of."""

from functools import lru_cache

SHORTEST = 4  # shorter parts split too much ("transport" is not trans + port)
LONGEST = 60
SHORT_PARTS = frozenset(
    "el vei veg snø sjø hav båt bil mat gass bygg is ras by fly tog tre hud ung dør lys luft støy syk sår bad vær egg "
    "ark tak rør kum pil havn barn kø gå gang ski øy elv flo is vår IKT ikt va data".split()
)
LINKS = ("", "s", "e")


class Splitter:
    """Splits by a dictionary of known words. ``forms`` are whole forms, ``stem`` reduces an inflected last part."""

    def __init__(self, forms: frozenset[str], stems: frozenset[str], stem: "Stem") -> None:
        self.forms = frozenset(form for form in forms if len(form) >= SHORTEST or form in SHORT_PARTS)
        self.stems = frozenset(one for one in stems if len(one) >= SHORTEST - 1 or one in SHORT_PARTS)
        self.stem = stem
        self.split = lru_cache(maxsize=200_000)(self._split)

    def _split(self, word: str) -> tuple[str, ...]:
        """Return the parts of a compound, the last as written, or () when it is no compound we can see."""
        if not 6 <= len(word) <= LONGEST:
            return ()
        best = self._best(word, 3)
        return best if len(best) > 1 else ()

    def _best(self, rest: str, most: int) -> tuple[str, ...]:
        """Return the split of ``rest`` into fewest parts, longest first part first; () when there is none."""
        found: tuple[str, ...] = (rest,) if self._is_last(rest) else ()
        if most == 1:
            return found
        for end in range(len(rest) - 2, 1, -1):
            first = self._is_first(rest[:end])
            if not first:
                continue
            tail = self._best(rest[end:], most - 1)
            if tail and (not found or len(found) > len(tail) + 1 or found == (rest,)):
                found = (first, *tail)
                if len(found) == 2:
                    break
        return found

    def _is_first(self, part: str) -> str:
        """Return the word that ``part`` is as a first part (linking letter taken off), or ""."""
        for link in LINKS:
            bare = part.removesuffix(link) if link else part
            if (bare != part or not link) and bare in self.forms:
                return bare
        return ""

    def _is_last(self, part: str) -> bool:
        return part in self.forms or (len(part) >= SHORTEST and self.stem(part) in self.stems)


class Stem:
    """A callable that stems one word; a class so that types are plain."""

    def __init__(self, stem_word: object) -> None:
        self._stem_word = stem_word

    def __call__(self, word: str) -> str:
        """Return the stem."""
        return str(self._stem_word(word))  # type: ignore[operator]
