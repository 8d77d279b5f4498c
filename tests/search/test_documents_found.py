"""The text of a published case's files is searchable, counts for little, and the hit says which document."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import hostile_files as made
from ringvirkning.catalogue.files import Accepted, accept, read_waiting
from ringvirkning.catalogue.operations import publish_case
from ringvirkning.catalogue.terms import Origin
from ringvirkning.search.find import find
from ringvirkning.search.index import current_build, rebuild


@pytest.fixture
def shared(a_case: Any, now: Any) -> Callable[..., None]:
    """Publish a case with a Word file."""

    def call(text: str, case_id: str = "med-rapport", title: str = "Sluttrapporten", **more: Any) -> None:
        answer = accept(name="rapport.docx", chunks=[made.docx(text)], at=now)
        assert isinstance(answer, Accepted)
        document = {"title": title, "kind": "report", "language": "nb", "file": answer.file, "licence": "CC-BY-4.0"}
        publish_case(case_file=a_case(id=case_id, documents=[document], **more), origin=Origin.SHARED, at=now)

    return call


def ids(need: str) -> list[str]:
    return [hit.case.case_id for hit in find(need).hits]


def test_a_word_in_a_document_finds_its_case_when_it_has_been_read(library: Path, shared: Any, now: Any) -> None:
    shared("Kommunen målte zlokkvarme i tre vintre.")
    assert "med-rapport" not in ids("zlokkvarme")
    build = current_build()
    read_waiting(at=now)
    hits = find("zlokkvarme").hits
    assert [hit.case.case_id for hit in hits] == ["med-rapport"]
    reason = hits[0].why[0]
    assert (reason.part, reason.name) == ("document", "Sluttrapporten")
    assert [reason.text[start:end] for start, end in reason.marks] == ["zlokkvarme"]
    assert current_build() == build


def test_a_built_index_has_the_documents_too(library: Path, shared: Any, now: Any) -> None:
    shared("Kommunen målte zlokkvarme.")
    read_waiting(at=now)
    rebuild()
    assert ids("zlokkvarme") == ["med-rapport"]


def test_a_case_about_it_goes_before_one_whose_document_mentions_it(library: Path, shared: Any, now: Any) -> None:
    shared("zlokkvarme " * 30)
    shared(
        "Noe helt annet.", case_id="om-saken", summary={"text": {"nb": "Skolen fikk zlokkvarme."}, "sources": ["s1"]}
    )
    read_waiting(at=now)
    assert ids("zlokkvarme") == ["om-saken", "med-rapport"]
    assert find("zlokkvarme").hits[0].why[0].part == "summary"


def test_a_word_far_into_a_long_document_is_shown_where_it_stands(library: Path, shared: Any, now: Any) -> None:
    shared("Innledning om vær. " * 2_000 + "Så kom zlokkvarmen til skolen. " + "Mer om vær. " * 2_000)
    read_waiting(at=now)
    reason = find("zlokkvarme").hits[0].why[0]
    assert "zlokkvarmen" in reason.text and len(reason.text) < 300


def test_a_case_without_its_document_is_no_longer_found_by_it(
    library: Path, shared: Any, a_case: Any, now: Any
) -> None:
    shared("Kommunen målte zlokkvarme.")
    read_waiting(at=now)
    assert ids("zlokkvarme") == ["med-rapport"]
    publish_case(case_file=a_case(id="med-rapport"), origin=Origin.SHARED, at=now + timedelta(hours=1))
    assert ids("zlokkvarme") == []
