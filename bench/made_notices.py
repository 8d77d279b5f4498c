"""Made notices and made needs, the same every time: text with the statistics of language, and every facet filled.

The vocabulary has 200,000 words: every Norwegian word we know and compounds of them. They come as in real text, a few
in many notices and most in few (Zipf). Half of a need's words are drawn among those that 4 to 20 in a hundred notices
have, which is hard on an engine: every notice with any of them must be weighed and counted.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import accumulate
from typing import Any

from ringvirkning.catalogue.models import Organisation
from ringvirkning.catalogue.notices.models import Notice, NoticeParty
from ringvirkning.catalogue.notices.terms import PartyRole
from ringvirkning.search.notices.noticedoc import Innovation
from ringvirkning.search.text.stopwords import SMALL
from ringvirkning.search.text.vocabulary import plain_words
from ringvirkning.sources.notices import record
from ringvirkning.sources.notices.terms import Format, Phase, Source, ValueKind
from ringvirkning.sources.tables import cpv_labels, table

SEED = 20261124
WORDS = 200_000
# How much seldomer each word is than the one before it. The Norwegian notices at hand have 6,797 different words among
# the first 20,000 that are not small words, and 10,913 among 40,000; so drawn, there are a fifth more. With a plain
# 1/n there were nearly twice as many, and a program that remembers words had more to do than with real ones.
STEEP, FLAT = 1.2, 60
TITLE, BODY = 8, 120
BUYERS = 2_000
FIRST_DAY, DAYS = date(2016, 1, 1), 3_900
COMMON = slice(60, 450)  # ranks of the words that about 4 to 20 in a hundred notices have
COUNTRIES = (("NOR", "NO"), ("SWE", "SE"), ("DNK", "DK"), ("FIN", "FI"), ("DEU", "DE"), ("FRA", "FR"), ("NLD", "NL"))
PROCEDURES = ("open", "restricted", "neg-w-call", "comp-dial", "neg-wo-call", "oth-single", "innovation")
KINDS = ("cn-standard", "can-standard", "pin-only", "pin-rtl", "cn-social", "can-modif")
STANDINGS = (("no", 0.05), ("no", 0.1), ("possible", 0.3), ("likely", 0.7), ("confirmed", 1.0))


@dataclass(frozen=True)
class MadeNotice:
    """What the tables would hold of one notice."""

    notice: Notice
    record: record.Notice
    parties: list[NoticeParty]
    innovation: Innovation


class Drawn:
    """Draws the n-th thing about 1/(n + flat) as often as others, raised to ``steep``."""

    def __init__(self, things: list[Any], flat: float = 1.0, steep: float = 1.0) -> None:
        self.things = things
        self.weights = list(accumulate((place + flat) ** -steep for place in range(1, len(things) + 1)))

    def some(self, dice: random.Random, count: int) -> list[Any]:
        """Return so many things; the same may come again."""
        return dice.choices(self.things, cum_weights=self.weights, k=count)

    def one(self, dice: random.Random) -> Any:
        """Return one thing."""
        return self.some(dice, 1)[0]


@cache
def vocabulary() -> Drawn:
    """Return the words, the commonest first."""
    dice = random.Random(SEED)
    plain = sorted(word for word in plain_words() if word.isalpha() and len(word) > 2 and word not in SMALL)
    dice.shuffle(plain)
    words = dict.fromkeys(plain[:WORDS])
    while len(words) < WORDS:
        words[dice.choice(plain) + dice.choice(("", "", "s")) + dice.choice(plain)] = None
    return Drawn(list(words), FLAT, STEEP)


@cache
def _goods() -> Drawn:
    codes = sorted(cpv_labels())
    random.Random(SEED).shuffle(codes)
    return Drawn(codes, 20)


@cache
def _buyers() -> Drawn:
    dice = random.Random(SEED)
    places = table("municipalities.json")["municipalities"]
    counties = [county["number"] for county in table("counties.json")["counties"]]
    made = []
    for number in range(BUYERS):
        name = f"{dice.choice(places)['name']} {dice.choice(('kommune', 'sykehus', 'eiendom', 'vannverk'))} {number}"
        made.append(Organisation(slug=f"laget-{number}", name=name, county=dice.choice(counties)))
    return Drawn(made, 10)


def made_notice(number: int) -> MadeNotice:
    """Return the made notice of that number."""
    dice = random.Random(SEED * 10_000_019 + number)
    words = vocabulary().some(dice, TITLE + BODY)
    buyer = _buyers().one(dice)
    country, nuts = COUNTRIES[min(len(COUNTRIES) - 1, int(dice.expovariate(0.6)))]
    phase = dice.choices(tuple(Phase), (15, 3, 45, 33, 3, 1))[0]
    published = FIRST_DAY + timedelta(days=dice.randrange(DAYS))
    deadline = datetime.combine(published, datetime.min.time(), UTC) + timedelta(days=dice.randrange(10, 60))
    kind = dice.choice(KINDS)
    money = record.Money(
        amount=round(10 ** dice.uniform(4.5, 8.5)), currency="NOK", kind=ValueKind.ESTIMATED, field="BT-27-Procedure"
    )
    read = record.Notice(
        file=f"laget-{number}.xml",
        source=dice.choice((Source.DOFFIN, Source.TED)),
        format=Format.EFORMS,
        phase=phase,
        language="nb",
        titles={"nb": " ".join(words[:TITLE])},
        descriptions={"nb": " ".join(words[TITLE:])},
        buyers=(record.Organisation(name=buyer.name, country=country),),
        countries=(country,),
        nuts=(f"{nuts}0{dice.randrange(9)}{dice.randrange(1, 9)}",),
        cpv=tuple(dict.fromkeys(_goods().some(dice, dice.choice((1, 1, 1, 2, 3))))),
        contract_nature=dice.choice(("works", "supplies", "services")),
        procedure=dice.choices(PROCEDURES, (60, 8, 12, 1, 9, 9, 1))[0],
        values=(money,) if dice.random() < 0.5 else (),
        innovation=("prod-innov",) if dice.random() < 0.03 else (),
    )
    stored = Notice(
        key=f"laget-{number}",
        phase=phase,
        kind=kind,
        national=dice.random() < 0.4,
        country=country,
        published=published,
        deadline=deadline if phase is Phase.COMPETITION else None,
    )
    standing, likelihood = dice.choices(STANDINGS, (70, 20, 6, 3, 1))[0]
    parties = [NoticeParty(role=PartyRole.BUYER, organisation=buyer)]
    return MadeNotice(stored, read, parties, Innovation(standing, "", likelihood))


def needs(least: int, most: int, count: int, seed: int = 0) -> Iterator[str]:
    """Yield needs of ``least`` to ``most`` words: half of them common in notices, half from anywhere."""
    dice = random.Random(SEED + seed)
    common = vocabulary().things[COMMON]
    for _ in range(count):
        length = dice.randint(least, most)
        half = (length + dice.randint(0, 1)) // 2
        drawn = dice.sample(common, half) + vocabulary().some(dice, length - half)
        dice.shuffle(drawn)
        yield " ".join(drawn)
