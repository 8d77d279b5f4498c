"""Cleaning and reading in a process apart: what goes, what is read, and what a hostile file can do (nothing)."""

import io
import json
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from PIL import Image, ImageCms

import hostile_files as made
from ringvirkning.sources.documents import apart, child
from ringvirkning.sources.documents.clean import is_clean
from ringvirkning.sources.documents.terms import Kind, NotTaken, Read, Refusal, Taken


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "arriving").mkdir()
    return tmp_path / "arriving"


def take(folder: Path, content: bytes, name: str = "fil", **more: bool) -> Taken:
    (folder / "arrived").write_bytes(content)
    return apart.take(folder / "arrived", name, folder, **more)


def cleaned(folder: Path, content: bytes) -> bytes:
    return Path(take(folder, content).path).read_bytes()


def read(folder: Path, content: bytes, kind: Kind) -> Read:
    (folder / "arrived").write_bytes(content)
    return apart.read(folder / "arrived", kind, folder)


def refused(folder: Path, content: bytes) -> str:
    with pytest.raises(NotTaken) as caught:
        take(folder, content)
    return str(caught.value.code)


# Pictures.


def test_a_photograph_tells_nothing_of_place_or_person(folder: Path) -> None:
    before = made.telling_jpeg()
    assert b"Kari Nordmann" in before and b"Exif" in before
    after = cleaned(folder, before)
    assert b"Nordmann" not in after and b"Exif" not in after and b"xmp" not in after.lower()
    with Image.open(io.BytesIO(after)) as picture:
        assert picture.size == (40, 80)  # turned the way the camera was held
        assert not picture.getexif()
        dark, light = picture.getpixel((20, 10)), picture.getpixel((20, 70))
    assert sum(dark) < sum(light)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_what_stands_behind_a_picture_is_gone(folder: Path, kind: str) -> None:
    hidden = made.packed({"A.class": b"\xca\xfe\xba\xbe"}) + made.PHP
    after = cleaned(folder, made.picture(kind) + hidden)
    assert made.PHP not in after and b"A.class" not in after


def test_text_chunks_in_a_png_are_gone(folder: Path) -> None:
    from PIL.PngImagePlugin import PngInfo

    told = PngInfo()
    told.add_text("Author", "Kari Nordmann")
    told.add_itxt("XML:com.adobe.xmp", "Kari Nordmann", zip=False)
    assert b"Nordmann" not in cleaned(folder, made.picture("PNG", pnginfo=told))


def test_a_moving_picture_becomes_a_still_one(folder: Path) -> None:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "green", "blue")]
    moving = made.written(lambda out: frames[0].save(out, "GIF", save_all=True, append_images=frames[1:]))
    taken = take(folder, moving, "dans.gif")
    assert (taken.kind, taken.name) == (Kind.PNG, "dans.png")
    with Image.open(taken.path) as picture:
        assert getattr(picture, "n_frames", 1) == 1
        assert picture.convert("RGB").getpixel((5, 5)) == (255, 0, 0)


@pytest.mark.parametrize("mode", ["RGB", "L", "P", "RGBA", "LA", "1", "I;16"])
def test_pictures_of_every_mode_keep_light_and_dark(folder: Path, mode: str) -> None:
    picture = Image.new("RGB", (40, 40), "white")
    picture.paste((0, 0, 0), (0, 0, 20, 40))
    if mode == "I;16":
        picture = picture.convert("L").point(lambda value: value * 257, "I").convert("I;16")
    else:
        picture = picture.convert(mode)
    after = cleaned(folder, made.written(lambda out: picture.save(out, "PNG")))
    with Image.open(io.BytesIO(after)) as seen:
        plain = seen.convert("L")
        assert plain.getpixel((5, 20)) < 30 and plain.getpixel((35, 20)) > 220


