"""Made cases and made needs: plausible Norwegian out of our own word lists, the same every time.

Words are used as in real text: a few concepts, goods and municipalities very often, most of them seldom (Zipf).
The cases are whole case files that pass the format's own model, put into the tables in bulk. So the index is built,
followed and asked through the very same code as in daily use; only the publishing one by one is left out.
"""

import hashlib
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from itertools import accumulate, islice
from typing import Any

from ringvirkning.search.text.vocabulary import Concept, concepts
from ringvirkning.search.text.words import words as words_in
from ringvirkning.sources.casefile import terms
from ringvirkning.sources.tables import cpv_labels, table, themes

SEED = 20261123
BATCH = 2_000
TOLD_AT = datetime(2026, 1, 1, tzinfo=UTC)
WORDS_A_SENTENCE = 15  # with the names, labels and key words that come beside the sentences

NEEDS = (
    "{hint} er et problem i {place}, og de ansatte ønsker seg {word}.",
    "Kommunen bruker for mye tid på {word}, og innbyggerne merker det når {hint}.",
    "I dag løses oppgaven med {word}, men ordningen er dyr og sårbar.",
    "Mange melder om {hint}, særlig om vinteren i {place}.",
    "Behovet for {word} vokser raskere enn budsjettet i {place}.",
    "Ledelsen ville vite om {word} kunne erstatte dagens rutiner for {other}.",
)
ANSWERS = (
    "Leverandøren utviklet {word} sammen med brukerne og koblet løsningen til {other}.",
    "Anskaffelsen omfattet {cpv} og opplæring i {word}.",
    "Løsningen gir {word} uten at de ansatte må gjøre noe ekstra.",
    "Resultatet ble færre klager, lavere utslipp og bedre {word}.",
    "Kommunen kjøpte {cpv} og tok {word} i bruk ved fire enheter.",
)
STORIES = (
    "Prosjektet inviterte markedet til dialog om {word} og fikk svar fra mange leverandører.",
    "Vi burde ha prøvd {word} tidligere og snakket mer med dem som jobber med {other}.",
    "Konkurransen beskrev behovet for {word} og lot leverandørene foreslå hvordan.",
    "Piloten i {place} varte i åtte måneder og viste at {word} virker.",
)
FILLERS = (
    "vi trenger hjelp fordi {hint}",
    "finnes det noe bedre enn {word}",
    "mange hos oss sliter med {hint}",
    "hvordan har andre løst {word}",
    "ansatte sier at {word} tar for mye tid",
)


class Zipf:
    """Draws things so that the first in a shuffled row comes most often, the n-th about 1/n as often."""

    def __init__(self, things: Sequence[Any], slope: float) -> None:
        self.things = list(things)
        random.Random(SEED).shuffle(self.things)
        self.weights = list(accumulate(1 / place**slope for place in range(1, len(self.things) + 1)))

    def draw(self, dice: random.Random) -> Any:
        """Return one of the things."""
        return dice.choices(self.things, cum_weights=self.weights)[0]


@dataclass(frozen=True)
class Language:
    """What cases are made of."""

    concepts: Zipf
    goods: Zipf
    places: Zipf


@cache
def language() -> Language:
    """Return the words we have: concepts, CPV codes with labels, municipalities."""
    told = [one for one in concepts() if one.hints]
    places = table("municipalities.json")["municipalities"]
    return Language(Zipf(told, 0.9), Zipf(sorted(cpv_labels().items()), 0.8), Zipf(places, 0.7))


