"""Loading files: what is new is read and kept, what is known is passed over, what is refused is named and counted."""

import tarfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from notice_records import AT
from notice_tables import everything
from small_notices import never_starts, pack, reader_that_dies_of_seven, small_xml

from ringvirkning.catalogue.notices import fetched as fetched_module
from ringvirkning.catalogue.notices import loading, readers
from ringvirkning.catalogue.notices.fetched import fetched, read_by_older_readers
from ringvirkning.catalogue.notices.loading import Loading, Total
from ringvirkning.catalogue.notices.models import LoadedFile, Notice, NoticeVersion
from ringvirkning.catalogue.notices.readers import Bytes
from ringvirkning.catalogue.notices.terms import Loadable
from ringvirkning.sources.notices.containers import open_paths
from ringvirkning.sources.notices.read import READER
from ringvirkning.sources.notices.terms import Source
from ringvirkning.sources.raw import Provenance, RawStore

pytestmark = pytest.mark.usefixtures("empty_catalogue")


class Watch:
    """Writes down what it is told."""

    def __init__(self) -> None:
        self.files = 0
        self.names: list[str] = []

    def refused(self, name: str, sentence: str) -> None:
        assert sentence.endswith(".") and "{" not in sentence
        self.names.append(name)

    def done(self, files: int) -> None:
        self.files += files


@pytest.fixture
def load(tmp_path: Path) -> Callable[..., tuple[Total, Watch]]:
    """Return a function that loads paths and gives the counts and what a watcher was told."""

    def run(*paths: Path, **more: Any) -> tuple[Total, Watch]:
        watch = Watch()
        total = Loading(lambda: AT, watch, RawStore(tmp_path / "raw"), **more).run(open_paths(paths))
        return total, watch

    return run


def counts(total: Total) -> tuple[int, int, int, int]:
    stored = total.stored
    return stored.new, stored.changed, stored.known, total.refused


def test_everything_is_counted_and_what_is_refused_is_named(load: Any, tmp_path: Path) -> None:
    total, watch = load(pack(tmp_path / "a.zip", 22))
    assert counts(total) == (20, 0, 0, 1)  # two of them are versions of others
    assert total.stored.refused == {"broken-xml": 1}
    assert watch.names == ["a.zip/zz-broken.xml"]
    assert total.files == watch.files == 23
    assert LoadedFile.objects.exclude(refusal="").get().refusal == "broken-xml"


