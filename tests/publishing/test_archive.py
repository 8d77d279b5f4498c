"""Archives: the same library gives the same bytes, and what comes from strangers is looked at before it is believed."""

import hashlib
import inspect
import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from ringvirkning.catalogue import files, queries
from ringvirkning.catalogue.models import Case, CaseParty, CaseRevision, StoredFile
from ringvirkning.catalogue.operations import publish_case, set_standing
from ringvirkning.catalogue.terms import Origin, Standing
from ringvirkning.publishing.archives import archive, loading
from ringvirkning.publishing.archives.archive import BadArchive, Limits, is_archive, open_archive
from ringvirkning.publishing.archives.exporting import cases_to_export, export
from ringvirkning.publishing.archives.loading import Outcome, load_archive

TEXT = b"Behovet ble beskrevet av vaktmesteren.\n"


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def png() -> bytes:
    from PIL import Image

    drawn = io.BytesIO()
    Image.new("RGB", (4, 3), "navy").save(drawn, "PNG")
    return drawn.getvalue()


def taken(name: str, content: bytes, at: datetime) -> dict[str, Any]:
    outcome = files.accept(name=name, chunks=[content], at=at)
    assert isinstance(outcome, files.Accepted), outcome
    return outcome.file


def document(file: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"title": "Vedlegg", "kind": "report", "language": "nb", "file": file, **more}


@pytest.fixture
def share(a_case: Callable[..., Any], now: datetime) -> Callable[..., Case]:
    """Return a function that publishes the small case with fields replaced."""

    def call(**fields: Any) -> Case:
        case_file = a_case(**fields)
        publish_case(case_file=case_file, origin=Origin.SHARED, at=now)
        found = queries.case_by_id(case_file.id)
        assert found is not None
        return found

    return call


@pytest.fixture
def rich(share: Callable[..., Case], now: datetime) -> None:
    """Fill the catalogue with what a library can hold: two languages, files, and cases that are not published."""
    both = {"nb": "Varme fra grunnen", "nn": "Varme frå grunnen", "en": "Heat from the ground"}
    text, picture = taken("notat.txt", TEXT, now), taken("skolen.png", png(), now)
    documents = [document(text, licence="CC-BY-4.0"), document(picture, kind="picture", alt={"nb": "Skolen"})]
    share(title=both, documents=documents)
    share(id="arkivert", documents=[document(text)])
    share(id="trukket")
    for case_id, standing in (("arkivert", Standing.ARCHIVED), ("trukket", Standing.WITHDRAWN)):
        case = queries.case_by_id(case_id)
        assert case is not None
        set_standing(case=case, standing=standing, reason=f"Grunnen er {case_id}.", at=now)


def exported(path: Path, **how: Any) -> bytes:
    written = export(cases_to_export(**how), path)
    assert written.lost == []
    return path.read_bytes()


def emptied(folder: Path) -> None:
    """Take everything away, as on a new machine."""
    Case.objects.update(revision=None)
    for table in (CaseParty, CaseRevision, Case, StoredFile):
        table.objects.all().delete()
    shutil.rmtree(folder, ignore_errors=True)


# Out and in again.


@pytest.mark.usefixtures("empty_catalogue", "rich")
def test_out_and_into_an_empty_library_is_the_same(tmp_path: Path, now: datetime, settings: Any) -> None:
    first = exported(tmp_path / "a.zip", with_withdrawn=True)
    assert exported(tmp_path / "b.zip", with_withdrawn=True) == first
    before = {case.case_id: (case.revision.digest, case.standing, case.standing_reason) for case in whole()}  # type: ignore[union-attr]
    emptied(settings.FILES)
    outcome = load_archive(tmp_path / "a.zip", at=now)
    assert outcome.whole, outcome
    assert [one.outcome for one in outcome.loaded] == ["new"] * 3
    after = {case.case_id: (case.revision.digest, case.standing, case.standing_reason) for case in whole()}  # type: ignore[union-attr]
    assert after == before
    assert files.store().path(digest(TEXT)).read_bytes() == TEXT
    assert exported(tmp_path / "c.zip", with_withdrawn=True) == first


def whole() -> list[Case]:
    return list(Case.objects.select_related("revision"))


@pytest.mark.usefixtures("empty_catalogue", "rich")
def test_loading_twice_changes_nothing(tmp_path: Path, now: datetime) -> None:
    exported(tmp_path / "a.zip", with_withdrawn=True)
    changes = queries.last_change()
    outcome = load_archive(tmp_path / "a.zip", at=now)
    assert {one.outcome for one in outcome.loaded} == {"unchanged"}
    assert queries.last_change() == changes


