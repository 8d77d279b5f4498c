"""Files, folders and archives are opened one notice at a time; what is hostile is refused by name, the rest goes on."""

import gzip
import io
import os
import random
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringvirkning.sources.notices import oddities
from ringvirkning.sources.notices.containers import Item, Limits, Refused, open_paths
from ringvirkning.sources.notices.opening import tar, words
from ringvirkning.sources.notices.opening.flow import of_file

XML = b"<?xml version='1.0'?><ContractNotice/>"
USUAL = Limits()
SMALL = Limits(item=1_000, total=100_000, members=10, listed=10, ratio=50, ratio_from=2_000)


def tarred(parts: dict[str, bytes], mode: str = "w", change: Callable[[tarfile.TarInfo], None] | None = None) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in parts.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            if change:
                change(member)
            archive.addfile(member, io.BytesIO(content))
    return made.getvalue()


def zipped(parts: dict[str, bytes], way: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", way) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def opened(folder: Path, name: str, content: bytes, limits: Limits = USUAL) -> list[tuple[str, str]]:
    """Return (name, "item" or code) of everything in a file with this content."""
    path = folder / name
    path.write_bytes(content)
    return told(open_paths([path], limits))


def told(found: object) -> list[tuple[str, str]]:
    return [(one.name, "item" if isinstance(one, Item) else one.code) for one in found]  # type: ignore[attr-defined]


# What is opened


def test_a_file_is_one_item_with_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(XML)
    assert list(open_paths([tmp_path / "a.xml"])) == [Item("a.xml", XML)]


def test_a_folder_is_read_with_what_is_below_in_order(tmp_path: Path) -> None:
    top = tmp_path / "kunngjøringer"
    for name in ("b/2.xml", "b/10.xml", "a.xml", "c.json"):
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).write_bytes(XML)
    names = [name for name, _ in told(open_paths([top]))]
    assert names == ["kunngjøringer/a.xml", "kunngjøringer/c.json", "kunngjøringer/b/10.xml", "kunngjøringer/b/2.xml"]


def test_a_name_never_tells_where_on_the_machine_it_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "a.xml").write_bytes(XML)
    monkeypatch.chdir(tmp_path)
    assert told(open_paths([Path("x")])) == [("x/a.xml", "item")]
    assert told(open_paths([Path("x/../x")])) == [("x/a.xml", "item")]
    monkeypatch.chdir(tmp_path / "x")
    assert told(open_paths([Path()])) == [("a.xml", "item")]


@pytest.mark.parametrize("pack", [zipped, tarred, lambda parts: tarred(parts, "w:gz")])
def test_an_archive_is_known_by_its_bytes_whatever_it_is_called(tmp_path: Path, pack: Callable[..., bytes]) -> None:
    for name in ("pakke.zip", "pakke.tar.gz", "pakke.xml", "pakke"):
        found = opened(tmp_path, name, pack({"202400012/1.xml": XML, "2.xml": XML}))
        assert found == [(f"{name}/202400012/1.xml", "item"), (f"{name}/2.xml", "item")]


def test_a_gzip_of_one_notice_is_that_notice(tmp_path: Path) -> None:
    (tmp_path / "a.xml.gz").write_bytes(gzip.compress(XML) + b"\0" * 100)
    assert list(open_paths([tmp_path])) == [Item(f"{tmp_path.name}/a.xml.gz", XML)]


def test_a_gzip_in_several_parts_is_put_together(tmp_path: Path) -> None:
    (tmp_path / "a.xml.gz").write_bytes(gzip.compress(XML[:10]) + gzip.compress(XML[10:]))
    assert [one.data for one in open_paths([tmp_path]) if isinstance(one, Item)] == [XML]


