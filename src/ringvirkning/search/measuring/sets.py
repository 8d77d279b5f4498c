"""All measured sets, by name, and how to run them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from ringvirkning.search.measuring import cpv_codes, foreign, judged, known_item, los
from ringvirkning.search.measuring.figures import Measured
from ringvirkning.search.measuring.notices import Held, held_notices


@dataclass
class Run:
    """What a run is given, and the notices of the catalogue, read when a set wants them."""

    needs: Path | None = None  # a file of judged needs, ours when None
    los: Path | None = None  # a file of Los with explanations
    postgres: str | None = None  # address of a server
    with_peers: bool = True
    is_empty: judged.IsEmpty | None = field(default=None)  # our verdict on a need

    @cached_property
    def notices(self) -> list[Held]:
        """Return the notices of this installation."""
        return held_notices()


SETS: dict[str, Callable[[Run], Measured]] = {
    "needs": lambda run: judged.measure(run.needs, run.postgres, with_peers=run.with_peers, is_empty=run.is_empty),
    "known_item": lambda run: known_item.measure((one.record for one in run.notices), run.postgres),
    "los": lambda run: los.measure(run.los, run.postgres),
    "cpv": lambda run: cpv_codes.measure(run.notices, run.postgres),
    "foreign": lambda run: foreign.measure(run.notices, run.postgres),
}


def measured(run: Run, names: Iterable[str], step: Callable[[], None]) -> dict[str, Measured]:
    """Measure these sets in order."""
    found = {}
    for name in names:
        found[name] = SETS[name](run)
        step()
    return found
