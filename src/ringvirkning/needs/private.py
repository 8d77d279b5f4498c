"""What a need says that is private: shown as warnings before the need is opened to all.

It would rather warn once too often: a warning costs a glance, a person's name beside an illness costs more. A national
identity number is not a warning: such a text is refused (``holds_identity_number``), and nothing of it is kept.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ringvirkning.foundation.personal import AFTER, BEFORE, E_MAIL, LABEL, RUN, SHORTEST, UNLABELLED
from ringvirkning.foundation.sentences import sentence as _
from ringvirkning.sources.tables import cpv_labels

MOST = 50  # warnings of one text: past that, the text is not one to open


class PrivateKind(StrEnum):
    """What kind of private matter was seen."""

    E_MAIL = "e-mail"
    TELEPHONE = "telephone"
    PERSON = "person"  # a probable name close to words about health or care
    ADDRESS = "address"


SENTENCES = {
    PrivateKind.E_MAIL: _("Teksten har en e-postadresse. Ta den bort før du åpner behovet for alle."),
    PrivateKind.TELEPHONE: _("Teksten har et telefonnummer. Ta det bort før du åpner behovet for alle."),
    PrivateKind.PERSON: _(
        "Teksten ser ut til å nevne en person sammen med helse eller omsorg. Skriv heller «en beboer» eller «en elev»."
    ),
    PrivateKind.ADDRESS: _("Teksten har en gateadresse. Skriv heller bydelen eller stedet hvis noen bor der."),
}


@dataclass(frozen=True)
class Private:
    """One private matter. ``place`` is where it was typed (``need``, ``told.today``), ``text`` the words themselves."""

    kind: PrivateKind
    place: str
    text: str

    @property
    def sentence(self) -> str:
        """What it is and what to do, in bokmål."""
        return SENTENCES[self.kind]


NAME = r"[A-ZÆØÅ][a-zæøåéèüö]+(?:-[A-ZÆØÅ][a-zæøåéèüö]+)?"
# Common given names, as Statistics Norway lists them, so that a name is told from a place at the start of a sentence.
GIVEN = (
    "Anne Inger Kari Marit Ingrid Liv Eva Berit Astrid Bjørg Hilde Anna Solveig Marianne Randi Ida Nina Maria "
    "Elisabeth Kristin Bente Heidi Silje Hanne Linda Tone Gerd Elin Tove Wenche Camilla Ragnhild Hege Karin "
    "Ellen Julie Emma Nora Sara Grete Unni Else Mona Ruth Turid Karen Åse Gunn Anita Laila Lise Sissel Aud "
    "Trine Maren Thea Sofie Aisha Fatima Jan Per Bjørn Ole Lars Kjell Knut Svein Arne Thomas Geir Hans Morten "
    "Tor Terje Odd Erik John Martin Andreas Jon Anders Rune Trond Tore Harald Olav Gunnar Jens Kristian Rolf "
    "Nils Leif Tom Helge Stian Øyvind Einar Marius Daniel Kåre Magnus Frode Espen Alexander Sverre Henrik "
    "Steinar Øystein Kjetil Eirik Stein Arild Roger Mohammed Ahmed Ali "
).split()
TITLE = (
    r"(?:[Ff]ru|[Hh]err|[Ff]røken|[Pp]asient(?:en)?|[Bb]eboer(?:en)?|[Bb]ebuar(?:en)?|[Ee]lev(?:en)?|"
    r"[Bb]ruker(?:en)?|Mrs?\.?|Ms\.?|[Pp]atient|[Rr]esident)"
)
# Given names stand before a surname, or alone beside health words; a title makes any capitalised word a name.
PERSON = re.compile(rf"\b(?:(?:{'|'.join(GIVEN)})(?:[ -]{NAME}){{0,2}}|{TITLE} {NAME}(?: {NAME})?)\b(?! \d)")
NOT_NAMES = re.compile(
    r"\b(?:kommune|fylkeskommune|sykehus|skole|skule|sykehjem|sjukeheim|helsehus|gate|gata|vei|veg|plass|senter|"
    r"metoden?|stiftelsen?)\b|s (?:Hospital|Minde|gate|plass)",
    re.I,
)
HEALTH = re.compile(
    r"\b(?:demen[st]|diagnose|syk|sjuk|sykdom|sjukdom|pasient|beboer|bebuar|medisin|pille|tablett|kreft|slag\b|hjerneslag|"
    r"alzheimer|diabetes|epilepsi|depresj|psykisk|angst|autis|adhd|rus\b|rusmid|alkohol|fall|falt|skad|pleie|sykehjem|sjukeheim|"
    r"hjemmesykepleie|barnevern|vedtak|funksjon|utviklingshem|rullestol|død|inkontinens|allergi|sosialhjelp|nav\b|mobb|"
    r"vold|overgrep|kols|hjerte|blind|døv|illness|disease|cancer|stroke|patient|resident|disab|wheelchair|dementia)",
    re.I,
)
ADDRESS = re.compile(
    r"\b(?!(?:[Rr]iks|[Ff]ylkes|[Ee]uropa|[Mm]otor|[Gg]ang|[Ss]ykkel|[Ss]kole|[Ss]kule|[Ss]kogs|[Aa]nleggs|[Tt]ur)"
    r"(?:vei|veg|gate|plass|bakke|sti))"
    rf"(?:{NAME} )?[A-ZÆØÅ][a-zæøå]*(?:veien|vegen|gata|gaten|gate|vei|veg|allé|alléen|alleen|svingen|bakken|stien|"
    r"tunet|haugen|kroken|terrasse|ringen|jordet|torget|brygge|faret|løkka|[ ]vei|[ ]veg|[ ]gate|[ ]plass)"
    r" \d{1,3}(?: ?[A-Ha-h])?\b"
)
SENTENCE_END = re.compile(r"[.!?]\s|\n")


def private_in(text: str, place: str = "need") -> list[Private]:
    """Return what is private in a text, each thing once, in the order it is met within its kind."""
    finders = (_e_mails, _telephones, _persons, _addresses)
    found = dict.fromkeys(Private(kind, place, words) for finder in finders for kind, words in finder(text))
    return list(found)[:MOST]


def _e_mails(text: str) -> Iterator[tuple[PrivateKind, str]]:
    if "@" in text or "(at)" in text or "[at]" in text:
        yield from ((PrivateKind.E_MAIL, found[0]) for found in E_MAIL.finditer(text))


def _telephones(text: str) -> Iterator[tuple[PrivateKind, str]]:
    for run in RUN.finditer(text):
        start, end = run.span()
        if LABEL.search(text[max(0, start - BEFORE) : start]):
            yield PrivateKind.TELEPHONE, run[0].strip()
        elif end - start >= SHORTEST:
            around = text[max(0, start - 2) : end + AFTER]
            numbers = (found for found in UNLABELLED.finditer(around) if found.lastgroup != "identity")
            yield from ((PrivateKind.TELEPHONE, one[0]) for one in numbers if one[0] not in cpv_labels())


def _persons(text: str) -> Iterator[tuple[PrivateKind, str]]:
    """Yield probable names in a sentence that speaks of health or care."""
    for found in PERSON.finditer(text):
        ending = text[found.start() : found.end() + 20]
        if not NOT_NAMES.search(ending) and HEALTH.search(_around(text, *found.span())):
            yield PrivateKind.PERSON, found[0]


def _around(text: str, start: int, end: int) -> str:
    """Return the sentence a stretch of the text stands in, at most 200 characters each way."""
    before, after = text[max(0, start - 200) : start], text[end : end + 200]
    last = max((found.end() for found in SENTENCE_END.finditer(before)), default=0)
    next_end = SENTENCE_END.search(after)
    # The title before a name is a health word too ("pasient Olsen"), so the stretch itself is looked at.
    return before[last:] + text[start:end] + (after[: next_end.start()] if next_end else after)


def _addresses(text: str) -> Iterator[tuple[PrivateKind, str]]:
    yield from ((PrivateKind.ADDRESS, found[0]) for found in ADDRESS.finditer(text))
