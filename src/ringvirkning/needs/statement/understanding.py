"""From the need's text to what is searched for: Danish and Swedish by way of Norwegian. Pure."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ringvirkning.needs.assessment import Adjusted
from ringvirkning.needs.statement.clean import plain
from ringvirkning.needs.statement.compose import Composed
from ringvirkning.needs.statement.language import Tongue
from ringvirkning.needs.statement.neighbours import NEIGHBOURS, in_norwegian, is_small
from ringvirkning.needs.statement.striking import merged, without_concepts, without_words
from ringvirkning.search.query import Understood, understand
from ringvirkning.search.text.analyser import Reading, analyser
from ringvirkning.search.text.words import Word, words

TRIED = 0.4  # what has been tried is near the need, and not what is wanted


@dataclass(frozen=True)
class Need:
    """A need understood, with the texts it was understood from, so that words can be told from where they came."""

    understood: Understood
    texts: tuple[str, ...]  # the wanted and the tried, then each text that was added; struck words are out of them


def understood_need(composed: Composed, adjusted: Adjusted, tongue: Tongue) -> Need:
    """Return the need with what was struck and added done. Added words count in full, even where they were struck."""
    wanted, tried = (without_words(text, adjusted.struck) for text in (composed.wanted, composed.tried))
    added = [clean for one in adjusted.added if (clean := plain(one))]
    whole = understand_in(tongue, wanted)
    if tried:
        whole = merged(whole, understand_in(tongue, tried), TRIED)
    whole = without_concepts(whole, adjusted.struck)
    for one in added:
        whole = merged(whole, understand_in(tongue, one))
    text = "\n".join((wanted, *added)).strip()
    return Need(replace(whole, text=text), (wanted, tried, *added))


def understand_in(tongue: Tongue, text: str) -> Understood:
    """Read a text; Danish and Swedish as it stands and as it would be in Norwegian."""
    if tongue not in NEIGHBOURS:
        return understand(text)
    own, translated = without_small(text, tongue), in_norwegian_words(text, tongue)
    meant = {word.form: (other,) for word in words(text) if (other := in_norwegian(word.form, tongue))}
    read = merged(understand(translated), understand(own))
    return replace(read, mended={**read.mended, **meant})


def without_small(text: str, tongue: Tongue) -> str:
    """Return the text without the neighbour language's small words, which the analyser would take for meaning."""
    return " ".join(word.form for word in words(text) if not is_small(word.form, tongue))


def in_norwegian_words(text: str, tongue: Tongue) -> str:
    """Return the text word by word in Norwegian, without small words."""
    return " ".join(in_norwegian(word.form, tongue) or word.form for word in words(without_small(text, tongue)))


def words_of_concepts(need: Need, tongue: Tongue) -> dict[str, tuple[str, ...]]:
    """Return concept → the typed words that gave it, in the order they were typed."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for text in need.texts:
        typed = words(text)
        read = _read(typed, need.understood, tongue)
        for mention in analyser().mentions(read):
            found[mention.concept].update(dict.fromkeys(typed[place].form for place in sorted(mention.readings)))
    return {concept: tuple(said) for concept, said in found.items()}


def _read(typed: Sequence[Word], understood: Understood, tongue: Tongue) -> list[Reading]:
    """Return the words read as they were meant: mended, or in Norwegian."""
    return [analyser().read_word(Word(_meant(word.form, understood, tongue), word.start, word.end)) for word in typed]


def _meant(form: str, understood: Understood, tongue: Tongue) -> str:
    if form in understood.mended:
        return understood.mended[form][0]
    # A small word of a neighbour language may look like a word of ours: it is read as nothing.
    return "og" if is_small(form, tongue) else form
