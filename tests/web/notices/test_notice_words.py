"""Sums, days, languages and codes of notices in words."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.translation import override

from ringvirkning.sources.notices.record import Criterion, Lot, Money
from ringvirkning.sources.notices.terms import PHASES, Source, ValueKind
from ringvirkning.web.notices import money, saying, telling, words
from ringvirkning.web.notices.deadlines import Deadline, span_said
from some_notices import a_notice, many_lots

SPACE = "\u00a0"


def kroner(amount: float, currency: str = "NOK") -> Money:
    return Money(amount=amount, currency=currency, kind=ValueKind.ESTIMATED, field="BT-27-Procedure")


@pytest.mark.parametrize(
    ("sum_", "language", "exact", "rounded"),
    [
        (kroner(1), "nb", "1 krone", "1 krone"),
        (kroner(250_000), "nb", "250 000 kroner", "250 000 kroner"),
        (kroner(1_000_000), "nb", "1 million kroner", "1 million kroner"),
        (kroner(12_500_000), "nb", "12,5 millioner kroner", "12,5 millioner kroner"),
        (kroner(12_345_678), "nb", "12 345 678 kroner", "12,3 millioner kroner"),
        (kroner(3_500.5), "nb", "3 500,50 kroner", "3 501 kroner"),
        (kroner(2_000_000_000), "nb", "2 milliarder kroner", "2 milliarder kroner"),
        (kroner(1_500_000, "SEK"), "nb", "1,5 millioner svenske kroner", "1,5 millioner svenske kroner"),
        (kroner(974_096, "EUR"), "nb", "974 096 euro", "974 096 euro"),
        (kroner(12_500_000), "nn", "12,5 millionar kroner", "12,5 millionar kroner"),
        (kroner(12_500_000), "en", "12.5 million kroner", "12.5 million kroner"),
        (kroner(2_500_000, "GBP"), "en", "2.5 million British pounds", "2.5 million British pounds"),
        (kroner(100_000_000_000.01), "nb", "100 000 000 000,01 kroner", "100 milliarder kroner"),
    ],
)
def test_a_sum_says_its_currency(sum_: Money, language: str, exact: str, rounded: str) -> None:
    with override(language):
        assert money.exactly(sum_).replace(SPACE, " ") == exact
        assert money.about(sum_).replace(SPACE, " ") == rounded


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "i dag"),
        (1, "i morgen"),
        (2, "2 dager igjen"),
        (-1, "gikk ut i går"),
        (-3, "gikk ut for 3 dager siden"),
        (-61, "fristen er ute"),
    ],
)
def test_how_long_it_is_to_a_deadline(days: int, said: str) -> None:
    today = date(2026, 11, 23)
    noon = datetime(2026, 11, 23, 11, tzinfo=UTC) + timedelta(days=days)
    assert Deadline(noon, today).left_said == said


def test_a_deadline_is_told_in_norwegian_time() -> None:
    """Eleven in the evening in London is tomorrow in Norway."""
    late = Deadline(datetime(2026, 12, 11, 23, 30, tzinfo=UTC), date(2026, 12, 11))
    assert late.said == "lørdag 12. desember 2026 kl. 00.30"
    assert late.left_said == "i morgen"
    with override("en"):
        assert late.said == "Saturday 12 December 2026 at 00:30"


def test_a_deadline_later_today_and_one_earlier_today_are_told_alike() -> None:
    """A page is kept for a day: what it says may not become wrong meanwhile."""
    today = date(2026, 11, 23)
    early, late = (Deadline(datetime(2026, 11, 23, hour, tzinfo=UTC), today) for hour in (5, 20))
    assert early.left_said == late.left_said == "i dag"
    assert not early.gone


@pytest.mark.parametrize(
    ("months", "said"), [(12, "1 år"), (48, "4 år"), (18, "18 måneder"), (1, "1 måned"), (0.5, "15 dager")]
)
def test_durations(months: float, said: str) -> None:
    assert span_said(months) == said


def test_a_text_is_shown_in_the_language_nearest_the_reader() -> None:
    texts = {"fi": "suomeksi", "sv": "på svenska", "en": "in English", "no": "på norsk"}
    for language, found in (("nb", "no"), ("nn", "no"), ("en", "en")):
        with override(language):
            assert saying.nearest(texts).language == found
    assert saying.nearest({"fi": "suomeksi", "sv": "på svenska"}).language == "sv"
    assert saying.nearest({"fi": "suomeksi", "et": "eesti"}, own="et").language == "et"
    assert saying.nearest({}).text == ""


def test_readers_are_told_which_language_it_is_only_when_it_is_not_theirs() -> None:
    assert not saying.Said("no", "x").foreign
    assert saying.Said("fi", "x").foreign
    assert saying.Said("fi", "<b>").html == '<span lang="fi">&lt;b&gt;</span>'
    with override("en"):
        assert saying.Said("nb", "x").foreign
        assert saying.Said("nb", "x").name == "Norwegian Bokmål"


def test_other_languages_are_in_the_order_of_their_names() -> None:
    texts = {"nb": "a", "fi": "b", "da": "c", "en": "d", "de": ""}
    assert [one.name for one in saying.others(texts, saying.nearest(texts))] == ["dansk", "engelsk", "finsk"]


def test_weights_say_what_they_count() -> None:
    def said(weight: float | None, kind: str | None) -> str:
        return telling.weight_said(Criterion(kind="quality", weight=weight, weight_kind=kind))

    assert said(40.0, "per-exa") == "40 %"
    assert said(0.4, "dec-exa") == "40 %"
    assert said(40.0, "poi-exa") == "40 poeng"
    assert said(1.0, "ord-imp") == "1 rekkefølge etter viktighet"
    assert said(None, "per-exa") == ""


def test_a_criterion_is_not_named_twice() -> None:
    def said(kind: str | None, name: str) -> str:
        return telling.criterion_name(Criterion(kind=kind, names={"nb": name} if name else {}), "nb")

    assert said("price", "Pris") == said("price", "Price") == said("price", "") == "Pris"
    assert said("quality", "Løsning") == "Kvalitet: Løsning"
    assert said(None, "Løsning") == "Løsning"


def test_lots_are_told_together() -> None:
    assert telling.lot_names(["LOT-0001", "LOT-0003", "LOT-0004", "LOT-0005", "LOT-0010"]) == ["1", "3–5", "10"]
    assert telling.lot_names(["LOT-0002", "LOT-0001", "A"]) == ["1", "2", "A"]


def test_estimated_and_awarded_are_never_one_fact() -> None:
    both = a_notice(
        values=(kroner(1.0), Money(amount=2.0, currency="NOK", kind=ValueKind.AWARDED, field="BT-161-NoticeResult"))
    )
    facts = {fact.name: fact.values for fact in telling.facts_of(both)}
    assert (facts["estimated"], facts["awarded"]) == (("1 krone",), ("2 kroner",))


def test_places_are_regions_and_else_countries() -> None:
    assert telling.places_said(["NO093", "NO0"], ["NOR"]) == ["Vestfold", "Norge"]
    assert telling.places_said(["DE300"], ["DEU"]) == ["Tyskland"]
    assert telling.places_said([], ["FIN"]) == ["Finland"]
    assert telling.places_said(["anyw"], []) == ["Hvor som helst"]
    assert telling.places_said(["EL303", "UKC11"], []) == ["Hellas", "Storbritannia"]


def test_a_duration_from_day_to_day() -> None:
    def said(**fields: object) -> str:
        return telling.duration_said(Lot(lot_id="LOT-0001", **fields))  # type: ignore[arg-type]

    start, end = date(2027, 1, 1), date(2028, 12, 31)
    assert said(months=24.0) == "2 år"
    assert said(start=start, end=end) == "1. januar 2027–31. desember 2028"
    assert said(start=start, months=24.0) == "2 år fra 1. januar 2027"
    assert said(end=end) == "til 31. desember 2028"
    assert said() == ""


def test_every_code_of_our_own_has_a_word() -> None:
    assert set(words.PHASES) == set(words.PHASE_MEANINGS) == set(PHASES)
    assert set(words.SOURCES) == set(Source)
    assert set(words.VALUE_KINDS) == set(words.VALUE_MEANINGS) == set(ValueKind)


def test_many_lots_are_told_one_by_one_when_versions_are_compared() -> None:
    told = next(fact for fact in telling.facts_of(many_lots()) if fact.name == "lots")
    assert len(told.values) == 54
    assert told.values[0].replace(SPACE, " ") == "1, Delområde 1, Anslått verdi: 100 000 kroner"
