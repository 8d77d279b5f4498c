"""Whatever order the same files come in, and however they are batched, the tables say the same."""

import random
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from notice_records import AT, a_file, a_record, uuid
from notice_tables import everything, members, nothing, standings_in_tables

from ringvirkning.catalogue.notices import lives, living
from ringvirkning.catalogue.notices.operations import store
from ringvirkning.catalogue.notices.terms import Loadable
from ringvirkning.sources.notices.record import Change, Organisation, Reference
from ringvirkning.sources.notices.terms import Format, Phase, Source

pytestmark = pytest.mark.django_db

FEW = st.integers(1, 5)


@st.composite
def records(draw: Any) -> Any:
    """Notices out of a small world, so that twins, versions, lives and corrections happen all the time."""
    number = draw(FEW)
    source = draw(st.sampled_from([Source.DOFFIN, Source.TED]))
    old = draw(st.integers(0, 9)) == 0
    published = f"{draw(FEW)}00001-2024" if source is Source.TED else f"2024-10000{draw(FEW)}"
    return a_record(
        number,
        source=source,
        format=Format.TED_EXPORT if old else Format.EFORMS,
        notice_uuid=None if old else uuid(number),
        version=draw(st.sampled_from(["01", "02", "03"])),
        publication_number=draw(st.sampled_from([published, None])),
        publication_date=draw(st.sampled_from([date(2024, 1, 1), date(2024, 2, 1), None])),
        phase=draw(st.sampled_from(Phase)),
        procedure_id=draw(st.sampled_from([None, None, "p-1", "p-2", uuid(0).replace("4", "0").replace("8", "0")])),
        titles=draw(st.sampled_from([{"en": "A"}, {"nb": "B"}, {"no": "C", "en": "A"}, {}])),
        buyers=(Organisation(name=draw(st.sampled_from(["Larvik kommune", "Larvik", "Ukjent"])), country="NOR"),),
        change=draw(
            st.one_of(
                st.none(),
                st.builds(
                    Change,
                    notice=st.builds(lambda n: f"{uuid(n)}-01", FEW),
                    reason=st.sampled_from([None, "cancel", "update-add"]),
                ),
            )
        ),
        references=draw(
            st.lists(
                st.builds(
                    Reference,
                    relation=st.sampled_from(["previous", "changed", "modified"]),
                    publication_number=st.builds(lambda n: f"{n}00001-2024", FEW),
                ),
                max_size=1,
            ).map(tuple)
        ),
    )


def stored(files: list[Loadable], sizes: int) -> dict[str, Any]:
    """Store the files in batches of this size, and return what the tables say."""
    nothing()
    for start in range(0, len(files), sizes):
        store(files[start : start + sizes], at=AT)
    return everything()


FILES = st.lists(st.lists(records(), min_size=1, max_size=3), min_size=1, max_size=9)


@given(FILES, st.integers(0, 10**6), st.integers(1, 9))
@settings(max_examples=600)
def test_order_and_batches_make_no_difference(contents: list[list[Any]], seed: int, sizes: int) -> None:
    files = [a_file(*content) for content in contents]
    first = stored(files, len(files))
    shuffled = list(files)
    random.Random(seed).shuffle(shuffled)
    assert stored(shuffled, sizes) == first


@given(FILES, st.integers(1, 9), st.sampled_from([1, 3, 1_000]))
@settings(max_examples=600)
def test_lives_are_what_looking_at_all_notices_at_once_gives(contents: list[list[Any]], sizes: int, most: int) -> None:
    """The slow honest twin: no tables, no batches, every notice in one go. Also where a name is borne by too many."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lives, "MOST_BEARERS", most)
        patch.setattr(living, "MOST_BEARERS", most)
        stored([a_file(*content) for content in contents], sizes)
        assert standings_in_tables() == lives.standings(members())


@given(st.lists(records(), min_size=2, max_size=8), st.integers(0, 10**6))
@settings(max_examples=600)
def test_a_reading_that_was_worse_leaves_no_trace(contents: list[Any], seed: int) -> None:
    """Files read into something else first, and then as they should be, end like files read well at once."""
    files = [a_file(content) for content in contents]
    first = stored(files, len(files))
    dice = random.Random(seed)
    worse = [Loadable(one.raw, one.name, "0", dice.choice(files).notices) for one in files]
    nothing()
    store(worse, at=AT)
    dice.shuffle(files)
    for one in files:
        store([one], at=AT)
    assert everything() == first
