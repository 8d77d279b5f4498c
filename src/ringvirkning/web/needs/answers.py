"""The answer to a need as the page shows it: one part for each kind of solution, with the best evidence first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ringvirkning.analysis.queries import conclusions_of
from ringvirkning.catalogue.models import Organisation
from ringvirkning.needs.answering.items import did_not_succeed
from ringvirkning.needs.answers import Answers, Group, Item
from ringvirkning.needs.terms import AnswerKind, Certainty
from ringvirkning.search.approaches import approaches
from ringvirkning.search.text.analyser import analyser
from ringvirkning.sources.casefile.model import Figure
from ringvirkning.web import figures, saying
from ringvirkning.web.approach_words import approach_label
from ringvirkning.web.labels import label_in_page
from ringvirkning.web.needs import words
from ringvirkning.web.needs.asked import SHORT
from ringvirkning.web.notices.cards import Card

MOST_FIGURES, MOST_LACKS, MOST_BUYERS = 2, 4, 5


@dataclass(frozen=True)
class Shown:
    """One thing that answers. ``card`` is there for a notice."""

    item: Item
    card: Card | None = None

    @property
    def failed(self) -> bool:
        """Tell whether it is a case that did not succeed."""
        return self.item.case_file is not None and did_not_succeed(self.item.case_file)

    @property
    def lacks(self) -> tuple[str, ...]:
        """Return the weightiest words of the need that it does not speak of."""
        return self.item.lacks[:MOST_LACKS]


@dataclass(frozen=True)
class Kind:
    """A kind of solution: its name and sentence, how far it has come, who has it, what it gave, and the evidence."""

    group: Group
    shown: list[Shown]
    query: str
    alone: bool

    @property
    def is_close(self) -> bool:
        """Tell whether anything of this kind is close to the need."""
        return self.group.is_close

    @property
    def is_several(self) -> bool:
        """Tell whether there is more to say of the kind than its one thing says itself."""
        return self.group.cases + self.group.notices > 1

    @property
    def anchor(self) -> str:
        """Return the name of its place on the page."""
        return f"losning-{self.group.approach or 'annet'}"

    @property
    def heading(self) -> str:
        """Return what it is called."""
        known = approaches().get(self.group.approach)
        return approach_label(known) if known else str(words.REST)

    @property
    def sentence(self) -> str:
        """Return what it is, in one sentence."""
        known = approaches().get(self.group.approach)
        if known is None:
            return str(words.REST_ALONE if self.alone else words.REST_SENTENCE)
        return known.what.get(get_language() or "nb", known.what["nb"])

    @property
    def how_far(self) -> list[str]:
        """Return how far the cases have come, and in another sentence where in a procurement the notices stand."""
        group = self.group
        told = (
            (words.CASES, group.cases, words.listed(words.STATUSES, group.statuses)),
            (words.NOTICES, group.notices, words.listed(words.PHASES, group.phases)),
        )
        return [str(said % {"count": count, "told": listed}) for said, count, listed in told if listed]

    @property
    def failures(self) -> int:
        """Return how many of those shown did not succeed."""
        return sum(one.failed for one in self.shown)

    @property
    def buyers(self) -> list[Organisation]:
        """Return who has it, those with most first."""
        return self.group.buyers[:MOST_BUYERS]

    @property
    def more_buyers(self) -> int:
        """Return how many more there are."""
        return len(self.group.buyers) - len(self.buyers)

    @property
    def figures(self) -> list[tuple[Figure, Item]]:
        """Return what the best case that tells has given, what was measured first."""
        for one in self.shown:
            if one.item.case_file and (told := gains(one.item)):
                return [(figure, one.item) for figure in told]
        return []

    @property
    def list_query(self) -> str:
        """Return the query of the whole list of this kind."""
        told = {"approach": self.group.approach, "q": self.query}
        query = urlencode({name: value for name, value in told.items() if value})
        return f"?{query}" if query else ""


def gains(item: Item) -> list[Figure]:
    """Return the gains a case tells of, what was measured first and what is only possible last."""
    if item.case_file is None:
        return []
    told = [one for one in item.case_file.figures if one.effect in saying.BENEFITS]
    first = saying.infographic_first(item.case_file, told)
    return sorted(first, key=lambda one: figures.ORDER.index(one.kind))[:MOST_FIGURES]


@dataclass(frozen=True)
class Page:
    """The whole answer, ready for the page. ``text`` is what was searched for."""

    answers: Answers
    text: str
    today: date

    @cached_property
    def kinds(self) -> list[Kind]:
        """Return the kinds of solutions, the best first."""
        told = [(group, [item for item in group.items if item.why]) for group in self.answers.groups]
        told = [(group, items) for group, items in told if items]  # what cannot say why it is here, is not here
        cards = cards_of_items([item for _, items in told for item in items], self.today)
        return [
            Kind(group, [Shown(item, cards.get(item.key)) for item in items], self.query, len(told) == 1)
            for group, items in told
        ]

    @property
    def close(self) -> list[Kind]:
        """Return the kinds that come close; when none does, the nearest one unless we are sure that it is no answer."""
        close = [kind for kind in self.kinds if kind.is_close]
        return close or ([] if self.answers.certainty is Certainty.NOTHING else self.kinds[:1])

    @property
    def further(self) -> list[Kind]:
        """Return the kinds that are further off."""
        return [kind for kind in self.kinds if kind not in self.close]

    @property
    def is_sure(self) -> bool:
        """Tell whether somebody has done something like it."""
        return self.answers.certainty is Certainty.FOUND and bool(self.kinds)

    @property
    def query(self) -> str:
        """Return the need as it may stand in the address of a list; "" for a long one."""
        text = " ".join(self.text.split())
        return text if len(text) <= SHORT else ""

    @property
    def nearest(self) -> Shown | None:
        """Return the one thing that comes nearest."""
        shown = [one for kind in self.kinds for one in kind.shown]
        return max(shown, key=lambda one: one.item.score, default=None)

    @property
    def certainty(self) -> str:
        """Return how sure we are, in a sentence."""
        return str(words.CERTAINTIES[self.answers.certainty if self.kinds else Certainty.NOTHING])

    @property
    def unheard(self) -> str:
        """Return what the need names and nothing here does; "" when all of it is spoken of, or we are sure anyway."""
        named = [] if self.is_sure else self.answers.unheard[:MOST_LACKS]
        return "; ".join(label_in_page(analyser().concepts[one].labels) for one in named)

    @property
    def named_kinds(self) -> int:
        """Return how many kinds of solutions there are."""
        return sum(bool(kind.group.approach) for kind in self.close)

    @property
    def list_query(self) -> str:
        """Return the query of lists of everything about the need."""
        return f"?{urlencode({'q': self.query})}" if self.query else ""


def cards_of_items(items: Iterable[Item], today: date) -> Mapping[str, Card]:
    """Return the cards of the notices among some items, by key."""
    held = [one for one in items if one.kind is AnswerKind.NOTICE and one.notice and one.record]
    thought = conclusions_of([one.notice for one in held if one.notice])
    return {
        one.key: Card(one.notice, one.record, today, thought[one.key].standing, one.why)
        for one in held
        if one.notice and one.record
    }


def distance_said(kilometres: float | None) -> str:
    """Return how far away somebody is, roughly: "" when not known."""
    return "" if kilometres is None else _("omtrent %(km)s km unna") % {"km": max(1, round(kilometres))}
