"""Files people share: taken in, tied to a draft, read later by whoever comes first, swept when nobody names them."""

import hashlib
import os
import threading
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

import hostile_files as made
from ringvirkning.catalogue import files
from ringvirkning.catalogue.files import Accepted, Refused, accept, read_waiting, sound_file, sweep, take_back
from ringvirkning.catalogue.models import Case, Change, FileUpload, StoredFile
from ringvirkning.catalogue.operations import publish_case
from ringvirkning.catalogue.queries import last_change
from ringvirkning.catalogue.terms import FileState, Origin
from ringvirkning.sources.documents import apart
from ringvirkning.sources.documents.terms import NotTaken, Refusal

pytestmark = pytest.mark.django_db
DRAFT = uuid.UUID(int=1)


@pytest.fixture
def taken(now: Any) -> Callable[..., dict[str, Any]]:
    """Take a file in; it must be let in."""

    def call(content: bytes = b"hei", name: str = "notat.txt", **more: Any) -> dict[str, Any]:
        answer = accept(name=name, chunks=[content], at=now, **more)
        assert isinstance(answer, Accepted), answer
        return answer.file

    return call


def document(file: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"title": "Et dokument", "kind": "report", "language": "nb", "licence": "CC-BY-4.0", "file": file, **more}


# Taking in.


def test_a_file_is_kept_whole_and_known_by_its_bytes(taken: Any, settings: Any) -> None:
    file = taken(made.pdf(), "../../etc/passwd\x00.pdf")
    stored = files.store().path(file["sha256"])
    assert stored.read_bytes() == made.pdf()
    assert file == {
        "sha256": hashlib.sha256(made.pdf()).hexdigest(),
        "name": "passwd.pdf",
        "media_type": "application/pdf",
        "size": len(made.pdf()),
    }
    assert stored.is_relative_to(Path(settings.FILES))
    assert StoredFile.objects.get().state == FileState.WAITING
    assert not list(Path(settings.FILES).glob("arriving-*"))


def test_content_decides_and_the_name_follows(taken: Any) -> None:
    file = taken(made.picture("JPEG"), "faktura.pdf")
    assert (file["name"], file["media_type"]) == ("faktura.jpg", "image/jpeg")


def test_the_digest_and_size_are_those_of_the_cleaned_bytes(taken: Any) -> None:
    file = taken(made.telling_jpeg(), "bilde.jpg")
    stored = files.store().path(file["sha256"]).read_bytes()
    assert b"Nordmann" not in stored and len(stored) == file["size"]
    assert hashlib.sha256(stored).hexdigest() == file["sha256"]


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "empty"), (made.SCRIPT_SVG, "svg"), (b"MZ" + bytes(99), "program"), (made.docx()[:-20], "broken")],
)
def test_a_refused_file_leaves_nothing_behind(content: bytes, code: str, now: Any, settings: Any) -> None:
    answer = accept(name="fil.pdf", chunks=[content], at=now, draft_key=DRAFT)
    assert isinstance(answer, Refused) and answer.code == code and answer.sentence.endswith(".")
    assert not StoredFile.objects.exists() and not FileUpload.objects.exists()
    assert not [path for path in Path(settings.FILES).rglob("*") if path.is_file()]


def test_a_stream_without_end_is_stopped_at_the_limit(now: Any, settings: Any) -> None:
    settings.MOST_UPLOAD = 3_000_000
    given = 0

    def gigabyte() -> Iterator[bytes]:
        nonlocal given
        for _ in range(1_000):
            given += 1_000_000
            yield bytes(1_000_000)

    answer = accept(name="stor.pdf", chunks=gigabyte(), at=now)
    assert isinstance(answer, Refused) and answer.code == "too_large" and "3 MB" in answer.sentence
    assert given == 4_000_000


def test_an_upload_that_breaks_off_leaves_nothing(now: Any, settings: Any) -> None:
    def broken_off() -> Iterator[bytes]:
        yield b"hei"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        accept(name="a.txt", chunks=broken_off(), at=now)
    assert not [path for path in Path(settings.FILES).rglob("*") if path.is_file()]


def test_every_reason_has_words() -> None:
    from ringvirkning.catalogue.refusals import SENTENCES, sentence

    assert set(SENTENCES) == set(Refusal)
    assert all(sentence(code, 50).endswith(".") and "%" not in sentence(code, 50) for code in Refusal)


def test_an_unreachable_scanner_keeps_the_door_shut(now: Any, settings: Any) -> None:
    settings.CLAMAV = "/finnes/ikke.ctl"
    answer = accept(name="a.txt", chunks=[b"hei"], at=now)
    assert isinstance(answer, Refused) and answer.code == "scanner_silent" and "igjen" in answer.sentence