def test_see_through_stays_see_through(folder: Path) -> None:
    after = cleaned(folder, made.written(lambda out: Image.new("RGBA", (9, 9), (1, 2, 3, 0)).save(out, "PNG")))
    with Image.open(io.BytesIO(after)) as seen:
        assert seen.mode == "RGBA" and seen.getpixel((4, 4))[3] == 0


def test_other_colour_spaces_become_srgb(folder: Path) -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    after = cleaned(folder, made.picture("JPEG", icc_profile=lab))
    assert b"ICC_PROFILE" not in after
    cmyk = made.written(lambda out: Image.new("CMYK", (9, 9), (0, 0, 0, 255)).save(out, "JPEG", icc_profile=b"x"))
    with Image.open(io.BytesIO(cleaned(folder, cmyk))) as seen:
        assert seen.mode == "RGB" and sum(seen.getpixel((4, 4))) < 60


def test_a_large_picture_is_made_smaller_and_an_enormous_one_refused(folder: Path) -> None:
    with Image.open(io.BytesIO(cleaned(folder, made.picture("PNG", (6_000, 3_000))))) as seen:
        assert seen.size == (4_000, 2_000)
    assert refused(folder, made.bomb_png()) in {"too_many_pixels", "broken"}
    assert refused(folder, made.picture("PNG", (9_000, 9_000), "L")) == "too_many_pixels"


@pytest.mark.parametrize("content", [made.picture("PNG")[:60], made.picture("JPEG")[:200], b"GIF89a" + bytes(3)])
def test_a_damaged_picture_is_refused(folder: Path, content: bytes) -> None:
    assert refused(folder, content) == "broken"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_clean_pictures_are_known_and_others_are_not(folder: Path, kind: str) -> None:
    ours = Kind(kind.lower())
    path = folder / "picture"
    path.write_bytes(cleaned(folder, made.picture(kind, (300, 200))))
    assert is_clean(path, ours)
    for spoilt in (path.read_bytes() + b"x", path.read_bytes()[:-1], path.read_bytes() + made.packed({"a": b"b"})):
        path.write_bytes(spoilt)
        assert not is_clean(path, ours)
    for telling in (
        made.telling_jpeg(),
        made.picture("JPEG", comment=b"hei"),
        made.picture(kind, icc_profile=b"x" * 99),
    ):
        path.write_bytes(telling)
        assert not is_clean(path, Kind.JPEG if telling[:2] == b"\xff\xd8" else ours)


def test_an_archived_picture_keeps_its_bytes_and_a_telling_one_is_refused(folder: Path) -> None:
    clean = cleaned(folder, made.telling_jpeg())
    assert Path(take(folder, clean, as_it_is=True).path).read_bytes() == clean
    with pytest.raises(NotTaken) as caught:
        take(folder, made.telling_jpeg(), as_it_is=True)
    assert caught.value.code is Refusal.TWO_IN_ONE


# Office files.


@pytest.mark.parametrize("content", [made.docx(), made.xlsx(), made.pptx(), made.odf("text"), made.odf("spreadsheet")])
def test_names_of_people_are_taken_out_of_office_files(folder: Path, content: bytes) -> None:
    assert any(b"Nordmann" in part for part in made.parts_of(content).values())
    after = cleaned(folder, content)
    assert not any(b"Nordmann" in part for part in made.parts_of(after).values())
    assert cleaned(folder, after) == after  # so that a file out of the library can come back as it was


def test_company_labels_and_template_are_taken_out(folder: Path) -> None:
    settings = made.parts_of(made.docx())["word/settings.xml"]
    tied = settings.replace(b"<w:zoom", b'<w:attachedTemplate r:id="rId9"/><w:zoom', 1)
    rels = (
        b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId9" TargetMode="External" Target="file:///\\\\tjener\\maler\\Brev.dotm" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"/></Relationships>'
    )
    app = b'<?xml version="1.0"?><Properties xmlns="x"><Company>Hemmelig AS</Company><Pages>4</Pages></Properties>'
    custom = (
        b'<?xml version="1.0"?><Properties xmlns="x"><property name="MSIP_Label_Owner">kari</property></Properties>'
    )
    parts = made.parts_of(made.docx()) | {
        "word/settings.xml": tied,
        "word/_rels/settings.xml.rels": rels,
        "docProps/app.xml": app,
        "docProps/custom.xml": custom,
    }
    after = made.parts_of(cleaned(folder, made.packed(parts)))
    whole = b"".join(after.values())
    assert b"tjener" not in whole and b"attachedTemplate" not in whole and b"Hemmelig AS" not in whole
    assert b"MSIP" not in whole and b"<Pages>4</Pages>" in whole
    import docx

    assert docx.Document(take(folder, made.packed(parts)).path).paragraphs[0].text == "Behovet"


