"""The one door to reading a need: what was typed, told and mended in; how we understand it out."""

from collections.abc import Iterable, Sequence

from ringvirkning.foundation.personal import holds_identity_number
from ringvirkning.needs.assessment import Adjusted, Told
from ringvirkning.needs.private import Private, private_in
from ringvirkning.needs.statement.around import Around, live
from ringvirkning.needs.statement.clean import plain
from ringvirkning.needs.statement.compose import composed_need
from ringvirkning.needs.statement.language import Tongue, language_of
from ringvirkning.needs.statement.placing import is_understood, meaningful, read_themes, remarks, unplaced_words
from ringvirkning.needs.statement.prompting import prompts_for
from ringvirkning.needs.statement.reading import NeedReading, ReadConcept, ReadCpv
from ringvirkning.needs.statement.refusals import Refused
from ringvirkning.needs.statement.understanding import Need, understood_need, words_of_concepts
from ringvirkning.search.text.analyser import analyser
from ringvirkning.sources.tables import cpv_labels

READERS = ("nb", "nn", "en")
LONGEST = 5_000_000  # characters: over 1,500 pages
MOST_KEPT = 200_000  # characters an assessment keeps (``LongWords``): what cannot be kept cannot be opened to anybody


def read_need(
    text: str,
    *,
    told: Told = Told(),  # noqa: B008 - both are frozen and empty
    adjusted: Adjusted = Adjusted(),  # noqa: B008
    reader: str = "nb",
    around: Around | None = None,
) -> NeedReading:
    """Read a need. Any text gives a reading with remarks, or is refused.

    ``reader`` is the language of labels and prompts. ``around`` is the installation, as ``live`` gives it.
    Raises ``Refused`` for a text with a national identity number, and for one that is too long.
    """
    typed = [("need", text), *_answers(told), *(("adjusted.added", one) for one in adjusted.added)]
    _refuse(typed)
    reader = reader if reader in READERS else READERS[0]
    around = around or live()
    composed = composed_need(text, told)
    tongue = language_of(f"{composed.wanted}\n{composed.tried}", reader)
    need = understood_need(composed, adjusted, tongue)
    concepts = _concepts(need, tongue, reader)
    said = meaningful(need.texts, tongue)
    unplaced = unplaced_words(said, need, concepts, around.shares)
    odd = remarks("\n".join(need.texts), said, unplaced, shortened=composed.shortened)
    return NeedReading(
        text=need.understood.text,
        language=tongue,
        understood=need.understood,
        concepts=concepts,
        themes=read_themes(concepts, reader),
        cpv=_cpv(need.understood.text, adjusted, reader, around),
        unplaced=unplaced,
        prompts=prompts_for(composed.wanted, told, reader) if is_understood(odd) else (),
        remarks=odd,
        shortened=composed.shortened,
        private=tuple(_private(typed)),
    )


def _answers(told: Told) -> list[tuple[str, str]]:
    return [(f"told.{name}", answer) for name, answer in told.model_dump().items() if answer]


def _refuse(typed: Sequence[tuple[str, str]]) -> None:
    if sum(len(text) for _, text in typed) > LONGEST:
        raise Refused("too-long")
    if any(holds_identity_number(plain(text)) for _, text in typed):
        raise Refused("identity-number")


def _private(typed: Iterable[tuple[str, str]]) -> Iterable[Private]:
    return (one for place, text in typed for one in private_in(plain(text[:MOST_KEPT]), place))


def _concepts(need: Need, tongue: Tongue, reader: str) -> tuple[ReadConcept, ...]:
    """Return the concepts of the need with the words that gave them, those that are named first."""
    said = words_of_concepts(need, tongue)
    weights = need.understood.concepts
    known = analyser().concepts
    ranked = sorted(weights, key=lambda one: -weights[one])
    return tuple(ReadConcept(one, known[one].labels[reader], said.get(one, ()), weights[one]) for one in ranked)


def _cpv(text: str, adjusted: Adjusted, reader: str, around: Around) -> tuple[ReadCpv, ...]:
    """Return the codes that were put in, then those suggested, without the struck ones."""
    struck = {one[:8] for one in adjusted.struck}
    labels = cpv_labels()
    by_hand = [ReadCpv(one, labels[one][reader == "en"], 1.0, ()) for one in adjusted.cpv if one in labels]
    chosen = {one.code for one in by_hand}
    suggested = around.cpv(text, reader) if text.strip() else ()
    return (*by_hand, *(one for one in suggested if one.code not in struck | chosen))
