"""What a file is, by its bytes: a short list is let in, and everything else is refused by what it is."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import hostile_files as made
from ringvirkning.sources.documents.names import LONGEST, clean_name
from ringvirkning.sources.documents.packed import packed_kind
from ringvirkning.sources.documents.sniff import kind_of
from ringvirkning.sources.documents.terms import EXTENSIONS, KIND_OF, MEDIA_TYPES, Kind, NotTaken, Refusal


@pytest.fixture
def kind(tmp_path: Path):
    def call(content: bytes, name: str = "fil") -> str:
        path = tmp_path / "fil"
        path.write_bytes(content)
        try:
            return str(kind_of(path, name))
        except NotTaken as refused:
            return f"not {refused.code}"

    return call


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (made.pdf(), "pdf"),
        (made.docx(), "docx"),
        (made.xlsx(), "xlsx"),
        (made.pptx(), "pptx"),
        (made.odf("text"), "odt"),
        (made.odf("spreadsheet"), "ods"),
        (made.odf("presentation"), "odp"),
        (made.picture("PNG"), "png"),
        (made.picture("JPEG"), "jpeg"),
        (made.picture("WEBP"), "webp"),
        (made.picture("GIF", mode="P"), "gif"),
        ("Blåbærsyltetøy på brødet.\n".encode(), "txt"),
        ("Blåbærsyltetøy".encode("utf-16"), "txt"),
        ("Blåbærsyltetøy – «ja»".encode("cp1252"), "txt"),
        (b"BM er forkortelsen for bokm\xc3\xa5l", "txt"),
    ],
)
def test_kinds_on_the_list_are_known_by_their_bytes(kind, content: bytes, expected: str) -> None:
    assert kind(content, "noe.exe") == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "empty"),
        (b"   \n ", "empty"),
        (made.SCRIPT_SVG, "svg"),
        (b"\xef\xbb\xbf \n<svg:svg onload='x'>", "svg"),
        (b"<!doctype html><p>hei", "markup"),
        (b"hei <SCRIPT>alert(1)</SCRIPT>", "markup"),
        ("<html>".encode("utf-16"), "markup"),
        (made.PHP, "markup"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old_office"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "locked"),
        (b"{\\rtf1 hei}", "rtf"),
        (b"MZ\x90\x00" + bytes(100), "program"),
        (b"\x7fELF" + bytes(100), "program"),
        (b"#!/bin/sh\nrm -rf /\n", "program"),
        (b"7z\xbc\xaf\x27\x1c", "archive"),
        (b"\x1f\x8b\x08" + bytes(20), "archive"),
        (made.packed({"a.txt": b"hei"}), "archive"),
        (made.packed({"META-INF/MANIFEST.MF": b"", "A.class": b"\xca\xfe\xba\xbe"}), "program"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(30), "heic"),
        (b"\x00\x00\x00\x18ftypmp42" + bytes(30), "film"),
        (b"BM" + bytes(60), "other_picture"),
        (b"II*\x00" + bytes(60), "other_picture"),
        (bytes(range(256)), "unknown"),
        (b"GIF\x00" + bytes(100), "unknown"),
    ],
)
def test_everything_else_is_refused_by_what_it_is(kind, content: bytes, expected: str) -> None:
    assert kind(content, "rapport.pdf") == f"not {expected}"


@pytest.mark.parametrize(
    "content",
    [
        b"junk " + made.pdf(),
        b"\x00" * 8 + made.pdf(),
        made.pdf(extra=made.packed({"a.txt": b"hei"})),
        made.pdf(extra=b"<script>alert(1)</script>"),
        made.pdf().replace(b"%PDF-1.4\n", b"%PDF-1.4\n<html><script>1</script>\n"),
    ],
)
def test_a_pdf_that_is_also_something_else_is_refused(kind, content: bytes) -> None:
    assert kind(content) in {"not two_in_one", "not unknown"}


def test_a_pdf_cut_short_is_broken(kind) -> None:
    assert kind(made.pdf()[:-40]) == "not broken"


# Office files.


def test_office_files_with_programs_in_them_are_refused(kind) -> None:
    assert kind(made.changed(made.docx(), word__vbaProject_bin=b"x")) == "not macros"
    types = made.parts_of(made.docx())["[Content_Types].xml"].replace(
        b"officedocument.wordprocessingml.document.main", b"ms-word.document.macroEnabled.main"
    )
    assert kind(made.packed({**made.parts_of(made.docx()), "[Content_Types].xml": types})) == "not macros"
    assert kind(made.packed({**made.parts_of(made.odf()), "Basic/Standard/Module1.xml": b"x"})) == "not macros"
    assert kind(made.packed({**made.parts_of(made.xlsx()), "xl/macrosheets/sheet1.xml": b"x"})) == "not macros"


def test_a_file_that_is_two_office_files_is_refused(kind) -> None:
    both = {**made.parts_of(made.docx()), **made.parts_of(made.xlsx())}
    types = made.parts_of(made.docx())["[Content_Types].xml"] + made.parts_of(made.xlsx())["[Content_Types].xml"]
    assert kind(made.packed({**both, "[Content_Types].xml": types})) == "not two_in_one"


@pytest.mark.parametrize("name", ["../../etc/cron.d/x", "/etc/passwd", "word\\..\\..\\x", "C:/x", "word/a\x00b"])
def test_parts_that_want_out_of_the_file_are_refused(kind, name: str) -> None:
    content = made.docx()
    out = BytesIO(content)
    with zipfile.ZipFile(out, "a") as archive:
        part = zipfile.ZipInfo("x")
        part.filename = part.orig_filename = name
        archive.writestr(part, b"x")
    assert kind(out.getvalue()) in {"not two_in_one", "not broken"}


def test_the_same_part_twice_is_refused(kind) -> None:
    out = BytesIO(made.docx())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("WORD/document.xml", b"x")
    assert kind(out.getvalue()) == "not two_in_one"


def test_a_link_out_of_the_file_is_refused(kind) -> None:
    out = BytesIO(made.docx())
    with zipfile.ZipFile(out, "a") as archive:
        part = zipfile.ZipInfo("word/link.xml")
        part.external_attr = 0o120777 << 16
        archive.writestr(part, b"/etc/passwd")
    assert kind(out.getvalue()) == "not two_in_one"


def test_a_zip_bomb_is_told_by_its_list_of_parts(kind) -> None:
    assert kind(made.bomb_docx()) == "not bomb"
    many = {**made.parts_of(made.docx()), **{f"word/media/{n}": b"" for n in range(6_000)}}
    assert kind(made.packed(many)) == "not bomb"


def test_a_password_is_told_from_damage(kind) -> None:
    content = bytearray(made.docx())
    place = content.rfind(b"PK\x01\x02")
    content[place + 8] |= 1  # the mark of an encrypted part
    assert kind(bytes(content)) == "not locked"
    manifest = made.parts_of(made.odf())["META-INF/manifest.xml"].replace(
        b"</manifest:manifest>", b"<manifest:encryption-data/></manifest:manifest>"
    )
    assert kind(made.packed({**made.parts_of(made.odf()), "META-INF/manifest.xml": manifest})) == "not locked"
    assert kind(made.docx()[:-30]) == "not broken"


@given(st.binary(max_size=2_000))
def test_any_bytes_give_a_kind_or_a_reason(tmp_path: Path, content: bytes) -> None:
    for beginning in (b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\xff\xd8\xff", b"\xff\xfe"):
        path = tmp_path / "fil"
        path.write_bytes(beginning + content)
        try:
            assert kind_of(path, "x.csv") in Kind
        except NotTaken as refused:
            assert refused.code in Refusal


@given(st.integers(0, 4_000), st.binary(min_size=1, max_size=30))
def test_a_damaged_zip_gives_a_kind_or_a_reason(tmp_path: Path, place: int, noise: bytes) -> None:
    whole = bytearray(made.xlsx())
    whole[place : place + len(noise)] = noise
    path = tmp_path / "fil"
    path.write_bytes(bytes(whole))
    try:
        assert packed_kind(path) in Kind
    except NotTaken as refused:
        assert refused.code in Refusal


# Names.


@pytest.mark.parametrize(
    ("given_name", "kind_", "expected"),
    [
        ("Rapport 2024.pdf", Kind.PDF, "Rapport 2024.pdf"),
        ("../../etc/passwd\x00.pdf", Kind.PDF, "passwd.pdf"),
        ("C:\\Users\\kari\\Behov.DOCX", Kind.DOCX, "Behov.docx"),
        ("bilde.exe", Kind.PNG, "bilde.png"),
        ("side.html", Kind.TEXT, "side.txt"),
        ("bilde.JPEG", Kind.JPEG, "bilde.jpeg"),
        ("plan.v2", Kind.PDF, "plan.v2.pdf"),
        ("rapport\u202efdp.exe", Kind.PDF, "rapportfdp.pdf"),
        ("A\u030arsrapport.pdf", Kind.PDF, "Årsrapport.pdf"),
        (".pdf", Kind.PDF, "fil.pdf"),
        ("", Kind.PDF, "fil.pdf"),
        ("...", Kind.PDF, "fil.pdf"),
        ("CON.pdf", Kind.PDF, "fil CON.pdf"),
        ('a"b<c>|d?.pdf', Kind.PDF, "a b c d.pdf"),
        ("linje\r\nX-Ond: ja.pdf", Kind.PDF, "linjeX-Ond ja.pdf"),
    ],
)
def test_names_are_cleaned(given_name: str, kind_: Kind, expected: str) -> None:
    assert clean_name(given_name, kind_) == expected


@given(st.text(max_size=400), st.sampled_from(Kind))
def test_any_name_becomes_one_that_can_be_used(given_name: str, kind_: Kind) -> None:
    name = clean_name(given_name, kind_)
    assert 0 < len(name) <= LONGEST
    assert not set(name) & set('/\\<>:"|?*%\x00\n\r')
    assert name.rpartition(".")[2] in EXTENSIONS[kind_]
    assert clean_name(name, kind_) == name


def test_every_kind_has_a_media_type_of_its_own() -> None:
    assert set(MEDIA_TYPES) == set(Kind) == set(KIND_OF.values())
