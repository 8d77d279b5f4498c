"""The page of a case: everything the document says is there, and what it does not say is called unknown."""

import json
import re
import struct
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.dates import format_date
from django.test import Client
from django.utils.html import escape
from django.utils.translation import override
from reading_pages import LANGUAGES, Page, attribute, text_of, walk

from ringvirkning.catalogue import queries
from ringvirkning.catalogue.models import Case
from ringvirkning.foundation.dates import parse_partial
from ringvirkning.search.casedoc import case_document
from ringvirkning.sources.casefile.model import CaseFile, Figure
from ringvirkning.sources.casefile.schema import schema
from ringvirkning.sources.casefile.terms import FigureKind
from ringvirkning.web import figures, words
from ringvirkning.web.templatetags.rv import amount, plain

ROOT = Path(__file__).resolve().parents[2]
RICH = "elektronisk-medisineringsstotte"
pytestmark = pytest.mark.usefixtures("library")


def document(case_id: str) -> CaseFile:
    case = queries.case_by_id(case_id)
    assert case
    return queries.case_file_of(case)


def sayings(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a document in the language a reader of bokmål is shown, with where it stands."""
    if isinstance(value, dict):
        languages = {str(one) for one in value}
        if languages and languages <= {"nb", "nn", "en", "se"}:
            shown = value.get("nb") or value.get("nn") or value.get("en")
            if isinstance(shown, str):
                yield path, shown
            return
        for name, child in value.items():
            yield from sayings(child, f"{path}.{name}")
    elif isinstance(value, list):
        for child in value:
            yield from sayings(child, path)


def shown_words(text: str) -> str:
    """A text as far as it must be on the page: its own letters, without a first "if" or a last full stop."""
    plain_text = " ".join(text.split()).rstrip(".")
    return re.sub(r"^(Hvis|Dersom) ", "", plain_text)[1:]


# A few texts are said in another way: numbers beside their note, notes that only repeat a name.
SAID_OTHERWISE = (".figures.basis", ".figures.unit_note", ".parties.note", ".keywords", ".infographic.headline")


@pytest.mark.parametrize("case_id", [RICH, "kontaktlos-pasientmonitor", "utslippsfrie-hurtigbater-forkommersiell-fase"])
def test_everything_a_rich_case_says_is_on_its_page(case_id: str, visit: Callable[..., Page]) -> None:
    page, case = visit(f"/biblioteket/{case_id}/"), document(case_id)
    told = json.loads(case.model_dump_json(exclude_none=True))
    missing = [
        (path, text)
        for path, text in sayings(told)
        if path not in SAID_OTHERWISE and shown_words(text) not in page.words.replace("\xa0", " ")
    ]
    assert missing == []


@pytest.mark.parametrize("case_id", [RICH, "kontaktlos-pasientmonitor"])
def test_names_codes_and_addresses_of_a_rich_case_are_on_its_page(case_id: str, visit: Callable[..., Page]) -> None:
    page, case = visit(f"/biblioteket/{case_id}/"), document(case_id)
    addresses = {attribute(one, "href") for one in page.all("a")}
    assert {source.url for source in case.sources} <= addresses
    assert {one.url for one in case.documents} <= addresses
    assert {one.link for one in case.solutions if one.link} <= addresses
    for source in case.sources:
        assert source.title in page.words
    for supplier in case.suppliers:
        assert supplier.organisation.name in page.words
    for party in [*case.parties, *case.reuse]:
        assert not party.organisation or party.organisation.name in page.words
    assert str(words.STATUSES[case.state.status]) in page.words
    for step in case.approach:
        assert str(words.PHASES[step.phase]) in page.words
    for lesson in case.lessons:
        assert str(words.LESSONS[lesson.kind]) in page.words
    if case.procurement and case.procurement.procedure:
        assert str(words.PROCEDURES[case.procurement.procedure]) in page.words
    for figure in case.figures:
        assert f"{amount(figure)}".replace("\xa0", " ") in page.words.replace("\xa0", " ")


def test_every_statement_leads_to_its_source(visit: Callable[..., Page]) -> None:
    page, case = visit(f"/biblioteket/{RICH}/"), document(RICH)
    numbered = {f"#kilde-{number}" for number in range(1, len(case.sources) + 1)}
    led_to = {attribute(one, "href") for one in page.all("a") if attribute(one, "href").startswith("#kilde-")}
    used = {one for statement in (case.summary, case.need.description) for one in statement.sources}
    assert led_to <= numbered
    order = [source.id for source in case.sources]
    assert {f"#kilde-{order.index(one) + 1}" for one in used} <= led_to
    assert all(page.all(id=one[1:]) for one in led_to)


def test_the_list_of_contents_names_every_part_in_order(visit: Callable[..., Page]) -> None:
    page = visit(f"/biblioteket/{RICH}/")
    parts = [attribute(one, "id") for one in page.all("section") if attribute(one, "id")]
    [contents] = [one for one in page.all("nav") if attribute(one, "aria-labelledby") == "innhold-liste"]
    links = [attribute(one, "href").removeprefix("#") for one in walk(contents) if one.name == "a"]
    assert links == [part for part in parts if part in links]
    assert {"fakta", "behov", "resultat", "losning", "prosess", "lerdom", "kontakt", "kilder", "del"} <= set(links)


# Thin cases.


def thinnest() -> list[Case]:
    told = queries.read_cases(queries.all_cases())
    by_fullness = sorted(told, key=lambda one: (case_document(*one).ranks["fullness"], one[0].case_id))
    return [case for case, _ in by_fullness[:3]]


def test_a_thin_case_says_what_nobody_knows_and_what_to_ask(visit: Callable[..., Page]) -> None:
    for case in thinnest():
        page, told = visit(f"/biblioteket/{case.case_id}/"), document(case.case_id)
        [unknown] = page.all("section", id="ukjent")
        if not told.lessons:
            assert "Hva de lærte" in text_of(unknown)
        if not told.specification:
            assert "Hvordan de beskrev behovet" in text_of(unknown)
        assert not page.all("section", id="lerdom") or told.lessons
        assert not page.all("section", id="dokumenter") or told.documents


def test_a_case_that_tells_nothing_more_still_has_a_whole_page(
    case_data: Callable[..., dict[str, Any]], visit: Callable[..., Page]
) -> None:
    """Only what the format demands: no parties, no time, no figures."""
    kept = ("format", "version", "id", "title", "summary", "themes", "state", "need", "sources", "licence", "revised")
    whole = case_data(id="bare-det-minste")
    publish(whole={name: whole[name] for name in kept} | {"state": {"status": "preparing"}})
    for prefix in LANGUAGES.values():
        page = visit(f"{prefix}/biblioteket/bare-det-minste/")
        assert page.status == 200
        assert page.all("section", id="ukjent")
        assert not re.search(r"\b(None|null)\b", page.words)
    assert "Vi vet ikke hvem som kjøpte" in visit("/biblioteket/bare-det-minste/").words
    for name in ("infografikk.svg", "infografikk.png"):
        assert visit(f"/biblioteket/bare-det-minste/{name}").status == 404


def publish(whole: dict[str, Any]) -> None:
    from datetime import UTC, datetime

    from ringvirkning.catalogue.operations import publish_case
    from ringvirkning.catalogue.terms import Origin

    case_file = CaseFile.model_validate_json(json.dumps(whole))
    publish_case(case_file=case_file, origin=Origin.FILE, at=datetime(2026, 11, 23, tzinfo=UTC))


def test_text_that_looks_like_markup_is_shown_as_text(
    case_data: Callable[..., dict[str, Any]], visit: Callable[..., Page]
) -> None:
    odd = "Vekt < 5 kg & «a > b» \"sitat\" 'enkelt' {{ 1 }} --> ]]>"
    publish(whole=case_data(id="rare-tegn", title={"nb": odd}))
    page = visit("/biblioteket/rare-tegn/")
    assert text_of(page.one("h1")) == odd
    assert str(escape(odd)) in page.html
    [data] = page.all("script", type="application/ld+json")
    assert json.loads(str(data.children[0]))["headline"] == odd
    picture = ElementTree.fromstring(visit("/biblioteket/rare-tegn/infografikk.svg").html)
    assert odd.rsplit(maxsplit=1)[-1] in " ".join(picture.itertext())


# Figures.


def potentials() -> list[tuple[str, Figure]]:
    return [
        (case.case_id, figure)
        for case, case_file in queries.read_cases(queries.all_cases())
        for figure in case_file.figures
        if figure.kind is FigureKind.POTENTIAL
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_potential_says_its_condition_on_page_and_picture(language: str, visit: Callable[..., Page]) -> None:
    found = potentials()
    assert found
    for case_id, figure in found:
        address = f"{LANGUAGES[language]}/biblioteket/{case_id}/"
        page = visit(address)
        with override(language):
            label, condition = figures.condition_label(figure), plain(figures.condition(figure))
            kind = str(figures.KIND_LABELS[FigureKind.POTENTIAL])
        assert f"{label} {condition}" in page.words, (case_id, figure.id)
        assert kind in page.words
        if figure in _pictured(case_id):
            drawing = " ".join(ElementTree.fromstring(visit(f"{address}infografikk.svg").html).itertext())
            assert label in drawing
            assert condition.split()[0] in drawing


def _pictured(case_id: str) -> list[Figure]:
    from ringvirkning.web.infographic import figures_of

    return figures_of(document(case_id))


# The case for other programs.


fetched: dict[str, Page] = {}


@pytest.fixture
def case_pages(library: Path, client: Client) -> dict[str, Page]:
    """Give the page of every case in bokmål, fetched once."""
    if not fetched:
        addresses = {case.case_id: f"/biblioteket/{case.case_id}/" for case in queries.all_cases()}
        fetched.update({case_id: Page(address, client.get(address)) for case_id, address in addresses.items()})
    return fetched


def test_the_structured_data_is_true_and_whole(case_pages: dict[str, Page]) -> None:
    for case, told in queries.read_cases(queries.all_cases()):
        page = case_pages[case.case_id]
        [script] = page.all("script", type="application/ld+json")
        data = json.loads(str(script.children[0]))
        assert data["@context"] == "https://schema.org"
        assert data["headline"] == plain(told.title)
        assert data["url"] == f"http://testserver/biblioteket/{case.case_id}/"
        assert data["dateModified"] == told.revised.isoformat()
        assert data["citation"] == [source.url for source in told.sources]
        assert None not in data.values()


def test_the_case_as_data_is_the_stored_document_and_a_sound_case_file(client: Client) -> None:
    for case in Case.objects.select_related("revision"):
        answer = client.get(f"/biblioteket/{case.case_id}.json")
        assert answer.headers["Content-Type"] == "application/json"
        assert answer.json() == case.revision.document
        assert CaseFile.model_validate_json(answer.content).id == case.case_id
        assert "\\u00" not in answer.content.decode(), "Norwegian letters are written as letters"


def test_the_schema_is_the_one_in_the_reference(client: Client) -> None:
    answer = client.get("/schema/case-file/1.json")
    assert answer.headers["Content-Type"] == "application/schema+json"
    written = json.loads((ROOT / "docs" / "reference" / "case-file-1.schema.json").read_text(encoding="utf-8"))
    assert answer.json() == schema() == written


def test_the_map_of_the_site_lists_what_can_be_opened(client: Client) -> None:
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
    listed = [one.text or "" for one in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert len(listed) == len(set(listed))
    for case in Case.objects.all():
        assert f"http://testserver/biblioteket/{case.case_id}/" in listed
    for address in listed[::12]:
        assert client.get(address.removeprefix("http://testserver")).status_code == 200


def test_robots_are_shown_the_way(client: Client) -> None:
    told = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in told
    assert "Disallow: /\n" not in told


# The infographic.


def test_every_drawing_is_sound_and_says_the_figures(visit: Callable[..., Page]) -> None:
    drawn = 0
    for case, told in queries.read_cases(queries.all_cases()):
        for language, prefix in LANGUAGES.items():
            answer = visit(f"{prefix}/biblioteket/{case.case_id}/infografikk.svg")
            assert answer.status == (200 if told.figures else 404)
            if not told.figures:
                continue
            drawn += 1
            tree = ElementTree.fromstring(answer.html)
            assert tree.tag == "{http://www.w3.org/2000/svg}svg"
            assert tree.get("lang") == language
            assert not [
                one for one in tree.iter() if one.tag.rpartition("}")[2] in {"script", "style", "foreignObject"}
            ]
            said = " ".join(tree.itertext())
            with override(language):
                assert all(amount(figure) in said for figure in _pictured(case.case_id)), (case.case_id, language)
            assert not re.search(r"\b(None|null|nan)\b", said)
    assert drawn > 30


def test_the_picture_is_as_large_as_the_page_says(visit: Callable[..., Page], client: Client) -> None:
    for case_id in (RICH, "kontaktlos-pasientmonitor"):
        page = visit(f"/biblioteket/{case_id}/")
        [image] = [one for one in page.all("img") if attribute(one, "src").endswith("infografikk.svg")]
        headline = document(case_id).infographic
        assert headline is None or plain(headline.headline) in attribute(image, "alt")
        width, height = int(attribute(image, "width")), int(attribute(image, "height"))
        answer = client.get(f"/biblioteket/{case_id}/infografikk.png")
        assert answer.headers["Content-Type"] == "image/png"
        assert answer.content.startswith(b"\x89PNG\r\n\x1a\n")
        assert struct.unpack(">II", answer.content[16:24]) == (2 * width, 2 * height)
        assert width / 3 < height < width * 6


def test_an_unchanged_picture_is_not_sent_again(client: Client) -> None:
    address = f"/biblioteket/{RICH}/infografikk.svg"
    first = client.get(address)
    again = client.get(address, headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(f"/en{address}").headers["ETag"] != first.headers["ETag"]


# Whom to ask, and sharing.


def test_there_is_always_somebody_to_ask_or_a_way_to_find_out(case_pages: dict[str, Page]) -> None:
    for case_id, page in case_pages.items():
        [section] = page.all("section", id="kontakt")
        assert [one for one in walk(section) if one.name == "a"], case_id


def test_the_case_can_be_shared_by_its_own_address(visit: Callable[..., Page], settings: Any) -> None:
    settings.PUBLIC_URL = "https://ringvirkning.eksempel.no"
    page = visit(f"/nn/biblioteket/{RICH}/")
    address = f"https://ringvirkning.eksempel.no/nn/biblioteket/{RICH}/"
    assert attribute(page.one("link", rel="canonical"), "href") == address
    assert attribute(page.one("input", id="lenke"), "value") == address
    assert attribute(page.one("meta", property="og:url"), "content") == address
    [letter] = [one for one in page.all("a") if attribute(one, "href").startswith("mailto:?")]
    assert "ringvirkning.eksempel.no" in attribute(letter, "href")


def test_the_day_it_was_revised_is_told_as_people_write_days(visit: Callable[..., Page]) -> None:
    parsed, _ = parse_partial(document(RICH).revised.isoformat())
    assert format_date(parsed, "d. MMMM y", locale="nb_NO") in visit(f"/biblioteket/{RICH}/").words