def test_a_second_run_changes_nothing_and_reads_only_what_was_refused(
    load: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = pack(tmp_path / "a.zip", 22)
    load(path)
    before, seen = everything(), []

    def read(one: Bytes) -> Loadable:
        seen.append(one.name)
        return Loadable(one.raw, one.name, READER, refusal="broken-xml", sentence="Broken.")

    monkeypatch.setattr(readers, "read", read)
    total, watch = load(path)
    assert counts(total) == (0, 0, 22, 1)
    assert watch.names == seen == ["a.zip/zz-broken.xml"]
    assert everything() == before


def test_folders_zip_and_tar_give_the_same(load: Any, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    for number in range(15):
        (folder / f"{number:05d}.xml").write_bytes(small_xml(number))
    (folder / "zz-broken.xml").write_bytes(b"<ContractNotice><cbc:ID>")
    with tarfile.open(tmp_path / "a.tar.gz", "w:gz") as packed:
        packed.add(folder, "inside")
    told = []
    for path in (folder, pack(tmp_path / "a.zip", 15), tmp_path / "a.tar.gz"):
        Notice.objects.all().delete()
        LoadedFile.objects.all().delete()
        load(path)
        told.append(everything())
    assert told[0] == told[1] == told[2]


@pytest.mark.parametrize("portion", [1, 3, 50])
@pytest.mark.parametrize("batch", [1, 7, 500])
def test_portions_and_batches_make_no_difference(
    load: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, portion: int, batch: int
) -> None:
    path = pack(tmp_path / "a.zip", 15)
    load(path)
    whole = everything()
    Notice.objects.all().delete()
    LoadedFile.objects.all().delete()
    monkeypatch.setattr(loading, "PORTION", portion)
    monkeypatch.setattr(loading, "BATCH", batch)
    load(path)
    assert everything() == whole


def test_readers_beside_give_the_same_as_reading_here(load: Any, tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", 120)
    load(path)
    here = everything()
    Notice.objects.all().delete()
    LoadedFile.objects.all().delete()
    _, watch = load(path, processes=2)
    assert everything() == here
    assert watch.names == ["a.zip/zz-broken.xml"]


def test_the_bytes_of_what_was_read_are_kept_and_of_what_was_refused_not(load: Any, tmp_path: Path) -> None:
    load(pack(tmp_path / "a.zip", 3))
    raw = RawStore(tmp_path / "raw")
    kept = {path.read_bytes() for path in raw.folder.rglob("*") if path.is_file()}
    assert kept == {small_xml(number) for number in range(3)}
    assert all(raw.has(version.raw) for version in NoticeVersion.objects.all())


def test_the_same_bytes_under_two_names_are_one_file_whichever_comes_first(load: Any, tmp_path: Path) -> None:
    told = []
    for names in (("b.xml", "a.xml"), ("a.xml", "b.xml")):
        Notice.objects.all().delete()
        LoadedFile.objects.all().delete()
        for number, name in enumerate(names):
            (tmp_path / f"{number}").mkdir(exist_ok=True)
            path = tmp_path / f"{number}" / name
            path.write_bytes(small_xml(1))
            load(path)
            path.unlink()
        told.append(everything())
    assert told[0] == told[1]
    assert LoadedFile.objects.get().name == "a.xml"


def test_what_an_older_reader_read_is_read_again_only_when_asked(
    load: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = pack(tmp_path / "a.zip", 4)
    load(path)
    for module in (loading, readers, fetched_module):
        monkeypatch.setattr(module, "READER", f"{READER}+")
    assert counts(load(path)[0]) == (0, 0, 4, 1)
    total = Loading(lambda: AT, Watch(), RawStore(tmp_path / "raw"), again=True).run(
        read_by_older_readers(RawStore(tmp_path / "raw"))
    )
    assert (total.files, total.stored.unchanged, total.stored.known) == (4, 4, 0)
    assert set(LoadedFile.objects.filter(refusal="").values_list("reader", flat=True)) == {f"{READER}+"}
    assert counts(load(path, again=True)[0]) == (0, 0, 4, 1)


def test_what_was_fetched_is_loaded_without_the_net(load: Any, tmp_path: Path) -> None:
    raw = RawStore(tmp_path / "raw")
    package = pack(tmp_path / "day.zip", 5)
    for number, data in (("2024-100001", small_xml(9)), ("202400001", package.read_bytes())):
        sha256 = raw.keep(data)
        given = {"source": Source.TED, "number": number, "address": "https://eksempel.no", "size": len(data)}
        raw.note(Provenance(**given, fetched_at=datetime.fromisoformat("2026-11-23T12:00:00+00:00"), sha256=sha256))
    watch = Watch()
    loading_ = Loading(lambda: AT, watch, raw)
    total = loading_.from_source(Source.TED, fetched(raw, Source.TED))
    assert counts(total) == (6, 0, 0, 1)
    assert watch.names == ["202400001/zz-broken.xml"]
    assert LoadedFile.objects.filter(name="2024-100001").exists()


def test_a_file_that_kills_its_reader_is_refused_by_name_and_the_rest_goes_on(
    load: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readers, "end_with_the_one_who_started_us", reader_that_dies_of_seven)
    monkeypatch.setattr(loading, "PORTION", 4)
    total, watch = load(pack(tmp_path / "a.zip", 20), processes=1)
    assert watch.names == ["a.zip/00007.xml"]
    assert total.stored.refused == {"reader-died": 1}
    assert LoadedFile.objects.count() == 21


def test_readers_that_will_not_start_refuse_no_file(load: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "end_with_the_one_who_started_us", never_starts)
    monkeypatch.setattr(loading, "PORTION", 1)
    with pytest.raises(readers.WillNotStart):
        load(pack(tmp_path / "a.zip", 3), processes=1)
    assert not LoadedFile.objects.exists()


def test_a_load_beside_another_stores_nothing_twice(load: Any, tmp_path: Path) -> None:
    """What another load has stored after we looked is passed over when it comes to storing."""
    path = pack(tmp_path / "a.zip", 10)

    class Overtaken(Loading):
        def _store(self, batch: Any) -> None:
            if not Notice.objects.exists():
                load(path)
            super()._store(batch)

    total = Overtaken(lambda: AT, Watch(), None).run(open_paths([path]))
    assert counts(total) == (0, 0, 10, 1)
    assert NoticeVersion.objects.count() == 10


def test_a_file_that_is_gone_is_a_sentence(load: Any, tmp_path: Path) -> None:
    total, watch = load(tmp_path / "nowhere.xml")
    assert watch.names == ["nowhere.xml"]
    assert total.stored.refused == {"missing": 1}
