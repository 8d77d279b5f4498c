"""What a document needs to know besides the assessment itself: plain facts, handed in by whoever asks for it.

Words of ours in these facts (how far a solution has come) are in the language of the document already.
"""

from dataclasses import dataclass
from datetime import date

from ringvirkning.needs.answers import Answers, Group, OpenNeed
from ringvirkning.needs.assessment import Range
from ringvirkning.needs.documents.logo import Logo
from ringvirkning.needs.terms import Certainty
from ringvirkning.sources.tables import cpv_labels


@dataclass(frozen=True)
class Facts:
    """What we know of one solution now. What is absent is taken from the shortlist, as it was when put there."""

    key: str  # case id or notice key
    title: str = ""
    buyer: str = ""
    address: str = ""
    how_far: str = ""  # "i bruk", "markedsdialog"
    source: str = ""  # where the facts come from: "Doffin", "Larvik kommune"
    checked: str = ""  # when the source was last looked at, as precisely as we know: "2026-10-02", "2026-10"


@dataclass(frozen=True)
class Contact:
    """Whom to ask in a municipality. ``organisation`` is its slug, or its name where it has none."""

    organisation: str
    lines: tuple[str, ...] = ()  # name, e-mail, telephone, each as it is to be shown
    address: str = ""


@dataclass(frozen=True)
class Understood:
    """How the need was understood, in the language of the document."""

    concepts: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    cpv: tuple[tuple[str, str], ...] = ()  # code and label
    unplaced: tuple[str, ...] = ()


@dataclass(frozen=True)
class FoundKind:
    """A kind of solution that was found. ``approach`` is its id; "" stands for the rest."""

    approach: str
    cases: int = 0
    notices: int = 0
    failures: int = 0


@dataclass(frozen=True)
class SimilarNeed:
    """Another's open need like this one."""

    title: str
    organisation: str = ""
    kilometres: float | None = None
    wanted: str = ""
    size_kroner: Range | None = None
    address: str = ""


@dataclass(frozen=True)
class Context:
    """All of it. Only the date is always there."""

    made: date
    organisation: str = ""  # its name
    people: tuple[str, ...] = ()  # who made it
    address: str = ""  # of the assessment
    logo: Logo | None = None
    logo_says: str = ""  # what the logo is called for those who do not see it
    understood: Understood = Understood()
    certainty: Certainty | None = None
    found: tuple[FoundKind, ...] = ()
    facts: tuple[Facts, ...] = ()
    contacts: tuple[Contact, ...] = ()
    similar: tuple[SimilarNeed, ...] = ()

    def facts_of(self, key: str) -> Facts:
        """Return what we know of a solution now; nothing, when nobody told."""
        return next((one for one in self.facts if one.key == key), Facts(key))

    def contacts_of(self, *names: str | None) -> list[Contact]:
        """Return whom to ask, by slug or name."""
        return [one for one in self.contacts if one.organisation in names]


def found_in(answers: Answers) -> tuple[FoundKind, ...]:
    """Return the kinds of solutions that come close to the need; only the nearest when none does."""
    close = [group for group in answers.groups if group.is_close]
    return tuple(_kind(group) for group in close or answers.groups[:1])


def _kind(group: Group) -> FoundKind:
    return FoundKind(group.approach, group.cases, group.notices, group.failures)


def similar_to(need: OpenNeed, address: str = "") -> SimilarNeed:
    """Return an open need as it stands in a document."""
    name = need.organisation.name if need.organisation else ""
    timing = need.timing
    return SimilarNeed(need.title, name, need.kilometres, timing.wanted or "", timing.size_kroner, address)


def label_of_code(code: str, language: str) -> str:
    """Return the label of a CPV code, or "" for one that is none."""
    labels = cpv_labels().get(code)
    return "" if labels is None else labels[language == "en"]
