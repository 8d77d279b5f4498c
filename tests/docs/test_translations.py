"""Every text of ours is translated: gathered anew, nothing is missing, doubtful or left over."""

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from ringvirkning.publishing import drafts
from ringvirkning.publishing.archives import archive
from ringvirkning.publishing.typed import faults
from ringvirkning.sources import wire
from ringvirkning.sources.casefile import check

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "ringvirkning"
LANGUAGES = ("nn", "en")
NOT_OURS = {"static", "data", "locale", "__pycache__"}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z]|\{\w*\}")
MARKUP = re.compile(r"</?\w+[^>]*>")


def catalogue(path: Path) -> Catalog:
    with path.open("rb") as handle:
        return read_po(handle)


def written(language: str) -> Catalog:
    return catalogue(PACKAGE / "locale" / language / "LC_MESSAGES" / "django.po")


def texts(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def key(message: Message) -> tuple[str, str]:
    return str(message.context or ""), message.id if isinstance(message.id, str) else message.id[0]


def singular_and_plural(message: Message) -> list[tuple[str, str]]:
    """Each form of a text beside its translation."""
    if isinstance(message.id, str):
        return [(message.id, str(message.string))]
    one, many = message.id
    told = message.string if isinstance(message.string, list | tuple) else (message.string,)
    return [(one if number == 0 else many, form) for number, form in enumerate(told)]


def gathering() -> list[str]:
    """How ``script/messages`` gathers."""
    _, _, options = (ROOT / "script" / "messages").read_text().partition("config.settings ")
    return [option for option in shlex.split(options) if option != "$@"]


def sentences(table: object) -> Iterator[str]:
    """Every sentence in a table of sentences, except those that are only a value to fill in."""
    if isinstance(table, str):
        yield from () if re.fullmatch(r"\{\w+\}", table) else (table,)
    else:
        for one in table.values() if isinstance(table, dict) else table if isinstance(table, Iterable) else ():
            yield from sentences(one)


@pytest.fixture(scope="session")
def gathered(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Catalog]:
    """Gather the texts of code and templates in a copy, as ``script/messages`` does."""
    if not shutil.which("xgettext"):
        pytest.skip("gettext is not installed (on Debian: apt install gettext)")
    copy = tmp_path_factory.mktemp("messages") / "ringvirkning"
    shutil.copytree(PACKAGE, copy, ignore=lambda folder, names: NOT_OURS & set(names))
    (copy / "locale").mkdir()
    words = ["makemessages", *gathering()]
    code = (
        "import django; from django.conf import settings; "
        "settings.configure(USE_I18N=True, LOCALE_PATHS=['locale']); django.setup(); "
        f"from django.core.management import call_command; call_command(*{words!r})"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return {language: catalogue(copy / "locale" / language / "LC_MESSAGES" / "django.po") for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_has_the_texts_of_the_program_and_no_others(language: str, gathered: dict[str, Catalog]) -> None:
    ours, has = {key(one) for one in texts(gathered[language])}, {key(one) for one in texts(written(language))}
    assert len(ours) > 300
    assert sorted(ours - has) == [], "run script/messages and translate these"
    assert sorted(has - ours) == [], "run script/messages: these are no longer used"


@pytest.mark.parametrize(
    "table",
    [
        check.SENTENCES, check.OTHER, check.PATTERNS, check.DATE_HELP, check.TYPE_WORDS, faults.SENTENCES,
        drafts.SENTENCES, archive.SENTENCES, wire.SENTENCES,
    ],
)  # fmt: skip
def test_sentences_in_tables_outside_django_are_gathered(table: object, gathered: dict[str, Catalog]) -> None:
    """Most of them are met only when something is wrong: nobody would see that a translation was missing."""
    found = list(sentences(table))
    assert found
    assert [one for one in found if one not in gathered["nn"]] == []


def test_letters_are_gathered(gathered: dict[str, Catalog]) -> None:
    """Their subjects and their plain text too, which are templates with ends of their own."""
    for told in PACKAGE.rglob("templates/letters/*"):
        for text in re.findall(r'{% translate "(.*?)" %}', told.read_text()):
            assert text in gathered["nn"], told.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_untranslated_doubtful_or_left_over(language: str) -> None:
    found = written(language)
    untranslated = [one for one in texts(found) if not all(told.strip() for _, told in singular_and_plural(one))]
    assert [key(one) for one in untranslated] == []
    assert [key(one) for one in texts(found) if one.fuzzy] == []
    assert list(found.obsolete) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_with_two_forms_has_both(language: str) -> None:
    for message in texts(written(language)):
        if not isinstance(message.id, str):
            assert len(singular_and_plural(message)) == 2, message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_and_markup_are_the_same_in_both(language: str) -> None:
    for message in texts(written(language)):
        for source, told in singular_and_plural(message):
            if told:
                assert sorted(PLACEHOLDER.findall(source)) == sorted(PLACEHOLDER.findall(told)), source
                assert sorted(MARKUP.findall(source)) == sorted(MARKUP.findall(told)), source


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_begins_and_ends_as_its_text_does(language: str) -> None:
    for message in texts(written(language)):
        for source, told in singular_and_plural(message):
            if told:
                assert source[0].isspace() == told[0].isspace(), source
                assert source[-1].isspace() == told[-1].isspace(), source
                assert source.endswith(":") == told.endswith(":"), source


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_says_its_language_and_its_rule_of_plurals(language: str) -> None:
    found = written(language)
    assert str(found.locale) == language
    assert found.num_plurals == 2


def test_english_has_no_norwegian_letters_left() -> None:
    """Names keep theirs; a whole sentence does not."""
    for message in texts(written("en")):
        for _, told in singular_and_plural(message):
            with_letters = [word for word in told.split() if re.search("[æøåÆØÅ]", word)]
            assert all(word.strip("«».,()“”‘’'\"")[:1].isupper() for word in with_letters), told


def test_nynorsk_is_nynorsk() -> None:
    """Words that bokmål has and no nynorsk has."""
    bokmal = re.compile(r"\b(ikke|hvordan|hvem|hvilke[nt]?|hvor|hvis|hva|jeg|fra|ble|kommuner|virksomheter)\b")
    forms = [told for message in texts(written("nn")) for _, told in singular_and_plural(message)]
    assert [(told, found[0]) for told in forms if (found := bokmal.search(told.lower()))] == []