def test_nothing_before_or_behind_the_parts_comes_along(folder: Path) -> None:
    after = cleaned(folder, made.docx() + b"\n" + made.PHP)
    assert made.PHP not in after
    with zipfile.ZipFile(io.BytesIO(cleaned(folder, made.odf()))) as archive:
        first = archive.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)


def test_entities_in_office_files_are_refused(folder: Path) -> None:
    assert refused(folder, made.laughing_docx()) == "bomb"
    hidden = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    assert refused(folder, made.changed(made.docx(), word__document_xml=hidden.encode("utf-16"))) == "bomb"


def test_a_part_that_lies_about_its_size_does_no_harm(folder: Path) -> None:
    content = bytearray(made.changed(made.docx(), word__extra_xml=b" " * 50_000_000))
    place = content.rfind(b"word/extra.xml") - 46
    assert content[place : place + 4] == b"PK\x01\x02"
    content[place + 24 : place + 28] = (10).to_bytes(4, "little")
    assert refused(folder, bytes(content)) in {"broken", "bomb"}


@pytest.mark.parametrize("content", [made.pdf()[:300] + b"%%EOF", b"%PDF-1.4\n%%EOF\n"])
def test_a_damaged_pdf_is_refused_at_the_door(folder: Path, content: bytes) -> None:
    assert refused(folder, content) == "broken"


# Reading.


def test_text_pages_and_a_preview_are_read_out_of_a_pdf(folder: Path) -> None:
    found = read(folder, made.pdf("Gevinstrapport fra Lillevik"), Kind.PDF)
    assert found.text == "Gevinstrapport fra Lillevik" and found.pages == 1
    with Image.open(io.BytesIO(found.preview or b"")) as picture:
        assert picture.format == "WEBP" and max(picture.size) <= 900


