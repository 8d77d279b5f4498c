"""Numbers, kroner, days and marks as each language writes them."""

from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import pytest
from django.utils.safestring import SafeString
from django.utils.translation import override

from ringvirkning.search.why import Reason
from ringvirkning.sources.casefile.model import Figure, Money
from ringvirkning.web.infographic import WIDTH, draw
from ringvirkning.web.lettering import width_of, wrap
from ringvirkning.web.saying import opening
from ringvirkning.web.templatetags.casepage import licence_name, money, span
from ringvirkning.web.templatetags.rv import amount, day, kroner, marked, number, plain, said, text_language, unit, word

NBSP = "\xa0"


def same(shown: str) -> str:
    """A text with plain spaces, so that a test reads as people read."""
    return shown.replace(NBSP, " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("value", "nb", "en"),
    [
        (0, "0", "0"),
        (7, "7", "7"),
        (1234, "1 234", "1,234"),
        (Decimal("2.5"), "2,5", "2.5"),
        (Decimal("0.25"), "0,25", "0.25"),
        (1_234_567, "1 234 567", "1,234,567"),
        (Decimal("1E+3"), "1 000", "1,000"),
        (None, "", ""),
    ],
)
def test_a_number(value: Any, nb: str, en: str) -> None:
    for language, shown in (("nb", nb), ("nn", nb), ("en", en)):
        with override(language):
            assert same(number(value)) == shown


def test_thousands_do_not_break_over_two_lines() -> None:
    with override("nb"):
        assert " " not in number(1_234_567)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1, "1 kroner"),
        (250_000, "250 000 kroner"),
        (999_999, "999 999 kroner"),
        (12_000_000, "12 millioner kroner"),
        (1_250_000, "1,25 millioner kroner"),
        (999_999_999, "1 000 millioner kroner"),
        (3_000_000_000, "3 milliarder kroner"),
        (13_400_000_000, "13,4 milliarder kroner"),
        (None, ""),
    ],
)
def test_kroner_as_people_say_them(value: int | None, shown: str) -> None:
    with override("nb"):
        assert same(kroner(value)) == shown


def test_kroner_in_nynorsk_and_english() -> None:
    with override("nn"):
        assert same(kroner(12_000_000)) == "12 millionar kroner"
    with override("en"):
        assert same(kroner(12_000_000)) == "12 million kroner" or "NOK" in kroner(12_000_000)
        assert same(kroner(250_000)).startswith("250,000 ")


def test_money_of_another_country_keeps_its_own_name() -> None:
    with override("nb"):
        assert same(money(Money(amount=Decimal(2_000_000)))) == "2 millioner kroner"
        assert same(money(Money(amount=Decimal(250_000), currency="EUR"))) == "250 000 EUR"
        assert money(None) == ""


@pytest.mark.parametrize(
    ("value", "nb", "nn", "en"),
    [
        ("2019", "2019", "2019", "2019"),
        ("2019-06", "juni 2019", "juni 2019", "June 2019"),
        ("2019-06-14", "14. juni 2019", "14. juni 2019", "14 June 2019"),
        ("2021-10-01", "1. oktober 2021", "1. oktober 2021", "1 October 2021"),
        ("", "", "", ""),
        (None, "", "", ""),
    ],
)
def test_a_day_as_exact_as_it_is_known(value: str | None, nb: str, nn: str, en: str) -> None:
    for language, shown in (("nb", nb), ("nn", nn), ("en", en)):
        with override(language):
            assert day(value) == shown


def test_a_stretch_of_time() -> None:
    with override("nb"):
        assert span("2016", "2019") == "2016–2019"
        assert span("2017-02", "2018-05") == "februar 2017 – mai 2018"
        assert span("2019", "2019") == span("2019", None) == span(None, "2019") == "2019"
        assert span(None, None) == ""


def figure(**fields: Any) -> Figure:
    made = {
        "id": "f",
        "kind": "realised",
        "effect": "quality",
        "label": {"nb": "Noe"},
        "unit": "days",
        "sources": ["s"],
    }
    return Figure.model_validate({**made, **fields})


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"value": 1}, "1 dag"),
        ({"value": 2}, "2 dager"),
        ({"value": 0}, "0 dager"),
        ({"value": Decimal("1.5")}, "1,5 dager"),
        ({"value": 1, "unit": "hours"}, "1 time"),
        ({"value": 1, "unit": "people"}, "1 person"),
        ({"value": 1, "unit": "ships", "per": "year"}, "1 fartøy per år"),
        ({"value": 1, "unit": "person_years"}, "1 årsverk"),
        ({"value": 85, "unit": "percent"}, "85 prosent"),
        ({"low": 10, "high": 12, "unit": "percent"}, "10–12 prosent"),
        ({"low": 13_000_000_000, "unit": "NOK"}, "over 13 milliarder kroner"),
        ({"high": 85, "unit": "percent", "per": "ten_years"}, "inntil 85 prosent over ti år"),
        ({"low": 2, "high": 3}, "2–3 dager"),
        ({"value": 12_000_000, "unit": "NOK", "per": "year"}, "12 millioner kroner per år"),
        ({"low": 2_000_000, "high": 3_500_000, "unit": "NOK"}, "2–3,5 millioner kroner"),
        ({"low": 500_000, "high": 2_000_000, "unit": "NOK"}, "500 000 kroner–2 millioner kroner"),
        ({"value": 40, "unit": "tonnes_co2e", "per": "site"}, "40 tonn CO₂-ekvivalenter per sted"),
    ],
)
def test_a_figure_with_its_unit(fields: dict[str, Any], shown: str) -> None:
    with override("nb"):
        made = figure(**fields)
        assert same(f"{amount(made)} {unit(made)}") == shown