def test_the_same_file_again_is_one_row(taken: Any) -> None:
    assert taken(b"hei", "a.txt")["sha256"] == taken(b"hei", "b.txt")["sha256"]
    assert StoredFile.objects.count() == 1


def test_a_file_that_was_found_hostile_is_not_taken_again(taken: Any, now: Any) -> None:
    file = taken(b"hei")
    StoredFile.objects.filter(sha256=file["sha256"]).update(state=FileState.UNREADABLE, problem="bomb")
    answer = accept(name="b.txt", chunks=[b"hei"], at=now)
    assert isinstance(answer, Refused) and answer.code == "bomb"


# Out of an archive and back.


@pytest.mark.parametrize("content", [made.pdf(), made.docx(), made.odf(), made.telling_jpeg(), b"a;b\n"])
def test_a_file_comes_back_with_the_same_digest(content: bytes, taken: Any, now: Any) -> None:
    file = taken(content, "fil")
    whole = files.store().path(file["sha256"]).read_bytes()
    StoredFile.objects.all().delete()
    files.store().forget(file["sha256"])
    answer = take_back(sha256=file["sha256"], name=file["name"], chunks=[whole], at=now)
    assert isinstance(answer, Accepted) and answer.file == file
    assert files.store().path(file["sha256"]).read_bytes() == whole


def test_what_does_not_bear_its_digest_or_is_not_clean_does_not_come_back(now: Any) -> None:
    other = hashlib.sha256(b"noe annet").hexdigest()
    assert isinstance(take_back(sha256=other, name="a.txt", chunks=[b"hei"], at=now), Refused)
    for dirty in (made.telling_jpeg(), made.docx()):
        digest = hashlib.sha256(dirty).hexdigest()
        assert isinstance(take_back(sha256=digest, name="a", chunks=[dirty], at=now), Refused)
    assert not StoredFile.objects.exists()


# What a draft may name.


def test_a_draft_names_only_what_was_uploaded_to_it(taken: Any) -> None:
    file = taken(b"hei", draft_key=DRAFT)
    assert sound_file(draft_key=DRAFT, file=file) == file
    assert sound_file(draft_key=uuid.UUID(int=2), file=file) is None
    assert sound_file(draft_key=DRAFT, file={**file, "sha256": "0" * 64}) is None


def test_only_the_digest_is_believed(taken: Any) -> None:
    file = taken(b"hei", draft_key=DRAFT)
    forged = {"sha256": file["sha256"], "name": "../ond.html", "media_type": "text/html", "size": 1, "mer": True}
    assert sound_file(draft_key=DRAFT, file=forged) == file


@pytest.mark.parametrize("odd", [None, "x", [], {}, {"sha256": None}, {"sha256": ["a"]}, {"sha256": "../../x"}])
def test_odd_files_are_no_files(odd: object) -> None:
    assert sound_file(draft_key=DRAFT, file=odd) is None


def test_a_new_version_may_name_what_the_case_names(taken: Any, a_case: Any, now: Any) -> None:
    file = taken(b"hei")
    publish_case(case_file=a_case(documents=[document(file)]), origin=Origin.SHARED, at=now)
    case = Case.objects.get()
    assert sound_file(draft_key=DRAFT, file={"sha256": file["sha256"]}, case=case) == file
    assert sound_file(draft_key=DRAFT, file={"sha256": "0" * 64}, case=case) is None


def test_broken_and_missing_files_are_told_by_their_place(taken: Any) -> None:
    sound, broken = taken(b"hei"), taken(b"hallo")
    StoredFile.objects.filter(sha256=broken["sha256"]).update(state=FileState.UNREADABLE, problem="broken")
    told = files.problems_of(
        {
            "documents": [
                document(sound),
                {"url": "https://eksempel.no"},
                document(broken),
                document({"sha256": "0" * 64}),
            ]
        }
    )
    assert set(told) == {2, 3} and "skadet" in told[2] and "borte" in told[3]
    for odd in ({}, {"documents": None}, {"documents": ["x", {"file": 3}, {"file": {"sha256": []}}]}):
        assert all(isinstance(words, str) for words in files.problems_of(odd).values())


# Reading.


def test_waiting_files_are_read_once(taken: Any, now: Any) -> None:
    for number in range(3):
        taken(f"tekst {number}".encode())
    pdf = taken(made.pdf("Gevinster"), "a.pdf")
    assert read_waiting(at=now, most=2) == 2
    assert read_waiting(at=now, most=20) == 2
    assert read_waiting(at=now) == 0
    row = StoredFile.objects.get(sha256=pdf["sha256"])
    assert (row.state, row.text, row.pages, row.has_preview) == (FileState.READ, "Gevinster", 1, True)
    assert files.store().preview_path(row.sha256).is_file()