def case_document(number: int, length: int) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the made case of that number with about ``length`` words, and the municipalities that bought."""
    dice = random.Random(SEED * 1_000_003 + number)
    main, other = language().concepts.draw(dice), language().concepts.draw(dice)
    buyers = _buyers(dice)
    about = _About(main, other, buyers[0]["name"], language().goods.draw(dice))
    pieces = max(3, round(length / WORDS_A_SENTENCE))
    document = {
        "format": terms.FORMAT,
        "version": terms.VERSION,
        "id": f"laget-{number:06d}",
        "title": {"nb": f"{about.word(dice).capitalize()} i {about.place}"},
        "summary": _statement(about.say(NEEDS, 1, dice)),
        "need": {"description": _statement(about.say(NEEDS, max(1, pieces // 3), dice))},
        "solutions": [{"text": {"nb": about.say(ANSWERS, max(1, pieces // 3), dice)}, "sources": ["s1"]}],
        "lessons": [
            {
                "kind": dice.choice(list(terms.LessonKind)).value,
                "text": {"nb": about.say(STORIES, max(1, pieces // 4), dice)},
                "sources": ["s1"],
            }
        ],
        "keywords": {"nb": [about.word(dice), about.hint(dice)]},
        "cpv": [about.goods[0]],
        "sources": [_source()],
        "licence": "CC-BY-4.0",
        "revised": "2026-01-01",
        **_facts(dice, main, other, buyers),
    }
    return document, buyers


@dataclass(frozen=True)
class _About:
    """What one case is about."""

    main: Concept
    other: Concept
    place: str
    goods: tuple[str, list[str]]

    def word(self, dice: random.Random) -> str:
        return dice.choice(self.main.words)

    def hint(self, dice: random.Random) -> str:
        return dice.choice(self.main.hints)

    def say(self, sentences: Sequence[str], count: int, dice: random.Random) -> str:
        """Return so many sentences about it."""
        return " ".join(self._sentence(dice.choice(sentences), dice) for _ in range(count))

    def _sentence(self, form: str, dice: random.Random) -> str:
        other = dice.choice(self.other.words)
        cpv = self.goods[1][0].lower()
        said = form.format(word=self.word(dice), hint=self.hint(dice), other=other, place=self.place, cpv=cpv)
        return said[:1].upper() + said[1:]


def _buyers(dice: random.Random) -> list[dict[str, Any]]:
    drawn = [language().places.draw(dice) for _ in range(dice.choice((1, 1, 1, 2, 4)))]
    return list({one["number"]: one for one in drawn}.values())


def _statement(text: str) -> dict[str, Any]:
    return {"text": {"nb": text}, "sources": ["s1"]}


def _source() -> dict[str, Any]:
    return {
        "id": "s1",
        "title": "Laget for måling",
        "url": "https://example.org/",
        "kind": "report",
        "checked": "2026-01-01",
    }


def _facts(dice: random.Random, main: Concept, other: Concept, buyers: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return what facets are made of."""
    year = str(2010 + min(15, int(abs(dice.gauss(0, 6)))))
    facts: dict[str, Any] = {
        "themes": [one for one in dict.fromkeys((main.theme, other.theme)) if one in themes()] or ["innkjop"],
        "state": {"status": dice.choice(list(terms.Status)).value, "as_of": year},
        "start": year,
        "parties": [
            {
                "organisation": {"name": f"{one['name']} kommune"},
                "role": "lead" if place == 0 else "co_buyer",
                "sources": ["s1"],
            }
            for place, one in enumerate(buyers)
        ],
    }
    if dice.random() < 0.7:
        facts["procurement"] = {
            "procedure": dice.choice(list(terms.Procedure)).value,
            "kind": dice.choice(list(terms.ProcurementKind)).value,
            "sources": ["s1"],
        }
    if dice.random() < 0.4:
        facts["figures"] = [_figure(dice, main)]
    return facts


def _figure(dice: random.Random, about: Concept) -> dict[str, Any]:
    return {
        "id": "f1",
        "kind": dice.choice(list(terms.FigureKind)).value,
        "effect": "cost_saved",
        "label": {"nb": f"Spart på {about.labels['nb']}"},
        "value": str(dice.randrange(1, 900) * 10_000),
        "unit": "NOK",
        "assumption": {"nb": "Alle kommuner gjør det samme"},
        "sources": ["s1"],
    }


