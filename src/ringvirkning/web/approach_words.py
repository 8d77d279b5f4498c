"""Solution approaches as they are named on pages."""

from ringvirkning.search.approaches import SolutionApproach, approaches
from ringvirkning.web.labels import label_in_page
from ringvirkning.web.narrowing import Counts

MOST_SHOWN = 20


def approach_label(approach: SolutionApproach) -> str:
    """Return what a solution approach is called in the page's language."""
    return label_in_page(approach.labels)


def approach_labels(counts: Counts, chosen: tuple[str, ...]) -> dict[str, str]:
    """Return the labels of the approaches in a list, those with most in them first; the chosen are always there."""
    known = approaches()
    most = sorted(counts, key=lambda one: -counts[one])[:MOST_SHOWN]
    return {one: approach_label(known[one]) for one in dict.fromkeys([*chosen, *most]) if one in known}