@pytest.mark.parametrize("outer", [zipped, tarred, lambda parts: tarred(parts, "w:gz")])
@pytest.mark.parametrize("inner", [zipped, tarred, lambda parts: tarred(parts, "w:gz")])
def test_daily_packages_inside_a_monthly_one_are_opened(
    tmp_path: Path, outer: Callable[..., bytes], inner: Callable[..., bytes]
) -> None:
    day = inner({"1.xml": XML, "2.xml": XML})
    found = opened(tmp_path, "m", outer({"d1": day, "d2": day, "løs.xml": XML}))
    assert [name for name, _ in found] == ["m/d1/1.xml", "m/d1/2.xml", "m/d2/1.xml", "m/d2/2.xml", "m/løs.xml"]


def test_an_archive_in_an_archive_in_an_archive_is_not_opened_and_the_rest_is(tmp_path: Path) -> None:
    deep = zipped({"a": tarred({"b": gzip.compress(XML), "c.xml": XML}), "d.xml": XML})
    assert opened(tmp_path, "z", deep) == [("z/a/b", "nested"), ("z/a/c.xml", "item"), ("z/d.xml", "item")]


def test_lines_of_json_are_items_of_their_own(tmp_path: Path) -> None:
    found = opened(tmp_path, "ocds.jsonl.gz", gzip.compress(b'{"a":1}\n\n{"b":2}\n{"c":3}'))
    assert found == [("ocds.jsonl.gz/1", "item"), ("ocds.jsonl.gz/3", "item"), ("ocds.jsonl.gz/4", "item")]


def test_a_line_that_is_too_long_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    lines = b"{" + b" " * 5_000 + b"}\n{}\n"
    assert opened(tmp_path, "o.jsonl", lines, SMALL) == [("o.jsonl/1", "too-large"), ("o.jsonl/2", "item")]


