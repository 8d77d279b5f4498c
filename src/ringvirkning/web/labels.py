"""What things of our word lists are called on a page: concepts, kinds of solutions."""

from collections.abc import Mapping

from django.utils.translation import get_language


def label_in_page(labels: Mapping[str, str]) -> str:
    """Return the label in the page's language, in bokmål when there is none."""
    return labels.get(get_language() or "nb", labels["nb"])
