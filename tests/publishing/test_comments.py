"""Comments on parts of a draft: by those who may see it, on places that are there, done once."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringvirkning.ledger.models import Entry
from ringvirkning.people.terms import Role
from ringvirkning.publishing import drafts
from ringvirkning.publishing.comments import (
    NotHere,
    add_comment,
    comment_of,
    comments_on,
    is_place_in,
    mark_done,
    open_comments,
)
from ringvirkning.publishing.models import Comment, Draft
from ringvirkning.publishing.remarks import NotARemark, cleaned
from ringvirkning.publishing.terms import OWNS, DraftState, Step


@pytest.fixture
def draft(db: None, somebody: Any, now: Any) -> Draft:
    return drafts.start_draft(organisation="larvik", person=somebody(), at=now)


@pytest.fixture
def editor(db: None, somebody: Any) -> Any:
    return somebody(Role.EDITOR)


def remark(draft: Draft, person: Any, now: Any, **given: Any) -> Comment:
    told = {"step": Step.FIGURES, "place": "figures.0", "text": "Hvem har målt?", **given}
    return add_comment(draft=draft, person=person, at=now, **told)


def test_a_comment_stays_open_until_somebody_says_it_is_done(draft: Draft, editor: Any, now: Any) -> None:
    first, second = remark(draft, editor, now), remark(draft, draft.made_by, now, text="Vi.")
    assert list(open_comments(draft)) == [first, second]
    mark_done(comment=first, person=draft.made_by, at=now)
    assert list(open_comments(draft)) == [second]
    assert list(comments_on(draft)) == [first, second]
    assert (first.done, first.done_by) == (now, draft.made_by)


def test_done_twice_is_done_once(draft: Draft, editor: Any, now: Any) -> None:
    comment = remark(draft, editor, now)
    mark_done(comment=comment, person=draft.made_by, at=now)
    mark_done(comment=comment, person=editor, at=now)
    assert comment.done_by == draft.made_by
    assert Entry.objects.filter(verb="comment_done").count() == 1


def test_the_ledger_says_who_commented_on_what_without_the_words(draft: Draft, editor: Any, now: Any) -> None:
    remark(draft, editor, now)
    line = Entry.objects.get(verb="commented")
    assert (line.person, line.subject, line.detail) == (editor, str(draft.key), {"step": "figures"})


@pytest.mark.parametrize("role", [Role.SIGNED_IN, Role.CONTRIBUTOR])
def test_a_stranger_neither_comments_nor_marks(draft: Draft, editor: Any, somebody: Any, role: Role, now: Any) -> None:
    stranger = somebody(role, organisation="oslo")
    comment = remark(draft, editor, now)
    with pytest.raises(NotHere):
        remark(draft, stranger, now)
    with pytest.raises(NotHere):
        mark_done(comment=comment, person=stranger, at=now)
    assert Comment.objects.get().done is None


@pytest.mark.parametrize("state", [DraftState.PUBLISHED, DraftState.DISCARDED])
def test_a_draft_that_is_finished_takes_no_more_comments(draft: Draft, editor: Any, state: str, now: Any) -> None:
    draft.state = state
    with pytest.raises(NotHere):
        remark(draft, editor, now)


def test_a_comment_is_found_through_its_own_draft_only(draft: Draft, editor: Any, now: Any) -> None:
    other = drafts.start_draft(organisation="larvik", person=draft.made_by, at=now)
    comment = remark(draft, editor, now)
    assert comment_of(draft, comment.pk) == comment
    assert comment_of(other, comment.pk) is None
    assert comment_of(draft, 10**30) is None


@pytest.mark.parametrize("text", ["", "  \n\t ", "x" * 5_001])
def test_a_comment_is_words_of_a_sensible_length(draft: Draft, editor: Any, text: str, now: Any) -> None:
    with pytest.raises(NotARemark):
        remark(draft, editor, now, text=text)


@pytest.mark.parametrize(
    ("step", "place"),
    [
        ("figures", "lessons.0"),
        ("figures", "figures.0\x00"),
        ("figures", "figures..0"),
        ("figures", "<script>"),
        ("figures", "figures." + "0" * 200),
        ("nowhere", ""),
        ("", ""),
    ],
)
def test_a_comment_is_on_a_place_that_belongs_to_its_step(
    draft: Draft, editor: Any, step: Any, place: str, now: Any
) -> None:
    assert not is_place_in(step, place)
    with pytest.raises(NotHere):
        remark(draft, editor, now, step=step, place=place)


@given(st.sampled_from([(step, key) for step, keys in OWNS.items() for key in keys]), st.integers(0, 99))
def test_every_part_of_every_step_can_be_commented_on(part: tuple[Step, str], number: int) -> None:
    step, key = part
    assert is_place_in(step, "")
    assert is_place_in(step, key)
    assert is_place_in(step, f"{key}.{number}.text.nb")


@given(st.text(max_size=80))
def test_cleaned_words_hold_nothing_invisible_and_are_clean_already(text: str) -> None:
    try:
        words = cleaned(text, 100)
    except NotARemark:
        return
    assert all(c.isprintable() or c == "\n" for c in words)
    assert cleaned(words, 100) == words
