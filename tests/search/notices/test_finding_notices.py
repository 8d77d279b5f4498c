"""Searching notices: across languages, by number, within ranges, with counts and reasons."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from ringvirkning.search.notices.find_notices import find_notices
from ringvirkning.search.notices.index import ensure_notices
from ringvirkning.search.notices.noticedoc import day_number, open_at
from ringvirkning.search.plan import Range
from ringvirkning.sources.notices.record import Lot, Money, Organisation
from ringvirkning.sources.notices.record import Notice as Record
from ringvirkning.sources.notices.terms import Phase, Source, ValueKind

Load = Callable[..., None]
Titles = Callable[..., list[str]]
Make = Callable[..., Record]
NOISE = ("Kontormøbler", "Brøyting av veier", "Frukt og grønt", "Vask av duker", "Trykking av bøker", "Leie av biler")


@pytest.fixture
def some(library: Path, load: Load, record: Make) -> None:
    """Put in a few notices about other things, so that words can be rare and common."""
    load(*(record(900 + number, titles={"nb": title}) for number, title in enumerate(NOISE)))
    ensure_notices()


def test_no_notices_at_all_is_an_answer(library: Path) -> None:
    ensure_notices()
    answer = find_notices("trygghetsalarmer")
    assert (answer.total, answer.hits, answer.ready) == (0, [], True)
    assert find_notices().total == 0


def test_an_empty_need_gives_everything_newest_first(some: None, load: Load, record: Make, titles: Titles) -> None:
    load(record(1, titles={"nb": "Nyest"}, publication_date=date(2026, 1, 1)))
    load(record(2, titles={"nb": "Eldst"}, publication_date=date(2019, 1, 1)))
    load(record(3, titles={"nb": "Uten dato"}, publication_date=None))
    found = titles()
    assert (found[0], found[-2], found[-1]) == ("Nyest", "Eldst", "Uten dato")
    assert len(found) == len(NOISE) + 3


def test_a_norwegian_need_finds_a_finnish_notice_by_its_goods(
    some: None, load: Load, record: Make, titles: Titles
) -> None:
    load(record(1, titles={"fi": "Hankitaan bussit"}, language="fi", cpv=("34121100",)))  # public-service buses
    assert titles("busser") == ["Hankitaan bussit"]


@pytest.mark.parametrize(
    ("language", "text", "need"),
    [
        ("sv", "Upphandling av trygghetslarmen", "trygghetslarm"),
        ("en", "Emergency helicopters", "helicopter"),
        ("de", "Beschaffung von Rettungshubschraubern", "rettungshubschrauber"),
        ("fi", "Pelastushelikopterit", "pelastushelikopteri"),
        ("nn", "Kjøp av sjukeheimsplassar", "sykehjemsplass"),
        ("da", "Indkøb af kørestole", "kørestol"),
        ("xx", "Zlokk", "zlokk"),
    ],
)
def test_words_meet_in_the_language_of_the_notice(
    language: str, text: str, need: str, some: None, load: Load, record: Make, titles: Titles
) -> None:
    load(record(1, titles={language: text}, language=language))
    assert titles(need)[:1] == [text]


def test_concepts_and_parts_of_words_work_as_for_cases(some: None, load: Load, record: Make, titles: Titles) -> None:
    load(record(1, titles={"nb": "Anskaffelse av trygghetsalarmer"}), record(2, titles={"nb": "Overvannshåndtering"}))
    assert titles("gamle som faller")[0] == "Anskaffelse av trygghetsalarmer"
    assert titles("overvann")[0] == "Overvannshåndtering"


@pytest.mark.parametrize(
    "typed",
    ["2023-653024", "doffin 2023-653024", "104432-2025", "TED 104432-2025", " 2025/S 017-104432 ", "00104432-2025"],
)
def test_a_number_finds_exactly_the_notice_that_bears_it(typed: str, some: None, load: Load, record: Make) -> None:
    load(record(1, source=Source.DOFFIN, publication_number="2023-653024", titles={"nb": "Den rette"}))
    load(record(1, source=Source.TED, publication_number="104432-2025", titles={"en": "The right one"}))
    load(record(2, titles={"nb": "Nevner 2023-653024 og 104432-2025"}))
    answer = find_notices(typed)
    assert [hit.notice.key for hit in answer.hits] == ["00000001-0000-4000-8000-000000000000"]
    assert answer.total == 1


def test_a_key_finds_its_notice(some: None, load: Load, record: Make) -> None:
    load(record(7))
    assert [hit.notice.key for hit in find_notices("00000007-0000-4000-8000-000000000000").hits] == [
        "00000007-0000-4000-8000-000000000000"
    ]


@pytest.mark.parametrize("typed", ["964965870", "964 965 870", "NO 964 965 870 MVA", "964.965.870"])
def test_an_organisation_number_finds_what_it_buys_and_wins(
    typed: str, some: None, load: Load, record: Make, titles: Titles
) -> None:
    body = Organisation(name="Zlokk", number="964965870", identifier="964965870", country="NOR")
    load(record(1, titles={"nb": "Kjøper"}, buyers=(body,)), record(2, titles={"nb": "Vinner"}, winners=(body,)))
    assert sorted(titles(typed)) == ["Kjøper", "Vinner"]


def test_a_notice_that_was_corrected_is_found_as_it_stands_now(
    some: None, load: Load, record: Make, titles: Titles
) -> None:
    from ringvirkning.sources.notices.record import Change

    load(record(1, titles={"nb": "Zlokk før"}, publication_number="1001-2024"))
    assert titles("zlokk") == ["Zlokk før"]
    changes = Change(notice="00000001-0000-4000-8000-000000000000-01")
    load(record(2, titles={"nb": "Zlokk etter"}, change=changes, publication_date=date(2024, 4, 1)))
    assert titles("zlokk") == ["Zlokk etter"]
    assert [hit.record.titles["nb"] for hit in find_notices("1001-2024").hits] == ["Zlokk før"], "by its own number"


def test_filters_ranges_and_orders_hold_together(some: None, load: Load, record: Make, titles: Titles) -> None:
    def one(number: int, title: str, day: int, kroner: float) -> Record:
        value = Money(amount=kroner, currency="NOK", kind=ValueKind.ESTIMATED, field="BT-27-Procedure")
        return record(
            number,
            titles={"nb": title},
            deadline=datetime(2026, 12, day, tzinfo=UTC),
            values=(value,),
            cpv=("45214210",),
            publication_date=date(2026, 11, day),
        )

    load(
        one(1, "A", 1, 2e6), one(2, "B", 2, 8e6), one(3, "C", 3, 3e6), record(4, phase=Phase.RESULT, cpv=("45000000",))
    )
    now = datetime(2026, 12, 2, tzinfo=UTC)
    still_open = {"deadline": open_at(now)}
    assert titles(ranges=still_open, sort="deadline") == ["B", "C"]
    assert titles(ranges={"estimated": Range(2_500_000, 8_000_000)}, sort="estimated") == ["B", "C"]
    assert titles(ranges={"published": Range(None, day_number(date(2026, 11, 1)))}, filters={"cpv": ("452",)}) == ["A"]
    assert titles(filters={"estimated": ("1m-5m",), "phase": ("competition",)}, sort="published") == ["C", "A"]
    answer = find_notices(filters={"cpv": ("45",)})
    assert answer.total == 4
    assert answer.counts["cpv"] == {"45": 4, "452": 3}
    assert answer.counts["phase"] == {"competition": 3, "result": 1}
    assert find_notices(filters={"cpv": ("452", "45214210")}, ranges=still_open).total == 2


def test_counts_are_given_for_the_facets_asked_for(some: None) -> None:
    assert find_notices().counts["phase"] == {"competition": len(NOISE)}
    assert set(find_notices(counted=("phase", "finnes-ikke")).counts) == {"phase"}
    assert find_notices(counted=()).counts == {}


def test_what_is_unknown_in_an_address_is_ignored(some: None) -> None:
    odd: Any = {"finnes-ikke": ("x",), "phase": ()}
    answer = find_notices(
        filters=odd, ranges={"x": Range(1, 2), "deadline": Range()}, sort="'; drop", offset=-5, limit=0
    )
    assert answer.total == len(NOISE)
    assert len(answer.hits) == 1


def test_reasons_point_at_the_words(some: None, load: Load, record: Make) -> None:
    far = "Dette er innledende tekst om noe helt annet. " * 100
    lot = Lot(lot_id="LOT-0001", titles={"en": "Emergency helicopters"})
    load(
        record(
            1, titles={"nb": "Beredskap"}, descriptions={"nb": far + "Vi trenger zlokkbåter til redning."}, lots=(lot,)
        )
    )
    [hit] = find_notices("zlokkbåt").hits
    [reason] = hit.why
    assert reason.part == "description"
    assert [reason.text[start:end] for start, end in reason.marks] == ["zlokkbåter"]
    [other] = find_notices("helicopter").hits
    assert (other.why[0].part, other.why[0].words) == ("lot", ("helicopters",))


@pytest.mark.parametrize("need", ["\x00", "😀", "a" * 20_000, "ord " * 5_000, "2023-", "-", "999999999", "0", "\n\t"])
def test_any_text_will_do(need: str, some: None) -> None:
    assert find_notices(need).ready


def test_while_the_index_is_mended_the_list_is_plain(library_for_real: Path, load: Load, record: Make) -> None:
    load(record(1, publication_date=date(2020, 1, 1)), record(2))
    answer = find_notices("hva som helst", limit=1)
    if not answer.ready:
        assert (answer.total, len(answer.hits), answer.counts) == (2, 1, {})
        assert answer.hits[0].notice.key.startswith("00000002")


@pytest.mark.parametrize(("reader", "shown", "hidden"), [("nb", "vann", "water"), ("en", "water", "vann")])
def test_labels_of_codes_are_shown_in_the_readers_language(
    reader: str, shown: str, hidden: str, some: None, load: Load, record: Make
) -> None:
    load(record(901, titles={"nb": "Utbygging"}, cpv=("45231300",)))
    hit = next(hit for hit in find_notices("vannrørledninger water pipelines", reader=reader).hits if hit.why)
    told = " ".join(reason.text.lower() for reason in hit.why)
    assert shown in told and hidden not in told
