"""Trees of codes to drill down in: goods and services (CPV), regions (NUTS). Each step is a link, so it works bare."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import QueryDict

from ringvirkning.web.narrowing import Counts, Narrowing, Value, address_with


@dataclass(frozen=True)
class Tree:
    """Codes where a longer code lies below the shorter ones it begins with. ``levels`` are the lengths there are."""

    facet: str
    levels: tuple[int, ...]
    label: Callable[[str], str]

    def __call__(self, narrowing: Narrowing, query: QueryDict, counts: Counts, chosen: tuple[str, ...]) -> list[Value]:
        """Return the way down to each chosen code and what lies below it, then the other top codes, most first."""
        tops = sorted((code for code in counts if len(code) == self.levels[0]), key=lambda code: -counts[code])
        ways: dict[str, Value] = {}
        for code in chosen:
            for step in [*self.above(code), code, *self._below(code, counts)]:
                ways.setdefault(step, self._value(step, query, counts, chosen))
        others = [self._value(code, query, counts, chosen) for code in tops if code not in ways]
        return [*ways.values(), *others]

    def above(self, code: str) -> list[str]:
        """Return the codes above a code, the top one first."""
        return [code[:length] for length in self.levels if length < len(code)]

    def _below(self, code: str, counts: Counts) -> list[str]:
        deeper = [one for one in counts if one.startswith(code) and len(one) == self._next_level(code)]
        return sorted(deeper, key=lambda one: -counts[one])

    def _next_level(self, code: str) -> int:
        return next((length for length in self.levels if length > len(code)), 0)

    def _value(self, code: str, query: QueryDict, counts: Counts, chosen: tuple[str, ...]) -> Value:
        address = address_with(query, self.facet, [code])  # a link leads to one place: it takes the others' place
        level = self.levels.index(len(code)) if len(code) in self.levels else 0
        on_the_way = code in chosen or any(one.startswith(code) for one in chosen)
        # Only the top and what lies right below a chosen code are counted as they would be if chosen.
        count = None if on_the_way else counts.get(code, 0)
        return Value(code, self.label(code), count, code in chosen, level, address)
