"""How a fetch went: what was fetched, what we had, and what was missed and why."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ringvirkning.sources.fetching.feed import Listing
from ringvirkning.sources.fetching.state import MOST_TRIES

MOST_EXAMPLES = 5

# Why a notice that was listed could not be had.
REASONS = {
    "not-found": "{name} har ikke filen",
    "number": "nummeret har en form vi ikke kjenner",
    "broken": "filen kom aldri hel fram",
    "too_large": "filen er for stor",
    "down": "{name} svarte med feil",
    "no_answer": "{name} svarte ikke",
    "too_slow": "{name} brukte for lang tid",
    "redirects": "{name} sendte oss videre for mange ganger",
    "unknown_host": "vi fant ikke nettstedet",
    "certificate": "forbindelsen var ikke sikker",
}
# Why not everything that was published in some days could be listed.
UNLISTED = {
    "crowded": "flere kunngjøringer på én dag enn {name} viser fram",
    "short": "{name} teller flere enn den viser fram",
    "timed-out": "{name} rakk ikke å svare på søket",
    "lost": "{name} mistet tråden midt i listen, flere ganger",
}


@dataclass
class Report:
    """How it went. ``missed`` is number → reason, this time; ``unlisted`` are days that could not be listed whole."""

    fetched: int = 0
    size: int = 0
    already: int = 0
    missed: dict[str, str] = field(default_factory=dict)
    unlisted: list[Listing] = field(default_factory=list)
    given_up: int = 0
    stopped: str = ""  # in a sentence
    stopped_code: str = ""

    @property
    def is_whole(self) -> bool:
        """Tell whether nothing was missed this time."""
        return not (self.missed or self.unlisted or self.stopped)

    def lines(self, name: str) -> Iterator[str]:
        """Yield the summary in sentences."""
        yield f"{name}: {self.fetched} hentet ({_size(self.size)}), {self.already} fantes fra før."
        for reason, count in Counter(self.missed.values()).most_common():
            examples = [number for number, why in self.missed.items() if why == reason][:MOST_EXAMPLES]
            told = ", ".join(examples) + (" …" if count > len(examples) else "")
            yield f"Mangler {count}: {REASONS.get(reason, reason).format(name=name)} ({told})."
        for one in self.unlisted:
            how_many = str(one.unlisted) if one.unlisted else "et ukjent antall"
            yield f"Mangler {how_many} fra {one.days}: {UNLISTED[one.why].format(name=name)}."
        if self.given_up:
            yield f"{self.given_up} spør vi ikke lenger etter, fordi de ikke lot seg hente i {MOST_TRIES} forsøk."
        if self.stopped:
            yield f"Stanset: {self.stopped}"
        if not self.is_whole:
            yield "Kjør kommandoen igjen for å hente det som mangler. Det som er hentet, hentes ikke på nytt."

    def data(self) -> dict[str, Any]:
        """Return the same for programs."""
        unlisted = [
            {"since": f"{one.days.first}", "until": f"{one.days.last}", "missing": one.unlisted, "why": one.why}
            for one in self.unlisted
        ]
        return {
            "fetched": self.fetched,
            "bytes": self.size,
            "already": self.already,
            "missed": self.missed,
            "unlisted": unlisted,
            "given_up": self.given_up,
            "stopped": self.stopped,
            "stopped_code": self.stopped_code,
        }


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")