def test_a_figure_in_english() -> None:
    with override("en"):
        made = figure(value=1234, unit="hours")
        assert amount(made) == "1,234"
        assert amount(figure(low=3)) not in {"3", "over 3 3"}


@pytest.mark.parametrize(
    ("language", "shown", "marked_as"), [("nb", "bok", None), ("nn", "ny", None), ("en", "bok", "nb")]
)
def test_a_text_is_shown_in_the_nearest_language_and_says_which(
    language: str, shown: str, marked_as: str | None
) -> None:
    texts = {"nb": "bok", "nn": "ny"}
    with override(language):
        assert plain(texts) == shown
        assert said(texts) == (f'<span lang="{marked_as}">{shown}</span>' if marked_as else shown)


def test_a_text_that_is_absent_is_empty_and_one_in_sami_is_found() -> None:
    assert plain(None) == plain({}) == said(None) == ""
    with override("en"):
        assert text_language({"se": "giella"}) == "se"
        assert said({"se": "<b>"}) == '<span lang="se">&lt;b&gt;</span>'


def test_a_code_without_a_word_is_shown_as_it_is() -> None:
    with override("nb"):
        assert word("in_use", "STATUSES") == "I bruk"
        assert word("ny_kode", "STATUSES") == "ny_kode"


def test_marks_are_the_only_markup_in_a_snippet() -> None:
    reason = Reason("need", "<b>Eldre</b> & faller <i>", ((3, 8), (15, 21)), ("eldre", "faller"))
    shown = marked(reason)
    assert shown == "&lt;b&gt;<mark>Eldre</mark>&lt;/b&gt; &amp; <mark>faller</mark> &lt;i&gt;"
    assert isinstance(shown, SafeString)


@pytest.mark.parametrize("marks", [(), ((0, 5),), ((0, 1), (1, 2), (4, 5))])
def test_marks_lose_no_letter(marks: tuple[tuple[int, int], ...]) -> None:
    shown = marked(Reason("need", "eldre", marks, ()))
    assert shown.replace("<mark>", "").replace("</mark>", "") == "eldre"


def test_licences_as_people_write_them() -> None:
    assert [licence_name(code) for code in ("CC-BY-4.0", "CC0-1.0", "MIT")] == ["CC BY 4.0", "CC0 1.0", "MIT"]


def test_lines_of_the_infographic_are_no_wider_than_told() -> None:
    text = "Kommunen henter varme fra grunnen under skolen " + "brannslukkingsapparat" * 9
    for bold in (False, True):
        lines = wrap(text, 20, 300, bold)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert all(width_of(line, 20, bold) <= 300 for line in lines)
    assert wrap("", 20, 300) == []


def test_each_line_of_the_infographic_states_its_width(a_case: Any) -> None:
    """Fonts differ. A unit must not be written across its number, nor an address off the edge."""
    drawn = ElementTree.fromstring(draw(a_case(), "nb", "https://eksempel.no/biblioteket/" + "varme-i-grunnen-" * 9))
    lines = drawn.findall(".//{*}text")
    assert len(lines) > 5
    for line in lines:
        assert 0 < float(line.attrib["textLength"]) <= WIDTH - float(line.attrib["x"]), line.text


def test_an_abbreviation_ends_no_sentence() -> None:
    text = "St. Olavs hospital ville måle puls. Det lyktes."
    assert opening(text, 1) == "St. Olavs hospital ville måle puls."
    assert opening("Møtet varte til kl. 15 i Oslo. Så gikk alle.", 1) == "Møtet varte til kl. 15 i Oslo."


@pytest.mark.parametrize(
    ("language", "page", "begins"),
    [("nb", "en", '<span lang="nb">'), ("nb", "nb", "<mark>"), ("", "en", "<mark>"), ("no", "nn", "<mark>")],
)
def test_a_reason_in_another_language_than_the_page_says_so(language: str, page: str, begins: str) -> None:
    reason = Reason("codes", "Trygghet i hjemmet", ((0, 8),), ("trygghet",), language=language)
    with override(page):
        assert marked(reason).startswith(begins)
        assert "<mark>Trygghet</mark> i hjemmet" in marked(reason)