def test_a_pdf_with_script_is_only_read(folder: Path) -> None:
    content = made.pdf(catalog=b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>")
    assert read(folder, content, Kind.PDF).text == "Gevinstrapport"


@pytest.mark.parametrize(
    ("content", "kind", "expected"),
    [
        (made.docx(), Kind.DOCX, ["Behovet", "Eldre faller om natta.", "første celle", "andre celle"]),
        (made.xlsx(), Kind.XLSX, ["Gevinster", "Spart tid 1250"]),
        (made.pptx(), Kind.PPTX, ["Dialogkonferanse"]),
        (made.odf(), Kind.ODT, ["Åpent dokument"]),
        ("Én\x0clinje".encode(), Kind.TEXT, ["Én linje"]),
        ("a;blåbær".encode("cp1252"), Kind.CSV, ["a;blåbær"]),
    ],
)
def test_text_is_read_out_of_documents(folder: Path, content: bytes, kind: Kind, expected: list[str]) -> None:
    assert read(folder, content, kind).text.splitlines() == expected


def test_pages_are_counted_where_they_can_be(folder: Path) -> None:
    assert read(folder, made.pptx(), Kind.PPTX).pages == 1
    assert read(folder, made.xlsx(), Kind.XLSX).pages is None


def test_text_is_cut_when_there_is_enough(folder: Path) -> None:
    assert len(read(folder, b"ord " * 1_000_000, Kind.TEXT).text) <= 2_000_000


def test_a_sheet_with_millions_of_cells_is_read_as_far_as_it_is_worth(folder: Path) -> None:
    row = b'<row r="%d">' + b'<c t="inlineStr"><is><t>x</t></is></c>' * 50 + b"</row>"
    sheet = (
        b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + b"".join(row % number for number in range(1, 40_001))
        + b"</sheetData></worksheet>"
    )
    content = made.packed({**made.parts_of(made.xlsx()), "xl/worksheets/sheet1.xml": sheet})
    lines = read(folder, content, Kind.XLSX).text.splitlines()
    assert lines[:2] == ["Gevinster", " ".join("x" * 50)] and 1_000 < len(lines) < 10_000


@pytest.mark.parametrize("kind", [Kind.PDF, Kind.DOCX, Kind.XLSX, Kind.PPTX, Kind.ODT, Kind.PNG])
def test_a_broken_file_is_reported_as_broken(folder: Path, kind: Kind) -> None:
    with pytest.raises(NotTaken) as caught:
        read(folder, b"hei" * 100, kind)
    assert caught.value.code is Refusal.BROKEN


def test_a_missing_file_is_reported_as_gone(folder: Path) -> None:
    with pytest.raises(NotTaken) as caught:
        apart.read(folder / "borte", Kind.PDF, folder)
    assert caught.value.code is Refusal.GONE


# The process apart.


def as_child(folder: Path, code: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Let a child run this instead of reading; return how we judge its end."""
    program = f"import sys; sys.argv = ['x', {str(folder)!r}]\nfrom ringvirkning.sources.documents import child\n{code}"
    start = subprocess.Popen
    monkeypatch.setattr(apart.subprocess, "Popen", lambda words, **more: start([sys.executable, "-c", program], **more))
    with pytest.raises(NotTaken) as caught:
        take(folder, made.pdf())
    return str(caught.value.code)


def test_a_child_that_never_ends_is_stopped(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "SECONDS", 1)
    begun = time.monotonic()
    assert as_child(folder, "import time; time.sleep(100)", monkeypatch) == "too_slow"
    assert time.monotonic() - begun < 20


def test_a_child_that_works_for_ever_is_stopped(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert as_child(folder, "child.SECONDS = 1; child.limit()\nwhile True: pass", monkeypatch) == "too_slow"


def test_a_child_that_eats_memory_is_stopped(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    eat = "child._take = lambda folder, job: {'kind': b'x' * 3_000_000_000}\nchild.main()"
    assert as_child(folder, eat, monkeypatch) == "too_heavy"


def test_a_child_that_writes_without_end_is_stopped(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill = (
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_DFL)\nchild.LARGEST = 10_000; child.limit()\n"
        f"open({str(folder / 'big')!r}, 'wb').write(b'x' * 1_000_000)"
    )
    assert as_child(folder, fill, monkeypatch) == "too_heavy"
    assert (folder / "big").stat().st_size <= 10_000


def test_a_child_that_crashes_is_a_broken_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert as_child(folder, "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", monkeypatch) == "broken"


def test_a_child_knows_no_secrets(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://hemmelig")
    monkeypatch.setenv("RINGVIRKNING_SECRET_KEY", "hemmelig")
    tell = f"import os, json; open({str(folder / 'env')!r}, 'w').write(json.dumps(dict(os.environ)))"
    as_child(folder, tell, monkeypatch)
    env = json.loads((folder / "env").read_text())
    assert "hemmelig" not in str(env) and not any(name.startswith(("RINGVIRKNING", "DJANGO")) for name in env)


def test_a_child_does_without_django(folder: Path) -> None:
    (folder / "job.json").write_text(json.dumps({"what": "take", "path": "/x", "name": "x", "as_it_is": False}))
    code = (
        f"import sys; sys.argv = ['x', {str(folder)!r}]\nfrom ringvirkning.sources.documents import child\n"
        "child.main(); print('django' in sys.modules)"
    )
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
    assert child.MEMORY < 2_000_000_000
