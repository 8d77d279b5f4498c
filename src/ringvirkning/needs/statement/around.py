"""What reading a need asks of the installation: which terms its documents have, and which CPV codes fit a text."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ringvirkning.needs.statement.reading import ReadCpv
from ringvirkning.search.cpv.suggest import suggest_cpv
from ringvirkning.search.index import index
from ringvirkning.search.live import LiveIndex
from ringvirkning.search.notices.index import notices_index
from ringvirkning.search.plan import EngineBroken

Shares = Callable[[Iterable[str]], Mapping[str, float]]


@dataclass(frozen=True)
class Around:
    """The two questions, so that reading itself can be tried without an index or a database."""

    shares: Shares  # term → the largest share of any index's documents that has it
    cpv: Callable[[str, str], Sequence[ReadCpv]]  # (text, reader's language)


def _none_have_it(terms: Iterable[str]) -> dict[str, float]:
    return dict.fromkeys(terms, 0.0)


NOTHING = Around(_none_have_it, lambda text, reader: ())


def live() -> Around:
    """Return the indices in use. Opens them, so that what comes after reads with the words they were built with."""
    found = [one for one in (_shares(index), _shares(notices_index)) if one]
    return Around(lambda terms: _largest(found, list(terms)), _suggested)


def _suggested(text: str, reader: str) -> tuple[ReadCpv, ...]:
    """Return the codes that fit a text."""
    return tuple(ReadCpv(one.code, one.label, one.score, one.because) for one in suggest_cpv(text, reader=reader))


def _shares(of: LiveIndex) -> Shares | None:
    engine = of.engine()
    return engine.shares if engine else None


def _largest(found: Sequence[Shares], terms: list[str]) -> dict[str, float]:
    shares = _none_have_it(terms)
    for one in found:
        try:
            shares = {term: max(shares[term], share) for term, share in one(terms).items()}
        except EngineBroken:  # whoever searches next heals it; here a word too many counts as unknown
            continue
    return shares
