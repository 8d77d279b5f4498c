"""Which language a need is written in, by its small words: simple, quick, and right from one sentence on."""

from enum import StrEnum
from functools import cache

from ringvirkning.search.text.analyser import analyser
from ringvirkning.search.text.repair import mender
from ringvirkning.search.text.vocabulary import neighbour_pairs
from ringvirkning.search.text.words import forms

MOST_WORDS = 1_000  # of a long text; what comes after says nothing new about the language
OWN = 2  # a small word only one language has, against a half shared with others


class Tongue(StrEnum):
    """A language we read."""

    NB = "nb"
    NN = "nn"
    EN = "en"
    DA = "da"
    SV = "sv"


# Small and everyday words of each language. A word in several lists counts for each of them.
SMALL = {
    Tongue.NB: "ikke jeg en et noe noen hvor hvordan hva hvem hvorfor hvis fra det de er og å som på vi av må mye bare "
    "hver kommer være blir ble våre vår også etter opp ut nå når enn gjør får eller uten mer bedre trenger skolen "
    "hjelp til med har oss dem løsning tiden natten huset bruker mellom flere ønsker bør sykehjem boligen vei brøyting "
    "hjemme hjem vann syke",
    Tongue.NN: "ikkje eg ein eit noko nokon nokre kor korleis kva kven kvifor viss frå det dei er og å som på vi av må "
    "mykje berre kvar kjem vere vert blir våre vår òg også etter opp ut no når enn gjer får eller utan meir "
    "betre treng skulen hjelp til med har oss dei løysing tida natta huset brukar mellom fleire ønskjer bør me ho "
    "sjukeheim bustad veg brøyting heime heim vatn sjuke skal sjølv frå annan kommunane tilsette tenesta tenester",
    Tongue.EN: "the a an and of to in is are we our for with not that this it they have has be by from on at as their "
    "who what how when which need needs would can could should many every there them or but old people help do does "
    "too get better more my your without into about year day night all",
    Tongue.DA: "ikke jeg en et noget nogen hvor hvordan hvad hvem hvorfor hvis fra det de er og at som på vi af "
    "må meget kun hver kommer være bliver blev vores også efter op ud nu når end gør får eller uden mere bedre "
    "brug behov skolen hjælp til med har os dem løsning tiden natten huset bruger mellem flere ønsker bør "
    "plejehjem bolig vej borgere borgerne hjemme hjem vand syge skal selv anden ældre",
    Tongue.SV: "inte jag en ett något någon några var hur vad vem varför om från det de är och att som på vi av måste "
    "mycket bara varje kommer vara blir våra vår också efter upp ut nu när än gör får eller utan mer bättre behöver "
    "skolan hjälp till med har oss dem lösning tiden natten huset använder mellan flera önskar bör äldre boende väg "
    "hemma hem vatten sjuka ska själv annan kommunen många",
}
# Words all the Scandinavian languages have: they tell them from English, and nothing else.
SCANDINAVIAN = (
    "skal i på om er det de den dem der at og som vi med til kan alle ingen for mange fra så kun før natten falle"
)
WORDS = {
    tongue: frozenset(f"{listed} {'' if tongue == Tongue.EN else SCANDINAVIAN}".split())
    for tongue, listed in SMALL.items()
}
# Letters that settle it when the words do not.
LETTERS = {Tongue.SV: "äö", Tongue.NB: "æø", Tongue.NN: "æø", Tongue.DA: "æø"}


def language_of(text: str, otherwise: str = Tongue.NB) -> Tongue:
    """Return the language of a text; ``otherwise`` when nothing in it tells."""
    typed = forms(text[: MOST_WORDS * 8])[:MOST_WORDS]
    points = dict.fromkeys(Tongue, 0.0)
    for form in typed:
        for tongue, point in _points().get(form, ()):
            points[tongue] += point
    for tongue, letters in LETTERS.items():
        points[tongue] += sum(0.5 for form in typed if any(letter in form for letter in letters))
    fallback = Tongue(otherwise) if otherwise in set(Tongue) else Tongue.NB
    for rare in (Tongue.DA, Tongue.SV):  # most who write here write Norwegian or English: it takes more to say these
        points[rare] -= 1
    for code, table in neighbour_pairs().items():
        points[Tongue(code)] += sum(1.0 for form in typed if form in table and not mender().knows(form))
    points[Tongue.NN] += sum(0.5 for form in typed if is_nynorsk(form))
    best = max(points.values())
    return fallback if best == points[fallback] else max(points, key=lambda tongue: points[tongue])


def is_nynorsk(form: str) -> bool:
    """Tell whether our table has the word as nynorsk for another in bokmål."""
    stem = analyser().stem_word(form)
    meant = analyser().to_bokmal.get(stem)
    return meant is not None and analyser().stem_word(meant) != stem


@cache
def _points() -> dict[str, tuple[tuple[Tongue, float], ...]]:
    """Return small word → its languages and what it says for each: the fewer that have it, the more."""
    having = {
        form: [tongue for tongue in Tongue if form in WORDS[tongue]] for form in frozenset().union(*WORDS.values())
    }
    return {form: tuple((tongue, OWN / len(tongues)) for tongue in tongues) for form, tongues in having.items()}
