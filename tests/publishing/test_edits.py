"""Many pages open at once: nobody's words are replaced by somebody who has not seen them."""

from dataclasses import dataclass, field
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ringvirkning.publishing.typed.edits import Edit, Trace, digest, is_late, weigh

KEYS, PAGES = ("title", "themes", "cpv"), ("p1", "p2", "p3")


@dataclass
class Step:
    """A step as the tables hold it."""

    content: dict[str, Any] = field(default_factory=dict)
    version: int = 0
    trace: Trace = field(default_factory=Trace)


@dataclass
class Page:
    """An opened page: what it shows, and what it has seen stored under each key."""

    name: str
    shows: dict[str, Any]
    seen: dict[str, Any]
    base: int
    clock: int = 0


def opened(name: str, step: Step, number: int) -> Page:
    return Page(f"{name}-{number}", dict(step.content), dict(step.content), step.version)


def save(page: Page, step: Step) -> None:
    """Save as ``drafts`` does, and see to it that only what the page had seen is replaced."""
    page.clock += 1
    edit = Edit(dict(page.shows), page.base, page.name, page.clock)
    assert not is_late(edit, step.trace)
    weighed = weigh(edit, step.content, step.version, step.trace, ())
    if weighed.clashes:
        step.trace.note_aside(edit, 1)
        return
    for key in KEYS:
        before, after = step.content.get(key), weighed.content.get(key)
        if before != after:
            assert after == page.shows.get(key)
            assert page.seen.get(key) == before, f"{page.name} replaced {before!r}, which it had not seen"
        elif page.shows.get(key) != page.seen.get(key):
            assert after == page.shows.get(key), "what this page changed was acknowledged and is not there"
    if weighed.content != step.content:
        step.content, step.version = weighed.content, step.version + 1
        step.trace.note_version(step.version, step.content, ())
    step.trace.note_page(edit, step.version, ())
    # The page goes on showing what it shows. It has not seen what another wrote and the step now holds beside it.
    page.base, page.seen = step.version, dict(page.shows)


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("open"), st.sampled_from(PAGES)),
        st.tuples(st.just("type"), st.sampled_from(PAGES), st.sampled_from(KEYS), st.sampled_from("abcd")),
        st.tuples(st.just("save"), st.sampled_from(PAGES)),
    ),
    max_size=40,
)


@given(ACTS)
def test_only_what_a_page_has_seen_is_replaced(acts: list[tuple[str, ...]]) -> None:
    step = Step()
    pages = {name: opened(name, step, 0) for name in PAGES}
    for number, (act, name, *what) in enumerate(acts, 1):
        if act == "open":
            pages[name] = opened(name, step, number)
        elif act == "type":
            pages[name].shows[what[0]] = what[1]
        else:
            save(pages[name], step)


def test_a_trace_grown_long_forgets_and_then_asks_rather_than_overwrites() -> None:
    step = Step()
    early = opened("early", step, 0)
    writer = opened("writer", step, 0)
    for number in range(100):
        writer.shows["title"] = f"{number}"
        save(writer, step)
    assert len(step.trace.keys["title"]) <= 60
    early.base, early.shows["title"] = 3, "mine"
    assert weigh(Edit(early.shows, 3, "early", 1), step.content, step.version, step.trace, ()).clashes == ("title",)


def test_many_pages_are_not_remembered_for_ever() -> None:
    step = Step()
    for number in range(50):
        save(opened("p", step, number), step)
    assert len(step.trace.pages) == 20


def test_what_the_house_adds_and_blanks_do_not_count() -> None:
    typed = {"lessons": [{"text": {"nb": "A"}, "sources": []}]}
    added = {"lessons": [{"id": "x", "text": {"nb": "A", "nn": ""}, "sources": ["egen"]}, {}]}
    assert digest(typed, {"egen"}) == digest(added, {"egen"}) != digest(added, ())
    assert digest(None, ()) == digest("", ()) == digest([{}, {"a": ""}], ()) == ""
    assert digest("10 000", ()) != digest("10000", ())
