"""Danish and Swedish read as Norwegian, so that a need or a notice in a neighbour's language finds what ours find.

Only a text that is Danish or Swedish is read so: a Norwegian or English one is left exactly as it is. The words stand
in ``data/neighbours.yaml``; words that only follow another spelling (*station*, *stasjon*) need no line there.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

import Stemmer

from ringvirkning.search.text.analyser import NO_MEMORY, Analyser, analyser
from ringvirkning.search.text.repair import Mender, mender
from ringvirkning.search.text.stopwords import EVERYDAY, PADDING, SMALL
from ringvirkning.search.text.vocabulary import Vocabulary, neighbour_pairs, vocabulary
from ringvirkning.search.text.words import pieces

DANISH, SWEDISH = "da", "sv"
SHORTEST_PART = 3
SHORTEST_BARE = 4  # what is left when an ending or a vowel is taken off
ENDINGS = ("en", "et", "n", "t", "s", "ens", "ets", "erne", "ernes", "arna", "orna", "erna", "na")
SURE, LONG = 2, 3
LONG_WORD = 8  # letters: nobody writes such a word of a neighbour's by chance
LEAST, LEAST_SHARE = 2, 0.3  # words that tell a language: so many, or this share of a short text, and one of them sure
LETTERS = {"da": "", "sv": "äö"}  # that we never write
LONGEST = 40  # no word anybody means is longer
MOST_TRIED = 48
LINKS = ("s", "e", "o", "u", "a")  # between the parts of a compound: *lastbilschaufför*, *barneværn*, *gatubelysning*
# Small words of each language, those we share too. The ones we do not have tell the language.
SMALL_OF = {
    DANISH: frozenset(
        """
        ad af aldrig alle allerede alt altid altså anden andet andre at bare begge blandt blev bliver blive blevet blot
        burde bør både da de dem den denne der deres det dets dette dig din dine disse dit dog du efter ej eller ellers
        en end endnu er et fik for fordi fra få får før først gennem godt ham han hans har have havde hele hen
        hende hendes her hos hun hvad hver hvert hvem hvilke hvilken hvilket hvis hvor hvordan hvorfor hvornår i igen
        ikke ind ingen intet ja jeg jer jo kan kom kommer kun kunne lige lidt man mange med meget mellem men mens mere
        mest mig min mine mit mod må måde måske måtte ned nej nemlig nogen nogle noget nok nu når næsten næste også og
        om omkring op os over overfor på samt se selv ser sig sige siden sin sine sit skal skulle snart som stadig
        sådan så således til tit ud uden under var ved vi via vil ville vor vore vores være været hvorhen gang gange
        idag altid ofte samme sammen hvorved derfor ligesom imod indtil inden udenfor hjem
        """.split()
    )
    - {"hjem"},
    SWEDISH: frozenset(
        """
        alla allt alltid alltså andra att av bara blev bli blir blivit bland bort borde bör både de dem den denna deras
        dess dessa det detta dig din dina ditt dock du där därför då efter eftersom eller en er ett fast fick flesta
        får för före först från få genom gärna ha hade han hans har hela helt henne hennes hon honom hos hur här i
        ibland igen in inga ingen inget innan inne inom inte istället ja jag kan kanske knappt kom kommer kring kunde
        lite låta man med mellan men mer mest mig min mina mitt mot mycket måste många medan ned nej ner ni nog nu när
        nästan något någon några någonting och nån nära och ofta också om omkring oss på redan runt samma samt sedan sen
        senast ser sig sin sina sitt själv själva sjunka ska skall skulle som så sådan såna till tillbaka tillsammans
        trots under upp ur ut utan utanför vad var vara varandra varför varit varje varken vars vart vem vi via
        vid vilka vilken vilket vill vår våra vårt väl än ändå ännu är åt över hellre hur idag dessutom vara väldigt
        kunna
        """.split()
    )
    - {"sjunka"},
}
# Ordinary words whose spelling is English too: they do not tell the language.
ENGLISH_TOO = frozenset(
    """
    ambulance anledning bus chef computer container emission fart gas gift hat hiss hot information integration
    isolation larm leg lift medicin metal motion museum nutrition patient personal plan plant post pump reparation
    rent ring station stress tag vagt ventilation vaccine vaccination video hal fall mat led glass brand rest signal
    erosion filter budget protokoll telefon bro natural affair band fans sat spade torn bade skate plog
    """.split()
)
# Words of ours that mean something else there, and are not searched for as they stand.
FALSE_FRIENDS = frozenset("rolig roligt kald frokost glass by byar anledning artig kul hal hot tak bolla må".split())
OURS = SMALL | PADDING | EVERYDAY
# What is spelt otherwise: each is tried beside what came before it. (pattern, Norwegian)
SPELLINGS = {
    DANISH: tuple(
        (re.compile(pattern), ours)
        for pattern, ours in (
            (r"tion", "sjon"), (r"hed", "het"), (r"^af", "av"), (r"^ud", "ut"), (r"^ind", "inn"), (r"ej", "ei"),
            (r"øj", "øy"), (r"(?<=[aeiouyæøå])d", "t"), (r"(?<=[aeiouyæøå])g(?!n)", "k"), (r"(?<=[aeiouyæøå])b", "p"),
            (r"erne(s?)$", r"ene\1"), (r"igt$", "ig"), (r"nd", "nn"), (r"ld", "ll"), (r"æ", "e"), (r"c(?=[eiy])", "s"),
            (r"eret", "ert"),
        )
    ),
    SWEDISH: tuple(
        (re.compile(pattern), ours)
        for pattern, ours in (
            (r"ö", "ø"), (r"ä", "e"), (r"ä", "æ"), (r"tion", "sjon"), (r"ck", "kk"), (r"x", "ks"), (r"ssion", "sjon"),
            (r"(or|ar|er)na(s?)$", "ene"), (r"(or|ar)s?$", "er"), (r"igt$", "ig"), (r"a$", "e"),
            (r"nd", "nn"), (r"erad?e?$", "ert"),
        )
    ),
}  # fmt: skip


class Meant(NamedTuple):
    """What a word of a neighbour language is to us."""

    word: str  # in bokmål, "" for a small word
    own: tuple[str, ...]  # its stem as typed, where that is searched for too: not when it is another word of ours


class Neighbour:
    """Reads the words of one neighbour language as ours."""

    def __init__(self, language: str, known: Analyser, ours: Mender) -> None:
        self.small, self.letters = SMALL_OF[language], LETTERS[language]
        self.spellings, self.pairs = SPELLINGS[language], neighbour_pairs()[language]
        self.known, self.ours = known, ours
        self._stemmer = Stemmer.Stemmer({DANISH: "danish", SWEDISH: "swedish"}[language], NO_MEMORY)
        self.by_stem: dict[str, str] = {}
        for form in sorted(self.pairs, key=lambda form: (-len(form), form)):  # the shortest has the last word
            self.by_stem[str(self._stemmer.stemWord(form))] = self.pairs[form]
        self.telling = lru_cache(maxsize=20_000)(self._telling)
        self.meant = lru_cache(maxsize=50_000)(self._meant)
        self.word = lru_cache(maxsize=20_000)(self._word)  # the ends of a compound are looked at again and again

    def _telling(self, form: str) -> int:
        """Tell how sure a word is of this language: SURE, LONG when it is enough alone, 1 for maybe, or 0."""
        if form in ENGLISH_TOO or form in OURS or self._is_ours(form):
            return 0
        foreign = any(letter in form for letter in self.letters)
        if form in self.small or form in self.pairs:
            return LONG if foreign or len(form) >= LONG_WORD else SURE
        return int(not self.ours.knows(form) and (foreign or bool(self._listed(form))))

    def _meant(self, form: str) -> Meant:
        if form in self.small:
            return Meant(form if form in OURS else "", ())
        parts = pieces(form)
        read = [self.word(part) or self._guessed(part) or part for part in parts]
        meant = "-".join(read)
        if read == parts or form in FALSE_FRIENDS or self._is_ours(form):
            return Meant(form if read == parts else meant, ())
        return Meant(meant, (self.known.read_form(form)[0],))

    def _word(self, form: str) -> str:
        """Return one word in bokmål; "" when it is ours already or beyond us."""
        if len(form) > LONGEST:
            return ""
        if form in self.pairs or self._is_ours(form):
            return self.pairs.get(form, "")
        return self._listed(form) or self._respelt(form, self._is_ours) or self._compound(form)

    def _guessed(self, form: str) -> str:
        """Return a word respelt into one put together of ours. Asked last: it takes a while, and may be wrong."""
        return "" if len(form) > LONGEST or self.ours.knows(form) else self._respelt(form, self.ours.knows)

    def _is_ours(self, form: str) -> bool:
        """Tell whether a word is one of ours as a whole. Many a word of theirs can be cut into short words of ours."""
        return self.ours.analyser.stem_word(form) in self.ours.stems

    def _listed(self, form: str) -> str:
        """Return the word, or the one it is an inflection of, as our list has it; "" when it has not."""
        found = self.pairs.get(form) or self.by_stem.get(str(self._stemmer.stemWord(form)))
        bare = (form.removesuffix(ending) for ending in ENDINGS if form.endswith(ending))
        return found or next((self.pairs[one] for one in bare if len(one) >= SHORTEST_BARE and one in self.pairs), "")

    def _compound(self, form: str) -> str:
        """Return a compound with its parts in bokmål, the longest first part we know first; "" when we do not."""
        for cut in range(len(form) - SHORTEST_PART, SHORTEST_PART - 1, -1):
            first = self._first(form[:cut])
            last = self._last(form[cut:]) if first else ""
            if first and last:
                # With a hyphen where our compounds are not cut so: then its parts are read all the same.
                return first + last if self.known.splitter.split(first + last) else f"{first}-{last}"
        return ""

    def _first(self, part: str) -> str:
        """Return a first part in bokmål. Of our own words only those that stand first in compounds of ours."""
        bare = part[:-1] if part[-1] in LINKS else ""
        link = "s" if part[-1] == "s" else ""
        whole = self._as_first(part)
        found = "" if whole else self._as_first(bare)
        return whole or (found + link if found else "")

    def _as_first(self, part: str) -> str:
        """Return a word that stands first; it may have lost its last vowel there: *skol-* is *skola*."""
        if len(part) < SHORTEST_PART:
            return ""
        whole = self.pairs.get(part) or (part if part in self.known.splitter.forms else "")
        longer = (part + vowel for vowel in "ae") if len(part) >= SHORTEST_BARE else ()
        return whole or next((self.pairs[one] for one in longer if one in self.pairs), "")

    def _last(self, part: str) -> str:
        if len(part) < SHORTEST_PART or part in self.small:
            return ""
        return self.word(part) or (part if self.ours.knows(part) else "")

    def _respelt(self, form: str, is_known: Callable[[str], bool]) -> str:
        """Return the word as we would spell it, when that is a word we know; "" when it is not."""
        tried = [form]
        for pattern, ours in self.spellings:
            tried += [other for one in tried if (other := pattern.sub(ours, one)) not in tried]
            tried = tried[:MOST_TRIED]
        return next((one for one in tried[1:] if is_known(one)), "")


@lru_cache(maxsize=6)
def _neighbour_of(language: str, chosen: Vocabulary) -> Neighbour:
    return Neighbour(language, analyser(), mender())


def neighbour(language: str) -> Neighbour:
    """Return the reader of Danish (``da``) or Swedish (``sv``) for the vocabulary in use."""
    return _neighbour_of(language, vocabulary())


def neighbour_language(forms: Sequence[str]) -> str:
    """Return ``da`` or ``sv`` when the words tell that a text is so, and "" otherwise: ours, English, or unknown."""
    said = {language: _points(forms, language) for language in SMALL_OF}
    best = max(said, key=lambda language: said[language])
    return best if said[best] > 0 and said[best] > min(said.values()) else ""


def _points(forms: Sequence[str], language: str) -> int:
    """Return how many more words are this language's alone than are small words of ours or English alone."""
    reader = neighbour(language)
    telling = [sure for form in forms if (sure := reader.telling(form))]
    most = max(telling, default=0)
    if most < SURE or (most < LONG and len(telling) < min(LEAST, LEAST_SHARE * len(forms))):
        return 0
    return len(telling) - sum(form in SMALL and form not in reader.small for form in forms)