@pytest.mark.usefixtures("library")
def test_the_seed_library_out_and_in_is_unchanged(tmp_path: Path, now: datetime) -> None:
    exported(tmp_path / "a.zip")
    outcome = load_archive(tmp_path / "a.zip", at=now)
    assert outcome.whole
    assert [one.outcome for one in outcome.loaded] == ["unchanged"] * 71


@pytest.mark.usefixtures("empty_catalogue", "rich")
def test_what_was_withdrawn_stays_at_home_unless_asked_for(tmp_path: Path) -> None:
    exported(tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        assert "cases/trukket.json" not in packed.namelist()
        assert json.loads(packed.read("standing.json")) == {
            "arkivert": {"standing": "archived", "reason": "Grunnen er arkivert."}
        }


@pytest.mark.usefixtures("empty_catalogue", "rich")
def test_one_case_brings_only_its_own_files(tmp_path: Path) -> None:
    exported(tmp_path / "a.zip", case_ids=["arkivert"])
    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        assert sorted(packed.namelist()) == [
            "cases/arkivert.json",
            f"files/{digest(TEXT)}",
            "les-meg.txt",
            "manifest.json",
            "standing.json",
        ]
        assert packed.read(f"files/{digest(TEXT)}") == TEXT
        assert json.loads(packed.read("manifest.json"))["cases"] == 1


@pytest.mark.usefixtures("empty_catalogue", "rich")
def test_the_licence_of_each_text_and_file_is_said_in_both_languages(tmp_path: Path) -> None:
    exported(tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        told = packed.read("les-meg.txt").decode()
    assert "Lisens / licence: CC-BY-4.0" in told
    assert "notat.txt: CC-BY-4.0" in told and "skolen.png: ikke oppgitt" in told
    assert "du kan kopiere" in told and "you may copy" in told


@pytest.mark.usefixtures("empty_catalogue", "rich")
def test_nothing_in_an_archive_says_when_it_was_made(tmp_path: Path) -> None:
    exported(tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        assert {one.date_time for one in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert packed.namelist() == sorted(packed.namelist())


@pytest.mark.usefixtures("empty_catalogue", "rich")
@pytest.mark.parametrize("harm", ["gone", "changed"])
def test_a_file_that_is_gone_or_damaged_is_told_and_the_rest_is_written(tmp_path: Path, harm: str) -> None:
    path = files.store().path(digest(TEXT))
    path.unlink()
    if harm == "changed":
        path.write_bytes(b"noe annet")
    written = export(cases_to_export(), tmp_path / "a.zip")
    assert (written.cases, written.files) == (2, 1)
    assert written.lost == [f"notat.txt ({digest(TEXT)[:12]})"]


@pytest.mark.usefixtures("empty_catalogue", "rich")
def test_an_export_that_fails_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = exported(tmp_path / "a.zip")
    monkeypatch.setattr("ringvirkning.publishing.archives.exporting._licences_told", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        export(cases_to_export(), tmp_path / "a.zip")
    assert (tmp_path / "a.zip").read_bytes() == first
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


# What ours came after.


@pytest.mark.usefixtures("empty_catalogue")
def test_an_older_archive_does_not_undo_what_came_after(tmp_path: Path, share: Any, now: datetime) -> None:
    share()
    exported(tmp_path / "a.zip")
    share(title={"nb": "Ny tittel"})
    outcome = load_archive(tmp_path / "a.zip", at=now)
    assert [one.outcome for one in outcome.loaded] == ["kept"]
    assert Case.objects.get().title == "Ny tittel"


@pytest.mark.usefixtures("empty_catalogue")
def test_an_archive_with_news_is_a_new_version(tmp_path: Path, share: Any, now: datetime, settings: Any) -> None:
    share(title={"nb": "Ny tittel"})
    exported(tmp_path / "a.zip")
    emptied(settings.FILES)
    share()
    assert [one.outcome for one in load_archive(tmp_path / "a.zip", at=now).loaded] == ["revised"]
    assert Case.objects.get().title == "Ny tittel"


@pytest.mark.usefixtures("empty_catalogue")
def test_an_archive_does_not_bring_back_what_was_withdrawn_here(tmp_path: Path, share: Any, now: datetime) -> None:
    case = share()
    exported(tmp_path / "a.zip")
    set_standing(case=case, standing=Standing.WITHDRAWN, reason="Feil.", at=now)
    load_archive(tmp_path / "a.zip", at=now)
    assert Case.objects.get().standing == Standing.WITHDRAWN


@pytest.mark.usefixtures("empty_catalogue")
def test_an_archive_does_not_bring_back_a_person_who_was_removed(tmp_path: Path, share: Any, now: datetime) -> None:
    role = {"organisation": {"name": "Lillestrøm kommune"}, "role": {"nb": "Eiendom"}}
    share(contacts=[{**role, "person": {"name": "Kari Eksempel", "consented": "2026-01-01"}}])
    exported(tmp_path / "a.zip")
    case = share(contacts=[role])
    # As when somebody withdraws their consent: the older version has another text and another digest now.
    case.revisions.filter(number=1).update(digest="0" * 64, redacted=now)
    outcome = load_archive(tmp_path / "a.zip", at=now)
    assert [(case_id, wrong.code) for case_id, wrong in outcome.held_back] == [("varme-i-grunnen", "person_removed")]
    assert "Kari" not in json.dumps(queries.case_by_id("varme-i-grunnen").revision.document)  # type: ignore[union-attr]


# One bad case does not stop the others, and nothing comes in half.


def packed_by_hand(path: Path, members: dict[str, bytes], **manifest: Any) -> Path:
    """Write an archive as somebody with other tools might, with a manifest that fits."""
    digests = {name: digest(content) for name, content in members.items() if name.startswith(("cases/", "files/"))}
    told = {"format": "ringvirkning-archive", "version": 1, "digests": digests, **manifest}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in {**members, "manifest.json": json.dumps(told).encode()}.items():
            packed.writestr(name, content)
    return path


def as_member(data: dict[str, Any]) -> dict[str, bytes]:
    return {f"cases/{data['id']}.json": json.dumps(data).encode()}


@pytest.mark.usefixtures("empty_catalogue")
def test_a_broken_case_does_not_stop_the_others(tmp_path: Path, case_data: Any, now: datetime) -> None:
    members = {
        **as_member(case_data(id="a-god")),
        **as_member(case_data(id="b-feil", themes=["romfart"])),
        "cases/c-tull.json": b"{",
        "cases/d-annen.json": json.dumps(case_data(id="noe-annet")).encode(),
        **as_member(case_data(id="e-god")),
    }
    outcome = load_archive(packed_by_hand(tmp_path / "a.zip", members), at=now)
    assert [one.case_id for one in outcome.loaded] == ["a-god", "e-god"]
    assert [one.name for one in outcome.faulty] == ["cases/b-feil.json", "cases/c-tull.json"]
    assert [(case_id, wrong.code) for case_id, wrong in outcome.held_back] == [("d-annen", "wrong_id")]
    assert sorted(Case.objects.values_list("case_id", flat=True)) == ["a-god", "e-god"]


def case_with_file(case_data: Any, content: bytes, name: str, media_type: str, **file: Any) -> dict[str, Any]:
    told = {"sha256": digest(content), "name": name, "media_type": media_type, "size": len(content), **file}
    found: dict[str, Any] = case_data(documents=[document(told, alt={"nb": "Et bilde"})])
    return found


def loaded_with_file(path: Path, data: dict[str, Any], content: bytes | None, now: datetime) -> Outcome:
    members = as_member(data)
    if content is not None:
        members[f"files/{digest(content)}"] = content
    return load_archive(packed_by_hand(path, members), at=now)


@pytest.mark.usefixtures("empty_catalogue")
@pytest.mark.parametrize(
    ("content", "name", "media_type", "code"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "a.png", "image/png", "refused"),
        (b"MZ\x90\x00" + bytes(200), "a.pdf", "application/pdf", "refused"),
        (TEXT, "a.pdf", "application/pdf", "differs"),
        (b"<html><script>alert(1)</script></html>", "a.txt", "text/plain", "refused"),
    ],
)
def test_a_hostile_file_keeps_its_case_out(
    tmp_path: Path, case_data: Any, now: datetime, content: bytes, name: str, media_type: str, code: str
) -> None:
    data = case_with_file(case_data, content, name, media_type)
    outcome = loaded_with_file(tmp_path / "a.zip", data, content, now)
    assert [wrong.code for _, wrong in outcome.held_back] == [f"file_{code}"]
    assert name in outcome.held_back[0][1].sentence
    assert not Case.objects.exists()


@pytest.mark.usefixtures("empty_catalogue")
def test_a_case_whose_file_is_not_there_is_kept_out(tmp_path: Path, case_data: Any, now: datetime) -> None:
    data = case_with_file(case_data, TEXT, "notat.txt", "text/plain")
    outcome = loaded_with_file(tmp_path / "a.zip", data, None, now)
    assert [wrong.code for _, wrong in outcome.held_back] == ["without_file"]
    taken("notat.txt", TEXT, now)
    assert loaded_with_file(tmp_path / "b.zip", data, None, now).whole  # we have it already


@pytest.mark.usefixtures("empty_catalogue")
def test_a_size_that_is_not_true_is_seen(tmp_path: Path, case_data: Any, now: datetime) -> None:
    data = case_with_file(case_data, TEXT, "notat.txt", "text/plain", size=7)
    assert [wrong.code for _, wrong in loaded_with_file(tmp_path / "a.zip", data, TEXT, now).held_back] == [
        "file_differs"
    ]


@pytest.mark.usefixtures("empty_catalogue")
def test_what_was_changed_after_the_archive_was_made_is_seen(tmp_path: Path, case_data: Any, now: datetime) -> None:
    data = case_with_file(case_data, TEXT, "notat.txt", "text/plain")
    members = {**as_member(data), **as_member(case_data(id="annen")), f"files/{digest(TEXT)}": b"x" * len(TEXT)}
    told = {name: digest(content) for name, content in members.items()}
    told[f"files/{digest(TEXT)}"] = digest(TEXT)
    members["cases/annen.json"] += b" "
    outcome = load_archive(packed_by_hand(tmp_path / "a.zip", members, digests=told), at=now)
    assert sorted(wrong.code for _, wrong in outcome.held_back) == ["digest", "file_refused"]
    assert not Case.objects.exists() and not StoredFile.objects.exists()


# Hostile archives. None of these needs a table: they are refused before anything is loaded.


def refusal(path: Path, limits: Limits | None = None) -> BadArchive:
    with pytest.raises(BadArchive) as caught, open_archive(path, limits or Limits()):
        pass
    assert caught.value.sentence
    return caught.value


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("../../etc/passwd", "outside"),
        ("cases/../../a.json", "outside"),
        ("/etc/passwd", "outside"),
        ("C:/windows/a", "outside"),
        ("cases\\..\\a.json", "outside"),
        ("les-meg.txt.exe", "stranger"),
        ("cases/ÆØÅ.json", "stranger"),
        ("cases/a.json.exe", "stranger"),
        ("files/" + "g" * 64, "stranger"),
        ("files/" + "A" * 64, "stranger"),
        ("cases/\u202egnp.json", "stranger"),
        ("__MACOSX/._a", "stranger"),
        (".hidden", "stranger"),
    ],
)
def test_a_name_that_is_not_ours_is_refused_and_named(tmp_path: Path, case_data: Any, name: str, code: str) -> None:
    wrong = refusal(packed_by_hand(tmp_path / "a.zip", {**as_member(case_data()), name: b"x"}))
    assert wrong.code == code
    shown = "".join(one if one.isprintable() else "·" for one in name)
    assert shown in wrong.sentence or shown.replace("\\", "/") in wrong.sentence


def test_a_name_cut_by_a_zero_byte_is_refused(tmp_path: Path, case_data: Any) -> None:
    path = packed_by_hand(tmp_path / "a.zip", {**as_member(case_data()), "les-meg.txtX.exe": b"x"})
    path.write_bytes(path.read_bytes().replace(b"les-meg.txtX.exe", b"les-meg.txt\x00.exe"))
    assert refusal(path).code == "stranger"


def test_a_link_is_refused(tmp_path: Path, case_data: Any) -> None:
    path = packed_by_hand(tmp_path / "a.zip", as_member(case_data()))
    with zipfile.ZipFile(path, "a") as packed:
        link = zipfile.ZipInfo("les-meg.txt")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        packed.writestr(link, "/etc/passwd")
    assert refusal(path).code == "link"


def test_a_name_twice_is_refused(tmp_path: Path, case_data: Any) -> None:
    path = packed_by_hand(tmp_path / "a.zip", as_member(case_data()))
    with zipfile.ZipFile(path, "a") as packed, pytest.warns(UserWarning, match="Duplicate"):
        packed.writestr("cases/varme-i-grunnen.json", b"{}")
    assert refusal(path).code == "repeated"


def test_a_bomb_is_refused_without_being_unpacked(tmp_path: Path, case_data: Any) -> None:
    members = {**as_member(case_data()), "cases/bombe.json": b" " * 30_000_000}
    assert refusal(packed_by_hand(tmp_path / "a.zip", members)).code == "bomb"


def test_the_whole_may_not_be_too_large_nor_of_too_many_parts(tmp_path: Path, case_data: Any) -> None:
    path = packed_by_hand(tmp_path / "a.zip", as_member(case_data()))
    assert refusal(path, Limits(bytes=100)).code == "too_large"
    assert refusal(path, Limits(members=1)).code == "too_many"


def test_a_list_of_contents_that_would_fill_the_memory_is_not_read(tmp_path: Path, monkeypatch: Any) -> None:
    path = packed_by_hand(tmp_path / "a.zip", {f"cases/a-{number}.json": b"{}" for number in range(200)})
    monkeypatch.setattr(zipfile, "ZipFile", lambda *_: pytest.fail("the list was read"))
    assert refusal(path, Limits(members=10)).code == "too_many"


def test_a_case_too_large_to_be_one_is_refused(tmp_path: Path, case_data: Any, now: datetime) -> None:
    import random

    noise = random.Random(1).randbytes(5_100_000)
    path = packed_by_hand(tmp_path / "a.zip", {"cases/stor.json": noise})
    outcome = load_archive(path, at=now)
    assert [wrong.code for _, wrong in outcome.held_back] == ["bomb"]


@pytest.mark.parametrize("content", [b"", b"PK", b"hei" * 100, b"\x89PNG\r\n" * 40, b"PK\x05\x06" + bytes(10)])
def test_what_is_no_zip_is_told_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(content)
    assert refusal(path).code == "not_zip"


def test_a_cut_or_joined_zip_is_refused(tmp_path: Path, case_data: Any) -> None:
    path = packed_by_hand(tmp_path / "a.zip", as_member(case_data()))
    whole_file = path.read_bytes()
    path.write_bytes(whole_file[:-30])
    assert refusal(path).code == "not_zip"
    path.write_bytes(whole_file + b"<html>")
    assert refusal(path).code == "not_zip"


def test_damage_inside_is_told_at_the_member(tmp_path: Path, case_data: Any, now: datetime) -> None:
    path = packed_by_hand(tmp_path / "a.zip", as_member(case_data()))
    content = bytearray(path.read_bytes())
    content[200:220] = bytes(20)
    path.write_bytes(content)
    outcome = load_archive(path, at=now)
    assert [wrong.code for _, wrong in outcome.held_back] == ["damaged"]


@pytest.mark.parametrize(
    ("manifest", "code"),
    [
        ({"format": "noe-annet"}, "manifest"),
        ({"version": 2}, "version"),
        ({"version": "x" * 500}, "version"),
        ({"digests": []}, "manifest"),
        ({"digests": {"cases/varme-i-grunnen.json": 7}}, "manifest"),
        ({"digests": {"../a": "0" * 64}}, "manifest"),
        ({"digests": {}}, "unlisted"),
    ],
)
def test_a_manifest_that_does_not_fit_is_refused(tmp_path: Path, case_data: Any, manifest: Any, code: str) -> None:
    assert refusal(packed_by_hand(tmp_path / "a.zip", as_member(case_data()), **manifest)).code == code


def test_a_listed_part_that_is_not_there_is_named(tmp_path: Path, case_data: Any) -> None:
    members = as_member(case_data())
    digests = {name: digest(content) for name, content in members.items()} | {"cases/borte.json": "0" * 64}
    wrong = refusal(packed_by_hand(tmp_path / "a.zip", members, digests=digests))
    assert (wrong.code, "cases/borte.json" in wrong.sentence) == ("absent", True)


def test_a_zip_without_a_manifest_is_not_ours(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        packed.writestr("cases/a.json", "{}")
    assert refusal(tmp_path / "a.zip").code == "no_manifest"


@pytest.mark.parametrize(
    "standing", [b"[]", b'{"ukjent": {"standing": "archived"}}', b'{"a": {"standing": "published"}}']
)
def test_a_standing_that_does_not_fit_is_refused(tmp_path: Path, case_data: Any, standing: bytes) -> None:
    members = {**as_member(case_data(id="a")), "standing.json": standing}
    digests = {name: digest(content) for name, content in members.items()}
    assert refusal(packed_by_hand(tmp_path / "a.zip", members, digests=digests)).code == "manifest"


def test_every_refusal_has_words_and_every_word_is_used() -> None:
    code = "".join(inspect.getsource(module) for module in (archive, loading))
    raised = set(re.findall(r'BadArchive\("(\w+)"', code)) | {"unlisted", "absent"}
    assert raised == set(archive.SENTENCES)


def test_a_zip_is_known_by_its_first_bytes(tmp_path: Path, case_data: Any) -> None:
    assert is_archive(packed_by_hand(tmp_path / "a.zip", as_member(case_data())).read_bytes())
    assert not is_archive(json.dumps(case_data()).encode())