# What is left out


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("les-meg.txt", b"Hei", "text"),
        ("README", b"Hei", "text"),
        ("bilde.xml", b"\x89PNG\r\n\x1a\n", "picture"),
        ("side.html", b"<!DOCTYPE html><html>", "web-page"),
        ("side.html", b"\xef\xbb\xbf\n <html lang='nb'>", "web-page"),
        ("a.pdf", b"%PDF-1.7", "pdf"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office-document"),
        ("a.docx", zipped({"[Content_Types].xml": XML}), "office-document"),
        ("noe", b"\x00\x01\x02", "unknown-kind"),
        ("tom.txt", b"", "empty-file"),
        (".DS_Store", b"\0\0", "system-file"),
    ],
)
def test_what_is_never_a_notice_is_left_out_with_a_reason(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(content)
    (found,) = open_paths([tmp_path / name])
    assert isinstance(found, Refused)
    assert (found.code, found.skipped) == (code, True)
    assert found.sentence == words.SKIPPED[code]


@pytest.mark.parametrize("content", [b"", b"Hei", b"\x00\x01", b"<a", "﻿<a/>".encode("utf-16")])
def test_what_is_called_xml_goes_to_the_reader_who_says_what_is_wrong(tmp_path: Path, content: bytes) -> None:
    assert opened(tmp_path, "a.xml", content) == [("a.xml", "item")]


# What is refused


def test_a_path_that_is_not_there_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(XML)
    found = list(open_paths([tmp_path / "borte.xml", tmp_path / "a.xml", Path("nul\0l")]))
    assert told(found) == [("borte.xml", "missing"), ("a.xml", "item"), ("nul·l", "missing")]
    assert isinstance(found[0], Refused)
    assert found[0].sentence == "Filen eller mappen finnes ikke. Kontroller stien."


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xml")
    assert told(open_paths([tmp_path])) == [(f"{tmp_path.name}/pipe.xml", "not-a-file")]


def test_what_may_not_be_read_is_refused_and_the_rest_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.xml", "b.xml"):
        (tmp_path / name).write_bytes(XML)
    whole = Path.open

    def refuse(self: Path, *given: object, **named: object) -> object:
        if self.name == "a.xml":
            raise PermissionError(13, "no", str(self))
        return whole(self, *given, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    top = tmp_path.name
    assert told(open_paths([tmp_path])) == [(f"{top}/a.xml", "no-access"), (f"{top}/b.xml", "item")]


def test_a_folder_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "a.xml").write_bytes(XML)
    whole = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("b"):
            raise PermissionError(13, "no", str(path))
        return whole(path)

    monkeypatch.setattr(os, "scandir", refuse)
    top = tmp_path.name
    assert told(open_paths([tmp_path])) == [(f"{top}/a.xml", "item"), (f"{top}/b", "no-access")]


def test_links_out_of_a_folder_are_not_followed(tmp_path: Path) -> None:
    top, outside = tmp_path / "top", tmp_path / "outside"
    (top / "sub").mkdir(parents=True)
    outside.mkdir()
    (outside / "secret.xml").write_bytes(XML)
    (top / "sub" / "a.xml").write_bytes(XML)
    (top / "inside.xml").symlink_to(top / "sub" / "a.xml")
    (top / "file.xml").symlink_to(outside / "secret.xml")
    (top / "folder").symlink_to(outside)
    (top / "loop").symlink_to(top)
    (top / "dead.xml").symlink_to(top / "nowhere")
    assert told(open_paths([top])) == [
        ("top/folder", "link-outside"),
        ("top/loop", "link-to-folder"),
        ("top/dead.xml", "missing"),
        ("top/file.xml", "link-outside"),
        ("top/inside.xml", "item"),
        ("top/sub/a.xml", "item"),
    ]


OUTSIDE = ["../a.xml", "a/../../b.xml", "/etc/a.xml", "..\\a.xml", "C:\\a.xml", "a\nb.xml"]


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_name_that_leads_out_of_an_archive_is_refused_and_the_rest_is_read(tmp_path: Path, name: str) -> None:
    for pack in (zipped, tarred):
        found = opened(tmp_path, "p", pack({name: XML, "god.xml": XML}))
        assert [code for _, code in found] == ["outside", "item"]
        assert all(one.isprintable() for one, _ in found)


def test_a_name_with_a_zero_in_it_is_refused(tmp_path: Path) -> None:
    content = zipped({"aZb.xml": XML, "c.xml": XML}).replace(b"aZb.xml", b"a\0b.xml")
    assert [code for _, code in opened(tmp_path, "p.zip", content)] == ["outside", "item"]
    pax = tarred({"æ" * 80 + "Z.xml": XML, "c.xml": XML}).replace(b"Z.xml\n", b"\0.xml\n")
    assert [code for _, code in opened(tmp_path, "p.tar", pax)] == ["outside", "item"]


SORTS = {
    tarfile.SYMTYPE: "link-in-archive",
    tarfile.LNKTYPE: "link-in-archive",
    tarfile.CHRTYPE: "device",
    tarfile.BLKTYPE: "device",
    tarfile.FIFOTYPE: "device",
    b"S": "unknown-sort",
    b"M": "unknown-sort",
}


@pytest.mark.parametrize(("sort", "code"), SORTS.items())
def test_links_and_devices_in_a_tar_are_refused(tmp_path: Path, sort: bytes, code: str) -> None:
    def change(member: tarfile.TarInfo) -> None:
        if member.name == "ond.xml":
            member.type, member.size, member.linkname = sort, 0, "/etc/passwd"

    found = opened(tmp_path, "p.tar", tarred({"ond.xml": b"", "god.xml": XML}, change=change))
    assert found == [("p.tar/ond.xml", code), ("p.tar/god.xml", "item")]


@pytest.mark.parametrize(("mode", "code"), [(0o120777, "link-in-archive"), (0o020666, "device"), (0o010666, "device")])
def test_links_and_devices_in_a_zip_are_refused(tmp_path: Path, mode: int, code: str) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        member = zipfile.ZipInfo("ond.xml")
        member.external_attr = mode << 16
        archive.writestr(member, "/etc/passwd")
        archive.writestr("god.xml", XML)
    assert opened(tmp_path, "p.zip", made.getvalue()) == [("p.zip/ond.xml", code), ("p.zip/god.xml", "item")]


def test_a_locked_member_is_refused_and_the_rest_is_read(tmp_path: Path) -> None:
    content = bytearray(zipped({"last.xml": XML, "god.xml": XML}))
    entry = content.index(b"PK\x01\x02")
    content[6] |= 1
    content[entry + 8] |= 1
    assert [code for _, code in opened(tmp_path, "p.zip", bytes(content))] == ["locked", "item"]


def test_ways_of_packing_we_do_not_read_are_refused_in_words(tmp_path: Path) -> None:
    members = zipped({"a.xml": XML}, zipfile.ZIP_LZMA)
    assert opened(tmp_path, "p.zip", members) == [("p.zip/a.xml", "packing")]
    for content in (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a", b"\xfd7zXZ\x00", b"BZh9", b"\x28\xb5\x2f\xfd"):
        assert opened(tmp_path, "p", content) == [("p", "packing")]


def test_a_member_that_is_damaged_is_refused_and_the_rest_is_read(tmp_path: Path) -> None:
    content = zipped({"a.xml": XML, "b.xml": XML}, zipfile.ZIP_STORED)
    content = content.replace(XML, XML.replace(b"1.0", b"9.9"), 1)
    assert opened(tmp_path, "p.zip", content) == [("p.zip/a.xml", "member-damaged"), ("p.zip/b.xml", "item")]


# Bombs


def test_a_notice_that_is_too_large_is_refused_and_the_rest_is_read(tmp_path: Path) -> None:
    large = b"<" + random.Random(1).randbytes(1_200)
    for pack in (zipped, tarred, lambda parts: tarred(parts, "w:gz")):
        found = opened(tmp_path, "p", pack({"stor.xml": large, "god.xml": XML}), SMALL)
        assert found == [("p/stor.xml", "too-large"), ("p/god.xml", "item")]


def test_a_gzip_that_grows_beyond_reason_is_stopped(tmp_path: Path) -> None:
    bomb = gzip.compress(b"<" + b" " * 200_000_000)
    assert opened(tmp_path, "b.xml.gz", bomb) == [("b.xml.gz", "too-large")]
    whole = gzip.compress(tarred({"a.xml": XML, "b.txt": b"\0" * 200_000_000, "c.xml": XML}))
    found = opened(tmp_path, "b.tgz", whole)
    assert found == [("b.tgz/a.xml", "item"), ("b.tgz/b.txt", "unknown-kind"), ("b.tgz", "bomb")]


def test_a_zip_member_that_grows_beyond_reason_is_refused_and_the_rest_is_read(tmp_path: Path) -> None:
    found = opened(tmp_path, "b.zip", zipped({"b.xml": b"<" + b" " * 20_000_000, "god.xml": XML}))
    assert found == [("b.zip/b.xml", "bomb"), ("b.zip/god.xml", "item")]


def test_members_that_share_their_bytes_are_a_bomb(tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", b"<" + random.Random(2).randbytes(5_000))
        for number in range(5):
            twin = zipfile.ZipInfo(f"{number}.xml")
            first = archive.filelist[0]
            for one in ("header_offset", "compress_size", "file_size", "CRC", "compress_type"):
                setattr(twin, one, getattr(first, one))
            archive.filelist.append(twin)
    assert opened(tmp_path, "b.zip", made.getvalue()) == [("b.zip", "bomb")]


def test_too_many_members_are_stopped(tmp_path: Path) -> None:
    parts = {f"{number}.xml": XML for number in range(12)}
    assert opened(tmp_path, "p.zip", zipped(parts), SMALL) == [("p.zip", "too-many")]
    found = opened(tmp_path, "p.tar", tarred(parts), SMALL)
    assert [code for _, code in found] == ["item"] * 10 + ["too-many"]


def test_a_list_of_contents_that_would_fill_the_memory_is_not_read(tmp_path: Path) -> None:
    for claimed in (0xFFFFFFF0, 50_000_000):
        content = bytearray(zipped({"a.xml": XML}))
        content[-10:-6] = claimed.to_bytes(4, "little")
        assert opened(tmp_path, "p.zip", bytes(content)) == [("p.zip", "too-many")]


def test_an_archive_that_is_too_much_in_all_is_stopped(tmp_path: Path) -> None:
    limits = Limits(total=30_000)
    parts = {f"{number}.xml": b"<" + random.Random(number).randbytes(9_000) for number in range(5)}
    for pack in (zipped, tarred):
        found = opened(tmp_path, "p", pack(parts), limits)
        assert found[-1] == ("p", "too-much")
        assert 0 < len(found) < 6


def test_a_zip_inside_a_tar_is_laid_aside_within_the_limit(tmp_path: Path) -> None:
    inner = zipped({"a.xml": random.Random(3).randbytes(60_000)})
    found = opened(tmp_path, "p", tarred({"i.zip": inner, "god.xml": XML}), Limits(total=50_000))
    assert ("p/i.zip", "too-much") in found


# Damage


def test_a_cut_archive_gives_what_was_before_the_cut_and_says_so(tmp_path: Path) -> None:
    parts = {f"{number}.xml": XML + random.Random(number).randbytes(3_000) for number in range(4)}
    for mode in ("w", "w:gz"):
        whole = tarred(parts, mode)
        for share in (0.3, 0.6, 0.65):
            found = opened(tmp_path, "p.tgz", whole[: int(len(whole) * share)])
            assert found[-1] == ("p.tgz", "cut-off")
            if mode == "w":
                assert found[0] == ("p.tgz/0.xml", "item")
    assert opened(tmp_path, "p.zip", zipped(parts)[:5_000]) == [("p.zip", "not-zip")]


def test_a_tar_cut_between_two_members_is_not_taken_for_whole(tmp_path: Path) -> None:
    whole = tarred({"a.xml": XML, "b.xml": XML})
    assert opened(tmp_path, "p.tar", whole[:1024]) == [("p.tar/a.xml", "item"), ("p.tar", "cut-off")]


def test_a_tar_with_a_damaged_header_further_in_says_so(tmp_path: Path) -> None:
    content = bytearray(tarred({"a.xml": XML, "b.xml": XML, "c.xml": XML}))
    content[1024:1030] = b"\xff" * 6
    assert opened(tmp_path, "p.tar", bytes(content)) == [("p.tar/a.xml", "item"), ("p.tar", "damaged")]


def test_a_gzip_that_is_damaged_says_so(tmp_path: Path) -> None:
    content = bytearray(gzip.compress(random.Random(4).randbytes(50_000)))
    content[20_000] ^= 0xFF
    assert opened(tmp_path, "a.txt.gz", bytes(content))[-1][1] in {"damaged", "text", "unknown-kind"}
    content = bytearray(gzip.compress(XML))
    content[-6] ^= 0xFF  # the sum at the end
    assert opened(tmp_path, "a.xml.gz", bytes(content)) == [("a.xml.gz", "damaged")]


def header(name: bytes, sort: bytes, size: bytes) -> bytes:
    block = bytearray(512)
    block[: len(name)] = name
    block[124:136] = size
    block[156:157] = sort
    block[257:265] = b"ustar\x0000"
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


@pytest.mark.parametrize(
    "content",
    [
        header(b"a", b"x", b"77777777777\0") + b"1" * 10_000,  # an extended header of 8 GB
        header(b"a", b"L", b"\x80" + b"\x7f" * 11) + b"1" * 10_000,
        header(b"a", b"0", b"\xff" * 12) + b"<a/>",  # a size below nothing
        header(b"a", b"x", b"%011o\0" % 512) + b"99999999999 path=x\n".ljust(512, b"1"),
        header(b"a", b"x", b"%011o\0" % 512) + (b"0 a=b\n" * 80).ljust(512, b"\0"),
        header(b"a", b"x", b"%011o\0" % 17) + b"17 size=99999999\n".ljust(512, b"\0") + header(b"a", b"0", b"0" * 12),
        header(b"a", b"x", b"%011o\0" % 12) + b"12 size=-1\xc2\xb2\n".ljust(512, b"\0") + header(b"a", b"0", b"0" * 12),
    ],
)
def test_headers_that_lie_about_sizes_end_the_tar(tmp_path: Path, content: bytes) -> None:
    found = opened(tmp_path, "p.tar", content + b"\0" * 1024)
    assert found[-1][0] == "p.tar"
    assert found[-1][1] in {"damaged", "cut-off"}


@given(
    content=st.binary(max_size=3_000), seed=st.integers(0, 5), place=st.integers(0, 1_000_000), byte=st.integers(0, 255)
)
def test_any_bytes_at_all_are_opened_without_an_exception(
    tmp_path: Path, content: bytes, seed: int, place: int, byte: int
) -> None:
    parts = {"a.xml": XML, "b/c.xml": XML * 20}
    starts = [content, zipped(parts), tarred(parts), tarred(parts, "w:gz"), gzip.compress(XML), b"\x1f\x8b" + content]
    data = bytearray(starts[seed] or b"x")
    data[place % len(data)] = byte
    opened(tmp_path, "noe", bytes(data) + content[:50])


NAMES = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=150)


@given(
    parts=st.dictionaries(NAMES, st.binary(max_size=1_500), max_size=5),
    way=st.sampled_from([tarfile.GNU_FORMAT, tarfile.PAX_FORMAT]),
)
def test_our_reader_of_tars_agrees_with_the_standard_librarys(parts: dict[str, bytes], way: int) -> None:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=way) as archive:
        for name, content in parts.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    made.seek(0)
    ours = [(one.name, one.flow.read(10_000)) for one in tar.members(of_file(made)) if one.sort is tar.Sort.FILE]
    made.seek(0)
    with tarfile.open(fileobj=made) as archive:
        theirs = [(one.name, archive.extractfile(one).read()) for one in archive if one.isreg()]  # type: ignore[union-attr]
    assert ours == theirs


def test_every_code_has_words_and_none_means_two_things() -> None:
    assert not set(words.REFUSALS) & set(words.SKIPPED)
    assert not set(words.REFUSALS | words.SKIPPED) & set(oddities.REFUSALS)
    source = Path(words.__file__).parent
    texts = "".join(path.read_text() for path in [*source.glob("*.py"), source.parent / "containers.py"])
    assert [code for code in words.REFUSALS | words.SKIPPED if texts.count(f'"{code}"') < 2] == []


MEASURE = """
import resource, sys, tarfile, io
from pathlib import Path
from ringvirkning.sources.notices.containers import Item, open_paths
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
items = sum(isinstance(one, Item) for one in open_paths([Path(sys.argv[1])]))
print(items, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.parametrize("mode", ["w", "w:gz"])
def test_a_package_of_300_mb_takes_little_memory(tmp_path: Path, mode: str) -> None:
    made = random.Random(5)
    notices = [b"<a>" + made.randbytes(15_000) + b" " * 15_000 for _ in range(20)]
    with tarfile.open(tmp_path / "p", mode, **({"compresslevel": 1} if mode == "w:gz" else {})) as archive:  # type: ignore[call-overload]
        for number in range(10_000):
            member = tarfile.TarInfo(f"{number}.xml")
            member.size = 30_003
            archive.addfile(member, io.BytesIO(notices[number % 20]))
            archive.members = []
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(tmp_path / "p")], capture_output=True, text=True, check=True
    )
    items, grown = map(int, done.stdout.split())
    assert items == 10_000
    assert grown < 20_000  # kilobytes
