import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringvirkning.foundation.words import fold, slugify


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Ås", "as"),
        ("Aas", "as"),
        ("As", "as"),
        ("A\u030as", "as"),
        ("Bærum", "baerum"),
        ("Baerum", "baerum"),
        ("Tromsø", "tromso"),
        ("Tromsoe", "tromso"),
        ("Tromsö", "tromso"),
        ("Kárášjohka", "karasjohka"),
        ("Deanu gielda", "deanu gielda"),
        ("Unjárgga", "unjargga"),
        ("Guovdageaidnu", "guovdageaidnu"),
        ("Loabák", "loabak"),
        ("Aurskog-Høland", "aurskog-holand"),
        ("", ""),
    ],
)
def test_letters_beyond_a_to_z_are_written_as_their_nearest(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text())
def test_folding_leaves_no_marks_and_no_norwegian_letters(text: str) -> None:
    folded = fold(text)
    assert not any(unicodedata.combining(letter) for letter in folded)
    assert not set("æøåÆØÅ") & set(unicodedata.normalize("NFD", folded))


@given(st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyzæøå -")))
def test_capitals_and_composition_make_no_difference(text: str) -> None:
    assert fold(text) == fold(text.upper()) == fold(unicodedata.normalize("NFD", text))


@given(st.text(), st.integers(1, 100))
def test_an_address_part_holds_only_safe_letters(text: str, most: int) -> None:
    slug = slugify(text, most)
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?|[a-z0-9][a-z0-9-]*[a-z0-9]", slug)
    assert len(slug) <= most


@pytest.mark.parametrize(
    ("written", "slug"),
    [
        ("Nordre Follo kommune", "nordre-follo-kommune"),
        ("St. Olavs hospital HF", "st-olavs-hospital-hf"),
        ("Kårvåg & Sønner (as)", "karvag-sonner-as"),
        ("––", ""),
        ("😀", ""),
        ("ææ " * 100, slugify("ææ " * 33)),
    ],
)
def test_a_name_becomes_an_address_part(written: str, slug: str) -> None:
    assert slugify(written) == slug
