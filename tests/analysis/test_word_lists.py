"""The word lists hold what they promise to those who review them."""

import hashlib
import re
from typing import Any

import pytest
from tests.analysis.made import a_notice

from ringvirkning.analysis import innovation
from ringvirkning.analysis.reasons import SIGNALS
from ringvirkning.analysis.signals import structure
from ringvirkning.analysis.signals.lists import LANGUAGES, Rule, list_files, pattern_of, phrases, rule_of, rules
from ringvirkning.analysis.signals.words import MASKS, word_signals
from ringvirkning.analysis.terms import CODES

# The lists and the code as they were when METHOD last grew. Did you change what a notice comes to? Then let METHOD grow
# in analysis/innovation.py, so that notices are read again, and put the new digest here.
READ_SO = "9306f05bd398ffd7"
METHOD_THEN = "1"


def digest() -> str:
    """The lists without comments and reasons, and the weights in the code."""
    told = [(rule.code, rule.weight, rule.suggests, sorted(rule.phrases.items())) for rule in rules()]
    weights = {name: value for name, value in vars(structure).items() if name.isupper() and name != "CRITERION"}
    sets = {name: sorted(value) if isinstance(value, frozenset) else value for name, value in weights.items()}
    curve = (innovation.HALFWAY, innovation.SLOPE, innovation.KIN)
    return hashlib.sha256(repr((told, sorted(sets.items()), curve)).encode()).hexdigest()[:16]


def test_the_method_grows_when_notices_would_be_read_otherwise() -> None:
    assert (digest(), innovation.METHOD) == (READ_SO, METHOD_THEN)


def test_every_code_stands_once() -> None:
    codes = [rule.code for rule in rules()]
    assert len(codes) == len(set(codes))
    assert set(MASKS) <= set(codes)


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.code)
def test_every_rule_says_why_and_finds_its_own_example(rule: Rule) -> None:
    assert rule.why.strip()
    assert rule.suggests in {None, *CODES}
    assert any(pattern_of(phrase).search(rule.example.lower()) for phrase in rule.phrases["nb"]), rule.example


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.code)
def test_every_rule_has_words_in_every_language(rule: Rule) -> None:
    assert all(rule.phrases[language] for language in LANGUAGES)


def test_no_phrase_stands_in_two_rules_that_pull_the_same_way() -> None:
    seen: dict[str, Rule] = {}
    for phrase in phrases():
        other = seen.setdefault(phrase.words, phrase.rule)
        assert other.code == phrase.rule.code, phrase.words


def test_every_signal_has_a_reason_in_words() -> None:
    of_rules = {rule.code for rule in rules()}
    of_fields = {f"stated-{code}" for code in structure.STATED} | {
        f"procedure-{procedure}" for procedure in structure.PROCEDURES
    }
    others = set(re.findall(r'code="([a-z-]+)"', source_of("structure"))) | {
        "kind-contest",
        "kind-early",
        "kind-direct",
        "said-not",
    }
    assert set(SIGNALS) == of_rules | of_fields | others


def source_of(module: str) -> str:
    from pathlib import Path

    return (Path(structure.__file__).parent / f"{module}.py").read_text(encoding="utf-8")


def test_the_files_are_read_by_people_too() -> None:
    for path in list_files():
        text = path.read_text(encoding="utf-8")
        assert text.startswith("# "), path.name
        assert max(len(line) for line in text.splitlines()) <= 122, path.name


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ({"code": "x", "weight": 1, "why": "y"}, "example"),
        ({"code": "x", "weight": 1, "why": "y", "example": "z", "nb": ["to"]}, "«to»"),
        ({"code": "x", "weight": 1, "why": "y", "example": "z", "nb": ["fou*"]}, "«fou*»"),
        ({"code": "x", "weight": 1, "why": "y", "example": "z", "nb": ["…"]}, "«…»"),
    ],
)
def test_what_cannot_be_looked_for_is_refused_by_name(row: dict[str, Any], what: str) -> None:
    with pytest.raises(ValueError, match=re.escape(what)):
        rule_of(row, "some.yaml")


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("ny* løsning*", "vi vil ha nye løsninger", True),
        ("ny* løsning*", "nye og bedre løsninger", False),
        ("nye … løsning*", "nye og bedre løsninger", True),
        ("nye … løsning*", "nye a b c d løsninger", True),
        ("nye … løsning*", "nye a b c d e løsninger", False),
        ("nye … løsning*", "alt er nye. løsningen kom", False),
        ("pilot", "pilotere", False),
        ("fou-prosjekt*", "et fou prosjekt", True),
        ("fou-prosjekt*", "fou–prosjektet", True),
        ("plan- og designkonkurranse*", "en plan - og designkonkurranse", True),
        ("r&d", "about r&d here", True),
    ],
)
def test_phrases_mean_what_the_guide_says(phrase: str, text: str, found: bool) -> None:
    assert bool(pattern_of(phrase).search(text)) is found


def test_phrases_are_found_wherever_they_stand_in_a_text() -> None:
    """The quick look for first letters and words must never lose what the patterns would find."""
    for phrase in phrases():
        example = " ".join("xx" if piece == "…" else piece.replace("*", "er") for piece in phrase.words.split())
        notice = a_notice(f"Ordet {example} står her")
        wanted = phrase.rule.code if phrase.rule.code not in MASKS else None
        codes = {signal.code for signal in word_signals(notice)}
        assert wanted is None or wanted in codes or codes & {"said-not", *MASKS} or phrase.rule.weight == 0, (
            phrase.words
        )