def test_a_reader_that_died_is_followed_by_another(taken: Any, now: Any) -> None:
    file = taken(b"hei")
    StoredFile.objects.update(claimed=now)
    assert read_waiting(at=now + timedelta(minutes=9)) == 0
    assert read_waiting(at=now + timedelta(minutes=11)) == 1
    assert StoredFile.objects.get(sha256=file["sha256"]).text == "hei"


def test_a_reader_that_was_overtaken_changes_nothing(taken: Any, now: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    taken(b"hei")
    later = now + timedelta(minutes=11)
    true_read, calls = apart.read, []

    def slow_read(*given: Any) -> Any:
        calls.append(given)
        if len(calls) == 1:
            assert read_waiting(at=later) == 1
            StoredFile.objects.update(text="den andres")
        return true_read(*given)

    monkeypatch.setattr(apart, "read", slow_read)
    read_waiting(at=now)
    assert len(calls) == 2 and StoredFile.objects.get().text == "den andres"


@pytest.mark.parametrize("code", ["bomb", "too_slow", "too_heavy", "broken"])
def test_a_file_that_cannot_be_read_is_set_aside_with_its_reason(
    code: str, taken: Any, now: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*given: Any) -> Any:
        raise NotTaken(Refusal(code))

    taken(b"hei")
    monkeypatch.setattr(apart, "read", fail)
    assert read_waiting(at=now) == 1
    row = StoredFile.objects.get()
    assert (row.state, row.problem, row.text) == (FileState.UNREADABLE, code, "")
    assert list(files.unreadable_files()) == [row]
    assert read_waiting(at=now + timedelta(days=1)) == 0


def test_a_case_that_names_the_file_has_changed_when_it_is_read(taken: Any, a_case: Any, now: Any) -> None:
    file = taken(b"hei")
    publish_case(case_file=a_case(documents=[document(file)]), origin=Origin.SHARED, at=now)
    publish_case(case_file=a_case(id="en-annen"), origin=Origin.SHARED, at=now)
    before = last_change()
    read_waiting(at=now)
    assert list(Change.objects.filter(seq__gt=before).values_list("key", flat=True)) == ["varme-i-grunnen"]


def test_readers_side_by_side_read_each_file_once(empty_for_real: None, taken: Any, now: Any) -> None:
    for number in range(4):
        taken(f"tekst {number}".encode())
    counts: list[int] = []

    def reader() -> None:
        counts.append(read_waiting(at=now, most=4))
        connection.close()

    readers = [threading.Thread(target=reader) for _ in range(3)]
    for one in readers:
        one.start()
    for one in readers:
        one.join()
    assert sum(counts) == 4
    assert StoredFile.objects.filter(state=FileState.READ).count() == 4
    StoredFile.objects.all().delete()


# Sweeping.


def test_only_old_files_that_nobody_names_are_swept(taken: Any, a_case: Any, now: Any) -> None:
    published, drafted, forgotten = taken(b"i en sak"), taken(b"i et utkast"), taken(b"glemt", draft_key=DRAFT)
    publish_case(case_file=a_case(documents=[document(published)]), origin=Origin.SHARED, at=now)
    publish_case(case_file=a_case(), origin=Origin.SHARED, at=now)  # named by an older version only
    named = [drafted["sha256"]]
    assert sweep(at=now + timedelta(hours=23), named=named) == 0
    assert sweep(at=now + timedelta(hours=25), named=named) == 1
    assert {row.sha256 for row in StoredFile.objects.all()} == {published["sha256"], drafted["sha256"]}
    assert not files.store().has(forgotten["sha256"]) and not FileUpload.objects.exists()
    assert files.store().has(published["sha256"]) and files.store().has(drafted["sha256"])


def test_a_file_uploaded_again_is_young_again(taken: Any, now: Any) -> None:
    file = taken(b"hei")
    accept(name="a.txt", chunks=[b"hei"], at=now + timedelta(days=3))
    assert sweep(at=now + timedelta(days=3, hours=1), named=[]) == 0
    assert files.store().has(file["sha256"])


def test_bytes_a_kill_left_without_a_row_are_swept(taken: Any, now: Any) -> None:
    file = taken(b"hei")
    StoredFile.objects.all().delete()
    path = files.store().path(file["sha256"])
    assert sweep(at=now, named=[]) == 0 and path.exists()
    os.utime(path, (1, 1))
    assert sweep(at=now, named=[]) == 1 and not path.exists()
