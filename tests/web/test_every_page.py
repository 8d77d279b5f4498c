"""Every page in every language: it opens, says what language it is in, and holds together.

All pages are fetched once and looked at from many sides.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from babel.messages.pofile import read_po
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils.translation import gettext, override, pgettext
from reading_pages import LANGUAGES, Page, attribute, plain_pages, text_of, walk

from ringvirkning.catalogue import queries
from ringvirkning.catalogue.models import Case, Organisation
from ringvirkning.sources.tables import themes
from ringvirkning.web import words
from ringvirkning.web.figures import KIND_LABELS
from some_notices import a_life, an_odd_one, many_lots

LOCALE = Path(__file__).resolve().parents[2] / "src" / "ringvirkning" / "locale"
HOST = "http://testserver"
SEARCHES = (
    "/biblioteket/?q=eldre+faller",
    "/biblioteket/?q=qqqqzzzz",
    "/biblioteket/?theme=helse&side=2",
    "/behov/?q=eldre+faller+om+natta&hos=Narvik&forst=1",
    "/behov/?q=vi+trenger+roboter&uten=%3Dfall&uten=eldre&med=sensor&cpv=33000000",
    "/behov/?q=qqqqzzzz&hos=Utopia",
    "/kunngjoringer/?q=eldre+faller&cpv=33&frist=open",
    "/kunngjoringer/?q=qqqqzzzz&phase=dialogue",
    "/kunngjoringer/?county=39&nuts=NO0&country=NOR",
)
# A life with all its phases, many lots, and one with little and odd in it.
NOTICES = [*a_life(), many_lots(), an_odd_one()]
SEVERAL_KINDS = 12  # organisations without cases that are looked at too

fetched: dict[str, Page] = {}


def addresses() -> Iterator[str]:
    """Every page worth looking at: all cases, all themes, all organisations with cases and some without."""
    with_cases = list(queries.organisations_with_cases())
    others = Organisation.objects.exclude(pk__in=[one.pk for one in with_cases]).order_by("number", "slug")
    yield from plain_pages()
    for prefix in LANGUAGES.values():
        yield from (f"{prefix}/biblioteket/{case.case_id}/" for case in queries.all_cases())
        yield from (f"{prefix}/tema/{theme}/" for theme in themes())
        yield from (f"{prefix}{search}" for search in SEARCHES)
        yield from (f"{prefix}/kunngjoringer/{one.notice_uuid}/" for one in NOTICES)
        yield f"{prefix}/virksomheter/?q=skedsmo"
        yield f"{prefix}/kart/?theme=helse&county=39"
    yield from (f"/virksomheter/{one.slug}/" for one in with_cases)
    yield from (f"/virksomheter/{one.slug}/" for one in others[:SEVERAL_KINDS])
    yield from (f"{LANGUAGES[code]}/virksomheter/{one.slug}/" for code in ("nn", "en") for one in with_cases[:8])


@pytest.fixture
def pages(put_in: Any, client: Client) -> dict[str, Page]:
    """Give every page, fetched once."""
    put_in(*NOTICES)
    if not fetched:
        fetched.update({address: Page(address, client.get(address)) for address in addresses()})
    return fetched


def test_it_opens(pages: dict[str, Page]) -> None:
    assert [page.address for page in pages.values() if page.status != 200] == []
    assert sum("/biblioteket/" in address for address in pages) >= 71 * 3


def test_it_is_whole_and_names_no_id_twice(pages: dict[str, Page]) -> None:
    for page in pages.values():
        assert page.html.startswith("<!doctype html>"), page.address
        ids = [attribute(one, "id") for one in page.all() if attribute(one, "id")]
        assert sorted({one for one in ids if ids.count(one) > 1}) == [], page.address


def test_what_points_within_the_page_points_at_something(pages: dict[str, Page]) -> None:
    for page in pages.values():
        known = {attribute(one, "id") for one in page.all()}
        for one in page.all():
            named = {name: attribute(one, name) for name in ("for", "aria-labelledby", "aria-describedby", "form")}
            wanted = {word for value in named.values() for word in value.split()}
            if one.name == "a" and attribute(one, "href").startswith("#"):
                wanted.add(unquote(attribute(one, "href")[1:]))
            assert wanted <= known, (page.address, wanted - known)


def test_it_has_one_main_heading_with_words_and_a_title(pages: dict[str, Page]) -> None:
    for page in pages.values():
        assert text_of(page.one("h1")), page.address
        title = text_of(page.head("title"))
        assert "Ringvirkning" in title, page.address
        assert attribute(page.one("meta", name="description"), "content"), page.address
        page.one("main")


def test_pages_of_one_language_have_titles_of_their_own(pages: dict[str, Page]) -> None:
    titles = [
        text_of(page.head("title")) for page in pages.values() if page.language == "nb" and "?" not in page.address
    ]
    assert sorted({one for one in titles if titles.count(one) > 1}) == []


def test_it_says_its_language_and_where_the_others_are(pages: dict[str, Page]) -> None:
    for page in pages.values():
        path = page.address.split("?")[0]
        bare = page.address.removeprefix(LANGUAGES[page.language])
        assert attribute(page.one("html"), "lang") == page.language
        assert page.response.headers["Content-Language"] == page.language
        assert attribute(page.one("link", rel="canonical"), "href") == HOST + path
        told = {attribute(one, "hreflang"): attribute(one, "href") for one in page.all("link", rel="alternate")}
        told = {language: address for language, address in told.items() if language}
        wanted = {code: f"{HOST}{prefix}{bare}" for code, prefix in LANGUAGES.items()}
        assert {code: _same(one) for code, one in told.items()} == {
            code: _same(one) for code, one in (wanted | {"x-default": wanted["nb"]}).items()
        }, page.address


def _same(address: str) -> str:
    """An address with its query as one reads it: spaces may be written in two ways."""
    return unquote(address.replace("+", " "))


def test_the_language_menu_leads_to_this_page_in_the_other_languages(pages: dict[str, Page]) -> None:
    for page in pages.values():
        links = {one.address: one for one in pages.values()}
        choices = [one for one in page.all("a") if attribute(one, "hreflang") in LANGUAGES and attribute(one, "lang")]
        offered = {attribute(one, "hreflang"): _same(attribute(one, "href")) for one in choices}
        bare = _same(page.address.removeprefix(LANGUAGES[page.language]))
        assert offered == {code: prefix + bare for code, prefix in LANGUAGES.items()}, page.address
        current = [attribute(one, "hreflang") for one in choices if attribute(one, "aria-current")]
        assert current == [page.language], page.address
        assert links


def test_links_within_the_house_lead_somewhere(pages: dict[str, Page]) -> None:
    cases = set(Case.objects.values_list("case_id", flat=True))
    organisations = set(Organisation.objects.values_list("slug", flat=True))
    notices = {str(one.notice_uuid) for one in NOTICES}
    known = {"case_id": cases, "slug": organisations, "theme": set(themes()), "notice_key": notices}
    inside = {
        urlsplit(attribute(one, "href")).path
        for page in pages.values()
        for one in page.all("a")
        if attribute(one, "href").startswith("/")
    }
    lost = []
    for path in sorted(inside):
        try:
            with override(Page(path, HttpResponse()).language):
                given = resolve(unquote(path)).kwargs
        except Resolver404:
            lost.append(path)
            continue
        lost += [path for name, value in given.items() if value not in known[name]]
    assert lost == []


def test_the_files_a_page_asks_for_are_there(pages: dict[str, Page]) -> None:
    asked = {
        attribute(one, name).split("#")[0]
        for page in pages.values()
        for one in page.all()
        for name in ("src", "href")
        if attribute(one, name).startswith("/static/")
    }
    assert asked
    assert [one for one in sorted(asked) if not finders.find(one.removeprefix("/static/"))] == []


def test_the_icons_a_page_draws_are_in_the_file_of_icons(pages: dict[str, Page]) -> None:
    asked = {attribute(one, "href") for page in pages.values() for one in page.all("use")}
    for file, _, name in (one.removeprefix("/static/").partition("#") for one in sorted(asked)):
        drawn = Path(str(finders.find(file))).read_text(encoding="utf-8") if file else ""
        assert not file or f'id="{name}"' in drawn, f"{file} has no {name}"


# Words of programs, and words in the wrong language.

OF_PROGRAMS = re.compile(r"\b(None|null|undefined|NaN|nan|True|False|Decimal)\b|\{\{|\{%|%\(\w+\)s|&amp;amp;|&lt;span")


def test_nothing_of_the_program_shows(pages: dict[str, Page]) -> None:
    for page in pages.values():
        attributes = " ".join(attribute(one, name) for one in page.all() for name in ("aria-label", "alt", "content"))
        found = OF_PROGRAMS.search(f"{page.words} {attributes}")
        assert not found, (page.address, found)


def test_every_picture_has_words_or_says_it_needs_none(pages: dict[str, Page]) -> None:
    for page in pages.values():
        assert all("alt" in dict(one.attributes) for one in page.all("img")), page.address


TELLING = {
    "nb": "Search|Library|Themes?|Organisations?|Next|Previous|Language|Skip|About|Back|Results?|Filters?|Need",
    "nn": "Search|Library|Themes?|Organisations?|Next|Previous|Language|Skip|About|Back|Results?|Filters?|Sources?|"
    "Need|Hvordan|Hvem|Hvilke|Hva|Hvis|Kommuner|Ikke|Gå til innholdet",
    "en": "Søk|Biblioteket|Temaer|Virksomheter|Kart|Om|Språk|Neste|Forrige|Avgrens|Saker|Hvem|Hvordan|Ikke|Kommuner|"
    "Tilgjengelighet|Hovedmeny|Behovet|Kilder|Sorter|Fjern|Lærdom|Hvis",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_of_our_own_words_speak_one_language(pages: dict[str, Page], language: str) -> None:
    wrong = re.compile(rf"\b({TELLING[language]})\b")
    own = [page for address, page in pages.items() if address in plain_pages() and page.language == language]
    leaks = {
        (page.address, text)
        for page in own
        for text in page.own_texts
        if wrong.search(text) and text not in _names(language)
    }
    assert sorted(leaks) == []


def _names(language: str) -> set[str]:
    """Names are names in every language: organisations, and titles of cases."""
    named = set(Organisation.objects.values_list("name", flat=True))
    return named | {text for case in Case.objects.all() for text in (case.title, case.place)}


def messages(language: str) -> dict[str, str]:
    """Our own texts with their translation."""
    with (LOCALE / language / "LC_MESSAGES" / "django.po").open("rb") as handle:
        catalogue = read_po(handle)
    return {str(one.id): str(one.string) for one in catalogue if one.id and isinstance(one.id, str)}


@pytest.mark.parametrize("language", ["nn", "en"])
def test_a_text_that_has_a_translation_is_shown_translated(pages: dict[str, Page], language: str) -> None:
    known = messages(language)
    right = set(known.values())
    untranslated = {text for text, told in known.items() if told and told != text and text not in right}
    _none_of(untranslated, [page for page in pages.values() if page.language == language])


@pytest.mark.parametrize("language", ["nn", "en"])
def test_a_translation_is_not_shown_to_readers_of_bokmal(pages: dict[str, Page], language: str) -> None:
    foreign = {told for text, told in messages(language).items() if told and told != text} - set(messages(language))
    _none_of(foreign, [page for page in pages.values() if page.language == "nb"])


def _none_of(texts: set[str], shown: list[Page]) -> None:
    leaks = [(page.address, text) for page in shown for text in sorted(page.own_texts & texts)]
    assert leaks == []


def test_the_translations_are_compiled() -> None:
    for language in ("nn", "en"):
        made = LOCALE / language / "LC_MESSAGES" / "django.mo"
        assert made.exists(), "run: python hatch_build.py"


# What a case says, wherever it is shown.


def test_a_possible_figure_is_never_shown_without_its_condition(pages: dict[str, Page]) -> None:
    """Wherever a card or a row of a table says "possible", it says "if" too."""
    seen = 0
    for page in pages.values():
        with override(page.language):
            possible = {str(words.FIGURES["potential"]), str(KIND_LABELS["potential"])}
            ifs = (gettext("Hvis dette slår til:"), pgettext("figure", "Hvis"))
        for box in [*page.all("article"), *page.all("tr")]:
            if not any(text_of(one) in possible for one in walk(box)):
                continue
            if any(one is not box and one.name in {"article", "tr"} for one in walk(box)):
                continue  # the smallest one is looked at
            seen += 1
            assert any(condition in text_of(box) for condition in ifs), (page.address, text_of(box))
    assert seen > 30