def needs(length: int, count: int, seed: int) -> list[str]:
    """Return so many different needs of exactly ``length`` words."""
    dice = random.Random(f"{SEED} {length} {seed}")
    found: dict[str, None] = {}
    while len(found) < count:
        found[" ".join(islice(_words_of_need(length, dice), length))] = None
    return list(found)


def _words_of_need(length: int, dice: random.Random) -> Iterator[str]:
    """Yield words without end, about one concept at a time."""
    while True:
        concept = language().concepts.draw(dice)
        if length == 1:
            yield dice.choice([word for word in concept.words if len(words_in(word)) == 1] or [concept.words[0]])
            continue
        forms = ("{hint}", "{word}") if length < 10 else FILLERS
        said = dice.choice(forms).format(word=dice.choice(concept.words), hint=dice.choice(concept.hints))
        yield from (word.form for word in words_in(said))


def fill(count: int, length: int) -> None:
    """Put so many made cases into the tables of this home, with their organisations and change numbers."""
    from django.db import connection, transaction

    from ringvirkning.catalogue import registers

    registers.load_organisations(at=TOLD_AT)
    with transaction.atomic():
        for first in range(0, count, BATCH):
            _add(range(first, min(first + BATCH, count)), length)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _add(numbers: range, length: int) -> None:
    from ringvirkning.catalogue.models import Case, CaseParty, CaseRevision, Change, Counter
    from ringvirkning.catalogue.queries import last_change

    made = {number: case_document(number, length) for number in numbers}
    case_rows = Case.objects.bulk_create([_case(document, buyers) for document, buyers in made.values()])
    revisions = CaseRevision.objects.bulk_create(
        [_revision(case, document) for case, (document, _) in zip(case_rows, made.values(), strict=True)]
    )
    _point_at_revisions(case_rows, revisions)
    CaseParty.objects.bulk_create(
        _party(case, one, place)
        for case, (_, buyers) in zip(case_rows, made.values(), strict=True)
        for place, one in enumerate(buyers)
    )
    newest = last_change()
    Change.objects.bulk_create(
        Change(seq=newest + place, kind="case", key=case.case_id, at=TOLD_AT)
        for place, case in enumerate(case_rows, start=1)
    )
    Counter.objects.update_or_create(name="change", defaults={"value": newest + len(case_rows)})


def _case(document: dict[str, Any], buyers: Sequence[dict[str, Any]]) -> Any:
    from ringvirkning.catalogue.models import Case

    return Case(
        case_id=document["id"],
        title=document["title"]["nb"],
        status=document["state"]["status"],
        year=int(document["start"]),
        place=f"{buyers[0]['name']} kommune",
        county=buyers[0]["county"],
        lat=buyers[0]["lat"],
        lon=buyers[0]["lon"],
    )


def _revision(case: Any, document: dict[str, Any]) -> Any:
    from ringvirkning.catalogue.models import CaseRevision

    digest = hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()
    return CaseRevision(case=case, number=1, document=document, digest=digest, origin="file", made=TOLD_AT)


def _point_at_revisions(case_rows: Sequence[Any], revisions: Sequence[Any]) -> None:
    from django.db import connection

    pairs = [(revision.pk, case.pk) for case, revision in zip(case_rows, revisions, strict=True)]
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE catalogue_case SET revision_id = %s WHERE id = %s", pairs)


def _party(case: Any, buyer: dict[str, Any], place: int) -> Any:
    from ringvirkning.catalogue.models import CaseParty

    return CaseParty(
        case=case,
        organisation_id=_municipality_keys()[buyer["number"]],
        role="co_buyer" if place else "lead",
        name_given=f"{buyer['name']} kommune",
    )


@cache
def _municipality_keys() -> dict[str, int]:
    from ringvirkning.catalogue.queries import municipalities

    return dict(municipalities().values_list("municipality", "pk"))
