"""Reading notices for innovation: what counts, what does not, and where the words stand."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.analysis.made import a_notice

from ringvirkning.analysis.innovation import LIKELY, POSSIBLE, read_innovation
from ringvirkning.analysis.signals.terms import Reading
from ringvirkning.analysis.terms import CODES
from ringvirkning.sources.notices.record import Criterion, Lot, Notice, Organisation

PAPER = ("30197643",)
RESEARCH = ("73100000",)


def read(*texts: str, **more: object) -> Reading:
    return read_innovation(a_notice(*texts, **more))


def codes(reading: Reading) -> set[str]:
    return {signal.code for signal in reading.signals}


# What is innovative, in each language.

INNOVATIVE = [
    ("nb", "Innovasjonspartnerskap om trygg varsling", "En slik løsning finnes ikke i markedet i dag.", "mar-nov"),
    ("nb", "Stille fergekai", "Vi kjøper utvikling i en førkommersiell anskaffelse med tre leverandører.", "rd-act"),
    ("nb", "Sensor for glatte veier", "Leverandøren skal utvikle og teste en sensor, først som prototype.", "rd-act"),
    ("nb", "Dialogkonferanse om avfall", "Vi ser etter nye løsninger og ber om innspill fra markedet.", "mar-nov"),
    ("nn", "Innovasjonspartnarskap om varsling", "Ei slik løysing finst ikkje i marknaden i dag.", "mar-nov"),
    ("nn", "Ny sensor", "Leverandøren skal utvikle og teste ein sensor, først som ein prototype.", "rd-act"),
    ("nn", "Marknadsdialog om avfall", "Vi ser etter nye løysingar og ønskjer innspel frå marknaden.", "mar-nov"),
    ("da", "Innovationspartnerskab om varsling", "En sådan løsning findes ikke på markedet i dag.", "mar-nov"),
    ("da", "Prækommercielle indkøb", "Leverandøren skal udvikle og teste en ny sensor.", "rd-act"),
    ("da", "Markedsdialog om affald", "Kommunen søger nye løsninger og innovative idéer.", "mar-nov"),
    ("sv", "Innovationspartnerskap om larm", "En sådan lösning finns inte på marknaden i dag.", "mar-nov"),
    ("sv", "Förkommersiell upphandling", "Leverantören ska utveckla och testa en ny sensor.", "rd-act"),
    ("sv", "Tidig dialog om avfall", "Vi söker nya lösningar och innovativa idéer.", "mar-nov"),
    (
        "en",
        "Innovation partnership for alarms",
        "No such solution is available: it does not exist on the market.",
        "mar-nov",
    ),
    ("en", "Pre-commercial procurement", "Suppliers will develop and test a prototype.", "rd-act"),
    ("en", "Market dialogue on waste", "We look for new solutions and innovative ideas.", "mar-nov"),
]


@pytest.mark.parametrize(("language", "title", "description", "code"), INNOVATIVE)
def test_innovation_is_seen_in_each_language(language: str, title: str, description: str, code: str) -> None:
    reading = read(title, description, language=language)
    assert reading.likelihood >= LIKELY, reading.signals
    assert reading.suggested == code


@pytest.mark.parametrize(
    "words",
    [
        "Det finnes ikke i markedet",
        "En løsning som ikke finnes i markedet",
        "Produktet eksisterer ikke på markedet",
        "ikke tilgjengelig på markedet",
        "ikke er tilgjengelig som ferdig produkt i markedet",
        "Dette er ikke en hyllevare",
        "det finnes ingen egnet løsning",
        "Markedet har ikke det vi trenger",
        "dekkes ikke, for ingen løsninger i markedet kan dette",
        "finst ikkje på marknaden",
        "findes ikke på det danske marked",
        "finns inte på marknaden",
        "saknas på marknaden",
        "does not exist on the market",
        "not yet available on the market",
        "There is no off-the-shelf product",
    ],
)
def test_the_market_does_not_have_it_is_said_in_many_ways(words: str) -> None:
    assert "not-on-the-market" in codes(read("", words)), words


# What is not.

EVERYDAY = [
    ("nb", "Rammeavtale om kontorrekvisita og kopipapir", ""),
    ("nb", "Kjøp av brannbil", "Anskaffelse av én brannbil med vanntank."),
    ("nb", "Renholdstjenester", "Vi søker en innovativ og løsningsorientert leverandør."),
    ("nb", "Følgeevaluering av tilskuddsordningen", "Oppdraget er en evaluering av ordningen."),
    ("nb", "Konsulenttjenester for videreutvikling av nettsider", "Utvikling, drift og forvaltning."),
    ("nn", "Reinhald av skular", "Avtale om reinhald."),
    ("da", "Rammeaftale om kopipapir", "Kontorartikler og kopipapir til kommunen."),
    ("sv", "Ramavtal kontorsmaterial", "Kopieringspapper och kontorsmaterial."),
    ("en", "Office paper", "Copy paper for the municipality's printers."),
    ("en", "Fire engine", "One fire engine."),
]


@pytest.mark.parametrize(("language", "title", "description"), EVERYDAY)
@pytest.mark.parametrize("stated", ["other", "buy-eff", "org-nov"])
def test_catch_all_codes_on_everyday_goods_fool_nobody(
    language: str, title: str, description: str, stated: str
) -> None:
    reading = read(title, description, language=language, innovation=(stated,), strategic=("inn-pur",))
    assert reading.likelihood < POSSIBLE, reading.signals
    assert reading.suggested is None


def test_even_a_strong_code_does_not_make_office_paper_likely() -> None:
    assert read("Kopipapir", cpv=PAPER, innovation=("mar-nov",)).likelihood < LIKELY


def test_the_same_strong_code_tips_a_text_that_leans_that_way() -> None:
    leaning = ("Nye løsninger for avfall", "")
    assert read(*leaning).likelihood < read(*leaning, innovation=("prod-innov",)).likelihood
    assert read(*leaning, innovation=("prod-innov",)).suggested == "prod-innov"


@pytest.mark.parametrize(
    "words",
    [
        "Dette er ikke et innovasjonsprosjekt.",
        "Oppdraget skal løses uten pilot.",
        "Det blir ikke holdt dialogkonferanse.",
        "Dialogkonferanse vil ikke bli holdt.",
        "Dialogkonferanse er ikke planlagt.",
        "Det skal ikkje lagast prototype.",
        "Der skal ikke laves en prototype.",
        "Det ska inte tas fram någon prototyp.",
        "No prototype is wanted.",
        "This is not a pilot.",
        "The pilot is not part of this.",
    ],
)
def test_what_is_denied_does_not_count(words: str) -> None:
    reading = read("", words)
    assert reading.likelihood < POSSIBLE, reading.signals
    assert codes(reading) & {"said-not", "said-not-to-be"}


@pytest.mark.parametrize(
    "words", ["Vi vil ikke bare ha en pilot.", "not only a pilot", "Ikke noe nytt. Pilot i to bydeler"]
)
def test_not_only_and_the_sentence_before_deny_nothing(words: str) -> None:
    assert "pilot" in codes(read("", words))


@pytest.mark.parametrize(
    ("title", "description"),
    [
        ("Kontorstoler til Innovasjon Norge", "Innovasjon Norge kjøper kontorstoler."),
        ("Chairs", "The European Institute of Innovation and Technology buys chairs."),
        ("Renhold i Innovasjonsparken", "Avdeling for forskning og innovasjon får nytt renhold."),
        ("Losskyss", "Båten skal frakte loser og pilot om bord."),
        ("Flygende personell", "Vi leier inn en dronepilot."),
    ],
)
def test_names_with_the_words_in_them_do_not_count(title: str, description: str) -> None:
    reading = read(title, description)
    assert reading.likelihood < POSSIBLE, reading.signals


def test_the_buyers_own_name_does_not_count_wherever_it_stands() -> None:
    buyer = Organisation(name="Nye Løsninger Pilot IKS")
    assert "pilot" in codes(read("Traktor til Nye Løsninger Pilot IKS"))
    named = read("Traktor til nye løsninger pilot iks", buyers=(buyer,))
    assert codes(named) == {"only-a-name"}


def test_what_is_not_counted_is_told_all_the_same() -> None:
    signal = next(iter(read("Stoler til Innovasjon Norge").signals))
    assert (signal.code, signal.weight, signal.words) == ("only-a-name", 0.0, "Innovasjon")


def test_what_counts_once_in_a_name_counts_where_it_is_meant() -> None:
    assert "innovative" in codes(read("", "Innovasjon Norge ønsker innovative løsninger."))


# Codes of the notice.


def test_a_way_of_buying_made_for_the_new_counts_without_any_text_we_can_read() -> None:
    assert read("Nowe rozwiązanie", language="pl", procedure="innovation").likelihood >= LIKELY
    assert read("", kind="cn-desg").likelihood >= POSSIBLE
    assert read("Transport", language="pl", procedure="innovation", cpv=("60000000",)).likelihood < LIKELY


def test_an_award_criterion_can_reward_innovation() -> None:
    criterion = Criterion(names={"nb": "Grad av nyskaping"}, lot="LOT-0001")
    signal = next(one for one in read("Bygg", criteria=(criterion,)).signals if one.code == "criterion")
    assert (signal.field, signal.lot, signal.words) == ("criterion", "LOT-0001", "nyskap")


def test_research_by_cpv_alone_is_not_innovation() -> None:
    assert read("Undersøkelse om ferie", cpv=RESEARCH).likelihood < POSSIBLE


# Where the words stand.


def text_of(notice: Notice, field: str, lot: str | None, language: str) -> str:
    owner = next((one for one in notice.lots if one.lot_id == lot), notice)
    return getattr(owner, f"{field}s")[language]


def points_at_its_words(notice: Notice) -> bool:
    spans = [one for one in read_innovation(notice).signals if one.start is not None and one.field != "criterion"]
    return all(text_of(notice, one.field, one.lot, one.language)[one.start : one.end] == one.words for one in spans)


def test_signals_point_at_the_words_that_decided() -> None:
    lot = Lot(lot_id="LOT-0002", descriptions={"en": "We want a prototype."})
    notice = a_notice("Stor PILOT i Ås", "Først dialog.\nSå en Dialogkonferanse!", lots=(lot,))
    found = {(one.code, one.field, one.lot, one.words) for one in read_innovation(notice).signals}
    assert found == {
        ("pilot", "title", None, "PILOT"),
        ("market-dialogue", "description", None, "Dialogkonferanse"),
        ("prototype", "description", "LOT-0002", "prototype"),
    }
    assert points_at_its_words(notice)


def test_what_lies_inside_something_longer_is_not_counted_twice() -> None:
    assert codes(read("", "Et FoU-prosjekt")) == {"research-and-development"}
    assert codes(read("", "FoU")) == {"research-mentioned"}


def test_a_word_in_the_title_weighs_more() -> None:
    assert read("Pilot").likelihood > read("", "Pilot").likelihood


def test_the_same_text_in_a_lot_is_read_once_and_languages_are_told_apart() -> None:
    lot = Lot(lot_id="LOT-0001", titles={"nb": "Pilot"})
    assert [one.lot for one in read("Pilot", lots=(lot,)).signals] == [None]
    both = a_notice(titles={"nb": "Traktor", "en": "A pilot"})
    assert [one.language for one in read_innovation(both).signals] == ["en"]


# Whatever the text.

WORDS = st.sampled_from(
    "pilot ikke innovasjon Innovasjon Norge finnes i markedet. utvikle og teste rammeavtale nye løsning İ ﬁ ß å".split()
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=30).map(" ".join))
NOTICES = st.builds(
    a_notice,
    TEXTS,
    TEXTS,
    language=st.sampled_from(["nb", "nn", "no", "da", "sv", "en", "fi"]),
    cpv=st.lists(st.text(max_size=8), max_size=2).map(tuple),
    innovation=st.lists(st.sampled_from([*CODES, "other", "", "x"]), max_size=3).map(tuple),
    procedure=st.one_of(st.none(), st.text(max_size=10), st.just("innovation")),
    buyers=st.lists(st.builds(Organisation, name=st.one_of(st.none(), TEXTS)), max_size=2).map(tuple),
    lots=st.lists(
        st.builds(Lot, lot_id=st.text(max_size=3), titles=st.dictionaries(st.just("nb"), TEXTS)), max_size=1
    ).map(tuple),
)


@given(NOTICES)
def test_any_text_is_read_alike_each_time_and_pointed_at_rightly(notice: Notice) -> None:
    reading = read_innovation(notice)
    assert 0 <= reading.likelihood <= 1 and not math.isnan(reading.likelihood)
    assert reading == read_innovation(notice)
    assert reading.suggested in {None, *CODES}
    assert points_at_its_words(notice)


def test_a_hostile_text_takes_no_long_time() -> None:
    for text in (
        "ikke " * 50_000,
        "a" * 500_000,
        "ikke" + " a" * 100_000 + " marked",
        "pilot-" * 50_000,
        "İ" * 100_000,
    ):
        assert 0 <= read("", text).likelihood <= 1
