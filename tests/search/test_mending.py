"""What people type on any keyboard, in a hurry."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringvirkning.search.query import understand
from ringvirkning.search.text import repair
from ringvirkning.search.text.analyser import analyser
from ringvirkning.search.text.repair import mender


def same_stems(typed: str, meant: str) -> bool:
    """Tell whether a typed word leads to the stem of the one meant, or to those of all its parts."""
    stem, parts = analyser().read_form(meant)
    found = understand(typed).terms
    return stem in found or bool(parts and set(parts) <= set(found))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("broyting", "brøyting"),
        ("broeyting", "brøyting"),
        ("loesning", "løsning"),
        ("losning", "løsning"),
        ("snoebroyting", "snøbrøyting"),
        ("laerer", "lærer"),
        ("overvannshandtering", "overvannshåndtering"),
        ("overvannshaandtering", "overvannshåndtering"),
        ("avlop", "avløp"),
        ("avloep", "avløp"),
        ("stromforbruk", "strømforbruk"),
        ("radhus", "rådhus"),
        ("raadhus", "rådhus"),
        ("varmepumpa", "varmepumpe"),
        ("SOPPELSAMLER", "søppelsamler"),
    ],
)
def test_norwegian_letters_may_be_typed_with_others(typed: str, meant: str) -> None:
    assert same_stems(typed, meant)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sykehjm", "sykehjem"),
        ("sykehejm", "sykehjem"),
        ("trygghetsalarn", "trygghetsalarm"),
        ("velferdstekologi", "velferdsteknologi"),
        ("medisindispensr", "medisindispenser"),
        ("barnehge", "barnehage"),
        ("ambulanse", "ambulanse"),
        ("lekasjesøk", "lekkasjesøk"),
    ],
)
def test_one_slip_in_a_long_word_is_mended(typed: str, meant: str) -> None:
    assert same_stems(typed, meant)


@pytest.mark.parametrize("word", ["brøyting", "sykehjem", "kommune", "overvannshåndtering", "løysing", "vatn"])
def test_a_word_we_know_is_left_alone(word: str) -> None:
    assert mender().mend(word) == ()


@pytest.mark.parametrize("word", ["qqqqzzzz", "x", "qz", "123456789", "a1b2c3d4", "", "شبكة", "😀"])
def test_a_word_past_guessing_is_not_guessed_at(word: str) -> None:
    assert mender().mend(word) == ()


def test_what_was_mended_is_told() -> None:
    assert understand("bedre broyting").mended["broyting"][0] == "brøyting"


@given(st.text("abcdefghijklmnopqrstuvwxyzæøå", min_size=1, max_size=30))
def test_mending_any_word_gives_a_few_words_that_hold_no_surprise(form: str) -> None:
    meant = mender().mend(form)
    assert len(meant) <= repair.MOST
    assert all(word and word == word.lower() for word in meant)


def test_an_endless_word_is_not_worked_on_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    folded = 0
    fold = repair.fold

    def counting(text: str) -> str:
        nonlocal folded
        folded += len(text)
        assert folded < 1_000_000, "more than a hundred letters folded for each letter of the word"
        return fold(text)

    monkeypatch.setattr(repair, "fold", counting)
    assert repair.Mender._mend(mender(), "y" * 10_000) == ()
    assert understand("y" * 10_000).terms
